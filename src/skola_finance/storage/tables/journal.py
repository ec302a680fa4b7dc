"""Commands, the journal and the access log."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index
from sqlmodel import Field

from skola_finance.storage.tables.base import Row, moment
from skola_finance.storage.types import Identifier


class CommandRow(Row, table=True):
    """A command that succeeded, under the id that its client made: asked again, it answers again.

    `content_digest` is keyed and covers everything that was asked, so that the same id with other
    content is refused; it is no part of the journal.
    """

    __tablename__ = "command"

    id: str = Field(primary_key=True, max_length=80)
    name: str
    actor: str
    content_digest: str
    answer: dict[str, Any] = Field(sa_type=JSON)
    journal_no: int = Field(unique=True, sa_type=Identifier)


class ChainLink(Row):
    """The columns of a link of a hash chain (`ledger.journal`)."""

    number: int = Field(primary_key=True, sa_type=Identifier)
    at: datetime = moment()
    actor: str = Field(index=True)
    command: str = Field(index=True)
    command_id: str
    amounts: dict[str, int] = Field(sa_type=JSON)
    posted: list[str] = Field(sa_type=JSON)
    rulebook_digest: str = ""
    inputs_digest: str
    previous_hash: str
    hash: str


class JournalRow(ChainLink, table=True):
    """An entry of the journal: who did what, when, with which amounts."""

    __tablename__ = "journal_entry"

    subject: str = Field(default="", index=True)
    """What it was about, to search by; no part of the hash, as it can be found anew."""


class AccessRow(ChainLink, table=True):
    """A read that must be accounted for: a risk ground, the lines of learners."""

    __tablename__ = "access_entry"

    subject: str = Field(default="", index=True)
    reason: str = ""


class ChainHead(Row, table=True):
    """The last link of a chain: locked while the next one is added."""

    __tablename__ = "chain_head"

    chain: str = Field(primary_key=True)
    number: int = Field(sa_type=Identifier)
    hash: str


class SealRow(Row, table=True):
    """The digest of a row as a command left it; append-only, the last one of a row counts.

    The journal entry of the command holds the digest of all its seals, so that a row changed by
    hand is found and named, with the entry that last wrote it. A learner's columns are left out.
    """

    __tablename__ = "seal"
    __table_args__ = (Index("ix_seal_row", "table", "key", "journal_no"),)

    journal_no: int = Field(primary_key=True, sa_type=Identifier)
    table: str = Field(primary_key=True)
    key: str = Field(primary_key=True)
    digest: str


class Counter(Row, table=True):
    """The last number given out under a name."""

    __tablename__ = "counter"

    name: str = Field(primary_key=True)
    value: int = Field(sa_type=Identifier)


class ActRow(Row, table=True):
    """What somebody did to one thing: the history that four eyes look at."""

    __tablename__ = "act"
    __table_args__ = (Index("ix_act_thing", "machine", "thing", "id"),)

    id: int = Field(default=None, primary_key=True, sa_type=Identifier)
    machine: str
    thing: str
    command: str
    actor: str
    role: str
    at: datetime = moment()
    state: str
    note: str = ""
    journal_no: int = Field(index=True, sa_type=Identifier)
