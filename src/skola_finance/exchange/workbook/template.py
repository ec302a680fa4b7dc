"""Write claim workbooks in our layout: an empty template, or one filled from a claim."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from openpyxl import Workbook

from skola_finance.claims.claim import ClaimHeader
from skola_finance.claims.columns import Sheet
from skola_finance.exchange.workbook.claim_sheet import add_totals, fill_claim_sheet
from skola_finance.exchange.workbook.fill import fill_plans, fill_tables, spread
from skola_finance.exchange.workbook.header import CLAIM_SHEET
from skola_finance.exchange.workbook.instructions import NAME, fill_instructions
from skola_finance.exchange.workbook.keys import FIRST_ROW
from skola_finance.exchange.workbook.known import NOTHING_KNOWN
from skola_finance.exchange.workbook.layout import SHEETS, Layout, offered_columns
from skola_finance.exchange.workbook.lists import Lists
from skola_finance.exchange.workbook.save import Result, save_workbook
from skola_finance.exchange.workbook.table_sheet import (
    EMPTY_ROWS,
    TableSheet,
    add_table_sheet,
    columns_of,
    style_rows,
)
from skola_finance.problems import Language

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from skola_finance.claims.claim import Claim
    from skola_finance.exchange.workbook.known import Known

FILE_DAY = date(2025, 1, 1)
"""The day our files say they are of: the same call makes the same bytes."""

Results = dict[str, dict[str, Result]]


def write_template(
    path: Path | str,
    *,
    programme: str,
    language: Language = Language.LV,
    layout: Layout | str = Layout.SHEETS,
    header: ClaimHeader | None = None,
    in_force: Sequence[tuple[str, str]] = (),
    known: Known = NOTHING_KNOWN,
) -> None:
    """Write an empty claim workbook; the same call makes the same bytes.

    `header` fills in what is known of the claim already; `in_force` are names and values of
    settings for the sheet of instructions; `known` is what the registers know of the partner.

    Raises: UnwritableWorkbook WBK-419.
    """
    header = header or ClaimHeader(programme=programme)
    columns = {sheet: offered_columns(sheet, programme) for sheet in SHEETS[Layout(layout)]}
    workbook, tables, lists = new_workbook(
        columns, programme=programme, language=Language(language), in_force=in_force, known=known
    )
    results: Results = {table.sheet: table.results for table in tables}
    for table in tables:
        filled = known.plans.height if table.sheet is Sheet.PLANS and known.plans is not None else 0
        style_rows(table, first=FIRST_ROW, last=FIRST_ROW + filled + EMPTY_ROWS - 1)
    if known.plans is not None:
        fill_plans(tables, known.plans, language=Language(language))
    results[CLAIM_SHEET] = _finish(
        workbook, tables, lists, header, claimed={}, language=Language(language)
    )
    save_workbook(workbook, Path(path), on=FILE_DAY, results=results)


def write_claim(
    path: Path | str,
    claim: Claim,
    *,
    language: Language = Language.LV,
    layout: Layout | str = Layout.SHEETS,
    codes_as_names: bool = True,
    known: Known = NOTHING_KNOWN,
) -> None:
    """Write a claim as a filled workbook, its rows one after the other; same claim, same bytes.

    With `codes_as_names` codes are written by their names in the language, as the drop-downs
    show them; without, as codes. Both are read. A row goes to the sheet it came from, or else to
    the narrow sheet of its cost form, or to `Lines`. Of what is `known` the values are offered.

    Raises: UnwritableWorkbook WBK-419.
    """
    workbook, results = claim_workbook(
        claim,
        language=Language(language),
        layout=Layout(layout),
        codes_as_names=codes_as_names,
        known=known,
    )
    save_workbook(workbook, Path(path), on=FILE_DAY, results=results)


def claim_workbook(
    claim: Claim,
    *,
    language: Language,
    layout: Layout,
    codes_as_names: bool = True,
    keeps_rows: bool = False,
    known: Known = NOTHING_KNOWN,
) -> tuple[Workbook, Results]:
    """Make the workbook of a claim; `keeps_rows` leaves every row at its own number."""
    spreads = spread(claim, layout=layout, keeps_rows=keeps_rows)
    columns = {part.sheet: part.keys for part in spreads}
    workbook, tables, lists = new_workbook(
        columns, programme=claim.header.programme, language=language, known=known
    )
    results: Results = {}
    claimed = fill_tables(
        tables,
        spreads,
        language=language,
        codes_as_names=codes_as_names,
        keeps_rows=keeps_rows,
    )
    for table in tables:
        results[table.sheet] = table.results
    results[CLAIM_SHEET] = _finish(
        workbook, tables, lists, claim.header, claimed=claimed, language=language
    )
    workbook.active = workbook.sheetnames.index(CLAIM_SHEET)
    return workbook, results


def new_workbook(
    columns: Mapping[Sheet, Sequence[str]],
    *,
    programme: str,
    language: Language,
    in_force: Sequence[tuple[str, str]] = (),
    known: Known = NOTHING_KNOWN,
) -> tuple[Workbook, list[TableSheet], Lists]:
    """Make a workbook with instructions, `Claim`, the sheets of rows and `Lists`."""
    workbook = Workbook()
    instructions = workbook.worksheets[0]
    instructions.title = NAME.in_(language)
    workbook.create_sheet(CLAIM_SHEET)
    lists = Lists(workbook, language=language)
    tables = [
        add_table_sheet(
            workbook,
            sheet,
            columns=columns_of(sheet, keys),
            language=language,
            lists=lists,
            programme=programme,
            known=known,
        )
        for sheet, keys in columns.items()
    ]
    fill_instructions(
        instructions,
        sheets=tuple(columns),
        programme=programme,
        language=language,
        in_force=in_force,
        institutions=known.institutions,
    )
    return workbook, tables, lists


def _finish(
    workbook: Workbook,
    tables: Sequence[TableSheet],
    lists: Lists,
    header: ClaimHeader,
    *,
    claimed: Mapping[Sheet, int],
    language: Language,
) -> dict[str, Result]:
    """Fill the sheet `Claim`, which adds up the others; put `Lists` last."""
    worksheet = workbook[CLAIM_SHEET]
    fill_claim_sheet(worksheet, header, language=language, lists=lists)
    workbook.move_sheet("Lists", offset=len(workbook.sheetnames))
    workbook.calculation.fullCalcOnLoad = True
    workbook.properties.creator = "skola-finance"
    workbook.properties.title = header.claim_no or header.programme
    return add_totals(
        worksheet,
        [table for table in tables if table.sheet is not Sheet.PLANS],
        claimed=claimed,
        declared_cents=header.declared_total_cents,
        language=language,
    )
