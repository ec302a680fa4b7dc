"""Tables as spreadsheets here read them: semicolons, decimal commas, a mark of UTF-8."""

from __future__ import annotations

import csv
from io import StringIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

BYTE_MARK = b"\xef\xbb\xbf"


def csv_line(cells: Sequence[str]) -> bytes:
    """Write one line; no text of it can run as a formula."""
    buffer = StringIO()
    csv.writer(buffer, delimiter=";").writerow([_harmless(cell) for cell in cells])
    return buffer.getvalue().encode()


def euros(cents: int | None) -> str:
    """Write an amount as a number that spreadsheets read: `1234,56`; nothing for none."""
    if cents is None:
        return ""
    whole, rest = divmod(abs(cents), 100)
    return f"{'-' if cents < 0 else ''}{whole},{rest:02d}"


def iso(on: date | None) -> str:
    """Write a day: `2025-07-01`; nothing for none."""
    return on.isoformat() if on is not None else ""


def _harmless(cell: str) -> str:
    """Keep a text from being run as a formula; amounts below zero stay numbers."""
    is_number = cell.removeprefix("-").replace(",", "").isdecimal()
    return f"'{cell}" if cell[:1] in "=+-@\t\r" and cell and not is_number else cell
