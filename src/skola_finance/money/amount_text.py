"""Amounts as people write them: read to whole cents, written in both languages.

Read: `1 234,56` (space, no-break or narrow no-break space), `1234.56`, `15.951.890`,
`15.951.890,00`, `1.234,56`, `1 234,56 €`, `EUR 12,50`, `-12,50`, `−12,50`, `12,5`, `12`.
Refused, never guessed: `1.234` and `1,234` (thousands or decimals?), `1,234.56`, three decimals.
"""

from __future__ import annotations

import re
from enum import Enum

from skola_finance.problems import Language, Problem, Severity, SkolaError, Text

CENTS = 100
"""Cents in one euro."""
LIMIT_EUROS = 10**9
"""Amounts at the door are below this, so that every product stays exact in every engine (D-01)."""

_MARKS = {
    Language.LV: ("", "\u00a0", ",", "\u00a0€"),
    Language.EN: ("€", ",", ".", ""),
}
"""What stands before, between thousands, before the cents, and after."""

_LONGEST_SHOWN = 40
_PERSONAL_DIGITS = 7
"""As many digits in a text that is no number may be a personal code, a phone or an account."""

_LIKE_SPACE = str.maketrans({"\u00a0": " ", "\u202f": " ", "\u2009": " ", "\u2212": "-"})
_CURRENCY = re.compile(r"^(?:€|EUR)|(?:€|EUR)$", re.IGNORECASE)
_AMOUNT = re.compile(
    r"(?P<whole>[0-9]+|[1-9][0-9]{0,2}(?: [0-9]{3})+)(?:[.,](?P<decimals>[0-9]+))?",
)
_DOTTED = re.compile(r"(?P<whole>[1-9][0-9]{0,2}(?:\.[0-9]{3})+)(?:,(?P<decimals>[0-9]+))?")
_AMBIGUOUS = re.compile(r"[1-9][0-9]{0,2}[.,][0-9]{3}")
_NUMBER_LIKE = re.compile(r"(?=.*[0-9])[0-9., ]+")
_PERSONAL_CODE = re.compile(r"(?<![0-9])[0-9]{6}-?[0-9]{5}(?![0-9])")


class Unreadable(Enum):
    """Why a text is not an amount: code, Latvian reason, English reason."""

    SEPARATOR = (
        "WBK-431",
        "nav skaidrs, kas atdala tūkstošus un kas centus",
        "it is unclear what separates thousands and what cents",
    )
    DECIMALS = (
        "WBK-431",
        "vairāk nekā divi cipari aiz komata",
        "more than two decimals",
    )
    NOT_A_NUMBER = ("WBK-431", "tā nav summa eiro", "it is not an amount in euros")
    OUT_OF_BOUNDS = (
        "WBK-432",
        "summai jābūt mazākai par 1 000 000 000 €",
        "an amount must be below €1,000,000,000",
    )


_HINTS = {
    Unreadable.SEPARATOR: Text(
        lv="Rakstiet summu ar atstarpi un komatu, piemēram, 1 234,56, vai 1234.56.",
        en="Write the amount as 1234.56, or with a space and a comma, as 1 234,56.",
    ),
    Unreadable.DECIMALS: Text(
        lv="Norādiet summu veselos centos, ar ne vairāk kā diviem cipariem aiz komata.",
        en="State the amount in whole cents, with at most two decimals.",
    ),
    Unreadable.NOT_A_NUMBER: Text(
        lv="Ierakstiet tikai summu, piemēram, 1 234,56.",
        en="Enter the amount alone, for example 1234.56.",
    ),
    Unreadable.OUT_OF_BOUNDS: Text(
        lv="Pārbaudiet, vai nav ierakstītas liekas nulles un vai nav pazudis decimālais komats.",
        en="Check for surplus zeros or a lost decimal separator.",
    ),
}


