"""The home page: where one stands, and what is next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.responses import RedirectResponse

from skola_finance import Role
from skola_finance.queries.accounts import users_of
from skola_finance.queries.partners import partner_home
from skola_finance.queries.programme import rests_on
from skola_finance.queries.reports import missing_settings
from skola_finance.queries.review import agency_home, work_queue
from skola_finance_admin.pages.seat import not_here, seat_of
from skola_finance_admin.web.page import (
    BASE,
    PARTNER,
    PROGRAMMES,
    Page,
    ask,
    programme_of,
    route,
    who,
)

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
        if who(request).role is Role.ADMINISTRATOR:
            users = await ask(request, users_of)
            return self.show(request, "home/administrator.html", users=users)
        return await self._agency(request)

    @route("/choose-programme/{programme}")
    async def choose(self, request: Request) -> Response:
        """Look at another programme from now on; the switch of the bar does it with a script."""
        response = RedirectResponse(f"{BASE}/", 303)
        chosen = request.path_params["programme"]
        if chosen in PROGRAMMES:
            response.set_cookie("skola_programme", chosen, max_age=_A_YEAR, samesite="lax")
        return response

    async def _agency(self, request: Request) -> Response:
        """Show what waits for a role of the agency, and where the money stands."""
        programme, role = programme_of(request), who(request).role
        deciding = role in {Role.AGENCY_REVIEWER, Role.AGENCY_APPROVER}
        queue = await ask(request, work_queue, programme=programme, limit=5) if deciding else None
        missing = (
            await ask(request, missing_settings, programme)
            if role is Role.PROGRAMME_MANAGER
            else ()
        )
        return self.show(
            request,
            "home/agency.html",
            home=await ask(request, agency_home, programme=programme),
            rests_on=await ask(request, rests_on, programme=programme),
            queue=queue,
            missing=missing,
        )

    async def _partner(self, request: Request) -> Response:
        seat = await seat_of(request)
        if seat.here is None:
            return not_here(self, request, seat)
        home = await ask(request, partner_home, programme=seat.programme, partner=seat.partner)
        basis = await ask(request, rests_on, programme=seat.programme)
        return self.show(request, "home/partner.html", seat=seat, home=home, rests_on=basis)
