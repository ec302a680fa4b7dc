"""Hash chains in the database: the journal and the access log."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, insert, update
from sqlalchemy import select as select_columns
from sqlmodel import col, select

from skola_finance.ledger import JournalEntry, Recorded, append
from skola_finance.ledger.journal import GENESIS
from skola_finance.storage.tables import AccessRow, ChainHead, JournalRow, table_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sqlmodel import Session

    from skola_finance.storage.tables.journal import ChainLink

PAGE = 2_000


class Chain(StrEnum):
    """The two chains."""

    JOURNAL = "journal"
    """Commands that changed something."""
    ACCESS = "access"
    """Reads that must be accounted for."""


_TABLE: Mapping[Chain, type[JournalRow | AccessRow]] = {
    Chain.JOURNAL: JournalRow,
    Chain.ACCESS: AccessRow,
}


_HEADS = table_of(ChainHead)
_OF_CHAIN = _HEADS.c.chain == bindparam("of_chain")
_LOCK_HEAD = select_columns(_HEADS.c.number, _HEADS.c.hash).where(_OF_CHAIN).with_for_update()
_FIRST_HEAD = insert(_HEADS)
_MOVE_HEAD = update(_HEADS).where(_OF_CHAIN)
_ADD_LINK = {chain: insert(table_of(table)) for chain, table in _TABLE.items()}


@dataclass(slots=True)
class Head:
    """The last link of a chain, as this transaction knows it: its number and its hash."""

    number: int
    hash: str


def lock_head(session: Session, chain: Chain) -> Head:
    """Give the last link's number and hash; nobody else adds one before this transaction ends."""
    held: Head | None = session.info.get(chain)
    if held is not None:
        return held
    connection = session.connection()
    found = connection.execute(_LOCK_HEAD, {"of_chain": chain.value}).first()
    if found is None:
        connection.execute(_FIRST_HEAD, {"chain": chain.value, "number": 0, "hash": GENESIS})
    head = Head(0, GENESIS) if found is None else Head(found.number, found.hash)
    session.info[chain] = head
    return head


def head_hash(session: Session, chain: Chain) -> str:
    """Give the hash noted for the last link, empty where there is none; nobody has to wait."""
    head = session.get(ChainHead, chain.value)
    return head.hash if head is not None and head.number else ""


def add_link(
    session: Session,
    chain: Chain,
    recorded: Recorded,
    *,
    inputs: Mapping[str, object],
    key: bytes,
    subject: str,
    reason: str = "",
) -> JournalEntry:
    """Add a link to a chain whose head is locked, and move the head."""
    head = lock_head(session, chain)
    previous = None
    if head.number:
        previous = _link(head.number, head.hash, recorded)
    entry = append(previous, recorded, inputs=inputs, key=key)
    row = {
        "number": entry.number,
        "at": recorded.at,
        "actor": recorded.actor,
        "command": recorded.command,
        "command_id": recorded.command_id,
        "amounts": dict(recorded.amounts),
        "posted": list(recorded.posted),
        "rulebook_digest": recorded.rulebook_digest,
        "inputs_digest": entry.inputs_digest,
        "previous_hash": entry.previous_hash,
        "hash": entry.hash,
        "subject": subject,
    }
    if chain is Chain.ACCESS:
        row["reason"] = reason
    connection = session.connection()
    connection.execute(_ADD_LINK[chain], row)
    head.number, head.hash = entry.number, entry.hash
    connection.execute(
        _MOVE_HEAD, {"of_chain": chain.value, "number": head.number, "hash": head.hash}
    )
    return entry


def _link(number: int, digest: str, recorded: Recorded) -> JournalEntry:
    """Give the head as a link: only its number and hash are asked for by the next one."""
    return JournalEntry(
        number=number, recorded=recorded, inputs_digest="", previous_hash="", hash=digest
    )


def links(session: Session, chain: Chain, *, after: int = 0) -> Iterator[JournalEntry]:
    """Give the links of a chain in their order, a page at a time."""
    table = _TABLE[chain]
    while True:
        wanted = select(table).where(col(table.number) > after).order_by(col(table.number))
        rows = session.exec(wanted.limit(PAGE)).all()
        for row in rows:
            yield entry_of(row)
            session.expunge(row)
        if len(rows) < PAGE:
            return
        after = rows[-1].number


def entry_of(row: ChainLink) -> JournalEntry:
    """Give a row as the link it holds."""
    return JournalEntry(
        number=row.number,
        recorded=Recorded(
            at=row.at,
            actor=row.actor,
            command=row.command,
            command_id=row.command_id,
            amounts=row.amounts,
            posted=tuple(row.posted),
            rulebook_digest=row.rulebook_digest,
        ),
        inputs_digest=row.inputs_digest,
        previous_hash=row.previous_hash,
        hash=row.hash,
    )