class UnreadableAmount(SkolaError, ValueError):
    """WBK-431, or WBK-432 out of bounds: a text that cannot be read as an amount."""

    def __init__(self, text: str, *, reason: Unreadable) -> None:
        """Name the text found (shortened, without personal digits), the reason and the way out."""
        code, lv, en = reason.value
        shown = _shown(text)
        self.reason = reason
        super().__init__(
            Problem(
                code=code,
                severity=Severity.ERROR,
                message=Text(
                    lv=f"Summu „{shown}” nevar nolasīt: {lv}.",
                    en=f"The amount “{shown}” cannot be read: {en}.",
                ),
                hint=_HINTS[reason],
            ),
        )


def _shown(text: str) -> str:
    """Give a text on one line, shortened, without the digits of what may be personal data."""
    digits = sum(character.isdigit() for character in text)
    is_number = _NUMBER_LIKE.fullmatch(_bare(text)[1]) is not None
    if _PERSONAL_CODE.search(text) or (digits >= _PERSONAL_DIGITS and not is_number):
        text = re.sub(r"\d", "•", text)
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST_SHOWN else text[: _LONGEST_SHOWN - 1] + "…"


def _bare(text: str) -> tuple[bool, str]:
    """Take spaces at the ends, one minus and one currency mark off: (is it negative, the rest)."""
    body = text.translate(_LIKE_SPACE).strip()
    is_negative = body.startswith("-")
    body = _CURRENCY.sub("", body.removeprefix("-").strip(), count=1).strip()
    if not is_negative and body.startswith("-"):
        return True, body.removeprefix("-").strip()
    return is_negative, body


def parse_amount(text: str) -> int:
    """Read an amount in euros, written in a Latvian or ISO way, as whole cents.

    Raises: UnreadableAmount, WBK-431 (unclear separators, more than two decimals, not a number)
    or WBK-432 (10⁹ € and above). Nothing is rounded.

    >>> parse_amount("1 234,56 €"), parse_amount("15.951.890"), parse_amount("-12,5")
    (123456, 1595189000, -1250)
    """
    is_negative, body = _bare(text)
    found = _AMOUNT.fullmatch(body) or _DOTTED.fullmatch(body)
    if _AMBIGUOUS.fullmatch(body) or (found is None and _NUMBER_LIKE.fullmatch(body)):
        raise UnreadableAmount(text, reason=Unreadable.SEPARATOR)
    if found is None:
        raise UnreadableAmount(text, reason=Unreadable.NOT_A_NUMBER)
    decimals = found["decimals"] or ""
    if len(decimals) > len("00"):
        raise UnreadableAmount(text, reason=Unreadable.DECIMALS)
    digits = found["whole"].translate({ord(" "): None, ord("."): None})
    # No mutants here: strip takes a set of characters, and theirs does the same.
    whole = digits.lstrip("0")  # pragma: no mutate
    if len(whole) >= len(str(LIMIT_EUROS)):
        raise UnreadableAmount(text, reason=Unreadable.OUT_OF_BOUNDS)
    cents = int(f"{whole}{decimals:0<2}")
    return -cents if is_negative else cents


def format_amount(cents: int, language: Language) -> str:
    """Write an amount for people: `1 234,56 €` in Latvian (no-break spaces), `€1,234.56` else.

    >>> format_amount(-123_456, Language.EN)
    '-€1,234.56'
    """
    before, thousands, decimal, after = _MARKS[language]
    sign = "-" if cents < 0 else ""
    euros, rest = divmod(abs(cents), CENTS)
    grouped = f"{euros:,}".replace(",", thousands)
    return f"{sign}{before}{grouped}{decimal}{rest:02}{after}"


def plain(cents: int) -> str:
    """Write an amount for programs: two decimals and a dot, no grouping.

    >>> plain(1_355_910_600), plain(-5)
    ('13559106.00', '-0.05')
    """
    sign = "-" if cents < 0 else ""
    euros, rest = divmod(abs(cents), CENTS)
    return f"{sign}{euros}.{rest:02}"
