"""The hidden sheet `Lists`: the values of every drop-down, code beside name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from openpyxl.workbook.defined_name import DefinedName

from skola_finance.exchange.workbook.scan import column_letters
from skola_finance.exchange.workbook.styles import BOLD, QUIET
from skola_finance.exchange.workbook.wording import LIST_CODE, LIST_NAME

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

    from skola_finance.problems import Language, Text

LISTS_SHEET = "Lists"
_FIRST = 3


class Lists:
    """Writes each list once and gives the name under which drop-downs find it.

    Drop-downs use names: a reference to another sheet is stored by Excel in an extension that
    other programs lose.
    """

    def __init__(self, workbook: Workbook, *, language: Language) -> None:
        """Add the sheet."""
        self._workbook = workbook
        self._language = language
        self._sheet: Worksheet = workbook.create_sheet(LISTS_SHEET)
        self._sheet.sheet_state = "hidden"
        self._names: dict[tuple[str, tuple[str, ...]], str] = {}

    def name_of(self, key: str, codes: Mapping[str, Text], offered: Sequence[str]) -> str:
        """Give the name of the list of some codes; people see their names."""
        rows = [(code, codes[code].in_(self._language)) for code in offered]
        return self._list(key, rows, shown=1)

    def name_of_plain(self, key: str, values: Sequence[str]) -> str:
        """Give the name of a list whose values have no other name."""
        return self._list(key, [(value, value) for value in values], shown=0)

    def _list(self, key: str, rows: Sequence[tuple[str, str]], *, shown: int) -> str:
        identity = (key, tuple(code for code, _ in rows))
        if identity in self._names:
            return self._names[identity]
        column = 2 * len(self._names) + 1
        count = sum(known == key for known, _ in self._names)
        name = f"list_{key}_{count + 1}"
        self._write(key, rows, column=column)
        letters = column_letters(column + shown)
        reference = f"{LISTS_SHEET}!${letters}${_FIRST}:${letters}${_FIRST + len(rows) - 1}"
        self._workbook.defined_names[name] = DefinedName(name, attr_text=reference)
        self._names[identity] = name
        return name

    def _write(self, key: str, rows: Sequence[tuple[str, str]], *, column: int) -> None:
        sheet = self._sheet
        sheet.cell(1, column, key).font = BOLD
        for offset, heading in enumerate((LIST_CODE, LIST_NAME)):
            sheet.cell(2, column + offset, heading.in_(self._language)).font = QUIET
            sheet.column_dimensions[column_letters(column + offset)].width = 28
        for row, (code, name) in enumerate(rows, start=_FIRST):
            sheet.cell(row, column, code)
            sheet.cell(row, column + 1, name)
