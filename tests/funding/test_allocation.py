"""Allocations by quota and over time, and what is left of them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skola_finance.funding import (
    ActionQuota,
    AllocationExceeded,
    AllocationVersion,
    PartnerAllocation,
    UnusableAllocation,
    available,
)
from skola_finance.money import InexactAmount, Money, eur, from_cents
from skola_finance.problems import Language, Severity

SUPPORT, PROJECTS, EVENTS = ActionQuota
SIGNED, AMENDED = date(2025, 9, 12), date(2026, 2, 1)


def version(effective_from: date, total: int, **quotas: int) -> AllocationVersion:
    """Make an allocation from whole euros, its quotas by their codes."""
    return AllocationVersion(
        effective_from=effective_from,
        total=eur(total),
        quotas={ActionQuota(code): eur(quota) for code, quota in quotas.items()},
    )


FIRST = version(SIGNED, 100_000, individual_support=80_000, projects=15_000, events=5_000)
SECOND = version(AMENDED, 120_000, individual_support=100_000, projects=20_000)


def test_an_allocation_without_quotas_has_none() -> None:
    """PuMPuRS has no quotas by action."""
    assert version(SIGNED, 100).quotas == {}


def test_a_quota_left_out_is_zero_where_others_are_given() -> None:
    """A partner may carry out some of the actions only (Regulation 483 par. 20)."""
    some = version(SIGNED, 120_000, individual_support=100_000, projects=20_000)
    assert some.quotas == {SUPPORT: eur(100_000), PROJECTS: eur(20_000), EVENTS: eur(0)}


@pytest.mark.parametrize(
    ("total", "quotas"),
    [(100, {"projects": 99}), (100, {"projects": 60, "events": 41}), (0, {"projects": 1})],
)
def test_quotas_that_are_not_the_total_are_refused(total: int, quotas: dict[str, int]) -> None:
    """Neither less nor more."""
    with pytest.raises(UnusableAllocation):
        version(SIGNED, total, **quotas)


def test_the_refusal_of_quotas_names_both_sums() -> None:
    """In both languages."""
    with pytest.raises(UnusableAllocation) as refused:
        version(SIGNED, 1_000, projects=999)
    problem = refused.value.problem
    assert problem.severity is Severity.ERROR
    assert problem.one_line(Language.LV).replace("\u00a0", " ") == (
        "FUN-714 · Kvotu summa 999,00 € nesakrīt ar piešķīrumu 1 000,00 €. · "
        "Pārbaudiet piešķīrumu un tā grozījumus sadarbības līgumā."
    )
    assert problem.one_line(Language.EN) == (
        "FUN-714 · The quotas come to €999.00, the allocation is €1,000.00. · "
        "Check the allocation and its amendments in the cooperation agreement."
    )


@pytest.mark.parametrize(
    ("total", "quotas"),
    [(-1, {}), (1, {"projects": 2, "events": -1}), (1, {"projects": -1, "events": 2})],
)
def test_a_negative_allocation_or_quota_is_refused(total: int, quotas: dict[str, int]) -> None:
    """Even where the sum fits."""
    with pytest.raises(UnusableAllocation) as refused:
        version(SIGNED, total, **quotas)
    assert refused.value.problem.message.en == "An allocation or a quota cannot be negative."
    assert refused.value.problem.message.lv == "Piešķīrums vai kvota nevar būt negatīva."


def test_an_allocation_of_nothing_is_possible() -> None:
    """What is left after everything was reallocated."""
    assert eur(0) == version(SIGNED, 0, projects=0).total


def test_quotas_cannot_be_changed_afterwards() -> None:
    """A changed value is an amendment."""
    with pytest.raises(TypeError):
        FIRST.quotas[SUPPORT] = eur(1)  # type: ignore[index]


def test_equal_allocations_can_stand_in_a_set() -> None:
    """They are values."""
    twin = version(SIGNED, 100_000, individual_support=80_000, projects=15_000, events=5_000)
    assert len({FIRST, twin}) == 1


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (SIGNED, FIRST),
        (date(2026, 1, 31), FIRST),
        (AMENDED, SECOND),
        (date(2029, 8, 31), SECOND),
    ],
)
def test_the_version_in_force_on_a_day_is_given(on: date, expected: AllocationVersion) -> None:
    """An amendment counts from its day of effect."""
    partner = PartnerAllocation("99990000012", (FIRST, SECOND))
    assert partner.has_begun(on=on)
    assert expected is partner.at(on=on)


def test_before_the_first_version_nothing_is_allocated() -> None:
    """A refusal, not an amount of zero that somebody might take for a fact."""
    partner = PartnerAllocation("99990000012", (FIRST, SECOND))
    day = date(2025, 9, 11)
    assert not partner.has_begun(on=day)
    with pytest.raises(UnusableAllocation) as refused:
        partner.at(on=day)
    assert refused.value.problem.message.lv == (
        "Partnerim 99990000012 11.09.2025. vēl nav piešķirts finansējums."
    )
    assert refused.value.problem.message.en == (
        "Partner 99990000012 has no allocation yet on 2025-09-11."
    )


def test_an_allocation_needs_a_version() -> None:
    """Otherwise there is nothing to look up."""
    with pytest.raises(UnusableAllocation) as refused:
        PartnerAllocation("99990000012", ())
    assert refused.value.problem.message.lv == (
        "Partnerim 99990000012 nav norādīts neviens piešķīrums."
    )
    assert refused.value.problem.message.en == (
        "Partner 99990000012 has no version of its allocation."
    )


@pytest.mark.parametrize("versions", [(SECOND, FIRST), (FIRST, FIRST)])
def test_amendments_stand_in_order_one_a_day(versions: tuple[AllocationVersion, ...]) -> None:
    """Which of two from one day is in force nobody could say."""
    with pytest.raises(UnusableAllocation):
        PartnerAllocation("99990000012", versions)


def test_the_refusal_of_amendments_names_both_days() -> None:
    """The later amendment first, as it stands wrong."""
    with pytest.raises(UnusableAllocation) as refused:
        PartnerAllocation("99990000012", (SECOND, FIRST))
    assert refused.value.problem.message.lv == (
        "Partnera 99990000012 grozījums, kas spēkā no 12.09.2025., "
        "seko grozījumam, kas spēkā no 01.02.2026."
    )
    assert refused.value.problem.message.en == (
        "The amendment of partner 99990000012 in force from 2025-09-12 follows one from 2026-02-01."
    )


@given(st.integers(0, 10**12), st.integers(0, 10**12), st.integers(0, 10**12))
def test_what_is_left_is_allocated_less_approved_less_in_process(
    left: int,
    approved: int,
    in_process: int,
) -> None:
    """And nothing is lost."""
    allocated = from_cents(left + approved + in_process)
    found = available(
        allocated,
        approved=from_cents(approved),
        in_process=from_cents(in_process),
    )
    assert from_cents(left) == found


def test_all_may_be_used_and_not_a_cent_more() -> None:
    """The refusal names the excess and its parts."""
    assert eur(0) == available(eur(1_000), approved=eur(900), in_process=eur(100))
    with pytest.raises(AllocationExceeded) as refused:
        available(eur(1_000), approved=eur(900), in_process=eur("100.01"))
    problem = refused.value.problem
    assert problem.severity is Severity.ERROR
    assert problem.one_line(Language.LV).replace("\u00a0", " ") == (
        "FUN-706 · Piešķirtais finansējums 1 000,00 € pārsniegts par 0,01 €: "
        "apstiprināts 900,00 €, izskatīšanā 100,01 €. · "
        "Samaziniet pieprasīto summu vai vienojieties par piešķīruma palielināšanu."
    )
    assert problem.one_line(Language.EN) == (
        "FUN-706 · The allocation of €1,000.00 is exceeded by €0.01: "
        "approved €900.00, in process €100.01. · "
        "Lower the amount claimed, or agree on a larger allocation."
    )


def test_inexact_amounts_are_refused() -> None:
    """Everywhere money comes in."""
    with pytest.raises(InexactAmount):
        available(Money("0.001", "EUR"), approved=eur(0), in_process=eur(0))
    with pytest.raises(InexactAmount):
        AllocationVersion(effective_from=SIGNED, total=Money(1, "USD"))


def test_codes_are_those_of_the_settings() -> None:
    """`quota.<partner>.<code>`."""
    assert list(ActionQuota) == ["individual_support", "projects", "events"]
