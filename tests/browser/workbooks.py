"""Workbooks as an accountant fills them in: the rows of an old one, on another day."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from openpyxl import load_workbook

if TYPE_CHECKING:
    from pathlib import Path

SHEET = "Sessions"
DAY, LINE_ID = "activity_on", "line_id"


def fill(template: Path, *, like: Path, target: Path, days: int = 1) -> int:
    """Fill an empty template with the sessions of another workbook, some days later.

    Returns: how many rows were written.
    """
    book, old = load_workbook(template), load_workbook(like)
    here: Any = book[SHEET]
    there: Any = old[SHEET]
    place = {cell.value: cell.column for cell in here[1]}
    keys = [cell.value for cell in there[1]]
    first = written = 3
    for row in there.iter_rows(min_row=first, values_only=True):
        said = dict(zip(keys, row, strict=True))
        if said[DAY] is None:
            continue
        said[DAY] += timedelta(days=days)
        said[LINE_ID] = None
        for key, value in said.items():
            here.cell(written, place[key]).value = value
        written += 1
    book.save(target)
    return written - first
