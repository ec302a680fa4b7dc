"""Legal terms and the clocks that count them.

The rules, all of them design where the acts are silent (they follow Regulation (EEC, Euratom)
1182/71 art. 3, which binds acts of the Union and is the common European way to count):

1. The day of the event is not counted; the first day counted is the next one.
2. A term in working days ends with its last working day.
3. A term in calendar days or months that would end on a day off ends on the next working day.
4. A term in months ends on the day of the same number; where the month has no such day, on its
   last day. It does not stick: from 28 February a month leads to 28 March.
5. While a question is with the partner the clock stands. The day of the question still counts,
   the day of the answer does not: a pause of n counted days moves the end by exactly n.
6. A day that the law itself names (30 January, 15.03.2030) does not move.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from skola_finance.problems import Problem, Severity, SkolaError, Text
from skola_finance.workflow.working_days import LATVIA, WorkingCalendar, days_between

LONGEST = 10_000
"""Most days or months that a term may have; anything above is a slip of the finger."""

_ONE_DAY = timedelta(days=1)
_MONTHS_A_YEAR = 12


class Unit(StrEnum):
    """What a term is counted in; also the last part of its setting's key."""

    WORKING_DAYS = "working_days"
    """Days on which offices work in Latvia (*darbdienas*)."""
    CALENDAR_DAYS = "calendar_days"
    """All days."""
    MONTHS = "months"
    """Calendar months."""


class ImpossibleTerm(SkolaError, ValueError):
    """WFL-512: a term that is negative or beyond all measure."""


class ImpossiblePause(SkolaError, ValueError):
    """WFL-511: a clock stopped twice, restarted while running, or before its time."""


@dataclass(frozen=True, slots=True)
class Term:
    """So many days or months."""

    count: int
    unit: Unit

    def __post_init__(self) -> None:
        """Refuse a negative term and an absurd one."""
        if 0 <= self.count <= LONGEST:
            return
        raise ImpossibleTerm(
            Problem(
                code="WFL-512",
                severity=Severity.ERROR,
                message=Text(
                    lv=f"Termiņš {self.count} nav iespējams: no 0 līdz {LONGEST}.",
                    en=f"A term of {self.count} is not possible: 0 to {LONGEST} is.",
                ),
                hint=Text(lv="Izlabojiet parametru.", en="Mend the setting."),
            )
        )


@dataclass(frozen=True, slots=True)
class Pause:
    """A time in which the clock stands; `ends` is None while the answer is awaited."""

    starts: date
    ends: date | None = None

    def holds(self, day: date, *, on: date) -> bool:
        """Say whether a day falls into the pause, as things stand `on` a day."""
        return self.starts < day <= (on if self.ends is None else self.ends)


@dataclass(frozen=True, slots=True)
class Clock:
    """A legal clock: a term that runs from the day of an event, with its pauses."""

    started_on: date
    term: Term
    calendar: WorkingCalendar = LATVIA
    pauses: tuple[Pause, ...] = ()

    @property
    def is_stopped(self) -> bool:
        """Whether a pause is open."""
        return bool(self.pauses) and self.pauses[-1].ends is None

    def stop(self, *, on: date) -> Clock:
        """Give the clock stopped on a day.

        Raises: ImpossiblePause (WFL-511) if it stands already, or that day is already counted past.
        """
        earliest = (self.pauses[-1].ends if self.pauses else None) or self.started_on
        if self.is_stopped or on < earliest:
            raise _impossible_pause(on, self)
        return replace(self, pauses=(*self.pauses, Pause(starts=on)))

    def restart(self, *, on: date) -> Clock:
        """Give the clock running again from a day on.

        Raises: ImpossiblePause (WFL-511) if it runs, or that day is before it was stopped.
        """
        if not self.is_stopped or on < self.pauses[-1].starts:
            raise _impossible_pause(on, self)
        return replace(self, pauses=(*self.pauses[:-1], replace(self.pauses[-1], ends=on)))

    def due_on(self, *, on: date) -> date:
        """Give the last day of the term; of a clock that stands, if the answer came on that day."""
        day, left = self.started_on, self._days_in_all()
        while left:
            day += _ONE_DAY
            left -= self._counts(day, on=on)
        while not self.calendar.is_working(day) or self._is_paused(day, on=on):
            day += _ONE_DAY
        return day

    def days_left(self, *, on: date) -> int:
        """Give the days left after a day: 0 on the last one, below 0 when it is over.

        Working days for a term in working days, else calendar days; pauses are left out.
        """
        day = max(on, self.started_on)
        due = self.due_on(on=day)
        if day > due:
            return -sum(self._counts(each, on=day) for each in days_between(due, day))
        return sum(self._counts(each, on=day) for each in days_between(day, due))

    def is_overdue(self, *, on: date) -> bool:
        """Say whether the term is over on a day."""
        return on > self.due_on(on=on)

    def _days_in_all(self) -> int:
        if self.term.unit is Unit.MONTHS:
            return (add_months(self.started_on, self.term.count) - self.started_on).days
        return self.term.count

    def _counts(self, day: date, *, on: date) -> bool:
        if self._is_paused(day, on=on):
            return False
        return self.term.unit is not Unit.WORKING_DAYS or self.calendar.is_working(day)

    def _is_paused(self, day: date, *, on: date) -> bool:
        return any(pause.holds(day, on=on) for pause in self.pauses)


def add_months(day: date, months: int) -> date:
    """Give the day of the same number some months on, or that month's last day.

    >>> add_months(date(2026, 1, 31), 1)
    datetime.date(2026, 2, 28)
    """
    years, month = divmod(day.year * _MONTHS_A_YEAR + day.month - 1 + months, _MONTHS_A_YEAR)
    last = monthrange(years, month + 1)[1]
    return date(years, month + 1, min(day.day, last))


def _impossible_pause(on: date, clock: Clock) -> ImpossiblePause:
    state_lv, state_en = ("apturēts", "stopped") if clock.is_stopped else ("rit", "running")
    since = clock.pauses[-1] if clock.pauses else Pause(clock.started_on, clock.started_on)
    day = since.ends or since.starts
    return ImpossiblePause(
        Problem(
            code="WFL-511",
            severity=Severity.ERROR,
            message=Text(
                lv=f"Termiņu nevar apturēt vai atsākt {on:%d.%m.%Y.}: "
                f"kopš {day:%d.%m.%Y.} tas ir stāvoklī „{state_lv}”.",
                en=f"The clock cannot be stopped or restarted on {on}: "
                f"it has been {state_en} since {day}.",
            ),
            hint=Text(
                lv="Pārbaudiet jautājumu un atbilžu dienas.",
                en="Check the days of the questions and answers.",
            ),
        )
    )
