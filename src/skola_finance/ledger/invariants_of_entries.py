"""The invariants that need the entries one by one: 1, 9, 10 in its order, and 11."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from skola_finance.funding import FundingSource
from skola_finance.ledger.accounts import Account
from skola_finance.ledger.entry import balance_faults
from skola_finance.ledger.posting_table import Event
from skola_finance.ledger.wording import broken, out_of_order, rate_unknown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from skola_finance.ledger.entry import Entry
    from skola_finance.ledger.registers import Registers
    from skola_finance.problems import Problem

_COSTS = frozenset({Account.APPROVED, Account.WITHDRAWN})
_ORDERING = frozenset({Event.PAYMENT_ORDERED, Event.ADVANCE_ORDERED})


def entries_balance(entries: Sequence[Entry], _registers: Registers) -> Iterator[Problem]:
    """1: debits equal credits in each entry, per group, in total and per source."""
    for place, entry in enumerate(entries, start=1):
        where = f"{place}, {entry.occasion.reference}"
        for fault in balance_faults(entry.postings, where=where):
            yield replace(fault, code="PAY-811")


def batches_match(entries: Sequence[Entry], registers: Registers) -> Iterator[Problem]:
    """9: a payment file is the movement of `ordered`, a matched statement that of `paid`."""
    ordered = _moved(Account.ORDERED, (e for e in entries if e.event in _ORDERING))
    yield from _differing(Account.ORDERED, registers.payment_files, ordered)
    paid = _moved(Account.PAID, (e for e in entries if e.event is not Event.PARTNER_SUCCEEDED))
    yield from _differing(Account.PAID, registers.statements, paid)


def approvals_follow_one_order(entries: Sequence[Entry], registers: Registers) -> Iterator[Problem]:
    """10: numbers run from 1 without a gap, and after each the split is the function of D-03."""
    numbered = sorted(_numbered(entries), key=lambda pair: pair[0])
    totals: defaultdict[str, int] = defaultdict(int)
    esf_plus: defaultdict[str, int] = defaultdict(int)
    for expected_no, (number, entry) in enumerate(numbered, start=1):
        if number != expected_no:
            yield out_of_order(expected_no, number)
            return
        for posting in entry.postings:
            if posting.account in _COSTS:
                period = posting.dimensions.rate_period
                totals[period] += posting.cents
                if posting.source is FundingSource.ESF_PLUS:
                    esf_plus[period] += posting.cents
        for period in {each.dimensions.rate_period for each in entry.postings} & {*totals}:
            if period not in registers.rates:
                yield rate_unknown(period)
                return
            expected = registers.rates[period].floor_of(totals[period])
            if expected != esf_plus[period]:
                yield broken(
                    10,
                    (Account.APPROVED, Account.WITHDRAWN),
                    of=f"ESF+, {period}, {number}",
                    expected_cents=expected,
                    found_cents=esf_plus[period],
                )
                return


def upward_claims_match(entries: Sequence[Entry], registers: Registers) -> Iterator[Problem]:
    """11: an upward claim is approved − withdrawn in its range of approval numbers."""
    cents_by_number: defaultdict[int, int] = defaultdict(int)
    for number, entry in _numbered(entries):
        cents_by_number[number] += sum(
            posting.cents for posting in entry.postings if posting.account in _COSTS
        )
    for claim in registers.upward_claims:
        found = sum(
            cents
            for number, cents in cents_by_number.items()
            if claim.first_approval_no <= number <= claim.last_approval_no
        )
        if found != claim.cents:
            yield broken(
                11,
                (Account.APPROVED, Account.WITHDRAWN),
                of=claim.number,
                expected_cents=claim.cents,
                found_cents=found,
            )


INVARIANTS_OF_ENTRIES: tuple[Callable[[Sequence[Entry], Registers], Iterator[Problem]], ...] = (
    entries_balance,
    batches_match,
    approvals_follow_one_order,
    upward_claims_match,
)


def check_entries(entries: Sequence[Entry], registers: Registers) -> tuple[Problem, ...]:
    """Check the invariants that need the entries of one programme one by one: 1, 9, 10, 11."""
    return tuple(
        problem for invariant in INVARIANTS_OF_ENTRIES for problem in invariant(entries, registers)
    )


def _numbered(entries: Iterable[Entry]) -> list[tuple[int, Entry]]:
    return [(entry.approval_no, entry) for entry in entries if entry.approval_no is not None]


def _moved(account: Account, entries: Iterable[Entry]) -> Mapping[str, int]:
    """Add up the growth of an account by batch; an entry outside any batch is not looked at."""
    sums: defaultdict[str, int] = defaultdict(int)
    for entry in entries:
        for posting in entry.postings:
            if entry.occasion.batch and posting.account is account:
                sums[entry.occasion.batch] += posting.grows_cents
    return sums


def _differing(
    account: Account, expected: Mapping[str, int], found: Mapping[str, int]
) -> Iterator[Problem]:
    for batch in sorted({*expected, *found}):
        wanted, there = expected.get(batch, 0), found.get(batch, 0)
        if wanted != there:
            yield broken(9, (account,), of=batch, expected_cents=wanted, found_cents=there)
