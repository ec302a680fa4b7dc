"""Postings and entries that cannot exist unless they are right."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, replace
from typing import TYPE_CHECKING

import pytest

from skola_finance.funding import FundingSource
from skola_finance.ledger import (
    POSTING_TABLE,
    Account,
    Dimensions,
    Entry,
    Event,
    Group,
    Posting,
    Quota,
    Side,
    UnbalancedEntry,
    UnusableEntry,
    UnusablePosting,
    events,
)
from skola_finance.ledger.draft import Draft
from tests.ledger.books import MADONA, PROGRAMME, RATE, SUPPORT, occasion, split

if TYPE_CHECKING:
    from collections.abc import Callable

EVERYONE = Dimensions(PROGRAMME)
CLAIM = Dimensions(PROGRAMME, MADONA, document="C-7")
ESF_PLUS, STATE = FundingSource.ESF_PLUS, FundingSource.STATE
RAISED = events.raise_envelope(occasion(), cents=200, rate=RATE, appropriation=split(0, 0))


def test_every_account_stands_in_one_group_and_source_rounding_in_both() -> None:
    """The chart of the specification: groups, normal sides, and which are per partner."""
    chart = {
        "envelope": ("budget", "debit", False),
        "allocation": ("budget", "debit", True),
        "used": ("budget", "debit", True),
        "appropriation": ("budget", "credit", False),
        "approved": ("money", "debit", True),
        "advance": ("money", "debit", True),
        "recoverable": ("money", "debit", True),
        "written_off": ("money", "debit", True),
        "payable": ("money", "credit", True),
        "ordered": ("money", "credit", True),
        "paid": ("money", "credit", True),
        "withdrawn": ("money", "credit", True),
        "source_rounding": ("budget money", "debit", False),
    }
    found = {
        account.value: (
            " ".join(group.value for group in account.groups),
            account.normal_side.value,
            account.is_per_partner,
        )
        for account in Account
    }
    assert found == chart
    assert all(account.label.lv and account.label.en for account in Account)


def test_the_posting_table_has_a_row_for_every_event_balanced_in_its_groups() -> None:
    """Debit and credit of a pair stand in the same group."""
    assert POSTING_TABLE.keys() == {*Event}
    for row in POSTING_TABLE.values():
        assert all(debit.groups == credit.groups for debit, credit in row.pairs)
    approved = POSTING_TABLE[Event.CLAIM_APPROVED]
    assert approved.in_group(Group.BUDGET) == ((Account.USED, Account.ALLOCATION),)
    assert len(approved.in_group(Group.MONEY)) == 3
    numbered = {event for event, row in POSTING_TABLE.items() if row.takes_number}
    assert {"claim_approved", "corrected", "irregularity", "correction_undone"} == numbered


def test_a_posting_grows_its_account_on_the_normal_side() -> None:
    """Debits are positive cents."""
    debit = Posting(Group.MONEY, Account.PAYABLE, CLAIM, ESF_PLUS, 5)
    assert (debit.grows_cents, Side.DEBIT.sign, Side.CREDIT.sign) == (-5, 1, -1)
    with pytest.raises(FrozenInstanceError):
        debit.cents = 6  # type: ignore[misc]


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: Posting(Group.MONEY, Account.PAYABLE, CLAIM, STATE, 0), "0 is not a whole number"),
        (
            lambda: Posting(Group.MONEY, Account.PAYABLE, CLAIM, STATE, "1"),  # type: ignore[arg-type]
            "1 is not a whole number",
        ),
        (
            lambda: Posting(Group.BUDGET, Account.PAYABLE, CLAIM, STATE, 1),
            "not in the group budget",
        ),
        (lambda: Posting(Group.MONEY, Account.PAYABLE, EVERYONE, STATE, 1), "partner is missing"),
        (
            lambda: Posting(Group.BUDGET, Account.ENVELOPE, replace(CLAIM, document=""), STATE, 1),
            "does not carry partner",
        ),
        (
            lambda: Posting(Group.MONEY, Account.PAYABLE, replace(CLAIM, quota=SUPPORT), STATE, 1),
            "does not carry quota",
        ),
        (
            lambda: Posting(
                Group.BUDGET, Account.ALLOCATION, Dimensions(PROGRAMME, MADONA), STATE, 1
            ),
            "quota is missing",
        ),
    ],
)
def test_a_posting_that_its_account_cannot_hold_is_refused(
    make: Callable[[], Posting], said: str
) -> None:
    """PAY-802 names the account and what is wrong."""
    with pytest.raises(UnusablePosting) as refused:
        make()
    assert refused.value.problem.code == "PAY-802"
    assert said in refused.value.problem.message.en


def test_an_entry_whose_debits_are_not_its_credits_cannot_exist() -> None:
    """PAY-801 names group and source."""
    (first, *rest) = RAISED.postings
    with pytest.raises(UnbalancedEntry) as refused:
        replace(RAISED, postings=(replace(first, cents=first.cents + 1), *rest))
    problem = refused.value.problem
    assert problem.code == "PAY-801"
    assert problem.message.en == (
        "The entry does not balance (budget group, ESF+): debits less credits come to €0.01."
    )
    assert "budžeta grupa, ESF+" in problem.message.lv


def test_an_entry_that_balances_in_total_but_not_by_source_cannot_exist() -> None:
    """A cent of ESF+ for a cent of the state needs a source rounding pair."""
    postings = (
        Posting(Group.BUDGET, Account.ENVELOPE, EVERYONE, ESF_PLUS, 1),
        Posting(Group.BUDGET, Account.APPROPRIATION, EVERYONE, STATE, -1),
    )
    with pytest.raises(UnbalancedEntry):
        Entry(Event.ENVELOPE_RAISED, occasion(), postings)
    rounding = (
        Posting(Group.BUDGET, Account.SOURCE_ROUNDING, EVERYONE, ESF_PLUS, -1),
        Posting(Group.BUDGET, Account.SOURCE_ROUNDING, EVERYONE, STATE, 1),
    )
    entry = Entry(Event.ENVELOPE_RAISED, occasion(), postings + rounding)
    assert len(entry.postings) == 4


def test_source_rounding_mends_no_total() -> None:
    """It must be zero over the sources: a cent that is missing stays a fault."""
    draft = Draft(occasion())
    draft.debit(Account.ENVELOPE, EVERYONE, split(85, 15))
    draft.credit(Account.APPROPRIATION, EVERYONE, split(85, 14))
    with pytest.raises(UnbalancedEntry) as refused:
        draft.entry(Event.ENVELOPE_RAISED)
    assert "“source rounding” over the sources" in refused.value.problem.message.en


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"occasion": occasion(" ")}, "does not say what it records"),
        ({"approval_no": 1}, "its approval number is “1”"),
        ({"approval_no": 0}, "its approval number is “0”"),
        ({"event": Event.CLAIM_APPROVED, "postings": ()}, "its approval number is “None”"),
        ({"event": Event.REPAID}, "cannot move the account “envelope”"),
        ({"occasion": replace(occasion(), programme="pumpurs")}, "the programme “skola-kopiena”"),
    ],
)
def test_an_entry_that_contradicts_its_event_is_refused(
    changes: dict[str, object], said: str
) -> None:
    """PAY-807."""
    with pytest.raises(UnusableEntry) as refused:
        replace(RAISED, **changes)  # type: ignore[arg-type]
    assert refused.value.problem.code == "PAY-807"
    assert said in refused.value.problem.message.en


def test_quotas_have_the_names_of_the_contracts() -> None:
    """A programme without quotas has one for everything; other accounts carry none."""
    names = ["individual_support", "projects", "events", "central", "undivided", ""]
    assert [quota.value for quota in Quota] == names
