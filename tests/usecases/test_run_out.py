"""The day an allocation ends: examples by hand, and what must hold of any."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skola_finance.usecases.reports.run_out import (
    EndsOn,
    NeverAtThisPace,
    RunOut,
    UsedUp,
    pace_of,
    run_out,
)

Rows = list[tuple[date, int]]

SPENT = [(date(2025, 11, 3), 60_000), (date(2025, 12, 19), 60_000)]
ROWS = st.lists(
    st.tuples(st.dates(date(2025, 9, 1), date(2027, 6, 30)), st.integers(1, 5_000_000)), max_size=20
)
ALLOCATIONS = st.integers(0, 1_000_000_000)


def rank(outlook: RunOut) -> date:
    """Put outlooks in order: used up is the earliest, never the latest."""
    match outlook:
        case UsedUp():
            return date.min
        case EndsOn(day):
            return day
        case NeverAtThisPace():
            return date.max


@pytest.mark.parametrize(
    ("allocation", "expected"),
    [
        (180_000, EndsOn(date(2026, 1, 31))),
        (240_000, EndsOn(date(2026, 2, 28))),
        (240_001, EndsOn(date(2026, 3, 1))),
        (210_000, EndsOn(date(2026, 2, 14))),
        (122_000, EndsOn(date(2026, 1, 2))),
        (120_001, EndsOn(date(2026, 1, 1))),
        (120_000, UsedUp(0)),
        (100_000, UsedUp(20_000)),
    ],
)
def test_an_allocation_ends_after_so_many_months_of_the_present_pace(
    allocation: int, expected: RunOut
) -> None:
    """Two months at 600.00: what is left lasts from January on."""
    assert run_out(SPENT, allocation_cents=allocation) == expected


def test_a_month_without_activity_does_not_slow_the_pace() -> None:
    """Summer counts neither as a month of spending nor as one of none."""
    rows = [*SPENT, (date(2026, 9, 1), 60_000), (date(2026, 7, 1), 5), (date(2026, 7, 2), -5)]
    assert pace_of(rows).months == 3
    assert run_out(rows, allocation_cents=240_000) == EndsOn(date(2026, 10, 31))


def test_nothing_spent_never_ends_unless_there_is_nothing() -> None:
    """No pace, a pace below zero, and one that the calendar does not outlast."""
    assert run_out([], allocation_cents=1) == NeverAtThisPace()
    assert run_out([(date(2026, 1, 1), -5)], allocation_cents=1) == NeverAtThisPace()
    assert run_out([(date(2026, 1, 1), 1)], allocation_cents=10**9) == NeverAtThisPace()
    assert run_out([], allocation_cents=0) == UsedUp(0)


@given(rows=ROWS, less=ALLOCATIONS, more=ALLOCATIONS)
def test_more_money_never_ends_earlier(rows: Rows, less: int, more: int) -> None:
    """Proves that the day follows the allocation, across months, years and the end of time."""
    less, more = sorted((less, more))
    assert rank(run_out(rows, allocation_cents=less)) <= rank(run_out(rows, allocation_cents=more))


@given(rows=ROWS.filter(bool), allocation=ALLOCATIONS, cents=st.integers(1, 10_000_000))
def test_spending_more_on_the_same_days_never_ends_later(
    rows: Rows, allocation: int, cents: int
) -> None:
    """Proves that the day follows the pace."""
    day, spent = rows[0]
    faster = [(day, spent + cents), *rows[1:]]
    now = run_out(rows, allocation_cents=allocation)
    assert rank(run_out(faster, allocation_cents=allocation)) <= rank(now)


@given(rows=ROWS.filter(bool), months=st.integers(1, 600))
def test_whole_months_of_the_pace_end_with_a_month(rows: Rows, months: int) -> None:
    """Proves the formula: an allocation of n more months ends on the last day of the n-th."""
    pace = pace_of(rows)
    rows = [(day, cents * pace.months) for day, cents in rows]
    outlook = run_out(rows, allocation_cents=(pace.months + months) * pace.spent_cents)
    assert isinstance(outlook, EndsOn)
    assert (outlook.day + timedelta(days=1)).day == 1
    assert outlook.day.year * 12 + outlook.day.month - 1 == pace.last_month + months


@given(rows=ROWS, allocation=ALLOCATIONS)
def test_the_order_of_days_changes_nothing(rows: Rows, allocation: int) -> None:
    """Proves that a pace is a sum."""
    backwards = run_out(rows[::-1], allocation_cents=allocation)
    assert run_out(rows, allocation_cents=allocation) == backwards
