"""Legal dates as computed obligations: what is due when, by whom, by which source."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, assert_never

from skola_finance.problems import Problem, Severity, SkolaError, Text
from skola_finance.workflow.clock import Clock, Pause, Term, Unit
from skola_finance.workflow.duties import DUTIES, Duty, Reckoning
from skola_finance.workflow.working_days import LATVIA, WorkingCalendar

if TYPE_CHECKING:
    from collections.abc import Sequence

    from skola_finance.rulebook import Setting
    from skola_finance.workflow.roles import Role

REMIND_BEFORE = (5, 1)
"""Working days before the day on which people are reminded; design, as no act says."""

_HUNDRED = 100


class UnusableTerm(SkolaError, ValueError):
    """WFL-513: a setting of another key or of the wrong shape where a term is wanted."""


@dataclass(frozen=True, slots=True)
class Obligation:
    """One thing that is due.

    `subject` names the claim, case or project; `source` is where the term is written; `remind_on`
    are the days of the reminders, all after the event.
    """

    duty: Duty
    subject: str
    since: date
    due_on: date
    source: str
    remind_on: tuple[date, ...] = ()

    @property
    def who(self) -> Role:
        """Whose duty it is."""
        return DUTIES[self.duty].who

    @property
    def name(self) -> Text:
        """What is to be done."""
        return DUTIES[self.duty].name

    def is_overdue(self, *, on: date) -> bool:
        """Say whether its day is over."""
        return on > self.due_on

    def working_days_left(self, *, on: date, calendar: WorkingCalendar = LATVIA) -> int:
        """Give the working days left after a day; below 0 when it is over."""
        return calendar.count(after=on, until=self.due_on)


def obligations(
    duty: Duty,
    *,
    subject: str,
    since: date,
    setting: Setting,
    on: date,
    pauses: Sequence[Pause] = (),
    calendar: WorkingCalendar = LATVIA,
    remind_before: Sequence[int] = REMIND_BEFORE,
) -> tuple[Obligation, ...]:
    """Give the obligation that a setting makes of an event; none where `none` was entered.

    Args:
        duty: which duty.
        subject: the claim, case or project it is about.
        since: the day of the event; for `ASK_FOR_SCHEDULE` the day to come that it precedes.
        setting: the term, as the rulebook gives it for the day of the event.
        on: today; while a pause is open, the day due moves on with it.
        pauses: times in which the clock stood.
        calendar: the working days.
        remind_before: working days before the day on which to remind.

    Raises: UnusableTerm (WFL-513).
    """
    if setting.key != DUTIES[duty].key:
        raise _unusable(duty, setting)
    if setting.value is None:
        return ()
    due_on = _due_on(duty, since, setting, pauses=pauses, on=on, calendar=calendar)
    remind_on = {calendar.add(due_on, working_days=-days) for days in remind_before}
    return (
        Obligation(
            duty=duty,
            subject=subject,
            since=since,
            due_on=due_on,
            source=setting.source,
            remind_on=tuple(sorted(day for day in remind_on if _is_ahead(duty, day, since))),
        ),
    )


def _is_ahead(duty: Duty, day: date, since: date) -> bool:
    """Say whether a reminder comes after the event; a day to come is no event."""
    return DUTIES[duty].reckoning is Reckoning.WORKING_DAYS_BEFORE or day > since


def _due_on(
    duty: Duty,
    since: date,
    setting: Setting,
    *,
    pauses: Sequence[Pause],
    on: date,
    calendar: WorkingCalendar,
) -> date:
    reckoning = DUTIES[duty].reckoning
    match reckoning:
        case Reckoning.WORKING_DAYS | Reckoning.CALENDAR_DAYS | Reckoning.MONTHS:
            term = Term(_whole(duty, setting), Unit(reckoning.value))
            return Clock(since, term, calendar, tuple(pauses)).due_on(on=on)
        case Reckoning.WORKING_DAYS_BEFORE:
            return calendar.add(since, working_days=-_whole(duty, setting))
        case Reckoning.NEXT_YEAR:
            return day_of(since.year + 1, _whole(duty, setting))
        case Reckoning.FIXED:
            if not isinstance(setting.value, date):
                raise _unusable(duty, setting)
            return setting.value
        case _:
            assert_never(reckoning)


def day_of(year: int, day_of_year: int) -> date:
    """Give the day of a year that `month × 100 + day` names; 29 February is 28 in other years.

    >>> day_of(2027, 130)
    datetime.date(2027, 1, 30)
    """
    month, day = divmod(day_of_year, _HUNDRED)
    return date(year, month, min(day, monthrange(year, month)[1]))


def _whole(duty: Duty, setting: Setting) -> int:
    if not isinstance(setting.value, int) or isinstance(setting.value, bool):
        raise _unusable(duty, setting)
    return setting.value


def _unusable(duty: Duty, setting: Setting) -> UnusableTerm:
    wanted = DUTIES[duty]
    return UnusableTerm(
        Problem(
            code="WFL-513",
            severity=Severity.ERROR,
            message=Text(
                lv=f"Termiņam „{wanted.name.lv}” vajag parametru {wanted.key}, "
                f"bet dots {setting.key} = „{setting.text}”.",
                en=f"The term “{wanted.name.en}” needs the setting {wanted.key}, "
                f"given is {setting.key} = “{setting.text}”.",
            ),
            hint=Text(
                lv="Ievadiet šo parametru ar avotu un spēkā esības dienām.",
                en="Enter that setting with its source and days.",
            ),
            subject=wanted.key,
        )
    )
