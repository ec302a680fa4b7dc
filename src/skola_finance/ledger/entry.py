"""An event and its postings, which cannot exist unless they balance."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from skola_finance.funding import FundingSource
from skola_finance.ledger.accounts import Account, Group
from skola_finance.ledger.posting_table import ACCOUNTS_OF, POSTING_TABLE
from skola_finance.ledger.wording import amount, error
from skola_finance.problems import Problem, SkolaError, Text

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from skola_finance.ledger.posting import Posting
    from skola_finance.ledger.posting_table import Event

_SOURCE = {
    FundingSource.ESF_PLUS: Text(lv="ESF+", en="ESF+"),
    FundingSource.STATE: Text(lv="valsts budžets", en="state budget"),
}
_GROUP = {
    Group.BUDGET: Text(lv="budžeta grupa", en="budget group"),
    Group.MONEY: Text(lv="naudas grupa", en="money group"),
}


class UnbalancedEntry(SkolaError, ValueError):
    """PAY-801: postings whose debits are not their credits."""


class UnusableEntry(SkolaError, ValueError):
    """PAY-807: an entry that does not say what it records, or holds what its event does not."""

    def __init__(self, event: Event, *, lv: str, en: str) -> None:
        """Name the event and say in both languages what is wrong."""
        super().__init__(
            error(
                "PAY-807",
                message=Text(
                    lv=f"Grāmatojums „{event}” nav izmantojams: {lv}.",
                    en=f"The entry “{event}” cannot be used: {en}.",
                ),
                hint=Text(
                    lv="Veidojiet grāmatojumu ar šī notikuma funkciju.",
                    en="Make the entry with the function of its event.",
                ),
                subject=event.value,
            ),
        )


@dataclass(frozen=True, slots=True)
class Occasion:
    """What every entry says of the event that it records.

    `reference` names the decision, order, statement line or agreement behind it; `batch` is the
    payment file of an order, or the bank statement of money that moved, and may be empty.
    """

    programme: str
    effective_on: date
    reference: str
    batch: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One event in the books, immutable.

    It balances in each group, in total and per source, and its `source_rounding` is zero over
    the sources. `approval_no` is its place in the order of D-03, for the events that have one.
    An entry without postings records an event that moved nothing, such as a nil claim.

    Raises: UnbalancedEntry (PAY-801); UnusableEntry (PAY-807) for an empty reference, postings
    of another programme or of accounts that the event does not move, and a number where none
    belongs or none where one does.
    """

    event: Event
    occasion: Occasion
    postings: tuple[Posting, ...]
    approval_no: int | None = None

    def __post_init__(self) -> None:
        """Refuse an entry that does not balance or contradicts its event."""
        if not self.occasion.reference.strip():
            raise UnusableEntry(
                self.event,
                lv="nav norādīts, ko tas apliecina",
                en="it does not say what it records",
            )
        self._check_number()
        self._check_postings()
        faults = balance_faults(self.postings)
        if faults:
            raise UnbalancedEntry(faults[0])

    def _check_number(self) -> None:
        is_number = type(self.approval_no) is int and self.approval_no > 0
        if POSTING_TABLE[self.event].takes_number != is_number or (
            not is_number and self.approval_no is not None
        ):
            raise UnusableEntry(
                self.event,
                lv=f"apstiprinājuma numurs ir „{self.approval_no}”",
                en=f"its approval number is “{self.approval_no}”",
            )

    def _check_postings(self) -> None:
        allowed = ACCOUNTS_OF[self.event]
        for posting in self.postings:
            if posting.account not in allowed:
                raise UnusableEntry(
                    self.event,
                    lv=f"tas nevar skart kontu „{posting.account.label.lv}”",
                    en=f"it cannot move the account “{posting.account.label.en}”",
                )
            if posting.dimensions.programme != self.occasion.programme:
                raise UnusableEntry(
                    self.event,
                    lv=f"tajā ir arī programma „{posting.dimensions.programme}”",
                    en=f"it also holds the programme “{posting.dimensions.programme}”",
                )


def balance_faults(postings: Iterable[Posting], *, where: str = "") -> tuple[Problem, ...]:
    """Say where debits differ from credits, by group and source (invariant 1).

    `where` names the entry. Returns: PAY-801 for each group and source out of balance, and for
    each group whose `source_rounding` is not zero over the sources; in total follows from both.
    """
    sums: defaultdict[tuple[Group, FundingSource], int] = defaultdict(int)
    rounding: defaultdict[Group, int] = defaultdict(int)
    for posting in postings:
        sums[posting.group, posting.source] += posting.cents
        if posting.account is Account.SOURCE_ROUNDING:
            rounding[posting.group] += posting.cents
    problems = [
        _out_of_balance(
            cents,
            lv=f"{_GROUP[group].lv}, {_SOURCE[source].lv}",
            en=f"{_GROUP[group].en}, {_SOURCE[source].en}",
            where=where,
        )
        for (group, source), cents in sums.items()
        if cents
    ]
    problems += [
        _out_of_balance(
            cents,
            lv=f"{_GROUP[group].lv}, „{Account.SOURCE_ROUNDING.label.lv}” pa avotiem",
            en=f"{_GROUP[group].en}, “{Account.SOURCE_ROUNDING.label.en}” over the sources",
            where=where,
        )
        for group, cents in rounding.items()
        if cents
    ]
    return tuple(problems)


def _out_of_balance(cents: int, *, lv: str, en: str, where: str) -> Problem:
    found = amount(cents)
    of_lv, of_en = (f" „{where}”", f" “{where}”") if where else ("", "")
    return error(
        "PAY-801",
        message=Text(
            lv=f"Grāmatojums{of_lv} nav līdzsvarā ({lv}): "
            f"debeta un kredīta starpība ir {found.lv}.",
            en=f"The entry{of_en} does not balance ({en}): debits less credits come to {found.en}.",
        ),
        hint=Text(
            lv="Debetam un kredītam jāsakrīt katrā grupā un katrā avotā.",
            en="Debits and credits must be equal in each group and for each source.",
        ),
        subject=where,
    )
