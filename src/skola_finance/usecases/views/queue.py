"""The work queue: claims that wait for the agency, the most urgent first, and what else waits."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from skola_finance.problems import Text
from skola_finance.usecases.claim_life import machine_of
from skola_finance.usecases.in_force import rulebook_now
from skola_finance.usecases.lately import kept_for_a_while
from skola_finance.usecases.reports.terms_due import Terms
from skola_finance.usecases.views.clocks import ClaimClocks
from skola_finance.usecases.views.rights import rights_of
from skola_finance.usecases.work import PROGRAMME, Work
from skola_finance.workflow import (
    CLAIMS,
    ClaimCommand,
    ClaimState,
    ObjectionState,
    Role,
    SpotCheckState,
    SubProjectState,
    not_found,
    require_role,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from skola_finance.storage.repositories import Repositories
    from skola_finance.storage.repositories.waiting import ActOf
    from skola_finance.storage.tables import ClaimRow
    from skola_finance.usecases.order import Order
    from skola_finance.usecases.store import Store
    from skola_finance.usecases.views.clocks import ClaimClock
    from skola_finance.usecases.views.rights import Right
    from skola_finance.workflow import Machine

    Timed = tuple[ClaimRow, ClaimClock | None]
    Place = tuple[int, int, str]

READ_QUEUE = Text(lv="Skatīt uzdevumu sarakstu", en="See the work queue")
READERS = frozenset(
    {Role.AGENCY_REVIEWER, Role.AGENCY_APPROVER, Role.PROGRAMME_MANAGER, Role.AUDITOR}
)
WITH_REVIEWERS = (ClaimState.SUBMITTED, ClaimState.IN_REVIEW, ClaimState.CLARIFICATION)
WAITING = (*WITH_REVIEWERS, ClaimState.RECOMMENDED)
NO_TERM = 1_000_000
"""Where a claim without a term stands among the working days left: after all others."""
_ALL = 1_000_000
MINE, NOBODYS = "mine", "nobody"
MEDIUM_RISK, HIGH_RISK = 20, 50
"""From which score on a claim's risk is called medium or high; the score only orders work."""
_NEXT = {
    ClaimState.SUBMITTED: ClaimCommand.START_REVIEW,
    ClaimState.IN_REVIEW: ClaimCommand.RECOMMEND,
    ClaimState.CLARIFICATION: ClaimCommand.RESUME,
}


class QueueOrder(StrEnum):
    """What comes first in the queue."""

    URGENCY = "urgency"
    """The fewest working days left; stopped clocks last."""
    AMOUNT = "amount"
    """The largest eligible sum."""
    RISK = "risk"
    """The highest score."""


@dataclass(frozen=True, slots=True)
class WaitingClaim:
    """A claim that waits; amounts in cents. `next` is the command that moves it on."""

    claim: str
    claim_no: str
    partner_reg_no: str
    partner_name: str
    kind: str
    period_from: date | None
    period_to: date | None
    state: str
    lines: int
    claimed_cents: int
    eligible_cents: int
    errors: int
    warnings: int
    risk_score: int
    reviewer: str
    clock: ClaimClock | None
    next: Right | None

    @property
    def risk(self) -> str:
        """How high the score is: `low`, `medium` or `high`."""
        return risk_level(self.risk_score)

    @property
    def is_mine_to_do(self) -> bool:
        """Whether the person can move it on now."""
        return self.next is not None and self.next.is_open


@dataclass(frozen=True, slots=True)
class OtherWork:
    """How much waits beside the claims."""

    objections: int
    spot_checks: int
    sub_projects: int
    sub_project_reports: int
    revivable_partners: int
    revivable_cents: int


@dataclass(frozen=True, slots=True)
class WorkQueue:
    """A page of the queue.

    Attributes:
        claims: what waits, in the order asked for.
        states: how many claims there are in each state that the queue can show.
        shown_states: those that are shown.
        found: how many claims fit the filters, over all pages.
        cents: what they come to.
        overdue, stopped: how many of them are over their term, and how many clocks stand.
        next_after: where the next page begins; empty on the last one.
        partners: every partner with a claim in the queue, for the filter.
        other: what waits beside the claims.
        reviewers: how many persons review before the approver.
    """

    claims: tuple[WaitingClaim, ...]
    states: Mapping[str, int]
    shown_states: tuple[str, ...]
    found: int
    cents: int
    overdue: int
    stopped: int
    next_after: str
    partners: tuple[tuple[str, str], ...]
    other: OtherWork
    reviewers: int


