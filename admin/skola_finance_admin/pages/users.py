"""Users: for the system administrator, who sees no money."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar
from urllib.parse import quote, urlencode

from starlette.concurrency import run_in_threadpool

from skola_finance import Role
from skola_finance.commands import lock_user, reset_second_factor, unlock_user
from skola_finance.queries.accounts import find_user, find_users, partner_choices
from skola_finance.signing_in import add_user_with_password, set_users_password
from skola_finance_admin.edge import edge_of
from skola_finance_admin.i18n import gettext as _
from skola_finance_admin.i18n import of_text
from skola_finance_admin.web.page import BASE, Page, ask, do, done, form_of, route
from skola_finance_admin.web.signed_in import order_of

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response


class Users(Page):
    """Accounts: listed, added, locked, and let in again."""

    path = "/users"
    roles: ClassVar[frozenset[Role]] = frozenset({Role.ADMINISTRATOR})

    @route("")
    async def index(self, request: Request) -> Response:
        """List them, and search."""
        query = request.query_params
        text, role = query.get("q", "")[:100], query.get("role", "")
        role = role if role in set(Role) else ""
        found = await ask(request, find_users, text=text, role=role, after=query.get("after", ""))
        here = {"q": text, "role": role}
        following = urlencode({**here, "after": found.next_after})
        return self.show(
            request,
            "access/users.html",
            found=found,
            text=text,
            role=role,
            roles=role_choices(),
            next_address=f"{BASE}/users?{following}" if found.next_after else "",
            first_address=f"{BASE}/users?{urlencode(here)}" if query.get("after") else "",
        )

    @route("/new")
    async def new(self, request: Request) -> Response:
        """Show the form of a new account."""
        partners = await ask(request, partner_choices)
        return self.show(request, "access/user_new.html", roles=role_choices(), partners=partners)

    @route("/new", methods=("POST",))
    async def add(self, request: Request) -> Response:
        """Add an account."""
        form = await form_of(request)
        answer = await run_in_threadpool(
            add_user_with_password,
            edge_of(request).store,
            order_of(request, form.command_id),
            login=form.text("login"),
            role=form.text("role"),
            password=form.text("password"),
            partner=form.text("partner", default="") or None,
        )
        login = answer["login"]
        told = _("The user %(login)s is added.") % {"login": login}
        return done(request, address_of(login), told)

    @route("/{login}")
    async def one(self, request: Request) -> Response:
        """Show one account, and what can be done with it."""
        login = request.path_params["login"]
        user = await ask(request, find_user, login=login)
        return self.show(request, "access/user.html", user=user, address=address_of(user.login))

    @route("/{login}/lock", methods=("POST",))
    async def lock(self, request: Request) -> Response:
        """Let nobody sign in to it any more."""
        form, login = await form_of(request), request.path_params["login"]
        await do(request, form, lock_user, login=login)
        return done(request, address_of(login), _("The user is locked, and signed out everywhere."))

    @route("/{login}/unlock", methods=("POST",))
    async def unlock(self, request: Request) -> Response:
        """Let somebody sign in again."""
        form, login = await form_of(request), request.path_params["login"]
        await do(request, form, unlock_user, login=login)
        return done(request, address_of(login), _("The user can sign in again."))

    @route("/{login}/password", methods=("POST",))
    async def password(self, request: Request) -> Response:
        """Set another password."""
        form, login = await form_of(request), request.path_params["login"]
        await run_in_threadpool(
            set_users_password,
            edge_of(request).store,
            order_of(request, form.command_id),
            login=login,
            password=form.text("password"),
        )
        told = _("The password is set; the user is signed out everywhere.")
        return done(request, address_of(login), told)

    @route("/{login}/second-factor", methods=("POST",))
    async def reset(self, request: Request) -> Response:
        """Take away a second factor that was lost."""
        form, login = await form_of(request), request.path_params["login"]
        await do(request, form, reset_second_factor, login=login)
        return done(request, address_of(login), _("The second step is reset."))


def address_of(login: str) -> str:
    """Give the address of an account below the admin."""
    return f"/users/{quote(login, safe='')}"


def role_choices() -> list[tuple[str, str]]:
    """Give every role with its name in the language of the request."""
    return [(role.value, of_text(role.label)) for role in Role]
