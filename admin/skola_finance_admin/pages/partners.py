"""Partners: the list, one partner, and a new one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from skola_finance import Role
from skola_finance.commands import register_partner
from skola_finance.queries.partners import partner_page, partners_list, succession_preview
from skola_finance.queries.programme import rests_on
from skola_finance_admin.i18n import gettext as _
from skola_finance_admin.i18n import of_text
from skola_finance_admin.pages.partners_commands import PartnerCommands
from skola_finance_admin.pages.programme_words import (
    AGREEMENT_TONES,
    PARTNER_KINDS,
    PROPOSAL_TONES,
    QUOTAS,
)
from skola_finance_admin.pages.sorting import sorted_by
from skola_finance_admin.web.page import AGENCY, ask, do, done, form_of, programme_of, route

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from starlette.requests import Request
    from starlette.responses import Response

    from skola_finance.queries.partners import PartnerEntry

COLUMNS: Mapping[str, Callable[[PartnerEntry], Any]] = {
    "name": lambda one: one.name,
    "agreement": lambda one: one.agreement_state,
    "allocated": lambda one: one.sums.allocated_cents,
    "claimed": lambda one: one.sums.claimed_cents,
    "approved": lambda one: one.sums.approved_cents,
    "left": lambda one: one.sums.left_cents,
}


class Partners(PartnerCommands):
    """The partners of the programme."""

    path = "/partners"
    roles = AGENCY

    @route("")
    async def index(self, request: Request) -> Response:
        """List the partners."""
        asked = {name: request.query_params.get(name, "") for name in ("search", "kind", "state")}
        programme = programme_of(request)
        found = await ask(request, partners_list, programme=programme, **asked)
        return self.show(
            request,
            "programme/partners.html",
            found=found,
            table=sorted_by(request, found.rows, COLUMNS),
            asked=asked,
            kinds=PARTNER_KINDS,
            tones=AGREEMENT_TONES,
            rests_on=await ask(request, rests_on, programme=programme),
        )

    @route("/new")
    async def new(self, request: Request) -> Response:
        """Show the form of a new partner."""
        return self.show(
            request,
            "programme/partner_new.html",
            kinds=PARTNER_KINDS,
            may=self._may_register(request),
        )

    @route("/new", methods=("POST",))
    async def register(self, request: Request) -> Response:
        """Register a partner."""
        form = await form_of(request)
        reg_no = form.text("reg_no").replace(" ", "")
        await do(
            request,
            form,
            register_partner,
            reg_no=reg_no,
            name=form.text("name"),
            kind=form.text("kind"),
            iso_code=form.text("iso_code", default=""),
        )
        return done(request, f"/partners/{reg_no}", _("The partner is registered."))

    @route("/{reg_no}")
    async def page(self, request: Request) -> Response:
        """Show one partner."""
        programme = programme_of(request)
        partner = await ask(
            request, partner_page, programme=programme, partner=request.path_params["reg_no"]
        )
        return self.show(
            request,
            "programme/partner.html",
            partner=partner,
            founder_choices=[(code, of_text(name)) for code, name in partner.founders.items()],
            kind_choices=[(code, of_text(x)) for code, x in partner.institution_kinds.items()],
            kinds=PARTNER_KINDS,
            quota_names=QUOTAS,
            tones=AGREEMENT_TONES,
            proposal_tones=PROPOSAL_TONES,
            rests_on=await ask(request, rests_on, programme=programme),
        )

    @route("/{reg_no}/succession")
    async def succession(self, request: Request) -> Response:
        """Show what a succession moves, before it is confirmed."""
        programme, reg_no = programme_of(request), request.path_params["reg_no"]
        partner = await ask(request, partner_page, programme=programme, partner=reg_no)
        agreement = partner.agreement
        preview = await ask(
            request,
            succession_preview,
            programme=programme,
            number=agreement.number if agreement is not None else "",
        )
        return self.show(request, "programme/succession.html", partner=partner, preview=preview)

    def _may_register(self, request: Request) -> bool:
        return bool(request.state.actor.role is Role.PROGRAMME_MANAGER)
