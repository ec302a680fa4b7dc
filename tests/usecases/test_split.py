"""Splitting under the rate of the rulebook: the public names of the library."""

from __future__ import annotations

from datetime import date

import pytest

from skola_finance import Rate, eur, split_allocation, split_claims
from skola_finance.rulebook.rulebook import NotInForce
from skola_finance.usecases.split import cofinancing_rate


@pytest.mark.parametrize("programme", ["skola-kopiena", "pumpurs"])
def test_the_rate_is_the_one_of_the_rulebook(programme: str) -> None:
    """Proves that no rate is written in code: FUN-701 of each programme gives it."""
    assert cofinancing_rate(programme) == Rate(17, 20)
    assert cofinancing_rate(programme, on=date(2026, 3, 1)) == Rate(17, 20)


def test_a_day_before_the_regulation_has_no_rate() -> None:
    """Proves that the rate in force on a day is asked for on that day."""
    assert cofinancing_rate("pumpurs", on=date(2016, 7, 21)) == Rate(17, 20)
    with pytest.raises(NotInForce):
        cofinancing_rate("pumpurs", on=date(2016, 7, 20))


def test_an_allocation_and_its_claims_are_split_by_that_rate() -> None:
    """Proves the two verbs, and that claims of the whole allocation never exceed its share."""
    whole = split_allocation(eur("15951890.00"), programme="skola-kopiena")
    assert (whole.esf_plus, whole.state) == (eur("13559106.00"), eur("2392784.00"))
    parts = split_claims([eur("15951889.99"), eur("0.01")])
    assert sum(part.esf_plus_cents for part in parts) == 1_355_910_650
    assert [part.total for part in parts] == [eur("15951889.99"), eur("0.01")]


def test_the_share_of_an_increase_is_the_difference_of_two_splits() -> None:
    """Proves that splitting the increase itself would lose a euro of ESF+."""
    before, after = split_allocation(eur("15951890")), split_allocation(eur("29545252"))
    increase = split_allocation(eur("13593362"))
    assert after.esf_plus_cents - before.esf_plus_cents == increase.esf_plus_cents + 100
