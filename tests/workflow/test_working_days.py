"""Working days of Latvia, counted by hand from the wall calendar."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skola_finance.workflow import LATVIA, ContradictoryCalendar, WorkingCalendar, riga_day
from skola_finance.workflow.working_days import (
    MOVED_DAYS_KNOWN_UNTIL,
    days_between,
    moment_en,
    moment_lv,
)

DAYS = st.dates(date(2016, 1, 1), date(2040, 12, 31))


@pytest.mark.parametrize(
    "day",
    [
        *(date(2025, 5, 2), date(2025, 11, 17), date(2026, 1, 2), date(2026, 6, 22)),
        *(date(2025, 4, 18), date(2025, 4, 21), date(2026, 4, 3), date(2026, 4, 6)),
        *(date(2025, 5, 1), date(2025, 5, 5), date(2025, 11, 18), date(2025, 12, 31)),
        *(date(2025, 12, 24), date(2025, 12, 26), date(2026, 1, 1), date(2026, 6, 23)),
    ],
)
def test_a_weekday_off_is_no_working_day(day: date) -> None:
    """Moved days, Easter, the days in lieu of a Sunday, Christmas and New Year."""
    assert day.weekday() < 5
    assert not LATVIA.is_working(day)


@pytest.mark.parametrize(
    "day", [date(2025, 5, 10), date(2025, 11, 8), date(2026, 1, 17), date(2026, 6, 27)]
)
def test_a_saturday_to_which_a_day_was_moved_is_worked(day: date) -> None:
    """The one before it and the one after it are not."""
    assert LATVIA.is_working(day)
    assert not LATVIA.is_working(day - timedelta(days=7))
    assert not LATVIA.is_working(day + timedelta(days=7))


@pytest.mark.parametrize(
    ("day", "working_days", "result"),
    [
        # 1 and 2 May off, 3 and 4 weekend, 5 in lieu of the 4th; Saturday the 10th is worked.
        (date(2025, 4, 30), 1, date(2025, 5, 6)),
        (date(2025, 4, 30), 5, date(2025, 5, 10)),
        (date(2025, 5, 9), 1, date(2025, 5, 10)),
        (date(2025, 5, 9), 2, date(2025, 5, 12)),
        # Friday to Saturday worked; Friday over Monday moved and Tuesday the 18th.
        (date(2025, 11, 7), 1, date(2025, 11, 8)),
        (date(2025, 11, 14), 1, date(2025, 11, 19)),
        # New Year: 31, 1 and 2 off, then a weekend.
        (date(2025, 12, 30), 1, date(2026, 1, 5)),
        (date(2025, 12, 23), 2, date(2025, 12, 30)),
        (date(2026, 1, 16), 1, date(2026, 1, 17)),
        # Good Friday and Easter Monday of 2026.
        (date(2026, 4, 2), 1, date(2026, 4, 7)),
        # Midsummer of 2026: Monday moved, 23 and 24 off; Saturday the 27th worked.
        (date(2026, 6, 19), 1, date(2026, 6, 25)),
        (date(2026, 6, 26), 1, date(2026, 6, 27)),
        # Back again.
        (date(2026, 1, 5), -1, date(2025, 12, 30)),
        (date(2025, 5, 12), -2, date(2025, 5, 9)),
        (date(2026, 1, 3), 0, date(2026, 1, 3)),
    ],
)
def test_working_days_are_counted_by_hand(day: date, working_days: int, result: date) -> None:
    """The day itself is not counted."""
    assert LATVIA.add(day, working_days=working_days) == result
    assert LATVIA.count(after=day, until=result) == working_days


def test_a_year_has_as_many_working_days_as_its_calendar_says() -> None:
    """2025: 261 weekdays less 12 holidays and days in lieu on them; moved days change nothing."""
    assert LATVIA.count(after=date(2024, 12, 31), until=date(2025, 12, 31)) == 249


def test_the_next_and_the_last_working_day_may_be_the_day_itself() -> None:
    """Over the turn of the year 2025 it is five days away."""
    assert LATVIA.on_or_after(date(2025, 12, 31)) == date(2026, 1, 5)
    assert LATVIA.on_or_before(date(2026, 1, 4)) == date(2025, 12, 30)
    assert LATVIA.on_or_after(date(2026, 1, 5)) == date(2026, 1, 5)
    assert LATVIA.on_or_before(date(2025, 12, 30)) == date(2025, 12, 30)


@given(day=DAYS, working_days=st.integers(-60, 60))
def test_adding_and_counting_are_two_sides_of_one_sum(day: date, working_days: int) -> None:
    """And what is added to always ends on a working day."""
    result = LATVIA.add(day, working_days=working_days)
    assert working_days == 0 or LATVIA.is_working(result)
    if working_days >= 0 or LATVIA.is_working(day):
        assert LATVIA.count(after=day, until=result) == working_days


def test_days_entered_as_settings_lie_on_top_of_the_package() -> None:
    """An order of the government that the installed package does not know yet."""
    friday, saturday = date(2027, 5, 7), date(2027, 5, 15)
    assert LATVIA.is_working(friday)
    assert not LATVIA.is_working(saturday)
    moved = WorkingCalendar(days_off=frozenset({friday}), days_worked=frozenset({saturday}))
    assert not moved.is_working(friday)
    assert moved.is_working(saturday)


def test_a_day_both_off_and_worked_is_refused() -> None:
    """It is named."""
    day = frozenset({date(2027, 5, 7)})
    with pytest.raises(ContradictoryCalendar) as error:
        WorkingCalendar(days_off=day, days_worked=day)
    assert error.value.problem.code == "WFL-515"
    assert "2027-05-07" in error.value.problem.message.lv


def test_the_package_knows_no_moved_day_beyond_what_we_say() -> None:
    """When a newer package brings next year's, this fails, and the constant moves on."""
    later = days_between(MOVED_DAYS_KNOWN_UNTIL, MOVED_DAYS_KNOWN_UNTIL + timedelta(days=730))
    assert not [day for day in later if day.weekday() >= 5 and LATVIA.is_working(day)]
    year = MOVED_DAYS_KNOWN_UNTIL.year
    first = date(year, 1, 1) - timedelta(days=1)
    known = days_between(first, MOVED_DAYS_KNOWN_UNTIL)
    assert [day for day in known if day.weekday() >= 5 and LATVIA.is_working(day)]


def test_a_day_is_a_day_in_riga() -> None:
    """Two hours ahead in winter, three in summer; moments are written the same way."""
    assert riga_day(datetime(2026, 1, 31, 21, 59, tzinfo=UTC)) == date(2026, 1, 31)
    assert riga_day(datetime(2026, 1, 31, 22, 0, tzinfo=UTC)) == date(2026, 2, 1)
    assert riga_day(datetime(2026, 7, 31, 21, 0, tzinfo=UTC)) == date(2026, 8, 1)
    moment = datetime(2026, 7, 1, 6, 5, tzinfo=UTC)
    assert moment_lv(moment) == "01.07.2026. 09:05"
    assert moment_en(moment) == "2026-07-01 09:05"
