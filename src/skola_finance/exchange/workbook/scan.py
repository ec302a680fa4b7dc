"""A look at a sheet's XML before calamine reads it.

Calamine reads a formula without a stored result, and an error cell, as an empty cell, and
reserves the whole rectangle to the last cell (one at ZZ1048576 aborts the process). So these are
looked for first, with regular expressions over blocks of whole rows: a call per cell would take
longer than the reading. XML that is not written in the usual way (prefixed names, cells without
an address) is walked cell by cell instead; it is rare.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from skola_finance.exchange.workbook import limits

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


class Cell(NamedTuple):
    """A place in a sheet, both counted from 1."""

    row: int
    column: int


@dataclass(slots=True)
class SheetScan:
    """What was seen in one sheet.

    Attributes:
        outside: a cell with content beyond the limits; nothing after it was looked at.
        unresolved: cells with a formula but no stored result.
        errors: cells that hold an error, with its name.

    """

    outside: Cell | None = None
    unresolved: list[Cell] = field(default_factory=list)
    errors: dict[Cell, str] = field(default_factory=dict)


_LETTERS = 26
_FAR_COLUMN = re.compile(rb' r="(?:[A-Z]{3}|[E-Z][A-Z]|D[Y-Z])')
"""An address right of DX; that this is the limit is held by a test."""
_ROW = re.compile(rb'<row r="([0-9]+)"[^>]*(?<!/)>')
_ODD_CELL = re.compile(rb'<c(?! r=")[ >\t\r\n/]')
_ODD_ROW = re.compile(rb'<row(?! r=")[ >\t\r\n/]')
_WITH_ADDRESS = rb'<c r="([A-Z]+)([0-9]+)"([^>]*)'
_NO_RESULT = rb"(?:<f[^>]*/>|<f[^>]*>[^<]*</f>)(?:<v\s*/>|<v></v>)?</c>"
_UNRESOLVED = re.compile(_WITH_ADDRESS + rb">" + _NO_RESULT)
_ERROR = re.compile(_WITH_ADDRESS + rb">(?:<f[^>]*/>|<f[^>]*>[^<]*</f>)?<v>([^<]*)</v></c>")
_CONTENT = re.compile(_WITH_ADDRESS + rb"(?<!/)>(?!</c>)")

_ANY_CELL = re.compile(
    rb"<(?P<open>row|c)(?P<attributes>(?:\s[^>]*?)?)(?:/>|>(?P<body>(?:(?!</?(?:row|c)[\s/>]).)*))",
    re.DOTALL,
)
_PREFIX = re.compile(rb"<(/?)[A-Za-z_][\w.-]*:")
_ADDRESS = re.compile(rb"""\sr=["']([A-Z]*)([0-9]*)["']""")
_IS_ERROR = re.compile(rb"""\st=["']e["']""")
_IS_TEXT_RESULT = re.compile(rb"""\st=["']str["']""")
_RESULT = re.compile(rb"<v[^>]*>([^<]*)</v>")


def scan_sheet(blocks: Iterable[bytes]) -> SheetScan:
    """Look through the XML of one sheet.

    Raises: ValueError where it is not UTF-8 or its rows do not end.
    """
    seen = SheetScan()
    walker = _Walker(seen)
    for rows in _whole_rows(blocks):
        if walker.is_needed or not _is_usual(rows):
            walker.is_needed = True
            walker.walk(rows)
        else:
            _search(rows, seen)
            walker.row = _last_row(rows, walker.row)
        if seen.outside:
            break
    return seen


def column_number(letters: str) -> int:
    """Count a column from its letters: A is 1, DX is 128."""
    number = 0
    for letter in letters:
        number = number * _LETTERS + ord(letter) - ord("A") + 1
    return number


def column_letters(number: int) -> str:
    """Name a column by letters: 1 is A, 128 is DX."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, _LETTERS)
        letters = chr(ord("A") + rest) + letters
    return letters


def address(cell: Cell) -> str:
    """Write a place as people do: `DX12`."""
    return f"{column_letters(cell.column)}{cell.row}"


def _whole_rows(blocks: Iterable[bytes]) -> Iterator[bytes]:
    """Cut the stream before the start of a row, so that no cell lies across two pieces."""
    waiting = b""
    is_first = True
    for block in blocks:
        if is_first and (block[:2] in {b"\xff\xfe", b"\xfe\xff"} or b"\x00" in block[:64]):
            msg = "the sheet is not UTF-8"
            raise ValueError(msg)
        is_first = False
        waiting += block
        cut = max(waiting.rfind(b"<row"), waiting.rfind(b":row "))
        cut = waiting.rfind(b"<", 0, cut + 1) if cut > 0 else cut
        if cut > 0:
            yield waiting[:cut]
            waiting = waiting[cut:]
        elif len(waiting) > limits.RATIO_FROM_BYTES:
            msg = "a row does not end"
            raise ValueError(msg)
    yield waiting


def _is_usual(rows: bytes) -> bool:
    """Tell whether every cell and row is written as the usual programs write them."""
    return (
        _ODD_CELL.search(rows) is None
        and _ODD_ROW.search(rows) is None
        and b":c" not in rows
        and not (b"!" in rows and b"<!" in rows)
    )


def _last_row(rows: bytes, before: int) -> int:
    at = rows.rfind(b'<row r="')
    return int(rows[at + 8 : rows.index(b'"', at + 8)]) if at >= 0 else before


def _search(rows: bytes, seen: SheetScan) -> None:
    highest = max((int(row) for row in _ROW.findall(rows)), default=0)
    if highest > limits.MAX_ROWS or _FAR_COLUMN.search(rows):
        # Empty cells that only carry a format may stand anywhere; calamine leaves them out.
        for found in _CONTENT.finditer(rows):
            cell = _cell(found)
            if cell.row > limits.MAX_ROWS or cell.column > limits.MAX_COLUMNS:
                seen.outside = cell
                return
    if b' t="e"' in rows:
        errors = (found for found in _ERROR.finditer(rows) if b' t="e"' in found[3])
        seen.errors |= {_cell(found): found[4].decode("utf-8", "replace") for found in errors}
    if b"<f" in rows:
        # A text formula may give the empty text: that is a result.
        seen.unresolved += [
            _cell(found)
            for found in _UNRESOLVED.finditer(rows)
            if not (b' t="str"' in found[3] and b"<v" in found[0])
        ]


def _cell(found: re.Match[bytes]) -> Cell:
    return Cell(int(found[2]), column_number(found[1].decode()))


class _Walker:
    """Goes through unusual XML cell by cell, counting where no address is written."""

    def __init__(self, seen: SheetScan) -> None:
        self.seen = seen
        self.is_needed = False
        self.row = 0
        self.column = 0

    def walk(self, rows: bytes) -> None:
        """Look at every row and cell of a piece."""
        for found in _ANY_CELL.finditer(_PREFIX.sub(rb"<\1", rows)):
            written = _ADDRESS.search(found["attributes"])
            if found["open"] == b"row":
                self.row = int(written[2]) if written and written[2] else self.row + 1
                self.column = 0
                continue
            self.column = column_number(written[1].decode()) if written else self.column + 1
            row = int(written[2]) if written and written[2] else self.row
            if found["body"]:
                self._judge(Cell(row, self.column), found["attributes"], found["body"])
            if self.seen.outside:
                return

    def _judge(self, cell: Cell, attributes: bytes, body: bytes) -> None:
        if cell.row > limits.MAX_ROWS or cell.column > limits.MAX_COLUMNS:
            self.seen.outside = cell
            return
        result = _RESULT.search(body)
        if _IS_ERROR.search(attributes):
            self.seen.errors[cell] = result[1].decode("utf-8", "replace") if result else "#N/A"
        elif (
            b"<f" in body
            and not (result and result[1])
            and not (_IS_TEXT_RESULT.search(attributes) and b"<v" in body)
        ):
            self.seen.unresolved.append(cell)
