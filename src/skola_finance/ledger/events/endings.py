"""Events that end a partner or the programme, and succession.

They close accounts cell by cell: a cell is the sum of the postings that share an account, its
dimensions and a source, and is itself a posting (`Balances.cells`).
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from skola_finance.ledger.accounts import OPEN_ACCOUNTS, Account, Group
from skola_finance.ledger.dimensions import Dimensions
from skola_finance.ledger.draft import Draft
from skola_finance.ledger.events.budget import SameOnBothSides
from skola_finance.ledger.posting_table import Event
from skola_finance.ledger.wording import account_of, amount, error
from skola_finance.problems import SkolaError, Text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from skola_finance.ledger.entry import Entry, Occasion
    from skola_finance.ledger.posting import Posting


class AccountsStillOpen(SkolaError, ValueError):
    """PAY-808: a partner or the programme cannot be closed while something stands open."""

    def __init__(self, account: Account, *, partner: str, cents: int) -> None:
        """Name the account, whose it is and what stands on it."""
        named, there = account_of(account, partner), amount(cents)
        super().__init__(
            error(
                "PAY-808",
                message=Text(
                    lv=f"Slēgt nevar: kontā {named.lv} ir {there.lv}.",
                    en=f"It cannot be closed: {there.en} stands on {named.en}.",
                ),
                hint=Text(
                    lv="Vispirms nokārtojiet atvērtās summas un slēdziet partnerus.",
                    en="Settle what is open and close the partners first.",
                ),
                subject=account.value,
            ),
        )


def succeed_partner(occasion: Occasion, *, old: str, new: str, cells: Iterable[Posting]) -> Entry:
    """Let a partner take over every balance of another: every account, new / old.

    `cells` are the balances of the books; those of the old partner move as they are, document by
    document and source by source, so that the totals of the programme and the split stay.

    Raises: SameOnBothSides (PAY-809).
    """
    if old == new:
        raise SameOnBothSides(old)
    draft = Draft(occasion)
    for cell in cells:
        if (cell.dimensions.programme, cell.dimensions.partner) == (occasion.programme, old):
            at_new = replace(cell.dimensions, partner=new)
            draft.add([replace(cell, dimensions=at_new), replace(cell, cents=-cell.cents)])
    return draft.entry(Event.PARTNER_SUCCEEDED)


def close_partner(occasion: Occasion, *, partner: str, cells: Iterable[Posting]) -> Entry:
    """Close a partner: the rest of its allocation goes back, envelope / allocation.

    Raises: AccountsStillOpen (PAY-808) while anything is payable, ordered, advanced or recoverable.
    """
    own = [
        cell
        for cell in cells
        if (cell.dimensions.programme, cell.dimensions.partner) == (occasion.programme, partner)
    ]
    _check_closed(own, OPEN_ACCOUNTS)
    draft = Draft(occasion, partner=partner)
    everyone = Dimensions(occasion.programme)
    for cell in own:
        if cell.account is Account.ALLOCATION:
            back = replace(cell, account=Account.ENVELOPE, dimensions=everyone)
            draft.add([back, replace(cell, cents=-cell.cents)])
    return draft.entry(Event.PARTNER_CLOSED)


def close_programme(occasion: Occasion, *, cells: Iterable[Posting]) -> Entry:
    """Close the budget accounts: appropriation / envelope, appropriation / used.

    Source rounding of the budget group closes with them.

    Raises: AccountsStillOpen (PAY-808) while anything is open, a free allocation included.
    """
    own = [cell for cell in cells if cell.dimensions.programme == occasion.programme]
    _check_closed(own, (*OPEN_ACCOUNTS, Account.ALLOCATION))
    draft = Draft(occasion)
    draft.add(replace(cell, cents=-cell.cents) for cell in own if cell.group is Group.BUDGET)
    return draft.entry(Event.PROGRAMME_CLOSED)


def _check_closed(cells: Iterable[Posting], accounts: Iterable[Account]) -> None:
    sums: defaultdict[tuple[Account, str], int] = defaultdict(int)
    for cell in cells:
        sums[cell.account, cell.dimensions.partner] += cell.grows_cents
    for account in accounts:
        for (found, partner), cents in sums.items():
            if found is account and cents:
                raise AccountsStillOpen(account, partner=partner, cents=cents)
