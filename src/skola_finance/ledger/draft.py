"""Writing an entry: amounts are put on accounts, and what the sources differ by is found."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from skola_finance.funding import FundingSource
from skola_finance.ledger.accounts import Account, Group, Side
from skola_finance.ledger.dimensions import Dimensions
from skola_finance.ledger.entry import Entry
from skola_finance.ledger.posting import Posting

if TYPE_CHECKING:
    from collections.abc import Iterable

    from skola_finance.funding import FundingSplit
    from skola_finance.ledger.entry import Occasion
    from skola_finance.ledger.posting_table import Event


class Draft:
    """An entry in the making.

    Where two accounts split differently by source, the finished entry carries a
    `source_rounding` pair for it, in the group where it happened.
    """

    def __init__(self, occasion: Occasion, *, partner: str = "") -> None:
        """Begin an entry; `partner` is whose the rounding would be, empty for no one's."""
        self._occasion = occasion
        self._partner = partner
        self._postings: list[Posting] = []

    def debit(self, account: Account, dimensions: Dimensions, legs: FundingSplit) -> None:
        """Debit an account by the sources of a split."""
        self._move(account, dimensions, legs, Side.DEBIT)

    def credit(self, account: Account, dimensions: Dimensions, legs: FundingSplit) -> None:
        """Credit an account by the sources of a split."""
        self._move(account, dimensions, legs, Side.CREDIT)

    def add(self, postings: Iterable[Posting]) -> None:
        """Add postings as they are."""
        self._postings.extend(postings)

    def _move(
        self, account: Account, dimensions: Dimensions, legs: FundingSplit, side: Side
    ) -> None:
        (group,) = account.groups
        for source, cents in _by_source(legs):
            if cents:
                self._postings.append(
                    Posting(group, account, dimensions, source, side.sign * cents)
                )

    def entry(self, event: Event, *, approval_no: int | None = None) -> Entry:
        """Finish the entry.

        Raises: UnbalancedEntry (PAY-801) where the totals differ, which no rounding mends.
        """
        return Entry(
            event,
            self._occasion,
            (*self._postings, *self._rounding()),
            approval_no,
        )

    def _rounding(self) -> list[Posting]:
        over: defaultdict[tuple[Group, FundingSource], int] = defaultdict(int)
        for posting in self._postings:
            over[posting.group, posting.source] += posting.cents
        dimensions = Dimensions(self._occasion.programme, self._partner)
        return [
            Posting(group, Account.SOURCE_ROUNDING, dimensions, source, -cents)
            for (group, source), cents in over.items()
            if cents
        ]


def _by_source(legs: FundingSplit) -> tuple[tuple[FundingSource, int], ...]:
    return (
        (FundingSource.ESF_PLUS, legs.esf_plus_cents),
        (FundingSource.STATE, legs.state_cents),
    )
