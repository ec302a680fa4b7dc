"""What stands beside the lines of a review: risk, sample, checklist, questions, evidence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from skola_finance.problems import Severity, Text
from skola_finance.usecases.line_decisions import DecisionKind
from skola_finance.usecases.review.checklist import checklist_for
from skola_finance.usecases.review.risk import Factor, Risk, draw, risk_from
from skola_finance.workflow import ClarificationState

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date, datetime

    from skola_finance.problems import Citation
    from skola_finance.storage.repositories import Repositories
    from skola_finance.storage.tables import (
        ClaimLineRow,
        ClaimRow,
        ClaimVersionRow,
        LineDecisionRow,
    )
    from skola_finance.usecases.store import Store


@dataclass(frozen=True, slots=True)
class SampledLine:
    """A line that was drawn: its weight, at least 1, and the reasons for it."""

    line_id: str
    weight: int
    reasons: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class SampleShown:
    """The last sample that was drawn of a version.

    `weighed` is how many lines could be drawn; `is_repeatable` says that drawing them again, with
    the seed and the weights that were kept, gave the very same lines just now.
    """

    drawn_at: datetime
    seed: str
    size: int
    weighed: int
    lines: tuple[SampledLine, ...]
    is_repeatable: bool


@dataclass(frozen=True, slots=True)
class ChecklistItem:
    """A question of the checklist with its answer; `answer` empty: nobody has answered it."""

    key: str
    text: Text
    citation: Citation | None
    answer: str
    note: str
    actor: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A question to the partner; `is_late` says that its day is over without an answer."""

    number: int
    line_id: str
    question: str
    answer_by: date
    asked_at: datetime
    answer: str
    answered_at: datetime | None
    state: str
    is_late: bool


@dataclass(frozen=True, slots=True)
class LineDecided:
    """The last decision on a line; `keep` says that it was looked at and accepted."""

    kind: DecisionKind
    limit_cents: int | None
    rule_code: str
    reason: str
    actor: str
    at: datetime


@dataclass(frozen=True, slots=True)
class EvidenceShown:
    """A document behind a claim; `is_held`: it was handed in and can be opened."""

    number: int
    line_id: str
    kind: str
    name: str
    size: int
    sha256: str
    is_held: bool
    added_at: datetime


def risk_now(repositories: Repositories, row: ClaimRow, lines: Sequence[ClaimLineRow]) -> Risk:
    """Give the reasons for a claim's score, of the verdict at its filing.

    Corrections made since count as well, so that it can be above the score that was kept.
    """
    filed = repositories.waiting.first_verdict(row.id, row.version)
    if filed is None:
        return Risk(())
    cut = {one["line_no"] for one in filed.problems if one["cut_cents"]}
    warned = {one["line_no"] for one in filed.problems if one["severity"] == Severity.WARNING}
    earlier = repositories.claims.approved(
        partners=[row.partner_reg_no], basis=filed.basis, without=row.id
    )
    return risk_from(
        is_first=not earlier,
        lines=len(lines),
        faulty=len(cut - {None}),
        warned=len(warned - {None}),
        claimed_cents=filed.claimed_cents,
        actual=sum(line.cost_form == "actual" for line in lines),
        is_corrected=bool(
            repositories.payments.corrections(row.programme, partner=row.partner_reg_no)
        ),
    )


def sample_shown(repositories: Repositories, row: ClaimRow) -> SampleShown | None:
    """Give the last sample of the version that is reviewed, drawn again to prove it."""
    samples = [one for one in repositories.claims.samples(row.id) if one.version == row.version]
    if not samples:
        return None
    last = samples[-1]
    weights = {one["line_id"]: one["weight"] for one in last.factors}
    reasons = {one["line_id"]: one["reasons"] for one in last.factors}
    return SampleShown(
        drawn_at=last.drawn_at,
        seed=last.seed,
        size=last.size,
        weighed=len(weights),
        lines=tuple(
            SampledLine(
                line_id,
                weights.get(line_id, 1),
                tuple(Text(lv=each["lv"], en=each["en"]) for each in reasons.get(line_id, ())),
            )
            for line_id in last.chosen
        ),
        is_repeatable=draw(weights, seed=last.seed, size=last.size) == tuple(last.chosen),
    )


def checklist_shown(
    store: Store, repositories: Repositories, row: ClaimRow, version: ClaimVersionRow | None
) -> tuple[ChecklistItem, ...]:
    """Give every item of the checklist with its answer."""
    answers = {one.item: one for one in repositories.claims.checklist(row.id, row.version)}
    found = []
    for item in checklist_for(store, repositories, row, version):
        one = answers.get(item.key)
        found.append(
            ChecklistItem(
                key=item.key,
                text=item.text,
                citation=item.citation,
                answer=one.answer if one is not None else "",
                note=one.note if one is not None else "",
                actor=one.actor if one is not None else "",
                at=one.at if one is not None else None,
            )
        )
    return tuple(found)


def questions_shown(
    repositories: Repositories, row: ClaimRow, *, on: date
) -> tuple[AskedQuestion, ...]:
    """Give every question about a claim, in order."""
    return tuple(
        AskedQuestion(
            number=one.id,
            line_id=one.line_id,
            question=one.question,
            answer_by=one.answer_by,
            asked_at=one.asked_at,
            answer=one.answer,
            answered_at=one.answered_at,
            state=one.state,
            is_late=one.state == ClarificationState.ASKED and on > one.answer_by,
        )
        for one in repositories.claims.clarifications(row.id)
    )


def decisions_shown(decisions: Iterable[LineDecisionRow]) -> Mapping[str, LineDecided]:
    """Give the last decision on each line about its amount, an acceptance included."""
    found: dict[str, LineDecided] = {}
    for one in decisions:
        kind = DecisionKind(one.kind)
        if kind in {DecisionKind.CUT, DecisionKind.PARK, DecisionKind.KEEP}:
            found[one.line_id] = LineDecided(
                kind, one.limit_cents, one.rule_code, one.reason, one.actor, one.at
            )
    return found


def evidence_shown(repositories: Repositories, row: ClaimRow) -> tuple[EvidenceShown, ...]:
    """Give the documents behind a claim, in the order they were added."""
    return tuple(
        EvidenceShown(
            number=one.id,
            line_id=one.line_id,
            kind=one.kind,
            name=one.name,
            size=one.size,
            sha256=one.sha256,
            is_held=one.is_held,
            added_at=one.added_at,
        )
        for one in repositories.claims.evidence(row.id)
    )


__all__ = [
    "AskedQuestion",
    "ChecklistItem",
    "EvidenceShown",
    "Factor",
    "LineDecided",
    "SampleShown",
    "SampledLine",
    "checklist_shown",
    "decisions_shown",
    "evidence_shown",
    "questions_shown",
    "risk_now",
    "sample_shown",
]