def risk_level(score: int) -> str:
    """Give how high a score of risk is: `low`, `medium` or `high`."""
    if score >= HIGH_RISK:
        return "high"
    return "medium" if score >= MEDIUM_RISK else "low"


@kept_for_a_while(64)
def work_queue(
    store: Store,
    order: Order,
    *,
    programme: str,
    state: str = "",
    partner: str = "",
    reviewer: str = "",
    text: str = "",
    by: str = QueueOrder.URGENCY,
    after: str = "",
    limit: int = 50,
) -> WorkQueue:
    """Give the claims that wait for the agency as a person sees them.

    Args:
        state: one state, or `all`; left out, those that this role works on.
        partner: whose claims alone.
        reviewer: `mine`, `nobody`, or everybody's.
        text: part of a key or of a partner's own number.
        by: what comes first, a `QueueOrder`.
        after: where the page before ended, as it said.
        limit: how many claims on a page.

    Raises: RoleNotAllowed (AUT-601); NotFound (AUT-603) for an unknown programme.
    """
    require_role(order.actor, command=READ_QUEUE, may=READERS)
    with store.reading() as repositories:
        if repositories.programmes.get(programme) is None:
            raise not_found(PROGRAMME)
        machine = machine_of(Work(store, repositories, order), programme)
        shown = _shown(state, order.actor.role, machine.quorums[0].persons)
        rows = repositories.waiting.claims(
            programme,
            states=shown,
            partner=partner,
            reviewer={MINE: order.actor.id, NOBODYS: ""}.get(reviewer),
            text=text,
        )
        acts = repositories.waiting.acts(CLAIMS.key, (row.key for row in rows))
        clocks = ClaimClocks(Terms(rulebook_now(store, repositories, programme), on=order.on))
        timed = [(row, clocks.of(row, acts.get(row.key, ()))) for row in rows]
        page, next_after = _page(timed, by=by, after=after, limit=limit)
        names = repositories.waiting.partner_names()
        return WorkQueue(
            claims=tuple(
                _claim(row, clock, names, _next_right(machine, row, order, acts.get(row.key, ())))
                for row, clock in page
            ),
            states=repositories.waiting.states(programme),
            shown_states=tuple(one.value for one in shown),
            found=len(rows),
            cents=sum(row.eligible_cents for row in rows),
            overdue=sum(_is_overdue(clock) for _, clock in timed),
            stopped=sum(clock is not None and clock.is_stopped for _, clock in timed),
            next_after=next_after,
            partners=_by_name(names),
            other=_other(repositories, programme),
            reviewers=machine.quorums[0].persons,
        )


def next_claim(store: Store, order: Order, *, programme: str, without: Sequence[str] = ()) -> str:
    """Give the key of the most urgent claim that this person can move on; empty where none waits.

    A claim that was given to another reviewer is left to that person.

    Args:
        without: claims that somebody else has just taken.

    Raises: RoleNotAllowed (AUT-601); NotFound (AUT-603).
    """
    queue = work_queue(store, order, programme=programme, limit=_ALL)
    for one in queue.claims:
        is_free = one.reviewer in {"", order.actor.id} or one.state == ClaimState.RECOMMENDED
        is_new = one.state in {ClaimState.SUBMITTED, ClaimState.RECOMMENDED}
        if one.is_mine_to_do and is_free and is_new and one.claim not in without:
            return one.claim
    return ""


def _shown(state: str, role: Role, reviewers: int) -> tuple[ClaimState, ...]:
    """Give the states to show: the one asked for, or what a role works on."""
    if state == "all":
        return WAITING
    if state in WAITING:
        return (ClaimState(state),)
    if role is Role.AGENCY_APPROVER:
        return (ClaimState.RECOMMENDED,)
    if role is Role.AGENCY_REVIEWER and reviewers == 1:
        return WITH_REVIEWERS
    return WAITING


