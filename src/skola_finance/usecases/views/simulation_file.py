"""The result of a simulation as a workbook or as CSV."""

from __future__ import annotations

import csv
from decimal import Decimal
from io import BytesIO, StringIO
from typing import TYPE_CHECKING, Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from skola_finance.claims.shown import show_day
from skola_finance.money import plain
from skola_finance.problems import Language

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

    from skola_finance.usecases.views.simulation_shapes import NamedChange, SimulationShown

    Row = Sequence[Any]

MONEY_FORMAT = "#,##0.00"
_LV, _EN = Language.LV, Language.EN
_NOTICE = {
    _LV: "Simulācija: nekas nav mainīts. Summas ir attiecināmās summas, EUR.",
    _EN: "A simulation: nothing was changed. Amounts are eligible amounts, EUR.",
}
_SHEETS = {
    _LV: ("Kopsavilkums", "Noteikumi", "Partneri", "Semestri", "Rindas"),
    _EN: ("Summary", "Rules", "Partners", "Semesters", "Lines"),
}
_CHANGE = {
    _LV: ("Kods", "Nosaukums", "Rindas", "Pirms", "Pēc", "Starpība"),
    _EN: ("Code", "Name", "Lines", "Before", "After", "Difference"),
}
_LINE = {
    _LV: (
        *("Pārskats", "Rindas nr.", "Rindas identifikators", "Partneris", "Semestris", "Darbība"),
        *("Norises diena", "Pieteikts", "Pirms", "Pēc", "Starpība", "Noteikumi"),
    ),
    _EN: (
        *("Claim", "Line no.", "Line id", "Partner", "Semester", "Activity"),
        *("Day of the activity", "Claimed", "Before", "After", "Difference", "Rules"),
    ),
}
_TOTALS = {
    _LV: ("Rindas", "Mainītās rindas", "Attiecināms pirms", "Attiecināms pēc", "Starpība"),
    _EN: ("Lines", "Changed lines", "Eligible before", "Eligible after", "Difference"),
}


def simulation_xlsx(shown: SimulationShown, language: Language) -> bytes:
    """Write a workbook with a sheet for each view; euros are numbers, texts are never formulas."""
    book = Workbook(write_only=True)
    names = _SHEETS[language]
    figures: list[int | Decimal] = [shown.lines, shown.changed]
    figures += map(_euros, (shown.before_cents, shown.after_cents, shown.difference_cents))
    totals = [*zip(_TOTALS[language], figures, strict=True)]
    _sheet(book, names[0], [(_NOTICE[language],), *totals])
    for name, changes in zip(
        names[1:4], (shown.by_rule, shown.by_partner, shown.by_semester), strict=True
    ):
        _sheet(book, name, [_CHANGE[language], *_change_rows(changes, language)])
    _sheet(book, names[4], [_LINE[language], *_line_rows(shown, language)])
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def simulation_csv(shown: SimulationShown, language: Language) -> bytes:
    """Write the changed lines; a text that a spreadsheet would take for a formula is quoted."""
    out = StringIO()
    writer = csv.writer(out, delimiter=";" if language is _LV else ",")
    writer.writerow(_LINE[language])
    for row in _line_rows(shown, language):
        writer.writerow([_cell_text(value, language) for value in row])
    return out.getvalue().encode("utf-8-sig")


def _change_rows(changes: Iterable[NamedChange], language: Language) -> Iterator[Row]:
    for one in changes:
        sums = (one.before_cents, one.after_cents, one.difference_cents)
        yield (one.code, one.name.in_(language), one.lines, *map(_euros, sums))


def _line_rows(shown: SimulationShown, language: Language) -> Iterator[Row]:
    for one in shown.changes:
        sums = (one.claimed_cents, one.before_cents, one.after_cents, one.difference_cents)
        yield (
            *(one.claim, one.line_no, one.line_id, one.partner, one.semester.in_(language)),
            one.activity.in_(language),
            show_day(one.activity_on, language) if one.activity_on is not None else "",
            *map(_euros, sums),
            ", ".join(one.rules),
        )


def _sheet(book: Workbook, name: str, rows: Iterable[Row]) -> None:
    sheet: WriteOnlyWorksheet = book.create_sheet(name)
    for row in rows:
        sheet.append([_cell(sheet, value) for value in row])


def _cell(sheet: WriteOnlyWorksheet, value: Any) -> Any:  # noqa: ANN401 - a cell of openpyxl
    cell = WriteOnlyCell(sheet, value=value)
    if isinstance(value, str):
        cell.data_type = "s"
    elif isinstance(value, Decimal):
        cell.number_format = MONEY_FORMAT
    return cell


def _cell_text(value: object, language: Language) -> str:
    if isinstance(value, Decimal):
        text = str(value)
        return text.replace(".", ",") if language is _LV else text
    text = str(value)
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def _euros(cents: int) -> Decimal:
    return Decimal(plain(cents))
