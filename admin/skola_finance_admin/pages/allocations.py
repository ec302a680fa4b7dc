"""The money for partners: envelope, allocations, amendments and their second person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from skola_finance.commands import (
    confirm_amendment,
    propose_allocation,
    propose_envelope,
    propose_reallocation,
    reject_amendment,
    withdraw_amendment,
)
from skola_finance.queries.programme import allocations_page, rests_on
from skola_finance_admin.i18n import gettext as _
from skola_finance_admin.pages.programme_words import PROPOSAL_TONES, QUOTAS
from skola_finance_admin.web.page import (
    AGENCY,
    Page,
    ask,
    do,
    done,
    form_of,
    number_of,
    programme_of,
    route,
)

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response


class Allocations(Page):
    """What each partner may spend, and who changed it."""

    path = "/allocations"
    roles = AGENCY

    @route("")
    async def index(self, request: Request) -> Response:
        """Show envelope, allocations, what waits, and the history."""
        programme = programme_of(request)
        partner = request.query_params.get("partner") or None
        return self.show(
            request,
            "programme/allocations.html",
            found=await ask(request, allocations_page, programme=programme, partner=partner),
            partner=partner,
            quota_names=QUOTAS,
            tones=PROPOSAL_TONES,
            rests_on=await ask(request, rests_on, programme=programme),
        )

    @route("/envelope", methods=("POST",))
    async def envelope(self, request: Request) -> Response:
        """Propose to set, raise or lower the money for partners."""
        form = await form_of(request)
        await do(
            request,
            form,
            propose_envelope,
            programme=programme_of(request),
            change_cents=form.cents("change"),
            effective_on=form.day("effective_on"),
            source=form.text("source"),
        )
        return _proposed(request)

    @route("/allocation", methods=("POST",))
    async def allocation(self, request: Request) -> Response:
        """Propose a first allocation, or an amendment of one."""
        form = await form_of(request)
        await do(
            request,
            form,
            propose_allocation,
            programme=programme_of(request),
            partner=form.text("partner"),
            quota=form.text("quota"),
            change_cents=form.cents("change"),
            effective_on=form.day("effective_on"),
            source=form.text("source"),
        )
        return _proposed(request)

    @route("/reallocation", methods=("POST",))
    async def reallocation(self, request: Request) -> Response:
        """Propose to move what is free from one partner to another."""
        form = await form_of(request)
        await do(
            request,
            form,
            propose_reallocation,
            programme=programme_of(request),
            giver=form.text("giver"),
            giver_quota=form.text("giver_quota"),
            receiver=form.text("receiver"),
            receiver_quota=form.text("receiver_quota"),
            cents=form.cents("amount"),
            effective_on=form.day("effective_on"),
            source=form.text("source"),
        )
        return _proposed(request)

    @route("/{number}/confirm", methods=("POST",))
    async def confirm(self, request: Request) -> Response:
        """Post a change as the second person."""
        form = await form_of(request)
        await do(request, form, confirm_amendment, amendment=number_of(request, "number"))
        return done(request, "/allocations", _("The amendment is confirmed and posted."))

    @route("/{number}/reject", methods=("POST",))
    async def reject(self, request: Request) -> Response:
        """Refuse a change, with a reason."""
        form = await form_of(request)
        await do(
            request,
            form,
            reject_amendment,
            amendment=number_of(request, "number"),
            reason=form.text("reason"),
        )
        return done(request, "/allocations", _("The amendment is rejected."))

    @route("/{number}/withdraw", methods=("POST",))
    async def withdraw(self, request: Request) -> Response:
        """Take a change back that nobody has decided on."""
        form = await form_of(request)
        await do(
            request,
            form,
            withdraw_amendment,
            amendment=number_of(request, "number"),
            reason=form.text("reason", default=""),
        )
        return done(request, "/allocations", _("The amendment is withdrawn."))


def _proposed(request: Request) -> Response:
    return done(request, "/allocations", _("The amendment waits for a second person."))
