"""Around every address of the API: whatever goes wrong is told as a problem, and logged if ours."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from functools import wraps
from typing import TYPE_CHECKING

from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect

from skola_finance import Problem, Severity, SkolaError, Text
from skola_finance_admin.api.bodies import unreadable
from skola_finance_admin.api.problem_documents import ApiRefused, problem_answer, refusal
from skola_finance_admin.web.guard import TooLarge
from skola_finance_admin.web.plain_page import TOO_LARGE
from skola_finance_admin.web.problems import BROKEN

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

Endpoint = Callable[["Request"], Awaitable["Response"]]
_log = logging.getLogger(__name__)

NO_METHOD = Problem(
    code="WEB-405",
    severity=Severity.ERROR,
    message=Text(
        lv="Šo adresi ar šādu metodi izmantot nevar.",
        en="This address cannot be used with this method.",
    ),
    hint=Text(
        lv="Lasa ar GET, darbības sūta ar POST; viss aprakstīts /api/v1/openapi.json.",
        en="Read with GET, send commands with POST; all is described at /api/v1/openapi.json.",
    ),
)


def endpoint(serve: Endpoint) -> Endpoint:
    """Serve an address; what is refused is told, never thrown."""

    @wraps(serve)
    async def served(request: Request) -> Response:
        try:
            return await serve(request)
        except ApiRefused as error:
            return problem_answer(
                request.scope, error.problem, headers=error.headers, errors=error.errors
            )
        except SkolaError as error:
            return problem_answer(request.scope, error.problem)
        except HTTPException as error:
            return http_problem(request, error)
        except TooLarge:
            return problem_answer(request.scope, TOO_LARGE)
        except ClientDisconnect:
            raise
        except Exception:  # noqa: BLE001 - whatever it is, a program is told, and the log holds it
            _log.exception("%s %s", request.method, request.url.path)
            return problem_answer(request.scope, BROKEN)

    return served


def no_method(allowed: str) -> ApiRefused:
    """WEB-405: an address that is used in another way."""
    return ApiRefused(NO_METHOD, headers={"allow": allowed})


def no_address() -> ApiRefused:
    """WEB-404: an address that leads nowhere."""
    return refusal(
        "WEB-404",
        message=Text(lv="Šādas adreses nav.", en="There is no such address."),
        hint=Text(
            lv="Visas adreses ir aprakstītas /api/v1/openapi.json.",
            en="All addresses are described at /api/v1/openapi.json.",
        ),
    )


def http_problem(request: Request, error: HTTPException) -> Response:
    """Tell what the web framework refuses: an unknown address, a method, a broken form."""
    if error.status_code == 404:  # noqa: PLR2004 - not found
        return problem_answer(request.scope, no_address().problem)
    if error.status_code == 405:  # noqa: PLR2004 - not allowed
        return problem_answer(request.scope, NO_METHOD, headers=error.headers)
    broken = unreadable(
        lv="veidlapa nav izlasāma", en=f"the form cannot be read ({str(error.detail)[:200]})"
    )
    return problem_answer(request.scope, broken.problem)
