"""Shares of a running total (D-03), and the largest base that fits with its derived amount."""

from __future__ import annotations

from fractions import Fraction
from itertools import accumulate, cycle, islice

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from skola_finance.money import Rate, cumulative_split, largest_base_within

RATE = Rate(85, 100)
amounts = st.lists(st.integers(-(10**11), 10**11), max_size=60)
earlier = st.integers(-(10**11), 10**13)
rates = st.fractions(min_value=0, max_value=1, max_denominator=10_000).map(
    lambda share: Rate(share.numerator, share.denominator),
)


@given(amounts, rates, earlier)
def test_parts_are_the_amount_and_less_than_a_cent_from_exact(
    cents: list[int],
    rate: Rate,
    already: int,
) -> None:
    """Each claim to the cent; each part less than a cent from its own exact share."""
    parts = cumulative_split(cents, rate=rate, already_cents=already)
    for amount, (first, rest) in zip(cents, parts, strict=True):
        assert amount == first + rest
        assert abs(first - Fraction(amount * rate.numerator, rate.denominator)) < 1


@given(amounts, rates, earlier)
def test_the_first_part_never_exceeds_its_rate_of_the_running_total(
    cents: list[int],
    rate: Rate,
    already: int,
) -> None:
    """After any number of claims and corrections, less than a cent below the rate, never above."""
    parts = cumulative_split(cents, rate=rate, already_cents=already)
    taken = accumulate((first for first, _ in parts), initial=rate.floor_of(already))
    for total, first in zip(accumulate(cents, initial=already), taken, strict=True):
        assert 0 <= Fraction(total * rate.numerator, rate.denominator) - first < 1


@given(amounts, rates, earlier, st.integers(0, 60))
def test_splitting_in_two_sittings_gives_the_same(
    cents: list[int],
    rate: Rate,
    already: int,
    at: int,
) -> None:
    """What was declared before is all that needs to be known."""
    whole = cumulative_split(cents, rate=rate, already_cents=already)
    before = cumulative_split(cents[:at], rate=rate, already_cents=already)
    after = cumulative_split(cents[at:], rate=rate, already_cents=already + sum(cents[:at]))
    assert whole == before + after


@given(st.lists(st.integers(-(10**7), 10**9), min_size=1, max_size=20), rates)
@example([1], RATE)
def test_a_thousand_claims_do_not_drift(some: list[int], rate: Rate) -> None:
    """The sum of the splits is the split of the sum, to the cent."""
    cents = list(islice(cycle(some), 1_000))
    parts = cumulative_split(cents, rate=rate)
    ((first, rest),) = cumulative_split([sum(cents)], rate=rate)
    assert (first, rest) == (sum(part for part, _ in parts), sum(part for _, part in parts))


def test_splitting_each_claim_alone_would_lose_cents() -> None:
    """Why the split is cumulative: a thousand single cents owe ESF+ 8.50 €, not nothing."""
    assert sum(first for first, _ in cumulative_split([1] * 1_000, rate=RATE)) == 850
    assert sum(RATE.floor_of(1) for _ in range(1_000)) == 0


def test_a_full_reversal_gives_back_what_the_claim_took() -> None:
    """Straight after the claim, to the cent; later it may differ by one (D-03)."""
    assert cumulative_split([1, -1], rate=RATE) == [(0, 1), (0, -1)]
    assert cumulative_split([1, 1, -1], rate=RATE) == [(0, 1), (1, 0), (-1, 0)]


def test_a_running_total_below_zero_is_rounded_down_too() -> None:
    """A correction larger than all before it: the floor, not the mirror."""
    assert cumulative_split([-1], rate=RATE) == [(-1, 0)]
    assert cumulative_split([1], rate=RATE, already_cents=-1) == [(1, 0)]


def test_no_claims_have_no_parts() -> None:
    """Nothing in, nothing out."""
    assert cumulative_split([], rate=RATE) == []


@given(st.integers(-500, 5_000), st.integers(0, 60), st.integers(1, 60))
def test_the_largest_base_is_what_trying_every_base_finds(
    room: int,
    numerator: int,
    denominator: int,
) -> None:
    """Against brute force, also for a room below zero."""
    rate = Rate(min(numerator, denominator), denominator)
    candidates = range(-501, 5_002)
    fitting = [base for base in candidates if base + rate.floor_of(base) <= room]
    assert max(fitting) == largest_base_within(room, rate=rate)


@given(st.integers(-(10**13), 10**13), rates)
def test_the_largest_base_fits_and_one_cent_more_does_not(room: int, rate: Rate) -> None:
    """The definition itself, on amounts of any size."""
    base = largest_base_within(room, rate=rate)
    assert base + rate.floor_of(base) <= room
    assert base + 1 + rate.floor_of(base + 1) > room


@pytest.mark.parametrize(("room", "base"), [(11_500, 10_000), (11_499, 9_999), (0, 0), (1, 1)])
def test_the_base_of_a_flat_rate_of_fifteen_percent(room: int, base: int) -> None:
    """115 € hold 100 € and 15 €; a cent less holds a cent less."""
    assert base == largest_base_within(room, rate=Rate.parse("15 %"))