def _page(timed: Iterable[Timed], *, by: str, after: str, limit: int) -> tuple[list[Timed], str]:
    """Give the claims of a page in order, and where the next one begins."""
    wanted = QueueOrder(by) if by in set(QueueOrder) else QueueOrder.URGENCY
    placed = sorted(((_place(*one, wanted), one) for one in timed), key=lambda each: each[0])
    start = _read_place(after)
    rest = [one for one in placed if start is None or one[0] > start]
    is_last = len(rest) <= limit
    return [one for _, one in rest[:limit]], "" if is_last else _written(rest[limit - 1][0])


def _place(row: ClaimRow, clock: ClaimClock | None, by: QueueOrder) -> Place:
    match by:
        case QueueOrder.AMOUNT:
            return (-row.eligible_cents, 0, row.key)
        case QueueOrder.RISK:
            return (-row.risk_score, -row.eligible_cents, row.key)
        case QueueOrder.URGENCY:
            is_stopped = clock is not None and clock.is_stopped
            term = clock.term if clock is not None else None
            age = clock.calendar_days if clock is not None else 0
            return (int(is_stopped), term.days_left if term else NO_TERM - age, row.key)


def _written(place: Place) -> str:
    return ".".join(str(part) for part in place)


def _read_place(text: str) -> Place | None:
    """Read where a page ended; what cannot be read begins at the beginning."""
    first, _, rest = text.partition(".")
    second, _, key = rest.partition(".")
    try:
        return (int(first), int(second), key)
    except ValueError:
        return None


def _next_right(
    machine: Machine[ClaimState, ClaimCommand], row: ClaimRow, order: Order, acts: Iterable[ActOf]
) -> Right | None:
    """Say whether this person can move a claim on, by the command that its state waits for."""
    state, role = ClaimState(row.state), order.actor.role
    command = _NEXT.get(state)
    if state is ClaimState.RECOMMENDED:
        command = ClaimCommand.ENDORSE if role is Role.AGENCY_REVIEWER else ClaimCommand.APPROVE
    if command is None or role not in machine.may[command]:
        return None
    found = rights_of(
        machine, row.state, actor=order.actor, at=order.at, acts=acts, commands=[command]
    )
    return found[command]


def _claim(
    row: ClaimRow, clock: ClaimClock | None, names: Mapping[str, str], right: Right | None
) -> WaitingClaim:
    return WaitingClaim(
        claim=row.key,
        claim_no=row.claim_no,
        partner_reg_no=row.partner_reg_no,
        partner_name=names.get(row.partner_reg_no, row.partner_reg_no),
        kind=row.kind,
        period_from=row.period_from,
        period_to=row.period_to,
        state=row.state,
        lines=row.lines,
        claimed_cents=row.claimed_cents,
        eligible_cents=row.eligible_cents,
        errors=row.errors,
        warnings=row.warnings,
        risk_score=row.risk_score,
        reviewer=row.reviewer,
        clock=clock,
        next=right,
    )


def _by_name(names: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(names.items(), key=lambda one: one[1]))


def _is_overdue(clock: ClaimClock | None) -> bool:
    return clock is not None and clock.term is not None and clock.term.is_overdue


def _other(repositories: Repositories, programme: str) -> OtherWork:
    objections, spot_checks, sub_projects = repositories.waiting.others(programme)
    revivable = repositories.waiting.revivable(programme)
    open_checks = (SpotCheckState.PLANNED, SpotCheckState.NOTIFIED, SpotCheckState.HELD)
    return OtherWork(
        objections=objections.get(ObjectionState.FILED, 0),
        spot_checks=sum(spot_checks.get(state, 0) for state in open_checks),
        sub_projects=sub_projects.get(SubProjectState.APPLIED, 0),
        sub_project_reports=sub_projects.get(SubProjectState.REPORTED, 0),
        revivable_partners=len(revivable),
        revivable_cents=sum(cents for _, _, cents in revivable),
    )
