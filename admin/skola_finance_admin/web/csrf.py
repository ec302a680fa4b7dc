"""Forms that did not come from our own pages are refused, in words a person understands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.responses import PlainTextResponse, Response
from starlette_admin.security.csrf import CSRFMiddleware

from skola_finance import Problem, Severity, Text
from skola_finance_admin.web.plain_page import plain_page

if TYPE_CHECKING:
    from starlette.middleware.base import RequestResponseEndpoint
    from starlette.requests import Request

STALE = Problem(
    code="WEB-403",
    severity=Severity.ERROR,
    message=Text(
        lv="Lapa ir novecojusi vai pieprasījums nav sūtīts no šīs sistēmas lapas.",
        en="The page is stale, or the request was not sent from a page of this system.",
    ),
    hint=Text(
        lv="Atjaunojiet lapu un sūtiet vēlreiz; nekas nav mainīts.",
        en="Reload the page and send again; nothing was changed.",
    ),
)


class Csrf(CSRFMiddleware):
    """starlette-admin's check, with its refusal told as every other problem."""

    async def dispatch(self, request: Request, call_next: RequestResponseEndpoint) -> Response:
        """Check one request."""
        response = await super().dispatch(request, call_next)
        if isinstance(response, PlainTextResponse):
            return plain_page(request.scope, STALE, status=403)
        return response
