"""The columns that an annotation adds to a sheet of rows: amounts, status, problems in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from skola_finance.exchange.workbook import styles
from skola_finance.exchange.workbook.grid import cell_at, cells_of
from skola_finance.exchange.workbook.keys import ANNOTATION, FIRST_ROW, HEADING_ROW, KEY_ROW
from skola_finance.exchange.workbook.scan import column_letters
from skola_finance.exchange.workbook.values import put
from skola_finance.exchange.workbook.wording import FINE, SEVERITY
from skola_finance.problems import Severity, Text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from openpyxl.worksheet.worksheet import Worksheet

    from skola_finance.claims.assessment import LineVerdict
    from skola_finance.problems import Language, Problem

STATUS, ELIGIBLE, INELIGIBLE, UNFUNDED, PROBLEMS = (
    f"{ANNOTATION}{name}" for name in ("status", "eligible", "ineligible", "unfunded", "problems")
)
HEADING: Mapping[str, Text] = {
    STATUS: Text(lv="Pārbaude", en="Verdict"),
    ELIGIBLE: Text(lv="Attiecināmā summa, EUR", en="Eligible amount, EUR"),
    INELIGIBLE: Text(lv="Neattiecināmā summa, EUR", en="Ineligible amount, EUR"),
    UNFUNDED: Text(lv="Virs kvotas (nav finansēts), EUR", en="Unfunded, EUR"),
    PROBLEMS: Text(lv="Konstatējumi un kas darāms", en="Findings and what to do"),
}
_WIDTH = {STATUS: 14, ELIGIBLE: 16, INELIGIBLE: 16, UNFUNDED: 16, PROBLEMS: 90}
_LONGEST = 8_000
_WORST_FIRST = (Severity.ERROR, Severity.WARNING, Severity.INFO)
_DO = Text(lv="Darāms", en="To do")


@dataclass(frozen=True, slots=True)
class SheetKeys:
    """Where the keys of a sheet stand: columns counted from 1."""

    known: Mapping[str, int]
    ours: Mapping[str, int]
    last: int


def find_keys(worksheet: Worksheet) -> SheetKeys:
    """Read the key row, and find the last column in which anything stands."""
    keys = {
        str(cell.value).strip().casefold(): cell.column
        for cell in worksheet[KEY_ROW]
        if cell.value is not None
    }
    ours = {key: at for key, at in keys.items() if key.startswith(ANNOTATION)}
    last = max(
        (
            cell.column
            for cell in cells_of(worksheet)
            if cell.value is not None and cell.column not in ours.values()
        ),
        default=0,
    )
    return SheetKeys({k: at for k, at in keys.items() if k not in ours}, ours, last)


def clear_columns(worksheet: Worksheet, keys: SheetKeys) -> None:
    """Empty the columns of an earlier annotation; they are filled again where they stand."""
    for name, column in keys.ours.items():
        for row in range(KEY_ROW, worksheet.max_row + 1):
            cell = cell_at(worksheet, row, column)
            if name == PROBLEMS and cell.value and row >= FIRST_ROW:
                worksheet.row_dimensions[row].height = None
            cell.value = None
            cell.style = "Normal"


def add_columns(
    worksheet: Worksheet, keys: SheetKeys, names: Sequence[str], *, language: Language
) -> dict[str, int]:
    """Write keys and headings of the added columns; give where they stand."""
    places: dict[str, int] = {}
    free = max([keys.last, *keys.ours.values()]) + 1
    for area in list(worksheet.merged_cells.ranges):
        if area.min_row <= HEADING_ROW and area.max_col >= free:
            worksheet.unmerge_cells(area.coord)  # each added column has a key of its own
    for name in names:
        column = keys.ours.get(name)
        if column is None:
            column, free = free, free + 1
        places[name] = column
        key = cell_at(worksheet, KEY_ROW, column)
        key.value, key.font = name, styles.QUIET_SMALL
        heading = cell_at(worksheet, HEADING_ROW, column)
        heading.value = HEADING[name].in_(language)
        heading.font, heading.fill = styles.ON_ACCENT, styles.ANNOTATION_FILL
        heading.alignment, heading.border = styles.CENTRED, styles.BOX
        worksheet.column_dimensions[column_letters(column)].width = _WIDTH[name]
    return places


def write_verdict(
    worksheet: Worksheet, places: Mapping[str, int], verdict: LineVerdict, *, language: Language
) -> None:
    """Write what became of one line."""
    row = verdict.row
    if row is None or row < FIRST_ROW:
        return
    amounts = {
        ELIGIBLE: verdict.eligible_cents,
        INELIGIBLE: verdict.ineligible_cents,
        UNFUNDED: verdict.unfunded_cents,
    }
    for name, cents in amounts.items():
        cell = cell_at(worksheet, row, places[name])
        cell.value = cents / 100
        cell.number_format = styles.MONEY_FORMAT
        cell.alignment = styles.TOP
    write_status(worksheet, row, places, verdict.problems, language=language)


def write_status(
    worksheet: Worksheet,
    row: int,
    places: Mapping[str, int],
    problems: Sequence[Problem],
    *,
    language: Language,
) -> None:
    """Write the worst severity as a word and a colour, and all problems in words."""
    worst = min((_WORST_FIRST.index(problem.severity) for problem in problems), default=None)
    status = cell_at(worksheet, row, places[STATUS])
    status.alignment = styles.TOP
    if worst is None:
        put(status, FINE.in_(language))
        return
    put(status, SEVERITY[_WORST_FIRST[worst]].in_(language))
    status.fill = styles.SEVERITY_FILL[_WORST_FIRST[worst]]
    status.font = styles.BOLD
    texts = cell_at(worksheet, row, places[PROBLEMS])
    words = "\n".join(problem_text(p, language=language) for p in problems)[:_LONGEST]
    put(texts, words)
    texts.alignment = styles.WRAPPED
    dimension = worksheet.row_dimensions[row]
    dimension.height = max(dimension.height or 0, styles.row_height((words, _WIDTH[PROBLEMS])))


def problem_text(problem: Problem, *, language: Language) -> str:
    """Say one problem: severity, code, what was found, what to do."""
    word = SEVERITY[problem.severity].in_(language)
    what, do = problem.message.in_(language), problem.hint.in_(language)
    return f"{word} {problem.code}: {what} {_DO.in_(language)}: {do}"


def comment_text(problem: Problem, *, language: Language) -> str:
    """Say one problem beside its cell, with its source."""
    source = f"\n{problem.citation.act}, {problem.citation.locator}" if problem.citation else ""
    return problem_text(problem, language=language) + source
