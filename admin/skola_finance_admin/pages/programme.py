"""The dashboard of the programme."""

from __future__ import annotations

from typing import TYPE_CHECKING

from skola_finance.queries import programme_dashboard, rests_on
from skola_finance_admin.pages.programme_charts import days, pictures_of
from skola_finance_admin.pages.sorting import sorted_by
from skola_finance_admin.web.page import AGENCY, Page, ask, programme_of, route

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

    from starlette.requests import Request
    from starlette.responses import Response

    from skola_finance.queries import PartnerSums

COLUMNS: Mapping[str, Callable[[PartnerSums], Any]] = {
    "name": lambda one: one.name,
    "allocated": lambda one: one.sums.allocated_cents,
    "claimed": lambda one: one.sums.claimed_cents,
    "approved": lambda one: one.sums.approved_cents,
    "paid": lambda one: one.sums.paid_cents,
    "left": lambda one: one.sums.left_cents,
}


class Programme(Page):
    """Where the programme stands, for those who answer for it."""

    path = "/programme"
    roles = AGENCY

    @route("")
    async def index(self, request: Request) -> Response:
        """Show the figures, the pictures with their tables, and what is missing."""
        programme = programme_of(request)
        dashboard = await ask(request, programme_dashboard, programme=programme)
        assert self.templates is not None  # noqa: S101 - the admin sets it when it adds the view
        return self.show(
            request,
            "programme/dashboard.html",
            dashboard=dashboard,
            days=days,
            partners=sorted_by(request, dashboard.partners, COLUMNS),
            pictures=await pictures_of(request, self.templates, dashboard),
            rests_on=await ask(request, rests_on, programme=programme),
        )
