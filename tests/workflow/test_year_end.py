"""Regulation 87 at the turn of the year, and the periods of the VAT report."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skola_finance.funding import ImpossibleDates, Window
from skola_finance.workflow import (
    ApprovedBeforeUse,
    BookedAs,
    YearOfRecord,
    vat_periods,
    year_of_record,
)
from tests.workflow.offers import setting

ENDS_ON = date(2029, 8, 31)


@pytest.mark.parametrize(
    ("approved_on", "year", "booked_as"),
    [
        (date(2025, 12, 31), 2025, BookedAs.CURRENT),
        (date(2025, 1, 1), 2025, BookedAs.CURRENT),
        (date(2026, 1, 1), 2025, BookedAs.ACCRUED),
        (date(2026, 1, 31), 2025, BookedAs.ACCRUED),
        (date(2026, 2, 1), 2026, BookedAs.PRIOR_YEAR),
        (date(2027, 1, 15), 2027, BookedAs.PRIOR_YEAR),
    ],
)
def test_an_approval_up_to_31_january_belongs_to_the_old_year(
    approved_on: date, year: int, booked_as: BookedAs
) -> None:
    """Later ones are prior-year items of the year of the approval."""
    until = setting("year_end.approve_until").value
    assert until == 131
    found = year_of_record(used_in=2025, approved_on=approved_on, approve_until=131)
    assert found == YearOfRecord(year, booked_as)


def test_nothing_is_approved_in_a_year_before_its_use() -> None:
    """Both are named."""
    with pytest.raises(ApprovedBeforeUse) as error:
        year_of_record(used_in=2026, approved_on=date(2025, 12, 31), approve_until=131)
    assert error.value.problem.code == "WFL-514"
    assert "2026. gada izdevumi" in error.value.problem.message.lv


def test_the_vat_report_has_periods_of_twelve_months_and_a_shorter_last_one() -> None:
    """From the project agreement, here 08.05.2025, to the end of the project."""
    assert setting("report.vat_period.months").value == 12
    assert vat_periods(agreed_on=date(2025, 5, 8), ends_on=ENDS_ON, months=12) == (
        Window(first=date(2025, 5, 8), last=date(2026, 5, 7)),
        Window(first=date(2026, 5, 8), last=date(2027, 5, 7)),
        Window(first=date(2027, 5, 8), last=date(2028, 5, 7)),
        Window(first=date(2028, 5, 8), last=date(2029, 5, 7)),
        Window(first=date(2029, 5, 8), last=ENDS_ON),
    )
    leap = vat_periods(agreed_on=date(2028, 2, 29), ends_on=ENDS_ON, months=12)
    assert [one.first for one in leap] == [date(2028, 2, 29), date(2029, 2, 28)]
    assert vat_periods(agreed_on=date(2029, 9, 1), ends_on=ENDS_ON, months=12) == ()


def test_a_period_of_no_months_is_refused() -> None:
    """Rather than counted for ever."""
    with pytest.raises(ImpossibleDates):
        vat_periods(agreed_on=date(2025, 5, 8), ends_on=ENDS_ON, months=0)


@given(agreed_on=st.dates(date(2024, 7, 1), ENDS_ON), months=st.integers(1, 24))
def test_periods_leave_no_day_out_and_count_none_twice(agreed_on: date, months: int) -> None:
    """From the first to the last day of the project."""
    periods = vat_periods(agreed_on=agreed_on, ends_on=ENDS_ON, months=months)
    assert (periods[0].first, periods[-1].last) == (agreed_on, ENDS_ON)
    for early, late in pairwise(periods):
        assert late.first - early.last == timedelta(days=1)
