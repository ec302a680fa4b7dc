"""How values of a line are written for people, in both languages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from skola_finance.claims.columns import COLUMN, Column, Type
from skola_finance.money import format_amount
from skola_finance.problems import Language, Text

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

NOT_GIVEN = Text(lv="nav norādīts", en="not given")
_MILLI = 1000
_MINUTES = 60


def show_day(day: date, language: Language) -> str:
    """Write a day: `01.07.2025.` in Latvian, `2025-07-01` in English."""
    return f"{day:%d.%m.%Y.}" if language is Language.LV else day.isoformat()


def show_number(milli: int, language: Language) -> str:
    """Write thousandths with as many decimals as there are.

    >>> show_number(1500, Language.LV), show_number(60000, Language.EN)
    ('1,5', '60')
    """
    whole, rest = divmod(abs(milli), _MILLI)
    sign = "-" if milli < 0 else ""
    decimals = f"{rest:03d}".rstrip("0")
    comma = "," if language is Language.LV else "."
    return f"{sign}{whole}{comma}{decimals}" if decimals else f"{sign}{whole}"


def show_hours(milli: int, language: Language) -> str:
    """Write hours with their unit."""
    return f"{show_number(milli, language)} {'st.' if language is Language.LV else 'h'}"


def show_time(minutes: int) -> str:
    """Write a time of day."""
    hour, minute = divmod(minutes, _MINUTES)
    return f"{hour:02d}:{minute:02d}"


def show_value(column: Column | None, value: Any, language: Language) -> str:  # noqa: ANN401 - a cell
    """Write the value of a cell as people call it; an empty one is said to be empty."""
    if value is None or value == "" or column is None:
        return NOT_GIVEN.in_(language)
    match column.type:
        case Type.DATE:
            return show_day(value, language)
        case Type.TIME:
            return show_time(value)
        case Type.MONEY:
            return format_amount(value, language)
        case Type.QUANTITY:
            return show_number(value, language)
        case _:
            known = column.codes or {}
            return known[value].in_(language) if value in known else str(value)


def show_codes(key: str, codes: Iterable[str], language: Language) -> str:
    """Write codes of a column as people call them, in their order."""
    known = COLUMN[key].codes or {}
    return "; ".join(known[code].in_(language) if code in known else code for code in codes)
