"""The envelope, allocations and their amendments, cent by cent."""

from __future__ import annotations

import pytest

from skola_finance.ledger import (
    Account,
    Event,
    FreeAllocationExceeded,
    FreeEnvelopeExceeded,
    UnusableAmount,
    events,
)
from skola_finance.ledger.legs import NOTHING
from tests.ledger.books import MADONA, PROJECTS, RATE, SUPPORT, VARAKLANI, legs, occasion, split


def test_the_first_envelope_is_split_as_an_allocation() -> None:
    """85 % of 100.99 € is 85.8415 €; D-02 leaves ESF+ whole euros, the state the rest."""
    entry = events.raise_envelope(occasion(), cents=10_099, rate=RATE, appropriation=NOTHING)
    assert entry.event is Event.ENVELOPE_RAISED
    assert legs(entry) == {
        (Account.ENVELOPE, ""): (8_500, 1_599),
        (Account.APPROPRIATION, ""): (-8_500, -1_599),
    }


def test_a_raised_envelope_is_split_by_its_new_total_and_not_by_the_increase() -> None:
    """MK 483 par. 8: the increase of 13 593 362 € alone would give the state a euro more."""
    entry = events.raise_envelope(
        occasion(),
        cents=1_359_336_200,
        rate=RATE,
        appropriation=split(1_355_910_600, 239_278_400),
    )
    assert legs(entry)[Account.ENVELOPE, ""] == (1_155_435_800, 203_900_400)


def test_a_lowered_envelope_is_split_by_its_new_total() -> None:
    """100.99 € lowered by 50 €: 85 % of 50.99 € is 43 whole euros, 42 less than before."""
    entry = events.lower_envelope(
        occasion(),
        cents=5_000,
        rate=RATE,
        envelope=split(8_400, 1_500),
        appropriation=split(8_500, 1_599),
    )
    assert legs(entry) == {
        (Account.APPROPRIATION, ""): (4_200, 800),
        (Account.ENVELOPE, ""): (-4_200, -800),
    }


def test_lowering_the_envelope_by_all_that_is_free_takes_exactly_what_is_there() -> None:
    """What the sources differ by is a pair of source rounding."""
    entry = events.lower_envelope(
        occasion(),
        cents=5_000,
        rate=RATE,
        envelope=split(4_250, 750),
        appropriation=split(8_500, 1_599),
    )
    assert legs(entry) == {
        (Account.APPROPRIATION, ""): (4_200, 800),
        (Account.ENVELOPE, ""): (-4_250, -750),
        (Account.SOURCE_ROUNDING, "budget"): (50, -50),
    }


def test_the_envelope_is_lowered_by_at_most_what_is_free() -> None:
    """A cent more is refused, and the refusal names both amounts."""
    with pytest.raises(FreeEnvelopeExceeded) as refused:
        events.lower_envelope(
            occasion(),
            cents=5_001,
            rate=RATE,
            envelope=split(4_250, 750),
            appropriation=split(8_500, 1_599),
        )
    problem = refused.value.problem
    assert problem.code == "FUN-717"
    assert "€50.00 of the envelope is not yet allocated; €50.01 is needed." in problem.message.en
    assert "vai vispirms samaziniet kādu piešķīrumu" in problem.hint.lv


def test_an_allocation_takes_the_floor_of_the_envelopes_share() -> None:
    """33.33 € of 85.00 + 15.99 €: ESF+ is the floor of 3333 × 8500 / 10099 = 2805.2."""
    entry = events.raise_allocation(
        occasion(), partner=MADONA, quota=SUPPORT, cents=3_333, envelope=split(8_500, 1_599)
    )
    assert legs(entry) == {
        (Account.ALLOCATION, "individual_support"): (2_805, 528),
        (Account.ENVELOPE, ""): (-2_805, -528),
    }


def test_allocating_the_whole_envelope_takes_exactly_what_is_there() -> None:
    """No cent of one source is left against a cent of the other."""
    entry = events.raise_allocation(
        occasion(), partner=MADONA, quota=SUPPORT, cents=3, envelope=split(-1, 4)
    )
    assert legs(entry)[Account.ENVELOPE, ""] == (1, -4)


def test_more_than_the_envelope_holds_is_not_allocated() -> None:
    """FUN-717."""
    with pytest.raises(FreeEnvelopeExceeded):
        events.raise_allocation(
            occasion(), partner=MADONA, quota=SUPPORT, cents=10_100, envelope=split(8_500, 1_599)
        )


def test_an_amendment_down_gives_back_to_the_envelope() -> None:
    """1.00 € of 28.05 + 5.28 €: the floor of 100 × 2805 / 3333 is 84."""
    entry = events.lower_allocation(
        occasion(), partner=MADONA, quota=SUPPORT, cents=100, free=split(2_805, 528)
    )
    assert legs(entry) == {
        (Account.ENVELOPE, ""): (84, 16),
        (Account.ALLOCATION, "individual_support"): (-84, -16),
    }


def test_an_amendment_down_takes_at_most_what_is_free() -> None:
    """A cent more is refused with partner, quota and what is free."""
    with pytest.raises(FreeAllocationExceeded) as refused:
        events.lower_allocation(
            occasion(), partner=MADONA, quota=SUPPORT, cents=3_334, free=split(2_805, 528)
        )
    problem = refused.value.problem
    assert (problem.code, problem.subject) == ("FUN-716", "individual_support")
    assert f"Partner {MADONA} has €33.33 free" in problem.message.en
    assert "Samaziniet summu par 0,01" in problem.hint.lv


def test_reallocation_moves_the_givers_share_to_the_receiver() -> None:
    """Between partners, and between quotas of one."""
    entry = events.reallocate(
        occasion(),
        giver=(VARAKLANI, SUPPORT),
        receiver=(MADONA, PROJECTS),
        cents=100,
        free=split(2_805, 528),
    )
    assert legs(entry) == {
        (Account.ALLOCATION, "projects"): (84, 16),
        (Account.ALLOCATION, "individual_support"): (-84, -16),
    }


def test_reallocation_to_the_same_quota_is_refused() -> None:
    """PAY-809, naming it."""
    with pytest.raises(events.SameOnBothSides) as refused:
        events.reallocate(
            occasion(),
            giver=(MADONA, SUPPORT),
            receiver=(MADONA, SUPPORT),
            cents=1,
            free=split(85, 15),
        )
    assert "99990000023, individual_support" in refused.value.problem.message.lv


@pytest.mark.parametrize("cents", [0, -1, True, "1"])
def test_only_whole_cents_above_zero_are_posted(cents: int) -> None:
    """A decrease is an event of its own; PAY-804."""
    with pytest.raises(UnusableAmount) as refused:
        events.raise_allocation(
            occasion(), partner=MADONA, quota=SUPPORT, cents=cents, envelope=split(85, 15)
        )
    assert f"“{cents}” cannot be posted" in refused.value.problem.message.en
