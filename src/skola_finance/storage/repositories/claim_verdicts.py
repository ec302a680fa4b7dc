"""Verdicts on claims, decisions and questions about them, and their evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import bindparam
from sqlmodel import col, select

from skola_finance.storage.tables import (
    AssessmentRow,
    ChecklistRow,
    ClarificationRow,
    EvidenceFileRow,
    EvidenceRow,
    LineDecisionRow,
    SampleRow,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlmodel import Session

_LAST = (
    select(AssessmentRow)
    .where(
        AssessmentRow.claim_id == bindparam("of_claim"),
        AssessmentRow.version == bindparam("of_version"),
    )
    .order_by(col(AssessmentRow.id).desc())
    .limit(1)
)


class ClaimVerdicts:
    """What was judged, decided and asked about claims."""

    _session: Session

    def assessment(self, claim_id: int, version: int) -> AssessmentRow | None:
        """Give the last verdict on a version."""
        return self._session.scalars(_LAST, {"of_claim": claim_id, "of_version": version}).first()

    def assessments(self, *, after: int = 0, limit: int = 200) -> Sequence[AssessmentRow]:
        """Give verdicts in their order, a page at a time."""
        wanted = select(AssessmentRow).where(col(AssessmentRow.id) > after)
        return self._session.exec(wanted.order_by(col(AssessmentRow.id)).limit(limit)).all()

    def decisions(
        self, claim_id: int, version: int, *, up_to: int | None = None
    ) -> Sequence[LineDecisionRow]:
        """Give what was decided about lines of a version, in order, up to one decision."""
        wanted = select(LineDecisionRow).where(
            LineDecisionRow.claim_id == claim_id, LineDecisionRow.version == version
        )
        if up_to is not None:
            wanted = wanted.where(col(LineDecisionRow.id) <= up_to)
        return self._session.exec(wanted.order_by(col(LineDecisionRow.id))).all()

    def clarification(self, number: int) -> ClarificationRow | None:
        """Give a question, held against other changes."""
        return self._session.get(ClarificationRow, number, with_for_update=True)

    def clarifications(
        self, claim_id: int, *, states: Iterable[str] = ()
    ) -> Sequence[ClarificationRow]:
        """Give the questions about a claim in order."""
        wanted = select(ClarificationRow).where(ClarificationRow.claim_id == claim_id)
        states = tuple(states)
        if states:
            wanted = wanted.where(col(ClarificationRow.state).in_(states))
        return self._session.exec(wanted.order_by(col(ClarificationRow.id))).all()

    def samples(self, claim_id: int) -> Sequence[SampleRow]:
        """Give the samples drawn of a claim, the last one last."""
        wanted = select(SampleRow).where(SampleRow.claim_id == claim_id)
        return self._session.exec(wanted.order_by(col(SampleRow.id))).all()

    def checklist(self, claim_id: int, version: int) -> Sequence[ChecklistRow]:
        """Give the answers to the checklist of a version."""
        wanted = select(ChecklistRow).where(
            ChecklistRow.claim_id == claim_id, ChecklistRow.version == version
        )
        return self._session.exec(wanted.order_by(col(ChecklistRow.item))).all()

    def evidence(self, claim_id: int) -> Sequence[EvidenceRow]:
        """Give the evidence of a claim in the order it was added."""
        wanted = select(EvidenceRow).where(EvidenceRow.claim_id == claim_id)
        return self._session.exec(wanted.order_by(col(EvidenceRow.id))).all()

    def evidence_by_id(self, number: int) -> EvidenceRow | None:
        """Give one piece of evidence."""
        return self._session.get(EvidenceRow, number)

    def evidence_file(self, sha256: str) -> EvidenceFileRow | None:
        """Give what is known of a file that was handed in."""
        return self._session.get(EvidenceFileRow, sha256)
