"""Amounts as text: what is read, what is refused and why, and how they are written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skola_finance.money import (
    LIMIT_EUROS,
    Unreadable,
    UnreadableAmount,
    format_amount,
    parse_amount,
    plain,
)
from skola_finance.problems import Language, Severity

MINUS = "\u2212"
readable_cents = st.integers(-100 * LIMIT_EUROS + 1, 100 * LIMIT_EUROS - 1)


@pytest.mark.parametrize(
    ("text", "cents"),
    [
        ("1 234,56", 123_456),
        ("1\u00a0234,56", 123_456),
        ("1\u202f234,56", 123_456),
        ("1\u2009234,56", 123_456),
        ("1 234.56", 123_456),
        ("1234.56", 123_456),
        ("1234,56", 123_456),
        ("1.234,56", 123_456),
        ("15.951.890", 1_595_189_000),
        ("15.951.890,00", 1_595_189_000),
        ("15 951 890", 1_595_189_000),
        ("1 234,56 €", 123_456),
        ("1 234,56\u00a0€", 123_456),
        ("1 234,56  eur", 123_456),
        ("EUR 12,50", 1_250),
        ("€12.50", 1_250),
        ("-12,50", -1_250),
        (f"{MINUS}12,50", -1_250),
        (f"{MINUS} 12,50 €", -1_250),
        ("-€12.50", -1_250),
        ("€-12.50", -1_250),
        ("EUR - 12,50", -1_250),
        ("12", 1_200),
        ("12,5", 1_250),
        ("0,05", 5),
        ("-0", 0),
        ("007", 700),
        ("  12,50\n", 1_250),
        ("0" * 5_000 + "1", 100),
        ("999999999.99", 99_999_999_999),
    ],
)
def test_latvian_and_iso_forms_are_read(text: str, cents: int) -> None:
    """Every form of the contracts page, and the near kin that mean one thing only."""
    assert cents == parse_amount(text)


SEPARATOR = ["1.234", "1,234", "-1.234", "999.999", "1,234.56", "1,234,567", "15.951.89", "12."]
SEPARATOR += [",5", "1 23", "1 2345", "0 123", "0.123.456", "0.123.456,00", "12,5,3", "1..5"]
DECIMALS = ["0.123", "012.345", "1234,567", "1 234,567", "1.234.567,890", "12.3456", "0,001"]
NOT_A_NUMBER = ["", "   ", "abc", "12a", "1e5", "NaN", "--5", "-", "€", ".", "EUR 12 €", "12-"]
NOT_A_NUMBER += ["1\n234", "\u0661\u0662", "+5", "(5)", "€--5", "-€-5"]
TOO_LARGE = ["1000000000", "-1 000 000 000,00", "1.000.000.000", "1" + "0" * 15, "9" * 5_000]


@pytest.mark.parametrize(
    ("text", "reason"),
    [(text, Unreadable.SEPARATOR) for text in SEPARATOR]
    + [(text, Unreadable.DECIMALS) for text in DECIMALS]
    + [(text, Unreadable.NOT_A_NUMBER) for text in NOT_A_NUMBER]
    + [(text, Unreadable.OUT_OF_BOUNDS) for text in TOO_LARGE],
)
def test_anything_else_is_refused_with_its_reason(text: str, reason: Unreadable) -> None:
    """Never guessed, never rounded."""
    with pytest.raises(UnreadableAmount) as refused:
        parse_amount(text)
    assert reason is refused.value.reason


@pytest.mark.parametrize(
    ("text", "lv", "en"),
    [
        (
            "1.234",
            (
                "WBK-431 · Summu „1.234” nevar nolasīt: nav skaidrs, kas atdala tūkstošus un kas "
                "centus. · Rakstiet summu ar atstarpi un komatu, piemēram, 1 234,56, vai 1234.56."
            ),
            (
                "WBK-431 · The amount “1.234” cannot be read: it is unclear what separates "
                "thousands "
                "and what cents. · Write the amount as 1234.56, or with a space and a comma, "
                "as 1 234,56."
            ),
        ),
        (
            "0,125",
            (
                "WBK-431 · Summu „0,125” nevar nolasīt: vairāk nekā divi cipari aiz komata. · "
                "Norādiet summu veselos centos, ar ne vairāk kā diviem cipariem aiz komata."
            ),
            (
                "WBK-431 · The amount “0,125” cannot be read: more than two decimals. · "
                "State the amount in whole cents, with at most two decimals."
            ),
        ),
        (
            "divi",
            (
                "WBK-431 · Summu „divi” nevar nolasīt: tā nav summa eiro. · "
                "Ierakstiet tikai summu, piemēram, 1 234,56."
            ),
            (
                "WBK-431 · The amount “divi” cannot be read: it is not an amount in euros. · "
                "Enter the amount alone, for example 1234.56."
            ),
        ),
        (
            "1000000000",
            (
                "WBK-432 · Summu „1000000000” nevar nolasīt: summai jābūt mazākai par "
                "1 000 000 000 €. · Pārbaudiet, vai nav ierakstītas liekas nulles un vai nav "
                "pazudis "
                "decimālais komats."
            ),
            (
                "WBK-432 · The amount “1000000000” cannot be read: an amount must be below "
                "€1,000,000,000. · Check for surplus zeros or a lost decimal separator."
            ),
        ),
    ],
)
def test_each_reason_has_its_own_words(text: str, lv: str, en: str) -> None:
    """Code, what was found, why, and what to do, in both languages."""
    with pytest.raises(UnreadableAmount) as refused:
        parse_amount(text)
    assert refused.value.problem.severity is Severity.ERROR
    assert lv == refused.value.problem.one_line(Language.LV)
    assert en == refused.value.problem.one_line(Language.EN)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("x" * 40, "x" * 40),
        ("x" * 41, "x" * 39 + "…"),
        ("1\n234", "1 234"),
        ("010190-12345", "••••••-•••••"),
        ("32019012345", "•••••••••••"),
        ("k. 010190-12345", "k. ••••••-•••••"),
        ("1010101010101010", "1010101010101010"),
        ("tel. 29123456", "tel. ••••••••"),
        ("29123456 x", "•••••••• x"),
        ("LV97DEMO0012345678910", "LV••DEMO•••••••••••••"),
        ("123456 x", "123456 x"),
        ("1234567x", "•••••••x"),
        ("1234567,123", "1234567,123"),
        ("€ 1234567,123", "€ 1234567,123"),
    ],
)
def test_what_was_found_is_shown_short_and_without_personal_digits(text: str, shown: str) -> None:
    """A personal code, phone or account typed into an amount is not repeated."""
    with pytest.raises(UnreadableAmount) as refused:
        parse_amount(text)
    assert f"“{shown}”" in refused.value.problem.message.en
    assert f"„{shown}”" in refused.value.problem.message.lv


@pytest.mark.parametrize(
    ("cents", "lv", "en", "iso"),
    [
        (123_456, "1\u00a0234,56\u00a0€", "€1,234.56", "1234.56"),
        (-123_456, "-1\u00a0234,56\u00a0€", "-€1,234.56", "-1234.56"),
        (1_595_189_000, "15\u00a0951\u00a0890,00\u00a0€", "€15,951,890.00", "15951890.00"),
        (0, "0,00\u00a0€", "€0.00", "0.00"),
        (-5, "-0,05\u00a0€", "-€0.05", "-0.05"),
        (99, "0,99\u00a0€", "€0.99", "0.99"),
        (100, "1,00\u00a0€", "€1.00", "1.00"),
    ],
)
def test_amounts_are_written_for_people_and_for_programs(
    cents: int,
    lv: str,
    en: str,
    iso: str,
) -> None:
    """Latvian with no-break spaces and a comma, English with the sign in front, ISO bare."""
    assert lv == format_amount(cents, Language.LV)
    assert en == format_amount(cents, Language.EN)
    assert iso == plain(cents)


@given(readable_cents)
def test_what_is_written_is_read_back(cents: int) -> None:
    """The Latvian form, the programs' form, and the English one without its commas."""
    assert cents == parse_amount(format_amount(cents, Language.LV))
    assert cents == parse_amount(plain(cents))
    assert cents == parse_amount(format_amount(cents, Language.EN).replace(",", ""))


@given(st.text(alphabet="0123456789., -€EURx\n\u00a0\u0661" + MINUS))
def test_any_text_is_read_or_refused_never_worse(text: str) -> None:
    """No text gives another error, and whatever is read is within bounds."""
    try:
        cents = parse_amount(text)
    except UnreadableAmount:
        return
    assert abs(cents) < 100 * LIMIT_EUROS
