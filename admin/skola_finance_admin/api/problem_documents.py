"""A problem as a program gets it: RFC 9457, with both languages, hint, place and source."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from starlette.responses import Response

from skola_finance import Language, Problem, Severity, SkolaError, Text
from skola_finance_admin.api.answers import as_json, encoded
from skola_finance_admin.web.problems import status_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from starlette.types import Scope

MEDIA_TYPE = "application/problem+json"
PAGE = "/api/v1/docs"
"""What every code means stands there, under its own anchor."""

_TITLES = {
    400: Text(lv="Pieprasījums nav izlasāms", en="The request cannot be read"),
    401: Text(lv="Jāpiesakās", en="Sign in first"),
    403: Text(lv="Nav atļauts", en="Not allowed"),
    404: Text(lv="Nav atrasts", en="Not found"),
    405: Text(lv="Adresi tā nevar izmantot", en="The address cannot be used like that"),
    409: Text(lv="Pašreizējā stāvoklī nav iespējams", en="Not possible as things stand"),
    412: Text(lv="Versija ir novecojusi", en="The version is stale"),
    413: Text(lv="Par lielu", en="Too large"),
    415: Text(lv="Satura veids nav pieņemams", en="The kind of content is not taken"),
    422: Text(lv="Vērtības nav izmantojamas", en="The values cannot be used"),
    428: Text(lv="Vajag versiju", en="A version is needed"),
    429: Text(lv="Par daudz mēģinājumu", en="Too many tries"),
    503: Text(lv="Šobrīd nav pieejams", en="Not available now"),
}
_BROKEN = Text(lv="Sistēmā radās kļūda", en="Something went wrong inside the system")


class ApiRefused(SkolaError):
    """WEB-4xx: a request that the API refuses by itself; carries more than a problem can.

    Attributes:
        headers: what the answer says beside the problem.
        errors: every single thing that is wrong, where there are several.
    """

    def __init__(
        self,
        problem: Problem,
        *,
        headers: Mapping[str, str] | None = None,
        errors: Sequence[Mapping[str, Any]] = (),
    ) -> None:
        """Keep the problem with its headers and single errors."""
        super().__init__(problem)
        self.headers, self.errors = dict(headers or {}), list(errors)


def refusal(
    code: str,
    *,
    message: Text,
    hint: Text,
    subject: str = "",
    headers: Mapping[str, str] | None = None,
    errors: Sequence[Mapping[str, Any]] = (),
) -> ApiRefused:
    """Make a refusal of the API's own."""
    problem = Problem(
        code=code, severity=Severity.ERROR, message=message, hint=hint, subject=subject
    )
    return ApiRefused(problem, headers=headers, errors=errors)


def language_of(scope: Scope) -> Language:
    """Give the language that a request prefers (`Accept-Language`); Latvian, where it says none.

    >>> language_of({"headers": [(b"accept-language", b"lv;q=0.5, en-GB")]}).value
    'en'
    """
    weights = {Language.LV: 0.0, Language.EN: 0.0}
    for name, value in scope["headers"]:
        if name == b"accept-language":
            for part in value.decode("latin-1").split(",")[:50]:
                tag, _, weight = part.partition(";")
                known = tag.strip().lower()[:2]
                if known in weights:
                    language = Language(known)
                    weights[language] = max(weights[language], _weight(weight))
    return Language.EN if weights[Language.EN] > weights[Language.LV] else Language.LV


def _weight(text: str) -> float:
    try:
        return float(text.strip().removeprefix("q=")) if text.strip() else 1.0
    except ValueError:
        return 0.0


def problem_answer(
    scope: Scope,
    problem: Problem,
    *,
    status: int | None = None,
    headers: Mapping[str, str] | None = None,
    errors: Sequence[Mapping[str, Any]] = (),
) -> Response:
    """Answer with a problem; `status` where another one than its code's fits."""
    status = status or status_of(problem)
    language = language_of(scope)
    content = {
        "type": f"{PAGE}#{problem.code}",
        "title": title(status, language),
        "status": status,
        "detail": problem.message.in_(language),
        "code": problem.code,
        "severity": problem.severity.value,
        "message": as_json(problem.message),
        "hint": as_json(problem.hint),
        "where": as_json(problem.where),
        "subject": problem.subject,
        "cut_cents": problem.cut_cents,
        "citation": as_json(problem.citation),
    }
    if errors:
        content["errors"] = list(errors)
    return Response(
        encoded(content),
        status_code=status,
        media_type=MEDIA_TYPE,
        headers={
            "content-language": language.value,
            "vary": "Accept-Language",
            **(headers or {}),
        },
    )


def title(status: int, language: Language) -> str:
    """Name a status; it is the same for every occurrence of a problem."""
    known = _TITLES.get(status)
    if known is None and status < HTTPStatus.INTERNAL_SERVER_ERROR:
        known = _TITLES[400]
    return (known or _BROKEN).in_(language)
