"""The named roundings, against exact fractions."""

from __future__ import annotations

from fractions import Fraction
from math import floor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skola_finance.money import floor_ratio, half_up_ratio, unit_product_cents

whole = st.integers(-(10**15), 10**15)
shares = st.tuples(st.integers(0, 10**6), st.integers(1, 10**6))


@given(whole, shares)
def test_floor_is_the_largest_whole_number_not_above_the_exact_product(
    value: int,
    share: tuple[int, int],
) -> None:
    """Floor goes towards minus infinity, also below zero."""
    numerator, denominator = share
    expected = floor(Fraction(value * numerator, denominator))
    assert expected == floor_ratio(value, numerator=numerator, denominator=denominator)


@given(whole, shares)
def test_half_up_is_never_more_than_half_away(value: int, share: tuple[int, int]) -> None:
    """Nearest is nearest, whatever the sign."""
    numerator, denominator = share
    rounded = half_up_ratio(value, numerator=numerator, denominator=denominator)
    assert abs(rounded - Fraction(value * numerator, denominator)) <= Fraction(1, 2)


@given(whole, shares)
def test_half_up_of_a_correction_mirrors_the_original(value: int, share: tuple[int, int]) -> None:
    """Taking back what was given takes back the very same cents."""
    numerator, denominator = share
    there = half_up_ratio(value, numerator=numerator, denominator=denominator)
    assert -there == half_up_ratio(-value, numerator=numerator, denominator=denominator)


@pytest.mark.parametrize(
    ("value", "expected"),
    [(4, 0), (5, 1), (14, 1), (15, 2), (25, 3), (-4, 0), (-5, -1), (-15, -2), (0, 0)],
)
def test_a_half_goes_away_from_zero(value: int, expected: int) -> None:
    """A tenth of each value; 4/10 goes to 0, 5/10 to 1, never to the even number."""
    assert expected == half_up_ratio(value, numerator=1, denominator=10)


@pytest.mark.parametrize(
    ("quantity_milli", "unit_cost_cents", "expected"),
    [
        (1_000, 1_320, 1_320),
        (1_500, 1_321, 1_982),  # 19.815 €: the half goes up
        (333, 1_320, 440),  # 4.3956 €
        (-1_500, 1_321, -1_982),
        (1_500, -1_321, -1_982),
        (0, 1_320, 0),
    ],
)
def test_a_unit_cost_product_is_rounded_half_up(
    quantity_milli: int,
    unit_cost_cents: int,
    expected: int,
) -> None:
    """Quantities are thousandths; the product is whole cents."""
    assert expected == unit_product_cents(quantity_milli, unit_cost_cents=unit_cost_cents)
