"""Approved costs withdrawn: corrections, irregularities, and those raised by mistake."""

from __future__ import annotations

from dataclasses import replace

import pytest

from skola_finance.ledger import (
    Account,
    BalanceExceeded,
    CostPart,
    Event,
    FreeAllocationExceeded,
    OtherPartner,
    UnusableEntry,
    events,
)
from tests.ledger.books import (
    EVENTS,
    MADONA,
    PROJECTS,
    SUPPORT,
    VARAKLANI,
    item,
    legs,
    occasion,
    part,
    period,
    split,
)

WITHDRAWAL = events.Withdrawal(
    MADONA,
    "K-1",
    4,
    (part(101),),
    {SUPPORT: 101, PROJECTS: 50},
    (period(101),),
    (item("C-7", 50, 10), item("C-8", 10, 5)),
)
CORRECTION = events.correct(occasion(), WITHDRAWAL)


def test_a_correction_takes_payables_first_and_the_rest_is_recoverable() -> None:
    """1.01 (85 + 16): 0.60 of the claim, 0.15 of the next, 0.26 × 85 / 101 = 21 and 5 are owed."""
    assert (CORRECTION.event, CORRECTION.approval_no) == (Event.CORRECTED, 4)
    assert legs(CORRECTION) == {
        (Account.USED, "K-1"): (-85, -16),
        (Account.ALLOCATION, "individual_support"): (85, 16),
        (Account.WITHDRAWN, "K-1"): (-85, -16),
        (Account.PAYABLE, "C-7"): (50, 10),
        (Account.PAYABLE, "C-8"): (10, 5),
        (Account.RECOVERABLE, "K-1"): (21, 5),
        (Account.SOURCE_ROUNDING, "money"): (4, -4),
    }


def test_a_correction_that_payables_cover_leaves_no_debt() -> None:
    """The later payable is not touched."""
    covered = replace(WITHDRAWAL, payables=(item("C-7", 100, 10), item("C-8", 10, 5)))
    found = legs(events.correct(occasion(), covered))
    assert found[Account.PAYABLE, "C-7"] == (91, 10)
    assert not {(Account.RECOVERABLE, "K-1"), (Account.PAYABLE, "C-8")} & found.keys()


def test_a_reversal_may_differ_from_its_approval_by_a_cent_per_source() -> None:
    """0.01 approved as the second cent took 1 of ESF+; withdrawn as the third it gives back 1.

    Had two cents more been approved since, the cent would come from the state: D-03 says so.
    """
    single = replace(WITHDRAWAL, parts=(part(1),), payables=())
    second = legs(events.correct(occasion(), replace(single, periods=(period(2),))))
    assert second[Account.WITHDRAWN, "K-1"] == (-1, 0)
    last_of_eight = legs(events.correct(occasion(), replace(single, periods=(period(7),))))
    assert last_of_eight[Account.WITHDRAWN, "K-1"] == (0, -1)


def test_each_quota_is_refilled_with_its_own_part() -> None:
    """And each part belongs to the rate period of the line that it corrects."""
    both = replace(WITHDRAWAL, parts=(part(60), part(40, PROJECTS), part(1)))
    found = legs(events.correct(occasion(), both))
    assert sum(found[Account.ALLOCATION, "individual_support"]) == 61
    assert sum(found[Account.ALLOCATION, "projects"]) == 40
    assert found[Account.WITHDRAWN, "K-1"] == (-85, -16)


def test_an_irregularity_shrinks_the_appropriation_and_not_the_allocation() -> None:
    """The appropriation gives its own share: 101 × 900 / 1000 is 90.9."""
    entry = events.record_irregularity(occasion(), WITHDRAWAL, appropriation=split(900, 100))
    found = legs(entry)
    assert found[Account.APPROPRIATION, ""] == (90, 11)
    assert found[Account.USED, "K-1"] == (-85, -16)
    assert found[Account.SOURCE_ROUNDING, "budget"] == (-5, 5)
    assert (Account.ALLOCATION, "individual_support") not in found


