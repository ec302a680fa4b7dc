"""A split cannot exist unless its parts are its total."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skola_finance.funding import FundingSource, FundingSplit, UnbalancedSplit
from skola_finance.money import from_cents
from skola_finance.problems import Language, Severity

cents = st.integers(-(10**13), 10**13)


@given(cents, cents)
def test_a_split_gives_its_parts_as_money(esf_plus: int, state: int) -> None:
    """By name and by source."""
    split = FundingSplit(
        total_cents=esf_plus + state,
        esf_plus_cents=esf_plus,
        state_cents=state,
    )
    assert from_cents(esf_plus + state) == split.total == split.esf_plus + split.state
    assert from_cents(esf_plus) == split.esf_plus == split.of(FundingSource.ESF_PLUS)
    assert from_cents(state) == split.state == split.of(FundingSource.STATE)


def test_every_source_has_a_part() -> None:
    """The parts of all sources are the total."""
    split = FundingSplit(total_cents=100, esf_plus_cents=85, state_cents=15)
    assert split.total == sum(split.of(source) for source in FundingSource)


@pytest.mark.parametrize("state_cents", [14, 16, -15])
def test_parts_that_are_not_the_total_are_refused(state_cents: int) -> None:
    """A cent is enough."""
    with pytest.raises(UnbalancedSplit):
        FundingSplit(total_cents=100, esf_plus_cents=85, state_cents=state_cents)


def test_the_refusal_names_both_sums() -> None:
    """In both languages."""
    with pytest.raises(UnbalancedSplit) as refused:
        FundingSplit(total_cents=100, esf_plus_cents=85, state_cents=14)
    problem = refused.value.problem
    assert problem.severity is Severity.ERROR
    assert problem.one_line(Language.LV).replace("\u00a0", " ") == (
        "FUN-708 · ESF+ un valsts budžeta daļu summa 0,99 € nesakrīt ar kopsummu 1,00 €. · "
        "Aprēķiniet sadalījumu no kopsummas, nevis katru daļu atsevišķi."
    )
    assert problem.one_line(Language.EN) == (
        "FUN-708 · The ESF+ and state parts come to €0.99, the total is €1.00. · "
        "Work the split out from the total, not each part by itself."
    )


def test_the_codes_of_the_sources_are_public() -> None:
    """JSON and settings use them."""
    assert list(FundingSource) == ["esf_plus", "state"]
