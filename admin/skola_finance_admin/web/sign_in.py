"""Signing in and out, and who is behind a request."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from itsdangerous import BadSignature, URLSafeSerializer
from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route
from starlette_admin.auth import AdminUser, BaseAuthProvider

from skola_finance import Actor, Role, SkolaError
from skola_finance.queries import check_password
from skola_finance_admin.edge import edge_of
from skola_finance_admin.web.forms import form_of

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.templating import Jinja2Templates

COOKIE = "skola_session"


class SignIn(BaseAuthProvider):
    """Accounts of the store, a session in a cookie."""

    def __init__(self, key: bytes) -> None:
        """Take the key of the store."""
        super().__init__(allow_routes=["login"])
        self._signer = URLSafeSerializer(key.hex(), salt="skola-session")
        self._templates: Jinja2Templates | None = None

    async def authenticate(self, request: Request) -> AdminUser | None:
        """Say who is behind a request, if anybody."""
        try:
            login, role, partner = self._signer.loads(request.cookies.get(COOKIE, ""))
        except BadSignature:
            return None
        request.state.actor = Actor(login, Role(role), partner)
        return AdminUser(username=login)

    def get_routes(self, templates: Jinja2Templates) -> list[Route]:
        """Give the addresses of signing in and out."""
        self._templates = templates
        return [
            Route("/login", self.login, methods=["GET", "POST"], name="login"),
            Route("/logout", self.logout, methods=["POST"], name="logout"),
        ]

    async def login(self, request: Request) -> Response:
        """Show the form, or let somebody in."""
        if request.method == "GET":
            return self._form(request)
        form = await form_of(request)
        login = form.text("login", default="")
        edge = edge_of(request)
        try:
            actor = await run_in_threadpool(
                check_password, edge.store, login=login, password=form.text("password", default="")
            )
        except SkolaError as error:
            return self._form(request, problem=error.problem, login=login, status=401)
        response = RedirectResponse(_inside(request.query_params.get("next", "")), 303)
        value = self._signer.dumps([actor.id, actor.role.value, actor.partner_reg_no])
        response.set_cookie(COOKIE, value, httponly=True, samesite="lax")
        return response

    async def logout(self, request: Request) -> Response:
        """Forget who is signed in."""
        response = RedirectResponse("/admin/login", 303)
        response.delete_cookie(COOKIE)
        return response

    def _form(self, request: Request, *, status: int = 200, **context: object) -> Response:
        assert self._templates is not None  # noqa: S101 - set with the routes
        return self._templates.TemplateResponse(
            request=request, name="login.html", context=context, status_code=status
        )


def _inside(address: str) -> str:
    """Give an address to go on to, only ever one of ours."""
    path = urlsplit(address)
    is_ours = path.path.startswith("/admin/") and "\\" not in address
    return path.path + (f"?{path.query}" if path.query else "") if is_ours else "/admin/"
