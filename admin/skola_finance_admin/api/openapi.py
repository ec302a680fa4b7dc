"""The OpenAPI document: every address, made from the same signatures as the addresses are."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from skola_finance.commands import COMMANDS
from skola_finance.signing_in import asks_for_a_code
from skola_finance_admin.api.answers import CURRENCY
from skola_finance_admin.api.commands import VERSION
from skola_finance_admin.api.docstrings import codes, first_line, prose, said
from skola_finance_admin.api.names import returned
from skola_finance_admin.api.paging import is_page
from skola_finance_admin.api.schemas import Schema, Schemas, example_of, schema_of_inputs

if TYPE_CHECKING:
    from collections.abc import Mapping

    from skola_finance import Text
    from skola_finance.commands import UseCase
    from skola_finance_admin.api.inputs import Inputs
    from skola_finance_admin.api.reads import Read

_OF_EVERY_REQUEST = ["AUT-615", "AUT-617", "WEB-400", "WEB-401", "WEB-422"]
_OF_EVERY_COMMAND = ["AUT-601", "WEB-413", "WEB-415", "WFL-516", "WFL-518", "WFL-520"]
_ABOUT = """Every command and every read of skola-finance. Sign in with a token of your account,
`Authorization: Bearer …`. Amounts are whole cents of EUR; days are `2025-07-01`, moments UTC.
What is refused is told as RFC 9457, with the code, message and hint in Latvian and English.
Commands need an `Idempotency-Key`; sent again under it, they answer as the first time."""


def openapi_document(
    commands: Mapping[str, Inputs],
    reads: Mapping[str, Read],
    addresses: Mapping[str, Read],
    version: str,
) -> Schema:
    """Make the document.

    Args:
        commands: what each command takes.
        reads: every read by its own name.
        addresses: friendlier addresses of some of them.
        version: of the API.
    """
    schemas = Schemas()
    paths: dict[str, Schema] = {}
    for address, read in addresses.items():
        paths[address] = {"get": _read(read, address, schemas, tag="resources")}
    for name, inputs in sorted(commands.items()):
        paths[f"/commands/{name}"] = {"post": _command(COMMANDS[name], inputs)}
    for name, read in sorted(reads.items()):
        address = f"/queries/{name}"
        paths[address] = {read.method.lower(): _read(read, address, schemas, tag="queries")}
    return {
        "openapi": "3.1.0",
        "info": {"title": "skola-finance", "version": version, "description": _ABOUT},
        "servers": [{"url": "/api/v1"}],
        "security": [{"token": []}],
        "tags": [{"name": name} for name in ("resources", "commands", "queries")],
        "paths": paths,
        "components": {
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
            "schemas": {"Problem": _PROBLEM, "Answer": _ANSWER, **schemas.components},
            "responses": {"Problem": _REFUSED},
        },
    }


def _command(command: UseCase[Any], inputs: Inputs) -> Schema:
    told = said(command.body)
    known = {*codes(told), *_OF_EVERY_REQUEST, *_OF_EVERY_COMMAND}
    parameters = [_KEY]
    if VERSION in inputs.kinds:
        known |= {"WEB-428", "WFL-517"} if VERSION in inputs.required else {"WFL-517"}
        parameters.append(_IF_MATCH)
    if asks_for_a_code(command.name):
        known |= {"AUT-609", "AUT-610", "AUT-611", "AUT-618"}
        parameters.append(_CODE)
    schema = schema_of_inputs(inputs, told)
    content: Schema = {"application/json": {"schema": schema, "example": example_of(inputs)}}
    if inputs.files:
        content["multipart/form-data"] = {"schema": _as_form(schema, inputs)}
    return {
        "operationId": command.name,
        "tags": ["commands"],
        "summary": f"{command.title.en} · {command.title.lv}",
        "description": prose(told),
        "x-title": _both(command.title),
        "x-roles": sorted(role.value for role in command.roles),
        "x-problems": sorted(known),
        "parameters": parameters,
        "requestBody": {"required": True, "content": content},
        "responses": {
            "200": {
                "description": "What came of it.",
                "headers": {"ETag": {"schema": {"type": "string"}}},
                "content": {
                    "application/json": {"schema": {"$ref": "#/components/schemas/Answer"}}
                },
            },
            "default": {"$ref": "#/components/responses/Problem"},
        },
    }


def _as_form(schema: Schema, inputs: Inputs) -> Schema:
    """Give the schema of a form: the files are bytes as they are."""
    properties = {
        name: {"type": "string", "format": "binary"} if name in inputs.files else one
        for name, one in schema["properties"].items()
    }
    # A file brings its name along.
    required = [name for name in schema["required"] if name not in {"file_name", "name"}]
    return {**schema, "properties": properties, "required": required}


def _read(read: Read, address: str, schemas: Schemas, *, tag: str) -> Schema:
    told = said(read.function)
    about = "\n".join(
        [
            told,
            *(said(kind).replace("Attributes:", "Args:") for kind in read.inputs.spread.values()),
        ]
    )
    schema = schema_of_inputs(read.inputs, about)
    in_path = set(re.findall(r"{(\w+)}", address))
    described: Schema = {
        "operationId": read.name
        if tag == "queries"
        else re.sub(r"\W+", "_", f"get{address}").strip("_"),
        "tags": [tag],
        "summary": first_line(told),
        "description": prose(told),
        "x-problems": sorted({*codes(told), *_OF_EVERY_REQUEST, "AUT-601"}),
        "responses": {
            "200": {"description": "The answer.", "content": _answers(read, schemas)},
            "default": {"$ref": "#/components/responses/Problem"},
        },
    }
    if read.method == "POST":
        body = {"schema": schema, "example": example_of(read.inputs)}
        content: Schema = {"application/json": body}
        if read.inputs.files:
            content["multipart/form-data"] = {"schema": _as_form(schema, read.inputs)}
        described["requestBody"] = {"required": True, "content": content}
    else:
        described["parameters"] = [
            {
                "name": name,
                "in": "path" if name in in_path else "query",
                "required": name in in_path or name in read.required,
                **({"description": one.pop("description")} if "description" in one else {}),
                "schema": one,
            }
            for name, one in schema.get("properties", {}).items()
        ]
    return described


def _answers(read: Read, schemas: Schemas) -> Schema:
    found = schemas.of(returned(read.function))
    is_list = found.get("type") == "array"
    if is_list:
        found = {"type": "object", "properties": {"items": found}, "required": ["items"]}
    elif found.get("type"):
        found = {"type": "object", "properties": {"value": found}}
    answers: Schema = {"application/json": {"schema": found}}
    if is_list or is_page(returned(read.function)):
        answers |= {kind: {} for kind in ("application/x-ndjson", "text/csv")}
    return answers


def _both(text: Text) -> dict[str, str]:
    return {"lv": text.lv, "en": text.en}


_TEXT: Schema = {
    "type": "object",
    "properties": {"lv": {"type": "string"}, "en": {"type": "string"}},
    "required": ["lv", "en"],
}
_PROBLEM: Schema = {
    "type": "object",
    "description": "RFC 9457: what is wrong, where, where that is written, and what to do.",
    "properties": {
        "type": {"type": "string", "format": "uri-reference"},
        "title": {"type": "string", "description": "In the language of the request."},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "The message in the language of the request."},
        "code": {"type": "string", "examples": ["ELG-140", "WFL-517"]},
        "severity": {"type": "string", "enum": ["error", "warning", "info"]},
        "message": _TEXT,
        "hint": _TEXT,
        "where": {
            "type": "object",
            "properties": {
                "file": {"type": ["string", "null"]},
                "sheet": {"type": ["string", "null"]},
                "row": {"type": ["integer", "null"]},
                "column": {"type": ["string", "null"]},
            },
        },
        "subject": {"type": "string"},
        "cut_cents": {"type": "integer"},
        "citation": {"type": ["object", "null"]},
        "errors": {
            "type": "array",
            "description": "Every single thing that is wrong with the shape of a request.",
            "items": {
                "type": "object",
                "properties": {"pointer": {"type": "string"}, "message": _TEXT},
            },
        },
    },
    "required": ["type", "title", "status", "detail", "code", "severity", "message", "hint"],
}
_ANSWER: Schema = {
    "type": "object",
    "description": "What came of a command: the thing it was about, and facts.",
    "properties": {
        "subject": {"type": "string"},
        "facts": {"type": "object", "additionalProperties": True},
        "currency": {"type": "string", "const": CURRENCY},
    },
    "required": ["subject", "facts"],
}
_REFUSED: Schema = {
    "description": "It is refused; nothing was changed.",
    "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
}
_KEY: Schema = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": True,
    "description": "An id of 1 to 80 characters, made once for what is wanted once.",
    "schema": {"type": "string", "minLength": 1, "maxLength": 80},
}
_CODE: Schema = {
    "name": "Second-Factor",
    "in": "header",
    "required": True,
    "description": "The code that the authenticator of the token's owner shows now; once.",
    "schema": {"type": "string", "examples": ["492039"]},
}
_IF_MATCH: Schema = {
    "name": "If-Match",
    "in": "header",
    "required": False,
    "description": "The ETag of what was read; stands for row_version, and answers 412 if stale.",
    "schema": {"type": "string", "examples": ['"7"']},
}
