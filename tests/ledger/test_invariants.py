"""Each invariant is broken on purpose and reported, with account, partner, expected and found."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from skola_finance.funding import FundingSource
from skola_finance.ledger import (
    Account,
    Balances,
    Dimensions,
    Posting,
    Registers,
    UpwardClaim,
    check_all,
    check_balances,
    check_entries,
    events,
)
from skola_finance.money import Rate
from tests.ledger.books import (
    AUTUMN,
    DAY,
    MADONA,
    PROGRAMME,
    PROJECTS,
    RATE,
    SHARE,
    SUPPORT,
    item,
    occasion,
    part,
    period,
    split,
)

if TYPE_CHECKING:
    from skola_finance.ledger import Entry
    from skola_finance.problems import Problem

REGISTERS = Registers(PROGRAMME, {"85": RATE}, SHARE)
COST = Dimensions(PROGRAMME, MADONA, SUPPORT, AUTUMN, "85", document="C-7")
OPEN = Dimensions(PROGRAMME, MADONA, document="C-7")
EVERYONE = Dimensions(PROGRAMME)


def approval(number: int = 1, *, cents: int = 101, before: int = 0) -> Entry:
    """Approve a claim."""
    parts, free = (part(cents),), {SUPPORT: split(8_500, 1_500)}
    asked = events.Approval(MADONA, f"C-{number}", number, parts, free, (period(before),))
    return events.approve_claim(occasion(f"L-{number}"), asked)


ORDER = events.order_payment(occasion(batch="F-1"), payable=item("C-1", 85, 16), cents=101)
EXECUTION = events.execute_payment(occasion(batch="S-1"), ordered=item("C-1", 85, 16), cents=101)


def posting(account: Account, cents: int, dimensions: Dimensions) -> Posting:
    """Move an account by the state's money alone."""
    return Posting(account.groups[0], account, dimensions, FundingSource.STATE, cents)


def balances(*postings: Posting) -> Balances:
    """Give balances that no entries could have made."""
    wrong = Balances()
    wrong.add(postings)
    return wrong


def codes(problems: tuple[Problem, ...]) -> list[str]:
    """Give the codes of problems."""
    return [problem.code for problem in problems]


def forged(entry: Entry, *postings: Posting, **fields: object) -> Entry:
    """Give a copy of an entry with fields that it would never have let itself be made with."""
    copy = replace(entry)
    for name, value in {**fields, **({"postings": postings} if postings else {})}.items():
        object.__setattr__(copy, name, value)
    return copy


def test_right_books_have_no_problem() -> None:
    """Claims, payments, files, statements and an upward claim that agree."""
    registers = replace(
        REGISTERS,
        payment_files={"F-1": 101},
        statements={"S-1": 101},
        upward_claims=(UpwardClaim("M-1", 1, 2, 301), UpwardClaim("M-2", 3, 9, 0)),
    )
    entries = (approval(), approval(2, cents=200, before=101), ORDER, EXECUTION)
    raised = events.raise_envelope(occasion(), cents=10_000, rate=RATE, appropriation=split(0, 0))
    allocated = events.raise_allocation(
        occasion(), partner=MADONA, quota=SUPPORT, cents=10_000, envelope=split(8_500, 1_500)
    )
    assert check_all((raised, allocated, *entries), registers, on=DAY) == ()


def test_what_has_no_effect_yet_is_not_looked_at() -> None:
    """The books of the day before are empty, and so are right."""
    assert check_all((approval(),), REGISTERS, on=DAY) != ()
    assert check_all((approval(),), REGISTERS, on=DAY - timedelta(days=1)) == ()


def test_books_of_another_programme_are_not_looked_at() -> None:
    """PuMPuRS has its own."""
    other = replace(REGISTERS, programme="pumpurs")
    assert check_all((approval(),), other, on=DAY) == ()


def test_1_an_entry_out_of_balance_is_named() -> None:
    """By its place and what it records."""
    (first, *rest) = approval().postings
    wrong = forged(approval(), replace(first, cents=first.cents + 7), *rest)
    (problem,) = check_entries((wrong,), REGISTERS)
    assert problem.code == "PAY-811"
    assert problem.subject == "1, L-1"
    assert "The entry “1, L-1” does not balance (budget group, ESF+)" in problem.message.en
    assert "Grāmatojums „1, L-1” nav līdzsvarā" in problem.message.lv


def test_2_the_money_group_balances_per_partner_and_overall() -> None:
    """Five cents were advanced from nowhere."""
    found = check_balances(balances(posting(Account.ADVANCE, 5, OPEN)), REGISTERS)
    per_partner, overall = (problem for problem in found if problem.code == "PAY-812")
    assert per_partner.message.en == (
        "The books do not agree (invariant 2): “approved costs + advance + recoverable + written "
        f"off”, partner {MADONA}: expected €0.00, found €0.05."
    )
    assert f"partneris {MADONA}: jābūt 0,00\u00a0€, ir 0,05\u00a0€." in per_partner.message.lv
    assert MADONA not in overall.message.en


def test_2_partners_that_are_wrong_against_each_other_are_both_named() -> None:
    """Overall they agree."""
    other = replace(OPEN, partner="99990000034")
    wrong = balances(posting(Account.ADVANCE, 5, OPEN), posting(Account.ADVANCE, -5, other))
    assert codes(check_balances(wrong, REGISTERS)).count("PAY-812") == 2


def test_3_the_appropriation_is_envelope_allocations_and_used() -> None:
    """A cent is missing."""
    wrong = balances(
        posting(Account.ENVELOPE, 4, EVERYONE), posting(Account.APPROPRIATION, -5, EVERYONE)
    )
    (problem,) = check_balances(wrong, REGISTERS)
    assert (problem.code, problem.subject) == ("PAY-813", "appropriation")
    assert "expected €0.04, found €0.05" in problem.message.en


