"""Objections and checks on the spot as the agency works on them, with what a person may do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from skola_finance.usecases.in_force import rulebook_now
from skola_finance.usecases.reports.terms_due import Terms
from skola_finance.usecases.views.clocks import RunningTerm
from skola_finance.usecases.views.queue import READ_QUEUE, READERS
from skola_finance.usecases.views.rights import Right
from skola_finance.usecases.work import PROGRAMME
from skola_finance.workflow import (
    OBJECTIONS,
    SPOT_CHECKS,
    Act,
    Duty,
    ObjectionState,
    SpotCheckState,
    not_found,
    require_role,
    riga_day,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date, datetime
    from enum import StrEnum

    from skola_finance.problems import Text
    from skola_finance.storage.repositories.waiting import ActOf
    from skola_finance.storage.tables import ObjectionRow, SpotCheckRow, SpotFindingRow
    from skola_finance.usecases.order import Order
    from skola_finance.usecases.store import Store
    from skola_finance.workflow import Machine

S = TypeVar("S", bound="StrEnum")
C = TypeVar("C", bound="StrEnum")


@dataclass(frozen=True, slots=True)
class ObjectionShown:
    """An objection with the term to decide on it, and what this person may do."""

    number: int
    machine: str
    thing: str
    partner_name: str
    reasons: str
    filed_at: datetime
    decision: str
    state: str
    state_name: Text
    term: RunningTerm | None
    rights: Mapping[str, Right]

    @property
    def is_open(self) -> bool:
        """Whether it waits for a decision."""
        return self.state == ObjectionState.FILED


@dataclass(frozen=True, slots=True)
class FindingShown:
    """What a check found, on a line or in general; the sum in doubt is in cents."""

    line_id: str
    finding: str
    amount_cents: int
    actor: str
    at: datetime


@dataclass(frozen=True, slots=True)
class SpotCheckShown:
    """A check on the spot with its findings, and what this person may do; `claim` may be empty."""

    number: int
    claim: str
    partner_name: str
    place: str
    subject: str
    planned_on: date
    notified_on: date | None
    held_on: date | None
    reported_on: date | None
    state: str
    state_name: Text
    findings: tuple[FindingShown, ...]
    rights: Mapping[str, Right]


@dataclass(frozen=True, slots=True)
class SpotChecksPage:
    """The checks of a programme or of one claim, the newest first, and whom one may plan for."""

    checks: tuple[SpotCheckShown, ...]
    partners: tuple[tuple[str, str], ...]
    may_plan: bool


def objections_page(store: Store, order: Order, *, programme: str) -> tuple[ObjectionShown, ...]:
    """Give the objections of a programme: those that wait first, then the newest.

    Raises: RoleNotAllowed (AUT-601); NotFound (AUT-603) for an unknown programme.
    """
    require_role(order.actor, command=READ_QUEUE, may=READERS)
    with store.reading() as repositories:
        if repositories.programmes.get(programme) is None:
            raise not_found(PROGRAMME)
        rows = repositories.cases.objections(programme)
        names = repositories.waiting.partner_names()
        own = repositories.waiting.acts(OBJECTIONS.key, (str(row.id) for row in rows))
        terms = Terms(rulebook_now(store, repositories, programme), on=order.on)
        things = {
            machine: repositories.waiting.acts(
                machine, (row.thing for row in rows if row.machine == machine)
            )
            for machine in {row.machine for row in rows}
        }
        # Whoever took the decision objected to is found among the acts of the thing.
        found = [
            _objection(
                row,
                names,
                terms,
                order,
                [*things[row.machine].get(row.thing, []), *own.get(str(row.id), [])],
            )
            for row in rows
        ]
    return tuple(sorted(found, key=lambda one: (not one.is_open, -one.number)))


def spot_checks_page(
    store: Store, order: Order, *, programme: str, claim: str = ""
) -> SpotChecksPage:
    """Give the checks on the spot of a programme, or of one claim.

    Raises: RoleNotAllowed (AUT-601); NotFound (AUT-603) for an unknown programme.
    """
    require_role(order.actor, command=READ_QUEUE, may=READERS)
    with store.reading() as repositories:
        if repositories.programmes.get(programme) is None:
            raise not_found(PROGRAMME)
        of_claim = repositories.claims.by_key(claim) if claim else None
        wanted = of_claim.id if of_claim is not None else None
        rows = [
            row
            for row in repositories.cases.spot_checks(programme)
            if not claim or row.claim_id == wanted
        ]
        names = repositories.waiting.partner_names()
        acts = repositories.waiting.acts(SPOT_CHECKS.key, (str(row.id) for row in rows))
        keys = repositories.waiting.keys(row.claim_id for row in rows if row.claim_id is not None)
        found = repositories.waiting.findings(row.id for row in rows)
        checks = tuple(
            _check(row, names, keys, found.get(row.id, []), order, acts.get(str(row.id), []))
            for row in reversed(rows)
        )
    may_plan = order.actor.role in SPOT_CHECKS.may[SPOT_CHECKS.opening]
    return SpotChecksPage(checks, tuple(sorted(names.items(), key=lambda one: one[1])), may_plan)


def _objection(
    row: ObjectionRow,
    names: Mapping[str, str],
    terms: Terms,
    order: Order,
    acts: Iterable[ActOf],
) -> ObjectionShown:
    state = ObjectionState(row.state)
    due = [
        RunningTerm.of(one)
        for one in terms.due(Duty.DECIDE_OBJECTION, subject=row.thing, since=riga_day(row.filed_at))
    ]
    return ObjectionShown(
        number=row.id,
        machine=row.machine,
        thing=row.thing,
        partner_name=names.get(row.partner_reg_no, row.partner_reg_no),
        reasons=row.reasons,
        filed_at=row.filed_at,
        decision=row.decision,
        state=row.state,
        state_name=OBJECTIONS.state_names[state],
        term=due[0] if due and state is ObjectionState.FILED else None,
        rights=_rights(OBJECTIONS, state, order, acts),
    )


def _check(
    row: SpotCheckRow,
    names: Mapping[str, str],
    keys: Mapping[int, str],
    findings: Iterable[SpotFindingRow],
    order: Order,
    acts: Iterable[ActOf],
) -> SpotCheckShown:
    state = SpotCheckState(row.state)
    return SpotCheckShown(
        number=row.id,
        claim=keys.get(row.claim_id or 0, ""),
        partner_name=names.get(row.partner_reg_no, row.partner_reg_no),
        place=row.place,
        subject=row.subject,
        planned_on=row.planned_on,
        notified_on=row.notified_on,
        held_on=row.held_on,
        reported_on=row.reported_on,
        state=row.state,
        state_name=SPOT_CHECKS.state_names[state],
        findings=tuple(
            FindingShown(one.line_id, one.finding, one.amount_cents, one.actor, one.at)
            for one in findings
        ),
        rights=_rights(SPOT_CHECKS, state, order, acts),
    )


def _rights(
    machine: Machine[S, C], state: S, order: Order, acts: Iterable[ActOf]
) -> Mapping[str, Right]:
    history = [Act(one.actor, one.command, one.at) for one in acts]
    return {
        command.value: Right(
            command.value,
            machine.command_names[command],
            machine.refusals(state, command, actor=order.actor, at=order.at, history=history),
        )
        for command in machine.commands
        if command is not machine.opening
    }
