"""The payment file of a batch: the orders that are with the bank, or on the way there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from skola_finance.exchange.payment_file import Payer, Transfer, payment_file
from skola_finance.usecases.partners.bank_accounts import valid_iban
from skola_finance.usecases.paying.orders import WHAT
from skola_finance.usecases.wording import unusable_input
from skola_finance.workflow import (
    TASK_NAMES,
    TASKS,
    PaymentState,
    Task,
    not_found,
    require_role,
)

if TYPE_CHECKING:
    from datetime import date

    from skola_finance.usecases.order import Order
    from skola_finance.usecases.store import Store


@dataclass(frozen=True, slots=True)
class PaymentFile:
    """A file for the bank: its name, its bytes, and what it pays in cents."""

    name: str
    content: bytes
    orders: int
    cents: int


def batch_file(
    store: Store,
    order: Order,
    *,
    programme: str,
    batch: str,
    payer: str,
    payer_iban: str,
    pay_on: date,
) -> PaymentFile:
    """Write the file of a batch: every order in it that the bank has not carried out yet.

    The batch was named when the payments were ordered, and stands with each of them in the journal.

    Args:
        programme: whose orders.
        batch: the name of the payment file.
        payer: the agency's name as its bank knows it.
        payer_iban: the account that is debited.
        pay_on: the day on which the bank is asked to pay; not before today.

    Raises: RoleNotAllowed (AUT-601); NotFound (AUT-603) where nothing waits in the batch;
        CommandRefused WFL-530 for no IBAN, WFL-518 (no name, or a day that is over).
    """
    task = Task.MAKE_PAYMENT_FILE
    require_role(order.actor, command=TASK_NAMES[task], may=TASKS[task])
    if not payer.strip():
        raise unusable_input("payer", lv="nav maksātāja", en="the payer is missing")
    if pay_on < order.on:
        raise unusable_input("pay_on", lv="diena jau pagājusi", en="that day is over")
    with store.reading() as repositories:
        rows = repositories.payments.orders(
            programme, states=[PaymentState.ORDERED.value], batch=batch
        )
        names = {one.reg_no: one.name for one in repositories.partners.all()}
    if not batch or not rows:
        raise not_found(WHAT)
    transfers = [
        Transfer(
            row.key,
            names.get(row.partner_reg_no, row.partner_reg_no),
            row.iban,
            row.amount_cents,
            f"{row.document} {row.key}",
        )
        for row in rows
    ]
    content = payment_file(
        transfers,
        payer=Payer(payer.strip(), valid_iban(payer_iban)),
        batch=batch,
        pay_on=pay_on,
        made_at=order.at,
    )
    return PaymentFile(f"{batch}.xml", content, len(rows), sum(one.cents for one in transfers))
