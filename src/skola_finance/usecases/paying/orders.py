"""Payment orders of claims: with the bank, carried out, refused, called back, returned."""

from __future__ import annotations

from typing import TYPE_CHECKING

from skola_finance.funding import AgreementStatus
from skola_finance.ledger import Account, Balances, OpenItem
from skola_finance.ledger.events import (
    execute_payment,
    order_payment,
    reject_payment,
    return_payment,
)
from skola_finance.problems import Text
from skola_finance.storage.tables import ClaimRow, PaymentOrderRow
from skola_finance.usecases.claim_life import step_claim
from skola_finance.usecases.in_force import agreement_of
from skola_finance.usecases.order import Answer
from skola_finance.usecases.partners.bank_accounts import account_to_pay
from skola_finance.usecases.use_case import use_case
from skola_finance.usecases.wording import CommandRefused, refuse, unusable_input
from skola_finance.workflow import (
    CLAIMS,
    PAYMENT_ORDERS,
    ClaimCommand,
    PaymentCommand,
    PaymentState,
    not_found,
)

if TYPE_CHECKING:
    from datetime import date

    from skola_finance.usecases.work import Work

WHAT = Text(lv="maksājuma rīkojums", en="payment order")
CLAIM_PAYMENT, ADVANCE_PAYMENT = "claim", "advance"


@use_case(
    title=Text(lv="Nodot apmaksai", en="Order a payment"), roles=CLAIMS.may[ClaimCommand.ORDER]
)
def order_claim_payment(work: Work, *, claim: str, batch: str = "") -> Answer:
    """Order the payment of everything that is payable on an approved claim.

    Args:
        batch: the payment file that it goes into, if it is known.

    Raises: Refused (WFL-501, WFL-502); CommandRefused PAY-841 (no account), PAY-842 (the agreement
        is suspended), PAY-843 (nothing is payable).
    """
    row = work.claim(claim)
    work.programme(row.programme, lock=True)
    step_claim(work, row, ClaimCommand.ORDER)
    partner = work.holder(row)
    check_not_suspended(work, row.programme, partner)
    balances = work.repositories.books.balances(
        row.programme, partner=partner, accounts=[Account.PAYABLE]
    )
    payable = open_on(balances, Account.PAYABLE, row, partner=partner)
    cents = payable.available_cents
    if cents <= 0:
        raise nothing_payable(row.key)
    order = new_order(
        work,
        programme=row.programme,
        partner=partner,
        kind=CLAIM_PAYMENT,
        document=row.key,
        cents=cents,
        batch=batch,
        claim_id=row.id,
    )
    occasion = work.occasion(row.programme, order.key, batch=batch)
    work.post(order_payment(occasion, payable=payable, cents=cents))
    work.count("ordered", cents)
    work.change(row)
    return order_answer(order, state=row.state)


@use_case(
    title=Text(lv="Reģistrēt samaksu", en="Record a payment"),
    roles=CLAIMS.may[ClaimCommand.MARK_PAID],
)
def mark_paid(work: Work, *, order: str, executed_on: date, statement: str = "") -> Answer:
    """Record, by the bank's statement, that an order was carried out."""
    row, claim = _order_of_claim(work, order)
    step_claim(work, claim, ClaimCommand.MARK_PAID)
    row.state = step_order(work, row, PaymentCommand.EXECUTE)
    check_day(work, "executed_on", executed_on, since=row.ordered_on)
    row.executed_on, row.statement = executed_on, statement
    ordered = open_on(
        _balances(work, row, Account.ORDERED), Account.ORDERED, claim, partner=row.partner_reg_no
    )
    occasion = work.occasion(row.programme, row.key, on=executed_on, batch=statement)
    work.post(execute_payment(occasion, ordered=ordered, cents=row.amount_cents))
    return _done(work, row, claim, "paid")


