"""Claims approved: the split of D-03, clearing and set-off, in one entry."""

from __future__ import annotations

from dataclasses import replace

import pytest

from skola_finance.ledger import (
    Account,
    BalanceExceeded,
    CostPart,
    Drawing,
    FreeAllocationExceeded,
    OtherPartner,
    UnknownRatePeriod,
    UnusableAmount,
    events,
)
from skola_finance.money import Rate
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

FREE = {SUPPORT: split(8_500, 1_500), PROJECTS: split(850, 150)}
APPROVAL = events.Approval(MADONA, "C-7", 3, (part(101),), FREE, (period(),))


def test_approval_takes_from_the_allocation_and_becomes_payable() -> None:
    """1.01 €: D-03 gives ESF+ the floor of 85.85; so does the allocation's share."""
    entry = events.approve_claim(occasion(), APPROVAL)
    assert entry.approval_no == 3
    assert legs(entry) == {
        (Account.USED, "C-7"): (85, 16),
        (Account.ALLOCATION, "individual_support"): (-85, -16),
        (Account.APPROVED, "C-7"): (85, 16),
        (Account.PAYABLE, "C-7"): (-85, -16),
    }


def test_what_was_approved_before_moves_the_cents_of_the_split() -> None:
    """With 0.01 € before, 1.02 € in all give ESF+ 86; the allocation still gives 85."""
    entry = events.approve_claim(occasion(), replace(APPROVAL, periods=(period(1),)))
    assert legs(entry) == {
        (Account.USED, "C-7"): (86, 15),
        (Account.ALLOCATION, "individual_support"): (-85, -16),
        (Account.SOURCE_ROUNDING, "budget"): (-1, 1),
        (Account.APPROVED, "C-7"): (86, 15),
        (Account.PAYABLE, "C-7"): (-86, -15),
    }


def test_each_rate_period_cumulates_by_itself() -> None:
    """Two cents at 85 %, two at a third and two outside the split, in one claim."""
    parts = (part(1), part(1, period="1/3"), part(1), part(1, period="1/3"), part(2, period="0"))
    periods = (
        period(),
        period(1, key="1/3", rate=Rate.parse("1/3")),
        period(key="0", rate=Rate.parse("0 %")),
    )
    entry = events.approve_claim(occasion(), replace(APPROVAL, parts=parts, periods=periods))
    esf_plus = {
        posting.dimensions.rate_period: posting.cents
        for posting in entry.postings
        if posting.account is Account.APPROVED and posting.source == "esf_plus"
    }
    assert esf_plus == {"85": 1, "1/3": 1}
    assert legs(entry)[Account.APPROVED, "C-7"] == (2, 4)


def test_a_quota_that_is_used_up_gives_exactly_what_it_has() -> None:
    """Several parts draw on one quota together."""
    whole = replace(APPROVAL, parts=(part(999, PROJECTS), part(1, PROJECTS)))
    entry = events.approve_claim(occasion(), whole)
    assert legs(entry)[Account.ALLOCATION, "projects"] == (-850, -150)


@pytest.mark.parametrize(
    ("parts", "needed"),
    [((part(1_000, PROJECTS), part(1, PROJECTS)), "€10.01"), ((part(5, EVENTS),), "€0.05")],
    ids=["a cent above the quota", "a quota the partner has not"],
)
def test_approval_above_a_quota_is_refused(parts: tuple[CostPart, ...], needed: str) -> None:
    """FUN-716; what exceeds is to be left unfunded before anyone approves."""
    with pytest.raises(FreeAllocationExceeded) as refused:
        events.approve_claim(occasion(), replace(APPROVAL, parts=parts))
    assert f"{needed} is needed" in refused.value.problem.message.en


