"""Balances are sums of postings, at any date and by any dimensions."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

from skola_finance.funding import FundingSource
from skola_finance.ledger import (
    Account,
    Balances,
    Dimension,
    Group,
    RatePeriod,
    TrialRow,
    events,
)
from skola_finance.ledger.legs import NOTHING
from tests.ledger.books import (
    MADONA,
    PROGRAMME,
    PROJECTS,
    RATE,
    SUPPORT,
    VARAKLANI,
    occasion,
    part,
    period,
    split,
)

MARCH, APRIL = date(2026, 3, 31), date(2026, 4, 1)

ENVELOPE = events.raise_envelope(
    occasion(on=MARCH), cents=100_000, rate=RATE, appropriation=NOTHING
)
ALLOCATION = events.raise_allocation(
    occasion(on=MARCH), partner=MADONA, quota=SUPPORT, cents=10_000, envelope=split(85_000, 15_000)
)
ADVANCE = events.order_advance(
    occasion(on=MARCH),
    partner=MADONA,
    document="A-1",
    cents=200,
    rate=RATE,
    out_cents=0,
    limit_cents=200,
    sub_project="P-1",
)
APPROVAL = events.approve_claim(
    occasion(on=APRIL),
    events.Approval(MADONA, "C-7", 1, (part(101),), {SUPPORT: split(8_500, 1_500)}, (period(),)),
)
ENTRIES = (ENVELOPE, ALLOCATION, ADVANCE, APPROVAL)
BOOKS = Balances.of(ENTRIES, on=APRIL)


def test_a_balance_is_told_at_any_date() -> None:
    """An entry counts from the day it has effect, whatever the day it was posted."""
    before = Balances.of(ENTRIES, on=MARCH)
    assert before.split(Account.ALLOCATION) == split(8_500, 1_500)
    assert BOOKS.split(Account.ALLOCATION) == split(8_415, 1_484)
    assert Balances.of(ENTRIES, on=date(2026, 3, 30)).trial_balance() == ()


def test_a_balance_is_told_by_any_dimensions() -> None:
    """On the account's normal side, by source."""
    by = (Dimension.PARTNER, Dimension.QUOTA, Dimension.SEMESTER, Dimension.DOCUMENT)
    found = BOOKS.sums(Account.USED, by=by)
    assert found == {(MADONA, "individual_support", "2025-autumn", "C-7"): split(85, 16)}
    assert BOOKS.sums(Account.PAYABLE, by=(Dimension.SOURCE,)) == {
        ("esf_plus",): split(85, 0),
        ("state",): split(0, 16),
    }
    only = {Dimension.PROGRAMME: PROGRAMME, Dimension.SOURCE: "state"}
    assert BOOKS.split(Account.PAYABLE, only=only) == split(0, 16)
    assert BOOKS.split(Account.PAYABLE, only={Dimension.DOCUMENT: "C-8"}) == NOTHING


def test_a_trial_balance_lists_every_account_and_balances_in_each_group() -> None:
    """In the order of the chart; a source alone balances too."""
    assert BOOKS.trial_balance() == (
        TrialRow(Group.BUDGET, Account.ENVELOPE, 90_000, 0),
        TrialRow(Group.BUDGET, Account.ALLOCATION, 9_899, 0),
        TrialRow(Group.BUDGET, Account.USED, 101, 0),
        TrialRow(Group.BUDGET, Account.APPROPRIATION, 0, 100_000),
        TrialRow(Group.MONEY, Account.APPROVED, 101, 0),
        TrialRow(Group.MONEY, Account.ADVANCE, 200, 0),
        TrialRow(Group.MONEY, Account.PAYABLE, 0, 101),
        TrialRow(Group.MONEY, Account.ORDERED, 0, 200),
    )
    for source in FundingSource:
        rows = BOOKS.trial_balance(only={Dimension.SOURCE: source.value})
        assert sum(row.debit_cents - row.credit_cents for row in rows) == 0


def test_open_items_say_what_is_still_in_transit() -> None:
    """An advance that the bank has not paid is out, and not available."""
    (advance,) = BOOKS.open_items(Account.ADVANCE, programme=PROGRAMME, partner=MADONA)
    assert (advance.balance, advance.in_transit_cents) == (split(170, 30), 200)
    assert advance.available_cents == 0
    same = BOOKS.open_item(
        Account.ADVANCE, programme=PROGRAMME, partner=MADONA, document="A-1", sub_project="P-1"
    )
    assert same == advance
    other = BOOKS.open_item(Account.ADVANCE, programme=PROGRAMME, partner=MADONA, document="A-1")
    assert (other.balance, other.available_cents) == (NOTHING, 0)
    assert BOOKS.open_items(Account.PAYABLE, programme=PROGRAMME, partner=VARAKLANI) == ()


def test_events_find_the_balances_that_they_need() -> None:
    """Free and used by quota, and what stands approved in a rate period."""
    assert BOOKS.free(programme=PROGRAMME, partner=MADONA) == {SUPPORT: split(8_415, 1_484)}
    assert BOOKS.used_cents(programme=PROGRAMME, partner=MADONA) == {SUPPORT: 101}
    assert PROJECTS not in BOOKS.used_cents(programme=PROGRAMME, partner=MADONA)
    found = BOOKS.rate_period("85", programme=PROGRAMME, rate=RATE)
    assert found == RatePeriod("85", RATE, 101)


def test_balances_can_be_made_of_sums() -> None:
    """A store adds up and hands in cells: the balances are the same."""
    again = Balances()
    again.add(BOOKS.cells())
    assert [*again.cells()] == [*BOOKS.cells()]
    assert again.totals(programme=PROGRAMME) == BOOKS.totals(programme=PROGRAMME)
    assert again.totals(programme="pumpurs") == {}


def test_every_prefix_of_the_entries_balances() -> None:
    """So does what lies between two."""
    for first, last in pairwise(range(len(ENTRIES) + 1)):
        rows = Balances.of(ENTRIES[first:last], on=APRIL).trial_balance()
        assert sum(row.debit_cents for row in rows) == sum(row.credit_cents for row in rows)
