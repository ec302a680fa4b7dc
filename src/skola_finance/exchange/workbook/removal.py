"""What a copy of a workbook does not hand on: personal data, and risk grounds where told so."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from skola_finance.claims.columns import Sheet
from skola_finance.claims.personal_data import REMOVED_MARKS, find_identifier
from skola_finance.exchange.workbook.cells import NUMBERS_EXPECTED
from skola_finance.exchange.workbook.grid import cell_at, cells_of
from skola_finance.exchange.workbook.header import CLAIM_SHEET, find_entries
from skola_finance.exchange.workbook.keys import FIRST_ROW
from skola_finance.exchange.workbook.scan import column_number
from skola_finance.exchange.workbook.unread import identifier_in
from skola_finance.exchange.workbook.verdict_columns import find_keys
from skola_finance.problems import Language

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from openpyxl.cell.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

    from skola_finance.claims.claim import Claim

_CODE = "CLM-211"
_RISK_GROUND = "risk_ground"


def claim_cells(worksheet: Worksheet) -> dict[str, Cell]:
    """Find the cell of each value of the sheet `Claim`, by its key."""
    rows = [["" if cell is None else cell for cell in row] for row in _texts(worksheet)]
    return {
        key: cell_at(worksheet, entry.cell.row, entry.cell.column)
        for key, entry in find_entries(rows).items()
    }


def remove_identifiers(
    sheets: Mapping[str, Worksheet], claim: Claim, *, language: Language
) -> None:
    """Put a mark in place of personal data: read again, it gives the same finding."""
    mark = REMOVED_MARKS[0] if language is Language.LV else REMOVED_MARKS[1]
    for cell in _personal_cells(sheets, claim):
        cell.value = mark
        cell.data_type = "s"
        cell.comment = None
        cell.hyperlink = None


def blank_risk_grounds(sheets: Mapping[str, Worksheet]) -> None:
    """Empty the risk ground of every row."""
    for name, worksheet in sheets.items():
        column = None if name == CLAIM_SHEET else find_keys(worksheet).known.get(_RISK_GROUND)
        if column:
            for row in range(FIRST_ROW, worksheet.max_row + 1):
                cell_at(worksheet, row, column).value = None


def _personal_cells(sheets: Mapping[str, Worksheet], claim: Claim) -> Iterator[Cell]:
    found = claim.lines.filter(pl.col("personal_data_in").is_not_null())
    for sheet, row, key in found.select("sheet", "row", "personal_data_in").iter_rows():
        if sheet in sheets:
            yield from _personal_cells_of_row(sheets[sheet], row, key)
    for problem in claim.reading:
        place = problem.where
        if problem.code == _CODE and place.sheet == Sheet.PLANS and place.row and place.column:
            yield from _personal_cells_of_row(sheets[Sheet.PLANS], place.row, place.column)
    for problem in claim.reading:
        if problem.code == _CODE and problem.where.sheet == CLAIM_SHEET:
            cells = cells_of(sheets[CLAIM_SHEET])
            yield from (cell for cell in cells if _is_personal(cell, expected=False))
            return


def _personal_cells_of_row(worksheet: Worksheet, row: int, key: str) -> Iterator[Cell]:
    """Give the cell that reading named, and any other of the row that holds personal data."""
    known = find_keys(worksheet).known
    named = known.get(key) or (column_number(key) if key.isupper() else None)
    names = {column: name for name, column in known.items()}
    for column in range(1, worksheet.max_column + 1):
        cell = cell_at(worksheet, row, column)
        expected = names.get(column, "") in NUMBERS_EXPECTED
        if column == named or _is_personal(cell, expected=expected):
            yield cell


def _is_personal(cell: Cell, *, expected: bool) -> bool:
    value = cell.value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return identifier_in(float(value)) is not None
    if value is None or cell.data_type == "f":
        return False
    return find_identifier(str(value), numbers_expected=expected) is not None


def _texts(worksheet: Worksheet) -> Iterator[list[str | None]]:
    for row in worksheet.iter_rows():
        yield [cell.value if isinstance(cell.value, str) else None for cell in row]
