"""Dividing one amount: floor and residual (D-02), largest remainder (D-04)."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skola_finance.money import Rate, UnusableWeights, floor_then_residual, largest_remainder
from skola_finance.problems import Language, Severity

totals = st.integers(-(10**13), 10**13)
steps = st.sampled_from([1, 100, 1_000])
rates = st.fractions(min_value=0, max_value=1, max_denominator=10_000).map(
    lambda share: Rate(share.numerator, share.denominator),
)
weight_lists = st.lists(st.integers(0, 10**6), min_size=1, max_size=60).filter(any)


@given(totals, rates, steps)
def test_floor_and_residual_are_the_total_and_less_than_a_step_from_exact(
    total: int,
    rate: Rate,
    step: int,
) -> None:
    """The first part never takes more than its rate of the amount, and always whole steps."""
    first, rest = floor_then_residual(total, rate=rate, step_cents=step)
    exact = Fraction(abs(total) * rate.numerator, rate.denominator)
    assert total == first + rest
    assert first % step == 0
    assert 0 <= exact - abs(first) < step


@given(totals, rates, steps)
def test_a_negative_total_is_the_mirror_image(total: int, rate: Rate, step: int) -> None:
    """A full reversal takes back exactly what was given."""
    first, rest = floor_then_residual(total, rate=rate, step_cents=step)
    assert (-first, -rest) == floor_then_residual(-total, rate=rate, step_cents=step)


@given(totals, weight_lists)
def test_parts_sum_and_none_is_a_cent_from_exact(total: int, weights: list[int]) -> None:
    """The two promises of an apportioning."""
    parts = largest_remainder(total, weights=weights)
    assert total == sum(parts)
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part - Fraction(total * weight, sum(weights))) < 1


@given(totals, weight_lists)
def test_a_weight_of_zero_gets_nothing(total: int, weights: list[int]) -> None:
    """Not even a cent left over."""
    parts = largest_remainder(total, weights=[0, *weights, 0])
    assert (parts[0], parts[-1]) == (0, 0)
    assert parts[1:-1] == largest_remainder(total, weights=weights)


@given(totals, weight_lists)
def test_a_correction_mirrors_the_parts(total: int, weights: list[int]) -> None:
    """Parts of −x are minus the parts of x."""
    parts = largest_remainder(total, weights=weights)
    assert [-part for part in parts] == largest_remainder(-total, weights=weights)


@given(totals, weight_lists, st.randoms(use_true_random=False))
def test_the_order_of_weights_changes_nothing_but_ties(
    total: int,
    weights: list[int],
    random: object,
) -> None:
    """The same pairs of weight and part come out of any order: equal weights are the only ties.

    Ties between unequal weights (their remainders alike) are left out.
    """
    whole = sum(weights)
    distinct = {weight: abs(total) * weight % whole for weight in weights}
    if len(set(distinct.values())) < len(distinct):
        return
    shuffled = list(weights)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    pairs = zip(weights, largest_remainder(total, weights=weights), strict=True)
    other = zip(shuffled, largest_remainder(total, weights=shuffled), strict=True)
    assert sorted(pairs) == sorted(other)


@given(st.integers(0, 10**13), weight_lists)
def test_a_larger_weight_never_gets_less(total: int, weights: list[int]) -> None:
    """Nor does an equal weight that stands earlier."""
    parts = largest_remainder(total, weights=sorted(weights, reverse=True))
    assert parts == sorted(parts, reverse=True)


@pytest.mark.parametrize(
    ("total", "weights", "expected"),
    [
        (100, [1, 1, 1], [34, 33, 33]),
        (101, [1, 1, 1], [34, 34, 33]),
        (100, [2, 1], [67, 33]),
        (100, [1, 2], [33, 67]),
        (1, [1, 1], [1, 0]),
        (10, [1, 3, 1, 3], [1, 4, 1, 4]),  # remainders .25 .75 .25 .75
        (0, [3, 4], [0, 0]),
        (7, [5], [7]),
        (-100, [1, 1, 1], [-34, -33, -33]),
    ],
)
def test_cents_left_over_go_to_the_largest_remainder_then_to_the_earlier(
    total: int,
    weights: list[int],
    expected: list[int],
) -> None:
    """Worked by hand."""
    assert expected == largest_remainder(total, weights=weights)


@pytest.mark.parametrize(
    ("weights", "lv", "en"),
    [
        ([], "visi svari ir nulle vai to nav", "all are zero, or none given"),
        ([0, 0], "visi svari ir nulle vai to nav", "all are zero, or none given"),
        ([3, -1], "2. svars ir „-1”", "weight 2 is “-1”"),
        ([0.5, 1], "1. svars ir „0.5”", "weight 1 is “0.5”"),
        ([True], "1. svars ir „True”", "weight 1 is “True”"),
    ],
)
def test_weights_that_nothing_can_be_divided_by_are_refused(
    weights: list[int],
    lv: str,
    en: str,
) -> None:
    """The refusal counts weights from one and names the value."""
    with pytest.raises(UnusableWeights) as refused:
        largest_remainder(100, weights=weights)
    problem = refused.value.problem
    assert (problem.code, problem.severity) == ("FUN-704", Severity.ERROR)
    assert problem.one_line(Language.LV) == (
        f"FUN-704 · Summu nevar sadalīt pēc šiem svariem: {lv}. · Norādiet veselus nenegatīvus "
        "svarus, no kuriem vismaz viens ir lielāks par nulli, piemēram, izglītojamo skaitu."
    )
    assert problem.one_line(Language.EN) == (
        f"FUN-704 · The amount cannot be divided by these weights: {en}. · Give whole "
        "non-negative weights, at least one above zero, for example the numbers of learners."
    )
