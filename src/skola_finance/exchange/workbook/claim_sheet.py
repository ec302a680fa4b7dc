"""The sheet `Claim` in our layout: two columns, key and value, that read like a form.

The cells of column A hold the keys but show their Latvian or English names: a number format may
show any text in place of a cell's own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from openpyxl.worksheet.datavalidation import DataValidation

from skola_finance.claims.columns import CLAIM_KEYS, Column, Sheet, Type
from skola_finance.exchange.workbook import styles
from skola_finance.exchange.workbook.grid import A4, cell_at, prepare_print
from skola_finance.exchange.workbook.keys import FIRST_ROW, HEADING_ROW, KEY_ROW
from skola_finance.exchange.workbook.layout import REQUIRED_IN_CLAIM
from skola_finance.exchange.workbook.limits import MAX_ROWS
from skola_finance.exchange.workbook.save import Result, number_result
from skola_finance.exchange.workbook.values import cell_value, put
from skola_finance.exchange.workbook.wording import (
    BAD_DATE,
    CHECK_VALUE,
    CLAIM_HINT,
    CLAIMED_ON,
    CLAIMED_TOTAL,
    COUNTED,
    DIFFERENCE,
    KEY_HEADING,
    MUST_BE_ZERO,
    NOT_IN_LIST,
    NOTE_HEADING,
    VALUE_HEADING,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from openpyxl.worksheet.worksheet import Worksheet

    from skola_finance.claims.claim import ClaimHeader
    from skola_finance.exchange.workbook.lists import Lists
    from skola_finance.exchange.workbook.table_sheet import TableSheet
    from skola_finance.problems import Language

_PROGRAMME = "programme"


def fill_claim_sheet(
    worksheet: Worksheet, header: ClaimHeader, *, language: Language, lists: Lists
) -> None:
    """Write keys, values and explanations."""
    worksheet.cell(KEY_ROW, 1, "key")
    worksheet.cell(KEY_ROW, 2, "value")
    worksheet.row_dimensions[KEY_ROW].hidden = True
    for place, heading in enumerate((KEY_HEADING, VALUE_HEADING, NOTE_HEADING), start=1):
        cell = worksheet.cell(HEADING_ROW, place, heading.in_(language))
        cell.font, cell.fill, cell.alignment = styles.ON_ACCENT, styles.HEADING_FILL, styles.MIDDLE
    worksheet.row_dimensions[HEADING_ROW].height = 30
    for row, column in enumerate(CLAIM_KEYS, start=FIRST_ROW):
        _fill_key(worksheet, row, column, header, language=language, lists=lists)
    worksheet.column_dimensions["A"].width = 38
    worksheet.column_dimensions["B"].width = 34
    worksheet.column_dimensions["C"].width = 62
    worksheet.freeze_panes = f"A{FIRST_ROW}"
    worksheet.sheet_view.showGridLines = False
    worksheet.sheet_properties.tabColor = styles.ACCENT
    prepare_print(worksheet, paper=A4, is_landscape=True)


def _fill_key(
    worksheet: Worksheet,
    row: int,
    column: Column,
    header: ClaimHeader,
    *,
    language: Language,
    lists: Lists,
) -> None:
    mark = " *" if column.key in REQUIRED_IN_CLAIM else ""
    key = worksheet.cell(row, 1, column.key)
    key.number_format = f';;;"{column.label.in_(language)}{mark}"'
    key.font = styles.BOLD
    value = cell_at(worksheet, row, 2)
    stored = getattr(header, column.frame)
    # The programme stays a code: it names the rules, and programs look for it.
    is_code = column.key == _PROGRAMME
    put(value, stored if is_code else cell_value(stored, column, language))
    value.number_format = styles.NUMBER_FORMAT[column.type]
    value.alignment = styles.MIDDLE_LEFT
    value.border = styles.BOX
    if mark:
        value.fill = styles.REQUIRED_FILL
    note = worksheet.cell(row, 3, CLAIM_HINT[column.key].in_(language))
    note.font = styles.QUIET
    key.alignment = note.alignment = styles.MIDDLE
    if is_code and column.codes is not None:
        note.value = f"{column.codes[header.programme].in_(language)}. {note.value}"
    worksheet.row_dimensions[row].height = 21
    validation = _validation(column, language=language, lists=lists)
    if validation:
        validation.add(value.coordinate)
        worksheet.add_data_validation(validation)


def _validation(column: Column, *, language: Language, lists: Lists) -> DataValidation | None:
    kind: dict[str, Any]
    if column.key != _PROGRAMME and column.codes is not None:
        name = lists.name_of(column.key, column.codes, tuple(column.codes))
        kind = {"type": "list", "formula1": name}
        error = NOT_IN_LIST
    elif column.type is Type.DATE:
        kind = {"type": "date", "operator": "greaterThan", "formula1": "36526"}
        error = BAD_DATE
    else:
        return None
    return DataValidation(
        **kind,
        allow_blank=True,
        showErrorMessage=True,
        errorStyle="warning",
        errorTitle=CHECK_VALUE.in_(language),
        error=error.in_(language),
    )


def add_totals(
    worksheet: Worksheet,
    tables: Sequence[TableSheet],
    *,
    claimed: Mapping[Sheet, int],
    declared_cents: int | None,
    language: Language,
) -> dict[str, Result]:
    """Add what the sheets of lines sum to, and how far that is from the declared total.

    Returns: the results of the formulas, in cells of column B.
    """
    results: dict[str, Result] = {}
    row = FIRST_ROW + len(CLAIM_KEYS) + 1
    first = row
    for table in tables:
        letters = table.letters("amount")
        title = CLAIMED_ON.in_(language).format(sheet=table.sheet)
        formula = f"=SUM({table.sheet}!{letters}{FIRST_ROW}:{letters}{MAX_ROWS})"
        results |= _total(worksheet, row, title, formula, claimed.get(table.sheet, 0))
        worksheet.cell(row, 3, COUNTED.in_(language)).font = styles.QUIET
        row += 1
    total = sum(claimed.values())
    formula = f"=SUM(B{first}:B{row - 1})"
    results |= _total(worksheet, row, CLAIMED_TOTAL.in_(language), formula, total)
    declared = FIRST_ROW + [column.key for column in CLAIM_KEYS].index("declared_total")
    worksheet.cell(row, 1).font = worksheet.cell(row, 2).font = styles.BOLD
    row += 1
    formula = f"=B{declared}-B{row - 1}"
    difference = (declared_cents or 0) - total
    results |= _total(worksheet, row, DIFFERENCE.in_(language), formula, difference)
    worksheet.cell(row, 3, MUST_BE_ZERO.in_(language)).font = styles.QUIET
    return results


def _total(
    worksheet: Worksheet, row: int, title: str, formula: str, cents: int
) -> dict[str, Result]:
    worksheet.cell(row, 1, title)
    cell = worksheet.cell(row, 2, formula)
    cell.number_format = styles.MONEY_FORMAT
    cell.alignment = styles.MIDDLE_LEFT
    for column in (1, 2, 3):
        worksheet.cell(row, column).fill = styles.TOTAL_FILL
        worksheet.cell(row, column).border = styles.UNDER
    return {cell.coordinate: number_result(cents)}
