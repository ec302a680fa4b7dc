"""Read a claim workbook: the facade of this folder's reading half."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import python_calamine as calamine

from skola_finance.claims.claim import Claim
from skola_finance.claims.columns import Sheet
from skola_finance.exchange.workbook import limits
from skola_finance.exchange.workbook.faults import fault, unusable
from skola_finance.exchange.workbook.header import CLAIM_SHEET, read_header
from skola_finance.exchange.workbook.join import LINE_SHEETS, join_lines, repeated_ids
from skola_finance.exchange.workbook.package import Package, open_package
from skola_finance.exchange.workbook.personal import (
    refuse_personal_file_name,
    refuse_personal_sheet_names,
)
from skola_finance.exchange.workbook.rows import read_rows
from skola_finance.exchange.workbook.scan import SheetScan, address, scan_sheet
from skola_finance.problems import Where

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from skola_finance.exchange.workbook.header import ReadHeader
    from skola_finance.exchange.workbook.rows import SheetRows
    from skola_finance.exchange.workbook.unread import RawCell
    from skola_finance.problems import Problem

T = TypeVar("T")
_KIND, _NIL = "claim_kind", "nil"


def read_claim(path: Path | str, *, programme: str | None = None) -> Claim:
    """Read a claim from a workbook; `programme` is the one that is asked for, if any.

    A cell that cannot be read gives nothing and a problem in `Claim.reading`; everything else is
    read. Personal data in a line is dropped and its column named in `personal_data_in`. Of lines
    with one `line_id` all but the first have a problem too (WBK-436).

    Raises: UnusableWorkbook, WBK-401 to WBK-417, or CLM-211 for the name of the file or a sheet.
    """
    path = Path(path)
    refuse_personal_file_name(path.name)
    package = open_package(path)
    refuse_personal_sheet_names(package.sheets, file=package.name)
    names = _sheet_names(package)
    workbook = _Workbook(package)
    header = read_header(
        list(workbook.rows(names[CLAIM_SHEET])),
        scan=workbook.scan(names[CLAIM_SHEET]),
        programme=programme,
        file=package.name,
    )
    sheets = [
        read_rows(
            workbook.rows(names[sheet]),
            sheet=sheet,
            scan=workbook.scan(names[sheet]),
            programme=header.header.programme,
            file=package.name,
        )
        for sheet in (*LINE_SHEETS, Sheet.PLANS)
        if sheet in names
    ]
    return _claim(header, sheets)


def _claim(header: ReadHeader, sheets: list[SheetRows]) -> Claim:
    given = [rows.frame for rows in sheets if rows.sheet is Sheet.PLANS and rows.frame.height]
    # A sheet of plans that was left empty is a sheet that was not given.
    plans = given[0] if given else None
    lines, ages = join_lines(
        [rows for rows in sheets if rows.sheet is not Sheet.PLANS],
        plans=plans,
        period_to=header.header.period_to,
    )
    problems = [*header.problems, *(problem for rows in sheets for problem in rows.problems), *ages]
    problems += [*repeated_ids(lines), *_kind_and_lines(header, lines.height)]
    return Claim(
        header=header.header,
        lines=lines,
        plans=plans,
        reading=tuple(problems),
        header_rows=header.rows,
    )


def _kind_and_lines(header: ReadHeader, count: int) -> Iterator[Problem]:
    """Compare the kind of the claim with its lines: a nil claim has none, any other has some."""
    is_nil = header.header.claim_kind == _NIL
    if is_nil and count:
        row = dict(header.rows)[_KIND]
        where = Where(sheet=CLAIM_SHEET, row=row, column=_KIND)
        yield fault("WBK-437", where=where, count=str(count))
    elif not is_nil and not count:
        yield fault("WBK-435")


def _sheet_names(package: Package) -> dict[str, str]:
    """Map the sheets that are read to their names in the file; capitals do not matter.

    Raises: UnusableWorkbook WBK-409 (no `Claim`), WBK-410 (no sheet with lines).
    """
    in_file = {name.strip().casefold(): name for name in package.sheets}
    wanted = (CLAIM_SHEET, *LINE_SHEETS, Sheet.PLANS)
    names = {sheet: in_file[sheet.casefold()] for sheet in wanted if sheet.casefold() in in_file}
    where = Where(file=package.name)
    if CLAIM_SHEET not in names:
        raise unusable("WBK-409", where=where)
    if not any(sheet in names for sheet in LINE_SHEETS):
        raise unusable("WBK-410", where=where)
    return names


class _Workbook:
    """Calamine behind the scan: no sheet is read that was not looked through first."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._scans: dict[str, SheetScan] = {}
        self._workbook = self._guarded(
            lambda: calamine.CalamineWorkbook.from_filelike(BytesIO(package.content))
        )

    def scan(self, name: str) -> SheetScan:
        """Look through a sheet once.

        Raises: UnusableWorkbook WBK-407 (a cell far outside), WBK-408 (damaged).
        """
        if name not in self._scans:
            scan = self._guarded(lambda: scan_sheet(self._package.blocks(name)))
            if scan.outside:
                raise unusable(
                    "WBK-407",
                    where=Where(file=self._package.name, sheet=name, row=scan.outside.row),
                    cell=address(scan.outside),
                    limits_lv=limits.LIMITS.lv,
                    limits_en=limits.LIMITS.en,
                )
            self._scans[name] = scan
        return self._scans[name]

    def rows(self, name: str) -> Iterator[list[RawCell]]:
        """Give the rows of a sheet from its very first cell on."""
        self.scan(name)
        sheet = self._guarded(lambda: self._workbook.get_sheet_by_name(name))
        start = sheet.start
        left = [""] * (start[1] if start else 0)
        for row in sheet.iter_rows():
            yield [*left, *row] if left else row

    def _guarded(self, call: Callable[[], T]) -> T:
        """Turn whatever goes wrong inside a damaged file into one problem."""
        try:
            return call()
        except BaseException as error:
            # A panic of the Rust reader is no Exception, only a BaseException.
            if isinstance(error, KeyboardInterrupt | SystemExit | MemoryError):
                raise
            where = Where(file=self._package.name)
            raise unusable("WBK-408", where=where) from error
