"""Cells of an openpyxl sheet: merged ones stand for their first, styles are copied whole."""

from __future__ import annotations

from copy import copy
from typing import TYPE_CHECKING, Any, cast

from openpyxl.cell.cell import Cell
from openpyxl.worksheet.properties import PageSetupProperties

if TYPE_CHECKING:
    from collections.abc import Iterator

    from openpyxl.worksheet.worksheet import Worksheet

A3, A4 = "8", "9"
"""Paper sizes as the format numbers them."""


def cell_at(worksheet: Worksheet, row: int, column: int) -> Cell:
    """Give the cell at a place, counted from 1; of merged cells the one that holds the value."""
    cell = worksheet.cell(row, column)
    if isinstance(cell, Cell):
        return cell
    merged = next(area for area in worksheet.merged_cells.ranges if cell.coordinate in area)
    return cast("Cell", worksheet.cell(merged.min_row, merged.min_col))


def cells_of(worksheet: Worksheet) -> Iterator[Cell]:
    """Go through the cells that hold something or look like something."""
    for row in worksheet.iter_rows():
        yield from (cell for cell in row if isinstance(cell, Cell))


def copy_style(source: Cell, target: Cell) -> None:
    """Make a cell look like another of the same workbook in every respect."""
    # There is no public way to copy all of a style at once; piece by piece costs ten times more.
    cast("Any", target)._style = copy(cast("Any", source)._style)  # noqa: SLF001


def prepare_print(worksheet: Worksheet, *, paper: str, is_landscape: bool) -> None:
    """Fit a sheet to the width of the paper, as many pages high as it needs."""
    worksheet.page_setup.orientation = "landscape" if is_landscape else "portrait"
    worksheet.page_setup.paperSize = cast("Any", paper)
    worksheet.page_setup.fitToHeight = cast("Any", 0)
    worksheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    footer = cast("Any", worksheet.oddFooter)
    footer.left.text, footer.right.text = "&A", "&P / &N"
    margins = worksheet.page_margins
    margins.left = margins.right = 0.4
    margins.top = margins.bottom = 0.6
