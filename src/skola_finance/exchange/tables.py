"""Tables that people take along: named columns, rows, a total; and the workbook they come in."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from io import BytesIO
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeAlias

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from skola_finance.exchange.workbook.grid import cell_at
from skola_finance.exchange.workbook.styles import DATE_FORMAT, MONEY_FORMAT
from skola_finance.exchange.workbook.values import put
from skola_finance.problems import Text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from openpyxl.worksheet.worksheet import Worksheet

    from skola_finance.problems import Language

Value: TypeAlias = "str | int | date | Text | None"
_CENTS = 100
_LONGEST_TITLE = 31
_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\", " "))
_NOTHING: Mapping[str, str] = MappingProxyType({})


class Kind(StrEnum):
    """What the cells of a column hold."""

    TEXT = "text"
    """A text, in one language or in two."""
    NAMED = "named"
    """A code whose name the one who shows it knows, such as an event of the books."""
    MONEY = "money"
    """Whole cents."""
    DAY = "day"
    """A day."""
    COUNT = "count"
    """A whole number."""


_WIDTHS = {Kind.TEXT: 34, Kind.NAMED: 30, Kind.MONEY: 16, Kind.DAY: 13, Kind.COUNT: 10}


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, what it holds, and where its cells lead.

    `leads_to` is `partner`, `claim`, or `behind` for an amount of the books; then `account` names
    the account, empty for what stands approved.
    """

    name: Text
    kind: Kind = Kind.TEXT
    leads_to: str = ""
    account: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """Cells in the order of the columns, and the keys of what they are about."""

    cells: tuple[Value, ...]
    keys: Mapping[str, str] = field(default_factory=lambda: _NOTHING)


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its name; `total` has a cell for every column."""

    title: Text
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    total: tuple[Value, ...] = ()


def write_tables(
    tables: Sequence[Table],
    *,
    language: Language,
    names: Mapping[str, str] = _NOTHING,
    notes: Sequence[str] = (),
) -> bytes:
    """Write a workbook with a sheet for each table; amounts are numbers in euros, days are days.

    Args:
        tables: a sheet each, in their order.
        language: of every text.
        names: what codes in columns of names are called.
        notes: sentences above each table.
    """
    book = Workbook()
    while book.worksheets:
        book.remove(book.worksheets[0])
    for table in tables:
        title = table.title.in_(language).translate(_FORBIDDEN)[:_LONGEST_TITLE]
        _write(book.create_sheet(title), table, language, names, notes)
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def _write(
    sheet: Worksheet,
    table: Table,
    language: Language,
    names: Mapping[str, str],
    notes: Sequence[str],
) -> None:
    for number, note in enumerate(notes, start=1):
        put(cell_at(sheet, number, 1), note)
    head = len(notes) + 1
    for place, column in enumerate(table.columns, start=1):
        cell = cell_at(sheet, head, place)
        put(cell, column.name.in_(language))
        cell.font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(place)].width = _WIDTHS[column.kind]
    rows = [row.cells for row in table.rows]
    if table.total:
        rows.append(table.total)
    for number, cells in enumerate(rows, start=head + 1):
        for place, (column, value) in enumerate(zip(table.columns, cells, strict=True), start=1):
            if value is None:
                continue
            cell = cell_at(sheet, number, place)
            is_amount = column.kind is Kind.MONEY and isinstance(value, int)
            if is_amount and isinstance(value, int):
                # Division of whole numbers gives the nearest double, which 15 digits show exactly.
                cell.value, cell.number_format = value / _CENTS, MONEY_FORMAT
            elif isinstance(value, date):
                cell.value, cell.number_format = value, DATE_FORMAT
            elif isinstance(value, int):
                cell.value = value
            else:
                put(cell, text_of(value, language, names))
    sheet.freeze_panes = f"A{head + 1}"


def text_of(value: str | Text, language: Language, names: Mapping[str, str]) -> str:
    """Say a text in a language; a code by its name, where it has one."""
    return value.in_(language) if isinstance(value, Text) else names.get(value, value)
