"""The annotated workbook: the accountant's own file given back with the verdict in it.

Their columns, sheets, styles and formulas stay (pictures may not: openpyxl drops them). Added
are columns and sheets whose names begin `skola_`, colours and comments. An earlier annotation is
replaced. Personal data is not handed on: a mark takes its place, which reads as the same finding.
"""

from __future__ import annotations

import warnings
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl

from skola_finance.claims.columns import Sheet
from skola_finance.exchange.workbook.grid import cell_at
from skola_finance.exchange.workbook.header import CLAIM_SHEET
from skola_finance.exchange.workbook.join import LINE_SHEETS
from skola_finance.exchange.workbook.keys import ANNOTATION
from skola_finance.exchange.workbook.limits import ANNOTATE_IN_PLACE_ROWS
from skola_finance.exchange.workbook.marks import STYLES_SHEET, Marks, remove_marks
from skola_finance.exchange.workbook.package import open_package
from skola_finance.exchange.workbook.removal import (
    blank_risk_grounds,
    claim_cells,
    remove_identifiers,
)
from skola_finance.exchange.workbook.rewrite import rewritten
from skola_finance.exchange.workbook.save import save_workbook
from skola_finance.exchange.workbook.stored_results import stored_results
from skola_finance.exchange.workbook.summary import Notice, add_summary
from skola_finance.exchange.workbook.verdict_columns import (
    ELIGIBLE,
    INELIGIBLE,
    PROBLEMS,
    STATUS,
    UNFUNDED,
    add_columns,
    clear_columns,
    comment_text,
    find_keys,
    write_status,
    write_verdict,
)
from skola_finance.problems import Language

if TYPE_CHECKING:
    from collections.abc import Sequence

    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

    from skola_finance.claims.assessment import Assessment
    from skola_finance.claims.claim import Claim
    from skola_finance.exchange.workbook.save import Result
    from skola_finance.problems import Problem


def annotate(
    source: Path | str,
    assessment: Assessment,
    out: Path | str,
    *,
    claim: Claim,
    language: Language = Language.LV,
    keep_risk_grounds: bool = True,
) -> None:
    """Write the annotated copy of `source`, the workbook that `claim` was read from.

    `keep_risk_grounds` is for the file a person uploaded themselves; a copy for anybody else
    leaves the grounds out (contracts, Roles). No text of the annotation ever names one.

    Raises: UnwritableWorkbook WBK-419; UnusableWorkbook where `source` is no workbook any more.
    """
    language = Language(language)
    workbook, results, notices = _opened(Path(source), claim, language)
    problems = _all_problems(assessment, claim)
    sheets = _sheets(workbook)
    remove_marks(workbook)
    remove_identifiers(sheets, claim, language=language)
    if not keep_risk_grounds:
        blank_risk_grounds(sheets)
        notices.append(Notice.RISK_GROUNDS_LEFT_OUT)
    marks = Marks(workbook)
    for sheet, worksheet in sheets.items():
        if sheet == CLAIM_SHEET:
            _mark_claim(worksheet, problems, marks, language=language)
        else:
            _annotate_rows(sheet, worksheet, assessment, problems, marks, language=language)
    add_summary(workbook, assessment, claim, problems=problems, notices=notices, language=language)
    workbook.move_sheet(STYLES_SHEET, offset=len(workbook.sheetnames))
    workbook.calculation.fullCalcOnLoad = True
    save_workbook(workbook, Path(out), on=assessment.on, results=results)


def _opened(
    source: Path, claim: Claim, language: Language
) -> tuple[Workbook, dict[str, dict[str, Result]], list[Notice]]:
    """Open the file to change it, or write it anew where it is too large or cannot be opened."""
    package = open_package(source)
    plans = 0 if claim.plans is None else claim.plans.height
    if max(claim.lines.height, plans) > ANNOTATE_IN_PLACE_ROWS:
        return *rewritten(package, claim, language=language), [Notice.WRITTEN_ANEW_LARGE]
    try:
        with warnings.catch_warnings():
            # It warns of what it cannot keep (extensions); nobody at a command line can act on it.
            warnings.simplefilter("ignore")
            workbook = openpyxl.load_workbook(source, rich_text=package.has_rich_text())
    except Exception:  # noqa: BLE001 - openpyxl trips over styles that calamine never looks at
        return *rewritten(package, claim, language=language), [Notice.WRITTEN_ANEW_UNOPENED]
    for name in [name for name in workbook.sheetnames if name.casefold().startswith(ANNOTATION)]:
        if name != STYLES_SHEET:
            del workbook[name]
    return workbook, stored_results(package), []


def _all_problems(assessment: Assessment, claim: Claim) -> tuple[Problem, ...]:
    """Give everything found; what was wrong with cells is among it, but only once."""
    found = set(assessment.problems)
    return (*assessment.problems, *(p for p in claim.reading if p not in found))


def _sheets(workbook: Workbook) -> dict[str, Worksheet]:
    wanted = {name.casefold(): str(name) for name in (CLAIM_SHEET, *LINE_SHEETS, Sheet.PLANS)}
    return {
        wanted[sheet.title.strip().casefold()]: sheet
        for sheet in workbook.worksheets
        if sheet.title.strip().casefold() in wanted
    }


def _mark_claim(
    worksheet: Worksheet, problems: Sequence[Problem], marks: Marks, *, language: Language
) -> None:
    cells = claim_cells(worksheet)
    for problem in problems:
        if problem.where.sheet != CLAIM_SHEET:
            continue
        cell = cells.get(problem.where.column or "")
        if cell is None and problem.where.row is not None:
            cell = cell_at(worksheet, problem.where.row, 1)
        if cell is not None:
            marks.mark(cell, problem.severity, comment_text(problem, language=language))


def _annotate_rows(
    sheet: str,
    worksheet: Worksheet,
    assessment: Assessment,
    problems: Sequence[Problem],
    marks: Marks,
    *,
    language: Language,
) -> None:
    keys = find_keys(worksheet)
    clear_columns(worksheet, keys)
    by_row = defaultdict(list)
    for problem in problems:
        if problem.where.sheet == sheet and problem.where.row:
            by_row[problem.where.row].append(problem)
            column = keys.known.get(problem.where.column or "")
            if column:
                cell = cell_at(worksheet, problem.where.row, column)
                marks.mark(cell, problem.severity, comment_text(problem, language=language))
    if sheet == Sheet.PLANS:
        names: tuple[str, ...] = (STATUS, PROBLEMS) if by_row else ()
    else:
        names = (STATUS, ELIGIBLE, INELIGIBLE, UNFUNDED, PROBLEMS)
    places = add_columns(worksheet, keys, names, language=language)
    judged = set()
    for verdict in assessment.lines:
        if verdict.sheet == sheet and verdict.row is not None:
            judged.add(verdict.row)
            write_verdict(worksheet, places, verdict, language=language)
            if verdict.row in by_row and not verdict.problems:
                write_status(worksheet, verdict.row, places, by_row[verdict.row], language=language)
    for row, found in by_row.items():
        if row not in judged and names:
            write_status(worksheet, row, places, found, language=language)
