"""Withholding, small sums, claiming back, and schedules at their limits."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skola_finance.workflow import (
    ImpossibleRecovery,
    Instalment,
    RecoveryPlan,
    check_schedule,
    plan_recovery,
)
from tests.workflow.offers import setting

FLOOR = 250_00
REPAY_BY = date(2026, 4, 7)


def test_the_law_offers_the_floor_the_months_and_the_last_day() -> None:
    """Regulation 802 par. 12, 13 and 16."""
    assert setting("recovery.floor").value == FLOOR
    assert setting("recovery.schedule.months").value == 36
    assert setting("recovery.schedule.last_day").value == date(2039, 12, 31)


@pytest.mark.parametrize(
    ("amount", "withholdable", "plan"),
    [
        # At the floor, a cent below and above, with nothing to withhold.
        (249_99, 0, RecoveryPlan(0, 249_99, 0)),
        (250_00, 0, RecoveryPlan(0, 250_00, 0)),
        (250_01, 0, RecoveryPlan(0, 0, 250_01)),
        # What can be withheld is, small or not.
        (250_00, 250_00, RecoveryPlan(250_00, 0, 0)),
        (250_00, 100_00, RecoveryPlan(100_00, 150_00, 0)),
        # A large sum does not become a small one by withholding.
        (300_00, 100_00, RecoveryPlan(100_00, 0, 200_00)),
        (300_00, 900_00, RecoveryPlan(300_00, 0, 0)),
    ],
)
def test_a_sum_is_withheld_left_or_claimed_back(
    amount: int, withholdable: int, plan: RecoveryPlan
) -> None:
    """In that order."""
    assert plan_recovery(amount, withholdable_cents=withholdable, floor_cents=FLOOR) == plan


def test_without_a_floor_every_cent_is_claimed_back() -> None:
    """The agency has entered that no floor exists."""
    plan = plan_recovery(1, withholdable_cents=0, floor_cents=None)
    assert plan == RecoveryPlan(0, 0, 1)


@given(
    amount=st.integers(1, 10**11),
    withholdable=st.integers(0, 10**11),
    floor=st.none() | st.integers(0, 10**6),
)
def test_the_parts_are_the_sum(amount: int, withholdable: int, floor: int | None) -> None:
    """To the cent, and none is negative."""
    plan = plan_recovery(amount, withholdable_cents=withholdable, floor_cents=floor)
    parts = (plan.withheld_cents, plan.not_recovered_cents, plan.claimed_back_cents)
    assert sum(parts) == amount
    assert min(parts) >= 0
    assert plan.withheld_cents <= withholdable


@pytest.mark.parametrize(("amount", "withholdable"), [(0, 0), (-1, 0), (1, -1)])
def test_a_recovery_of_nothing_is_refused(amount: int, withholdable: int) -> None:
    """The amounts are named."""
    with pytest.raises(ImpossibleRecovery) as error:
        plan_recovery(amount, withholdable_cents=withholdable, floor_cents=FLOOR)
    assert error.value.problem.code == "WFL-510"


def codes(
    *instalments: tuple[date, int],
    months: int | None = 36,
    last_day: date | None = date(2039, 12, 31),
    repay_by: date = REPAY_BY,
) -> list[str]:
    """Give the codes of what is wrong with a schedule of 1000.00."""
    problems = check_schedule(
        [Instalment(*one) for one in instalments],
        amount_cents=1000_00,
        repay_by=repay_by,
        most_months=months,
        last_day=last_day,
    )
    return [one.code for one in problems]


def test_a_schedule_ends_within_three_years_of_the_term() -> None:
    """On the last day it may; a day later only where no such limit exists."""
    assert codes((date(2029, 4, 7), 1000_00)) == []
    assert codes((date(2029, 4, 8), 1000_00)) == ["WFL-508"]
    assert codes((date(2029, 4, 8), 1000_00), months=None) == []


def test_a_schedule_never_goes_beyond_the_last_day_of_all() -> None:
    """31.12.2039, though three years were not over."""
    late = date(2039, 6, 1)
    assert codes((date(2039, 12, 31), 1000_00), repay_by=late) == []
    assert codes((date(2040, 1, 1), 1000_00), repay_by=late) == ["WFL-508"]
    assert codes((date(2040, 1, 1), 1000_00), repay_by=late, last_day=None) == []
    assert codes((date(2060, 1, 1), 1000_00), months=None, last_day=None) == []


@pytest.mark.parametrize(
    "instalments",
    [
        (),
        ((date(2026, 5, 1), 999_99),),
        ((date(2026, 5, 1), 1000_01),),
        ((date(2026, 5, 1), 1000_00), (date(2026, 6, 1), 0)),
        ((date(2026, 5, 1), 1100_00), (date(2026, 6, 1), -100_00)),
        ((date(2026, 6, 1), 500_00), (date(2026, 5, 1), 500_00)),
        ((date(2026, 5, 1), 500_00), (date(2026, 5, 1), 500_00)),
    ],
)
def test_a_schedule_is_the_sum_in_rising_days(instalments: tuple[tuple[date, int], ...]) -> None:
    """Nothing, a cent too little or too much, nothing or less in a month, days in disorder."""
    assert codes(*instalments) == ["WFL-509"]


def test_everything_wrong_is_said_at_once() -> None:
    """The sum and the end; a fair schedule passes."""
    assert codes((date(2041, 1, 1), 1)) == ["WFL-509", "WFL-508"]
    assert codes((date(2026, 5, 1), 400_00), (date(2026, 6, 1), 600_00)) == []