def test_advances_are_cleared_and_debts_set_off_in_the_same_entry() -> None:
    """E = 1.01 (85 + 16), C = 0.50 of two advances, S = 0.50 of a debt: N = 0.01.

    Payable gives the floor of 50 × 85 / 101 = 42, then of 50 × 43 / 51 = 42: 1 and 0 stay.
    """
    entry = events.approve_claim(
        occasion(),
        APPROVAL,
        advances=Drawing(50, (item("A-1", 17, 3), item("A-2", 850, 150))),
        debts=Drawing(50, (item("K-1", 40, 60),)),
    )
    found = legs(entry)
    assert found[Account.ADVANCE, "A-1"] == (-17, -3)
    assert found[Account.ADVANCE, "A-2"] == (-25, -5)
    assert found[Account.RECOVERABLE, "K-1"] == (-20, -30)
    assert found[Account.PAYABLE, "C-7"] == (-85 + 42 + 42, -16 + 8 + 8)
    assert found[Account.SOURCE_ROUNDING, "money"] == (-22, 22)


def test_a_claim_that_an_advance_clears_whole_leaves_nothing_payable() -> None:
    """The movement that empties the payable takes exactly what is there."""
    entry = events.approve_claim(
        occasion(), APPROVAL, advances=Drawing(101, (item("A-1", 800, 200),))
    )
    assert legs(entry)[Account.PAYABLE, "C-7"] == (0, 0)
    assert legs(entry)[Account.ADVANCE, "A-1"] == (-80, -21)


def test_a_nil_claim_is_an_entry_that_moves_nothing() -> None:
    """It still has its place in the order."""
    entry = events.approve_claim(occasion(), replace(APPROVAL, parts=()))
    assert (entry.postings, entry.approval_no) == ((), 3)


def test_no_more_is_cleared_than_was_approved() -> None:
    """PAY-803 on the payable."""
    with pytest.raises(BalanceExceeded) as refused:
        events.approve_claim(occasion(), APPROVAL, advances=Drawing(102, (item("A-1", 850, 150),)))
    assert refused.value.problem.subject == "payable"


def test_no_more_is_cleared_than_the_advances_that_are_out() -> None:
    """An advance that is still in transit is not in the partner's hands."""
    out = item("A-1", 17, 3, in_transit=10)
    with pytest.raises(BalanceExceeded) as refused:
        events.approve_claim(occasion(), APPROVAL, advances=Drawing(11, (out,)))
    message = refused.value.problem.message
    assert message.en == (
        f"€0.11 cannot be taken from “advance” (partner {MADONA}): €0.10 is available."
    )
    assert f"No konta „avanss” (partneris {MADONA}) nevar ņemt" in message.lv


def test_another_partners_advance_is_not_cleared() -> None:
    """PAY-806 names both."""
    foreign = item("A-1", 17, 3, partner=VARAKLANI)
    with pytest.raises(OtherPartner) as refused:
        events.approve_claim(occasion(), APPROVAL, advances=Drawing(1, (foreign,)))
    assert VARAKLANI in refused.value.problem.message.en
    assert MADONA in refused.value.problem.message.lv


def test_a_period_without_a_rate_is_refused() -> None:
    """PAY-805."""
    with pytest.raises(UnknownRatePeriod) as refused:
        events.approve_claim(occasion(), replace(APPROVAL, periods=()))
    assert "“85”" in refused.value.problem.message.en


@pytest.mark.parametrize("cents", [-1, True])
def test_a_drawing_is_zero_or_an_amount(cents: int) -> None:
    """PAY-804; a part of a claim is always above zero."""
    with pytest.raises(UnusableAmount):
        Drawing(cents)
    with pytest.raises(UnusableAmount):
        part(min(cents, 0))


def test_a_debt_is_set_off_against_what_is_payable_already() -> None:
    """Both give by their own shares, in the order given."""
    entry = events.set_off(
        occasion(),
        partner=MADONA,
        payables=(item("C-7", 8, 2), item("C-8", 85, 15)),
        debts=Drawing(50, (item("K-1", 40, 60),)),
    )
    assert legs(entry) == {
        (Account.PAYABLE, "C-7"): (8, 2),
        (Account.PAYABLE, "C-8"): (34, 6),
        (Account.RECOVERABLE, "K-1"): (-20, -30),
        (Account.SOURCE_ROUNDING, "money"): (-22, 22),
    }
