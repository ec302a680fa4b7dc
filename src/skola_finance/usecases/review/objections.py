"""Objections to decisions on claims, irregularities and recoveries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from skola_finance.problems import Text
from skola_finance.storage.tables import ObjectionRow
from skola_finance.usecases.claim_life import step_claim
from skola_finance.usecases.in_force import rulebook_now
from skola_finance.usecases.order import Answer
from skola_finance.usecases.reports.scope import reading_reports, scope_of
from skola_finance.usecases.terms import entered, working_calendar
from skola_finance.usecases.use_case import use_case
from skola_finance.usecases.wording import refuse, unusable_input
from skola_finance.workflow import (
    CLAIMS,
    DUTIES,
    IRREGULARITIES,
    OBJECTIONS,
    RECOVERIES,
    ClaimCommand,
    ClaimState,
    Duty,
    IrregularityCommand,
    IrregularityState,
    ObjectionCommand,
    ObjectionState,
    RecoveryCommand,
    RecoveryState,
    not_found,
    obligations,
    riga_day,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime

    from skola_finance.storage.tables import IrregularityRow, RecoveryRow
    from skola_finance.usecases.order import Order
    from skola_finance.usecases.store import Store
    from skola_finance.usecases.work import Work

WHAT = Text(lv="iebildums", en="objection")
THING = Text(lv="apstrīdamais lēmums", en="decision objected to")


@dataclass(frozen=True, slots=True)
class _Decision:
    """Which acts decide on a thing, and in which states the decision stands."""

    acts: frozenset[str]
    states: frozenset[str]


_DECISIONS: Mapping[str, _Decision] = {
    CLAIMS.key: _Decision(
        acts=frozenset({ClaimCommand.REJECT, ClaimCommand.APPROVE}),
        states=frozenset(
            {
                *(ClaimState.REJECTED, ClaimState.APPROVED, ClaimState.ORDERED),
                *(ClaimState.PAID, ClaimState.SETTLED),
            }
        ),
    ),
    IRREGULARITIES.key: _Decision(
        acts=frozenset({IrregularityCommand.ESTABLISH}),
        states=frozenset(IrregularityState)
        - {IrregularityState.SUSPECTED, IrregularityState.DISMISSED},
    ),
    RECOVERIES.key: _Decision(
        acts=frozenset({RecoveryCommand.NOTIFY}),
        states=frozenset(RecoveryState) - {RecoveryState.ANNULLED},
    ),
}
"""By the machine of the thing."""


@dataclass(frozen=True, slots=True)
class _Thing:
    """A thing that was decided on, as this person sees it."""

    programme: str
    partner_reg_no: str
    state: str


@use_case(
    title=Text(lv="Iesniegt iebildumu", en="File an objection"),
    roles=OBJECTIONS.may[ObjectionCommand.FILE],
)
def file_objection(work: Work, *, machine: str, thing: str, reasons: str) -> Answer:
    """Object to a decision, with reasons.

    Args:
        machine: `claim`, `irregularity` or `recovery`.
        thing: the key of the claim, case or recovery.
        reasons: why; without naming a learner.

    Raises: NotFound (AUT-603); CommandRefused WFL-518 (machine, reasons), WFL-571 (nothing was
        decided, or it no longer stands), WFL-572 (there is an objection to it), WFL-573 (the term
        is over). While the programme has entered no term, any day will do.
    """
    if machine not in _DECISIONS:
        raise unusable_input("machine", lv=f"nav veida „{machine}”", en=f"there is no “{machine}”")
    if not reasons.strip():
        raise unusable_input("reasons", lv="nav pamatojuma", en="the reasons are missing")
    found = _thing(work, machine, thing)
    decided_at = _decided_at(work, machine, thing, found)
    _check_single(work, machine, thing, found, decided_at)
    _check_term(work, found, thing, decided_on=riga_day(decided_at))
    row = ObjectionRow(
        programme=found.programme,
        partner_reg_no=found.partner_reg_no,
        machine=machine,
        thing=thing,
        reasons=reasons.strip(),
        filed_at=work.order.at,
        state=ObjectionState.FILED.value,
    )
    work.repositories.add(row)
    row.state = work.begin(OBJECTIONS, thing=str(row.id))
    return _keep(work, row)


@use_case(
    title=Text(lv="Apmierināt iebildumu", en="Uphold an objection"),
    roles=OBJECTIONS.may[ObjectionCommand.UPHOLD],
)
def uphold_objection(work: Work, *, objection: int, decision: str) -> Answer:
    """Decide for the partner, with reasons. A rejected claim goes back to review.

    What else follows is done by its own command: a case is dismissed, a recovery annulled, a cut of
    an approved claim given back.

    Raises: Refused WFL-502 for whoever took the decision objected to, or reviewed the claim.
    """
    row = _decide(work, objection, ObjectionCommand.UPHOLD, decision)
    if row.machine == CLAIMS.key:
        claim = work.claim(row.thing)
        if claim.state == ClaimState.REJECTED:
            step_claim(work, claim, ClaimCommand.UPHOLD_OBJECTION, note=row.decision)
            work.change(claim)
            return _keep(work, row, claim=claim.key, claim_state=claim.state)
    return _keep(work, row)


@use_case(
    title=Text(lv="Noraidīt iebildumu", en="Dismiss an objection"),
    roles=OBJECTIONS.may[ObjectionCommand.DISMISS],
)
def dismiss_objection(work: Work, *, objection: int, decision: str) -> Answer:
    """Decide against the partner, with reasons; the decision stands.

    Raises: Refused WFL-502 for whoever took the decision objected to.
    """
    return _keep(work, _decide(work, objection, ObjectionCommand.DISMISS, decision))


@use_case(
    title=Text(lv="Atsaukt iebildumu", en="Withdraw an objection"),
    roles=OBJECTIONS.may[ObjectionCommand.WITHDRAW],
)
def withdraw_objection(work: Work, *, objection: int, reason: str = "") -> Answer:
    """Take an objection back before it is decided."""
    row = _row(work, objection)
    row.state = _step(work, row, ObjectionCommand.WITHDRAW, reason)
    return _keep(work, row)


def objections_of(
    store: Store, order: Order, *, programme: str, partner: str | None = None
) -> Sequence[ObjectionRow]:
    """Give objections in their order; a partner's people see their own.

    Raises: RoleNotAllowed (AUT-601); NotFound (AUT-603).
    """
    with reading_reports(store, order) as repositories:
        scope = scope_of(repositories, order, programme=programme, partner=partner)
        rows = repositories.cases.objections(programme)
        return [row for row in rows if row.partner_reg_no in scope.claimants]


def _thing(work: Work, machine: str, thing: str) -> _Thing:
    """Find what was decided on, held against other changes."""
    if machine == CLAIMS.key:
        claim = work.claim(thing)
        return _Thing(claim.programme, claim.partner_reg_no, claim.state)
    case = (
        work.repositories.cases.irregularity(thing)
        if machine == IRREGULARITIES.key
        else work.repositories.payments.recovery(thing)
    )
    if case is None or not _is_seen(work, case):
        raise not_found(THING)
    return _Thing(case.programme, case.partner_reg_no, case.state)


def _is_seen(work: Work, row: IrregularityRow | RecoveryRow | ObjectionRow) -> bool:
    """Say whether a row exists for a person: a successor's people see what was taken over."""
    holder = work.repositories.partners.holder(row.programme, partner=row.partner_reg_no)
    return work.order.actor.sees(row.partner_reg_no) or work.order.actor.sees(holder)


