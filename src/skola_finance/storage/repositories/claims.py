"""Claims: themselves, their versions and lines, and what was decided and asked about them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, func, insert
from sqlalchemy import select as select_columns
from sqlmodel import col, delete, or_, select

from skola_finance.ledger.digests import canonical_json
from skola_finance.storage.tables import (
    AssessmentRow,
    ChecklistRow,
    ClaimLineRow,
    ClaimRow,
    ClaimVersionRow,
    ClarificationRow,
    EvidenceFileRow,
    EvidenceRow,
    LineDecisionRow,
    LineMovementRow,
    SampleRow,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from sqlmodel import Session

CHUNK = 500
SHARED = ("learner_ref", "document_key", "specialist_ref", "project_no")
"""What lines of several claims can share, so that one uses up what the other may have."""
AMOUNTS = (
    *("claimed_cents", "eligible_cents", "ineligible_cents", "unfunded_cents"),
    *("approved_cents", "withdrawn_cents"),
)
_SEALED = ("line_no", "line_id", "semester", "quota", "rate_period", "stands", *AMOUNTS)


REVIVED = "revived"
"""The kind of movement that approves what an earlier decision had left unfunded."""


@dataclass(frozen=True, slots=True)
class StandingLine:
    """What stood of a line at some approval number; it stands unless it was rejected or waits."""

    claim_id: int
    line_no: int
    approved_cents: int
    unfunded_cents: int
    stands: bool


class Claims:
    """Claims and everything that belongs to one."""

    def __init__(self, session: Session) -> None:
        """Take the session."""
        self._session = session

    # ── the claim ────────────────────────────────────────────────────────────────────────────

    def by_key(self, key: str, *, for_update: bool = False) -> ClaimRow | None:
        """Give a claim by its public key."""
        wanted = select(ClaimRow).where(ClaimRow.key == key)
        if for_update:
            wanted = wanted.with_for_update().execution_options(populate_existing=True)
        return self._session.exec(wanted).first()

    def get(self, claim_id: int) -> ClaimRow | None:
        """Give a claim by its row."""
        return self._session.get(ClaimRow, claim_id)

    def by_no(self, programme: str, partner: str, claim_no: str) -> ClaimRow | None:
        """Give a claim by the number that its partner gave it."""
        wanted = select(ClaimRow).where(
            ClaimRow.programme == programme,
            ClaimRow.partner_reg_no == partner,
            ClaimRow.claim_no == claim_no,
        )
        return self._session.exec(wanted).first()

    def find(
        self,
        *,
        programme: str = "",
        partners: Iterable[str] = (),
        states: Iterable[str] = (),
        reviewer: str = "",
        text: str = "",
        before: int | None = None,
        limit: int = 100,
    ) -> Sequence[ClaimRow]:
        """Give claims, the newest first, `before` a row where a page ended."""
        wanted = self._chosen(
            select(ClaimRow), programme, tuple(partners), tuple(states), reviewer, text
        )
        if before is not None:
            wanted = wanted.where(col(ClaimRow.id) < before)
        found: Sequence[ClaimRow] = self._session.exec(
            wanted.order_by(col(ClaimRow.id).desc()).limit(limit)
        ).all()
        return found

    def count(
        self,
        *,
        programme: str = "",
        partners: Iterable[str] = (),
        states: Iterable[str] = (),
        reviewer: str = "",
        text: str = "",
    ) -> int:
        """Count claims."""
        chosen = self._chosen(
            select(func.count()).select_from(ClaimRow),
            programme,
            tuple(partners),
            tuple(states),
            reviewer,
            text,
        )
        found: int = self._session.exec(chosen).one()
        return found

    def _chosen(
        self,
        wanted: Any,  # noqa: ANN401 - a query of claims, or of their number
        programme: str,
        partners: tuple[str, ...],
        states: tuple[str, ...],
        reviewer: str,
        text: str,
    ) -> Any:  # noqa: ANN401 - the same
        if programme:
            wanted = wanted.where(ClaimRow.programme == programme)
        if partners:
            wanted = wanted.where(col(ClaimRow.partner_reg_no).in_(partners))
        if states:
            wanted = wanted.where(col(ClaimRow.state).in_(states))
        if reviewer:
            wanted = wanted.where(ClaimRow.reviewer == reviewer)
        if text:
            wanted = wanted.where(
                or_(
                    col(ClaimRow.key).contains(text, autoescape=True),
                    col(ClaimRow.claim_no).contains(text, autoescape=True),
                )
            )
        return wanted

    def in_process(self, programme: str, *, partners: Iterable[str], states: Iterable[str]) -> int:
        """Add up what is eligible in claims of some states, in cents."""
        wanted = select(func.coalesce(func.sum(ClaimRow.eligible_cents), 0)).where(
            ClaimRow.programme == programme,
            col(ClaimRow.partner_reg_no).in_(tuple(partners)),
            col(ClaimRow.state).in_(tuple(states)),
        )
        return int(self._session.exec(wanted).one())

    # ── versions and lines ───────────────────────────────────────────────────────────────────

    def version(self, claim_id: int, version: int) -> ClaimVersionRow | None:
        """Give one version of a claim."""
        return self._session.get(ClaimVersionRow, (claim_id, version))

    def versions(self, claim_id: int) -> Sequence[ClaimVersionRow]:
        """Give every version of a claim in order."""
        wanted = select(ClaimVersionRow).where(ClaimVersionRow.claim_id == claim_id)
        return self._session.exec(wanted.order_by(col(ClaimVersionRow.version))).all()

    def keep_lines(self, claim_id: int, version: int, lines: Sequence[Mapping[str, Any]]) -> str:
        """Put the lines of a version in place of those that were there; gives their digest."""
        self._session.execute(
            delete(ClaimLineRow).where(
                col(ClaimLineRow.claim_id) == claim_id, col(ClaimLineRow.version) == version
            )
        )
        if lines:
            self._session.execute(
                insert(ClaimLineRow),
                [{**line, "claim_id": claim_id, "version": version} for line in lines],
            )
        return self.lines_digest(claim_id, version)

    def lines(
        self, claim_id: int, version: int, *, after: int | None = None, limit: int | None = None
    ) -> Sequence[ClaimLineRow]:
        """Give the lines of a version in their order."""
        wanted = select(ClaimLineRow).where(
            ClaimLineRow.claim_id == claim_id, ClaimLineRow.version == version
        )
        if after is not None:
            wanted = wanted.where(col(ClaimLineRow.line_no) > after)
        wanted = wanted.order_by(col(ClaimLineRow.line_no)).limit(limit)
        return self._session.exec(wanted.execution_options(populate_existing=True)).all()

    def line(self, claim_id: int, version: int, line_id: str) -> ClaimLineRow | None:
        """Give a line by its stable id."""
        wanted = select(ClaimLineRow).where(
            ClaimLineRow.claim_id == claim_id,
            ClaimLineRow.version == version,
            ClaimLineRow.line_id == line_id,
        )
        return self._session.exec(wanted).first()

    def set_amounts(self, claim_id: int, version: int, amounts: Sequence[Mapping[str, Any]]) -> str:
        """Change amounts of lines by `line_no`; gives the digest of all lines of the version."""
        if amounts:
            table = ClaimLineRow.__table__  # type: ignore[attr-defined] # SQLModel adds it
            names = [name for name in amounts[0] if name != "line_no"]
            statement = (
                table.update()
                .where(
                    table.c.claim_id == claim_id,
                    table.c.version == version,
                    table.c.line_no == bindparam("b_line_no"),
                )
                .values({name: bindparam(f"b_{name}") for name in names})
            )
            self._session.connection().execute(
                statement, [{f"b_{name}": line[name] for name in line} for line in amounts]
            )
        return self.lines_digest(claim_id, version)

    def lines_digest(self, claim_id: int, version: int) -> str:
        """Digest what the lines of a version say, a learner's columns left out."""
        columns = [getattr(ClaimLineRow, name) for name in _SEALED]
        wanted = select_columns(*columns).where(
            col(ClaimLineRow.claim_id) == claim_id, col(ClaimLineRow.version) == version
        )
        rows = self._session.execute(wanted.order_by(col(ClaimLineRow.line_no)))
        content = [list(row) for row in rows]
        return hashlib.sha256(canonical_json(content)).hexdigest()

    def line_keys(self) -> Sequence[tuple[int, int]]:
        """Give claim and version of everything that has lines."""
        wanted = select(ClaimLineRow.claim_id, ClaimLineRow.version).distinct()
        wanted = wanted.order_by(col(ClaimLineRow.claim_id), col(ClaimLineRow.version))
        return [(row[0], row[1]) for row in self._session.execute(wanted)]

    # ── what earlier claims used up ──────────────────────────────────────────────────────────

    def approved(
        self, *, partners: Iterable[str], basis: Mapping[str, int], without: int | None = None
    ) -> list[ClaimRow]:
        """Give the claims of partners approved by the numbers of a basis, in that order."""
        found: list[ClaimRow] = []
        for programme, number in sorted(basis.items()):
            wanted = select(ClaimRow).where(
                ClaimRow.programme == programme,
                col(ClaimRow.partner_reg_no).in_(tuple(partners)),
                col(ClaimRow.approval_no) <= number,
            )
            if without is not None:
                wanted = wanted.where(col(ClaimRow.id) != without)
            found += self._session.exec(wanted.order_by(col(ClaimRow.approval_no))).all()
        return found

    def unfunded(self, programme: str, partner: str) -> Sequence[ClaimRow]:
        """Give a partner's approved claims with something left unfunded, in order of approval."""
        wanted = select(ClaimRow).where(
            ClaimRow.programme == programme,
            ClaimRow.partner_reg_no == partner,
            col(ClaimRow.approval_no).is_not(None),
            col(ClaimRow.unfunded_cents) > 0,
        )
        return self._session.exec(wanted.order_by(col(ClaimRow.approval_no))).all()

    def correcting(self, programme: str, partners: Iterable[str]) -> set[int]:
        """Give the approved claims of partners that hold a line below zero."""
        wanted = (
            select(ClaimRow.id)
            .join(ClaimLineRow, col(ClaimLineRow.claim_id) == col(ClaimRow.id))
            .where(
                ClaimRow.programme == programme,
                col(ClaimRow.partner_reg_no).in_(tuple(partners)),
                ClaimLineRow.version == ClaimRow.version,
                col(ClaimLineRow.approved_cents) < 0,
            )
            .distinct()
        )
        return set(self._session.exec(wanted).all())

    def sharing(
        self,
        shared: Mapping[str, Iterable[str]],
        *,
        basis: Mapping[str, int],
        after: Mapping[str, int] | None = None,
        without: int | None = None,
    ) -> set[int]:
        """Give approved claims with a line that shares a learner, document or the like.

        Args:
            shared: values by column of `SHARED`.
            basis: the last approval number of each programme that counts.
            after: the last one that does not, where only later ones are asked for.
            without: a claim that is left out.
        """
        found: set[int] = set()
        for column, values in shared.items():
            wanted_values = sorted(set(values))
            for start in range(0, len(wanted_values), CHUNK):
                found |= self._sharing(column, wanted_values[start : start + CHUNK], basis, after)
        return found - {without}

    def _sharing(
        self,
        column: str,
        values: Sequence[str],
        basis: Mapping[str, int],
        after: Mapping[str, int] | None,
    ) -> set[int]:
        wanted = (
            select(ClaimRow.id)
            .join(ClaimLineRow, col(ClaimLineRow.claim_id) == col(ClaimRow.id))
            .where(
                getattr(ClaimLineRow, column).in_(values),
                ClaimLineRow.version == ClaimRow.version,
                or_(
                    *(
                        (col(ClaimRow.programme) == programme)
                        & (col(ClaimRow.approval_no) <= number)
                        & (col(ClaimRow.approval_no) > (after or {}).get(programme, 0))
                        for programme, number in sorted(basis.items())
                    )
                ),
            )
            .distinct()
        )
        return set(self._session.exec(wanted).all())

    def standing(
        self, claim_ids: Iterable[int], *, basis: Mapping[str, int]
    ) -> Iterator[StandingLine]:
        """Give what stood of each line of approved claims, as the numbers of a basis leave it."""
        ids = sorted(set(claim_ids))
        for start in range(0, len(ids), CHUNK):
            chunk = ids[start : start + CHUNK]
            moved, later = self._moved(chunk, basis)
            columns = (
                *(col(ClaimLineRow.claim_id), col(ClaimLineRow.line_no), col(ClaimLineRow.stands)),
                *(col(ClaimLineRow.claimed_cents), col(ClaimLineRow.unfunded_cents)),
            )
            wanted = (
                select_columns(*columns)
                .join(ClaimRow, col(ClaimRow.id) == col(ClaimLineRow.claim_id))
                .where(
                    col(ClaimLineRow.claim_id).in_(chunk),
                    col(ClaimLineRow.version) == col(ClaimRow.version),
                )
                .order_by(col(ClaimLineRow.claim_id), col(ClaimLineRow.line_no))
            )
            for claim_id, line_no, stands, claimed, unfunded in self._session.execute(wanted):
                approved = moved.get((claim_id, line_no), 0)
                left = unfunded + later.get((claim_id, line_no), 0)
                waits = approved == 0 and left == claimed != 0
                yield StandingLine(claim_id, line_no, approved, left, stands and not waits)

    def _moved(
        self, claim_ids: Sequence[int], basis: Mapping[str, int]
    ) -> tuple[dict[tuple[int, int], int], dict[tuple[int, int], int]]:
        """Add up what was moved by a basis, and what was revived after it."""
        columns = (
            *(col(LineMovementRow.claim_id), col(LineMovementRow.line_no)),
            *(col(LineMovementRow.programme), col(LineMovementRow.approval_no)),
            *(col(LineMovementRow.kind), col(LineMovementRow.amount_cents)),
        )
        wanted = select_columns(*columns).where(col(LineMovementRow.claim_id).in_(claim_ids))
        moved: dict[tuple[int, int], int] = {}
        later: dict[tuple[int, int], int] = {}
        for claim_id, line_no, programme, number, kind, cents in self._session.execute(wanted):
            key = (claim_id, line_no)
            if number <= basis.get(programme, 0):
                moved[key] = moved.get(key, 0) + cents
            elif kind == REVIVED:
                later[key] = later.get(key, 0) + cents
        return moved, later

    def keep_movements(
        self,
        programme: str,
        approval_no: int,
        kind: str,
        moves: Sequence[tuple[int, int, int]],
    ) -> str:
        """Keep what an approval number did: claim, line and cents; gives the digest of all."""
        if moves:
            self._session.execute(
                insert(LineMovementRow),
                [
                    {
                        "programme": programme,
                        "approval_no": approval_no,
                        "claim_id": claim_id,
                        "line_no": line_no,
                        "kind": kind,
                        "amount_cents": cents,
                    }
                    for claim_id, line_no, cents in moves
                ],
            )
        return self.movements_digest(programme, approval_no)

    def movements(self, programme: str, approval_no: int) -> Sequence[LineMovementRow]:
        """Give what an approval number did to lines."""
        wanted = select(LineMovementRow).where(
            LineMovementRow.programme == programme, LineMovementRow.approval_no == approval_no
        )
        return self._session.exec(
            wanted.order_by(col(LineMovementRow.claim_id), col(LineMovementRow.line_no))
        ).all()

    def movements_digest(self, programme: str, approval_no: int) -> str:
        """Digest what an approval number did."""
        content = [
            [row.claim_id, row.line_no, row.kind, row.amount_cents]
            for row in self.movements(programme, approval_no)
        ]
        return hashlib.sha256(canonical_json(content)).hexdigest()

    def has_erased(self, *, basis: Mapping[str, int]) -> bool:
        """Say whether learners were erased from any claim approved by the numbers of a basis."""
        wanted = (
            select(ClaimVersionRow.claim_id)
            .join(ClaimRow, col(ClaimRow.id) == col(ClaimVersionRow.claim_id))
            .where(col(ClaimVersionRow.erased_at).is_not(None))
        )
        for programme, number in sorted(basis.items()):
            chosen = wanted.where(
                col(ClaimRow.programme) == programme, col(ClaimRow.approval_no) <= number
            )
            if self._session.exec(chosen.limit(1)).first() is not None:
                return True
        return False

    def frames(self, claim_ids: Iterable[int]) -> Iterator[tuple[ClaimRow, ClaimVersionRow]]:
        """Give claims with the version that counts, by row."""
        ids = sorted(set(claim_ids))
        for start in range(0, len(ids), CHUNK):
            wanted = (
                select(ClaimRow, ClaimVersionRow)
                .join(ClaimVersionRow, col(ClaimVersionRow.claim_id) == col(ClaimRow.id))
                .where(
                    col(ClaimRow.id).in_(ids[start : start + CHUNK]),
                    ClaimVersionRow.version == ClaimRow.version,
                )
                .order_by(col(ClaimRow.id))
            )
            yield from self._session.exec(wanted)

    def filed_frames(self, programme: str) -> Iterator[tuple[ClaimRow, ClaimVersionRow]]:
        """Give every claim of a programme with its last filed version, by row."""
        last = (
            select(ClaimVersionRow.claim_id, func.max(ClaimVersionRow.version).label("version"))
            .where(col(ClaimVersionRow.filed_at).is_not(None))
            .group_by(col(ClaimVersionRow.claim_id))
            .subquery()
        )
        wanted = (
            select(ClaimRow, ClaimVersionRow)
            .join(ClaimVersionRow, col(ClaimVersionRow.claim_id) == col(ClaimRow.id))
            .join(
                last,
                (last.c.claim_id == col(ClaimVersionRow.claim_id))
                & (last.c.version == col(ClaimVersionRow.version)),
            )
            .where(ClaimRow.programme == programme)
            .order_by(col(ClaimRow.id))
        )
        with self._session.exec(wanted.execution_options(yield_per=CHUNK)) as rows:
            for claim, version in rows:
                yield claim, version
                self._session.expunge(version)

    # ── verdicts and decisions ───────────────────────────────────────────────────────────────

    def assessment(self, claim_id: int, version: int) -> AssessmentRow | None:
        """Give the last verdict on a version."""
        wanted = select(AssessmentRow).where(
            AssessmentRow.claim_id == claim_id, AssessmentRow.version == version
        )
        return self._session.exec(wanted.order_by(col(AssessmentRow.id).desc())).first()

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