@pytest.mark.parametrize(
    "wrong",
    [
        (posting(Account.ORDERED, 5, OPEN), posting(Account.PAID, -5, OPEN)),
        (
            posting(Account.SOURCE_ROUNDING, 5, EVERYONE),
            posting(Account.ENVELOPE, 5, EVERYONE),
            posting(Account.APPROPRIATION, -5, EVERYONE),
        ),
    ],
    ids=["ordered below zero", "rounding of one source"],
)
def test_4_no_account_is_below_zero_and_rounding_is_zero(wrong: tuple[Posting, ...]) -> None:
    """Per partner, in total."""
    found = check_balances(balances(*wrong), REGISTERS)
    (problem,) = (problem for problem in found if problem.code == "PAY-814")
    assert problem.subject.split()[0] in {"ordered", "source_rounding"}


def test_5_no_more_is_paid_than_is_covered() -> None:
    """Paid 5, ordered −5: the sums of 2 agree, and 5 does not."""
    wrong = balances(posting(Account.ORDERED, 5, OPEN), posting(Account.PAID, -5, OPEN))
    assert "PAY-815" in codes(check_balances(wrong, REGISTERS))


def test_6_used_is_approved_less_withdrawn_until_the_programme_closes() -> None:
    """Per partner and quota, whatever the total."""
    projects = replace(COST, quota=PROJECTS)
    wrong = balances(posting(Account.USED, 5, COST), posting(Account.APPROVED, 5, projects))
    found = [each for each in check_balances(wrong, REGISTERS) if each.code == "PAY-816"]
    assert [problem.subject.split()[-1] for problem in found] == ["individual_support", "projects"]
    closed = replace(REGISTERS, is_closed=True)
    assert not {"PAY-816", "PAY-820"} & {*codes(check_balances(wrong, closed))}


@pytest.mark.parametrize(
    ("cents", "sub_project", "broken"),
    [
        (800, "P-1", False),
        (801, "P-1", True),
        (1, "P-2", True),
        (10_000, "", False),
        (-1, "", True),
    ],
    ids=["four fifths", "a cent more", "an unknown sub-project", "no sub-project", "over-cleared"],
)
def test_7_a_sub_projects_advance_is_at_most_its_share(
    cents: int, sub_project: str, *, broken: bool
) -> None:
    """80 % of 10.01 € is 8.00 €; below zero more was cleared than was out."""
    registers = replace(REGISTERS, sub_projects={"P-1": 1_001})
    there = balances(posting(Account.ADVANCE, cents, replace(OPEN, sub_project=sub_project)))
    assert ("PAY-817" in codes(check_balances(there, registers))) is broken


def test_8_a_closed_partner_has_nothing_open() -> None:
    """Each open account is named."""
    closed = replace(REGISTERS, closed_partners=frozenset({MADONA}))
    there = balances(posting(Account.RECOVERABLE, 5, OPEN), posting(Account.PAYABLE, -5, OPEN))
    found = [each for each in check_balances(there, closed) if each.code == "PAY-818"]
    assert [each.subject for each in found] == [f"payable {MADONA}", f"recoverable {MADONA}"]
    assert codes(check_balances(there, REGISTERS)) == []


def test_9_a_payment_file_is_the_movement_of_ordered() -> None:
    """A file with more than was ordered, one that nobody knows, and a statement likewise."""
    registers = replace(REGISTERS, payment_files={"F-2": 5}, statements={"S-1": 100})
    found = check_entries((ORDER, EXECUTION), registers)
    assert codes(found) == ["PAY-819"] * 3
    assert [each.subject.split() for each in found] == [
        ["ordered", "F-1"],
        ["ordered", "F-2"],
        ["paid", "S-1"],
    ]


def test_10_the_split_follows_the_running_total() -> None:
    """The state paid a cent that was ESF+'s; found in balances, and at its number in order."""
    wrong = approval(before=1)  # split as if a cent had been approved before
    found = check_entries((wrong,), REGISTERS)
    assert codes(found) == ["PAY-820"]
    assert "ESF+, 85, 1: expected €0.85, found €0.86" in found[0].message.en
    assert "PAY-820" in codes(check_balances(Balances.of((wrong,), on=DAY), REGISTERS))


def test_10_the_order_has_no_gap_and_no_repeat() -> None:
    """Whatever the order in which the entries are handed in."""
    first, third = approval(), approval(3, before=101)
    assert codes(check_entries((third, first), REGISTERS)) == ["PAY-820"]
    (again,) = check_entries((first, forged(third, approval_no=1)), REGISTERS)
    assert "number 2, found 1" in again.message.en
    second = forged(third, approval_no=2)
    assert check_entries((second, first), REGISTERS) == ()


def test_10_a_period_whose_rate_nobody_registered_is_named() -> None:
    """It cannot be checked, which is no pass."""
    registers = replace(REGISTERS, rates={"2027": Rate.parse("80 %")})
    found = check_entries((approval(),), registers)
    assert codes(found) == ["PAY-820"]
    assert found[0].message.lv == "Perioda „85” līdzfinansējuma likme nav reģistrēta."
    assert "PAY-820" in codes(check_balances(Balances.of((approval(),), on=DAY), registers))


def test_11_an_upward_claim_is_what_stands_approved_in_its_numbers() -> None:
    """Approved less withdrawn, numbers inclusive."""
    registers = replace(REGISTERS, upward_claims=(UpwardClaim("M-1", 2, 2, 100),))
    (problem,) = check_entries((approval(), approval(2, before=101)), registers)
    assert problem.code == "PAY-821"
    assert "M-1: expected €1.00, found €1.01" in problem.message.en
