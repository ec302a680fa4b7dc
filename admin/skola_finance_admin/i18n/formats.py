"""Amounts, days, moments and shares as people here write them."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from skola_finance import Language, format_amount
from skola_finance_admin.i18n.catalogue import language

RIGA = ZoneInfo("Europe/Riga")
_NO_BREAK = "\N{NO-BREAK SPACE}"


def amount(cents: int | None) -> str:
    """Write an amount in cents: `1 234,56 €`, in English `€1,234.56`; nothing for none."""
    return "" if cents is None else format_amount(cents, language())


def day(on: date | datetime | None) -> str:
    """Write a day in Latvia: `01.07.2025.`, in English `1 Jul 2025`; nothing for none."""
    if on is None:
        return ""
    if isinstance(on, datetime):
        on = on.astimezone(RIGA).date()
    if language() is Language.LV:
        return f"{on:%d.%m.%Y}."
    return f"{on.day}{_NO_BREAK}{_MONTHS[on.month - 1]}{_NO_BREAK}{on.year}"


def moment(at: datetime | None) -> str:
    """Write a moment in Latvian time: `01.07.2025. 14:32`; nothing for none."""
    if at is None:
        return ""
    return f"{day(at)}{_NO_BREAK}{at.astimezone(RIGA):%H:%M}"


def semester(name: str) -> str:
    """Write a semester: `2025. g. rudens`, in English `autumn 2025`; nothing for none."""
    year, _, half = name.partition("-")
    if not half:
        return name
    if language() is Language.LV:
        return f"{year}. g. {_HALVES_LV.get(half, half)}".replace(" ", _NO_BREAK)
    return f"{half}{_NO_BREAK}{year}"


def count(number: int) -> str:
    """Write a whole number in groups of three: `12 345`, in English `12,345`."""
    grouped = f"{number:,}"
    return grouped.replace(",", _NO_BREAK) if language() is Language.LV else grouped


def percent(part: int, whole: int) -> str:
    """Write a share in whole percent, rounded down, so that less than all never reads 100 %.

    What is there, and is less than one percent, is said to be so.
    """
    share = part * 100 // whole if whole else 0
    if part > 0 and whole > 0 and not share:
        return f"<{_NO_BREAK}1{_NO_BREAK}%" if language() is Language.LV else "<1%"
    return f"{share}{_NO_BREAK}%" if language() is Language.LV else f"{share}%"


_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_HALVES_LV = {"autumn": "rudens", "spring": "pavasaris"}