@pytest.mark.parametrize("parts", [(part(60), part(42)), (part(1, EVENTS),)])
def test_no_more_is_withdrawn_than_is_used_of_a_quota(parts: tuple[CostPart, ...]) -> None:
    """PAY-803 on what is used."""
    with pytest.raises(BalanceExceeded) as refused:
        replace(WITHDRAWAL, parts=parts)
    assert refused.value.problem.subject == "used"


def test_no_more_is_withdrawn_than_stands_approved_in_a_rate_period() -> None:
    """A correction belongs to the period of the line that it corrects; PAY-803 on approved."""
    with pytest.raises(BalanceExceeded) as refused:
        replace(WITHDRAWAL, periods=(period(100),))
    assert refused.value.problem.subject == "approved"


def test_another_partners_payable_is_not_taken() -> None:
    """PAY-806."""
    foreign = replace(WITHDRAWAL, payables=(item("C-7", 50, 10, partner=VARAKLANI),))
    with pytest.raises(OtherPartner):
        events.correct(occasion(), foreign)


def undo(**changes: object) -> dict[tuple[Account, str], tuple[int, int]]:
    """Undo the correction, some balances changed, and read the entry."""
    balances = {
        "correction": CORRECTION,
        "partner": MADONA,
        "document": "K-1",
        "approval_no": 5,
        "standing_cents": 101,
        "free": {SUPPORT: split(85, 16)},
        "periods": (period(),),
        "recoverables": (item("K-1", 21, 5),),
    }
    entry = events.undo_correction(occasion(), **{**balances, **changes})  # type: ignore[arg-type]
    assert (entry.event, entry.approval_no) == (Event.CORRECTION_UNDONE, 5)
    return legs(entry)


def test_the_mirror_of_a_correction_restores_every_balance() -> None:
    """Nothing happened in between, so to the cent and by source."""
    assert undo() == {key: (-esf, -state) for key, (esf, state) in legs(CORRECTION).items()}


def test_what_was_repaid_of_a_mistaken_debt_is_payable() -> None:
    """0.06 of the 0.26 still stands; 0.20 × 85 / 101 is 16 and 4."""
    found = undo(recoverables=(item("K-1", 5, 1),))
    assert found[Account.RECOVERABLE, "K-1"] == (-5, -1)
    assert found[Account.PAYABLE, "K-1"] == (-16, -4)


def test_the_mirror_of_an_irregularity_raises_the_appropriation() -> None:
    """By what is used again; the allocation is not asked."""
    irregularity = events.record_irregularity(occasion(), WITHDRAWAL, appropriation=split(900, 100))
    found = undo(correction=irregularity, free={})
    assert found[Account.APPROPRIATION, ""] == (-85, -16)
    assert found[Account.USED, "K-1"] == (85, 16)


def test_the_mirror_after_a_succession_is_the_successors() -> None:
    """Varakļāni was corrected, Madona holds the costs now."""
    theirs = replace(
        WITHDRAWAL, partner=VARAKLANI, payables=(item("C-7", 50, 10, partner=VARAKLANI),)
    )
    correction = events.correct(occasion(), theirs)
    entry = events.undo_correction(
        occasion(),
        correction=correction,
        partner=MADONA,
        document="K-1",
        approval_no=5,
        standing_cents=101,
        free={SUPPORT: split(85, 16)},
        periods=(period(),),
        recoverables=(item("K-1", 34, 7),),
    )
    assert {posting.dimensions.partner for posting in entry.postings} == {MADONA}


def test_a_correction_is_undone_once() -> None:
    """Nothing of it stands any longer; PAY-803 on what is withdrawn."""
    with pytest.raises(BalanceExceeded) as refused:
        undo(standing_cents=0)
    assert refused.value.problem.subject == "withdrawn"


@pytest.mark.parametrize("free", [{}, {SUPPORT: split(85, 15)}])
def test_a_refilled_allocation_that_was_used_since_is_not_taken_twice(free: object) -> None:
    """FUN-716."""
    with pytest.raises(FreeAllocationExceeded):
        undo(free=free)


def test_only_a_correction_can_be_undone() -> None:
    """PAY-807 names the event."""
    approval = events.approve_claim(occasion(), events.Approval(MADONA, "C-7", 1, (), {}, ()))
    with pytest.raises(UnusableEntry) as refused:
        undo(correction=approval)
    assert refused.value.problem.subject == "claim_approved"