def _decided_at(work: Work, machine: str, thing: str, found: _Thing) -> datetime:
    """Give the moment of the last decision that still stands."""
    decision = _DECISIONS[machine]
    acts = [act for act in work.history(machine, thing) if act.command in decision.acts]
    if acts and found.state in decision.states:
        return acts[-1].at
    raise refuse(
        "WFL-571",
        lv=f"Par „{thing}” nav spēkā esoša lēmuma, pret kuru iebilst.",
        en=f"There is no decision on “{thing}” in force to object to.",
        hint_lv="Iebildumu iesniedz pēc lēmuma; skatiet tā vēsturi.",
        hint_en="An objection follows a decision; look at its history.",
        subject=thing,
    )


def _check_single(
    work: Work, machine: str, thing: str, found: _Thing, decided_at: datetime
) -> None:
    earlier = work.repositories.cases.objections(found.programme, machine=machine, thing=thing)
    for one in earlier:
        if one.state != ObjectionState.WITHDRAWN and one.filed_at >= decided_at:
            state = OBJECTIONS.state_names[ObjectionState(one.state)]
            raise refuse(
                "WFL-572",
                lv=f"Pret šo lēmumu jau ir iebildums Nr. {one.id} ({state.lv.lower()}).",
                en=f"There is an objection to this decision, no. {one.id} ({state.en.lower()}).",
                hint_lv="Sagaidiet lēmumu par to; pret vienu lēmumu iebilst vienu reizi.",
                hint_en="Wait for the decision on it; one decision is objected to once.",
                subject=str(one.id),
            )