@use_case(
    title=Text(lv="Atcelt maksājuma rīkojumu", en="Cancel an order"),
    roles=CLAIMS.may[ClaimCommand.CANCEL_ORDER],
)
def cancel_order(work: Work, *, order: str, reason: str) -> Answer:
    """Call an order back before the bank has carried it out; the sum is payable again."""
    return _take_back(work, order, ClaimCommand.CANCEL_ORDER, PaymentCommand.CANCEL, reason)


@use_case(
    title=Text(lv="Reģistrēt noraidītu maksājumu", en="Record a refused payment"),
    roles=CLAIMS.may[ClaimCommand.REJECT_PAYMENT],
)
def reject_order(work: Work, *, order: str, reason: str) -> Answer:
    """Record that the bank refused an order; the sum is payable again."""
    return _take_back(work, order, ClaimCommand.REJECT_PAYMENT, PaymentCommand.REJECT, reason)


@use_case(
    title=Text(lv="Reģistrēt atgrieztu maksājumu", en="Record a payment that came back"),
    roles=CLAIMS.may[ClaimCommand.RETURN_PAYMENT],
)
def return_order(
    work: Work, *, order: str, returned_on: date, reason: str, statement: str = ""
) -> Answer:
    """Record that a payment came back after it was carried out; the sum is payable again."""
    row, claim = _order_of_claim(work, order)
    step_claim(work, claim, ClaimCommand.RETURN_PAYMENT, note=reason)
    row.state = step_order(work, row, PaymentCommand.RETURN, reason)
    check_day(work, "returned_on", returned_on, since=row.executed_on or row.ordered_on)
    row.return_statement = statement
    balances = _balances(work, row, Account.PAID)
    occasion = work.occasion(row.programme, row.key, on=returned_on, batch=statement)
    work.post(
        return_payment(
            occasion,
            paid=open_on(balances, Account.PAID, claim, partner=row.partner_reg_no),
            cents=row.amount_cents,
            partner_paid_cents=balances.split(Account.PAID).total_cents,
        )
    )
    return _done(work, row, claim, "returned")


@use_case(
    title=Text(lv="Noslēgt bez izmaksas", en="Settle a claim"),
    roles=CLAIMS.may[ClaimCommand.SETTLE],
)
def settle_claim(work: Work, *, claim: str) -> Answer:
    """Close an approved claim on which nothing is left to pay.

    Raises: CommandRefused PAY-844 while something is payable on it.
    """
    row = work.claim(claim)
    step_claim(work, row, ClaimCommand.SETTLE)
    partner = work.holder(row)
    balances = work.repositories.books.balances(
        row.programme, partner=partner, accounts=[Account.PAYABLE]
    )
    if open_on(balances, Account.PAYABLE, row, partner=partner).available_cents:
        raise refuse(
            "PAY-844",
            lv=f"Pārskatam {row.key} vēl ir ko maksāt.",
            en=f"Something is still payable on the claim {row.key}.",
            hint_lv="Nododiet to apmaksai.",
            hint_en="Order its payment.",
        )
    work.change(row)
    return Answer(row.key, {"claim": row.key, "state": row.state})


def new_order(
    work: Work,
    *,
    programme: str,
    partner: str,
    kind: str,
    document: str,
    cents: int,
    batch: str = "",
    sub_project: str = "",
    claim_id: int | None = None,
) -> PaymentOrderRow:
    """Make an order to a partner's confirmed account; who orders it is remembered."""
    account = account_to_pay(work.repositories, partner, on=work.on)
    number = work.repositories.records.next_number(f"order/{programme}")
    row = PaymentOrderRow(
        key=f"MR-{programme[:2].upper()}-{number:05}",
        programme=programme,
        partner_reg_no=partner,
        kind=kind,
        document=document,
        sub_project=sub_project,
        claim_id=claim_id,
        amount_cents=cents,
        iban=account.iban,
        batch=batch,
        ordered_on=work.on,
        state=PaymentState.ORDERED.value,
    )
    row.state = work.begin(PAYMENT_ORDERS, thing=row.key)
    work.repositories.add(row)
    return row


