"""Recoveries: what partners owe, on which terms, and how it comes back or is given up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from skola_finance import Role
from skola_finance.commands import agree_schedule, notify_recovery, set_off_open_debts
from skola_finance.queries.money import proposed_schedule, recoveries_of, recovery_page
from skola_finance_admin.i18n import gettext as _
from skola_finance_admin.pages.money.actions import TRIED, Wanted, offers, typed, use_case
from skola_finance_admin.pages.money.page import MoneyPage, day_of, plain_amount, today, whole_of
from skola_finance_admin.web.forms import unusable_field
from skola_finance_admin.web.page import AGENCY, ask, do, done, form_of, programme_of, route

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from skola_finance.queries.money import RecoveryView
    from skola_finance_admin.web.forms import Form

KNOWN = frozenset(
    {
        *("record_repayment", "mark_recovery_overdue", "request_schedule"),
        *("propose_write_off", "write_off_recovery", "annul_recovery"),
    }
)
PAYING_PARTNER = frozenset({Role.PARTNER_ACCOUNTANT, Role.PARTNER_SIGNATORY})


class Recoveries(MoneyPage):
    """Recoveries; a partner's people see what their own partner owes."""

    path = "/recoveries"
    roles = AGENCY | PAYING_PARTNER

    @route("")
    async def index(self, request: Request) -> Response:
        """List them, with debts to notify of, refunds, and what can be set off."""
        programme = programme_of(request)
        all_ = await ask(request, recoveries_of, programme=programme)
        wanted = [
            Wanted(
                "set_off_open_debts",
                "/recoveries/set-off",
                {"programme": programme, "partner": one.partner_reg_no},
                {"programme": programme, "partner": one.partner_reg_no},
            )
            for one in all_.set_off[:1]
        ]
        return self.show(
            request, "money/recoveries.html", all=all_, offers=await offers(request, *wanted)
        )

    @route("/set-off", methods=("POST",))
    async def set_off(self, request: Request) -> Response:
        """Set a partner's debts off against what is payable to it."""
        form = await form_of(request)
        await do(
            request,
            form,
            set_off_open_debts,
            programme=form.text("programme"),
            partner=form.text("partner"),
        )
        return done(request, "/recoveries", _("The debts are set off."))

    @route("/notify", methods=("POST",))
    async def notify(self, request: Request) -> Response:
        """Notify a partner of a debt that no recovery follows yet."""
        form = await form_of(request)
        answer = await do(
            request,
            form,
            notify_recovery,
            programme=form.text("programme"),
            partner=form.text("partner"),
            document=form.text("document"),
            reason=form.text("reason"),
            repay_by=form.optional_day("repay_by"),
        )
        return done(request, f"/recoveries/{answer['recovery']}", _("The partner is notified."))

    @route("/{key}")
    async def one(self, request: Request) -> Response:
        """Show one."""
        seen = await ask(request, recovery_page, key=request.path_params["key"])
        wanted = (_wanted(request, seen, each) for each in seen.possible)
        return self.show(
            request, "money/recovery.html", seen=seen, offers=await offers(request, *wanted)
        )

    @route("/{key}/schedule")
    async def schedule(self, request: Request) -> Response:
        """Show equal instalments that can be changed before they are agreed."""
        key = request.path_params["key"]
        seen = await ask(request, recovery_page, key=key)
        parts = whole_of(request, "instalments", default=3)
        first_on = day_of(request, "first_on") or seen.line.due_on or today(request)
        plan = await ask(
            request, proposed_schedule, recovery=key, instalments=parts, first_on=first_on
        )
        tried = {
            "recovery": key,
            "instalments": [
                {"due_on": one.due_on, "amount_cents": one.amount_cents} for one in plan
            ],
        }
        offered = await offers(
            request, Wanted("agree_schedule", f"/recoveries/{key}/schedule", tried)
        )
        return self.show(
            request,
            "money/recovery_schedule.html",
            seen=seen,
            plan=[(one.due_on.isoformat(), plain_amount(one.amount_cents)) for one in plan],
            parts=parts,
            first_on=first_on,
            offer=offered[0],
        )

    @route("/{key}/schedule", methods=("POST",))
    async def agree(self, request: Request) -> Response:
        """Agree to a schedule."""
        key = request.path_params["key"]
        form = await form_of(request)
        await do(request, form, agree_schedule, recovery=key, instalments=_instalments(form))
        return done(request, f"/recoveries/{key}", _("The schedule is agreed."))

    @route("/{key}/{command}", methods=("POST",))
    async def act(self, request: Request) -> Response:
        """Do something with one."""
        key, command = request.path_params["key"], request.path_params["command"]
        if command not in KNOWN:
            raise unusable_field("command", lv="nezināma darbība", en="an unknown command")
        form = await form_of(request)
        await do(request, form, use_case(command), recovery=key, **typed(form, command))
        return done(request, f"/recoveries/{key}", _("It is recorded."))


def _wanted(request: Request, seen: RecoveryView, command: str) -> Wanted:
    """Give a command as it is tried: today, all that is owed, a reason still to be typed."""
    day, key = today(request), seen.line.key
    tried: dict[str, object] = {"recovery": key}
    values = {}
    if command == "record_repayment":
        tried |= {"cents": seen.line.left_cents, "received_on": day}
        values = {"cents": plain_amount(seen.line.left_cents), "received_on": day.isoformat()}
    elif command in {"request_schedule", "propose_write_off", "annul_recovery"}:
        tried["reason"] = TRIED
    return Wanted(command, f"/recoveries/{key}/{command}", tried, values)


def _instalments(form: Form) -> list[dict[str, object]]:
    """Read a schedule; rows that were emptied are left out.

    Raises: UnusableField (WEB-422); SkolaError WBK-431 or WBK-432 for an unclear amount.
    """
    rows: list[dict[str, object]] = []
    for row in form.texts("row"):
        if form.text(f"due_on:{row}", default="") or form.text(f"cents:{row}", default=""):
            due_on, cents = form.day(f"due_on:{row}"), form.cents(f"cents:{row}")
            rows.append({"due_on": due_on, "amount_cents": cents})
    return rows
