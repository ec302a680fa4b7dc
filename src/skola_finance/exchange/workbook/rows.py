"""The rows of one sheet, read column by column into a frame."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import islice
from typing import TYPE_CHECKING

import polars as pl

from skola_finance.claims.claim import LINE_SCHEMA, PLAN_SCHEMA
from skola_finance.claims.columns import LEARNER_BORN_ON, Sheet
from skola_finance.exchange.workbook.cells import (
    Memo,
    Value,
    clean_text,
    read_unknown,
    reader_of,
    without_booleans,
)
from skola_finance.exchange.workbook.faults import fault
from skola_finance.exchange.workbook.keys import FIRST_ROW, find_columns, unknown_column
from skola_finance.exchange.workbook.layout import offered_codes
from skola_finance.exchange.workbook.personal import personal_cell
from skola_finance.problems import Where

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from skola_finance.exchange.workbook.keys import FoundColumn
    from skola_finance.exchange.workbook.scan import SheetScan
    from skola_finance.exchange.workbook.unread import RawCell
    from skola_finance.problems import Problem

_BATCH = 4096
PERSONAL_IN = "personal_data_in"


@dataclass(slots=True)
class SheetRows:
    """What a sheet gives: its rows, and what was wrong with its cells.

    The frame has the columns of a line (or plan), and `learner_born_on` where it was given.
    """

    sheet: Sheet
    frame: pl.DataFrame
    problems: list[Problem]


@dataclass(slots=True)
class _Reading:
    """One column while it is read."""

    found: FoundColumn
    memo: Memo
    values: list[Value | None] = field(default_factory=list)


def read_rows(
    rows: Iterable[Sequence[RawCell]], *, sheet: Sheet, scan: SheetScan, programme: str, file: str
) -> SheetRows:
    """Read a sheet whose rows come as lists of cells, the key row first.

    Raises: UnusableWorkbook (WBK-411 to WBK-413) for its key row.
    """
    stream = iter(rows)
    keys = next(stream, [])
    columns = find_columns(keys, sheet=sheet, file=file)
    headings = next(stream, [""] * len(keys))
    readings = [
        _Reading(found, _memo_for(found, sheet=sheet, programme=programme)) for found in columns
    ]
    faults = _Faults(sheet)
    row = FIRST_ROW
    while batch := list(islice(stream, _BATCH)):
        by_column = list(zip(*batch, strict=True))
        for reading in readings:
            raw = without_booleans(by_column[reading.found.index])
            reading.values += reading.memo.read_all(raw)
            if reading.memo.unread:
                faults.collect(reading, raw, first_row=row)
        row += len(batch)
    faults.of_scan(scan, readings)
    warnings = [
        unknown_column(reading.found, sheet=sheet, heading=headings[reading.found.index])
        for reading in readings
        if reading.found.column is None and _has_content(reading)
    ]
    frame = _frame(readings, faults, sheet=sheet, rows=row - FIRST_ROW)
    return SheetRows(sheet, frame, [*warnings, *faults.problems])


def _memo_for(found: FoundColumn, *, sheet: Sheet, programme: str) -> Memo:
    if found.column is None:
        return Memo(read_unknown)
    return Memo(reader_of(found.column, offered=offered_codes(found.key, sheet, programme)))


def _has_content(reading: _Reading) -> bool:
    return bool(reading.found.key) or any(value is not None for value in reading.values)


class _Faults:
    """What was wrong with the cells of a sheet, and the rows it concerns."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.problems: list[Problem] = []
        self.personal_in: dict[int, str] = {}
        self.rows: set[int] = set()

    def collect(self, reading: _Reading, raw: Sequence[RawCell], *, first_row: int) -> None:
        """Find the cells of a batch that could not be read."""
        known_bad = reading.memo.unread
        name = reading.found.key or reading.found.letters
        for row, cell in enumerate(raw, start=first_row):
            if cell not in known_bad:
                continue
            self.rows.add(row)
            problem = known_bad[cell].problem
            if problem is None and self.sheet is Sheet.PLANS:
                self.problems.append(personal_cell(str(cell), row=row, column=name))
            elif problem is None:
                self.personal_in.setdefault(row, name)
            else:
                where = Where(sheet=self.sheet, row=row, column=name)
                self.problems.append(replace(problem, where=where))

    def of_scan(self, scan: SheetScan, readings: Sequence[_Reading]) -> None:
        """Add formulas without a result and error cells, which calamine gives as empty."""
        known = (reading.found for reading in readings if reading.found.column)
        keys = {found.index + 1: found.key for found in known}
        cells = [(cell, "WBK-420", "") for cell in scan.unresolved]
        cells += [(cell, "WBK-421", clean_text(name)) for cell, name in scan.errors.items()]
        for cell, code, value in cells:
            if cell.row >= FIRST_ROW and cell.column in keys:
                where = Where(sheet=self.sheet, row=cell.row, column=keys[cell.column])
                self.problems.append(fault(code, where=where, value=value))
                self.rows.add(cell.row)


def _frame(
    readings: Sequence[_Reading], faults: _Faults, *, sheet: Sheet, rows: int
) -> pl.DataFrame:
    """Put the columns together, without the rows in which nothing stands."""
    is_plan = sheet is Sheet.PLANS
    schema = dict(PLAN_SCHEMA if is_plan else LINE_SCHEMA)
    schema[LEARNER_BORN_ON.key] = pl.Date()
    series = {
        reading.found.column.frame: pl.Series(
            values=reading.values, dtype=schema[reading.found.column.frame], strict=True
        )
        for reading in readings
        if reading.found.column
    }
    numbers = range(FIRST_ROW, FIRST_ROW + rows)
    frame = pl.DataFrame(series).with_columns(
        pl.Series("row", numbers, dtype=pl.Int64),
        pl.lit(str(sheet)).alias("sheet"),
        pl.Series(PERSONAL_IN, [faults.personal_in.get(row) for row in numbers], dtype=pl.String),
    )
    at_fault = pl.Series("row", sorted(faults.rows), dtype=pl.Int64)
    frame = frame.filter(
        pl.any_horizontal(pl.col(name).is_not_null() for name in series)
        | pl.col("row").is_in(at_fault.implode()),
    )
    return frame.select(
        pl.col(name) if name in frame.columns else pl.lit(None, dtype=kind).alias(name)
        for name, kind in schema.items()
        if not (is_plan and name == LEARNER_BORN_ON.key)
    )
