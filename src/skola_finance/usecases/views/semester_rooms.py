"""What is left of the allocations that were given out by semester, as `ELG-171` judges them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from skola_finance.claims.calendar import Calendar, semester_name, semester_number
from skola_finance.storage.chain import Chain, head_hash
from skola_finance.usecases.in_force import rulebook_now, semester_allocations
from skola_finance.usecases.lately import Lately
from skola_finance.usecases.reports.states import IN_PROCESS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from skola_finance.rulebook import Rulebook
    from skola_finance.storage.unit_of_work import UnitOfWork
    from skola_finance.usecases.filing.standing import Standing
    from skola_finance.usecases.order import Order
    from skola_finance.usecases.store import Store

FLAT_RATE = "indirect"
"""The activity that takes no room of a semester: it is a share of the other costs."""
RECENT = 2
"""Semesters whose rooms are told where no claim says which are meant."""


@dataclass(frozen=True, slots=True)
class SemesterRoom:
    """What a partner was given for one semester, in cents, and what of it is taken.

    `approved_cents` is net of what was withdrawn; `in_process_cents` is eligible in claims that
    the agency checks. `has_begun` is false for a semester that is still to come.
    """

    semester: str
    allocated_cents: int
    approved_cents: int
    in_process_cents: int
    has_begun: bool

    @property
    def left_cents(self) -> int:
        """What is left of it for coming claims; below zero where more is asked for."""
        return self.allocated_cents - self.approved_cents - self.in_process_cents


@dataclass(frozen=True, slots=True)
class SemesterLeft:
    """What one semester has left after a claim, in cents, other claims in process left aside."""

    semester: str
    cents: int


def semester_rooms(
    store: Store, order: Order, *, programme: str, partner: str
) -> tuple[SemesterRoom, ...]:
    """Give the semesters that a partner has an allocation for, in time.

    Whoever calls has made sure that the person may see the partner.
    """
    with store.reading() as repositories:
        return rooms_of(repositories, store, programme=programme, partner=partner, on=order.on)


def rooms_of(
    repositories: UnitOfWork, store: Store, *, programme: str, partner: str, on: date
) -> tuple[SemesterRoom, ...]:
    """Give the same within a view that is open; kept until anything at all changes."""
    head = head_hash(repositories.session, Chain.JOURNAL)
    key = (store.database.name, head, programme, partner, on)
    known = _ROOMS.get(key) if head else None
    if known is not None:
        return known
    rulebook = rulebook_now(store, repositories, programme)
    found = _rooms(repositories, rulebook, programme=programme, partner=partner, on=on)
    if head:
        _ROOMS.put(key, found)
    return found


_ROOMS: Lately[tuple[SemesterRoom, ...]] = Lately(most=64)


def _rooms(
    repositories: UnitOfWork, rulebook: Rulebook, *, programme: str, partner: str, on: date
) -> tuple[SemesterRoom, ...]:
    family = (partner, *repositories.partners.predecessors(programme, partner=partner))
    given = semester_allocations(rulebook, family)
    if not given:
        return ()
    moved = repositories.figures.moved(programme, partners=family)
    filed = repositories.figures.filed(
        programme, partners=family, states=[one.value for one in IN_PROCESS]
    )
    approved = _by_semester((one.activity, one.semester, one.cents) for one in moved)
    waiting = _by_semester((one.activity, one.semester, one.eligible_cents) for one in filed)
    running = Calendar(rulebook).semester_no(on)
    return tuple(
        SemesterRoom(
            semester=name,
            allocated_cents=given[name][0],
            approved_cents=approved[name],
            in_process_cents=waiting[name],
            has_begun=running is None or semester_number(name) <= running,
        )
        for name in sorted(given, key=semester_number)
    )


def recent_rooms(rooms: Iterable[SemesterRoom]) -> tuple[SemesterRoom, ...]:
    """Give the rooms of the last semesters that have begun, the latest first."""
    begun = [one for one in rooms if one.has_begun]
    return tuple(begun[::-1][:RECENT])


def tightest_after(
    rooms: Iterable[SemesterRoom], standing: Standing, rulebook: Rulebook, *, is_decided: bool
) -> SemesterLeft | None:
    """Give the semester that a claim leaves with least; None where its lines stand in no room.

    Args:
        rooms: of the partner.
        standing: the lines of the claim, and what of them is eligible.
        rulebook: knows when semesters begin.
        is_decided: whether the claim stands in the books already.
    """
    claimed = _eligible_by_semester(standing, rulebook)
    left = [
        SemesterLeft(
            one.semester,
            one.allocated_cents - one.approved_cents - (0 if is_decided else claimed[one.semester]),
        )
        for one in rooms
        if one.semester in claimed
    ]
    return min(left, key=lambda one: one.cents, default=None)


def _eligible_by_semester(standing: Standing, rulebook: Rulebook) -> Mapping[str, int]:
    calendar = Calendar(rulebook)
    lines = standing.frame.select("line_no", "activity", "activity_on")
    numbers = {day: calendar.semester_no(day) for day in lines["activity_on"].unique().drop_nulls()}
    found: defaultdict[str, int] = defaultdict(int)
    for line_no, activity, day in lines.iter_rows():
        number = numbers.get(day)
        if number is not None and activity != FLAT_RATE and line_no in standing.cents:
            found[semester_name(number)] += standing.cents[line_no].eligible
    return found


def _by_semester(sums: Iterable[tuple[str, str, int]]) -> Mapping[str, int]:
    found: defaultdict[str, int] = defaultdict(int)
    for activity, semester, cents in sums:
        if activity != FLAT_RATE:
            found[semester] += cents
    return found
