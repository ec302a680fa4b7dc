"""Signing in and out: login and password, then a code of the second factor where one is due."""

from __future__ import annotations

import base64
import binascii
import uuid
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlencode

import segno
from anyio import CapacityLimiter, to_thread
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette_admin.auth import AdminUser, BaseAuthProvider

from skola_finance import Order, Role, SkolaError
from skola_finance.queries.accounts import Stage, recovery_codes
from skola_finance.signing_in import (
    demo_code,
    demo_offer,
    finish_enrolling,
    finish_sign_in,
    look_at_session,
    new_demo_factor,
    new_second_factor,
    sign_in,
    sign_out,
    stay_signed_in,
)
from skola_finance_admin.edge import edge_of
from skola_finance_admin.i18n import of_text
from skola_finance_admin.web.csrf import forget_token
from skola_finance_admin.web.forms import form_of, unusable_field
from skola_finance_admin.web.gate import (
    ADMIN,
    Gate,
    give_cookie,
    inside,
    session_id_of,
    take_cookie,
)
from skola_finance_admin.web.problems import status_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.requests import Request
    from starlette.templating import Jinja2Templates

    from skola_finance.queries.accounts import NewSecondFactor, Opened

T = TypeVar("T")
AT_ONCE = 2
"""Passwords hashed at the same time: each takes 64 MiB and a core, on purpose."""


class SignIn(BaseAuthProvider):
    """Accounts of the store, sessions kept on the server, a cookie that names one."""

    def __init__(self) -> None:
        """Begin; the admin hands the templates over with the routes."""
        super().__init__()
        self._templates: Jinja2Templates | None = None
        self._limiter: CapacityLimiter | None = None

    async def authenticate(self, request: Request) -> AdminUser | None:
        """Say who is behind a request: the gate has found out already."""
        user: AdminUser | None = getattr(request.state, "admin_user", None)
        return user

    def get_middleware(self) -> Middleware:
        """Give the gate."""
        return Middleware(Gate, provider=self)

    def get_routes(self, templates: Jinja2Templates) -> list[Route]:
        """Give the addresses of signing in and out."""
        self._templates = templates
        return [
            Route("/login", self.login, methods=["GET", "POST"], name="login"),
            Route("/login/code", self.code, methods=["GET", "POST"], name="login-code"),
            Route("/login/enrol", self.enrol, methods=["GET", "POST"], name="login-enrol"),
            Route("/logout", self.logout, methods=["POST"], name="logout"),
            Route("/session", self.session, methods=["GET", "POST"], name="session"),
        ]

    # ── the first step ───────────────────────────────────────────────────────────────────────

    async def login(self, request: Request) -> Response:
        """Show the form, or take login and password."""
        if request.method == "GET":
            if not request.state.is_anonymous:
                return RedirectResponse(_next(request), 303)
            return await self._login_form(request)
        edge = edge_of(request)
        form = await form_of(request)
        login, password = form.text("login", default=""), form.text("password", default="")
        chosen = form.text("demo", default="")
        offer = await run_in_threadpool(demo_offer, edge.store) if edge.config.is_demo else None
        if chosen and offer is not None:
            login, password = chosen, offer.password
        try:
            opened = await self._slowly(
                sign_in,
                edge.store,
                login=login,
                password=password,
                at=edge.clock(),
                address=request.client.host if request.client else "",
                browser=request.headers.get("user-agent", ""),
                idle=edge.config.idle,
                absolute=edge.config.absolute,
            )
        except SkolaError as error:
            return await self._login_form(request, problem=error.problem, login=login)
        return await self._go_on(request, opened)

    async def _login_form(self, request: Request, **context: Any) -> Response:  # noqa: ANN401 - of templates
        edge = edge_of(request)
        offer = await run_in_threadpool(demo_offer, edge.store) if edge.config.is_demo else None
        context |= {"offer": offer, "role_label": role_label}
        return self.show(request, "access/login.html", **context)

    async def _slowly(self, call: Callable[..., T], *args: object, **inputs: object) -> T:
        """Call what hashes a password: a few at a time, so that they do not fill the memory."""
        self._limiter = self._limiter or CapacityLimiter(AT_ONCE)
        return await to_thread.run_sync(partial(call, *args, **inputs), limiter=self._limiter)

    # ── the second step ──────────────────────────────────────────────────────────────────────

    async def code(self, request: Request) -> Response:
        """Ask for a code of the second factor, or take it."""
        if _stage(request) is not Stage.CODE:
            return _begin_anew(request)
        edge = edge_of(request)
        if request.method == "GET":
            return await self._code_form(request)
        form = await form_of(request)
        try:
            opened = await run_in_threadpool(
                finish_sign_in,
                edge.store,
                session_id=session_id_of(request),
                code=form.text("code", default=""),
                at=edge.clock(),
                address=request.client.host if request.client else "",
            )
        except SkolaError as error:
            return await self._code_form(request, problem=error.problem)
        return await self._go_on(request, opened)

    async def _code_form(self, request: Request, **context: Any) -> Response:  # noqa: ANN401 - of templates
        edge = edge_of(request)
        actor = request.state.session.actor
        shown = ""
        if edge.config.is_demo:
            shown = await run_in_threadpool(demo_code, edge.store, login=actor.id, at=edge.clock())
        return self.show(request, "access/code.html", who=actor, demo_code=shown, **context)

    async def enrol(self, request: Request) -> Response:
        """Let somebody enrol the second factor that the role needs, then in."""
        if _stage(request) is not Stage.ENROLLING:
            return _begin_anew(request)
        edge = edge_of(request)
        order = Order(request.state.session.actor, uuid.uuid4().hex, edge.clock())
        if request.method == "GET":
            return self.show(request, "access/enrol.html", **await enrolment(request, order))
        form = await form_of(request)
        try:
            wrapped = wrapped_of(form.text("secret"))
            opened = await run_in_threadpool(
                finish_enrolling,
                edge.store,
                order,
                session_id=session_id_of(request),
                wrapped_secret=wrapped,
                code=form.text("code"),
            )
            codes = await run_in_threadpool(
                recovery_codes, edge.store, order, wrapped_secret=wrapped
            )
        except SkolaError as error:
            context = await enrolment(request, order)
            return self.show(request, "access/enrol.html", problem=error.problem, **context)
        response = self.show(
            request, "access/recovery_codes.html", codes=codes, goes_to=_next(request)
        )
        give_cookie(response, edge.config, opened.session_id)
        forget_token(response, edge.config)
        return response

    # ── out, and how long still ──────────────────────────────────────────────────────────────

    async def logout(self, request: Request) -> Response:
        """End the session."""
        edge = edge_of(request)
        await run_in_threadpool(sign_out, edge.store, session_id=session_id_of(request))
        response = RedirectResponse(f"{ADMIN}/login", 303)
        take_cookie(response, edge.config)
        forget_token(response, edge.config)
        return response

    async def session(self, request: Request) -> Response:
        """Say how long the session lasts still; sent as a form, it goes on."""
        edge = edge_of(request)
        there = await run_in_threadpool(
            look_at_session if request.method == "GET" else stay_signed_in,
            edge.store,
            session_id=session_id_of(request),
            at=edge.clock(),
            idle=edge.config.idle,
            absolute=edge.config.absolute,
        )
        is_in = there is not None and there.stage is Stage.IN
        return JSONResponse(
            {
                "signed_in": is_in,
                "login": there.actor.id if there is not None and is_in else "",
                "seconds_left": there.seconds_left if there is not None and is_in else 0,
                "csrf": request.state.csrf_token,
            }
        )

    # ── what they share ──────────────────────────────────────────────────────────────────────

    def show(self, request: Request, template: str, *, status: int = 0, **context: Any) -> Response:  # noqa: ANN401 - of templates
        """Show a template; `problem` is a refusal to be told at its head."""
        assert self._templates is not None  # noqa: S101 - set with the routes
        problem = context.get("problem")
        response = self._templates.TemplateResponse(
            request=request,
            name=template,
            context=context,
            status_code=status or (status_of(problem) if problem is not None else 200),
        )
        if problem is not None and problem.code == "AUT-609":
            response.headers["retry-after"] = problem.subject
        return response

    async def _go_on(self, request: Request, opened: Opened) -> Response:
        edge = edge_of(request)
        if opened.stage is not Stage.IN:
            step = "code" if opened.stage is Stage.CODE else "enrol"
            address = f"{ADMIN}/login/{step}?{urlencode({'next': _next(request)})}"
        else:
            address = _next(request)
        # Whoever signs in anew leaves nothing open under the id that was there before.
        if before := session_id_of(request):
            await run_in_threadpool(sign_out, edge.store, session_id=before)
        response = RedirectResponse(address, 303)
        give_cookie(response, edge.config, opened.session_id)
        forget_token(response, edge.config)
        return response


