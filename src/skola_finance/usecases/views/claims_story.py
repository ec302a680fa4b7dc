"""What happened to a claim: questions and answers, its time line, and what was decided."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from skola_finance.usecases.filing.standing import claim_seen, standing_of
from skola_finance.usecases.line_decisions import DecisionKind, last_of_lines
from skola_finance.usecases.reports.lines_behind import title_of
from skola_finance.usecases.views.claims_page import APPROVED
from skola_finance.workflow import (
    CLAIMS,
    PAYMENT_ORDERS,
    ClaimCommand,
    ClaimState,
    ClarificationState,
    PaymentState,
    Role,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime

    from skola_finance.problems import Citation, Problem, Text
    from skola_finance.rulebook import Rulebook
    from skola_finance.storage.repositories import Repositories
    from skola_finance.storage.tables import ActRow, ClaimRow, LineDecisionRow, PaymentOrderRow
    from skola_finance.usecases.filing.standing import Standing
    from skola_finance.usecases.order import Order
    from skola_finance.usecases.store import Store

_INSIDE = frozenset(
    {
        *(ClaimCommand.ASSIGN, ClaimCommand.DRAW_SAMPLE, ClaimCommand.TICK),
        *(ClaimCommand.CUT_LINE, ClaimCommand.PARK_LINE, ClaimCommand.KEEP_LINE),
        *(ClaimCommand.DECIDE_LAW, ClaimCommand.ENDORSE, ClaimCommand.SEND_BACK),
    }
)
"""How the agency works inside is not told to the partner; what comes of it is."""
_TOLD = frozenset(
    {
        *(ClaimCommand.ASK, ClaimCommand.RETURN, ClaimCommand.REJECT, ClaimCommand.WITHDRAW),
        *(ClaimCommand.RESUME, ClaimCommand.UPHOLD_OBJECTION),
    }
)
"""Acts whose note was written to be read by the partner."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question to the partner; `line_no` is None for one about the whole claim."""

    number: int
    version: int
    line_id: str
    line_no: int | None
    question: str
    answer: str
    answer_by: date
    asked_at: datetime
    answered_at: datetime | None
    state: str

    @property
    def is_open(self) -> bool:
        """Whether it is with the partner."""
        return self.state == ClarificationState.ASKED


@dataclass(frozen=True, slots=True)
class HistoryStep:
    """An act in the life of a claim.

    `count` says how many of the same kind in a row are told as one; `actor` is empty where whoever
    looks is only told the role.
    """

    at: datetime
    command: str
    title: Text
    role: Role
    actor: str
    state: str
    note: str
    amounts: Mapping[str, int]
    count: int = 1


@dataclass(frozen=True, slots=True)
class DecidedLine:
    """A line that came out with less than was claimed, and why; amounts in cents."""

    line_no: int
    line_id: str
    sheet: str | None
    row: int | None
    claimed_cents: int
    eligible_cents: int
    ineligible_cents: int
    unfunded_cents: int
    kind: DecisionKind | None
    reasons: tuple[tuple[str, Text, Citation | None], ...]
    reviewer_reason: str


@dataclass(frozen=True, slots=True)
class ClaimObjection:
    """An objection to the decision."""

    number: int
    reasons: str
    decision: str
    state: str
    filed_at: datetime


@dataclass(frozen=True, slots=True)
class ClaimOrder:
    """A payment order of a claim; `executed_on` is None until the bank has paid it."""

    key: str
    amount_cents: int
    ordered_on: date
    executed_on: date | None
    state: Text


@dataclass(frozen=True, slots=True)
class ClaimDecision:
    """What was decided on a claim.

    Attributes:
        outcome: the state of the claim.
        decided_at: when; None while nothing was decided.
        letter: what the reviewer wrote with it.
        approved_lines: how many lines are approved in full.
        cut: those that are not, in their order.
        orders: of its payment, in their order.
        objections: in their order.
        may_object: whether an objection can be filed by whoever looks, as far as its state goes.
    """

    outcome: str
    decided_at: datetime | None
    letter: str
    approval_no: int | None
    approved_cents: int
    cleared_cents: int
    set_off_cents: int
    approved_lines: int
    cut: tuple[DecidedLine, ...]
    orders: tuple[ClaimOrder, ...]
    objections: tuple[ClaimObjection, ...]
    may_object: bool


