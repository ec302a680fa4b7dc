"""Refunds: paying back what a partner had repaid on a correction that was then undone.

The mirror of a correction makes it payable on the correction's own document, which is no claim.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from skola_finance.ledger import Account, OpenItem
from skola_finance.ledger.events import execute_payment, order_payment, reject_payment
from skola_finance.problems import Text
from skola_finance.usecases.paying.corrections import correction_of
from skola_finance.usecases.paying.orders import (
    WHAT,
    check_day,
    check_not_suspended,
    new_order,
    nothing_payable,
    order_answer,
    step_order,
)
from skola_finance.usecases.use_case import use_case
from skola_finance.workflow import PAYMENT_ORDERS, PaymentCommand, not_found

if TYPE_CHECKING:
    from datetime import date

    from skola_finance.storage.tables import PaymentOrderRow
    from skola_finance.usecases.order import Answer
    from skola_finance.usecases.work import Work

REFUND = "refund"


@use_case(
    title=Text(lv="Nodot atmaksu partnerim apmaksai", en="Order a refund"),
    roles=PAYMENT_ORDERS.may[PaymentCommand.ORDER],
)
def order_refund(work: Work, *, document: str, batch: str = "") -> Answer:
    """Order the payment of what is payable on a correction that was undone.

    Raises: NotFound (AUT-603); CommandRefused PAY-841 to PAY-843.
    """
    correction = correction_of(work, document)
    code = correction.programme
    work.programme(code, lock=True)
    partner = work.repositories.partners.holder(code, partner=correction.partner_reg_no)
    check_not_suspended(work, code, partner)
    payable = _item(work, code, partner, document, Account.PAYABLE)
    cents = payable.available_cents
    if cents <= 0:
        raise nothing_payable(document)
    order = new_order(
        work,
        programme=code,
        partner=partner,
        kind=REFUND,
        document=document,
        cents=cents,
        batch=batch,
    )
    occasion = work.occasion(code, order.key, batch=batch)
    work.post(order_payment(occasion, payable=payable, cents=cents))
    work.count("ordered", cents)
    return order_answer(order, state=order.state)


@use_case(
    title=Text(lv="Reģistrēt samaksātu atmaksu partnerim", en="Record a refund paid"),
    roles=PAYMENT_ORDERS.may[PaymentCommand.EXECUTE],
)
def mark_refund_paid(work: Work, *, order: str, executed_on: date, statement: str = "") -> Answer:
    """Record, by the bank's statement, that a refund was carried out.

    Raises: NotFound (AUT-603); Refused (WFL-501); CommandRefused WFL-518 for a day before the order
        or to come.
    """
    row, ordered = _order(work, order)
    check_day(work, "executed_on", executed_on, since=row.ordered_on)
    row.state = step_order(work, row, PaymentCommand.EXECUTE)
    row.executed_on, row.statement = executed_on, statement
    occasion = work.occasion(row.programme, row.key, on=executed_on, batch=statement)
    work.post(execute_payment(occasion, ordered=ordered, cents=row.amount_cents))
    return _done(work, row, "paid")


@use_case(
    title=Text(lv="Atcelt atmaksas rīkojumu", en="Take a refund back"),
    roles=PAYMENT_ORDERS.may[PaymentCommand.CANCEL],
)
def take_back_refund(work: Work, *, order: str, reason: str, by_bank: bool = False) -> Answer:
    """Call a refund back, or record that the bank refused it; the sum is payable again."""
    row, ordered = _order(work, order)
    command = PaymentCommand.REJECT if by_bank else PaymentCommand.CANCEL
    row.state = step_order(work, row, command, reason)
    occasion = work.occasion(row.programme, row.key)
    work.post(reject_payment(occasion, ordered=ordered, cents=row.amount_cents))
    return _done(work, row, "taken_back")


def _order(work: Work, key: str) -> tuple[PaymentOrderRow, OpenItem]:
    row = work.repositories.payments.order(key)
    if row is None or row.kind != REFUND:
        raise not_found(WHAT)
    work.programme(row.programme, lock=True)
    partner = work.repositories.partners.holder(row.programme, partner=row.partner_reg_no)
    return row, _item(work, row.programme, partner, row.document, Account.ORDERED)


def _item(work: Work, programme: str, partner: str, document: str, account: Account) -> OpenItem:
    balances = work.repositories.books.balances(programme, partner=partner, accounts=[account])
    return balances.open_item(account, programme=programme, partner=partner, document=document)


def _done(work: Work, row: PaymentOrderRow, name: str) -> Answer:
    work.count(name, row.amount_cents)
    work.repositories.add(row)
    return order_answer(row, state=row.state)
