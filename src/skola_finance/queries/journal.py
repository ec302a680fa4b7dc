"""The journal and the log of who opened what."""

from __future__ import annotations

from skola_finance.usecases.reports.journal_view import journal_line, search_journal
from skola_finance.usecases.views.journal import (
    AccessFound,
    ChainProof,
    FoundAccess,
    FoundEntry,
    JournalEntryShown,
    JournalFound,
    find_in_access_log,
    find_in_journal,
    journal_entry,
    prove_chain,
)

__all__ = [
    "AccessFound",
    "ChainProof",
    "FoundAccess",
    "FoundEntry",
    "JournalEntryShown",
    "JournalFound",
    "find_in_access_log",
    "find_in_journal",
    "journal_entry",
    "journal_line",
    "prove_chain",
    "search_journal",
]
