"""Money in exact euros: what may become one, and what is refused."""

from __future__ import annotations

from decimal import Decimal, localcontext
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skola_finance.money import EUR, InexactAmount, Money, eur, from_cents, to_cents
from skola_finance.problems import Language, Severity

any_cents = st.integers(-(10**25), 10**25)


@pytest.mark.parametrize(
    ("value", "cents"),
    [
        (15_951_890, 1_595_189_000),
        (-3, -300),
        (0, 0),
        ("1234.56", 123_456),
        ("1 234,56 €", 123_456),
        (Decimal("12.5"), 1_250),
        (Decimal("12.500"), 1_250),
        (Decimal("1E+3"), 100_000),
        (Decimal("-0.05"), -5),
        (Decimal("999999999.99"), 99_999_999_999),
        (999_999_999, 99_999_999_900),
    ],
)
def test_whole_euros_text_and_decimals_become_money(value: int | str | Decimal, cents: int) -> None:
    """All exact; a whole number is whole euros."""
    assert from_cents(cents) == eur(value)


@pytest.mark.parametrize(
    ("value", "why"),
    [
        (True, "“True” is not an exact amount of euros: the type bool is not accepted."),
        (1.5, "the type float is not accepted"),
        (float("nan"), "the type float is not accepted"),
        (Fraction(1, 2), "the type Fraction is not accepted"),
        (None, "the type NoneType is not accepted"),
        (Decimal("NaN"), "“NaN” is not an exact amount of euros: it is not a finite number."),
        (Decimal("sNaN"), "it is not a finite number"),
        (Decimal("Infinity"), "it is not a finite number"),
        (Decimal("-Infinity"), "it is not a finite number"),
        (Decimal("1.005"), "“1.005” is not an exact amount of euros: more than two decimals."),
        (Decimal("1E-999999"), "more than two decimals"),
        (Decimal("1E+999999"), "an amount must be below €1,000,000,000"),
        (Decimal(10**9), "an amount must be below €1,000,000,000"),
        (10**9, "“1000000000” is not an exact amount of euros: an amount must be below"),
        (-(10**9), "an amount must be below €1,000,000,000"),
        ("1.234", "it is unclear what separates thousands and what cents"),
        ("0.125", "more than two decimals"),
        ("1000000000", "an amount must be below €1,000,000,000"),
        ("NaN", "it is not an amount in euros"),
        (Money(1, "USD"), "“1 USD” is not an exact amount of euros: the currency is not the euro."),
        (Money("0.001", EUR), "more than two decimals"),
    ],
)
def test_whatever_is_not_an_exact_amount_is_refused(value: object, why: str) -> None:
    """One refusal for all, that names the value and the reason."""
    with pytest.raises(InexactAmount) as refused:
        eur(value)  # type: ignore[arg-type]
    problem = refused.value.problem
    assert (problem.code, problem.severity) == ("FUN-702", Severity.ERROR)
    assert why in problem.message.en


@pytest.mark.parametrize(
    ("value", "lv"),
    [
        (
            Decimal("1.005"),
            (
                "FUN-702 · „1.005” nav precīza summa eiro: vairāk nekā divi cipari aiz komata. · "
                "Norādiet summu eiro un veselos centos kā tekstu, piemēram, „1234.56”."
            ),
        ),
        (
            "abc",
            (
                "FUN-702 · Summu „abc” nevar nolasīt: tā nav summa eiro. · "
                "Ierakstiet tikai summu, piemēram, 1 234,56."
            ),
        ),
    ],
)
def test_the_refusal_speaks_latvian(value: str | Decimal, lv: str) -> None:
    """A text keeps the words of its own reader."""
    with pytest.raises(InexactAmount) as refused:
        eur(value)
    assert lv == refused.value.problem.one_line(Language.LV)


@pytest.mark.parametrize(
    ("value", "lv"),
    [
        (1.5, "„1.5” nav precīza summa eiro: datu tips float nav pieļaujams."),
        (Decimal("NaN"), "„NaN” nav precīza summa eiro: tas nav galīgs skaitlis."),
        (10**9, "„1000000000” nav precīza summa eiro: summai jābūt mazākai par 1 000 000 000 €."),
        (Money(1, "USD"), "„1 USD” nav precīza summa eiro: valūta nav eiro."),
    ],
)
def test_each_reason_has_latvian_words(value: object, lv: str) -> None:
    """The other reasons."""
    with pytest.raises(InexactAmount) as refused:
        eur(value)  # type: ignore[arg-type]
    assert lv == refused.value.problem.message.lv


def test_the_hint_is_the_same_in_both_languages() -> None:
    """What to do instead."""
    with pytest.raises(InexactAmount) as refused:
        eur(Decimal("1.005"))
    assert refused.value.problem.hint.en == (
        "Give the amount in euros and whole cents as text, for example “1234.56”."
    )


def test_a_number_too_long_to_print_is_refused_like_any_other() -> None:
    """Python itself refuses to write a whole number of 5 001 digits."""
    with pytest.raises(InexactAmount, match="must be below"):
        eur(10**5_000)


def test_a_long_value_is_shortened_in_the_refusal() -> None:
    """Forty characters are shown."""
    with pytest.raises(InexactAmount, match="“" + "1" * 40 + "” is"):
        eur(Decimal("1" * 49))


def test_exact_money_is_given_back_as_it_is() -> None:
    """A sum above the bound of the door too: the bound is for what is typed."""
    money = from_cents(10**15)
    assert eur(money) is money


@pytest.mark.parametrize("value", [1.0, True, None, Decimal(1)])
def test_cents_are_whole_numbers(value: object) -> None:
    """The short way in is strict as well."""
    with pytest.raises(InexactAmount, match=f"“{value}” is .* type {type(value).__name__} is not"):
        from_cents(value)  # type: ignore[arg-type]


@pytest.mark.parametrize("value", [5, 5.0, None])
def test_only_money_has_cents(value: object) -> None:
    """A bare number says nothing about its unit."""
    with pytest.raises(InexactAmount, match=f"the type {type(value).__name__} is not"):
        to_cents(value)  # type: ignore[arg-type]


@given(any_cents)
def test_cents_survive_the_way_to_money_and_back(cents: int) -> None:
    """No bound on sums, and nothing lost."""
    money = from_cents(cents)
    assert cents == to_cents(money)
    assert (money.currency, money.amount.as_tuple().exponent) == (EUR, -2)


def test_the_callers_decimal_context_changes_nothing() -> None:
    """A program that works with three digits still gets its cents."""
    with localcontext(prec=3):
        assert to_cents(eur(Decimal("1234567.89"))) == 123_456_789
        assert to_cents(from_cents(-123_456_789)) == -123_456_789
