"""One sheet of rows in our layout: hidden keys, headings with totals, drop-downs, print setup."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from openpyxl.worksheet.datavalidation import DataValidation

from skola_finance.claims.columns import LINE_COLUMNS, PLAN_COLUMNS, Column, Sheet, Type
from skola_finance.exchange.workbook import styles
from skola_finance.exchange.workbook.grid import A3, cell_at, copy_style, prepare_print
from skola_finance.exchange.workbook.keys import FIRST_ROW, HEADING_ROW, KEY_ROW
from skola_finance.exchange.workbook.known import NOTHING_KNOWN
from skola_finance.exchange.workbook.layout import is_required, offered_codes, semesters
from skola_finance.exchange.workbook.limits import MAX_ROWS
from skola_finance.exchange.workbook.save import Result, text_result
from skola_finance.exchange.workbook.scan import column_letters
from skola_finance.exchange.workbook.values import plain_number
from skola_finance.exchange.workbook.wording import (
    BAD_DATE,
    BAD_NUMBER,
    CHECK_VALUE,
    HINT,
    LINES,
    NOT_IN_LIST,
    TOTAL,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from openpyxl import Workbook
    from openpyxl.cell.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

    from skola_finance.exchange.workbook.known import Known
    from skola_finance.exchange.workbook.lists import Lists
    from skola_finance.problems import Language

EMPTY_ROWS = 100
"""Rows of an empty sheet that are coloured; formats and drop-downs go on to the last row."""
HEADING_HEIGHT = 48
_TOTALLED = frozenset(
    {"amount", "vat_amount", "vat_recoverable_amount", "quantity", "planned_hours"}
)
_COUNTED = "activity"
_LINE_BY_KEY = {column.key: column for column in LINE_COLUMNS}
_PLAN_BY_KEY = {column.key: column for column in PLAN_COLUMNS}


@dataclass(slots=True)
class TableSheet:
    """A sheet of rows and the results of the formulas in its headings."""

    sheet: Sheet
    worksheet: Worksheet
    columns: tuple[Column, ...]
    results: dict[str, Result] = field(default_factory=dict)

    def letters(self, key: str) -> str:
        """Name the column of a key."""
        keys = [column.key for column in self.columns]
        return column_letters(keys.index(key) + 1)


def columns_of(sheet: Sheet, keys: Sequence[str]) -> tuple[Column, ...]:
    """Look up columns by their keys."""
    known = _PLAN_BY_KEY if sheet is Sheet.PLANS else _LINE_BY_KEY
    return tuple(known[key] for key in keys)


def add_table_sheet(
    workbook: Workbook,
    sheet: Sheet,
    *,
    columns: tuple[Column, ...],
    language: Language,
    lists: Lists,
    programme: str,
    known: Known = NOTHING_KNOWN,
) -> TableSheet:
    """Add an empty sheet of rows to a workbook; what is `known` is offered in its cells."""
    worksheet = workbook.create_sheet(sheet)
    table = TableSheet(sheet, worksheet, columns)
    for index, column in enumerate(columns, start=1):
        letters = column_letters(index)
        worksheet.cell(KEY_ROW, index, column.key).font = styles.QUIET_SMALL
        dimension = worksheet.column_dimensions[letters]
        dimension.width = styles.column_width(column.key, column.type)
        dimension.number_format = styles.NUMBER_FORMAT[column.type]
        validation = _validation(
            column, sheet=sheet, language=language, lists=lists, programme=programme
        )
        values = _offered_values(column, sheet, known)
        if values:
            validation = _open_list(column, lists.name_of_plain(column.key, values), language)
        if validation:
            validation.add(f"{letters}{FIRST_ROW}:{letters}{MAX_ROWS}")
            worksheet.add_data_validation(validation)
    worksheet.row_dimensions[KEY_ROW].hidden = True
    worksheet.row_dimensions[HEADING_ROW].height = HEADING_HEIGHT
    write_headings(table, totals={}, lines=0, language=language)
    prepare_print(worksheet, paper=A3, is_landscape=True)
    worksheet.print_title_rows = f"{HEADING_ROW}:{HEADING_ROW}"
    worksheet.freeze_panes = f"C{FIRST_ROW}"
    worksheet.auto_filter.ref = f"A{HEADING_ROW}:{column_letters(len(columns))}{HEADING_ROW}"
    worksheet.sheet_properties.tabColor = styles.ACCENT
    worksheet.sheet_view.zoomScale = 90
    return table


def write_headings(
    table: TableSheet, *, totals: Mapping[str, int], lines: int, language: Language
) -> None:
    """Write the headings; those of amounts are formulas that show the total, kept in sight.

    `totals` are the sums as the frame has them (cents, thousandths): stored as the results.
    """
    for index, column in enumerate(table.columns, start=1):
        mark = " *" if is_required(column.key, table.sheet) else ""
        label = column.label.in_(language) + mark
        cell = table.worksheet.cell(HEADING_ROW, index, label)
        cell.font = styles.ON_ACCENT
        cell.fill = styles.HEADING_FILL if mark else styles.OPTIONAL_HEADING_FILL
        cell.alignment = styles.CENTRED
        cell.border = styles.BOX
        letters = column_letters(index)
        cells = f"{letters}{FIRST_ROW}:{letters}{MAX_ROWS}"
        if column.key in _TOTALLED:
            decimals = 2 if column.type is Type.MONEY else 1
            word = TOTAL.in_(language)
            shown = plain_number(totals.get(column.key, 0), column.type, language, decimals)
            sum_text = f"FIXED(SUM({cells}),{decimals})"
        elif column.key == _COUNTED:
            word, shown, sum_text = LINES.in_(language), str(lines), f"COUNTA({cells})"
        else:
            continue
        cell.value = f'="{label}"&CHAR(10)&"{word}: "&{sum_text}'
        table.results[cell.coordinate] = text_result(f"{label}\n{word}: {shown}")


def style_rows(table: TableSheet, *, first: int, last: int) -> None:
    """Give cells their format, and colour to the required ones."""
    patterns: list[Cell] = []
    for index, column in enumerate(table.columns, start=1):
        cell = cell_at(table.worksheet, first, index)
        cell.number_format = styles.NUMBER_FORMAT[column.type]
        cell.border = styles.BOX
        cell.alignment = styles.TOP
        if is_required(column.key, table.sheet):
            cell.fill = styles.REQUIRED_FILL
        patterns.append(cell)
    for row in range(first + 1, last + 1):
        for index, pattern in enumerate(patterns, start=1):
            copy_style(pattern, cell_at(table.worksheet, row, index))


def _offered_values(column: Column, sheet: Sheet, known: Known) -> Sequence[str]:
    """Give what registers know for a column; a plan is new on its own sheet, its school is not."""
    if sheet is Sheet.PLANS and column.key != "institution_reg_no":
        return ()
    return known.values.get(column.key, ())


def _open_list(column: Column, name: str, language: Language) -> DataValidation:
    """Offer known values without a word about others: the register may know them tomorrow."""
    hint = HINT.get(column.key)
    return DataValidation(
        type="list",
        formula1=name,
        allow_blank=True,
        showErrorMessage=False,
        showInputMessage=hint is not None,
        promptTitle=column.label.in_(language)[:32] if hint else None,
        prompt=hint.in_(language) if hint else None,
    )


def _validation(
    column: Column, *, sheet: Sheet, language: Language, lists: Lists, programme: str
) -> DataValidation | None:
    """Make the drop-down or check of a column: a warning that can be overruled, never a lock."""
    kind: dict[str, Any] = {}
    error = BAD_NUMBER
    if column.codes is not None:
        offered = offered_codes(column.key, sheet, programme) or tuple(column.codes)
        kind = {"type": "list", "formula1": lists.name_of(column.key, column.codes, offered)}
        error = NOT_IN_LIST
    elif column.key == "semester":
        kind = {"type": "list", "formula1": lists.name_of_plain("semester", semesters(programme))}
        error = NOT_IN_LIST
    elif column.type is Type.DATE:
        kind = {"type": "date", "operator": "greaterThan", "formula1": "36526"}
        error = BAD_DATE
    elif column.type in {Type.MONEY, Type.QUANTITY}:
        limit = "999999999.99" if column.type is Type.MONEY else "99999.999"
        kind = {"type": "decimal", "formula1": f"-{limit}", "formula2": limit}
    elif column.type is Type.WHOLE:
        kind = {"type": "whole", "formula1": "0", "formula2": "99999"}
    hint = HINT.get(column.key)
    if not kind and hint is None:
        return None
    return DataValidation(
        **kind,
        allow_blank=True,
        showErrorMessage=bool(kind),
        errorStyle="warning",
        errorTitle=CHECK_VALUE.in_(language),
        error=error.in_(language),
        showInputMessage=hint is not None,
        promptTitle=column.label.in_(language)[:32] if hint else None,
        prompt=hint.in_(language) if hint else None,
    )