def questions_of(store: Store, order: Order, *, claim: str) -> tuple[Question, ...]:
    """Give the questions about a claim in order.

    Raises: NotFound (AUT-603).
    """
    with store.reading() as repositories:
        row = claim_seen(repositories, order, claim)
        rows = repositories.claims.clarifications(row.id)
        standing = standing_of(repositories, store, order, row) if rows else None
    places = _places(standing) if standing is not None else {}
    return tuple(
        Question(
            number=one.id,
            version=one.version,
            line_id=one.line_id,
            line_no=places.get(one.line_id) if one.line_id else None,
            question=one.question,
            answer=one.answer,
            answer_by=one.answer_by,
            asked_at=one.asked_at,
            answered_at=one.answered_at,
            state=one.state,
        )
        for one in rows
    )


def history_of(store: Store, order: Order, *, claim: str) -> tuple[HistoryStep, ...]:
    """Give the life of a claim in words, the newest first.

    A partner's people are told what was done, by which role, and what was written to them.

    Raises: NotFound (AUT-603).
    """
    is_partner = order.actor.role.sees_own_partner_only
    with store.reading() as repositories:
        row = claim_seen(repositories, order, claim)
        acts = repositories.records.acts("claim", row.key)
        entries = repositories.records.journal(subject=row.key, limit=1_000)
        amounts = {one.number: one.amounts for one in entries}
    steps: list[HistoryStep] = []
    for act in acts:
        if is_partner and act.command in _INSIDE:
            continue
        step = _step(act, amounts.get(act.journal_no, {}), is_partner=is_partner)
        last = steps[-1] if steps else None
        if last is not None and _is_more_of(last, step):
            steps[-1] = _merged(last, step)
        else:
            steps.append(step)
    return tuple(reversed(steps))


def decision_of(store: Store, order: Order, *, claim: str) -> ClaimDecision:
    """Give what was decided on a claim, line by line where less came out than was claimed.

    Raises: NotFound (AUT-603).
    """
    with store.reading() as repositories:
        row = claim_seen(repositories, order, claim)
        standing = standing_of(repositories, store, order, row)
        acts = repositories.records.acts("claim", row.key)
        cut = _cut_lines(repositories, store, standing)
        orders = repositories.payments.orders(row.programme, document=row.key)
        objections = [
            ClaimObjection(one.id, one.reasons, one.decision, one.state, one.filed_at)
            for one in repositories.cases.objections(row.programme, machine="claim", thing=row.key)
        ]
    decided = _deciding_act(row, acts)
    is_open = any(one.state == "filed" for one in objections)
    may_object = row.state in APPROVED | {ClaimState.REJECTED} and not is_open
    is_filing = order.actor.role in {Role.PARTNER_ACCOUNTANT, Role.PARTNER_SIGNATORY}
    return ClaimDecision(
        outcome=row.state,
        decided_at=decided.at if decided is not None else None,
        letter=decided.note if decided is not None else "",
        approval_no=row.approval_no,
        approved_cents=row.approved_cents,
        cleared_cents=row.cleared_cents,
        set_off_cents=row.set_off_cents,
        approved_lines=standing.frame.height - len(cut),
        cut=cut,
        orders=tuple(_order(one) for one in orders),
        objections=tuple(objections),
        may_object=may_object and is_filing,
    )


def _order(row: PaymentOrderRow) -> ClaimOrder:
    return ClaimOrder(
        key=row.key,
        amount_cents=row.amount_cents,
        ordered_on=row.ordered_on,
        executed_on=row.executed_on,
        state=PAYMENT_ORDERS.state_names[PaymentState(row.state)],
    )


