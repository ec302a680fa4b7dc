"""Balances: sums of postings, at any date and by any dimensions."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from skola_finance.funding import FundingSource, FundingSplit
from skola_finance.ledger.accounts import Account, Group
from skola_finance.ledger.dimensions import Dimension, Dimensions, Quota
from skola_finance.ledger.legs import NOTHING, RatePeriod
from skola_finance.ledger.open_item import OpenItem
from skola_finance.ledger.posting import Posting

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from skola_finance.ledger.entry import Entry
    from skola_finance.money import Rate

ANY: Mapping[Dimension, str] = MappingProxyType({})
"""Leaves nothing out of a sum."""

_IN_THE_KEY = frozenset({Dimension.PROGRAMME, Dimension.PARTNER})


@dataclass(frozen=True, slots=True)
class TrialRow:
    """One account of a trial balance in whole cents; one of the two amounts is zero."""

    group: Group
    account: Account
    debit_cents: int
    credit_cents: int


class Balances:
    """Sums of postings, added up once and asked by any dimensions.

    A store may hand in postings that are sums themselves: only what they add up to matters.
    """

    def __init__(self) -> None:
        """Begin with nothing posted."""
        # By account and partner first: that is how events ask, and a programme has many documents.
        self._cents: defaultdict[
            tuple[Group, Account, str, str], dict[tuple[Dimensions, FundingSource], int]
        ] = defaultdict(dict)

    @classmethod
    def of(cls, entries: Iterable[Entry], *, on: date) -> Balances:
        """Add up the entries that have effect on a day or before it."""
        balances = cls()
        for entry in entries:
            if entry.occasion.effective_on <= on:
                balances.add(entry.postings)
        return balances

    def add(self, postings: Iterable[Posting]) -> None:
        """Add postings; what comes to nothing leaves no trace."""
        for each in postings:
            where = each.dimensions
            sums = self._cents[each.group, each.account, where.programme, where.partner]
            cents = sums.get((where, each.source), 0) + each.cents
            if cents:
                sums[where, each.source] = cents
            else:
                del sums[where, each.source]

    def cells(self) -> Iterator[Posting]:
        """Give every balance that is not zero as one posting."""
        for (group, account, _programme, _partner), sums in self._cents.items():
            for (dimensions, source), cents in sums.items():
                yield Posting(group, account, dimensions, source, cents)

    def totals(self, *, programme: str) -> dict[tuple[str, Account], int]:
        """Give every balance of a programme in total, on its normal side, by partner and account.

        The partner is empty for the accounts that belong to none.
        """
        found: defaultdict[tuple[str, Account], int] = defaultdict(int)
        for (_group, account, of_programme, partner), sums in self._cents.items():
            if of_programme == programme:
                found[partner, account] += account.normal_side.sign * sum(sums.values())
        return found

    def sums(
        self,
        account: Account,
        *,
        by: Sequence[Dimension],
        only: Mapping[Dimension, str] = ANY,
    ) -> dict[tuple[str, ...], FundingSplit]:
        """Give an account's balances on its normal side, by the values of some dimensions.

        `only` leaves out what has other values; of `source_rounding` both groups are summed.
        """
        legs: defaultdict[tuple[str, ...], dict[FundingSource, int]] = defaultdict(
            lambda: dict.fromkeys(FundingSource, 0)
        )
        sign = account.normal_side.sign
        for dimensions, source, cents in self._chosen(account, only):
            key = tuple(_value(dimensions, source, dimension) for dimension in by)
            legs[key][source] += sign * cents
        return {key: _split(parts) for key, parts in legs.items()}

    def split(self, account: Account, *, only: Mapping[Dimension, str] = ANY) -> FundingSplit:
        """Give one balance on its normal side, by source."""
        return self.sums(account, by=(), only=only).get((), NOTHING)

    def trial_balance(self, *, only: Mapping[Dimension, str] = ANY) -> tuple[TrialRow, ...]:
        """List every account with a balance; debits are credits in each group.

        That holds over a programme, its partners and either source, each with `source_rounding`.
        """
        sums: defaultdict[tuple[Group, Account], int] = defaultdict(int)
        for cell in self.cells():
            if _fits(cell.dimensions, cell.source, only):
                sums[cell.group, cell.account] += cell.cents
        order = [(group, account) for group in Group for account in Account]
        return tuple(
            TrialRow(*key, debit_cents=max(sums[key], 0), credit_cents=max(-sums[key], 0))
            for key in order
            if sums.get(key, 0)
        )

    def free(self, *, programme: str, partner: str) -> dict[Quota, FundingSplit]:
        """Give a partner's free allocation by quota."""
        only = {Dimension.PROGRAMME: programme, Dimension.PARTNER: partner}
        found = self.sums(Account.ALLOCATION, by=(Dimension.QUOTA,), only=only)
        return {Quota(quota): split for (quota,), split in found.items()}

    def used_cents(self, *, programme: str, partner: str) -> dict[Quota, int]:
        """Give what stands used of a partner's allocation by quota."""
        only = {Dimension.PROGRAMME: programme, Dimension.PARTNER: partner}
        found = self.sums(Account.USED, by=(Dimension.QUOTA,), only=only)
        return {Quota(quota): split.total_cents for (quota,), split in found.items()}

    def rate_period(self, key: str, *, programme: str, rate: Rate) -> RatePeriod:
        """Give a rate period with what stands approved in it, over all partners."""
        only = {Dimension.PROGRAMME: programme, Dimension.RATE_PERIOD: key}
        approved = self.split(Account.APPROVED, only=only)
        withdrawn = self.split(Account.WITHDRAWN, only=only)
        return RatePeriod(key, rate, approved.total_cents - withdrawn.total_cents)

    def open_items(self, account: Account, *, programme: str, partner: str) -> tuple[OpenItem, ...]:
        """Give what stands open on an account of a partner, the document first posted first."""
        only = {Dimension.PROGRAMME: programme, Dimension.PARTNER: partner}
        by = (Dimension.SUB_PROJECT, Dimension.DOCUMENT)
        in_transit = (
            self.sums(Account.ORDERED, by=by, only=only) if account is Account.ADVANCE else {}
        )
        return tuple(
            OpenItem(
                Dimensions(programme, partner, sub_project=key[0], document=key[1]),
                split,
                in_transit.get(key, NOTHING).total_cents,
            )
            for key, split in self.sums(account, by=by, only=only).items()
            if split.total_cents > 0
        )

    def open_item(
        self,
        account: Account,
        *,
        programme: str,
        partner: str,
        document: str,
        sub_project: str = "",
    ) -> OpenItem:
        """Give what stands open on one document; nothing where nothing does."""
        wanted = Dimensions(programme, partner, sub_project=sub_project, document=document)
        for item in self.open_items(account, programme=programme, partner=partner):
            if item.dimensions == wanted:
                return item
        return OpenItem(wanted, NOTHING)

    def _chosen(
        self, account: Account, only: Mapping[Dimension, str]
    ) -> Iterator[tuple[Dimensions, FundingSource, int]]:
        programme, partner = only.get(Dimension.PROGRAMME), only.get(Dimension.PARTNER)
        rest = {each: only[each] for each in only if each not in _IN_THE_KEY}
        for (_group, of, its_programme, its_partner), sums in self._cents.items():
            if (
                of is not account
                or programme not in {None, its_programme}
                or partner not in {None, its_partner}
            ):
                continue
            for (dimensions, source), cents in sums.items():
                if not rest or _fits(dimensions, source, rest):
                    yield dimensions, source, cents


def _value(dimensions: Dimensions, source: FundingSource, dimension: Dimension) -> str:
    return source.value if dimension is Dimension.SOURCE else dimensions.value(dimension)


def _fits(dimensions: Dimensions, source: FundingSource, only: Mapping[Dimension, str]) -> bool:
    return all(_value(dimensions, source, each) == wanted for each, wanted in only.items())


def _split(parts: Mapping[FundingSource, int]) -> FundingSplit:
    esf_plus, state = parts[FundingSource.ESF_PLUS], parts[FundingSource.STATE]
    return FundingSplit(total_cents=esf_plus + state, esf_plus_cents=esf_plus, state_cents=state)
