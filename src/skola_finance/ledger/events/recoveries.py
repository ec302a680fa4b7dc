"""Events that end a debt: the partner repays it, or it is written off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from skola_finance.ledger.accounts import Account
from skola_finance.ledger.draft import Draft
from skola_finance.ledger.events.payments import check_paid
from skola_finance.ledger.legs import part_of
from skola_finance.ledger.open_item import take
from skola_finance.ledger.posting_table import Event

if TYPE_CHECKING:
    from skola_finance.funding import FundingSplit
    from skola_finance.ledger.entry import Entry, Occasion
    from skola_finance.ledger.open_item import OpenItem


def repay(
    occasion: Occasion, *, recoverable: OpenItem, cents: int, partner_paid: FundingSplit
) -> Entry:
    """Record that a partner repaid what it owed: paid / recoverable.

    Args:
        occasion: the event; its `batch` is the bank statement.
        recoverable: the debt.
        cents: what came in.
        partner_paid: all that the partner has been paid, net; a debt that arose while its payment
            is in transit cannot be repaid before the partner has the money.

    Rounding: each account by its own share; the difference is `source_rounding`.
    Raises: UnusableAmount (PAY-804); BalanceExceeded (PAY-803).
    """
    given = take(recoverable, cents, account=Account.RECOVERABLE)
    partner = recoverable.dimensions.partner
    check_paid(partner, cents, partner_paid_cents=partner_paid.total_cents)
    draft = Draft(occasion, partner=partner)
    draft.debit(Account.PAID, recoverable.dimensions, part_of(partner_paid, cents))
    draft.credit(Account.RECOVERABLE, recoverable.dimensions, given)
    return draft.entry(Event.REPAID)


def write_off(occasion: Occasion, *, recoverable: OpenItem, cents: int) -> Entry:
    """Give up a debt: written off / recoverable.

    Raises: UnusableAmount (PAY-804); BalanceExceeded (PAY-803).
    """
    legs = take(recoverable, cents, account=Account.RECOVERABLE)
    draft = Draft(occasion, partner=recoverable.dimensions.partner)
    draft.debit(Account.WRITTEN_OFF, recoverable.dimensions, legs)
    draft.credit(Account.RECOVERABLE, recoverable.dimensions, legs)
    return draft.entry(Event.WRITTEN_OFF)
