"""Personal identifiers are found; numbers of documents, entities and amounts pass."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skola_finance.claims.personal_data import (
    REMOVED_MARKS,
    Identifier,
    find_identifier,
    find_identifier_in_number,
)

FOUND = {
    "010190-12345": Identifier.PERSONAL_CODE,
    "01019012345": Identifier.PERSONAL_CODE,
    "010190 12345": Identifier.PERSONAL_CODE,
    "01.01.90-12345": Identifier.PERSONAL_CODE,
    "161175-19997": Identifier.PERSONAL_CODE,
    "skolēns 120313 – 21234": Identifier.PERSONAL_CODE,
    "pk120313-21234,": Identifier.PERSONAL_CODE,
    "LV16117519997": Identifier.PERSONAL_CODE,
    "328673-00679": Identifier.PERSONAL_CODE,
    "32867300679": Identifier.PERSONAL_CODE,
    "０１０１９０-１２３４５": Identifier.PERSONAL_CODE,  # noqa: RUF001 - wide digits are the case
    "010190\u200b-12345": Identifier.PERSONAL_CODE,
    "010190\u201112345": Identifier.PERSONAL_CODE,
    "a.b@skola.lv": Identifier.EMAIL,
    "rakstīt uz anna.b+1@riga.edu.lv!": Identifier.EMAIL,
    "+371 26 123 456": Identifier.PHONE,
    "+37167123456": Identifier.PHONE,
    "0037126123456": Identifier.PHONE,
    "37126123456": Identifier.PHONE,
    "tālr. 26123456": Identifier.PHONE,
    "tel: 6712 3456": Identifier.PHONE,
    "mob. 26-123-456": Identifier.PHONE,
    "26 123 456": Identifier.PHONE,
    "26\u00a0123\u00a0456": Identifier.PHONE,
    "LV80 BANK 0000 4351 9500 1 Ozols": Identifier.IBAN,
    "lv80bank0000435195001": Identifier.IBAN,
    "Nr12 LV80BANK0000435195001": Identifier.IBAN,
    REMOVED_MARKS[0]: Identifier.PERSONAL_CODE,
    REMOVED_MARKS[1]: Identifier.PERSONAL_CODE,
}

PASSES = (
    "",
    "40003521600",
    "99990000012",
    "90000012345",
    "LV40003521600",
    "2713903517",
    "2025-000123",
    "26123456",
    "Nr. 67123456",
    "AA26123456",
    "29 545 252 EUR",
    "29 545 252,00",
    "67 123 456 €",
    "15 951 890",
    "1 234 567",
    "01072025001",
    "20250701001",
    "R-2025/07/0012345",
    "010725-00012",
    "AB01019012345",
    "01.07.2025-31.12.2025",
    "01.09.2025.–31.12.2025.",
    "12345678",
    "123456789012",
    "99999999999",
    "P-00012",
    "LV00DEMO0000000000000",
    "teleskops 26123456",
    "311390-12345",
    "@skola",
)


@pytest.mark.parametrize(("text", "kind"), FOUND.items(), ids=range(len(FOUND)))
def test_an_identifier_is_found_and_named_by_its_kind(text: str, kind: Identifier) -> None:
    """Proves that each form people type is found, also hidden by spaces, dashes and wide digits."""
    assert find_identifier(text) is kind


@pytest.mark.parametrize("text", PASSES)
def test_what_only_looks_like_an_identifier_passes(text: str) -> None:
    """Proves that invoice, registration and document numbers, dates and amounts are let through."""
    assert find_identifier(text) is None


def test_where_long_numbers_are_at_home_the_check_digit_decides() -> None:
    """Proves that a document number of 11 digits passes unless its check digit fits a person."""
    assert find_identifier("01019012345", numbers_expected=True) is None
    assert find_identifier("16117519997", numbers_expected=True) is Identifier.PERSONAL_CODE
    assert find_identifier("161175-19998", numbers_expected=True) is Identifier.PERSONAL_CODE
    assert find_identifier("37126123456", numbers_expected=True) is None
    assert find_identifier("26 123 456", numbers_expected=True) is None
    assert find_identifier("+371 26123456", numbers_expected=True) is Identifier.PHONE


def test_a_number_that_lost_its_leading_zero_is_still_a_personal_code() -> None:
    """Proves that 010190…-codes eaten by a spreadsheet are found by their check digit."""
    assert find_identifier_in_number("16117519997") is Identifier.PERSONAL_CODE
    assert find_identifier_in_number("40003521600") is None
    assert find_identifier_in_number("1019012345") is None
    assert find_identifier_in_number("12345") is None
    assert find_identifier_in_number("123456789012") is None


@given(
    day=st.dates(
        min_value=date(1900, 1, 1),
        max_value=date(2017, 6, 30),
    ),
    rest=st.integers(min_value=0, max_value=9999),
    hyphen=st.sampled_from(["-", "", " - ", "–"]),
    around=st.sampled_from([("", ""), ("skolēns ", "; plāns"), ("(", ")")]),
)
def test_every_old_code_is_found_whatever_stands_around_it(
    day: date, rest: int, hyphen: str, around: tuple[str, str]
) -> None:
    """Proves for all plausible birth dates that the code is found with and without a hyphen."""
    century = "1" if day.year < 2000 else "2"
    code = f"{day:%d%m%y}{hyphen}{century}{rest:04}"
    assert find_identifier(f"{around[0]}{code}{around[1]}") is Identifier.PERSONAL_CODE


@given(st.integers(min_value=40_000_000_000, max_value=99_999_999_999))
def test_no_registration_number_is_taken_for_a_person(number: int) -> None:
    """Proves that 11 digits with the first above 3 are never a personal code."""
    assert find_identifier(str(number)) is None
    assert find_identifier_in_number(str(number)) is None
