"""A thing that is due, and the terms of a programme that make one of an event."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from skola_finance.problems import Text
from skola_finance.usecases.terms import entered, remind_before, working_calendar
from skola_finance.workflow import DUTIES, Obligation, obligations

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from skola_finance.rulebook import Rulebook
    from skola_finance.workflow import Duty, Pause, Role

MOST_PERIODS = 500
QUESTION = "question"
"""Begins the source of a day that was set with a question; the number of that follows."""


@dataclass(frozen=True, slots=True)
class Due:
    """One thing that is due.

    Attributes:
        obligation: which duty, since which event, by which day and source, with its reminders.
        partner_reg_no: the partner it is about; empty for what concerns the whole programme.
        working_days_left: after the day of the report; below 0 when the day is over.
        is_overdue: whether its day is over.
        illustrative: whether the term is only an example.
    """

    obligation: Obligation
    partner_reg_no: str
    working_days_left: int
    is_overdue: bool
    illustrative: bool

    @property
    def duty(self) -> Duty:
        """Which duty."""
        return self.obligation.duty

    @property
    def who(self) -> Role:
        """Whose duty it is."""
        return self.obligation.who

    @property
    def name(self) -> Text:
        """What is to be done."""
        return self.obligation.name

    @property
    def subject(self) -> str:
        """The claim, case or project it is about."""
        return self.obligation.subject

    def of(self, subject: str, *, partner: str) -> Due:
        """Give the same for another thing to which the same happened on the same day."""
        obligation = replace(self.obligation, subject=subject)
        return replace(self, obligation=obligation, partner_reg_no=partner)

    @property
    def due_on(self) -> date:
        """The last day for it."""
        return self.obligation.due_on

    @property
    def source(self) -> str:
        """Where the term is written."""
        return self.obligation.source

    @property
    def told_source(self) -> Text:
        """Where the term is written, as people read it: a question has its own day."""
        kind, _, number = self.source.partition(" ")
        if kind == QUESTION:
            return Text(lv=f"jautājums Nr. {number}", en=f"question no. {number}")
        return Text(lv=self.source or "–", en=self.source or "–")

    @property
    def remind_on(self) -> tuple[date, ...]:
        """The days of the reminders."""
        return self.obligation.remind_on


class Terms:
    """The terms of a programme as of a day; a duty whose setting is unset makes nothing due."""

    def __init__(self, rulebook: Rulebook, *, on: date) -> None:
        """Take the rulebook with the settings in force, and today."""
        self.rulebook, self.on = rulebook, on
        self.calendar = working_calendar(rulebook)
        self._remind_before = remind_before(rulebook, on=on)

    def due(
        self,
        duty: Duty,
        *,
        subject: str,
        since: date,
        partner: str = "",
        pauses: Sequence[Pause] = (),
    ) -> Iterator[Due]:
        """Give what an event makes due by the setting in force on its day; at most one thing."""
        setting = entered(self.rulebook, DUTIES[duty].key, on=min(since, self.on))
        if setting is None:
            return
        for one in obligations(
            duty,
            subject=subject,
            since=since,
            setting=setting,
            on=self.on,
            pauses=pauses,
            calendar=self.calendar,
            remind_before=self._remind_before,
        ):
            yield self._due(one, partner, illustrative=setting.illustrative)

    def by_day(
        self, duty: Duty, *, subject: str, since: date, due_on: date, source: str, partner: str
    ) -> Due:
        """Give what is due on a day that was set for this very thing."""
        days = {self.calendar.add(due_on, working_days=-each) for each in self._remind_before}
        remind_on = tuple(sorted(day for day in days if day > since))
        one = Obligation(duty, subject, since, due_on, source, remind_on)
        return self._due(one, partner, illustrative=False)

    def next_of(self, duty: Duty, *, subject: str, events: Iterable[date]) -> Iterator[Due]:
        """Give the first thing whose day is not over, of events that come round again."""
        for _, since in zip(range(MOST_PERIODS), events, strict=False):
            found = list(self.due(duty, subject=subject, since=since))
            if not found or not found[0].is_overdue:
                yield from found
                return

    def _due(self, one: Obligation, partner: str, *, illustrative: bool) -> Due:
        left = one.working_days_left(on=self.on, calendar=self.calendar)
        return Due(one, partner, left, one.is_overdue(on=self.on), illustrative)
