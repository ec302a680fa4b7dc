"""How old claims are against the legal clock, asked for many claims at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from skola_finance.usecases.reports.ageing import pauses_of
from skola_finance.workflow import ClaimState, Duty, riga_day
from skola_finance.workflow.working_days import days_between

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from skola_finance.problems import Text
    from skola_finance.storage.repositories.waiting import ActOf
    from skola_finance.storage.tables import ClaimRow
    from skola_finance.usecases.reports.terms_due import Terms
    from skola_finance.workflow import Pause

_REVIEWED = frozenset({ClaimState.SUBMITTED, ClaimState.IN_REVIEW, ClaimState.CLARIFICATION})
_CHECKED = _REVIEWED | {ClaimState.RECOMMENDED, ClaimState.APPROVED, ClaimState.ORDERED}


@dataclass(frozen=True, slots=True)
class RunningTerm:
    """One term that runs for a claim; `days_left` are working days, below 0 when it is over."""

    name: Text
    due_on: date
    days_left: int
    is_overdue: bool
    source: str
    illustrative: bool


@dataclass(frozen=True, slots=True)
class ClaimClock:
    """How long a claim has been with the agency: days after the day of filing, pauses left out.

    `terms` are those that run, the one that ends first at the head; one that nobody has entered is
    not there. `is_stopped`: a question is with the partner.
    """

    filed_on: date
    working_days: int
    calendar_days: int
    is_stopped: bool
    terms: tuple[RunningTerm, ...]

    @property
    def term(self) -> RunningTerm | None:
        """The term that ends first."""
        return self.terms[0] if self.terms else None


class ClaimClocks:
    """Clocks of claims as of a day; claims filed on one day share one reckoning."""

    def __init__(self, terms: Terms) -> None:
        """Take the terms of the programme."""
        self._terms = terms
        self._known: dict[tuple[date, tuple[Pause, ...], bool], ClaimClock] = {}

    def of(self, row: ClaimRow, acts: Iterable[ActOf]) -> ClaimClock | None:
        """Give the clock of a claim that is with the agency; none of any other."""
        state = ClaimState(row.state)
        if row.filed_at is None or state not in _CHECKED:
            return None
        filed_at = row.filed_at
        key = (riga_day(filed_at), pauses_of(acts, since=filed_at), state in _REVIEWED)
        if key not in self._known:
            self._known[key] = self._reckoned(*key)
        return self._known[key]

    def _reckoned(self, filed_on: date, pauses: tuple[Pause, ...], in_review: bool) -> ClaimClock:  # noqa: FBT001 - the parts of a key
        on = self._terms.on
        counted = [
            day
            for day in days_between(filed_on, on)
            if not any(pause.holds(day, on=on) for pause in pauses)
        ]
        duties = (Duty.REVIEW_CLAIM, Duty.CHECK_CLAIM) if in_review else (Duty.CHECK_CLAIM,)
        found = [
            RunningTerm(
                one.name,
                one.due_on,
                one.working_days_left,
                one.is_overdue,
                one.source,
                one.illustrative,
            )
            for duty in duties
            for one in self._terms.due(duty, subject="claim", since=filed_on, pauses=pauses)
        ]
        return ClaimClock(
            filed_on=filed_on,
            working_days=sum(self._terms.calendar.is_working(day) for day in counted),
            calendar_days=len(counted),
            is_stopped=bool(pauses) and pauses[-1].ends is None,
            terms=tuple(sorted(found, key=lambda one: one.due_on)),
        )