def _places(standing: Standing) -> dict[str, int]:
    frame = standing.frame
    return dict(zip(frame["line_id"].to_list(), frame["line_no"].to_list(), strict=True))


def _step(act: ActRow, amounts: Mapping[str, int], *, is_partner: bool) -> HistoryStep:
    command = ClaimCommand(act.command)
    role = Role(act.role)
    is_own = role.sees_own_partner_only
    return HistoryStep(
        at=act.at,
        command=act.command,
        title=CLAIMS.command_names[command],
        role=role,
        actor="" if is_partner and not is_own else act.actor,
        state=act.state,
        note=act.note if not is_partner or command in _TOLD else "",
        amounts=dict(amounts),
    )


def _is_more_of(last: HistoryStep, step: HistoryStep) -> bool:
    """Say whether an act only goes on with the one before: lines edited again and again."""
    return (last.command, last.actor, last.role, step.note) == (
        step.command,
        step.actor,
        step.role,
        "",
    )


def _merged(last: HistoryStep, step: HistoryStep) -> HistoryStep:
    return HistoryStep(
        at=step.at,
        command=step.command,
        title=step.title,
        role=step.role,
        actor=step.actor,
        state=step.state,
        note=last.note,
        amounts=step.amounts,
        count=last.count + 1,
    )


_DECIDING = {
    ClaimState.RETURNED: {ClaimCommand.RETURN},
    ClaimState.REJECTED: {ClaimCommand.REJECT},
    **{state: {ClaimCommand.APPROVE, ClaimCommand.REVIVE} for state in APPROVED},
}


def _deciding_act(row: ClaimRow, acts: Sequence[ActRow]) -> ActRow | None:
    wanted = _DECIDING.get(ClaimState(row.state), set())
    return next((act for act in reversed(acts) if act.command in wanted), None)


def _cut_lines(
    repositories: Repositories, store: Store, standing: Standing
) -> tuple[DecidedLine, ...]:
    row = standing.row
    kept = repositories.claims.assessment(row.id, standing.version.version)
    rulebook = store.rulebook(repositories, kept.rulebook_digest) if kept is not None else None
    decided = last_of_lines(repositories.claims.decisions(row.id, standing.version.version))
    columns = ("line_no", "line_id", "sheet", "row", "activity_on")
    found = []
    for line_no, line_id, sheet, at, day in standing.frame.select(columns).iter_rows():
        cents = standing.cents.get(line_no)
        if cents is None or cents.eligible == cents.claimed:
            continue
        problems = [one for one in standing.problems(line_no) if one.cut_cents]
        own = decided.get(line_id)
        found.append(
            DecidedLine(
                line_no=line_no,
                line_id=line_id or "",
                sheet=sheet,
                row=at,
                claimed_cents=cents.claimed,
                eligible_cents=cents.eligible,
                ineligible_cents=cents.ineligible,
                unfunded_cents=cents.unfunded,
                kind=DecisionKind(own.kind) if own is not None else None,
                reasons=_reasons(problems, own, rulebook, on=day or standing.on),
                reviewer_reason=own.reason if own is not None else "",
            )
        )
    return tuple(found)


def _reasons(
    problems: Sequence[Problem],
    own: LineDecisionRow | None,
    rulebook: Rulebook | None,
    *,
    on: date | None,
) -> tuple[tuple[str, Text, Citation | None], ...]:
    """Give the rules that took something of a line, that which the reviewer named first."""
    named = own.rule_code if own is not None else ""
    found = [
        (
            one.code,
            title_of(rulebook, one.code) if rulebook is not None else one.message,
            one.citation,
        )
        for one in problems
    ]
    if named and rulebook is not None and named not in {code for code, *_ in found}:
        versions = rulebook.candidates(named, on=on) if named in rulebook.rules and on else ()
        citation = versions[-1].citation if versions else None
        found.insert(0, (named, title_of(rulebook, named), citation))
    return tuple(found)
