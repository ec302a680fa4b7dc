"""Personal identifiers in a text: personal code, e-mail, phone, bank account.

Pure detection, for every text cell, sheet name and file name (`CLM-211`). Nothing here gives the
digits back: only the kind of what was found, so that no message can repeat them.

What must pass: registration numbers of legal entities (11 digits, the first above 3), numbers of
documents, amounts, dates, pseudonyms.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from enum import StrEnum

from stdnum.lv import pvn


class Identifier(StrEnum):
    """What kind of personal identifier a text holds."""

    PERSONAL_CODE = "personal_code"
    """A personal code: the old kind holds the birth date, the new kind begins with 32."""
    EMAIL = "email"
    """An e-mail address."""
    PHONE = "phone"
    """A Latvian phone number."""
    IBAN = "iban"
    """A bank account number with a valid checksum."""


REMOVED_MARKS = ("⟦personas dati izņemti⟧", "⟦personal data removed⟧")
"""Stands in a copy of a workbook where personal data stood; read again, it is still a finding."""

_OLDEST_BIRTH_YEAR = 1900
_LAST_OLD_CODE = date(2017, 6, 30)
"""From 1 July 2017 only codes beginning with 32 are given (law on the register of persons)."""
_CENTURY = {"1": 1900, "2": 2000}

_HYPHENS = "\u2010\u2011\u2012\u2013\u2014\u2212-"
_SUSPECT = re.compile(rf"@|[0-9][0-9 .{_HYPHENS}]{{4,}}[0-9]|⟦")
_HYPHEN = rf"\s?[{_HYPHENS}]\s?"
_HYPHENATED = re.compile(
    rf"(?<![0-9])([0-9]{{2}})[. ]?([0-9]{{2}})[. ]?([0-9]{{2}}){_HYPHEN}([0-9]{{5}})(?![0-9])",
)
_RUN_OF_DIGITS = re.compile(
    r"(?<![0-9A-Za-z])(?:LV[ -]?)?([0-9]{6}) ?([0-9]{5})(?![0-9A-Za-z])",
    re.IGNORECASE,
)
_EMAIL = re.compile(r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)+")
_EIGHT = r"[26][0-9](?:[ .-]?[0-9]){6}(?![0-9])"
_PHONE_ANYWHERE = re.compile(
    rf"(?:\+|(?<![0-9])00)\s?\(?371\)?[ -]?{_EIGHT}"
    rf"|\b(?:t\.|tel\b|telef\w*|t[āa]lr\w*|mob(?:il\w*)?\b|phone\b)[.:\s]*(?:nr[.:\s]*)?{_EIGHT}",
    re.IGNORECASE,
)
_PHONE_BARE = re.compile(
    rf"(?<![0-9A-Za-z])371[ -]?{_EIGHT}"
    r"|(?<![0-9][ .,])(?<![0-9])[26][0-9] [0-9]{3} [0-9]{3}(?![0-9]|[.,][0-9]|\s?(?:€|eur|eiro))",
    re.IGNORECASE,
)
"""Without a plus or a label: only where long numbers are not at home; never before a euro sign."""
_IBAN = re.compile(
    r"(?<![0-9A-Za-z])(?=([A-Z]{2}[0-9]{2}(?: ?[0-9A-Z]){11,30}))",
    re.IGNORECASE,
)
_IBAN_LENGTHS = range(34, 14, -1)
_PADDED = 11


def find_identifier(text: str, *, numbers_expected: bool = False) -> Identifier | None:
    """Say which personal identifier a text holds, if any.

    A personal code of the old kind needs a plausible birth date (1900 to June 2017); written
    without a hyphen in a place where long numbers are at home (`numbers_expected`: numbers of
    documents), it also needs the right check digit.

    >>> find_identifier("mācās kopā ar 010190-12345")
    <Identifier.PERSONAL_CODE: 'personal_code'>
    >>> find_identifier("rēķins 2025-000123"), find_identifier("40003521600")
    (None, None)
    """
    if not text.isascii():
        text = _plain(text)
    if _SUSPECT.search(text) is None:
        return None
    if any(mark in text for mark in REMOVED_MARKS) or _has_personal_code(
        text, is_strict=numbers_expected
    ):
        return Identifier.PERSONAL_CODE
    if _EMAIL.search(text):
        return Identifier.EMAIL
    if _has_iban(text):
        return Identifier.IBAN
    if _PHONE_ANYWHERE.search(text) or (not numbers_expected and _PHONE_BARE.search(text)):
        return Identifier.PHONE
    return None


def find_identifier_in_number(digits: str) -> Identifier | None:
    """Judge a whole number that was typed without quotes: a spreadsheet eats its leading zeros.

    The check digit must be right, since a number says less than a text.
    """
    padded = digits.zfill(_PADDED)
    if len(padded) != _PADDED or len(digits) < _PADDED - 1:
        return None
    return Identifier.PERSONAL_CODE if _has_personal_code(padded, is_strict=True) else None


def _plain(text: str) -> str:
    """Undo what hides digits: wide forms, invisible characters, special spaces."""
    text = unicodedata.normalize("NFKC", text)
    return "".join(
        " " if unicodedata.category(character) == "Zs" else character
        for character in text
        if unicodedata.category(character) != "Cf"
    )


def _has_personal_code(text: str, *, is_strict: bool) -> bool:
    for found in _HYPHENATED.finditer(text):
        first, last = "".join(found.groups()[:3]), found[4]
        if first.startswith("32") or _birth_date(first, century=last[0]):
            return True
    for found in _RUN_OF_DIGITS.finditer(text):
        code = found[1] + found[2]
        if is_strict and pvn.calc_check_digit_pers(code[:-1]) != code[-1]:
            continue
        born = _birth_date(found[1], century=code[6])
        # An old code is never younger: 01072025001 is a day and a number, not a person.
        if code.startswith("32") or (born and born <= _LAST_OLD_CODE):
            return True
    return False


def _birth_date(six: str, *, century: str) -> date | None:
    """Read DDMMYY and the century digit; nobody alive was born in the 1800s (digit 0)."""
    if century not in _CENTURY:
        return None
    try:
        born = date(_CENTURY[century] + int(six[4:6]), int(six[2:4]), int(six[:2]))
    except ValueError:
        return None
    return born if born.year >= _OLDEST_BIRTH_YEAR else None


def _has_iban(text: str) -> bool:
    candidates = [found[1].replace(" ", "").upper() for found in _IBAN.finditer(text)]
    if not candidates:
        return False
    from stdnum import iban  # noqa: PLC0415 - loads a table of countries; few texts need it

    return any(
        iban.is_valid(candidate[:length])
        for candidate in candidates
        for length in _IBAN_LENGTHS
        if length <= len(candidate)
    )
