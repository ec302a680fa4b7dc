"""The gate of the admin: who is behind a request, and what becomes of one that nobody is behind.

A page that is only looked at leads to signing in and back. What was typed is never thrown away: a
form that is sent while signed out is answered in place, and can be sent again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette_admin.auth import AdminUser

from skola_finance import Problem, Severity, Text
from skola_finance.queries.accounts import Stage
from skola_finance.signing_in import signed_in
from skola_finance_admin.edge import edge_of
from skola_finance_admin.web.problems import status_of, told

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

    from skola_finance.queries.accounts import SignedIn
    from skola_finance_admin.config import Config
    from skola_finance_admin.web.sign_in import SignIn

ADMIN = "/admin"
OPEN = frozenset({"/login", "/login/code", "/login/enrol", "/logout", "/session"})
"""Addresses below the admin that are open to whoever is not signed in."""
STATIC = "/static/"

SIGNED_OUT = Problem(
    code="WEB-401",
    severity=Severity.ERROR,
    message=Text(lv="Sesija ir beigusies.", en="You are signed out."),
    hint=Text(
        lv="Ierakstītais paliek šeit: pierakstieties citā cilnē un sūtiet vēlreiz.",
        en="What you typed stays here: sign in in another tab, and send again.",
    ),
)


def cookie_name(config: Config) -> str:
    """Give the name of the session's cookie; over https no other host can set or read it."""
    return "__Host-skola_session" if config.is_https else "skola_session"


def give_cookie(response: Response, config: Config, session_id: str) -> None:
    """Let the browser keep a session's id, out of reach of scripts, until it is closed."""
    response.set_cookie(
        cookie_name(config),
        session_id,
        path="/",
        httponly=True,
        samesite="lax",
        secure=config.is_https,
    )


def take_cookie(response: Response, config: Config) -> None:
    """Let the browser forget a session's id."""
    response.delete_cookie(
        cookie_name(config), path="/", httponly=True, samesite="lax", secure=config.is_https
    )


def session_id_of(request: Request) -> str:
    """Give the session's id that a browser shows, empty for none."""
    return request.cookies.get(cookie_name(edge_of(request).config), "")


def inside(address: str) -> str:
    """Give an address to go on to: only ever a path of ours, whatever was asked for."""
    split = urlsplit(address)
    is_plain = split.path.isprintable() and "\\" not in address and "//" not in split.path
    is_ours = split.path == ADMIN or split.path.startswith(f"{ADMIN}/")
    if not (is_plain and is_ours):
        return f"{ADMIN}/"
    if split.path.removeprefix(ADMIN) in OPEN:
        return f"{ADMIN}/"
    return quote(split.path, safe="/%:@.,;=+~!$&'()*") + (f"?{split.query}" if split.query else "")


class Gate:
    """Lets those in who are signed in, and tells the others what to do."""

    def __init__(self, app: ASGIApp, provider: SignIn) -> None:
        """Take what is behind the gate."""
        self.app = app
        self.provider = provider

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        request = Request(scope)
        path = request.url.path.removeprefix(ADMIN)
        if scope["type"] != "http" or path.startswith(STATIC):
            await self.app(scope, receive, send)
            return
        who = await self._who(request)
        request.state.session = who
        request.state.is_anonymous = who is None or who.stage is not Stage.IN
        if who is not None and who.stage is Stage.IN:
            request.state.actor = who.actor
            request.state.admin_user = AdminUser(username=who.actor.id)
        elif path not in OPEN:
            await self._outside(request)(scope, receive, send)
            return
        await self.app(scope, receive, send)

    async def _who(self, request: Request) -> SignedIn | None:
        session_id = session_id_of(request)
        if not session_id or request.url.path == f"{ADMIN}/session":
            # A page that only counts the minutes is no click.
            return None
        edge = edge_of(request)
        return await run_in_threadpool(
            signed_in,
            edge.store,
            session_id=session_id,
            at=edge.clock(),
            idle=edge.config.idle,
            absolute=edge.config.absolute,
        )

    def _outside(self, request: Request) -> Response:
        if "x-skola-fetch" in request.headers:
            status = status_of(SIGNED_OUT)
            return JSONResponse({"problem": told(SIGNED_OUT)}, status_code=status)
        if request.method in {"GET", "HEAD"}:
            asked = request.url.path + (f"?{request.url.query}" if request.url.query else "")
            return RedirectResponse(f"{ADMIN}/login?{urlencode({'next': asked})}", 303)
        return self.provider.show(request, "access/signed_out.html", problem=SIGNED_OUT, status=401)
