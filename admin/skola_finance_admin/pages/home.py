"""The home page: where one stands, and what is next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.responses import RedirectResponse

from skola_finance.queries import partner_home, rests_on
from skola_finance_admin.pages.seat import not_here, seat_of
from skola_finance_admin.web.page import BASE, PARTNER, PROGRAMMES, Page, ask, route, who

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

_A_YEAR = 31_536_000


class Home(Page):
    """The first page after signing in."""

    path = "/"

    @route("")
    async def index(self, request: Request) -> Response:
        """Show what the role of who is signed in has to know first."""
        if who(request).role in PARTNER:
            return await self._partner(request)
        return self.show(request, "home/agency.html")

    @route("/choose-programme/{programme}")
    async def choose(self, request: Request) -> Response:
        """Look at another programme from now on; the switch of the bar does it with a script."""
        response = RedirectResponse(f"{BASE}/", 303)
        chosen = request.path_params["programme"]
        if chosen in PROGRAMMES:
            response.set_cookie("skola_programme", chosen, max_age=_A_YEAR, samesite="lax")
        return response

    async def _partner(self, request: Request) -> Response:
        seat = await seat_of(request)
        if seat.here is None:
            return not_here(self, request, seat)
        home = await ask(request, partner_home, programme=seat.programme, partner=seat.partner)
        basis = await ask(request, rests_on, programme=seat.programme)
        return self.show(request, "home/partner.html", seat=seat, home=home, rests_on=basis)
