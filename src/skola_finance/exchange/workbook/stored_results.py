"""The stored results of the formulas in a file, kept for when openpyxl drops them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from skola_finance.exchange.workbook.save import Result

if TYPE_CHECKING:
    from skola_finance.exchange.workbook.package import Package

_PREFIX = re.compile(rb"<(/?)[A-Za-z_][\w.-]*:")
_CELL = re.compile(rb"<c\s([^>]*[^/>])>(<f.*?)</c>", re.DOTALL)
_ADDRESS = re.compile(rb'\br="([A-Z]+[0-9]+)"')
_KIND = re.compile(rb'\bt="(str|b|e|n)"')
_VALUE = re.compile(rb"<v[^>]*>([^<]*)</v>")


def stored_results(package: Package) -> dict[str, dict[str, Result]]:
    """Read what every formula of every sheet gave when the file was saved."""
    return {name: _of_sheet(b"".join(package.blocks(name))) for name in package.sheets}


def _of_sheet(xml: bytes) -> dict[str, Result]:
    if b"<f" not in xml and b":f" not in xml:
        return {}
    if b"<sheetData" not in xml:
        xml = _PREFIX.sub(rb"<\1", xml)
    results = {}
    for found in _CELL.finditer(xml):
        address, value = _ADDRESS.search(found[1]), _VALUE.search(found[2])
        if address and value:
            kind = _KIND.search(found[1])
            results[address[1].decode()] = Result(kind[1].decode() if kind else "n", value[1])
    return results
