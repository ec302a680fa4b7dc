"""The unit of work: one transaction, its repositories, and the only `commit`."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import event, insert
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError
from sqlmodel import Session

from skola_finance.storage.chain import Chain, add_link, lock_head
from skola_finance.storage.problems import (
    busy,
    cannot_write,
    not_a_database,
    not_there,
    older_schema,
)
from skola_finance.storage.repositories import Repositories
from skola_finance.storage.seals import (
    GONE,
    UNSEALED,
    cells_digest,
    combined,
    key_of,
    row_digest,
)
from skola_finance.storage.tables import ActRow, CommandRow, SealRow, table_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from contextlib import AbstractContextManager

    from sqlalchemy import Insert

    from skola_finance.ledger import JournalEntry, Recorded
    from skola_finance.storage.database import Database


_ADD_SEALS = insert(table_of(SealRow))
_ADD_ACT = insert(table_of(ActRow))
_ADD_COMMAND = insert(table_of(CommandRow))


class Collision(Exception):
    """Two transactions met; the same work done anew will go through."""


class UnitOfWork(Repositories):
    """One transaction over the repositories.

    What is added, changed or deleted through it is sealed when it ends; see `seals`.
    """

    def __init__(self, session: Session) -> None:
        """Take a session whose transaction has begun."""
        super().__init__(session)
        self._touched: dict[int, Any] = {}
        self._gone: list[tuple[str, str]] = []
        self._sealed_apart: dict[tuple[str, str], str] = {}
        self._acts: list[dict[str, Any]] = []
        event.listen(session, "before_flush", self._remember)

    def _remember(self, session: Session, _context: object, _instances: object) -> None:
        for row in (*session.new, *session.dirty):
            if type(row) not in UNSEALED:
                self._touched[id(row)] = row
        for row in session.deleted:
            if type(row) not in UNSEALED:
                self._gone.append((row.__tablename__, key_of(row)))
                self._touched.pop(id(row), None)

    def forget(self) -> None:
        """Undo everything done in this work so far: a preview keeps nothing."""
        self.session.rollback()
        self.session.info.clear()

    def unflushed(self) -> AbstractContextManager[object]:
        """Read what this work has not changed, without writing first what it has."""
        return self.session.no_autoflush

    def seal(self, table: str, key: str, digest: str) -> None:
        """Seal rows that were written in bulk, under one digest for all of them."""
        self._sealed_apart[table, key] = digest

    def act(self, **cells: Any) -> None:  # noqa: ANN401 - the columns of an `ActRow`
        """Add to the history of a thing; its journal number is filled in when the work ends."""
        self._acts.append(cells)

    def next_journal_no(self) -> int:
        """Give the number of the journal entry that this work will make, and hold it."""
        return lock_head(self.session, Chain.JOURNAL).number + 1

    def finish(
        self,
        recorded: Recorded,
        *,
        inputs: Mapping[str, object],
        key: bytes,
        subject: str,
        answer: Mapping[str, Any],
        content_digest: str,
    ) -> JournalEntry:
        """Write the journal entry, the seals and the command's answer."""
        number = self.next_journal_no()
        self.session.flush()
        for act in self._acts:
            self._add_apart(_ADD_ACT, {**act, "journal_no": number})
        self._add_apart(
            _ADD_COMMAND,
            {
                "id": recorded.command_id,
                "name": recorded.command,
                "actor": recorded.actor,
                "content_digest": content_digest,
                "answer": dict(answer),
                "journal_no": number,
            },
        )
        seals = self._seals()
        posted = (*recorded.posted, combined(seals))
        entry = add_link(
            self.session,
            Chain.JOURNAL,
            replace(recorded, posted=posted),
            inputs=inputs,
            key=key,
            subject=subject,
        )
        self.session.connection().execute(
            _ADD_SEALS,
            [
                {"journal_no": number, "table": table, "key": of, "digest": digest}
                for table, of, digest in seals
            ],
        )
        return entry

    def _add_apart(self, statement: Insert, cells: dict[str, Any]) -> None:
        """Add and seal a row that nothing else in this work reads: no object is made of it."""
        added = self.session.connection().execute(statement, cells)
        (number,) = added.inserted_primary_key or (cells["id"],)
        self.seal(statement.table.name, str(number), cells_digest({**cells, "id": number}))

    def _seals(self) -> list[tuple[str, str, str]]:
        # SQLite gives the number of a deleted row out again: what stands there now counts.
        seals = dict.fromkeys(self._gone, GONE)
        for row in self._touched.values():
            seals[row.__tablename__, key_of(row)] = row_digest(row)
        seals.update(self._sealed_apart)
        return [(table, key, digest) for (table, key), digest in seals.items()]


