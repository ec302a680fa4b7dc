"""The sheet `Claim`: each key with the value to its right, wherever the two stand."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from skola_finance.claims import vocabulary as v
from skola_finance.claims.claim import ClaimHeader
from skola_finance.claims.columns import CLAIM_KEYS, Column
from skola_finance.exchange.workbook.cells import Memo, clean_text, reader_of, without_booleans
from skola_finance.exchange.workbook.faults import fault, unusable
from skola_finance.exchange.workbook.keys import ANNOTATION, HEADING_ROW
from skola_finance.exchange.workbook.personal import Place, personal_problem
from skola_finance.exchange.workbook.scan import Cell, column_letters
from skola_finance.exchange.workbook.unread import Unread, identifier_in, shown
from skola_finance.problems import Where

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from skola_finance.exchange.workbook.scan import SheetScan
    from skola_finance.exchange.workbook.unread import RawCell
    from skola_finance.problems import Problem

CLAIM_SHEET = "Claim"
_BY_KEY = {column.key: column for column in CLAIM_KEYS}
_KEY_LIKE = re.compile(r"[a-z]+(?:_[a-z]+)+")


@dataclass(frozen=True, slots=True)
class Entry:
    """A key of the sheet, the cell of its value (to the right of it) and the value."""

    key: str
    cell: Cell
    value: RawCell


@dataclass(frozen=True, slots=True)
class ReadHeader:
    """The facts of the claim, the row of each key, and what was wrong."""

    header: ClaimHeader
    rows: tuple[tuple[str, int], ...]
    problems: tuple[Problem, ...]


def find_entries(rows: Sequence[Sequence[RawCell]], *, file: str | None = None) -> dict[str, Entry]:
    """Find the keys of the sheet `Claim` and the cells beside them.

    Raises: UnusableWorkbook WBK-417 where a key stands twice.
    """
    entries: dict[str, Entry] = {}
    for cell, raw in _texts(rows):
        key = clean_text(raw).casefold()
        if key not in _BY_KEY or any(entry.cell == cell for entry in entries.values()):
            continue
        if key in entries:
            raise unusable(
                "WBK-417",
                where=Where(file=file, sheet=CLAIM_SHEET, row=cell.row, column=key),
                key=key,
                label_lv=_BY_KEY[key].label.lv,
                label_en=_BY_KEY[key].label.en,
                first=str(entries[key].cell.row),
                second=str(cell.row),
            )
        beside = rows[cell.row - 1][cell.column : cell.column + 1]
        value_cell = Cell(cell.row, cell.column + 1)
        entries[key] = Entry(key, value_cell, beside[0] if beside else "")
    return entries


def read_header(
    rows: Sequence[Sequence[RawCell]], *, scan: SheetScan, programme: str | None, file: str
) -> ReadHeader:
    """Read the sheet `Claim`.

    Raises: UnusableWorkbook WBK-414 to WBK-417.
    """
    entries = find_entries(rows, file=file)
    values: dict[str, Any] = {"programme": _programme(entries, asked=programme, file=file)}
    problems = list(_personal(rows, entries))
    for column in CLAIM_KEYS[1:]:
        entry = entries.get(column.key)
        if entry is None:
            continue
        value, problem = _value(column, entry, scan)
        values[column.frame] = value
        if problem:
            where = Where(sheet=CLAIM_SHEET, row=entry.cell.row, column=entry.key)
            problems.append(replace(problem, where=where))
    problems += _unknown_keys(rows, entries)
    places = tuple((key, entry.cell.row) for key, entry in entries.items())
    return ReadHeader(ClaimHeader(**values), places, tuple(problems))


def _texts(rows: Sequence[Sequence[RawCell]]) -> Iterator[tuple[Cell, str]]:
    for row, cells in enumerate(rows, start=1):
        for column, raw in enumerate(cells, start=1):
            if isinstance(raw, str) and raw:
                yield Cell(row, column), raw


def _programme(entries: Mapping[str, Entry], *, asked: str | None, file: str) -> str:
    entry = entries.get("programme")
    row = entry.cell.row if entry else None
    where = Where(file=file, sheet=CLAIM_SHEET, row=row, column="programme")
    allowed = ", ".join(v.PROGRAMMES)
    value = clean_text(shown(entry.value)) if entry else ""
    if not value:
        raise unusable("WBK-414", where=where, allowed=allowed)
    found = Memo(reader_of(_BY_KEY["programme"]))[value]
    if not isinstance(found, str):
        named = "…" if entry and identifier_in(entry.value) else shown(value)
        raise unusable("WBK-415", where=where, value=named, allowed=allowed)
    if asked is not None and found != asked:
        raise unusable("WBK-416", where=where, found=found, asked=asked)
    return found


def _value(column: Column, entry: Entry, scan: SheetScan) -> tuple[Any, Problem | None]:
    """Read one value; personal data in it is dropped here and reported for the whole sheet."""
    if entry.cell in scan.errors:
        return None, fault("WBK-421", value=scan.errors[entry.cell])
    if entry.cell in scan.unresolved:
        return None, fault("WBK-420")
    memo = Memo(reader_of(column))
    raw = without_booleans([entry.value])[0]
    value = memo[raw]
    unread = memo.unread.get(raw, Unread(None))
    return value, unread.problem


def _personal(rows: Sequence[Sequence[RawCell]], entries: Mapping[str, Entry]) -> Iterator[Problem]:
    keys = {entry.cell: entry.key for entry in entries.values()}
    for row, cells in enumerate(rows, start=1):
        for column, raw in enumerate(cells, start=1):
            kind = identifier_in(raw)
            if kind:
                name = keys.get(Cell(row, column), column_letters(column))
                where = Where(sheet=CLAIM_SHEET, row=row, column=name)
                yield personal_problem(kind, place=Place.CLAIM_SHEET, where=where)


def _unknown_keys(
    rows: Sequence[Sequence[RawCell]], entries: Mapping[str, Entry]
) -> Iterator[Problem]:
    """Warn of a text in a column of keys that looks like a key and is none."""
    columns = {entry.cell.column - 1 for entry in entries.values()}
    for cell, raw in _texts(rows):
        key = clean_text(raw)
        is_unknown = _KEY_LIKE.fullmatch(key) and key not in _BY_KEY
        if not is_unknown or cell.column not in columns or cell.row <= HEADING_ROW:
            continue
        if not key.startswith(ANNOTATION):
            where = Where(sheet=CLAIM_SHEET, row=cell.row)
            yield fault("WBK-434", where=where, value=shown(key))