async def enrolment(request: Request, order: Order) -> dict[str, Any]:
    """Give what the form of an enrolment shows: the picture, the secret, in the demo the code."""
    edge = edge_of(request)
    known = (
        await run_in_threadpool(new_demo_factor, edge.store, order) if edge.config.is_demo else None
    )
    new: NewSecondFactor
    new, code = known or (await run_in_threadpool(new_second_factor, edge.store, order), "")
    groups = [new.secret[place : place + 4] for place in range(0, len(new.secret), 4)]
    return {
        "picture": segno.make(new.address, error="m").svg_data_uri(scale=5, border=2),
        "secret": " ".join(groups),
        "wrapped": base64.b64encode(new.wrapped).decode(),
        "demo_code": code,
        "who": order.actor,
    }


def wrapped_of(typed: str) -> bytes:
    """Read the wrapped secret that a form carried.

    Raises: UnusableField (WEB-422).
    """
    try:
        return base64.b64decode(typed, validate=True)
    except binascii.Error:
        raise unusable_field("secret", lv="nav izlasāms", en="it cannot be read") from None


def role_label(login: str) -> str:
    """Say the role of a demo login, in the language of the request."""
    return of_text(Role(login.partition(".")[0]).label)


def _stage(request: Request) -> Stage | None:
    return request.state.session.stage if request.state.session is not None else None


def _next(request: Request) -> str:
    return inside(request.query_params.get("next", ""))


def _begin_anew(request: Request) -> Response:
    return RedirectResponse(f"{ADMIN}/login?{urlencode({'next': _next(request)})}", 303)
