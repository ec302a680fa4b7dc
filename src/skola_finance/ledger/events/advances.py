"""Events of advances, from the order to what was not spent."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from skola_finance.ledger.accounts import Account
from skola_finance.ledger.ceilings import AdvanceLimitExceeded
from skola_finance.ledger.dimensions import Dimensions
from skola_finance.ledger.draft import Draft
from skola_finance.ledger.events.payments import check_paid, move_item
from skola_finance.ledger.legs import at_rate, check_amount, part_of
from skola_finance.ledger.open_item import take
from skola_finance.ledger.posting_table import Event

if TYPE_CHECKING:
    from skola_finance.ledger.entry import Entry, Occasion
    from skola_finance.ledger.open_item import OpenItem
    from skola_finance.money import Rate


def order_advance(
    occasion: Occasion,
    *,
    partner: str,
    document: str,
    cents: int,
    rate: Rate,
    out_cents: int,
    limit_cents: int,
    sub_project: str = "",
) -> Entry:
    """Order an advance: advance / ordered.

    Args:
        occasion: the event; its `batch` is the payment file.
        partner: whose advance it is.
        document: the number of the advance.
        cents: what is advanced.
        rate: the co-financing rate in force on the day of the order.
        out_cents: what is advanced already under the same limit.
        limit_cents: the most that may be out; for a sub-project, `sub_project_advance_limit`.
        sub_project: the sub-project that is advanced, if it is one.

    Rounding: an advance stands on no balance, so ESF+ is its rate, down to the cent.
    Raises: UnusableAmount (PAY-804); AdvanceLimitExceeded (FUN-718).
    """
    check_amount(cents)
    if out_cents + cents > limit_cents:
        raise AdvanceLimitExceeded(
            partner=partner, asked_cents=cents, out_cents=out_cents, limit_cents=limit_cents
        )
    legs = at_rate(cents, rate=rate)
    dimensions = Dimensions(occasion.programme, partner, sub_project=sub_project, document=document)
    draft = Draft(occasion, partner=partner)
    draft.debit(Account.ADVANCE, dimensions, legs)
    draft.credit(Account.ORDERED, dimensions, legs)
    return draft.entry(Event.ADVANCE_ORDERED)


def execute_advance(occasion: Occasion, *, ordered: OpenItem, cents: int) -> Entry:
    """Record that the bank paid an advance: ordered / paid.

    Raises: UnusableAmount (PAY-804); BalanceExceeded (PAY-803).
    """
    return move_item(occasion, Event.ADVANCE_EXECUTED, ordered, cents)


def reject_advance(
    occasion: Occasion, *, ordered: OpenItem, advance: OpenItem, cents: int
) -> Entry:
    """Take back an advance that was not executed: ordered / advance.

    Raises: UnusableAmount (PAY-804); BalanceExceeded (PAY-803).
    """
    draft = Draft(occasion, partner=ordered.dimensions.partner)
    draft.debit(Account.ORDERED, ordered.dimensions, take(ordered, cents, account=Account.ORDERED))
    in_transit = replace(advance, in_transit_cents=0)
    draft.credit(
        Account.ADVANCE, advance.dimensions, take(in_transit, cents, account=Account.ADVANCE)
    )
    return draft.entry(Event.ADVANCE_REJECTED)


def return_advance(
    occasion: Occasion,
    *,
    paid: OpenItem,
    advance: OpenItem,
    cents: int,
    partner_paid_cents: int,
    document: str,
) -> Entry:
    """Record that the bank returned an advance: paid / advance.

    What was cleared or became overdue in the meantime never was in the partner's hands: that
    part is payable again.

    Args:
        occasion: the event; its `batch` is the bank statement.
        paid: what was paid on the advance.
        advance: what of the advance is still out; its balance may be zero.
        cents: what came back.
        partner_paid_cents: all that the partner has been paid, net.
        document: what the part that is payable again stands on, such as the claim it cleared.

    Raises: UnusableAmount (PAY-804); BalanceExceeded (PAY-803).
    """
    legs = take(paid, cents, account=Account.PAID)
    check_paid(paid.dimensions.partner, cents, partner_paid_cents=partner_paid_cents)
    draft = Draft(occasion, partner=paid.dimensions.partner)
    draft.debit(Account.PAID, paid.dimensions, legs)
    reached = min(cents, advance.available_cents)
    draft.credit(Account.ADVANCE, advance.dimensions, part_of(advance.balance, reached))
    owed = replace(paid.dimensions, document=document, sub_project="")
    draft.credit(Account.PAYABLE, owed, part_of(legs, cents - reached))
    return draft.entry(Event.ADVANCE_RETURNED)


def repay_advance(
    occasion: Occasion, *, paid: OpenItem, advance: OpenItem, cents: int, partner_paid_cents: int
) -> Entry:
    """Record that a partner repaid what it had not spent of an advance: paid / advance.

    Raises: UnusableAmount (PAY-804); BalanceExceeded (PAY-803).
    """
    given = take(advance, cents, account=Account.ADVANCE)
    check_paid(paid.dimensions.partner, cents, partner_paid_cents=partner_paid_cents)
    draft = Draft(occasion, partner=advance.dimensions.partner)
    draft.debit(Account.PAID, paid.dimensions, take(paid, cents, account=Account.PAID))
    draft.credit(Account.ADVANCE, advance.dimensions, given)
    return draft.entry(Event.ADVANCE_REPAID)


def make_advance_overdue(
    occasion: Occasion, *, advance: OpenItem, document: str, cents: int
) -> Entry:
    """Turn an advance that was neither cleared nor repaid into a debt: recoverable / advance.

    `document` is the number of the recovery.

    Raises: UnusableAmount (PAY-804); BalanceExceeded (PAY-803).
    """
    legs = take(advance, cents, account=Account.ADVANCE)
    draft = Draft(occasion, partner=advance.dimensions.partner)
    draft.debit(Account.RECOVERABLE, replace(advance.dimensions, document=document), legs)
    draft.credit(Account.ADVANCE, advance.dimensions, legs)
    return draft.entry(Event.ADVANCE_OVERDUE)
