"""Saving a workbook: whole or not at all, with the results of its formulas, the same bytes twice.

openpyxl writes formulas without their results, which a reader that does not calculate sees as
empty, and stamps the hour. So what it made is packed again: results put in, days fixed.
"""

from __future__ import annotations

import os
import re
import zipfile
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple
from xml.sax.saxutils import escape

from skola_finance.exchange.workbook.faults import UnwritableWorkbook, fault
from skola_finance.problems import Where

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from pathlib import Path

    from openpyxl import Workbook


class Result(NamedTuple):
    """The stored result of a formula: the kind as XML has it (`n`, `str`, `b`, `e`), and its text.

    The text is escaped already.
    """

    kind: str
    text: bytes


_EPOCH = (1980, 1, 1, 0, 0, 0)
_CORE = "docProps/core.xml"
_STAMP = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
_FORMULA = re.compile(
    rb'<c r="([A-Z]+[0-9]+)"([^>]*)>(<f[^>]*>[^<]*</f>|<f[^>]*/>)(?:<v\s*/>|<v></v>)?</c>'
)
_KIND = re.compile(rb'\st="[^"]*"')
_PART = "xl/worksheets/sheet{}.xml"


def number_result(cents: int) -> Result:
    """Give the result of a formula that adds amounts."""
    sign = "-" if cents < 0 else ""
    euros, rest = divmod(abs(cents), 100)
    return Result("n", f"{sign}{euros}.{rest:02}".encode())


def text_result(text: str) -> Result:
    """Give the result of a formula that makes a text."""
    return Result("str", escape(text).encode())


def save_workbook(
    workbook: Workbook,
    path: Path,
    *,
    on: date,
    results: Mapping[str, Mapping[str, Result]],
) -> None:
    """Write a workbook beside its place and then move it there.

    `results` are those of formulas, by sheet and address; `on` is the day the file says it is of.

    Raises: UnwritableWorkbook WBK-419; what stood at the place is then untouched.
    """
    made = BytesIO()
    parts = {
        _PART.format(number): results.get(sheet.title, {})
        for number, sheet in enumerate(workbook.worksheets, start=1)
    }
    workbook.save(made)
    content = _packed_again(made, parts, on=on)
    write_atomically(content, path)


def write_atomically(content: bytes, path: Path) -> None:
    """Write a file beside its place and then move it there.

    Raises: UnwritableWorkbook WBK-419.
    """
    if not path.name or (path.exists() and not path.is_file()):
        raise UnwritableWorkbook(fault("WBK-419", where=Where(file=path.name or str(path))))
    beside = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        try:
            beside.write_bytes(content)
            beside.replace(path)
        finally:
            beside.unlink(missing_ok=True)
    except OSError as error:
        raise UnwritableWorkbook(fault("WBK-419", where=Where(file=path.name))) from error


def _packed_again(made: BytesIO, results: Mapping[str, Mapping[str, Result]], *, on: date) -> bytes:
    packed = BytesIO()
    with zipfile.ZipFile(made) as source, zipfile.ZipFile(packed, "w") as target:
        for part in source.infolist():
            content = source.read(part)
            if part.filename == _CORE:
                content = _STAMP.sub(rb"\g<1>" + f"{on.isoformat()}T00:00:00Z".encode(), content)
            if results.get(part.filename):
                content = _with_results(content, results[part.filename])
            entry = zipfile.ZipInfo(part.filename, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, content)
    return packed.getvalue()


def _with_results(xml: bytes, results: Mapping[str, Result]) -> bytes:
    def put_in(found: re.Match[bytes]) -> bytes:
        result = results.get(found[1].decode())
        if result is None:
            return found[0]
        attributes = _KIND.sub(b"", found[2]) + f' t="{result.kind}"'.encode()
        return b'<c r="%b"%b>%b<v>%b</v></c>' % (found[1], attributes, found[3], result.text)

    return _FORMULA.sub(put_in, xml)
