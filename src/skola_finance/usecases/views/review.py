"""The review page: a claim as the person sees it who judges its lines."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from skola_finance.usecases.claim_life import machine_of
from skola_finance.usecases.in_force import rulebook_now
from skola_finance.usecases.line_decisions import law_decisions
from skola_finance.usecases.proof.verdicts import rulebook_of
from skola_finance.usecases.reports.terms_due import Terms
from skola_finance.usecases.review.outcome import DISPUTED
from skola_finance.usecases.review.questions import TERM
from skola_finance.usecases.terms import whole, working_calendar
from skola_finance.usecases.views.approval import acts_shown, partner_name
from skola_finance.usecases.views.clocks import ClaimClocks
from skola_finance.usecases.views.cuts import cuts_of
from skola_finance.usecases.views.queue import READ_QUEUE, READERS, risk_level
from skola_finance.usecases.views.review_letter import letter_of
from skola_finance.usecases.views.review_parts import (
    checklist_shown,
    decisions_shown,
    evidence_shown,
    questions_shown,
    risk_now,
    sample_shown,
)
from skola_finance.usecases.views.rights import rights_of
from skola_finance.usecases.work import CLAIM, Work
from skola_finance.workflow import CLAIMS, ClaimCommand, not_found, require_role

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime

    from skola_finance.problems import Text
    from skola_finance.rulebook import Rulebook
    from skola_finance.storage.repositories import Repositories
    from skola_finance.storage.repositories.waiting import ActOf
    from skola_finance.storage.tables import (
        AssessmentRow,
        ClaimLineRow,
        ClaimRow,
        LineDecisionRow,
    )
    from skola_finance.storage.unit_of_work import UnitOfWork
    from skola_finance.usecases.order import Order
    from skola_finance.usecases.review.risk import Factor
    from skola_finance.usecases.store import Store
    from skola_finance.usecases.views.approval import ActShown
    from skola_finance.usecases.views.clocks import ClaimClock
    from skola_finance.usecases.views.cuts import Cut
    from skola_finance.usecases.views.review_parts import (
        AskedQuestion,
        ChecklistItem,
        EvidenceShown,
        LineDecided,
        SampleShown,
    )
    from skola_finance.usecases.views.rights import Right


_COMMANDS = (
    *(ClaimCommand.ASSIGN, ClaimCommand.START_REVIEW, ClaimCommand.DRAW_SAMPLE),
    *(ClaimCommand.TICK, ClaimCommand.CUT_LINE, ClaimCommand.DECIDE_LAW, ClaimCommand.ASK),
    *(ClaimCommand.RESUME, ClaimCommand.RETURN, ClaimCommand.REJECT),
    *(ClaimCommand.RECOMMEND, ClaimCommand.ENDORSE, ClaimCommand.APPROVE),
)
"""What the buttons of a review ask for; parking and keeping are open where cutting is."""


@dataclass(frozen=True, slots=True)
class LastChange:
    """Who changed a claim last, how and when; `row_version` is what came of it."""

    programme: str
    row_version: int
    actor: str
    name: Text | None
    at: datetime | None


@dataclass(frozen=True, slots=True)
class ReviewHead:
    """Whose claim it is, and what it comes to; claimed = eligible + ineligible + unfunded."""

    claim: str
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
    lines: int
    reviewer: str
    claimed_cents: int
    eligible_cents: int
    ineligible_cents: int
    unfunded_cents: int


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """A claim under review; amounts in cents.

    Attributes:
        filed_cents: what was eligible at the filing, before anybody decided about a line.
        factors: the reasons for the risk score.
        decided: the last decision on each line, by its id.
        cuts: what was cut so far, by rule and person.
        letter: one text out of the marked reasons.
        rules: codes and titles of the rules that a cut can name, those that spoke first.
        sent_back: why the approver sent the claim back, while that is the last word.
        earliest_answer: the first day that a partner may be given to answer by.
        disputed: lines and rules of which nobody has decided which version of the law holds.
    """

    head: ReviewHead
    filed_cents: int
    risk_score: int
    factors: tuple[Factor, ...]
    clock: ClaimClock | None
    illustrative: bool
    sample: SampleShown | None
    checklist: tuple[ChecklistItem, ...]
    decided: Mapping[str, LineDecided]
    cuts: tuple[Cut, ...]
    questions: tuple[AskedQuestion, ...]
    evidence: tuple[EvidenceShown, ...]
    acts: tuple[ActShown, ...]
    rights: Mapping[str, Right]
    letter: Text
    rules: tuple[tuple[str, Text], ...]
    disputed: tuple[tuple[str, str], ...]
    sent_back: ActShown | None
    earliest_answer: date
    reviewers: int
    last_change: LastChange

    @property
    def risk(self) -> str:
        """How high the score is: `low`, `medium` or `high`."""
        return risk_level(self.risk_score)

    @property
    def is_open(self) -> bool:
        """Whether this person can decide about lines now."""
        return self.rights[ClaimCommand.CUT_LINE.value].is_open

    @property
    def cut_cents(self) -> int:
        """What was cut in all."""
        return sum(cut.cents for cut in self.cuts)

    @property
    def unanswered(self) -> int:
        """How many items of the checklist nobody has answered."""
        return sum(not item.answer for item in self.checklist)

    @property
    def open_questions(self) -> int:
        """How many questions are with the partner."""
        return sum(one.state == "asked" for one in self.questions)

    @property
    def unaccepted(self) -> int:
        """How many answers of the partner nobody has accepted."""
        return sum(one.state == "answered" for one in self.questions)

    @property
    def is_unfinished(self) -> bool:
        """Whether the review leaves something open that a reviewer should end or know of."""
        return bool(self.unanswered or self.unaccepted)

    @property
    def sampled(self) -> frozenset[str]:
        """The ids of the lines that were drawn."""
        return frozenset(one.line_id for one in self.sample.lines) if self.sample else frozenset()


def review_page(store: Store, order: Order, *, claim: str) -> ReviewPage:
    """Give everything that a review of a filed claim needs, but for its lines (`claim_lines`).

    Raises: RoleNotAllowed (AUT-601); NotFound (AUT-603), also for a claim that was never filed.
    """
    require_role(order.actor, command=READ_QUEUE, may=READERS)
    with store.reading() as repositories:
        row = repositories.claims.by_key(claim)
        if row is None or row.filed_at is None:
            raise not_found(CLAIM)
        return _page(store, repositories, order, row)


def last_change(store: Store, order: Order, *, claim: str) -> LastChange:
    """Say who changed a claim last: asked again and again by an open page.

    Raises: RoleNotAllowed (AUT-601); NotFound (AUT-603).
    """
    require_role(order.actor, command=READ_QUEUE, may=READERS)
    with store.reading() as repositories:
        row = repositories.claims.by_key(claim)
        if row is None or row.filed_at is None:
            raise not_found(CLAIM)
        return _last_change(row, repositories.waiting.acts(CLAIMS.key, [claim]).get(claim, []))


def _last_change(row: ClaimRow, acts: Sequence[ActOf]) -> LastChange:
    if not acts:
        return LastChange(row.programme, row.row_version, "", None, None)
    last = acts[-1]
    name = CLAIMS.command_names[ClaimCommand(last.command)]
    return LastChange(row.programme, row.row_version, last.actor, name, last.at)


def _page(store: Store, repositories: UnitOfWork, order: Order, row: ClaimRow) -> ReviewPage:
    version = repositories.claims.version(row.id, row.version)
    last = repositories.claims.assessment(row.id, row.version)
    filed = repositories.waiting.first_verdict(row.id, row.version)
    judged_by = rulebook_of(store, repositories, last) if last is not None else None
    now = rulebook_now(store, repositories, row.programme)
    machine = machine_of(Work(store, repositories, order), row.programme)
    acts = repositories.waiting.acts(CLAIMS.key, [row.key]).get(row.key, [])
    lines = repositories.claims.lines(row.id, row.version)
    decisions = repositories.claims.decisions(row.id, row.version)
    decided = decisions_shown(decisions)
    cuts = cuts_of(lines, last, decisions, judged_by)
    questions = questions_shown(repositories, row, on=order.on)
    told = acts_shown(repositories, row.key)
    return ReviewPage(
        head=_head(repositories, row),
        filed_cents=filed.eligible_cents if filed is not None else row.eligible_cents,
        risk_score=row.risk_score,
        factors=risk_now(repositories, row, lines).factors,
        clock=ClaimClocks(Terms(now, on=order.on)).of(row, acts),
        illustrative=last is not None and last.illustrative,
        sample=sample_shown(repositories, row),
        checklist=checklist_shown(store, repositories, row, version),
        decided=decided,
        cuts=cuts,
        questions=questions,
        evidence=evidence_shown(repositories, row),
        acts=told,
        rights=rights_of(
            machine, row.state, actor=order.actor, at=order.at, acts=acts, commands=_COMMANDS
        ),
        letter=letter_of(row, lines, decided, cuts, questions),
        rules=_rules(judged_by or now, lines),
        disputed=_disputed(last, lines, decisions),
        sent_back=_sent_back(told),
        earliest_answer=_earliest_answer(now, order.on),
        reviewers=machine.quorums[0].persons,
        last_change=_last_change(row, acts),
    )


def _head(repositories: Repositories, row: ClaimRow) -> ReviewHead:
    return ReviewHead(
        claim=row.key,
        programme=row.programme,
        partner_reg_no=row.partner_reg_no,
        partner_name=partner_name(repositories, row.partner_reg_no),
        claim_no=row.claim_no,
        kind=row.kind,
        period_from=row.period_from,
        period_to=row.period_to,
        state=row.state,
        version=row.version,
        row_version=row.row_version,
        lines=row.lines,
        reviewer=row.reviewer,
        claimed_cents=row.claimed_cents,
        eligible_cents=row.eligible_cents,
        ineligible_cents=row.ineligible_cents,
        unfunded_cents=row.unfunded_cents,
    )


def _rules(rulebook: Rulebook, lines: Sequence[ClaimLineRow]) -> tuple[tuple[str, Text], ...]:
    """Give the rules that a cut can name: those that spoke on a line first."""
    spoke = {code for line in lines for code in line.codes.split()}
    rules = [rule for rule in rulebook.rules.values() if rule.code.startswith(("ELG", "CLM"))]
    ordered = sorted(
        rules, key=lambda rule: (rule.code not in spoke, rule.code[:3] != "ELG", rule.code)
    )
    return tuple((rule.code, rule.title) for rule in ordered)


def _disputed(
    last: AssessmentRow | None,
    lines: Sequence[ClaimLineRow],
    decisions: Sequence[LineDecisionRow],
) -> tuple[tuple[str, str], ...]:
    """Give lines and rules of which nobody has decided which version of the law holds."""
    ids = {line.line_no: line.line_id for line in lines}
    decided = law_decisions(decisions)
    found = (
        (ids.get(one["line_no"], ""), one["subject"])
        for one in (last.problems if last is not None else ())
        if one["code"] == DISPUTED
    )
    return tuple(dict.fromkeys(one for one in found if one not in decided))


def _sent_back(told: Sequence[ActShown]) -> ActShown | None:
    """Give the approver's words, while nothing was decided after them."""
    return told[-1] if told and told[-1].command == ClaimCommand.SEND_BACK else None


def _earliest_answer(rulebook: Rulebook, on: date) -> date:
    least = whole(rulebook, TERM, on=on) or 0
    return working_calendar(rulebook).add(on, working_days=least)
