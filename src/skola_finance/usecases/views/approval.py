"""The approval page: what is asked, what was cut and why, who reviewed, and what a click does."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from skola_finance.problems import Severity, Text
from skola_finance.usecases.claim_life import machine_of
from skola_finance.usecases.deciding.approval import Posted
from skola_finance.usecases.proof.verdicts import rulebook_of
from skola_finance.usecases.reports.lines_behind import title_of, title_of_code
from skola_finance.usecases.views.approval_preview import ApprovalPreview, preview_approval
from skola_finance.usecases.views.cuts import Cut, cuts_of
from skola_finance.usecases.views.queue import READ_QUEUE, READERS, risk_level
from skola_finance.usecases.views.review_parts import checklist_shown
from skola_finance.usecases.views.rights import rights_of
from skola_finance.usecases.work import CLAIM, Work
from skola_finance.workflow import (
    CLAIMS,
    ClaimCommand,
    ClaimState,
    ClarificationState,
    IrregularityState,
    SpotCheckState,
    not_found,
    require_role,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date, datetime

    from skola_finance.rulebook import Rulebook
    from skola_finance.storage.repositories import Repositories
    from skola_finance.storage.tables import AssessmentRow, ClaimRow
    from skola_finance.storage.unit_of_work import UnitOfWork
    from skola_finance.usecases.order import Order
    from skola_finance.usecases.store import Store
    from skola_finance.usecases.views.review_parts import ChecklistItem
    from skola_finance.usecases.views.rights import Right

DECIDED = frozenset({ClaimState.APPROVED, ClaimState.ORDERED, ClaimState.PAID, ClaimState.SETTLED})
_TOLD = frozenset(
    {
        *(ClaimCommand.SUBMIT, ClaimCommand.START_REVIEW, ClaimCommand.RECOMMEND),
        *(ClaimCommand.ENDORSE, ClaimCommand.SEND_BACK, ClaimCommand.APPROVE),
        *(ClaimCommand.RETURN, ClaimCommand.REJECT, ClaimCommand.UPHOLD_OBJECTION),
    }
)
"""Acts that somebody who approves wants to see; every cut is told by its rule."""
_DECISIONS = (
    *(ClaimCommand.APPROVE, ClaimCommand.SEND_BACK),
    *(ClaimCommand.ENDORSE, ClaimCommand.ASSIGN),
)


@dataclass(frozen=True, slots=True)
class ActShown:
    """One step in the life of a claim: what, by whom, when, with which words."""

    command: str
    name: Text
    actor: str
    at: datetime
    note: str


@dataclass(frozen=True, slots=True)
class OpenWarning:
    """Something that whoever approves should have seen; `lines` 0: it is about the whole claim."""

    code: str
    text: Text
    lines: int


@dataclass(frozen=True, slots=True)
class ApprovalPage:
    """A claim as the second person sees it; amounts in cents.

    `preview` is there while the claim waits for the approval, `decided` once it was approved.
    """

    claim: str
    programme: str
    partner_reg_no: str
    partner_name: str
    claim_no: str
    kind: str
    period_from: date | None
    period_to: date | None
    state: str
    row_version: int
    lines: int
    claimed_cents: int
    eligible_cents: int
    ineligible_cents: int
    unfunded_cents: int
    risk_score: int
    reviewer: str
    illustrative: bool
    cuts: tuple[Cut, ...]
    warnings: tuple[OpenWarning, ...]
    checklist: tuple[ChecklistItem, ...]
    acts: tuple[ActShown, ...]
    rights: Mapping[str, Right]
    preview: ApprovalPreview | None
    decided: Posted | None
    esf_plus_cents: int
    approved_at: datetime | None

    @property
    def state_cents(self) -> int:
        """The part of the state in what was approved."""
        return (self.decided.approved_cents if self.decided else 0) - self.esf_plus_cents

    @property
    def cut_cents(self) -> int:
        """What was cut in all."""
        return sum(cut.cents for cut in self.cuts)

    @property
    def risk(self) -> str:
        """How high the score is: `low`, `medium` or `high`."""
        return risk_level(self.risk_score)


def approval_page(store: Store, order: Order, *, claim: str) -> ApprovalPage:
    """Give what somebody needs who has two minutes to approve a claim, or to send it back.

    Raises: RoleNotAllowed (AUT-601); NotFound (AUT-603), also for a claim that was never filed;
        StorageUnusable (STO-904) where too many write at once.
    """
    require_role(order.actor, command=READ_QUEUE, may=READERS)
    with store.reading() as repositories:
        row = repositories.claims.by_key(claim)
        if row is None or row.filed_at is None:
            raise not_found(CLAIM)
        page = _page(store, repositories, order, row)
    if page.state != ClaimState.RECOMMENDED:
        return page
    return replace(page, preview=preview_approval(store, order, claim=claim))


def _page(store: Store, repositories: UnitOfWork, order: Order, row: ClaimRow) -> ApprovalPage:
    last = repositories.claims.assessment(row.id, row.version)
    rulebook = rulebook_of(store, repositories, last) if last is not None else None
    machine = machine_of(Work(store, repositories, order), row.programme)
    acts = repositories.waiting.acts(CLAIMS.key, [row.key]).get(row.key, [])
    version = repositories.claims.version(row.id, row.version)
    checklist = checklist_shown(store, repositories, row, version)
    return ApprovalPage(
        claim=row.key,
        programme=row.programme,
        partner_reg_no=row.partner_reg_no,
        partner_name=partner_name(repositories, row.partner_reg_no),
        claim_no=row.claim_no,
        kind=row.kind,
        period_from=row.period_from,
        period_to=row.period_to,
        state=row.state,
        row_version=row.row_version,
        lines=row.lines,
        claimed_cents=row.claimed_cents,
        eligible_cents=row.eligible_cents,
        ineligible_cents=row.ineligible_cents,
        unfunded_cents=row.unfunded_cents,
        risk_score=row.risk_score,
        reviewer=row.reviewer,
        illustrative=last is not None and last.illustrative,
        cuts=cuts_of(
            repositories.claims.lines(row.id, row.version),
            last,
            repositories.claims.decisions(row.id, row.version),
            rulebook,
        ),
        warnings=tuple(_warnings(repositories, row, last, rulebook, checklist)),
        checklist=checklist,
        acts=acts_shown(repositories, row.key),
        rights=rights_of(
            machine, row.state, actor=order.actor, at=order.at, acts=acts, commands=_DECISIONS
        ),
        preview=None,
        decided=_decided(row),
        esf_plus_cents=row.esf_plus_cents,
        approved_at=row.approved_at,
    )


def partner_name(repositories: Repositories, reg_no: str) -> str:
    """Give the name of a partner, or its number where the register does not know it."""
    row = repositories.partners.get(reg_no)
    return reg_no if row is None else row.name


def acts_shown(repositories: Repositories, key: str) -> tuple[ActShown, ...]:
    """Give the steps of a claim that whoever decides wants to see, in order."""
    names = CLAIMS.command_names
    return tuple(
        ActShown(act.command, names[ClaimCommand(act.command)], act.actor, act.at, act.note)
        for act in repositories.records.acts(CLAIMS.key, key)
        if act.command in _TOLD
    )


def _decided(row: ClaimRow) -> Posted | None:
    if row.state not in DECIDED:
        return None
    return Posted(
        approval_no=row.approval_no or 0,
        approved_cents=row.approved_cents,
        withdrawn_cents=0,
        cleared_cents=row.cleared_cents,
        set_off_cents=row.set_off_cents,
    )


def _warnings(
    repositories: Repositories,
    row: ClaimRow,
    last: AssessmentRow | None,
    rulebook: Rulebook | None,
    checklist: Iterable[ChecklistItem],
) -> Iterator[OpenWarning]:
    """Give what is open: warnings of rules, the checklist, questions, checks and cases."""
    warned: dict[str, set[int | None]] = {}
    for record in last.problems if last is not None else ():
        if record["severity"] == Severity.WARNING:
            warned.setdefault(record["code"], set()).add(record["line_no"])
    for code, lines in sorted(warned.items()):
        title = title_of(rulebook, code) if rulebook is not None else title_of_code(code)
        yield OpenWarning(code, title, len(lines - {None}))
    yield from _of_checklist(checklist)
    yield from _of_cases(repositories, row)


def _of_checklist(checklist: Iterable[ChecklistItem]) -> Iterator[OpenWarning]:
    open_items = 0
    for item in checklist:
        if not item.answer:
            open_items += 1
        elif item.answer == "no":
            told = Text(
                lv=f"Kontrollapā „nē”: {item.text.lv}. {item.note}",
                en=f"“No” on the checklist: {item.text.en}. {item.note}",
            )
            yield OpenWarning("", told, 0)
    if open_items:
        told = Text(
            lv=f"Kontrollapas jautājumi bez atbildes: {open_items}",
            en=f"Items of the checklist without an answer: {open_items}",
        )
        yield OpenWarning("", told, 0)


def _of_cases(repositories: Repositories, row: ClaimRow) -> Iterator[OpenWarning]:
    questions = repositories.claims.clarifications(row.id)
    waiting = sum(one.state == ClarificationState.ANSWERED for one in questions)
    if waiting:
        told = Text(
            lv=f"Partnera atbildes, kas nav pieņemtas: {waiting}",
            en=f"Answers of the partner that nobody accepted: {waiting}",
        )
        yield OpenWarning("", told, 0)
    for check in repositories.cases.spot_checks(row.programme, partner=row.partner_reg_no):
        if check.claim_id == row.id and check.state in _OPEN_CHECKS:
            told = Text(
                lv=f"Nepabeigta pārbaude uz vietas Nr. {check.id}",
                en=f"Check on the spot no. {check.id} is not finished",
            )
            yield OpenWarning("", told, 0)
    for case in repositories.cases.irregularities(row.programme, partner=row.partner_reg_no):
        if case.state in _OPEN_CASES:
            told = Text(
                lv=f"Partnerim ir atvērta neatbilstības lieta {case.key}",
                en=f"The partner has an open case of irregularity, {case.key}",
            )
            yield OpenWarning("", told, 0)


_OPEN_CHECKS = frozenset({SpotCheckState.PLANNED, SpotCheckState.NOTIFIED, SpotCheckState.HELD})
_OPEN_CASES = frozenset({IrregularityState.SUSPECTED, IrregularityState.ESTABLISHED})
