"""The home page: where one stands, and what is next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from skola_finance_admin.web.page import Page, route

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response


class Home(Page):
    """The first page after signing in."""

    path = "/"

    @route("")
    async def index(self, request: Request) -> Response:
        """Show it."""
        return self.show(request, "home.html")
