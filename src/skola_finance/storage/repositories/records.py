"""Commands, acts, counters, users, and the journal as people search it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import bindparam
from sqlalchemy import select as select_columns
from sqlmodel import col, select

from skola_finance.storage.tables import (
    AccessRow,
    ActRow,
    CommandRow,
    Counter,
    JournalRow,
    SealRow,
    UserRow,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from sqlmodel import Session

PAGE = 5_000


class Given(NamedTuple):
    """A command that was given and succeeded, with what it answered."""

    id: str
    name: str
    content_digest: str
    answer: dict[str, Any]


class Deed(NamedTuple):
    """One act on a thing: what its history is judged by, and the journal entry that holds it."""

    actor: str
    command: str
    at: datetime
    journal_no: int


# Asked for by every command: made once, not each time, and no objects are made of the rows.
_GIVEN = select_columns(*(col(getattr(CommandRow, name)) for name in Given._fields)).where(
    col(CommandRow.id) == bindparam("of_id")
)
_OF_THING = (
    col(ActRow.machine) == bindparam("of_machine"),
    col(ActRow.thing) == bindparam("of_thing"),
)
_ACTS = select(ActRow).where(*_OF_THING).order_by(col(ActRow.id))
_DEEDS = (
    select_columns(*(col(getattr(ActRow, name)) for name in Deed._fields))
    .where(*_OF_THING)
    .order_by(col(ActRow.id))
)


class Records:
    """What was done, by whom."""

    def __init__(self, session: Session) -> None:
        """Take the session."""
        self._session = session

    def command(self, command_id: str) -> Given | None:
        """Give a command that succeeded."""
        found = self._session.connection().execute(_GIVEN, {"of_id": command_id}).first()
        return None if found is None else Given._make(found)

    def acts(self, machine: str, thing: str) -> Sequence[ActRow]:
        """Give the history of a thing, in order."""
        return self._session.scalars(_ACTS, {"of_machine": machine, "of_thing": thing}).all()

    def deeds(self, machine: str, thing: str) -> Sequence[Deed]:
        """Give the history of a thing, in order, as far as the next step asks for it."""
        wanted = {"of_machine": machine, "of_thing": thing}
        return [Deed._make(row) for row in self._session.connection().execute(_DEEDS, wanted)]

    def next_number(self, name: str) -> int:
        """Count a name up; nobody else gets the same number, whatever happens at once."""
        wanted = select(Counter).where(Counter.name == name).with_for_update()
        counter = self._session.exec(wanted).first()
        if counter is None:
            counter = Counter(name=name, value=0)
        counter.value += 1
        self._session.add(counter)
        self._session.flush()
        return counter.value

    def last_number(self, name: str) -> int:
        """Give the last number that was given out under a name, 0 for none."""
        counter = self._session.get(Counter, name)
        return 0 if counter is None else counter.value

    def user(self, login: str, *, for_update: bool = False) -> UserRow | None:
        """Give an account, held against other changes where asked."""
        if "\x00" in login:
            # What people type into a sign-in page may be anything, and PostgreSQL refuses this.
            return None
        return self._session.get(UserRow, login, with_for_update=for_update or None)

    def users(self, *, for_update: bool = False) -> Sequence[UserRow]:
        """Give every account, by name, held against other changes where asked."""
        wanted = select(UserRow).order_by(col(UserRow.login))
        return self._session.exec(wanted.with_for_update() if for_update else wanted).all()

    def journal(
        self,
        *,
        subject: str = "",
        actor: str = "",
        command: str = "",
        since: datetime | None = None,
        until: datetime | None = None,
        before: int | None = None,
        limit: int = 100,
    ) -> Sequence[JournalRow]:
        """Search the journal, the newest first, `before` a number where a page ended."""
        wanted = select(JournalRow)
        if subject:
            wanted = wanted.where(JournalRow.subject == subject)
        if actor:
            wanted = wanted.where(JournalRow.actor == actor)
        if command:
            wanted = wanted.where(JournalRow.command == command)
        if since is not None:
            wanted = wanted.where(col(JournalRow.at) >= since)
        if until is not None:
            wanted = wanted.where(col(JournalRow.at) < until)
        if before is not None:
            wanted = wanted.where(col(JournalRow.number) < before)
        wanted = wanted.order_by(col(JournalRow.number).desc()).limit(limit)
        return self._session.exec(wanted).all()

    def journal_entry(self, number: int) -> JournalRow | None:
        """Give one entry of the journal."""
        return self._session.get(JournalRow, number)

    def access_log(self, *, before: int | None = None, limit: int = 100) -> Sequence[AccessRow]:
        """Give the reads that were accounted for, the newest first."""
        wanted = select(AccessRow)
        if before is not None:
            wanted = wanted.where(col(AccessRow.number) < before)
        return self._session.exec(wanted.order_by(col(AccessRow.number).desc()).limit(limit)).all()

    def seals(self) -> Iterator[tuple[int, str, str, str]]:
        """Give every seal by journal number: number, table, key, digest."""
        columns = (
            *(col(SealRow.journal_no), col(SealRow.table)),
            *(col(SealRow.key), col(SealRow.digest)),
        )
        wanted = select_columns(*columns).order_by(
            col(SealRow.journal_no), col(SealRow.table), col(SealRow.key)
        )
        with self._session.execute(wanted.execution_options(yield_per=PAGE)) as result:
            for row in result:
                yield row[0], row[1], row[2], row[3]