def _check_term(work: Work, found: _Thing, thing: str, *, decided_on: date) -> None:
    last = last_day_to_object(work, found.programme, thing, decided_on=decided_on)
    if last is None or work.on <= last:
        return
    raise refuse(
        "WFL-573",
        lv=f"Iebildumu pret {decided_on:%d.%m.%Y.} lēmumu varēja iesniegt līdz {last:%d.%m.%Y.}",
        en=f"An objection to the decision of {decided_on} could be filed until {last}.",
        hint_lv="Sazinieties ar projekta vadītāju; strīdus izskata sadarbības līguma kārtībā.",
        hint_en="Speak to the programme manager; disputes go the way of the agreement.",
        subject=thing,
    )


def last_day_to_object(work: Work, programme: str, thing: str, *, decided_on: date) -> date | None:
    """Give the last day to object to a decision; None where the programme has no such term."""
    rulebook = rulebook_now(work.store, work.repositories, programme)
    setting = entered(rulebook, DUTIES[Duty.OBJECT].key, on=decided_on)
    if setting is None:
        return None
    found = obligations(
        Duty.OBJECT,
        subject=thing,
        since=decided_on,
        setting=setting,
        on=work.on,
        calendar=working_calendar(rulebook),
    )
    return found[0].due_on if found else None


def _decide(work: Work, objection: int, command: ObjectionCommand, decision: str) -> ObjectionRow:
    row = _row(work, objection)
    if not decision.strip():
        raise unusable_input("decision", lv="nav pamatojuma", en="the reasons are missing")
    row.state = _step(work, row, command, decision.strip())
    row.decision = decision.strip()
    return row


def _row(work: Work, objection: int) -> ObjectionRow:
    row = work.repositories.cases.objection(objection)
    if row is None or not _is_seen(work, row):
        raise not_found(WHAT)
    return row


def _step(work: Work, row: ObjectionRow, command: ObjectionCommand, note: str) -> str:
    """Take a step; the acts of the thing decided on come first, so that its decider is known."""
    return work.step(
        OBJECTIONS,
        command,
        thing=str(row.id),
        state=ObjectionState(row.state),
        note=note,
        before=tuple(work.history(row.machine, row.thing)),
    )


def _keep(work: Work, row: ObjectionRow, **more: str) -> Answer:
    work.repositories.add(row)
    return Answer(
        f"objection/{row.id}",
        {"objection": row.id, "state": row.state, "thing": row.thing, **more},
    )
