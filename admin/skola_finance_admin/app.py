"""The application: the guard, the pages of the admin, the HTTP API, and two signs of life."""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from fastapi import FastAPI
from starlette.middleware import Middleware
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette_admin import BaseAdmin, I18nConfig
from starlette_admin.i18n import TimezoneConfig

from skola_finance_admin.api.application import make_api
from skola_finance_admin.config import Config, config_of
from skola_finance_admin.edge import Edge, utc_now
from skola_finance_admin.i18n import install_latvian
from skola_finance_admin.pages import PAGES
from skola_finance_admin.pages.registers import LISTINGS
from skola_finance_admin.pages.words import TEMPLATE_GLOBALS
from skola_finance_admin.theme import SkolaTheme
from skola_finance_admin.web.csrf import Csrf
from skola_finance_admin.web.guard import Guard
from skola_finance_admin.web.jobs import Jobs
from skola_finance_admin.web.page import BASE
from skola_finance_admin.web.sign_in import SignIn

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from starlette.routing import BaseRoute

    from skola_finance import Store


def create_app(
    store: Store, config: Config | None = None, *, clock: Callable[[], datetime] = utc_now
) -> FastAPI:
    """Make the application over a store.

    Args:
        store: whose schema is that of this release.
        config: how the server is set up; the environment's, where it is left out.
        clock: what tells the time, in UTC.
    """
    config = config or config_of()
    edge = Edge(store, config, clock, Jobs(clock, config.jobs))
    app = FastAPI(title="skola-finance", docs_url=None, redoc_url=None, openapi_url=None)
    app.add_middleware(Guard, edge=edge)
    app.add_api_route("/", to_the_admin, include_in_schema=False)
    app.add_api_route("/healthz", alive, include_in_schema=False)
    app.mount("/api", make_api())
    make_admin(edge).mount_to(app)
    return app


class Admin(BaseAdmin):
    """starlette-admin's, with a refusal of foreign forms that people understand."""

    def __init__(self, config: Config, **options: Any) -> None:  # noqa: ANN401 - the library's own
        """Take how the server is set up, and what starlette-admin asks for."""
        self.config = config
        super().__init__(**options)

    def _init_csrf(self) -> None:
        guarded = Middleware(Csrf, secret_key=str(self.secret_key), config=self.config)
        self.middlewares.append(guarded)


def make_admin(edge: Edge) -> BaseAdmin:
    """Make the admin with every page."""
    install_latvian()
    # A key of its own, so that what signs a form says nothing about what seals the journal.
    secret = blake2b(key=edge.store.key[:64], person=b"skola-csrf").hexdigest()
    admin = Admin(
        edge.config,
        title="skola-finance",
        base_url=BASE,
        theme=SkolaTheme(),
        auth_provider=SignIn(),
        secret_key=secret,
        i18n_config=I18nConfig(default_locale="lv", language_header_name=None),
        timezone_config=TimezoneConfig(
            default_timezone="Europe/Riga",
            timezone_cookie_name=None,
            use_user_locale_timezone=False,
        ),
        index_view=PAGES[0](),
    )
    admin.templates.env.globals.update(TEMPLATE_GLOBALS)
    for view in (*PAGES[1:], *LISTINGS):
        admin.add_view(view())
    admin.routes[:] = [one for one in admin.routes if not _is_unused(one)]
    # A fixed address goes before one with a place holder, whatever the order of the pages.
    admin.routes.sort(key=_place_holders)
    return admin


_UNUSED = (
    *("action", "row-action", "import", "inline-edit", "inline-edit/row", "relation-lookup"),
    *("create", "edit"),
)


def _is_unused(route: BaseRoute) -> bool:
    """Say whether a route of starlette-admin changes rows by itself: ours change by commands."""
    path = str(getattr(route, "path", ""))
    return path.startswith(("/_api/{key}/", "/{key}/")) and path.partition("}/")[2] in _UNUSED


def _place_holders(route: BaseRoute) -> int:
    return str(getattr(route, "path", "")).count("{")


async def to_the_admin() -> Response:
    """Lead from the bare address to the pages."""
    return RedirectResponse(f"{BASE}/")


async def alive() -> Response:
    """Say that the server answers."""
    return JSONResponse({"status": "ok"})
