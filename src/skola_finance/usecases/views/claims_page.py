"""The head of a claim: where it stands, its figures, and the one next step of whoever looks."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from skola_finance.ledger import Account
from skola_finance.problems import Severity
from skola_finance.usecases.claim_life import machine_of
from skola_finance.usecases.filing.standing import Standing, claim_seen, standing_of
from skola_finance.usecases.in_force import rulebook_now
from skola_finance.usecases.lately import kept_for_a_while
from skola_finance.usecases.views.semester_rooms import rooms_of, tightest_after
from skola_finance.usecases.work import Work
from skola_finance.workflow import (
    Act,
    ClaimCommand,
    ClaimState,
    ClarificationState,
    ObjectionState,
)

if TYPE_CHECKING:
    from datetime import date, datetime

    from skola_finance.problems import Problem
    from skola_finance.storage.tables import ClaimRow
    from skola_finance.storage.unit_of_work import UnitOfWork
    from skola_finance.usecases.order import Order
    from skola_finance.usecases.store import Store
    from skola_finance.usecases.views.semester_rooms import SemesterLeft

APPROVED = frozenset({ClaimState.APPROVED, ClaimState.ORDERED, ClaimState.PAID, ClaimState.SETTLED})
"""States in which the amounts were decided on and stand in the books."""
OVER = frozenset({ClaimState.REJECTED, ClaimState.WITHDRAWN})


class NextStep(StrEnum):
    """What whoever looks at a claim does next; the one button beside its title."""

    FILL = "fill"
    """Put in the first lines."""
    MEND = "mend"
    """Mend the lines in error."""
    SUBMIT = "submit"
    """File it."""
    HAND_ON = "hand_on"
    """Somebody else at the partner files it."""
    ANSWER = "answer"
    """Answer the open questions."""
    WAIT = "wait"
    """Nothing; the agency is at it."""
    AWAIT_PAYMENT = "await_payment"
    """Nothing; it is approved and will be paid."""
    READ_DECISION = "read_decision"
    """Read what was decided."""
    REVIEW = "review"
    """Review it."""
    APPROVE = "approve"
    """Approve it, or send it back."""
    ORDER = "order"
    """Order the payment."""
    LOOK = "look"
    """Nothing; the partner is at it."""


@dataclass(frozen=True, slots=True)
class ClaimHead:
    """A claim as its title line and its tabs tell of it.

    `commands` are those of a claim's life that are open to whoever looks; `errors` and `warnings`
    count problems, of a claim in work those of this moment.
    """

    key: str
    programme: str
    partner_reg_no: str
    partner_name: str
    claim_no: str
    kind: str
    period_from: date | None
    period_to: date | None
    state: str
    version: int
    row_version: int
    created_at: datetime
    filed_at: datetime | None
    approved_at: datetime | None
    approval_no: int | None
    reviewer: str
    lines: int
    errors: int
    warnings: int
    commands: frozenset[str]
    next_step: NextStep

    @property
    def is_editable(self) -> bool:
        """Whether whoever looks may change lines now."""
        return ClaimCommand.EDIT.value in self.commands


@dataclass(frozen=True, slots=True)
class ClaimFigures:
    """The figures of a claim in cents: claimed = eligible + ineligible + unfunded.

    `available_cents` is what stays free of the partner's allocation once this claim is approved,
    other claims in process left aside; None where nothing will be. `semester` is the semester of
    this claim that has least left then; None where none has less than the allocation.
    """

    claimed_cents: int
    eligible_cents: int
    ineligible_cents: int
    unfunded_cents: int
    esf_plus_cents: int
    state_cents: int
    available_cents: int | None
    semester: SemesterLeft | None
    approved_cents: int
    paid_cents: int
    is_preview: bool
    illustrative: bool


@dataclass(frozen=True, slots=True)
class ClaimPage:
    """What stands above the tabs of a claim, and how much is behind them."""

    head: ClaimHead
    figures: ClaimFigures
    problems: tuple[Problem, ...]
    evidence: int
    open_questions: int
    questions: int
    has_decision: bool
    objection: str

    @property
    def has_lines_to_mend(self) -> bool:
        """Whether an error is of a line, and not of the claim as a whole."""
        of_claim = sum(one.severity is Severity.ERROR for one in self.problems)
        return self.head.errors > of_claim


@kept_for_a_while(64)
def claim_page(store: Store, order: Order, *, claim: str) -> ClaimPage:
    """Give the head of a claim.

    Raises: NotFound (AUT-603), also for a malformed key.
    """
    with store.reading() as repositories:
        row = claim_seen(repositories, order, claim)
        return page_of(repositories, store, order, standing_of(repositories, store, order, row))


def page_of(repositories: UnitOfWork, store: Store, order: Order, standing: Standing) -> ClaimPage:
    """Give the head of a claim as it stands, also with lines that are only typed yet."""
    row = standing.row
    questions = repositories.claims.clarifications(row.id)
    is_open = ClarificationState.ASKED.value
    objections = repositories.cases.objections(row.programme, machine="claim", thing=row.key)
    standing_ones = [one for one in objections if one.state != ObjectionState.WITHDRAWN]
    return ClaimPage(
        head=_head(repositories, store, order, standing),
        figures=_with_semester(repositories, store, order, standing),
        problems=standing.of_claim,
        evidence=len(repositories.claims.evidence(row.id)),
        open_questions=sum(one.state == is_open for one in questions),
        questions=len(questions),
        has_decision=row.state in APPROVED | {ClaimState.REJECTED, ClaimState.RETURNED},
        objection=standing_ones[-1].state if standing_ones else "",
    )


def _head(repositories: UnitOfWork, store: Store, order: Order, standing: Standing) -> ClaimHead:
    row = standing.row
    work = Work(store, repositories, order)
    history = [
        Act(one.actor, one.command, one.at) for one in repositories.records.acts("claim", row.key)
    ]
    open_to = machine_of(work, row.programme).open_to(
        ClaimState(row.state), actor=order.actor, history=history
    )
    commands = frozenset(one.value for one in open_to)
    partner = repositories.partners.get(row.partner_reg_no)
    judged = standing.judged
    errors = judged.errors if judged is not None else row.errors
    return ClaimHead(
        key=row.key,
        programme=row.programme,
        partner_reg_no=row.partner_reg_no,
        partner_name=partner.name if partner is not None else row.partner_reg_no,
        claim_no=row.claim_no,
        kind=row.kind,
        period_from=row.period_from,
        period_to=row.period_to,
        state=row.state,
        version=row.version,
        row_version=row.row_version,
        created_at=row.created_at,
        filed_at=row.filed_at,
        approved_at=row.approved_at,
        approval_no=row.approval_no,
        reviewer=row.reviewer,
        lines=standing.frame.height,
        errors=errors,
        warnings=judged.warnings if judged is not None else row.warnings,
        commands=commands,
        next_step=_next_step(row, order, commands, lines=standing.frame.height, errors=errors),
    )


_AT_PARTNER = {
    ClaimState.CLARIFICATION: NextStep.ANSWER,
    ClaimState.APPROVED: NextStep.AWAIT_PAYMENT,
    ClaimState.ORDERED: NextStep.AWAIT_PAYMENT,
    **dict.fromkeys(
        (ClaimState.PAID, ClaimState.SETTLED, ClaimState.REJECTED, ClaimState.WITHDRAWN),
        NextStep.READ_DECISION,
    ),
}
_AT_AGENCY = (
    (ClaimCommand.APPROVE, NextStep.APPROVE),
    (ClaimCommand.RECOMMEND, NextStep.REVIEW),
    (ClaimCommand.START_REVIEW, NextStep.REVIEW),
    (ClaimCommand.RESUME, NextStep.REVIEW),
    (ClaimCommand.ORDER, NextStep.ORDER),
)


def _next_step(
    row: ClaimRow, order: Order, commands: frozenset[str], *, lines: int, errors: int
) -> NextStep:
    if not order.actor.role.sees_own_partner_only:
        found = (step for command, step in _AT_AGENCY if command.value in commands)
        return next(found, NextStep.LOOK)
    if row.state not in {ClaimState.DRAFT, ClaimState.RETURNED}:
        return _AT_PARTNER.get(ClaimState(row.state), NextStep.WAIT)
    if not lines and row.kind != "nil":
        return NextStep.FILL
    if errors:
        return NextStep.MEND
    return NextStep.SUBMIT if ClaimCommand.SUBMIT.value in commands else NextStep.HAND_ON


def _figures(repositories: UnitOfWork, standing: Standing) -> ClaimFigures:
    row = standing.row
    is_decided = row.state in APPROVED
    if standing.judged is not None:
        totals = standing.judged.assessment.totals
        amounts = (
            *(totals.claimed_cents, totals.eligible_cents, totals.ineligible_cents),
            *(totals.unfunded_cents, totals.esf_plus_cents),
        )
    else:
        amounts = (
            *(row.claimed_cents, row.eligible_cents, row.ineligible_cents),
            *(row.unfunded_cents, row.esf_plus_cents),
        )
    claimed, eligible, ineligible, unfunded, esf_plus = amounts
    split = row.approved_cents if is_decided else eligible
    return ClaimFigures(
        claimed_cents=claimed,
        eligible_cents=eligible,
        ineligible_cents=ineligible,
        unfunded_cents=unfunded,
        esf_plus_cents=esf_plus,
        state_cents=split - esf_plus,
        available_cents=_available(repositories, row, eligible),
        semester=None,
        approved_cents=row.approved_cents,
        paid_cents=paid_cents(row),
        is_preview=not is_decided,
        illustrative=standing.illustrative,
    )


def _with_semester(
    repositories: UnitOfWork, store: Store, order: Order, standing: Standing
) -> ClaimFigures:
    """Give the figures, with the tightest semester where it has less left than the allocation."""
    figures, row = _figures(repositories, standing), standing.row
    if figures.available_cents is None:
        return figures
    holder = repositories.partners.holder(row.programme, partner=row.partner_reg_no)
    rooms = rooms_of(repositories, store, programme=row.programme, partner=holder, on=order.on)
    if not rooms:
        return figures
    rulebook = rulebook_now(store, repositories, row.programme)
    left = tightest_after(rooms, standing, rulebook, is_decided=row.state in APPROVED)
    if left is None or left.cents >= figures.available_cents:
        return figures
    return replace(figures, semester=left)


def paid_cents(row: Any) -> int:  # noqa: ANN401 - a claim, or its columns in a list
    """Say what the bank has paid for a claim: what was approved, less what was cleared or set off.

    Zero until the payment is recorded.
    """
    if row.state != ClaimState.PAID:
        return 0
    return int(row.approved_cents - row.cleared_cents - row.set_off_cents)


def _available(repositories: UnitOfWork, row: ClaimRow, eligible: int) -> int | None:
    if row.state in OVER:
        return None
    holder = repositories.partners.holder(row.programme, partner=row.partner_reg_no)
    balances = repositories.books.balances(
        row.programme, partner=holder, accounts=(Account.ALLOCATION,)
    )
    free = balances.split(Account.ALLOCATION).total_cents
    return free if row.state in APPROVED else free - eligible
