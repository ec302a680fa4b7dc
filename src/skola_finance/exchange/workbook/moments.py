"""Days and hours in cells.

Dates: real dates of the spreadsheet, or `01.07.2025`, `01.07.2025.`, `2025-07-01` as text. A plain
number is no date: nobody can tell 45839 from an amount. Hours: real times, `14:30`, `14.30`.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

from skola_finance.exchange.workbook.faults import fault
from skola_finance.exchange.workbook.unread import PERSONAL, RawCell, Unread, is_personal, unread

_DAY_FIRST = re.compile(r"([0-9]{1,2})\.\s?([0-9]{1,2})\.\s?([0-9]{4})\.?")
_YEAR_FIRST = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_CLOCK = re.compile(r"([0-9]{1,2})[:.]([0-9]{2})(?::00)?")
_MINUTES = 60
_MINUTE = timedelta(minutes=1)
_DAY = timedelta(days=1)
_NOISE = timedelta(seconds=1)
"""A computed time is off by fractions of a second; this much is no fact of its own."""


def read_date(raw: RawCell) -> date | Unread:
    """Read a day; a time of day other than midnight does not belong to one."""
    match raw:
        case datetime():
            return raw.date() if raw.time() == time() else unread("WBK-422", raw)
        case date():
            return raw
        case str():
            return _date_of_text(raw)
        case _:
            return unread("WBK-422", raw)


def _date_of_text(text: str) -> date | Unread:
    if found := _DAY_FIRST.fullmatch(text):
        day, month, year = map(int, found.groups())
    elif found := _YEAR_FIRST.fullmatch(text):
        year, month, day = map(int, found.groups())
    else:
        return unread("WBK-422", text)
    try:
        return date(year, month, day)
    except ValueError:
        return unread("WBK-423", text)


def read_birth_date(raw: RawCell) -> date | Unread:
    """Read a birth date; what is wrong with it is said without repeating it."""
    born = read_date(raw)
    if not isinstance(born, Unread):
        return born
    if is_personal(raw):
        return PERSONAL
    return Unread(fault("WBK-433", reason_lv="tā nav datums", reason_en="it is not a date"))


def read_time(raw: RawCell) -> int | Unread:
    """Read a time of day as minutes since midnight."""
    if isinstance(raw, str):
        found = _CLOCK.fullmatch(raw)
        hours, minutes = (int(found[1]), int(found[2])) if found else (24, 0)
        since = timedelta(hours=hours, minutes=minutes)
        return since // _MINUTE if since < _DAY and minutes < _MINUTES else unread("WBK-424", raw)
    if isinstance(raw, time):
        since = timedelta(
            hours=raw.hour, minutes=raw.minute, seconds=raw.second, microseconds=raw.microsecond
        )
    elif isinstance(raw, timedelta):
        since = raw
    else:
        return unread("WBK-424", raw)
    minutes, rest = divmod(since + _NOISE, _MINUTE)
    is_whole = rest <= 2 * _NOISE
    return minutes if is_whole and timedelta() <= since < _DAY - _NOISE else unread("WBK-424", raw)
