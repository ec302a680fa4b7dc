"""The split of allocations (D-02) and of claims (D-03), and apportioning by name (D-04)."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skola_finance.funding import FundingSplit, apportion, split_allocation, split_claims
from skola_finance.money import (
    InexactAmount,
    Money,
    Rate,
    UnusableWeights,
    eur,
    from_cents,
    largest_remainder,
)

RATE = Rate.parse("85 %")
amounts = st.integers(-(10**11), 10**13).map(from_cents)

PUBLISHED = [
    (15_951_890, 13_559_106, 2_392_784),  # Skola – kopienā, facts.md 1.2
    (29_545_252, 25_113_464, 4_431_788),  # the same as amended, Regulation 483 par. 8
    (39_812_376, 33_840_519, 5_971_857),  # PuMPuRS, facts.md 2
    (36_150_528, 30_727_948, 5_422_580),  # the same as amended, Regulation 460 par. 7
]


def split_of(*, total: int, esf_plus: int, state: int) -> FundingSplit:
    """Make the split that a test expects, from whole euros."""
    return FundingSplit(
        total_cents=100 * total,
        esf_plus_cents=100 * esf_plus,
        state_cents=100 * state,
    )


@pytest.mark.parametrize(("total", "esf_plus", "state"), PUBLISHED)
def test_every_published_total_is_split_as_published(
    total: int,
    esf_plus: int,
    state: int,
) -> None:
    """The four published budgets; no other rounding fits them all."""
    expected = split_of(total=total, esf_plus=esf_plus, state=state)
    assert expected == split_allocation(eur(total), rate=RATE)


def test_an_increase_is_not_split_by_itself() -> None:
    """The split applies to totals: the increase alone would give the state a euro more."""
    before, after = eur(15_951_890), eur(29_545_252)
    increase = split_allocation(after - before, rate=RATE)
    grown = (
        split_allocation(after, rate=RATE).esf_plus - split_allocation(before, rate=RATE).esf_plus
    )
    assert eur(11_554_357) == increase.esf_plus
    assert eur(11_554_358) == grown


@given(amounts)
def test_an_allocations_esf_share_is_whole_euros_less_than_one_below_the_rate(total: Money) -> None:
    """The state takes the rest, cents and all."""
    split = split_allocation(total, rate=RATE)
    exact = abs(Fraction(total.amount)) * Fraction(85, 100)
    assert split.total == total
    assert split.esf_plus_cents % 100 == 0
    assert 0 <= exact - abs(Fraction(split.esf_plus.amount)) < 1


@given(amounts)
def test_the_split_of_a_lowered_allocation_mirrors_the_split_of_a_raised_one(total: Money) -> None:
    """Negative totals."""
    there, back = split_allocation(total, rate=RATE), split_allocation(-total, rate=RATE)
    assert (-there.esf_plus, -there.state) == (back.esf_plus, back.state)


def test_cents_of_an_allocation_go_to_the_state() -> None:
    """Worked by hand: 85 % of 100.99 € is 85.8415 €."""
    split = split_allocation(eur("100.99"), rate=RATE)
    assert (eur("85.00"), eur("15.99")) == (split.esf_plus, split.state)


@given(st.lists(amounts, max_size=40), amounts)
def test_the_splits_of_claims_sum_to_the_split_of_their_sum(
    claims: list[Money],
    already: Money,
) -> None:
    """Whatever came before; to the cent, for both sources."""
    splits = split_claims(claims, rate=RATE, already_declared=already)
    (whole,) = split_claims([sum(claims, start=eur(0))], rate=RATE, already_declared=already)
    assert claims == [split.total for split in splits]
    assert whole.esf_plus_cents == sum(split.esf_plus_cents for split in splits)
    assert whole.state_cents == sum(split.state_cents for split in splits)


@given(st.lists(amounts, min_size=1, max_size=40))
def test_esf_never_exceeds_its_rate_of_all_that_was_claimed(claims: list[Money]) -> None:
    """After each claim, and less than a cent below."""
    declared, taken = Fraction(0), Fraction(0)
    for split in split_claims(claims, rate=RATE):
        declared += split.total_cents
        taken += split.esf_plus_cents
        assert 0 <= declared * Fraction(85, 100) - taken < 1


def test_two_cents_in_two_claims_give_esf_one_cent() -> None:
    """Splitting each claim by itself would give it none (facts.md 8.1)."""
    splits = split_claims([eur("0.01"), eur("0.01")], rate=RATE)
    assert [split.esf_plus_cents for split in splits] == [0, 1]


def test_earlier_claims_move_the_cents_of_a_later_one() -> None:
    """The second cent, given on its own with the first already declared."""
    (split,) = split_claims([eur("0.01")], rate=RATE, already_declared=eur("0.01"))
    assert (split.esf_plus_cents, split.state_cents) == (1, 0)


@pytest.mark.parametrize("amount", [Money("0.001", "EUR"), Money(1, "USD")])
def test_an_inexact_amount_is_not_split(amount: Money) -> None:
    """Neither by allocation nor by claim, nor apportioned."""
    with pytest.raises(InexactAmount):
        split_allocation(amount, rate=RATE)
    with pytest.raises(InexactAmount):
        split_claims([amount], rate=RATE)
    with pytest.raises(InexactAmount):
        split_claims([], rate=RATE, already_declared=amount)
    with pytest.raises(InexactAmount):
        apportion(amount, weights={"a": 1})


@given(
    st.integers(-(10**13), 10**13),
    st.dictionaries(st.text(), st.integers(0, 10**6), min_size=1).filter(lambda w: any(w.values())),
)
def test_apportioning_keeps_names_in_order_and_sums_to_the_total(
    cents: int,
    weights: dict[str, int],
) -> None:
    """A mapping and the rows of a table give the same."""
    parts = apportion(from_cents(cents), weights=weights)
    assert list(weights) == list(parts)
    assert from_cents(cents) == sum(parts.values(), start=eur(0))
    assert parts == apportion(from_cents(cents), weights=list(weights.items()))
    expected = largest_remainder(cents, weights=list(weights.values()))
    assert [from_cents(part) for part in expected] == list(parts.values())


def test_a_name_that_stands_twice_is_refused() -> None:
    """One of the two would be lost."""
    with pytest.raises(UnusableWeights) as refused:
        apportion(eur(10), weights=[("Ogre", 1), ("Rīga", 2), ("Ogre", 3)])
    assert "“Ogre” stands there more than once" in refused.value.problem.message.en
    assert "„Ogre” ir norādīts vairākas reizes" in refused.value.problem.message.lv


def test_no_names_are_refused() -> None:
    """There is nobody to give the amount to."""
    with pytest.raises(UnusableWeights):
        apportion(eur(10), weights={})
