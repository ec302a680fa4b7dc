"""How our sheets look: one accent, three severities, greys; the formats of numbers and days."""

from __future__ import annotations

from typing import TYPE_CHECKING

from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

from skola_finance.claims.columns import Type
from skola_finance.problems import Severity

if TYPE_CHECKING:
    from collections.abc import Mapping

ACCENT = "FF1F4E79"
GREY = "FF6B7280"

_FACE = "Calibri"
TITLE = Font(name=_FACE, size=16, bold=True, color=ACCENT)
SUBTITLE = Font(name=_FACE, size=12, bold=True, color=ACCENT)
BOLD = Font(name=_FACE, size=11, bold=True)
QUIET = Font(name=_FACE, size=11, color=GREY)
QUIET_SMALL = Font(name=_FACE, size=9, color=GREY)
ON_ACCENT = Font(name=_FACE, size=11, bold=True, color="FFFFFFFF")
LINK = Font(name=_FACE, size=11, underline="single", color="FF1D4ED8")

HEADING_FILL = PatternFill("solid", fgColor=ACCENT)
OPTIONAL_HEADING_FILL = PatternFill("solid", fgColor="FF5B7A99")
ANNOTATION_FILL = PatternFill("solid", fgColor="FF4B5563")
REQUIRED_FILL = PatternFill("solid", fgColor="FFFFF8D6")
TOTAL_FILL = PatternFill("solid", fgColor="FFEEF2F6")

_LINE = Side(style="thin", color="FFD1D5DB")
BOX = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
UNDER = Border(bottom=_LINE)

WRAPPED = Alignment(wrap_text=True, vertical="top")
CENTRED = Alignment(wrap_text=True, vertical="center", horizontal="center")
MIDDLE = Alignment(wrap_text=True, vertical="center")
MIDDLE_LEFT = Alignment(wrap_text=True, vertical="center", horizontal="left")
TOP = Alignment(vertical="top")
INDENTED = Alignment(indent=2)

SEVERITY_FILL: Mapping[Severity, PatternFill] = {
    Severity.ERROR: PatternFill("solid", fgColor="FFF8C9C4"),
    Severity.WARNING: PatternFill("solid", fgColor="FFFFD98A"),
    Severity.INFO: PatternFill("solid", fgColor="FFCFE2F3"),
}
SEVERITY_COLOURS = frozenset(fill.fgColor.rgb for fill in SEVERITY_FILL.values())

MONEY_FORMAT = "#,##0.00"
"""A spreadsheet shows it by its own language: `1 234,56` in Latvian."""
DATE_FORMAT = "dd.mm.yyyy"
TEXT_FORMAT = "@"
NUMBER_FORMAT: Mapping[Type, str] = {
    Type.TEXT: TEXT_FORMAT,
    Type.CODE: TEXT_FORMAT,
    Type.DATE: DATE_FORMAT,
    Type.TIME: "hh:mm",
    Type.MONEY: MONEY_FORMAT,
    Type.QUANTITY: "0.0##",
    Type.WHOLE: "0",
}

_WIDTHS: Mapping[Type, float] = {
    Type.TEXT: 17,
    Type.CODE: 24,
    Type.DATE: 12,
    Type.TIME: 9,
    Type.MONEY: 15,
    Type.QUANTITY: 11,
    Type.WHOLE: 12,
}
_OWN_WIDTHS: Mapping[str, float] = {
    "line_id": 15,
    "activity": 34,
    "institution_founder": 16,
    "study_form": 14,
    "supplier_kind": 17,
    "other_funding": 18,
    "economic_code": 9,
    "evidence": 32,
    "note": 32,
    "risk_ground": 38,
    "semester": 14,
}


def column_width(key: str, kind: Type) -> float:
    """Choose how wide a column is, in characters."""
    return _OWN_WIDTHS.get(key, _WIDTHS[kind])


_HEIGHT_OF_LINE = 15
_CHARACTERS_OF_WIDTH = 1.1
"""A column of width 10 holds about 11 average characters."""


def row_height(*cells: tuple[str, float]) -> float:
    """Estimate the height of a row of wrapped texts, each with the width of its column.

    Programs do not agree on growing a row by themselves, so it is set.
    """
    lines = (
        sum(1 + int(len(line) / (width * _CHARACTERS_OF_WIDTH)) for line in text.split("\n"))
        for text, width in cells
    )
    return _HEIGHT_OF_LINE * max(lines, default=1) + 3
