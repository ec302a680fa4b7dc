"""What the tests of the books share: a day, two partners, rates, and a way to read an entry."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from skola_finance.funding import FundingSource, FundingSplit
from skola_finance.ledger import (
    CostPart,
    Dimensions,
    Occasion,
    OpenItem,
    Quota,
    RatePeriod,
)
from skola_finance.money import Rate

if TYPE_CHECKING:
    from skola_finance.ledger import Account, Entry

PROGRAMME = "skola-kopiena"
VARAKLANI, MADONA = "99990000012", "99990000023"
SUPPORT, PROJECTS, EVENTS = Quota.INDIVIDUAL_SUPPORT, Quota.PROJECTS, Quota.EVENTS
DAY = date(2026, 3, 2)
RATE, SHARE = Rate.parse("85 %"), Rate.parse("80 %")
AUTUMN = "2025-autumn"


def occasion(reference: str = "L-1", *, batch: str = "", on: date = DAY) -> Occasion:
    """Give an occasion in the tests' programme."""
    return Occasion(PROGRAMME, on, reference, batch)


def split(esf_plus: int, state: int) -> FundingSplit:
    """Give a balance from its two parts in cents."""
    return FundingSplit(total_cents=esf_plus + state, esf_plus_cents=esf_plus, state_cents=state)


def item(
    document: str,
    esf_plus: int,
    state: int,
    *,
    partner: str = MADONA,
    sub_project: str = "",
    in_transit: int = 0,
) -> OpenItem:
    """Give what stands open on a document."""
    where = Dimensions(PROGRAMME, partner, sub_project=sub_project, document=document)
    return OpenItem(where, split(esf_plus, state), in_transit)


def part(cents: int, quota: Quota = SUPPORT, *, period: str = "85") -> CostPart:
    """Give part of a claim in the autumn semester."""
    return CostPart(quota, AUTUMN, period, cents)


def period(approved: int = 0, *, key: str = "85", rate: Rate = RATE) -> RatePeriod:
    """Give a rate period in which some cents stand approved."""
    return RatePeriod(key, rate, approved)


def legs(entry: Entry) -> dict[tuple[Account, str], tuple[int, int]]:
    """Read an entry: ESF+ and state cents, debits positive, by account and what it stands on.

    What it stands on is the document, else the quota, else the group for `source_rounding`.
    """
    found: dict[tuple[Account, str], tuple[int, int]] = {}
    for posting in entry.postings:
        where = posting.dimensions
        on = where.document or where.quota.value
        if posting.account == "source_rounding":
            on = posting.group.value
        esf_plus, state = found.get((posting.account, on), (0, 0))
        if posting.source is FundingSource.ESF_PLUS:
            esf_plus += posting.cents
        else:
            state += posting.cents
        found[posting.account, on] = (esf_plus, state)
    return found
