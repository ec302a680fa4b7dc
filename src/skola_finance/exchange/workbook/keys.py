"""The hidden key row: which column of a sheet is which. Any order is read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from skola_finance.claims.columns import (
    LEARNER_BORN_ON,
    LINE_COLUMNS,
    PLAN_COLUMNS,
    Column,
    Sheet,
)
from skola_finance.exchange.workbook.cells import clean_text
from skola_finance.exchange.workbook.faults import fault, unusable
from skola_finance.exchange.workbook.scan import column_letters
from skola_finance.exchange.workbook.unread import is_personal, shown
from skola_finance.problems import Where

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from skola_finance.exchange.workbook.unread import RawCell
    from skola_finance.problems import Problem

ANNOTATION = "skola_"
"""Keys and sheets that begin so were added by an annotation and are never read."""
KEY_ROW = 1
HEADING_ROW = 2
FIRST_ROW = 3

REQUIRED: Mapping[Sheet, tuple[str, ...]] = {
    Sheet.SESSIONS: ("activity", "amount"),
    Sheet.DOCUMENTS: ("activity", "amount"),
    Sheet.PROJECTS: ("activity", "amount"),
    Sheet.LINES: ("activity", "cost_form", "amount"),
    Sheet.PLANS: ("plan_no",),
}
"""Columns without which a sheet cannot be read. What an activity needs besides is for the rules."""

_LINE_KEYS = {column.key: column for column in (*LINE_COLUMNS, LEARNER_BORN_ON)}
_PLAN_KEYS = {column.key: column for column in PLAN_COLUMNS}


@dataclass(frozen=True, slots=True)
class FoundColumn:
    """A column of a sheet: its place (from 0), and what it is; None if that is not known."""

    index: int
    key: str
    column: Column | None

    @property
    def letters(self) -> str:
        """The name of the place, as a spreadsheet shows it."""
        return column_letters(self.index + 1)


def known_columns(sheet: Sheet) -> Mapping[str, Column]:
    """Give the columns that are understood on a sheet."""
    return _PLAN_KEYS if sheet is Sheet.PLANS else _LINE_KEYS


def find_columns(keys: Sequence[RawCell], *, sheet: Sheet, file: str) -> list[FoundColumn]:
    """Read the key row; columns of an annotation are left out.

    Raises: UnusableWorkbook WBK-411 (no key), WBK-412 (a required one missing), WBK-413 (double).
    """
    known = known_columns(sheet)
    where = Where(file=file, sheet=sheet, row=KEY_ROW)
    found: list[FoundColumn] = []
    seen: dict[str, FoundColumn] = {}
    for index, raw in enumerate(keys):
        key = clean_text(raw) if isinstance(raw, str) else shown(raw)
        key = key.casefold() if key.casefold() in known else key
        if key.casefold().startswith(ANNOTATION):
            continue
        column = FoundColumn(index, key, known.get(key))
        if column.column and key in seen:
            raise unusable(
                "WBK-413",
                where=Where(file=file, sheet=sheet, row=KEY_ROW, column=key),
                key=key,
                label_lv=column.column.label.lv,
                label_en=column.column.label.en,
                first=seen[key].letters,
                second=column.letters,
            )
        seen[key] = column
        found.append(column)
    if not any(column.column for column in found):
        raise unusable("WBK-411", where=where)
    for key in REQUIRED[sheet]:
        if key not in seen:
            raise unusable(
                "WBK-412",
                where=Where(file=file, sheet=sheet, row=KEY_ROW, column=key),
                key=key,
                label_lv=known[key].label.lv,
                label_en=known[key].label.en,
            )
    return found


def unknown_column(found: FoundColumn, *, sheet: Sheet, heading: RawCell) -> Problem:
    """Warn of a column that is not read, by its heading or key, or else by its letters."""
    names = (clean_text(shown(heading)), found.key)
    name = next((name for name in names if name and not is_personal(name)), found.letters)
    return fault("WBK-430", where=Where(sheet=sheet, column=found.letters), value=shown(name))
