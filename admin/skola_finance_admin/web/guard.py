"""The outermost layer: limits what comes in, and says to the browser what may be done with it."""

from __future__ import annotations

import logging
import secrets
from typing import TYPE_CHECKING

from starlette.datastructures import MutableHeaders

from skola_finance_admin.web.plain_page import plain_page, too_large
from skola_finance_admin.web.problems import BROKEN

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from skola_finance_admin.edge import Edge

_POLICY = (
    "default-src 'none'",
    "script-src 'self' 'nonce-{nonce}'",
    # The chart library sets style attributes; no style sheet comes from anywhere else.
    "style-src 'self' 'nonce-{nonce}'",
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
)
_HEADERS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=()",
}
_log = logging.getLogger(__name__)
_ONE_YEAR = "max-age=31536000; includeSubDomains"


class TooLarge(Exception):
    """More came in than the server takes; nothing of it is kept."""


class Guard:
    """Puts the edge within reach of every request, limits its body, and adds the headers."""

    def __init__(self, app: ASGIApp, edge: Edge) -> None:
        """Take the application that is guarded."""
        self.app = app
        self.edge = edge

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        nonce = secrets.token_urlsafe(16)
        scope["skola.edge"] = self.edge
        if self.edge.config.is_https:
            # What stands before us speaks https with the browser: cookies and addresses say so.
            scope["scheme"] = "https"
        scope["skola.nonce"] = nonce
        is_begun = False

        async def send_guarded(message: Message) -> None:
            nonlocal is_begun
            if message["type"] == "http.response.start":
                is_begun = True
                self._add_headers(message, scope["path"], nonce)
            await send(message)

        try:
            await self.app(
                scope, _counted(scope, receive, self.edge.config.largest_body), send_guarded
            )
        except TooLarge:
            if is_begun:
                raise
            await too_large(scope)(scope, receive, send_guarded)
        except Exception:
            if is_begun:
                raise
            _log.exception("%s %s", scope["method"], scope["path"])
            await plain_page(scope, BROKEN, status=500)(scope, receive, send_guarded)

    def _add_headers(self, message: Message, path: str, nonce: str) -> None:
        headers = MutableHeaders(scope=message)
        headers["content-security-policy"] = "; ".join(_POLICY).format(nonce=nonce)
        for name, value in _HEADERS.items():
            headers[name] = value
        if self.edge.config.is_https:
            headers["strict-transport-security"] = _ONE_YEAR
        if "/static/" in path:
            headers.setdefault("cache-control", "public, max-age=3600")
        else:
            # Amounts of one person must not be shown to the next at the same desk.
            headers["cache-control"] = "no-store"


def _counted(scope: Scope, receive: Receive, largest: int) -> Receive:
    """Count what comes in, whatever its header says, and stop at the limit."""
    headers = dict(scope["headers"])
    told = headers.get(b"content-length", b"0")
    announced = int(told) if told.isdigit() else 0
    came = 0

    async def receive_counted() -> Message:
        nonlocal came
        if announced > largest:
            raise TooLarge
        message = await receive()
        came += len(message.get("body", b""))
        if came > largest:
            raise TooLarge
        return message

    return receive_counted
