"""Searching the journal and the access log by words, and what one entry wrote."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from sqlalchemy import or_
from sqlalchemy import select as select_columns
from sqlmodel import col, select

from skola_finance.storage.tables import AccessRow, ClaimRow, JournalRow, SealRow

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlmodel import Session

LinkRow = TypeVar("LinkRow", JournalRow, AccessRow)


class JournalSearch:
    """The links of both chains, the newest first, a page at a time."""

    def __init__(self, session: Session) -> None:
        """Take the session."""
        self._session = session

    def search(
        self,
        table: type[LinkRow],
        *,
        text: str = "",
        named: Sequence[str] = (),
        actor: str = "",
        command: str = "",
        since: datetime | None = None,
        until: datetime | None = None,
        before: int = 0,
        limit: int,
    ) -> Sequence[LinkRow]:
        """Give links that hold a text in subject, actor or command, or are one of `named`.

        `actor` and `command` are exactly these; `since` is the first moment and `until` the first
        one after; only links below the number `before` are given, all where it is 0.
        """
        wanted = select(table)
        if text:
            parts = [
                col(one).icontains(text, autoescape=True)
                for one in (table.subject, table.actor, table.command)
            ]
            wanted = wanted.where(or_(*parts, col(table.command).in_(named)))
        if actor:
            wanted = wanted.where(col(table.actor) == actor)
        if command:
            wanted = wanted.where(col(table.command) == command)
        if since is not None:
            wanted = wanted.where(col(table.at) >= since)
        if until is not None:
            wanted = wanted.where(col(table.at) < until)
        if before:
            wanted = wanted.where(col(table.number) < before)
        return self._session.exec(wanted.order_by(col(table.number).desc()).limit(limit)).all()

    def commands(self, table: type[LinkRow]) -> list[str]:
        """Give the names of the commands that stand in a chain."""
        wanted = select_columns(col(table.command)).distinct().order_by(col(table.command))
        return [row[0] for row in self._session.execute(wanted)]

    def written(self, number: int, *, limit: int) -> list[tuple[str, str]]:
        """Give table and key of the rows that an entry sealed."""
        wanted = select_columns(col(SealRow.table), col(SealRow.key))
        wanted = wanted.where(col(SealRow.journal_no) == number)
        wanted = wanted.order_by(col(SealRow.table), col(SealRow.key)).limit(limit)
        return [(row[0], row[1]) for row in self._session.execute(wanted)]

    def claims_named(self, subjects: Sequence[str]) -> frozenset[str]:
        """Give those of some subjects that are keys of claims."""
        wanted = select_columns(col(ClaimRow.key)).where(col(ClaimRow.key).in_(subjects))
        return frozenset(row[0] for row in self._session.execute(wanted))
