"""Marks on cells: fills and comments that an annotation adds, and that the next one takes off.

The style a cell had before is kept on a hidden sheet (as the style of a cell there), so that a
cell that was mended gets back the colour it had.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

from skola_finance.exchange.workbook.grid import cell_at, cells_of, copy_style
from skola_finance.exchange.workbook.styles import SEVERITY_COLOURS, SEVERITY_FILL
from skola_finance.exchange.workbook.values import put

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

    from skola_finance.problems import Severity

STYLES_SHEET = "skola_styles"
_AUTHOR = "skola-finance"
_OURS = "── skola-finance ──"
_WIDTH, _HEIGHT_OF_LINE, _HEIGHT_OF_MARGIN = 380, 18, 30
_CHARACTERS_OF_LINE = 58
_LONGEST = 2_000
_WEIGHT = {"error": 3, "warning": 2, "info": 1}


class Marks:
    """Marks the cells of one workbook."""

    def __init__(self, workbook: Workbook) -> None:
        """Add the hidden sheet of styles."""
        self._styles: Worksheet = workbook.create_sheet(STYLES_SHEET)
        self._styles.sheet_state = "hidden"
        self._severity: dict[tuple[str, str], Severity] = {}

    def mark(self, cell: Cell, severity: Severity, text: str) -> None:
        """Colour a cell by its worst problem, and add a text to its comment."""
        place = (cell.parent.title, cell.coordinate)
        known = self._severity.get(place)
        if known is None:
            row = len(self._severity) + 1
            put(cell_at(self._styles, row, 1), place[0])
            put(cell_at(self._styles, row, 2), place[1])
            copy_style(cell, cell_at(self._styles, row, 3))
        if known is None or _WEIGHT[severity] > _WEIGHT[known]:
            self._severity[place] = severity
            cell.fill = SEVERITY_FILL[severity]
        cell.comment = _comment(cell.comment, text)


def remove_marks(workbook: Workbook) -> None:
    """Take off the colours and comments of an earlier annotation."""
    before: dict[tuple[str, str], Cell] = {}
    if STYLES_SHEET in workbook.sheetnames:
        kept = workbook[STYLES_SHEET]
        for row in range(1, kept.max_row + 1):
            place, address, style = (cell_at(kept, row, column) for column in (1, 2, 3))
            before[str(place.value), str(address.value)] = style
    for sheet in workbook.worksheets:
        for cell in cells_of(sheet):
            if cell.comment:
                cell.comment = _without_ours(cell.comment)
            if cell.has_style and _has_our_colour(cell):
                _restore(cell, before.get((sheet.title, cell.coordinate)))
    if STYLES_SHEET in workbook.sheetnames:
        workbook.remove(workbook[STYLES_SHEET])


def _has_our_colour(cell: Cell) -> bool:
    fill = cell.fill
    return fill.patternType == "solid" and fill.fgColor.rgb in SEVERITY_COLOURS


def _restore(cell: Cell, before: Cell | None) -> None:
    if before is not None:
        copy_style(before, cell)
    else:
        # The row was moved since: its own colour is not known, ours must not stay.
        cell.fill = PatternFill()


def _comment(old: Comment | None, text: str) -> Comment:
    """Add to a comment; what the accountant wrote in it stays above our line."""
    if old is None:
        written = text
    elif old.author == _AUTHOR or _OURS in old.text:
        written = f"{old.text}\n{text}"
    else:
        written = f"{old.text}\n{_OURS}\n{text}"
    author = old.author if old is not None else _AUTHOR
    comment = Comment(written[:_LONGEST], author or "")
    lines = sum(1 + len(line) // _CHARACTERS_OF_LINE for line in comment.text.split("\n"))
    comment.width, comment.height = _WIDTH, _HEIGHT_OF_MARGIN + _HEIGHT_OF_LINE * lines
    return comment


def _without_ours(comment: Comment) -> Comment | None:
    if comment.author == _AUTHOR:
        return None
    own, _, ours = comment.text.partition(f"\n{_OURS}\n")
    if not ours:
        return comment
    restored = Comment(own, comment.author or "")
    restored.width, restored.height = comment.width, comment.height
    return restored
