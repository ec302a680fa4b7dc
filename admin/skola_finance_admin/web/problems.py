"""From a problem of the library to an answer over HTTP, the same for pages and for programs."""

from __future__ import annotations

from typing import Any

from skola_finance import Problem, Severity, Text
from skola_finance_admin.i18n import of_text

_STATUS = {
    "AUT-601": 403,
    "AUT-603": 404,
    "AUT-604": 401,
    "AUT-609": 429,
    "AUT-610": 401,
    "AUT-614": 401,
    "AUT-615": 401,
    "AUT-617": 403,
    "AUT-618": 403,
    "WEB-400": 400,
    "WEB-401": 401,
    "WEB-403": 403,
    "WEB-404": 404,
    "WEB-405": 405,
    "WEB-406": 406,
    "WEB-413": 413,
    "WEB-415": 415,
    "WEB-428": 428,
    "WEB-429": 429,
    "WEB-500": 500,
    # An id, a value, or an id known with other content: nothing about the thing stands in the way.
    "WFL-516": 400,
    "WFL-518": 422,
    "WFL-520": 422,
}
_BY_FAMILY = {"STO": 503, "WFL": 409}
_UNPROCESSABLE = 422


def status_of(problem: Problem) -> int:
    """Give the HTTP status of a refusal: what is missing, not allowed, in the way, or unusable."""
    family = problem.code.partition("-")[0]
    return _STATUS.get(problem.code, _BY_FAMILY.get(family, _UNPROCESSABLE))


def told(problem: Problem) -> dict[str, Any]:
    """Give a problem in the language of the request, as scripts of our pages read it."""
    citation = problem.citation
    return {
        "code": problem.code,
        "severity": problem.severity.value,
        "message": of_text(problem.message),
        "hint": of_text(problem.hint),
        "where": str(problem.where),
        "citation": None if citation is None else f"{citation.act}, {citation.locator}",
    }


BROKEN = Problem(
    code="WEB-500",
    severity=Severity.ERROR,
    message=Text(lv="Sistēmā radās kļūda.", en="Something went wrong inside the system."),
    hint=Text(
        lv="Mēģiniet vēlreiz; ja kļūda atkārtojas, ziņojiet sistēmas administratoram, "
        "kad tā radās. Ierakstītais nav mainīts.",
        en="Try again; if it comes back, tell the system administrator when it happened. "
        "Nothing was changed.",
    ),
)
