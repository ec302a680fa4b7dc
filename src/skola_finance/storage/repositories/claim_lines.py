"""Versions of claims and their lines."""

from __future__ import annotations

import hashlib
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, insert
from sqlalchemy import select as select_columns
from sqlmodel import col, delete, select

from skola_finance.ledger.digests import canonical_json
from skola_finance.storage.tables import ClaimLineRow, ClaimVersionRow, table_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sqlalchemy import Update
    from sqlmodel import Session

AMOUNTS = (
    *("claimed_cents", "eligible_cents", "ineligible_cents", "unfunded_cents"),
    *("approved_cents", "withdrawn_cents"),
)
_SEALED = (
    *("line_no", "line_id", "semester", "quota", "rate_period", "stands", *AMOUNTS),
    *("activity", "cost_form", "activity_on", "specialist_ref", "document_key", "project_no"),
    *("institution_reg_no", "codes"),
)

_OF_VERSION = (
    col(ClaimLineRow.claim_id) == bindparam("of_claim"),
    col(ClaimLineRow.version) == bindparam("of_version"),
)
_LINES = (
    select(ClaimLineRow)
    .where(*_OF_VERSION)
    .order_by(col(ClaimLineRow.line_no))
    .execution_options(populate_existing=True)
)
_SAID = (
    select_columns(*(col(getattr(ClaimLineRow, name)) for name in _SEALED))
    .where(*_OF_VERSION)
    .order_by(col(ClaimLineRow.line_no))
)


@cache
def _setting(names: tuple[str, ...]) -> Update:
    """Make the statement that changes some amounts of one line."""
    table = table_of(ClaimLineRow)
    return (
        table.update()
        .where(
            table.c.claim_id == bindparam("b_claim"),
            table.c.version == bindparam("b_version"),
            table.c.line_no == bindparam("b_line_no"),
        )
        .values({name: bindparam(f"b_{name}") for name in names})
    )


class ClaimLines:
    """Versions and lines of claims."""

    _session: Session

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
        wanted = _LINES
        if after is not None:
            wanted = wanted.where(col(ClaimLineRow.line_no) > after)
        if limit is not None:
            wanted = wanted.limit(limit)
        return self._session.scalars(wanted, {"of_claim": claim_id, "of_version": version}).all()

    def line_cents(self, claim_id: int, version: int) -> Sequence[tuple[int, ...]]:
        """Give line number and amounts of every line of a version, in the order of `AMOUNTS`."""
        columns = [getattr(ClaimLineRow, name) for name in ("line_no", *AMOUNTS)]
        wanted = select_columns(*columns).where(
            col(ClaimLineRow.claim_id) == claim_id, col(ClaimLineRow.version) == version
        )
        rows = self._session.execute(wanted.order_by(col(ClaimLineRow.line_no)))
        return [tuple(row) for row in rows]

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
        self._set_amounts(claim_id, version, amounts)
        return self.lines_digest(claim_id, version)

    def set_amounts_of(
        self, lines: Sequence[ClaimLineRow], amounts: Sequence[Mapping[str, Any]]
    ) -> str:
        """Change amounts as `set_amounts` does, without reading the lines for their digest again.

        `lines` are all lines of a version, as they stand: the claim has been held since.
        """
        self._set_amounts(lines[0].claim_id, lines[0].version, amounts)
        changed = {line["line_no"]: line for line in amounts}
        return _digest_of(
            [changed.get(line.line_no, {}).get(name, getattr(line, name)) for name in _SEALED]
            for line in lines
        )

    def _set_amounts(
        self, claim_id: int, version: int, amounts: Sequence[Mapping[str, Any]]
    ) -> None:
        if amounts:
            where = {"b_claim": claim_id, "b_version": version}
            self._session.connection().execute(
                _setting(tuple(name for name in amounts[0] if name != "line_no")),
                [where | {f"b_{name}": line[name] for name in line} for line in amounts],
            )

    def lines_digest(self, claim_id: int, version: int) -> str:
        """Digest what the lines of a version say, a learner's columns left out."""
        # Lines are written by statements of their own, never by a flush.
        rows = self._session.connection().execute(
            _SAID, {"of_claim": claim_id, "of_version": version}
        )
        return _digest_of(list(row) for row in rows)

    def line_keys(self) -> Sequence[tuple[int, int]]:
        """Give claim and version of everything that has lines."""
        wanted = select(ClaimLineRow.claim_id, ClaimLineRow.version).distinct()
        wanted = wanted.order_by(col(ClaimLineRow.claim_id), col(ClaimLineRow.version))
        return [(row[0], row[1]) for row in self._session.execute(wanted)]


def _digest_of(lines: Iterable[list[Any]]) -> str:
    return hashlib.sha256(canonical_json(list(lines))).hexdigest()