def check_not_suspended(work: Work, programme: str, partner: str) -> None:
    """Refuse with PAY-842 to pay under an agreement that is suspended."""
    agreement = agreement_of(work.repositories, programme, partner=partner)
    if agreement is not None and agreement.state == AgreementStatus.SUSPENDED:
        raise refuse(
            "PAY-842",
            lv=f"Līgums {agreement.number} ir apturēts: maksājumus neveic.",
            en=f"The agreement {agreement.number} is suspended: nothing is paid under it.",
            hint_lv="Vispirms atjaunojiet līgumu.",
            hint_en="Resume the agreement first.",
            subject=agreement.number,
        )


def nothing_payable(document: str) -> CommandRefused:
    """PAY-843: nothing is payable on a document."""
    return refuse(
        "PAY-843",
        lv=f"Dokumentam {document} nav ko maksāt.",
        en=f"Nothing is payable on the document {document}.",
        hint_lv="Noslēdziet to bez izmaksas.",
        hint_en="Settle it without a payment.",
        subject=document,
    )


def open_on(balances: Balances, account: Account, claim: ClaimRow, *, partner: str) -> OpenItem:
    """Give what stands open on an account of a partner for a claim."""
    return balances.open_item(
        account, programme=claim.programme, partner=partner, document=claim.key
    )


def check_day(work: Work, name: str, day: date, *, since: date) -> None:
    """Refuse with WFL-518 a day before the event that it follows, or one to come.

    On any day before, an account would stand below zero.
    """
    if not since <= day <= work.on:
        raise unusable_input(
            name,
            lv=f"jābūt no {since:%d.%m.%Y.} līdz {work.on:%d.%m.%Y.}",
            en=f"it must be from {since} to {work.on}",
        )


def step_order(work: Work, row: PaymentOrderRow, command: PaymentCommand, note: str = "") -> str:
    """Take a step in the life of an order."""
    return work.step(
        PAYMENT_ORDERS, command, thing=row.key, state=PaymentState(row.state), note=note
    )


def order_answer(order: PaymentOrderRow, *, state: str) -> Answer:
    """Say what became of an order and of what it pays."""
    return Answer(
        order.document,
        {
            "order": order.key,
            "order_state": order.state,
            "state": state,
            "amount_cents": order.amount_cents,
        },
    )


def _order_of_claim(work: Work, key: str) -> tuple[PaymentOrderRow, ClaimRow]:
    row = work.repositories.payments.order(key)
    claim = work.repositories.claims.get(row.claim_id or 0) if row is not None else None
    if row is None or claim is None:
        raise not_found(WHAT)
    work.programme(row.programme, lock=True)
    return row, work.claim(claim.key)


def _balances(work: Work, row: PaymentOrderRow, account: Account) -> Balances:
    return work.repositories.books.balances(
        row.programme, partner=row.partner_reg_no, accounts=[account]
    )


def _take_back(
    work: Work, key: str, command: ClaimCommand, of_order: PaymentCommand, reason: str
) -> Answer:
    row, claim = _order_of_claim(work, key)
    step_claim(work, claim, command, note=reason)
    row.state = step_order(work, row, of_order, reason)
    ordered = open_on(
        _balances(work, row, Account.ORDERED), Account.ORDERED, claim, partner=row.partner_reg_no
    )
    occasion = work.occasion(row.programme, row.key)
    work.post(reject_payment(occasion, ordered=ordered, cents=row.amount_cents))
    return _done(work, row, claim, "taken_back")


def _done(work: Work, row: PaymentOrderRow, claim: ClaimRow, name: str) -> Answer:
    work.count(name, row.amount_cents)
    work.repositories.add(row)
    work.change(claim)
    return order_answer(row, state=claim.state)
