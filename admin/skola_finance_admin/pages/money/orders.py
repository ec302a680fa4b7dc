"""Payment orders: what is ordered, what the bank did, several at once, and each one whole."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING
from urllib.parse import quote

from starlette.responses import Response as PlainResponse

from skola_finance import Text
from skola_finance.commands import order_claim_payment, set_off_open_debts, settle_claim
from skola_finance.queries.money import (
    batch_file,
    claim_payment,
    claims_to_pay,
    payment_order,
    payment_orders,
)
from skola_finance_admin.i18n import amount, ngettext
from skola_finance_admin.i18n import gettext as _
from skola_finance_admin.pages.money.actions import TRIED, Wanted, offers, typed, use_case
from skola_finance_admin.pages.money.page import MoneyPage, do_each, page_number, today
from skola_finance_admin.web.forms import unusable_field, unusable_form
from skola_finance_admin.web.page import AGENCY, ask, do, done, form_of, programme_of, route

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.requests import Request
    from starlette.responses import Response

    from skola_finance import Answer
    from skola_finance.queries.money import OrderView
    from skola_finance_admin.web.forms import Form

READY = "ready"
STATES = frozenset({"ordered", "executed", "rejected", "returned", "cancelled"})


class Orders(MoneyPage):
    """Payment orders of the agency."""

    path = "/orders"
    roles = AGENCY

    @route("")
    async def index(self, request: Request) -> Response:
        """Show what waits for an order, or the orders of a state."""
        programme = programme_of(request)
        tab = request.query_params.get("state", READY)
        text = request.query_params.get("text", "")[:80]
        orders = await ask(
            request,
            payment_orders,
            programme=programme,
            state=tab if tab in STATES else "",
            text=text,
            before=page_number(request),
        )
        waiting = await ask(request, claims_to_pay, programme=programme)
        return self.show(
            request,
            "money/orders.html",
            tab=tab if tab in STATES | {READY} else "all",
            text=text,
            orders=orders,
            waiting=waiting,
        )

    @route("/order", methods=("POST",))
    async def order_several(self, request: Request) -> Response:
        """Order the payment of every claim that was ticked."""
        form = await form_of(request)
        claims = _ticked(form, "claim", lv="pārskats", en="claim")
        batch = form.text("batch", default="")
        each = {one: (order_claim_payment, {"claim": one, "batch": batch}) for one in claims}
        went = await do_each(request, form, each)
        told = ngettext(
            "%(number)s payment is ordered", "%(number)s payments are ordered", len(went)
        )
        return done(
            request,
            "/orders?state=ordered" if went else "/orders",
            f"{told}: {_named(went)}." if went else "",
        )

    @route("/paid", methods=("POST",))
    async def pay_several(self, request: Request) -> Response:
        """Record for every order that was ticked that the bank has paid it."""
        form = await form_of(request)
        inputs = {
            "executed_on": form.day("executed_on"),
            "statement": form.text("statement", default=""),
        }
        known = {}
        for key in _ticked(form, "order", lv="rīkojums", en="order"):
            seen = await ask(request, payment_order, key=key)
            command = seen.line.paid_by or "mark_paid"
            known[key] = (use_case(command), {"order": key, **inputs})
        went = await do_each(request, form, known)
        told = ngettext(
            "%(number)s payment is recorded", "%(number)s payments are recorded", len(went)
        )
        return done(request, "/orders?state=ordered", f"{told}: {_named(went)}." if went else "")

    @route("/file", methods=("POST",))
    async def file(self, request: Request) -> Response:
        """Give the payment file of a batch to be handed to the bank."""
        form = await form_of(request)
        made = await ask(
            request,
            batch_file,
            programme=form.text("programme"),
            batch=form.text("batch"),
            payer=form.text("payer"),
            payer_iban=form.text("payer_iban"),
            pay_on=form.day("pay_on"),
        )
        headers = {"content-disposition": f"attachment; filename*=UTF-8''{quote(made.name)}"}
        return PlainResponse(made.content, media_type="application/xml", headers=headers)

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
            cents=form.optional_cents("cents"),
        )
        return done(request, form.text("back", default="/orders"), _("The debts are set off."))

    @route("/claims/{claim}")
    async def claim(self, request: Request) -> Response:
        """Show how a claim comes to what is payable on it, and order that."""
        key = request.path_params["claim"]
        payment = await ask(request, claim_payment, claim=key)
        wanted = []
        if payment.line.state == "approved":
            debts = {"programme": payment.programme, "partner": payment.line.partner_reg_no}
            back = {**debts, "back": f"/orders/claims/{key}"}
            if payment.line.debts_cents and payment.line.payable_cents:
                wanted.append(Wanted("set_off_open_debts", "/orders/set-off", debts, back))
            if payment.line.payable_cents:
                address = f"/orders/claims/{key}/order"
                batch = {"batch": f"MF-{today(request):%Y%m%d}"}
                wanted.append(Wanted("order_claim_payment", address, {"claim": key}, batch))
            else:
                wanted.append(
                    Wanted("settle_claim", f"/orders/claims/{key}/settle", {"claim": key})
                )
        return self.show(
            request,
            "money/claim_payment.html",
            payment=payment,
            offers=await offers(request, *wanted),
        )

    @route("/claims/{claim}/order", methods=("POST",))
    async def order_one(self, request: Request) -> Response:
        """Order the payment of a claim."""
        form = await form_of(request)
        inputs = typed(form, "order_claim_payment")
        answer = await do(
            request, form, order_claim_payment, claim=request.path_params["claim"], **inputs
        )
        return done(request, f"/orders/{answer['order']}", _("The payment is ordered."))

    @route("/claims/{claim}/settle", methods=("POST",))
    async def settle(self, request: Request) -> Response:
        """Close a claim on which nothing is left to pay."""
        form = await form_of(request)
        await do(request, form, settle_claim, claim=request.path_params["claim"])
        return done(request, "/orders", _("The claim is settled without a payment."))

    @route("/{key}")
    async def one(self, request: Request) -> Response:
        """Show one order."""
        seen = await ask(request, payment_order, key=request.path_params["key"])
        return self.show(
            request,
            "money/order.html",
            seen=seen,
            offers=await offers(request, *(_wanted(request, seen, each) for each in seen.possible)),
        )

    @route("/{key}/{command}", methods=("POST",))
    async def act(self, request: Request) -> Response:
        """Record what became of an order."""
        key, command = request.path_params["key"], request.path_params["command"]
        seen = await ask(request, payment_order, key=key)
        form = await form_of(request)
        if command not in KNOWN:
            raise unusable_field("command", lv="nezināma darbība", en="an unknown command")
        await do(request, form, use_case(command), order=seen.line.key, **typed(form, command))
        return done(request, f"/orders/{key}", _("It is recorded."))


KNOWN = frozenset(
    {
        *("mark_paid", "mark_advance_paid", "mark_refund_paid", "return_order"),
        *("return_advance_payment", "cancel_order", "reject_order", "cancel_advance_order"),
        *("reject_advance_order", "take_back_refund"),
    }
)
"""What can be recorded of an order."""


def _wanted(request: Request, seen: OrderView, command: str) -> Wanted:
    """Give a command as it is tried: today, with a reason that is still to be typed."""
    day, key = today(request), seen.line.key
    tried: dict[str, object] = {"order": key}
    values = {}
    if command.startswith("mark_"):
        tried["executed_on"] = day
        values["executed_on"] = day.isoformat()
    elif command.startswith("return_"):
        tried |= {"returned_on": day, "reason": TRIED}
        values["returned_on"] = day.isoformat()
    else:
        tried["reason"] = TRIED
    return Wanted(command, f"/orders/{key}/{command}", tried, values)


TOLD = 5
"""How many orders a message names; the others are counted in it."""


def _named(went: Mapping[str, Answer]) -> str:
    """Name what went through, each with its sum."""
    named = (
        f"{answer.facts.get('order', thing)} – {amount(answer.facts['amount_cents'])}"
        for thing, answer in islice(went.items(), TOLD)
    )
    return ", ".join(named) + (" …" if len(went) > TOLD else "")


def _ticked(form: Form, name: str, *, lv: str, en: str) -> tuple[str, ...]:
    """Give what was ticked, each once.

    Raises: UnusableField (WEB-422) where that is nothing.
    """
    found = form.texts(name)
    if not found:
        raise unusable_form(
            name,
            Text(lv=f"Nav izvēlēts neviens {lv}.", en=f"No {en} is chosen."),
            hint=Text(
                lv="Atzīmējiet sarakstā vismaz vienu rindu un sūtiet vēlreiz.",
                en="Tick at least one row of the list and send again.",
            ),
        )
    return tuple(dict.fromkeys(found))
