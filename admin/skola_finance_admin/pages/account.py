"""One's own account: who one is, the password, the second factor, sessions, tokens of programs."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse

from skola_finance import SkolaError
from skola_finance.commands import enrol_second_factor, remove_second_factor, revoke_token
from skola_finance.queries.accounts import (
    my_account,
    recovery_codes,
    scopes_for,
    sessions_of,
    tokens_of,
)
from skola_finance.signing_in import (
    change_password,
    confirm_second_factor,
    demo_code,
    end_other_sessions,
    end_session,
    make_token,
)
from skola_finance_admin.edge import edge_of
from skola_finance_admin.i18n import gettext as _
from skola_finance_admin.web.browsers import name_of_browser
from skola_finance_admin.web.forms import local_day, unusable_field
from skola_finance_admin.web.page import Page, ask, do, done, form_of, route
from skola_finance_admin.web.problems import status_of
from skola_finance_admin.web.sign_in import enrolment, wrapped_of
from skola_finance_admin.web.signed_in import order_of

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from skola_finance import Problem

TOKEN_DAYS = 90


class Account(Page):
    """The page of one's own account."""

    path = "/account"

    @route("")
    async def index(self, request: Request) -> Response:
        """Show it."""
        return await self._shown(request)

    async def _shown(self, request: Request, problem: Problem | None = None) -> Response:
        return self.show(
            request,
            "access/account.html",
            status=200 if problem is None else status_of(problem),
            problem=problem,
            account=await ask(request, my_account),
            sessions=await ask(request, sessions_of),
            here=request.state.session.number,
            tokens=await ask(request, tokens_of),
            scopes=await ask(request, scopes_for),
            token_until=local_day(edge_of(request).clock()) + timedelta(days=TOKEN_DAYS),
            name_of_browser=name_of_browser,
            demo_code=await shown_demo_code(request),
        )

    @route("/password", methods=("POST",))
    async def password(self, request: Request) -> Response:
        """Change one's own password; the other sessions end."""
        form = await form_of(request)
        password = form.text("password")
        if form.text("again") != password:
            raise unusable_field(
                "again", lv="abas jaunās paroles atšķiras", en="the two new passwords differ"
            )
        await run_in_threadpool(
            change_password,
            edge_of(request).store,
            order_of(request, form.command_id),
            present=form.text("present"),
            password=password,
            session=request.state.session.number,
        )
        return done(request, "/account", _("The password is changed; your other sessions ended."))

    # ── the second factor ────────────────────────────────────────────────────────────────────

    @route("/second-factor")
    async def second_factor(self, request: Request) -> Response:
        """Begin an enrolment."""
        return await self._enrolment(request)

    async def _enrolment(self, request: Request, problem: Problem | None = None) -> Response:
        account = await ask(request, my_account)
        return self.show(
            request,
            "access/account_factor.html",
            status=200 if problem is None else status_of(problem),
            problem=problem,
            account=account,
            present_demo_code=await shown_demo_code(request),
            **await enrolment(request, order_of(request)),
        )

    @route("/second-factor", methods=("POST",))
    async def enrol(self, request: Request) -> Response:
        """Enrol a second factor, in place of the present one; its recovery codes are shown once."""
        form = await form_of(request)
        order = order_of(request, form.command_id)
        present = form.text("present_code", default="")
        try:
            wrapped = wrapped_of(form.text("secret"))
            account = await ask(request, my_account)
            store = edge_of(request).store
            if account.has_second_factor:
                await run_in_threadpool(confirm_second_factor, store, order, code=present)
            await run_in_threadpool(
                enrol_second_factor,
                store,
                order,
                wrapped_secret=wrapped,
                code=form.text("code"),
                present_code=present,
            )
        except SkolaError as error:
            return await self._enrolment(request, error.problem)
        codes = await ask(request, recovery_codes, wrapped_secret=wrapped)
        return self.show(
            request, "access/recovery_codes.html", codes=codes, goes_to="/admin/account"
        )

    @route("/demo-code")
    async def fresh_demo_code(self, request: Request) -> Response:
        """Give the demo's next code for a form that was refused; an empty one anywhere else."""
        return JSONResponse({"code": await shown_demo_code(request)})

    @route("/second-factor/remove", methods=("POST",))
    async def remove(self, request: Request) -> Response:
        """Do without a second factor again."""
        form = await form_of(request)
        code = form.text("code")
        store, order = edge_of(request).store, order_of(request, form.command_id)
        await run_in_threadpool(confirm_second_factor, store, order, code=code)
        await run_in_threadpool(remove_second_factor, store, order, code=code)
        return done(request, "/account", _("The second step is removed."))

    # ── sessions and tokens ──────────────────────────────────────────────────────────────────

    @route("/sessions/end", methods=("POST",))
    async def end(self, request: Request) -> Response:
        """End one of one's sessions, or all but this one."""
        form = await form_of(request)
        if form.is_ticked("all"):
            await ask(request, end_other_sessions, number=request.state.session.number)
            return done(request, "/account", _("Your other sessions are ended."))
        await ask(request, end_session, number=form.whole("number"))
        return done(request, "/account", _("The session is ended."))

    @route("/tokens", methods=("POST",))
    async def issue(self, request: Request) -> Response:
        """Issue a token; its value is shown once, in the answer."""
        form = await form_of(request)
        try:
            name = form.text("name")
            value = await run_in_threadpool(
                make_token,
                edge_of(request).store,
                order_of(request, form.command_id),
                name=name,
                scopes=form.texts("scope"),
                expires_on=form.day("expires_on"),
            )
        except SkolaError as error:
            return await self._shown(request, error.problem)
        return self.show(request, "access/token.html", name=name, value=value)

    @route("/tokens/revoke", methods=("POST",))
    async def revoke(self, request: Request) -> Response:
        """Let nobody use a token any more."""
        form = await form_of(request)
        await do(request, form, revoke_token, token=form.whole("token"))
        return done(request, "/account", _("The token is revoked."))


async def shown_demo_code(request: Request) -> str:
    """Give the code that a form shows in the demo; empty anywhere else."""
    edge = edge_of(request)
    if not edge.config.is_demo:
        return ""
    login = request.state.actor.id
    return await run_in_threadpool(demo_code, edge.store, login=login, at=edge.clock())
