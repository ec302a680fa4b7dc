"""What earlier claims used up: approved claims, what they share, and how their lines moved."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, case, func, insert, literal, union
from sqlalchemy import select as select_columns
from sqlmodel import col, select

from skola_finance.ledger.digests import canonical_json
from skola_finance.storage.repositories.claim_lines import ClaimLines
from skola_finance.storage.tables import (
    ClaimLineRow,
    ClaimRow,
    ClaimVersionRow,
    LineMovementRow,
    table_of,
)
from skola_finance.storage.types import Identifier

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence


CHUNK = 500
SHARED = ("learner_ref", "document_key", "specialist_ref", "project_no")
"""What lines of several claims can share, so that one uses up what the other may have."""
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


_ADD_MOVEMENTS = insert(table_of(LineMovementRow))


@cache
def _sharers(columns: tuple[str, ...], until: int | None, after: int) -> Any:  # noqa: ANN401 - a query
    """Make the query for approved claims with a line that has one of some values in some column.

    Numbers are compared by `case`, so that a database begins with the lines that hold the values,
    not with all claims of a programme. `until` and `after` are how many programmes each names.
    """
    number = col(ClaimRow.approval_no)
    approved = [number > _number_in("after", after)]
    if until is not None:
        approved.append(number <= _number_in("until", until))
    return union(
        *(
            select_columns(col(ClaimRow.id))
            .join(ClaimLineRow, col(ClaimLineRow.claim_id) == col(ClaimRow.id))
            .where(
                getattr(ClaimLineRow, column).in_(bindparam(f"of_{column}", expanding=True)),
                col(ClaimLineRow.version) == col(ClaimRow.version),
                *approved,
            )
            for column in columns
        )
    )


def _number_in(name: str, programmes: int) -> Any:  # noqa: ANN401 - a number or an expression
    """Give the number that a basis holds for the programme of a claim, 0 where it holds none."""
    if not programmes:
        return literal(0)
    return case(
        *(
            (
                col(ClaimRow.programme) == bindparam(f"{name}_programme_{place}"),
                bindparam(f"{name}_{place}", type_=Identifier),
            )
            for place in range(programmes)
        ),
        else_=0,
    )


def _named(name: str, basis: Mapping[str, int]) -> dict[str, str | int]:
    """Give the values that `_number_in` asks for."""
    values: dict[str, str | int] = {}
    for place, (programme, number) in enumerate(sorted(basis.items())):
        values[f"{name}_programme_{place}"] = programme
        values[f"{name}_{place}"] = number
    return values


class EarlierClaims(ClaimLines):
    """Approved claims as later ones are judged beside them."""

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
        basis: Mapping[str, int] | None = None,
        after: Mapping[str, int] | None = None,
        without: int | None = None,
    ) -> set[int]:
        """Give approved claims with a line that shares a learner, document or the like.

        Args:
            shared: values by column of `SHARED`.
            basis: the last approval number of each programme that counts; all, if left out.
            after: the last one that does not, where only later ones are asked for.
            without: a claim that is left out.
        """
        values = {column: sorted(set(named)) for column, named in shared.items()}
        most = max(map(len, values.values()), default=0)
        found: set[int] = set()
        for start in range(0, most, CHUNK):
            chunk = {column: named[start : start + CHUNK] for column, named in values.items()}
            found |= self._sharing(chunk, basis, after or {})
        return found - {without}

    def _sharing(
        self,
        shared: Mapping[str, Sequence[str]],
        basis: Mapping[str, int] | None,
        after: Mapping[str, int],
    ) -> set[int]:
        columns = tuple(column for column, values in shared.items() if values)
        wanted = {f"of_{column}": shared[column] for column in columns} | _named("after", after)
        if basis is not None:
            wanted |= _named("until", basis)
        asked = _sharers(columns, None if basis is None else len(basis), len(after))
        # Approvals are numbered in transactions before this one, which changes no line's values.
        return set(self._session.connection().execute(asked, wanted).scalars())

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
            self._session.connection().execute(
                _ADD_MOVEMENTS,
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
        return _digest_of_moves(
            (claim_id, line_no, kind, cents) for claim_id, line_no, cents in sorted(moves)
        )

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
        return _digest_of_moves(
            (row.claim_id, row.line_no, row.kind, row.amount_cents)
            for row in self.movements(programme, approval_no)
        )

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


def _digest_of_moves(moves: Iterable[tuple[int, int, str, int]]) -> str:
    """Digest what an approval number did to lines, in the order of claims and lines."""
    return hashlib.sha256(canonical_json([list(move) for move in moves])).hexdigest()
