"""Which row of a claim goes to which sheet, and the filling of the sheets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from skola_finance.claims.claim import LINE_SCHEMA, PLAN_SCHEMA
from skola_finance.claims.columns import (
    COST_FORM_OF_SHEET,
    LINE_COLUMNS,
    SHEET_COLUMNS,
    Sheet,
    Type,
)
from skola_finance.claims.personal_data import REMOVED_MARKS
from skola_finance.claims.plans import with_risk_grounds
from skola_finance.exchange.workbook import styles
from skola_finance.exchange.workbook.grid import cell_at
from skola_finance.exchange.workbook.join import LINE_SHEETS
from skola_finance.exchange.workbook.keys import FIRST_ROW
from skola_finance.exchange.workbook.layout import SHEETS, Layout, offered_columns
from skola_finance.exchange.workbook.table_sheet import TableSheet, style_rows, write_headings
from skola_finance.exchange.workbook.values import cell_value, put
from skola_finance.problems import Language

if TYPE_CHECKING:
    from collections.abc import Sequence

    from skola_finance.claims.claim import Claim


@dataclass(frozen=True, slots=True)
class Spread:
    """The rows of one sheet and the keys of its columns."""

    sheet: Sheet
    keys: tuple[str, ...]
    frame: pl.DataFrame


def spread(claim: Claim, *, layout: Layout, keeps_rows: bool = False) -> list[Spread]:
    """Divide the rows of a claim over the sheets of a layout.

    A sheet has the columns of the template and any other in which a row has a value. With
    `keeps_rows` every row stays on the sheet it came from.
    """
    lines = _without_looked_up_grounds(claim)
    target = pl.col("sheet") if keeps_rows else _target_sheet(layout)
    spreads = []
    programme = claim.header.programme
    for sheet in LINE_SHEETS:
        rows = lines.filter(target == sheet).sort("line_no")
        if rows.height or sheet in SHEETS[layout]:
            spreads.append(Spread(sheet, _keys(rows, sheet, programme), rows))
    if claim.plans is not None or Sheet.PLANS in SHEETS[layout]:
        plans = claim.plans if claim.plans is not None else pl.DataFrame(schema=PLAN_SCHEMA)
        keys = offered_columns(Sheet.PLANS, programme)
        spreads.append(Spread(Sheet.PLANS, keys, plans))
    return spreads


def _target_sheet(layout: Layout) -> pl.Expr:
    if layout is Layout.LINES:
        return pl.lit(str(Sheet.LINES))
    by_form = {form: str(sheet) for sheet, form in COST_FORM_OF_SHEET.items()}
    narrow = [str(sheet) for sheet in COST_FORM_OF_SHEET]
    # On a narrow sheet an empty cost form would be read as that of the sheet.
    return (
        pl.when(pl.col("sheet").is_in(narrow) & pl.col("cost_form").is_not_null())
        .then(pl.col("sheet"))
        .otherwise(pl.col("cost_form").replace_strict(by_form, default=str(Sheet.LINES)))
    )


def _without_looked_up_grounds(claim: Claim) -> pl.DataFrame:
    """Leave out risk grounds that the plans give anyway: they stand in one place only."""
    if claim.plans is None:
        return claim.lines
    bare = claim.lines.with_columns(risk_ground=pl.lit(None, dtype=pl.String))
    if with_risk_grounds(bare, claim.plans).select(list(LINE_SCHEMA)).equals(claim.lines):
        return bare
    return claim.lines


def _keys(rows: pl.DataFrame, sheet: Sheet, programme: str) -> tuple[str, ...]:
    offered = offered_columns(sheet, programme)
    filled = {
        column.key
        for column in LINE_COLUMNS
        if rows[column.frame].null_count() < rows.height
        or (rows["personal_data_in"] == column.key).any()
    }
    if (rows["cost_form"] == COST_FORM_OF_SHEET.get(sheet, "")).all():
        filled.discard("cost_form")
    in_order = [*SHEET_COLUMNS[sheet], *(column.key for column in LINE_COLUMNS)]
    return tuple(key for key in dict.fromkeys(in_order) if key in offered or key in filled)


def fill_tables(
    tables: Sequence[TableSheet],
    spreads: Sequence[Spread],
    *,
    language: Language,
    codes_as_names: bool,
    keeps_rows: bool,
) -> dict[Sheet, int]:
    """Write the rows; give the cents claimed on each sheet of lines."""
    claimed: dict[Sheet, int] = {}
    for table, part in zip(tables, spreads, strict=True):
        rows = list(range(FIRST_ROW, FIRST_ROW + part.frame.height))
        if keeps_rows:
            rows = part.frame["row"].to_list()
        elif rows:
            style_rows(table, first=FIRST_ROW, last=rows[-1])
        _fill(table, part, rows=rows, language=language, codes_as_names=codes_as_names)
        if table.sheet is not Sheet.PLANS:
            claimed[table.sheet] = int(part.frame["amount_cents"].sum() or 0)
    return claimed


def fill_plans(tables: Sequence[TableSheet], plans: pl.DataFrame, *, language: Language) -> None:
    """Write plans into the sheet that holds them, where a layout has one."""
    for table in tables:
        if table.sheet is Sheet.PLANS:
            keys = tuple(column.key for column in table.columns)
            rows = list(range(FIRST_ROW, FIRST_ROW + plans.height))
            part = Spread(Sheet.PLANS, keys, plans)
            _fill(table, part, rows=rows, language=language, codes_as_names=True)


def _fill(
    table: TableSheet, part: Spread, *, rows: list[int], language: Language, codes_as_names: bool
) -> None:
    totals: dict[str, int] = {}
    for index, column in enumerate(table.columns, start=1):
        values = part.frame[column.frame].to_list()
        stays = column.type is Type.CODE and not codes_as_names
        for row, value in zip(rows, values, strict=True):
            if value is not None:
                cell = cell_at(table.worksheet, row, index)
                put(cell, value if stays else cell_value(value, column, language))
                # Rows without a style of their own still need the format of their kind.
                cell.number_format = styles.NUMBER_FORMAT[column.type]
        if column.type in {Type.MONEY, Type.QUANTITY}:
            totals[column.key] = sum(value for value in values if value is not None)
    if table.sheet is not Sheet.PLANS:
        _mark_removed(table, part, rows=rows, language=language)
    write_headings(table, totals=totals, lines=len(rows), language=language)


def _mark_removed(table: TableSheet, part: Spread, *, rows: list[int], language: Language) -> None:
    """Put a mark where personal data stood; that of a column we do not have, into the note."""
    mark = REMOVED_MARKS[0] if language is Language.LV else REMOVED_MARKS[1]
    keys = [column.key for column in table.columns]
    for row, key in zip(rows, part.frame["personal_data_in"].to_list(), strict=True):
        if key is not None:
            index = keys.index(key if key in keys else "note") + 1
            put(cell_at(table.worksheet, row, index), mark)
