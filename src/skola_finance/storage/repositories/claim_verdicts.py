"""Verdicts on claims, decisions and questions about them, and their evidence."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, exists, literal_column
from sqlalchemy import select as select_columns
from sqlmodel import col, select

from skola_finance.storage.tables import (
    AssessmentRow,
    ChecklistRow,
    ClarificationRow,
    EvidenceFileRow,
    EvidenceRow,
    JournalRow,
    LineDecisionRow,
    SampleRow,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from sqlalchemy import ColumnElement
    from sqlmodel import Session

_OF_VERSION = (
    col(AssessmentRow.claim_id) == bindparam("of_claim"),
    col(AssessmentRow.version) == bindparam("of_version"),
)
_LAST = select(AssessmentRow).where(*_OF_VERSION).order_by(col(AssessmentRow.id).desc()).limit(1)


@cache
def _grounds(commands: tuple[str, ...]) -> Any:  # noqa: ANN401 - a query
    """Make the query for what the last verdict rests on, and whether any command came since.

    The commands stand in the query itself: a database that knows how rare they are looks for them
    by name, not through everything that has happened since.
    """
    names: list[ColumnElement[str]] = [literal_column(f"'{command}'") for command in commands]
    came = exists().where(
        col(JournalRow.number) > bindparam("after"), col(JournalRow.command).in_(names)
    )
    return (
        select_columns(
            col(AssessmentRow.assessed_on),
            col(AssessmentRow.rulebook_digest),
            col(AssessmentRow.basis),
            came.label("is_changed"),
        )
        .where(*_OF_VERSION)
        .order_by(col(AssessmentRow.id).desc())
        .limit(1)
    )


@dataclass(frozen=True, slots=True)
class Grounds:
    """What a verdict rests on: its day, rules and earlier approvals by number of each programme.

    `is_changed` says whether a command that changes rules or registers came after it.
    """

    assessed_on: date
    rulebook_digest: str
    basis: Mapping[str, int]
    is_changed: bool


class ClaimVerdicts:
    """What was judged, decided and asked about claims."""

    _session: Session

    def assessment(self, claim_id: int, version: int) -> AssessmentRow | None:
        """Give the last verdict on a version."""
        return self._session.scalars(_LAST, {"of_claim": claim_id, "of_version": version}).first()

    def grounds(
        self, claim_id: int, version: int, *, after: int, changing: tuple[str, ...]
    ) -> Grounds | None:
        """Give what the last verdict on a version rests on.

        Args:
            claim_id: the claim.
            version: its version.
            after: the number of the journal entry that relied on the verdict.
            changing: names of the commands, out of the code, after which it is no ground any more.
        """
        wanted = {"of_claim": claim_id, "of_version": version, "after": after}
        found = self._session.connection().execute(_grounds(changing), wanted).first()
        return None if found is None else Grounds(*found)

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
