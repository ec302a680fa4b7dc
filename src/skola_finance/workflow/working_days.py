"""Working days of Latvia: public holidays, weekends, and working days moved by the government.

Holidays and moved days come from the package `holidays`. The government moves days by an order
once a year, so days of years to come may still change; what the installed package does not know
yet is entered as a setting and handed in.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from holidays import country_holidays

from skola_finance.problems import Problem, Severity, SkolaError, Text

if TYPE_CHECKING:
    from collections.abc import Iterable

RIGA = ZoneInfo("Europe/Riga")
MOVED_DAYS_KNOWN_UNTIL = date(2026, 12, 31)
"""Last day whose moved days the installed package knows; a test tells when it knows more."""

_ONE_DAY = timedelta(days=1)
_SATURDAY = 5


def riga_day(at: datetime) -> date:
    """Give the day on the calendar in Latvia: a claim of 22:30 UTC may be the next day's.

    >>> from datetime import UTC
    >>> riga_day(datetime(2025, 12, 31, 22, 30, tzinfo=UTC))
    datetime.date(2026, 1, 1)
    """
    return at.astimezone(RIGA).date()


def moment_lv(at: datetime) -> str:
    """Write a moment as Latvian documents do, in Latvian time: `03.03.2026. 14:32`."""
    return f"{at.astimezone(RIGA):%d.%m.%Y. %H:%M}"


def moment_en(at: datetime) -> str:
    """Write a moment in English, in Latvian time: `2026-03-03 14:32`."""
    return f"{at.astimezone(RIGA):%Y-%m-%d %H:%M}"


class ContradictoryCalendar(SkolaError, ValueError):
    """WFL-515: one day entered both as a day off and as a working day."""


@dataclass(frozen=True, slots=True)
class WorkingCalendar:
    """The working days of Latvia, with days that the programme entered on top.

    `days_off` and `days_worked` are the settings `calendar.days_off` and `calendar.days_worked`.
    """

    days_off: frozenset[date] = frozenset()
    days_worked: frozenset[date] = frozenset()

    def __post_init__(self) -> None:
        """Refuse a day that is both."""
        both = sorted(self.days_off & self.days_worked)
        if both:
            days = ", ".join(day.isoformat() for day in both)
            raise ContradictoryCalendar(
                Problem(
                    code="WFL-515",
                    severity=Severity.ERROR,
                    message=Text(
                        lv=f"Dienas ievadītas gan kā brīvdienas, gan kā darbdienas: {days}.",
                        en=f"Days entered both as days off and as working days: {days}.",
                    ),
                    hint=Text(
                        lv="Salīdziniet ar Ministru kabineta rīkojumu par darba dienu pārcelšanu.",
                        en="Compare with the government's order that moves working days.",
                    ),
                    subject="calendar.days_off",
                )
            )

    def is_working(self, day: date) -> bool:
        """Say whether a day is a working day.

        >>> [LATVIA.is_working(date(2025, 5, day)) for day in (2, 10)]
        [False, True]
        """
        if day in self.days_worked:
            return True
        if day in self.days_off:
            return False
        off, worked = _official(day.year)
        return day in worked or (day.weekday() < _SATURDAY and day not in off)

    def add(self, day: date, *, working_days: int) -> date:
        """Count working days on from a day, which is not counted; back where negative.

        >>> LATVIA.add(date(2025, 4, 30), working_days=1)
        datetime.date(2025, 5, 6)
        """
        step = _ONE_DAY if working_days >= 0 else -_ONE_DAY
        left = abs(working_days)
        while left:
            day += step
            left -= self.is_working(day)
        return day

    def count(self, *, after: date, until: date) -> int:
        """Count the working days after one day, up to and including another; negative if back."""
        if until < after:
            return -self.count(after=until, until=after)
        return sum(self.is_working(day) for day in days_between(after, until))

    def on_or_after(self, day: date) -> date:
        """Give the day itself if it is a working day, else the next one."""
        while not self.is_working(day):
            day += _ONE_DAY
        return day

    def on_or_before(self, day: date) -> date:
        """Give the day itself if it is a working day, else the one before."""
        while not self.is_working(day):
            day -= _ONE_DAY
        return day


LATVIA = WorkingCalendar()
"""The calendar of the installed package, nothing entered on top."""


def days_between(after: date, until: date) -> Iterable[date]:
    """Give the days after one day, up to and including another."""
    return (after + timedelta(days=step) for step in range(1, (until - after).days + 1))


@cache
def _official(year: int) -> tuple[frozenset[date], frozenset[date]]:
    """Give the days off and the weekend days worked, as the package knows them.

    Neighbouring years are read too: a day may be moved across New Year.
    """
    known = country_holidays("LV", years=(year - 1, year, year + 1))
    return frozenset(known), frozenset(known.weekend_workdays)
