"""A partner's agreement: its allocation, institutions, rights, and the settings that bind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from skola_finance.queries.partners import partner_page
from skola_finance.queries.programme import binding_on, rests_on
from skola_finance_admin.pages.seat import not_here, seat_of
from skola_finance_admin.web.page import PARTNER, Page, ask, route

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response


class Agreement(Page):
    """The cooperation agreement as the partner reads it."""

    path = "/agreement"
    roles = PARTNER

    @route("")
    async def index(self, request: Request) -> Response:
        """Show it."""
        seat = await seat_of(request)
        if seat.here is None:
            return not_here(self, request, seat)
        asked = {"programme": seat.programme, "partner": seat.partner}
        return self.show(
            request,
            "agreement/index.html",
            seat=seat,
            partner=await ask(request, partner_page, **asked),
            binding=await ask(request, binding_on, **asked),
            rests_on=await ask(request, rests_on, programme=seat.programme),
        )
