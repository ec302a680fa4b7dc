"""Events of payments of approved costs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from skola_finance.ledger.accounts import Account
from skola_finance.ledger.draft import Draft
from skola_finance.ledger.open_item import BalanceExceeded, take
from skola_finance.ledger.posting_table import Event

if TYPE_CHECKING:
    from skola_finance.ledger.entry import Entry, Occasion
    from skola_finance.ledger.open_item import OpenItem


def check_paid(partner: str, cents: int, *, partner_paid_cents: int) -> None:
    """Refuse with BalanceExceeded (PAY-803) that more comes back than a partner was ever paid."""
    if cents > partner_paid_cents:
        raise BalanceExceeded(
            Account.PAID,
            partner=partner,
            asked_cents=cents,
            available_cents=partner_paid_cents,
        )


_FROM_TO = {
    Event.PAYMENT_ORDERED: (Account.PAYABLE, Account.ORDERED),
    Event.PAYMENT_EXECUTED: (Account.ORDERED, Account.PAID),
    Event.PAYMENT_REJECTED: (Account.ORDERED, Account.PAYABLE),
    Event.PAYMENT_RETURNED: (Account.PAID, Account.PAYABLE),
    Event.ADVANCE_EXECUTED: (Account.ORDERED, Account.PAID),
}


def move_item(occasion: Occasion, event: Event, item: OpenItem, cents: int) -> Entry:
    """Move an amount of an open item from one account to the next, on the same document."""
    debited, credited = _FROM_TO[event]
    legs = take(item, cents, account=debited)
    draft = Draft(occasion, partner=item.dimensions.partner)
    draft.debit(debited, item.dimensions, legs)
    draft.credit(credited, item.dimensions, legs)
    return draft.entry(event)


def order_payment(occasion: Occasion, *, payable: OpenItem, cents: int) -> Entry:
    """Order the payment of what is payable: payable / ordered.

    After an approval that is E − C − S: eligible, less the advance cleared, less what was set off.
    The occasion's `batch` is the payment file.

    Raises: UnusableAmount (PAY-804); BalanceExceeded (PAY-803).
    """
    return move_item(occasion, Event.PAYMENT_ORDERED, payable, cents)


def execute_payment(occasion: Occasion, *, ordered: OpenItem, cents: int) -> Entry:
    """Record that the bank paid: ordered / paid; the occasion's `batch` is the statement.

    Raises: UnusableAmount (PAY-804); BalanceExceeded (PAY-803).
    """
    return move_item(occasion, Event.PAYMENT_EXECUTED, ordered, cents)


def reject_payment(occasion: Occasion, *, ordered: OpenItem, cents: int) -> Entry:
    """Take back a payment that was not executed: ordered / payable.

    Raises: UnusableAmount (PAY-804); BalanceExceeded (PAY-803).
    """
    return move_item(occasion, Event.PAYMENT_REJECTED, ordered, cents)


def return_payment(
    occasion: Occasion, *, paid: OpenItem, cents: int, partner_paid_cents: int
) -> Entry:
    """Record that the bank returned a payment: paid / payable.

    `paid` is what was paid on the claim, `partner_paid_cents` all that the partner was paid, net.

    Raises: UnusableAmount (PAY-804); BalanceExceeded (PAY-803).
    """
    check_paid(paid.dimensions.partner, cents, partner_paid_cents=partner_paid_cents)
    return move_item(occasion, Event.PAYMENT_RETURNED, paid, cents)