@contextmanager
def writing(database: Database) -> Iterator[UnitOfWork]:
    """Work in one transaction that is kept if nothing is raised, and leaves no trace if it is.

    Raises: StorageUnusable STO-901, STO-903 to STO-906; Collision where the work may be tried anew.
    """
    _check_there(database)
    with translated(database), Session(database.engine, expire_on_commit=False) as session:
        session.connection()
        yield UnitOfWork(session)
        session.commit()


@contextmanager
def reading(database: Database) -> Iterator[UnitOfWork]:
    """Read from one consistent state; nothing is kept.

    Raises: StorageUnusable STO-901, STO-903, STO-905 or STO-906.
    """
    _check_there(database)
    level: dict[str, Any] = {"skola_reads_only": True}
    if not database.is_sqlite:
        level["isolation_level"] = "REPEATABLE READ"
    engine = database.engine.execution_options(**level)
    with translated(database), Session(engine, expire_on_commit=False) as session:
        session.connection()
        yield UnitOfWork(session)


def _check_there(database: Database) -> None:
    """Refuse a file that is not there: SQLite would make an empty one."""
    file = database.file
    if file is not None and not file.exists():
        raise not_there(database.name)


_PG_UNIQUE = "23505"
_PG_RETRY = frozenset({"40001", "40P01"})
_PG_FULL = frozenset({"53100", "25006", "53000"})
_PG_BUSY = frozenset({"55P03", "53300", "57014"})
_PG_UNKNOWN_NAME = frozenset({"42P01", "42703"})
_SQLITE_UNKNOWN_NAME = ("no such table", "no such column", "has no column named")
_SQLITE_DAMAGED = ("not a database", "malformed")


@contextmanager
def translated(database: Database) -> Iterator[None]:
    """Say in our words what the database says in its own."""
    try:
        yield
    except IntegrityError as error:
        # Two at once took the same number or key; any other broken constraint is a fault of ours.
        state = getattr(error.orig, "sqlstate", None)
        if state == _PG_UNIQUE or "UNIQUE constraint" in str(error.orig):
            raise Collision(str(error.orig)) from error
        raise
    except DBAPIError as error:
        state = getattr(error.orig, "sqlstate", None)
        told = str(error.orig).splitlines()[0] if str(error.orig) else ""
        if state in _PG_RETRY:
            raise Collision(told) from error
        if any(words in told for words in _SQLITE_DAMAGED):
            raise not_a_database(database.name) from error
        is_unknown = any(words in told for words in _SQLITE_UNKNOWN_NAME)
        if state in _PG_UNKNOWN_NAME or is_unknown:
            raise older_schema(told) from error
        if state in _PG_BUSY or "database is locked" in told:
            raise busy() from error
        if state in _PG_FULL or "disk" in told or "readonly" in told:
            raise cannot_write(told) from error
        is_gone = "unable to open" in told if database.is_sqlite else _is_gone(state)
        if error.connection_invalidated or (isinstance(error, OperationalError) and is_gone):
            raise not_there(database.name) from error
        raise


def _is_gone(state: str | None) -> bool:
    """Say whether a server's error means that it does not answer: no state, or class 08."""
    return state is None or state.startswith("08")
