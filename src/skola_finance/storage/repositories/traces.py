"""Where figures come from: what approval numbers did to claims and lines, and under which rules."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import func
from sqlalchemy import select as select_columns
from sqlmodel import col, select

from skola_finance.storage.repositories.figures import CHUNK, with_cents, with_lines
from skola_finance.storage.tables import (
    AssessmentRow,
    ClaimLineRow,
    ClaimRow,
    LedgerEntryRow,
    LineMovementRow,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from sqlmodel import Session


class MovedClaim(NamedTuple):
    """What some approval numbers did to the lines of one claim, added up."""

    claim_id: int
    lines: int
    cents: int


class JudgedUnder(NamedTuple):
    """What a verdict was made under, without what it says."""

    assessed_on: date
    rulebook_digest: str
    settings_digest: str
    illustrative: bool


class Traces:
    """From a number of the order of D-03 to the lines that it moved."""

    def __init__(self, session: Session) -> None:
        """Take the session."""
        self._session = session

    def moved_claims(
        self,
        programme: str,
        approval_nos: Iterable[int],
        *,
        quota: str = "",
        semester: str = "",
        claim_id: int | None = None,
    ) -> list[MovedClaim]:
        """Add up what approval numbers did, by claim in the order they were made."""
        sums: dict[int, MovedClaim] = {}
        by = (col(ClaimRow.id),)
        for numbers in _chunks(approval_nos):
            wanted = with_lines(
                select_columns(
                    *by,
                    func.count(func.distinct(LineMovementRow.line_no)),
                    func.sum(LineMovementRow.amount_cents),
                ),
                programme,
            ).where(col(LineMovementRow.approval_no).in_(numbers))
            wanted = _narrowed(wanted, quota, semester, claim_id).group_by(*by)
            for found in self._session.execute(wanted):
                one = MovedClaim._make(with_cents(found))
                met = sums.get(one.claim_id, MovedClaim(one.claim_id, 0, 0))
                lines = max(one.lines, met.lines)
                sums[one.claim_id] = MovedClaim(one.claim_id, lines, one.cents + met.cents)
        return [sums[claim] for claim in sorted(sums)]

    def moved_lines(
        self,
        programme: str,
        approval_nos: Iterable[int],
        *,
        claim_id: int,
        quota: str = "",
        semester: str = "",
    ) -> dict[int, int]:
        """Add up what approval numbers did to each line of a claim, in the order of lines."""
        sums: dict[int, int] = {}
        by = (col(LineMovementRow.line_no),)
        for numbers in _chunks(approval_nos):
            wanted = with_lines(
                select_columns(*by, func.sum(LineMovementRow.amount_cents)), programme
            ).where(col(LineMovementRow.approval_no).in_(numbers))
            wanted = _narrowed(wanted, quota, semester, claim_id).group_by(*by)
            for line_no, cents in self._session.execute(wanted):
                sums[line_no] = sums.get(line_no, 0) + int(cents)
        return dict(sorted(sums.items()))

    def approval_nos(self, claim_id: int) -> Sequence[int]:
        """Give every approval number that did something to a claim's lines."""
        wanted = select(LineMovementRow.approval_no).where(LineMovementRow.claim_id == claim_id)
        return self._session.exec(
            wanted.distinct().order_by(col(LineMovementRow.approval_no))
        ).all()

    def line_movements(self, claim_id: int, line_no: int) -> Sequence[LineMovementRow]:
        """Give what was approved, withdrawn and given back of one line, in order."""
        wanted = select(LineMovementRow).where(
            LineMovementRow.claim_id == claim_id, LineMovementRow.line_no == line_no
        )
        return self._session.exec(wanted.order_by(col(LineMovementRow.approval_no))).all()

    def entries_numbered(self, programme: str, approval_nos: Iterable[int]) -> list[LedgerEntryRow]:
        """Give the entries of approval numbers, in their order."""
        found: list[LedgerEntryRow] = []
        for numbers in _chunks(approval_nos):
            wanted = select(LedgerEntryRow).where(
                LedgerEntryRow.programme == programme,
                col(LedgerEntryRow.approval_no).in_(numbers),
            )
            found += self._session.exec(wanted.order_by(col(LedgerEntryRow.approval_no))).all()
        return found

    def judged_under(self, claim_id: int, version: int) -> JudgedUnder | None:
        """Say under what the last verdict on a version was made."""
        wanted = (
            select_columns(
                col(AssessmentRow.assessed_on),
                col(AssessmentRow.rulebook_digest),
                col(AssessmentRow.settings_digest),
                col(AssessmentRow.illustrative),
            )
            .where(col(AssessmentRow.claim_id) == claim_id, col(AssessmentRow.version) == version)
            .order_by(col(AssessmentRow.id).desc())
            .limit(1)
        )
        row = self._session.execute(wanted).first()
        return None if row is None else JudgedUnder._make(row)


def _chunks(numbers: Iterable[int]) -> Iterator[list[int]]:
    ordered = sorted(set(numbers))
    for start in range(0, len(ordered), CHUNK):
        yield ordered[start : start + CHUNK]


def _narrowed(
    wanted: Any,  # noqa: ANN401 - a query of movements
    quota: str,
    semester: str,
    claim_id: int | None,
) -> Any:  # noqa: ANN401 - the same
    if quota:
        wanted = wanted.where(col(ClaimLineRow.quota) == quota)
    if semester:
        wanted = wanted.where(col(ClaimLineRow.semester) == semester)
    if claim_id is not None:
        wanted = wanted.where(col(ClaimRow.id) == claim_id)
    return wanted
