"""What a cell gives that cannot be read, and how its value may be shown in a message."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from skola_finance.claims.personal_data import Identifier, find_identifier
from skola_finance.exchange.workbook.faults import fault_of

if TYPE_CHECKING:
    from skola_finance.problems import Problem

RawCell = str | float | bool | date | datetime | time | timedelta
"""A cell as calamine gives it; empty cells are the empty text."""

_LONGEST_SHOWN = 40
_LONGEST_CODE = 11
_SHORTEST_CODE = 10


@dataclass(frozen=True, slots=True)
class Unread:
    """A cell that gives nothing to the frame.

    `problem` says why, without a place. Where it is None the cell holds personal data, and
    nothing of it is repeated.
    """

    problem: Problem | None


PERSONAL = Unread(None)


def unread(code: str, raw: RawCell, **values: str) -> Unread:
    """Say why a cell cannot be read, unless its value would repeat personal data."""
    return PERSONAL if is_personal(raw) else Unread(fault_of(code, {"value": shown(raw), **values}))


def is_personal(raw: RawCell) -> bool:
    """Tell whether a cell that could not be read holds a personal identifier."""
    return identifier_in(raw) is not None


def identifier_in(raw: RawCell) -> Identifier | None:
    """Find a personal identifier in a cell of any kind."""
    if isinstance(raw, str):
        return find_identifier(raw)
    if isinstance(raw, float):
        text = number_text(raw)
        # A number has lost the zeros in front of a personal code.
        if text.isdigit() and _SHORTEST_CODE <= len(text) <= _LONGEST_CODE:
            return find_identifier(text.zfill(_LONGEST_CODE))
    return None


def number_text(number: float) -> str:
    """Write a number with 15 significant digits, as a spreadsheet shows it.

    >>> number_text(0.1 + 0.2), number_text(12345.0), number_text(1e15)
    ('0.3', '12345', '1000000000000000')
    """
    text = f"{number:.15g}"
    if "e+" in text:
        text = f"{float(text):.0f}"
    return "0" if text == "-0" else text


def shown(raw: RawCell) -> str:
    """Write a cell's value for a message: one line, shortened."""
    match raw:
        case bool():
            text = "TRUE" if raw else "FALSE"
        case float():
            text = number_text(raw)
        case datetime() if raw.time() != time():
            text = f"{raw:%d.%m.%Y. %H:%M}"
        case date():
            text = f"{raw:%d.%m.%Y.}"
        case _:
            text = " ".join(str(raw).split())
    return text if len(text) <= _LONGEST_SHOWN else text[: _LONGEST_SHOWN - 1] + "…"
