"""The mirror of a correction, or of an irregularity, that had been raised by mistake."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from skola_finance.ledger.accounts import Account
from skola_finance.ledger.ceilings import take_of_allocation
from skola_finance.ledger.dimensions import Dimensions
from skola_finance.ledger.draft import Draft
from skola_finance.ledger.entry import UnusableEntry
from skola_finance.ledger.events.parts import by_quota, cost_dimensions
from skola_finance.ledger.legs import NOTHING, CostPart, approved_legs, part_of, sum_of
from skola_finance.ledger.open_item import BalanceExceeded, draw_as_far_as_it_reaches
from skola_finance.ledger.posting_table import Event

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from skola_finance.funding import FundingSplit
    from skola_finance.ledger.dimensions import Quota
    from skola_finance.ledger.entry import Entry, Occasion
    from skola_finance.ledger.legs import RatePeriod
    from skola_finance.ledger.open_item import OpenItem

_WITHDRAWALS = frozenset({Event.CORRECTED, Event.IRREGULARITY})


def undo_correction(
    occasion: Occasion,
    *,
    correction: Entry,
    partner: str,
    document: str,
    approval_no: int,
    standing_cents: int,
    free: Mapping[Quota, FundingSplit],
    periods: Iterable[RatePeriod],
    recoverables: Sequence[OpenItem],
) -> Entry:
    """Mirror a correction, or an irregularity, that had been raised by mistake.

    What was taken of payables is payable again. What became recoverable is recoverable no longer
    as far as it still stands; what was repaid, set off or written off of it since is payable.

    Args:
        occasion: the event.
        correction: the entry that was raised by mistake.
        partner: who holds the corrected costs now (the successor, where there is one).
        document: the number of the correction.
        approval_no: the place in the gap-free order of D-03.
        standing_cents: what still stands withdrawn on the correction's document.
        free: the partner's free allocation by quota; an irregularity needs none.
        periods: rate and running total of every rate period among the parts.
        recoverables: what is still recoverable on the correction's document.

    Rounding: withdrawn and used by D-03, so one cent per source may differ from the correction.
    Raises: UnusableEntry (PAY-807) where the entry is no correction; BalanceExceeded (PAY-803)
        where it was undone before; FreeAllocationExceeded (FUN-716) where the refilled
        allocation has been used since; UnknownRatePeriod (PAY-805).
    """
    parts = _withdrawn_parts(correction)
    whole_cents = sum(part.cents for part in parts)
    _check_standing(whole_cents, standing_cents, partner=partner, document=document)
    draft = Draft(occasion, partner=partner)
    legs = approved_legs(parts, periods=periods)
    for part, split in zip(parts, legs, strict=True):
        costs = cost_dimensions(occasion, part, partner=partner, document=document)
        draft.debit(Account.USED, costs, split)
        draft.debit(Account.WITHDRAWN, costs, split)
    if correction.event is Event.IRREGULARITY:
        draft.credit(Account.APPROPRIATION, Dimensions(occasion.programme), sum_of(legs))
    else:
        _use_again(draft, occasion, parts, partner, free)
    given_back = _make_payable_again(draft, correction, partner)
    owed = Dimensions(occasion.programme, partner, document=document)
    taken_back, paid_since = draw_as_far_as_it_reaches(
        recoverables, whole_cents - given_back, partner=partner
    )
    for each in taken_back:
        draft.credit(Account.RECOVERABLE, each.item.dimensions, each.legs)
    draft.credit(Account.PAYABLE, owed, part_of(sum_of(legs), paid_since))
    return draft.entry(Event.CORRECTION_UNDONE, approval_no=approval_no)


def _check_standing(cents: int, standing_cents: int, *, partner: str, document: str) -> None:
    if cents > standing_cents:
        raise BalanceExceeded(
            Account.WITHDRAWN,
            partner=partner,
            asked_cents=cents,
            available_cents=standing_cents,
            document=document,
        )


def _withdrawn_parts(correction: Entry) -> tuple[CostPart, ...]:
    """Read what a correction withdrew, both sources of a part together."""
    if correction.event not in _WITHDRAWALS:
        raise UnusableEntry(
            correction.event,
            lv="tas nav korekcija, ko varētu atsaukt",
            en="it is no correction that could be undone",
        )
    sums: dict[Dimensions, int] = {}
    for posting in correction.postings:
        if posting.account is Account.WITHDRAWN:
            sums[posting.dimensions] = sums.get(posting.dimensions, 0) + posting.grows_cents
    return tuple(
        CostPart(each.quota, each.semester, each.rate_period, cents, each.sub_project)
        for each, cents in sums.items()
    )


def _use_again(
    draft: Draft,
    occasion: Occasion,
    parts: Sequence[CostPart],
    partner: str,
    free: Mapping[Quota, FundingSplit],
) -> None:
    """Take what the correction had refilled of the allocation."""
    for quota, cents in by_quota(parts).items():
        there = free.get(quota, NOTHING)
        taken = take_of_allocation(there, cents, partner=partner, quota=quota)
        draft.credit(Account.ALLOCATION, Dimensions(occasion.programme, partner, quota), taken)


def _make_payable_again(draft: Draft, correction: Entry, partner: str) -> int:
    """Give back to payables what the correction took of them, by source; gives the cents."""
    mirrored = [
        replace(
            posting,
            dimensions=replace(posting.dimensions, partner=partner),
            cents=-posting.cents,
        )
        for posting in correction.postings
        if posting.account is Account.PAYABLE
    ]
    draft.add(mirrored)
    return sum(posting.grows_cents for posting in mirrored)
