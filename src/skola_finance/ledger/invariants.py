"""The eleven invariants of the books, each a function that reports where it does not hold.

PAY-811 to PAY-821 are invariants 1 to 11. What is seen from balances alone can be checked after
every command (`check_balances`); what needs the entries one by one is in `invariants_of_entries`;
`check_all` does both. A problem names account, partner, what was expected and what was found.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from skola_finance.ledger.accounts import OPEN_ACCOUNTS, Account
from skola_finance.ledger.balances import Balances
from skola_finance.ledger.dimensions import Dimension
from skola_finance.ledger.invariants_of_entries import check_entries
from skola_finance.ledger.legs import NOTHING, less
from skola_finance.ledger.wording import broken, rate_unknown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import date

    from skola_finance.ledger.entry import Entry
    from skola_finance.ledger.registers import Registers
    from skola_finance.problems import Problem

_LEFT = (Account.APPROVED, Account.ADVANCE, Account.RECOVERABLE, Account.WRITTEN_OFF)
_RIGHT = (Account.PAYABLE, Account.ORDERED, Account.PAID, Account.WITHDRAWN)


def money_group_balances(balances: Balances, registers: Registers) -> Iterator[Problem]:
    """2: approved + advance + recoverable + written off = payable + ordered + paid + withdrawn.

    Per partner and overall.
    """
    totals = balances.totals(programme=registers.programme)
    everyone = {partner for partner, _ in totals if partner}
    overall_left = overall_right = 0
    for partner in sorted(everyone):
        left = sum(totals.get((partner, account), 0) for account in _LEFT)
        right = sum(totals.get((partner, account), 0) for account in _RIGHT)
        overall_left, overall_right = overall_left + left, overall_right + right
        if left != right:
            yield broken(2, _LEFT, partner=partner, expected_cents=right, found_cents=left)
    if overall_left != overall_right:
        yield broken(2, _LEFT, expected_cents=overall_right, found_cents=overall_left)


def budget_group_balances(balances: Balances, registers: Registers) -> Iterator[Problem]:
    """3: appropriation = envelope + every allocation + all that is used."""
    totals = balances.totals(programme=registers.programme)
    parts = {Account.ENVELOPE, Account.ALLOCATION, Account.USED}
    expected = sum(cents for (_, account), cents in totals.items() if account in parts)
    found = totals.get(("", Account.APPROPRIATION), 0)
    if expected != found:
        yield broken(3, (Account.APPROPRIATION,), expected_cents=expected, found_cents=found)


def no_account_is_below_zero(balances: Balances, registers: Registers) -> Iterator[Problem]:
    """4: no account is below zero per partner in total; source rounding is exactly zero."""
    for (partner, account), cents in balances.totals(programme=registers.programme).items():
        if cents < 0 or (cents and account is Account.SOURCE_ROUNDING):
            yield broken(4, (account,), partner=partner, expected_cents=0, found_cents=cents)


def paid_is_covered(balances: Balances, registers: Registers) -> Iterator[Problem]:
    """5: paid ≤ approved − withdrawn + advance + recoverable + written off, per partner."""
    totals = balances.totals(programme=registers.programme)
    for partner, account in sorted(totals):
        if account is not Account.PAID:
            continue
        found = totals[partner, Account.PAID]
        most = sum(totals.get((partner, each), 0) for each in _LEFT)
        most -= totals.get((partner, Account.WITHDRAWN), 0)
        if found > most:
            yield broken(5, (account,), partner=partner, expected_cents=most, found_cents=found)


def used_is_what_stands_approved(balances: Balances, registers: Registers) -> Iterator[Problem]:
    """6: used = approved − withdrawn, per partner and action quota, until the programme closes."""
    if registers.is_closed:
        return
    only = {Dimension.PROGRAMME: registers.programme}
    by = (Dimension.PARTNER, Dimension.QUOTA)
    used = balances.sums(Account.USED, by=by, only=only)
    approved = balances.sums(Account.APPROVED, by=by, only=only)
    withdrawn = balances.sums(Account.WITHDRAWN, by=by, only=only)
    for key in sorted({*used, *approved, *withdrawn}):
        expected = less(approved.get(key, NOTHING), withdrawn.get(key, NOTHING)).total_cents
        found = used.get(key, NOTHING).total_cents
        if expected != found:
            yield broken(
                6,
                (Account.USED,),
                partner=key[0],
                of=key[1],
                expected_cents=expected,
                found_cents=found,
            )


def advances_stay_in_bounds(balances: Balances, registers: Registers) -> Iterator[Problem]:
    """7: a sub-project's advance is at most its share; no more is cleared than is out."""
    only = {Dimension.PROGRAMME: registers.programme}
    by = (Dimension.PARTNER, Dimension.SUB_PROJECT, Dimension.DOCUMENT)
    out: dict[tuple[str, str], int] = {}
    for (partner, sub_project, document), split in sorted(
        balances.sums(Account.ADVANCE, by=by, only=only).items()
    ):
        found = split.total_cents
        out[partner, sub_project] = out.get((partner, sub_project), 0) + found
        if found < 0:
            yield broken(
                7,
                (Account.ADVANCE,),
                partner=partner,
                of=document,
                expected_cents=0,
                found_cents=found,
            )
    for (partner, sub_project), found in out.items():
        approved_cents = registers.sub_projects.get(sub_project, 0)
        most = registers.advance_share.floor_of(approved_cents)
        if sub_project and found > most:
            yield broken(
                7,
                (Account.ADVANCE,),
                partner=partner,
                of=sub_project,
                expected_cents=most,
                found_cents=found,
            )


