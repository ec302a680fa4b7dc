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
    from starlette.types import ASGIApp

    from skola_finance_admin.config import Config

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
_OURS = frozenset({"same-origin", "none"})
"""What browsers say of a request that began at ours, or with the person alone."""


def token_cookie(config: Config) -> str:
    """Give the name of the token's cookie; over https no other host can set it."""
    return "__Host-skola_csrf" if config.is_https else "skola_csrf"


def forget_token(response: Response, config: Config) -> None:
    """Let the next page have another token: none outlives signing in or out."""
    response.delete_cookie(token_cookie(config), path="/", secure=config.is_https)


class Csrf(CSRFMiddleware):
    """starlette-admin's check, with its refusal told as every other problem."""

    def __init__(self, app: ASGIApp, secret_key: str, config: Config) -> None:
        """Take what is guarded, and the key that signs tokens."""
        super().__init__(app, secret_key)
        self.cookie_name = token_cookie(config)

    async def dispatch(self, request: Request, call_next: RequestResponseEndpoint) -> Response:
        """Check one request."""
        site = request.headers.get("sec-fetch-site", "none")
        if request.method not in self.safe_methods and site not in _OURS:
            return plain_page(request.scope, STALE, status=403)
        response = await super().dispatch(request, call_next)
        if isinstance(response, PlainTextResponse):
            return plain_page(request.scope, STALE, status=403)
        return response
