"""A partner's payments: what came, what is owed back, the bank account, and the statement."""

from __future__ import annotations

from typing import TYPE_CHECKING

from skola_finance import Role
from skola_finance.commands import propose_iban, request_schedule
from skola_finance.queries.partners import partner_page, partner_payments
from skola_finance.queries.programme import rests_on
from skola_finance.queries.reports import partner_statement
from skola_finance_admin.edge import edge_of
from skola_finance_admin.i18n import gettext as _
from skola_finance_admin.i18n import lazy
from skola_finance_admin.pages.seat import not_here, seat_of
from skola_finance_admin.web.forms import Form, local_day
from skola_finance_admin.web.page import PARTNER, Page, ask, do, done, form_of, route, who

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.requests import Request
    from starlette.responses import Response

KINDS: Mapping[str, str] = {
    "claim": lazy("Claim paid"),
    "advance": lazy("Advance"),
    "owed_again": lazy("Advance paid again"),
    "refund": lazy("Refund"),
}
EVENTS: Mapping[str, str] = {
    "allocation_raised": lazy("Allocation raised"),
    "allocation_lowered": lazy("Allocation lowered"),
    "reallocated": lazy("Allocation moved"),
    "advance_ordered": lazy("Advance ordered"),
    "advance_executed": lazy("Advance paid"),
    "advance_rejected": lazy("Advance refused by the bank"),
    "advance_returned": lazy("Advance came back from the bank"),
    "claim_approved": lazy("Claim approved"),
    "payment_ordered": lazy("Payment ordered"),
    "payment_executed": lazy("Payment made"),
    "payment_rejected": lazy("Payment refused by the bank"),
    "payment_returned": lazy("Payment came back from the bank"),
    "set_off": lazy("Debt set off"),
    "corrected": lazy("Correction"),
    "irregularity": lazy("Irregularity"),
    "correction_undone": lazy("Correction undone"),
    "repaid": lazy("Repaid"),
    "written_off": lazy("Written off"),
    "advance_repaid": lazy("Advance repaid"),
    "advance_overdue": lazy("Advance overdue"),
    "partner_succeeded": lazy("Taken over by the successor"),
    "partner_closed": lazy("Final balance closed"),
    "programme_closed": lazy("Programme closed"),
}
"""What an entry of the books is called on a statement."""


class Payments(Page):
    """Payments as the partner sees them; coordinators see no bank data, and none of this."""

    path = "/payments"
    roles = PARTNER - {Role.PARTNER_COORDINATOR}

    @route("")
    async def index(self, request: Request) -> Response:
        """Show what was paid, what is on its way, and what is owed back."""
        seat = await seat_of(request)
        if seat.here is None:
            return not_here(self, request, seat)
        asked = {"programme": seat.programme, "partner": seat.partner}
        return self.show(
            request,
            "payments/index.html",
            seat=seat,
            payments=await ask(request, partner_payments, **asked),
            accounts=(await ask(request, partner_page, **asked)).bank_accounts,
            rests_on=await ask(request, rests_on, programme=seat.programme),
            kinds=KINDS,
            today=local_day(edge_of(request).clock()),
        )

    @route("/account", methods=("POST",))
    async def account(self, request: Request) -> Response:
        """Propose another bank account."""
        form = await form_of(request)
        await do(
            request,
            form,
            propose_iban,
            partner=who(request).partner_reg_no or "",
            iban=form.text("iban"),
            source=form.text("source"),
        )
        told = _("The account is proposed. It is used once the agency has confirmed it.")
        return done(request, "/payments", told)

    @route("/recoveries/{recovery}/schedule", methods=("POST",))
    async def schedule(self, request: Request) -> Response:
        """Ask to repay in instalments."""
        form = await form_of(request)
        recovery = str(request.path_params["recovery"])
        await do(request, form, request_schedule, recovery=recovery, reason=form.text("reason"))
        return done(request, "/payments", _("The agency is asked for a repayment schedule."))

    @route("/statement")
    async def statement(self, request: Request) -> Response:
        """Show the reconciliation statement at a day, ready to be printed and signed."""
        seat = await seat_of(request)
        if seat.here is None:
            return not_here(self, request, seat)
        asked = Form(request.query_params)
        today = local_day(edge_of(request).clock())
        found = await ask(
            request,
            partner_statement,
            programme=seat.programme,
            partner=seat.partner,
            until=asked.optional_day("until") or today,
            since=asked.optional_day("since"),
        )
        return self.show(
            request,
            "payments/statement.html",
            seat=seat,
            statement=found,
            events=EVENTS,
            rests_on=await ask(request, rests_on, programme=seat.programme),
        )
