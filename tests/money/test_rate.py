"""Rates: read exactly, kept in lowest terms, written as the law writes them."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skola_finance.money import Rate, RateOutOfRange
from skola_finance.money.rate import FINEST
from skola_finance.problems import Language, Severity

rates = st.fractions(min_value=0, max_value=1, max_denominator=FINEST).map(
    lambda share: Rate(share.numerator, share.denominator),
)


@pytest.mark.parametrize(
    ("text", "numerator", "denominator"),
    [
        ("15 %", 3, 20),
        ("15%", 3, 20),
        ("85\u00a0%", 17, 20),
        ("85\u202f%", 17, 20),
        ("0,5 %", 1, 200),
        ("0.5 %", 1, 200),
        ("12,25 %", 49, 400),
        ("3/17", 3, 17),
        ("30/100", 3, 10),
        (" 0 % ", 0, 1),
        ("0/5", 0, 1),
        ("100 %", 1, 1),
        ("100,00 %", 1, 1),
    ],
)
def test_a_rate_is_read_from_text(text: str, numerator: int, denominator: int) -> None:
    """Percentages with comma or dot, and fractions, in lowest terms."""
    rate = Rate.parse(text)
    assert (numerator, denominator) == (rate.numerator, rate.denominator)


@pytest.mark.parametrize(
    "text",
    [
        *("", "15", "0.15", "0,15", "1e1 %", "%", "15 % %", ",5 %", "5, %", "\u0663 %"),
        *("-5 %", "100,01 %", "18/17", "3/0", "0/0", "3 / 17"),
        *("x" * 41, "1" * 38 + " %", " " * 37 + "15 %"),
    ],
)
def test_any_other_text_is_refused(text: str) -> None:
    """A bare number is refused too: 0.15 may be meant as 15 % or as 0.15 %."""
    with pytest.raises(RateOutOfRange) as refused:
        Rate.parse(text)
    assert f"“{text[:40]}”" in refused.value.problem.message.en


@pytest.mark.parametrize("value", [0.15, 15, None, True])
def test_anything_but_text_is_refused(value: object) -> None:
    """A float above all: it is not exact."""
    with pytest.raises(RateOutOfRange, match="FUN-703"):
        Rate.parse(value)  # type: ignore[arg-type]


def test_the_longest_text_is_forty_characters() -> None:
    """The limit itself is read."""
    assert Rate(15, 100) == Rate.parse(" " * 36 + "15 %")


@pytest.mark.parametrize(
    ("numerator", "denominator"),
    [
        *((-1, 2), (3, 2), (1, 0), (0, 0), (1, -2), (-1, -2), (1, FINEST + 1)),
        *((0.5, 1), (1, 2.0), (True, 1), (0, True)),
    ],
)
def test_a_share_outside_zero_to_one_does_not_exist(numerator: int, denominator: int) -> None:
    """The refusal shows the parts as they were given."""
    with pytest.raises(RateOutOfRange, match=f"“{numerator}/{denominator}”"):
        Rate(numerator, denominator)


def test_the_finest_rate_is_a_billionth() -> None:
    """The bound is on the reduced denominator."""
    assert Rate(1, FINEST) == Rate(2, 2 * FINEST)


def test_the_refusal_explains_itself_in_both_languages() -> None:
    """Message and hint are public texts."""
    with pytest.raises(RateOutOfRange) as refused:
        Rate.parse("150 %")
    problem = refused.value.problem
    assert (problem.code, problem.severity) == ("FUN-703", Severity.ERROR)
    assert problem.one_line(Language.LV) == (
        "FUN-703 · „150 %” nav likme no 0 % līdz 100 %. · "
        "Ierakstiet likmi kā tekstu, piemēram, „15 %”, „0,5 %” vai „3/17”."
    )
    assert problem.one_line(Language.EN) == (
        "FUN-703 · “150 %” is not a rate from 0 % to 100 %. · "
        "Write the rate as text, for example “15 %”, “0.5 %” or “3/17”."
    )


def test_a_long_text_is_shortened_in_the_refusal() -> None:
    """Forty characters are enough to recognise it."""
    with pytest.raises(RateOutOfRange, match="“" + "x" * 40 + "”"):
        Rate.parse("x" * 60)


@pytest.mark.parametrize(
    ("rate", "expected"),
    [
        (Rate(15, 100), "15 %"),
        (Rate(1, 200), "0,5 %"),
        (Rate(0, 1), "0 %"),
        (Rate(1, 1), "100 %"),
        (Rate(1, 10), "10 %"),
        (Rate(41, 400), "10,25 %"),
        (Rate(1, 1_000), "0,1 %"),
        (Rate(1, FINEST), "0,0000001 %"),
        (Rate(3, 17), "3/17"),
    ],
)
def test_a_rate_is_written_as_a_percentage_where_that_is_exact(rate: Rate, expected: str) -> None:
    """The comma is Latvian; what is no round percentage stays a fraction."""
    assert expected == str(rate)


@given(rates)
def test_what_is_written_is_read_back(rate: Rate) -> None:
    """Writing loses nothing."""
    assert rate == Rate.parse(str(rate))


@given(rates, st.integers(-(10**13), 10**13))
def test_a_share_is_less_than_a_cent_from_exact(rate: Rate, cents: int) -> None:
    """Floor never above, half up at most half a cent away."""
    exact = Fraction(cents * rate.numerator, rate.denominator)
    assert 0 <= exact - rate.floor_of(cents) < 1
    assert abs(exact - rate.half_up_of(cents)) <= Fraction(1, 2)
