"""The dashboard of the programme."""

from __future__ import annotations

from typing import TYPE_CHECKING

from skola_finance.commands import adopt_rulebook, close_programme, open_programme
from skola_finance.queries.programme import programme_life, rests_on
from skola_finance.queries.reports import programme_dashboard
from skola_finance_admin.i18n import gettext as _
from skola_finance_admin.pages.programme_charts import days, pictures_of
from skola_finance_admin.pages.sorting import sorted_by
from skola_finance_admin.web.page import (
    AGENCY,
    Page,
    ask,
    do,
    done,
    form_of,
    programme_of,
    route,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

    from starlette.requests import Request
    from starlette.responses import Response

    from skola_finance.queries.reports import PartnerSums

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

    @route("/life")
    async def life(self, request: Request) -> Response:
        """Show when it was opened, under which rules, and what stands in the way of closing it."""
        found = await ask(request, programme_life, programme=programme_of(request))
        return self.show(request, "programme/life.html", found=found)

    @route("/open", methods=("POST",))
    async def open(self, request: Request) -> Response:
        """Open the programme under the rulebook of this release."""
        form = await form_of(request)
        await do(request, form, open_programme, programme=form.text("programme"))
        return done(request, "/programme/life", _("The programme is open."))

    @route("/adopt", methods=("POST",))
    async def adopt(self, request: Request) -> Response:
        """Judge from now on by the rulebook of this release."""
        form = await form_of(request)
        await do(request, form, adopt_rulebook, programme=form.text("programme"))
        return done(request, "/programme/life", _("The rulebook is in use."))

    @route("/close", methods=("POST",))
    async def close(self, request: Request) -> Response:
        """Close the books of the programme."""
        form = await form_of(request)
        await do(
            request,
            form,
            close_programme,
            programme=form.text("programme"),
            source=form.text("source"),
        )
        return done(request, "/programme/life", _("The programme is closed."))
