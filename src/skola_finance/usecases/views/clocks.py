"""How old claims are against the legal clock, asked for many claims at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from skola_finance.usecases.reports.ageing import Age, Ages
from skola_finance.usecases.reports.states import WITH_THE_AGENCY
from skola_finance.workflow import ClaimState

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from skola_finance.problems import Text
    from skola_finance.storage.repositories.waiting import ActOf
    from skola_finance.storage.tables import ClaimRow
    from skola_finance.usecases.reports.terms_due import Due, Terms


@dataclass(frozen=True, slots=True)
class RunningTerm:
    """One term that runs for a claim; `days_left` are working days, below 0 when it is over."""

    name: Text
    due_on: date
    days_left: int
    is_overdue: bool
    source: str
    illustrative: bool

    @classmethod
    def of(cls, due: Due) -> RunningTerm:
        """Take over what the terms of the programme give for a duty."""
        return cls(
            due.name,
            due.due_on,
            due.working_days_left,
            due.is_overdue,
            due.source,
            due.illustrative,
        )


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
        self._ages = Ages(terms)
        self._known: dict[Age, ClaimClock] = {}

    def of(self, row: ClaimRow, acts: Iterable[ActOf]) -> ClaimClock | None:
        """Give the clock of a claim that is with the agency; none of any other."""
        if row.filed_at is None or ClaimState(row.state) not in WITH_THE_AGENCY:
            return None
        age = self._ages.of(row, row.filed_at, acts)
        if age not in self._known:
            self._known[age] = _clock(age)
        return self._known[age]


def _clock(age: Age) -> ClaimClock:
    terms = [RunningTerm.of(one) for one in age.duties]
    return ClaimClock(
        filed_on=age.filed_on,
        working_days=age.working_days,
        calendar_days=age.calendar_days,
        is_stopped=age.is_stopped,
        terms=tuple(sorted(terms, key=lambda one: one.due_on)),
    )
