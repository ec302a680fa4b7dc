"""The books: double entry in two self-balancing groups, and the hash-chained journal.

Imports `problems`, `money` and `funding`; knows no storage, no web and no clock: dates, times,
keys and balances are handed in.

It promises: an entry cannot exist unless it balances in each group, in total and per source;
every balance at every date is a sum of postings; approved amounts are split in the order of
their approval (D-03); nothing is overwritten, a correction is an entry of its own; a broken link
of the journal is found and named.
"""

from skola_finance.ledger.accounts import Account, Group, Side
from skola_finance.ledger.balances import Balances, TrialRow
from skola_finance.ledger.ceilings import (
    AdvanceLimitExceeded,
    FreeAllocationExceeded,
    FreeEnvelopeExceeded,
    sub_project_advance_limit,
)
from skola_finance.ledger.digests import ShortKey, digest_entry, digest_inputs
from skola_finance.ledger.dimensions import Dimension, Dimensions, Quota
from skola_finance.ledger.entry import Entry, Occasion, UnbalancedEntry, UnusableEntry
from skola_finance.ledger.invariants import check_all, check_balances
from skola_finance.ledger.invariants_of_entries import check_entries
from skola_finance.ledger.journal import (
    JournalEntry,
    Recorded,
    UnusableJournalEntry,
    append,
    verify,
)
from skola_finance.ledger.legs import (
    CostPart,
    RatePeriod,
    UnknownRatePeriod,
    UnusableAmount,
)
from skola_finance.ledger.open_item import BalanceExceeded, Drawing, OpenItem, OtherPartner
from skola_finance.ledger.posting import Posting, UnusablePosting
from skola_finance.ledger.posting_table import POSTING_TABLE, Event
from skola_finance.ledger.registers import Registers, UpwardClaim

__all__ = [
    "POSTING_TABLE",
    "Account",
    "AdvanceLimitExceeded",
    "BalanceExceeded",
    "Balances",
    "CostPart",
    "Dimension",
    "Dimensions",
    "Drawing",
    "Entry",
    "Event",
    "FreeAllocationExceeded",
    "FreeEnvelopeExceeded",
    "Group",
    "JournalEntry",
    "Occasion",
    "OpenItem",
    "OtherPartner",
    "Posting",
    "Quota",
    "RatePeriod",
    "Recorded",
    "Registers",
    "ShortKey",
    "Side",
    "TrialRow",
    "UnbalancedEntry",
    "UnknownRatePeriod",
    "UnusableAmount",
    "UnusableEntry",
    "UnusableJournalEntry",
    "UnusablePosting",
    "UpwardClaim",
    "append",
    "check_all",
    "check_balances",
    "check_entries",
    "digest_entry",
    "digest_inputs",
    "sub_project_advance_limit",
    "verify",
]
