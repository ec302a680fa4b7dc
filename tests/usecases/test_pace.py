"""The pace of a programme: an even one, what was spent, and how far partners are apart."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from skola_finance.funding import FundingSplit
from skola_finance.usecases.reports.programme_status import StatusRow
from skola_finance.usecases.views.pace import Window, pace_of

AUTUMN, SPRING, FOUR = "2025-autumn", "2026-spring", Window(4051, 4054)
"""Two semesters of four, 2025-autumn to 2027-spring."""
NOTHING = FundingSplit(0, 0, 0)


def spent(partner: int, semester: str, cents: int) -> StatusRow:
    """Give what stands approved of a partner for a semester."""
    split = FundingSplit(cents, cents, 0)
    return StatusRow(str(partner), "reading_support", semester, (), split, NOTHING, NOTHING)


def test_the_band_is_the_tenth_and_the_ninetieth_of_a_hundred_partners() -> None:
    """Ten partners of 100.00 €: the first used a tenth of it, the tenth used all; nearest rank."""
    rows = [spent(one, AUTUMN, one * 1_000) for one in range(1, 11)]
    found = pace_of(rows, {str(one): 10_000 for one in range(1, 11)}, FOUR, now=4051)
    assert [one.semester for one in found] == [AUTUMN, SPRING, "2026-autumn", "2027-spring"]
    assert [one.even_cents for one in found] == [25_000, 50_000, 75_000, 100_000]
    assert found[0].actual_cents == 55_000
    assert (found[0].low_cents, found[0].high_cents) == (10_000, 90_000)
    assert [one.high_cents for one in found[1:]] == [None] * 3


def test_shares_count_and_not_sums_and_they_grow_by_semester() -> None:
    """A small partner that used half is as quick as a large one; what came before is included."""
    allocated = {"1": 1_000, "2": 100_000, "3": 1_000, "4": 1_000, "5": 1_000, "6": 0}
    rows = [spent(1, AUTUMN, 500), spent(1, SPRING, 250), spent(2, SPRING, 50_000)]
    first, second, *_ = pace_of(rows, allocated, FOUR, now=4052)
    assert (first.low_cents, first.high_cents) == (0, 104_000 // 2)
    assert (second.low_cents, second.high_cents) == (0, 104_000 * 3 // 4)


def test_fewer_than_five_partners_have_no_band() -> None:
    """Proves that nobody is read out of a tenth of four partners."""
    (first, *_) = pace_of([spent(1, AUTUMN, 500)], dict.fromkeys("1234", 1_000), FOUR, now=4051)
    assert (first.low_cents, first.high_cents) == (None, None)
    assert first.actual_cents == 500


def test_without_agreements_there_is_no_pace() -> None:
    """Proves that nothing is spread over semesters that nobody agreed."""
    assert pace_of([spent(1, AUTUMN, 500)], {"1": 1_000}, None, now=4051) == ()


@given(
    st.lists(st.integers(1, 10**9), min_size=5, max_size=30),
    st.lists(st.tuples(st.integers(0, 29), st.booleans(), st.integers(0, 10**8)), max_size=40),
)
def test_a_band_never_shrinks_and_lies_among_the_partners(
    allocated: list[int], costs: list[tuple[int, bool, int]]
) -> None:
    """Proves for any programme: P10 ≤ P90, both grow, and the last even point is the whole."""
    given_out = {str(number): cents for number, cents in enumerate(allocated)}
    rows = [
        spent(who, SPRING if is_later else AUTUMN, cents)
        for who, is_later, cents in costs
        if who < len(allocated)
    ]
    found = pace_of(rows, given_out, FOUR, now=4052)
    bands = [(one.low_cents, one.high_cents) for one in found[:2]]
    for low, high in bands:
        assert low is not None
        assert high is not None
        assert low <= high
    (low, high), (later_low, later_high) = bands
    assert low is not None and later_low is not None and low <= later_low  # noqa: PT018
    assert high is not None and later_high is not None and high <= later_high  # noqa: PT018
    assert found[-1].even_cents == sum(allocated)
    assert found[1].actual_cents == sum(row.approved.total_cents for row in rows)
