"""The approval of a claim, and setting debts off."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from skola_finance.ledger.accounts import Account
from skola_finance.ledger.ceilings import take_of_allocation
from skola_finance.ledger.dimensions import Dimensions
from skola_finance.ledger.draft import Draft
from skola_finance.ledger.events.parts import by_quota, cost_dimensions
from skola_finance.ledger.legs import NOTHING, approved_legs, less, sum_of
from skola_finance.ledger.open_item import NO_DRAWING, Drawing, OpenItem, draw
from skola_finance.ledger.posting_table import Event

if TYPE_CHECKING:
    from collections.abc import Mapping

    from skola_finance.funding import FundingSplit
    from skola_finance.ledger.dimensions import Quota
    from skola_finance.ledger.entry import Entry, Occasion
    from skola_finance.ledger.legs import CostPart, RatePeriod


@dataclass(frozen=True, slots=True)
class Approval:
    """What is approved of a claim, and the balances that it meets.

    Attributes:
        partner: whose claim it is.
        document: the number of the claim.
        approval_no: the place in the gap-free order of D-03, taken in the same transaction.
        parts: what is approved, by quota, semester, rate period and sub-project; none for a nil
            claim. A negative line is a correction and has an entry of its own.
        free: the partner's free allocation by quota; a quota that is left out has none.
        periods: rate and running total of every rate period among the parts.
    """

    partner: str
    document: str
    approval_no: int
    parts: tuple[CostPart, ...]
    free: Mapping[Quota, FundingSplit]
    periods: tuple[RatePeriod, ...]


def approve_claim(
    occasion: Occasion,
    approval: Approval,
    *,
    advances: Drawing = NO_DRAWING,
    debts: Drawing = NO_DRAWING,
) -> Entry:
    """Approve costs, clear advances and set debts off against them, in one entry.

    Used / allocation and approved / payable for E, the sum of the parts; payable / advance for C,
    drawn on `advances`; payable / recoverable for S, drawn on `debts`. Left to pay is E − C − S.

    Rounding: approved and used by D-03; the allocation, the advances and the debts by their own
        shares; `payable` gives up C and S by its share; differences are `source_rounding`.
    Raises: FreeAllocationExceeded (FUN-716); BalanceExceeded (PAY-803); UnknownRatePeriod
        (PAY-805); OtherPartner (PAY-806).
    """
    partner, document = approval.partner, approval.document
    draft = Draft(occasion, partner=partner)
    legs = approved_legs(approval.parts, periods=approval.periods)
    for part, split in zip(approval.parts, legs, strict=True):
        costs = cost_dimensions(occasion, part, partner=partner, document=document)
        draft.debit(Account.USED, costs, split)
        draft.debit(Account.APPROVED, costs, split)
    for quota, cents in by_quota(approval.parts).items():
        there = approval.free.get(quota, NOTHING)
        taken = take_of_allocation(there, cents, partner=partner, quota=quota)
        draft.credit(Account.ALLOCATION, Dimensions(occasion.programme, partner, quota), taken)
    payable = OpenItem(Dimensions(occasion.programme, partner, document=document), sum_of(legs))
    draft.credit(Account.PAYABLE, payable.dimensions, payable.balance)
    payable = _settle(draft, payable, Account.ADVANCE, advances)
    _settle(draft, payable, Account.RECOVERABLE, debts)
    return draft.entry(Event.CLAIM_APPROVED, approval_no=approval.approval_no)


def set_off(
    occasion: Occasion, *, partner: str, payables: tuple[OpenItem, ...], debts: Drawing
) -> Entry:
    """Set debts off against what is payable already, each drawn on in the order given.

    For a debt that arose while a payment was in transit that then came back; the debts of an
    approval are set off in its own entry.

    Raises: BalanceExceeded (PAY-803); OtherPartner (PAY-806).
    """
    draft = Draft(occasion, partner=partner)
    against = Drawing(debts.cents, payables)
    for each in draw(against, account=Account.PAYABLE, partner=partner):
        draft.debit(Account.PAYABLE, each.item.dimensions, each.legs)
    for each in draw(debts, account=Account.RECOVERABLE, partner=partner):
        draft.credit(Account.RECOVERABLE, each.item.dimensions, each.legs)
    return draft.entry(Event.SET_OFF)


def _settle(draft: Draft, payable: OpenItem, account: Account, drawing: Drawing) -> OpenItem:
    """Let a payable pay for what is drawn on another account; gives what is left of it."""
    partner = payable.dimensions.partner
    for each in draw(drawing, account=account, partner=partner):
        draft.credit(account, each.item.dimensions, each.legs)
    paid = draw(Drawing(drawing.cents, (payable,)), account=Account.PAYABLE, partner=partner)
    for each in paid:
        draft.debit(Account.PAYABLE, payable.dimensions, each.legs)
    return OpenItem(payable.dimensions, less(payable.balance, sum_of(each.legs for each in paid)))