def closed_partners_have_nothing_open(
    balances: Balances, registers: Registers
) -> Iterator[Problem]:
    """8: a closed partner has no payable, ordered, advance or recoverable."""
    totals = balances.totals(programme=registers.programme)
    for partner in sorted(registers.closed_partners):
        for account in OPEN_ACCOUNTS:
            found = totals.get((partner, account), 0)
            if found:
                yield broken(8, (account,), partner=partner, expected_cents=0, found_cents=found)


def esf_plus_is_cumulative(balances: Balances, registers: Registers) -> Iterator[Problem]:
    """10: ESF+ of approved − withdrawn is the cumulative function of D-03, per rate period."""
    if registers.is_closed:
        return
    only = {Dimension.PROGRAMME: registers.programme}
    by = (Dimension.RATE_PERIOD,)
    approved = balances.sums(Account.APPROVED, by=by, only=only)
    withdrawn = balances.sums(Account.WITHDRAWN, by=by, only=only)
    for key in sorted({*approved, *withdrawn}):
        (period,) = key
        if period not in registers.rates:
            yield rate_unknown(period)
            continue
        stands = less(approved.get(key, NOTHING), withdrawn.get(key, NOTHING))
        expected = registers.rates[period].floor_of(stands.total_cents)
        if expected != stands.esf_plus_cents:
            yield broken(
                10,
                (Account.APPROVED, Account.WITHDRAWN),
                of=f"ESF+, {period}",
                expected_cents=expected,
                found_cents=stands.esf_plus_cents,
            )


INVARIANTS_OF_BALANCES: tuple[Callable[[Balances, Registers], Iterator[Problem]], ...] = (
    money_group_balances,
    budget_group_balances,
    no_account_is_below_zero,
    paid_is_covered,
    used_is_what_stands_approved,
    advances_stay_in_bounds,
    closed_partners_have_nothing_open,
    esf_plus_is_cumulative,
)


def check_balances(balances: Balances, registers: Registers) -> tuple[Problem, ...]:
    """Check the invariants that are seen from balances alone: 2 to 8, and 10 as it stands."""
    return tuple(
        problem
        for invariant in INVARIANTS_OF_BALANCES
        for problem in invariant(balances, registers)
    )


def check_all(entries: Iterable[Entry], registers: Registers, *, on: date) -> tuple[Problem, ...]:
    """Check all eleven invariants on the entries of a programme that have effect by a day.

    Returns: every place where one does not hold, in the order of the invariants within balances
        and within entries; nothing where the books are right.
    """
    own = [
        entry
        for entry in entries
        if entry.occasion.programme == registers.programme and entry.occasion.effective_on <= on
    ]
    return check_entries(own, registers) + check_balances(Balances.of(own, on=on), registers)
