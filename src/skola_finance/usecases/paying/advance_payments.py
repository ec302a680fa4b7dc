"""What the bank did with the order of an advance, general or of a sub-project.

Where a payment comes back after claims have cleared part of its advance, that part is owed to the
partner again: it is payable on the advance's own document, and ordered once more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from skola_finance.ledger import Account, Balances, OpenItem
from skola_finance.ledger.events import (
    execute_advance,
    execute_payment,
    order_payment,
    reject_advance,
    reject_payment,
    return_advance,
    return_payment,
)
from skola_finance.problems import Text
from skola_finance.usecases.in_force import rulebook_now
from skola_finance.usecases.partners.sub_projects import given
from skola_finance.usecases.paying.advances import advance_row
from skola_finance.usecases.paying.orders import (
    ADVANCE_PAYMENT,
    check_day,
    check_not_suspended,
    new_order,
    nothing_payable,
    order_answer,
    step_order,
)
from skola_finance.usecases.paying.sub_project_advances import follow_payment, follow_return
from skola_finance.usecases.terms import entered
from skola_finance.usecases.use_case import use_case
from skola_finance.workflow import (
    DUTIES,
    PAYMENT_ORDERS,
    Duty,
    PaymentCommand,
    not_found,
    obligations,
)

if TYPE_CHECKING:
    from datetime import date

    from skola_finance.storage.tables import AdvanceRow, PaymentOrderRow
    from skola_finance.usecases.order import Answer
    from skola_finance.usecases.work import Work

WHAT = Text(lv="avansa maksājuma rīkojums", en="order of an advance")
OWED_AGAIN = "owed_again"
"""The kind of an order that pays what is owed again after an advance came back."""
_MAY = PAYMENT_ORDERS.may


@use_case(
    title=Text(lv="Reģistrēt izmaksātu avansu", en="Record a paid advance"),
    roles=_MAY[PaymentCommand.EXECUTE],
)
def mark_advance_paid(work: Work, *, order: str, executed_on: date, statement: str = "") -> Answer:
    """Record, by the bank's statement, that the order of an advance was carried out.

    The day by which a general advance is to be cleared runs from then, where the setting
    `deadline.clear_advance.months` was entered.

    Raises: NotFound (AUT-603) for an order of a claim; Refused (WFL-501, WFL-502); CommandRefused
        WFL-518 for a day before the order or to come.
    """
    row, advance = _order(work, order)
    check_day(work, "executed_on", executed_on, since=row.ordered_on)
    row.state = step_order(work, row, PaymentCommand.EXECUTE)
    row.executed_on, row.statement = executed_on, statement
    occasion = work.occasion(row.programme, row.key, on=executed_on, batch=statement)
    ordered = _item(_balances(work, advance), Account.ORDERED, row, advance)
    post = execute_advance if row.kind == ADVANCE_PAYMENT else execute_payment
    work.post(post(occasion, ordered=ordered, cents=row.amount_cents))
    if row.kind == ADVANCE_PAYMENT:
        follow_payment(work, advance)
        advance.clear_by = None if advance.sub_project else _clear_by(work, advance, executed_on)
    return _done(work, row, advance, "advance_paid")


@use_case(
    title=Text(lv="Reģistrēt noraidītu avansa maksājumu", en="Record a refused advance"),
    roles=_MAY[PaymentCommand.REJECT],
)
def reject_advance_order(work: Work, *, order: str, reason: str) -> Answer:
    """Record that the bank refused the order of an advance; nothing is out any more."""
    return _take_back(work, order, PaymentCommand.REJECT, reason)


@use_case(
    title=Text(lv="Atcelt avansa rīkojumu", en="Cancel an advance's order"),
    roles=_MAY[PaymentCommand.CANCEL],
)
def cancel_advance_order(work: Work, *, order: str, reason: str) -> Answer:
    """Call the order of an advance back before the bank has carried it out."""
    return _take_back(work, order, PaymentCommand.CANCEL, reason)


@use_case(
    title=Text(lv="Reģistrēt atgrieztu avansa maksājumu", en="Record an advance that came back"),
    roles=_MAY[PaymentCommand.RETURN],
)
def return_advance_payment(
    work: Work, *, order: str, returned_on: date, reason: str, statement: str = ""
) -> Answer:
    """Record that the payment of an advance came back; what was cleared of it is payable again.

    Raises: NotFound (AUT-603); Refused (WFL-501); CommandRefused WFL-518; BalanceExceeded
        (PAY-803) where the partner has repaid part of it: then only the rest can come back.
    """
    row, advance = _order(work, order)
    check_day(work, "returned_on", returned_on, since=row.executed_on or row.ordered_on)
    row.state = step_order(work, row, PaymentCommand.RETURN, given(reason))
    row.return_statement = statement
    balances = _balances(work, advance)
    paid = _item(balances, Account.PAID, row, advance)
    partner_paid = balances.split(Account.PAID).total_cents
    occasion = work.occasion(row.programme, row.key, on=returned_on, batch=statement)
    if row.kind == ADVANCE_PAYMENT:
        entry = return_advance(
            occasion,
            paid=paid,
            advance=_item(balances, Account.ADVANCE, row, advance),
            cents=row.amount_cents,
            partner_paid_cents=partner_paid,
            document=advance.document,
        )
        follow_return(work, advance, reason)
        advance.clear_by = None
    else:
        entry = return_payment(
            occasion, paid=paid, cents=row.amount_cents, partner_paid_cents=partner_paid
        )
    work.post(entry)
    return _done(work, row, advance, "advance_returned")


@use_case(
    title=Text(lv="Izmaksāt atkārtoti atgriezto", en="Order what is owed again"),
    roles=_MAY[PaymentCommand.ORDER],
)
def order_owed_again(work: Work, *, advance: str, batch: str = "") -> Answer:
    """Order what is payable on an advance's document: claims had cleared it before it came back.

    Raises: NotFound (AUT-603); CommandRefused PAY-841, PAY-842, PAY-843 (nothing is payable).
    """
    row = advance_row(work, advance)
    check_not_suspended(work, row.programme, row.partner_reg_no)
    payable = _balances(work, row).open_item(
        Account.PAYABLE,
        programme=row.programme,
        partner=row.partner_reg_no,
        document=row.document,
    )
    cents = payable.available_cents
    if cents <= 0:
        raise nothing_payable(row.document)
    order = new_order(
        work,
        programme=row.programme,
        partner=row.partner_reg_no,
        kind=OWED_AGAIN,
        document=row.document,
        cents=cents,
        batch=batch,
    )
    occasion = work.occasion(row.programme, order.key, batch=batch)
    work.post(order_payment(occasion, payable=payable, cents=cents))
    work.count("ordered", cents)
    return order_answer(order, state=row.state)


def _order(work: Work, key: str) -> tuple[PaymentOrderRow, AdvanceRow]:
    row = work.repositories.payments.order(key)
    if row is None or row.kind not in {ADVANCE_PAYMENT, OWED_AGAIN}:
        raise not_found(WHAT)
    return row, advance_row(work, row.document)


def _balances(work: Work, advance: AdvanceRow) -> Balances:
    accounts = (Account.ORDERED, Account.ADVANCE, Account.PAID, Account.PAYABLE)
    return work.repositories.books.balances(
        advance.programme, partner=advance.partner_reg_no, accounts=accounts
    )


def _item(
    balances: Balances, account: Account, order: PaymentOrderRow, advance: AdvanceRow
) -> OpenItem:
    """Give what stands on an account for an order; what is owed again belongs to no project."""
    return balances.open_item(
        account,
        programme=advance.programme,
        partner=advance.partner_reg_no,
        document=advance.document,
        sub_project=advance.sub_project if order.kind == ADVANCE_PAYMENT else "",
    )


def _take_back(work: Work, key: str, command: PaymentCommand, reason: str) -> Answer:
    row, advance = _order(work, key)
    row.state = step_order(work, row, command, given(reason))
    balances = _balances(work, advance)
    ordered = _item(balances, Account.ORDERED, row, advance)
    occasion = work.occasion(row.programme, row.key)
    if row.kind == ADVANCE_PAYMENT:
        out = _item(balances, Account.ADVANCE, row, advance)
        entry = reject_advance(occasion, ordered=ordered, advance=out, cents=row.amount_cents)
    else:
        entry = reject_payment(occasion, ordered=ordered, cents=row.amount_cents)
    work.post(entry)
    return _done(work, row, advance, "taken_back")


def _clear_by(work: Work, advance: AdvanceRow, since: date) -> date | None:
    rulebook = rulebook_now(work.store, work.repositories, advance.programme)
    setting = entered(rulebook, DUTIES[Duty.CLEAR_ADVANCE].key, on=since)
    if setting is None:
        return None
    due = obligations(
        Duty.CLEAR_ADVANCE, subject=advance.document, since=since, setting=setting, on=work.on
    )
    return due[0].due_on if due else None


def _done(work: Work, row: PaymentOrderRow, advance: AdvanceRow, name: str) -> Answer:
    work.count(name, row.amount_cents)
    work.repositories.add(row)
    work.repositories.add(advance)
    return order_answer(row, state=advance.state)
