"""Events that withdraw approved costs."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from skola_finance.ledger.accounts import Account
from skola_finance.ledger.dimensions import Dimensions
from skola_finance.ledger.draft import Draft
from skola_finance.ledger.events.parts import by_quota, cost_dimensions
from skola_finance.ledger.legs import part_of, sum_of, withdrawn_legs
from skola_finance.ledger.open_item import BalanceExceeded, draw_as_far_as_it_reaches
from skola_finance.ledger.posting_table import Event

if TYPE_CHECKING:
    from collections.abc import Mapping

    from skola_finance.funding import FundingSplit
    from skola_finance.ledger.dimensions import Quota
    from skola_finance.ledger.entry import Entry, Occasion
    from skola_finance.ledger.legs import CostPart, RatePeriod
    from skola_finance.ledger.open_item import OpenItem


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """What is withdrawn of a partner's approved costs, and the balances that it meets.

    Attributes:
        partner: whose costs are withdrawn.
        document: the number of the correction; what must be recovered stands on it.
        approval_no: the place in the gap-free order of D-03, which corrections share.
        parts: what is withdrawn, above zero; the rate period is that of the line corrected.
        used_cents: what stands used of the partner's allocation, by quota.
        periods: rate and running total of every rate period among the parts.
        payables: what is payable to the partner, the corrected claim first.
    """

    partner: str
    document: str
    approval_no: int
    parts: tuple[CostPart, ...]
    used_cents: Mapping[Quota, int]
    periods: tuple[RatePeriod, ...]
    payables: tuple[OpenItem, ...]

    def __post_init__(self) -> None:
        """Refuse with BalanceExceeded (PAY-803) more than is used, or stands in a rate period."""
        for quota, cents in by_quota(self.parts).items():
            used = self.used_cents.get(quota, 0)
            if cents > used:
                raise BalanceExceeded(
                    Account.USED, partner=self.partner, asked_cents=cents, available_cents=used
                )
        for period in self.periods:
            cents = sum(part.cents for part in self.parts if part.rate_period == period.key)
            if cents > period.approved_cents:
                raise BalanceExceeded(
                    Account.APPROVED,
                    partner=self.partner,
                    asked_cents=cents,
                    available_cents=period.approved_cents,
                )


def correct(occasion: Occasion, withdrawal: Withdrawal) -> Entry:
    """Withdraw approved costs without an irregularity; the partner's allocation is refilled.

    Allocation / used; payable / withdrawn as far as the payables reach, in the order given, and
    the rest recoverable / withdrawn.

    Rounding: withdrawn and used by D-03, so that a full reversal may differ from its approval by
        one cent per source; payables by their own shares; the recoverable by the share of what is
        withdrawn; differences are `source_rounding`.
    Raises: UnknownRatePeriod (PAY-805); OtherPartner (PAY-806).
    """
    draft = Draft(occasion, partner=withdrawal.partner)
    legs = _withdraw(draft, occasion, withdrawal)
    refilled: defaultdict[Quota, list[FundingSplit]] = defaultdict(list)
    for part, split in zip(withdrawal.parts, legs, strict=True):
        refilled[part.quota].append(split)
    for quota, splits in refilled.items():
        free = Dimensions(occasion.programme, withdrawal.partner, quota)
        draft.debit(Account.ALLOCATION, free, sum_of(splits))
    return draft.entry(Event.CORRECTED, approval_no=withdrawal.approval_no)


def record_irregularity(
    occasion: Occasion, withdrawal: Withdrawal, *, appropriation: FundingSplit
) -> Entry:
    """Withdraw irregular costs: the project's total shrinks, the allocation is not refilled.

    Appropriation / used; the money group as in `correct`.

    Rounding: the appropriation by its own share, the rest as in `correct`.
    Raises: as `correct`.
    Source: Regulation 802 par. 33 (the total shrinks), 12.2 (freed money does not go back).
    """
    draft = Draft(occasion, partner=withdrawal.partner)
    legs = _withdraw(draft, occasion, withdrawal)
    lost = part_of(appropriation, sum_of(legs).total_cents)
    draft.debit(Account.APPROPRIATION, Dimensions(occasion.programme), lost)
    return draft.entry(Event.IRREGULARITY, approval_no=withdrawal.approval_no)


def _withdraw(draft: Draft, occasion: Occasion, withdrawal: Withdrawal) -> list[FundingSplit]:
    """Post what both kinds of withdrawal share; gives the legs of each part."""
    partner, document = withdrawal.partner, withdrawal.document
    legs = withdrawn_legs(withdrawal.parts, periods=withdrawal.periods)
    for part, split in zip(withdrawal.parts, legs, strict=True):
        costs = cost_dimensions(occasion, part, partner=partner, document=document)
        draft.credit(Account.USED, costs, split)
        draft.credit(Account.WITHDRAWN, costs, split)
    whole = sum_of(legs)
    taken, rest_cents = draw_as_far_as_it_reaches(
        withdrawal.payables, whole.total_cents, partner=partner
    )
    for each in taken:
        draft.debit(Account.PAYABLE, each.item.dimensions, each.legs)
    owed = Dimensions(occasion.programme, partner, document=document)
    draft.debit(Account.RECOVERABLE, owed, part_of(whole, rest_cents))
    return legs
