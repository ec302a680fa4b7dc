"""The year a transfer belongs to in the books, and the periods of the VAT report."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from skola_finance.funding import Window
from skola_finance.problems import Problem, Severity, SkolaError, Text
from skola_finance.workflow.clock import add_months
from skola_finance.workflow.obligations import day_of


class BookedAs(StrEnum):
    """How an approved use stands in the books of both sides."""

    CURRENT = "current"
    """Approved in the year of the use: income or expense of that year."""
    ACCRUED = "accrued"
    """Approved at the beginning of the next year: accrued at the end of the year of the use."""
    PRIOR_YEAR = "prior_year"
    """Approved later: income or expense of years before, in the year of the approval."""


@dataclass(frozen=True, slots=True)
class YearOfRecord:
    """The year whose books change, and how."""

    year: int
    booked_as: BookedAs


class ApprovedBeforeUse(SkolaError, ValueError):
    """WFL-514: an approval in a year before the year of the use."""


def year_of_record(*, used_in: int, approved_on: date, approve_until: int) -> YearOfRecord:
    """Give the year to which an approved use of a transfer belongs.

    Args:
        used_in: the year in which the costs arose.
        approved_on: the day of the approval.
        approve_until: month × 100 + day, inclusive (setting `year_end.approve_until`, 131).

    Raises: ApprovedBeforeUse (WFL-514).
    Source: Regulation 87 par. 340 (up to 31 January), 342 (accrual), 343 (prior year).

    >>> year_of_record(used_in=2025, approved_on=date(2026, 1, 31), approve_until=131)
    YearOfRecord(year=2025, booked_as=<BookedAs.ACCRUED: 'accrued'>)
    """
    if approved_on.year < used_in:
        raise ApprovedBeforeUse(
            Problem(
                code="WFL-514",
                severity=Severity.ERROR,
                message=Text(
                    lv=f"{used_in}. gada izdevumi nevar būt apstiprināti {approved_on:%d.%m.%Y.}",
                    en=f"Costs of {used_in} cannot have been approved on {approved_on}.",
                ),
                hint=Text(
                    lv="Pārbaudiet darbības un apstiprināšanas dienu.",
                    en="Check the day of the activity and that of the approval.",
                ),
            )
        )
    if approved_on.year == used_in:
        return YearOfRecord(used_in, BookedAs.CURRENT)
    if approved_on <= day_of(used_in + 1, approve_until):
        return YearOfRecord(used_in, BookedAs.ACCRUED)
    return YearOfRecord(approved_on.year, BookedAs.PRIOR_YEAR)


def vat_periods(*, agreed_on: date, ends_on: date, months: int) -> tuple[Window, ...]:
    """Give the periods of the VAT report, from the project agreement to the project's end.

    The first report also holds eligible costs from before the agreement; the last period is
    shorter where the project ends within it.

    Args:
        agreed_on: the day of the agreement on the project.
        ends_on: the project's last day.
        months: the length of a period (setting `report.vat_period.months`, 12).

    Source: Regulation 135 par. 59.
    """
    periods: list[Window] = []
    first = agreed_on
    while first <= ends_on:
        following = add_months(agreed_on, months * (len(periods) + 1))
        periods.append(Window(first=first, last=min(following - timedelta(days=1), ends_on)))
        first = following
    return tuple(periods)
