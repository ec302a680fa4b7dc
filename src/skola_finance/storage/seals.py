"""Seals: the digest of every row that a command wrote, kept beside the journal.

Amounts stand in many tables; the journal's chain alone would notice a changed posting, but not a
changed order or setting. So each command seals its rows, and the journal entry holds the digest of
its seals: a digit changed by hand anywhere is found, with the entry that last wrote the row.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from sqlalchemy import inspect

from skola_finance.ledger.digests import LEARNER_COLUMNS, canonical_json
from skola_finance.storage.frames import frame_digest, unpack
from skola_finance.storage.tables import (
    AccessRow,
    BalanceRow,
    ChainHead,
    ClaimLineRow,
    Counter,
    FailedSignInRow,
    JournalRow,
    LedgerEntryRow,
    LineMovementRow,
    PostingRow,
    RatePeriodRow,
    RulebookRow,
    SealRow,
    SessionRow,
    SettingsSetRow,
    UsedCodeRow,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from skola_finance.storage.tables import Row

PREFIX = "rows:"
"""Begins the one digest in a journal entry that covers the rows its command wrote."""

UNSEALED = frozenset(
    {
        # The chains prove themselves, and their heads and counters follow from them.
        *(JournalRow, AccessRow, ChainHead, Counter, SealRow),
        # The journal holds the digest of every entry in the books; balances are sums of postings.
        *(LedgerEntryRow, PostingRow, BalanceRow, RatePeriodRow),
        # Their key is the digest of what they hold.
        *(RulebookRow, SettingsSetRow),
        # Sealed together: one digest for the lines of a version, one for those of a decision.
        *(ClaimLineRow, LineMovementRow),
        # They come and go with every visit, and are no part of what was decided.
        *(SessionRow, FailedSignInRow, UsedCodeRow),
    }
)
"""Tables whose rows are proven in another way, or are no part of the record."""

GONE = ""
"""The digest of a row that was deleted."""


def key_of(row: Row) -> str:
    """Give a row's primary key as text."""
    identity = inspect(row).mapper.primary_key_from_instance(row)
    return "/".join(str(part) for part in identity)


def row_digest(row: Row) -> str:
    """Digest a row: SHA-256 over its columns, a learner's left out, frames by what they say."""
    columns = inspect(row).mapper.columns
    return cells_digest({column.key: getattr(row, column.key) for column in columns})


def cells_digest(cells: Mapping[str, Any]) -> str:
    """Digest a row, every column of it, as `row_digest` does."""
    content = {
        name: _bytes_digest(cell) if isinstance(cell, bytes) else cell
        for name, cell in cells.items()
        if name not in LEARNER_COLUMNS
    }
    return hashlib.sha256(canonical_json(content)).hexdigest()


def _bytes_digest(content: bytes) -> str:
    is_frame = content[:4] == b"PAR1"
    return frame_digest(unpack(content)) if is_frame else hashlib.sha256(content).hexdigest()


def combined(seals: Iterable[tuple[str, str, str]]) -> str:
    """Give the digest of the seals of one command, as its journal entry holds it."""
    content = sorted([table, key, digest] for table, key, digest in seals)
    return PREFIX + hashlib.sha256(canonical_json(content)).hexdigest()
