"""What there is: the OpenAPI document for machines, and the same as a page for people."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, PackageLoader
from starlette.responses import HTMLResponse, Response
from starlette_admin.i18n import set_locale

from skola_finance import Role
from skola_finance_admin.api.answers import encoded
from skola_finance_admin.api.problem_documents import language_of
from skola_finance_admin.i18n import LANGUAGES, gettext, of_text

if TYPE_CHECKING:
    from starlette.requests import Request

    from skola_finance_admin.api.schemas import Schema

_PAGES = Environment(loader=PackageLoader("skola_finance_admin.api"), autoescape=True)
_OF_EVERY_ADDRESS = ("WEB-404", "WEB-405", "WEB-429", "WEB-500")


async def index(request: Request) -> Response:
    """Say where to begin."""
    described: Schema = request.app.state.described
    links = {"openapi": "/api/v1/openapi.json", "docs": "/api/v1/docs"}
    return Response(
        encoded({"name": "skola-finance", "version": described["info"]["version"], **links}),
        media_type="application/json",
    )


async def openapi(request: Request) -> Response:
    """Give the OpenAPI document."""
    return Response(encoded(request.app.state.described), media_type="application/json")


async def page(request: Request) -> Response:
    """Show the OpenAPI document to people; it comes from this server alone."""
    asked = request.query_params.get("lang")
    language = asked if asked in set(LANGUAGES) else language_of(request.scope).value
    set_locale(language)
    described: Schema = request.app.state.described
    operations = _operations(described)
    shown = _PAGES.get_template("docs.html").render(
        _=gettext,
        language=language,
        nonce=request.scope["skola.nonce"],
        host=str(request.base_url).split("/api")[0].rstrip("/"),
        groups=(
            ("resources", gettext("To read")),
            ("commands", gettext("To do")),
            ("queries", gettext("Every read by its own name")),
        ),
        operations=operations,
        roles={role.value: of_text(role.label) for role in Role},
        codes=_codes(operations),
    )
    return HTMLResponse(shown, headers={"vary": "Accept-Language"})


def _operations(described: Schema) -> dict[str, list[Schema]]:
    """Give the operations by group, each with its address and its inputs."""
    found: dict[str, list[Schema]] = {}
    for address, verbs in described["paths"].items():
        for verb, one in verbs.items():
            content = one.get("requestBody", {}).get("content", {}).get("application/json", {})
            shown = {
                **one,
                "verb": verb.upper(),
                "address": f"/api/v1{address}",
                "inputs": _inputs(one, content.get("schema", {})),
                "example": json.dumps(content["example"], ensure_ascii=False, indent=2)
                if content.get("example")
                else "",
            }
            found.setdefault(one["tags"][0], []).append(shown)
    return found


def _inputs(operation: Schema, body: Schema) -> list[dict[str, Any]]:
    """Give the inputs of an operation, wherever they stand."""
    found = [
        {
            "name": one["name"],
            "required": one["required"],
            "told": one.get("description", ""),
            "kind": _kind(one["schema"]),
        }
        for one in operation.get("parameters", [])
    ]
    found += [
        {
            "name": name,
            "required": name in body.get("required", []),
            "told": one.get("description", ""),
            "kind": _kind(one),
        }
        for name, one in body.get("properties", {}).items()
    ]
    return found


def _kind(schema: Schema) -> str:
    """Name the kind of a value in one or two words."""
    if "anyOf" in schema:
        return " | ".join(_kind(each) for each in schema["anyOf"])
    if "enum" in schema:
        return " | ".join(schema["enum"])
    if "items" in schema:
        return f"list of {_kind(schema['items'])}"
    return str(schema.get("format") or schema.get("contentEncoding") or schema.get("type", "any"))


def _codes(operations: dict[str, list[Schema]]) -> dict[str, list[str]]:
    """Give every known code with the operations that tell it; none for those of every address."""
    found: dict[str, list[str]] = {}
    for group in operations.values():
        for one in group:
            for code in one["x-problems"]:
                found.setdefault(code, []).append(one["operationId"])
    everywhere = {code for code, names in found.items() if len(names) > 60}  # noqa: PLR2004 - most
    kept = {code: [] if code in everywhere else names for code, names in found.items()}
    return dict(sorted((kept | {code: [] for code in _OF_EVERY_ADDRESS}).items()))
