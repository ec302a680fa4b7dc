"""From the frame back into cells: cents to euros, codes to their names, days and hours."""

from __future__ import annotations

from datetime import date, time
from typing import TYPE_CHECKING

from skola_finance.claims.columns import Column, Type
from skola_finance.problems import Language

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell

_SCALE = {Type.MONEY: 2, Type.QUANTITY: 3}
_MINUTES = 60
_STARTS_FORMULA = ("=", "+", "-", "@")
_NOT_IN_XML = {code: None for code in range(32) if chr(code) not in "\t\n\r"}

CellValue = str | int | float | date | time | None


def cell_value(value: str | int | date | None, column: Column, language: Language) -> CellValue:
    """Give what a cell shows for a value of the frame; codes by their names."""
    if value is None:
        return None
    match column.type:
        case Type.CODE if column.codes is not None:
            text = column.codes.get(str(value))
            return text.in_(language) if text else str(value)
        case Type.MONEY | Type.QUANTITY:
            # Division of whole numbers gives the nearest double, which 15 digits show exactly.
            return int(str(value)) / int(10 ** _SCALE[column.type])
        case Type.TIME:
            hours, minutes = divmod(int(str(value)), _MINUTES)
            return time(hours, minutes)
        case _:
            return value


def put(cell: Cell, value: CellValue) -> None:
    """Set a cell; a text that looks like a formula stays a text, also when it is edited."""
    if isinstance(value, str):
        text = value.translate(_NOT_IN_XML)
        cell.value = text
        cell.data_type = "s"
        if text.startswith(_STARTS_FORMULA):
            cell.quotePrefix = True
        return
    cell.value = value


def plain_number(scaled: int, kind: Type, language: Language, decimals: int) -> str:
    """Write a sum as a spreadsheet would: `1 234,56` in Latvian, `1,234.56` in English."""
    places = _SCALE[kind]
    sign = "-" if scaled < 0 else ""
    whole, rest = divmod(abs(scaled), 10**places)
    text = f"{whole:,}.{rest:0{places}}"[: decimals - places or None]
    if language is Language.LV:
        text = text.replace(",", "\u00a0").replace(".", ",")
    return sign + text
