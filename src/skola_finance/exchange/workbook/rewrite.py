"""A workbook written anew in our layout, for one that is too large to open and change.

Every row keeps its sheet and number. Where a cell could not be read, what stood in it is put
there again, so that the copy says the same as the original.
"""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from typing import TYPE_CHECKING

import python_calamine as calamine

from skola_finance.claims.columns import Sheet
from skola_finance.exchange.workbook.grid import cell_at
from skola_finance.exchange.workbook.header import CLAIM_SHEET
from skola_finance.exchange.workbook.keys import KEY_ROW
from skola_finance.exchange.workbook.layout import Layout
from skola_finance.exchange.workbook.template import claim_workbook
from skola_finance.exchange.workbook.values import put

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

    from skola_finance.claims.claim import Claim
    from skola_finance.exchange.workbook.package import Package
    from skola_finance.exchange.workbook.template import Results
    from skola_finance.problems import Language, Problem


def rewritten(package: Package, claim: Claim, *, language: Language) -> tuple[Workbook, Results]:
    """Make the workbook anew, with the stored results of its formulas."""
    sheets = set(claim.lines["sheet"].unique())
    layout = Layout.LINES if sheets == {str(Sheet.LINES)} else Layout.SHEETS
    workbook, results = claim_workbook(claim, language=language, layout=layout, keeps_rows=True)
    unread = [problem for problem in claim.reading if problem.where.row and problem.where.column]
    if unread:
        _put_back(workbook, unread, package)
    return workbook, results


def _put_back(workbook: Workbook, unread: list[Problem], package: Package) -> None:
    """Put what could not be read back into its cell."""
    source = calamine.CalamineWorkbook.from_filelike(BytesIO(package.content))
    in_file = {name.strip().casefold(): name for name in package.sheets}
    for sheet in {problem.where.sheet for problem in unread}:
        if sheet is None or sheet == CLAIM_SHEET or sheet not in workbook.sheetnames:
            continue
        rows = source.get_sheet_by_name(in_file[sheet.casefold()]).to_python(skip_empty_area=False)
        keys = [str(key).strip().casefold() for key in rows[KEY_ROW - 1]]
        target = workbook[sheet]
        columns = _columns(target)
        for problem in unread:
            key, row = problem.where.column, problem.where.row
            if problem.where.sheet != sheet or key not in keys or key not in columns or not row:
                continue
            raw = rows[row - 1][keys.index(key)]
            cell = cell_at(target, row, columns[key])
            if raw == "":
                # A formula without a result, or an error: either way a person must look.
                cell.value, cell.data_type = "#N/A", "e"
            else:
                put(cell, raw if not isinstance(raw, timedelta) else str(raw))


def _columns(worksheet: Worksheet) -> dict[str, int]:
    return {str(cell.value): cell.column for cell in worksheet[KEY_ROW] if cell.value}
