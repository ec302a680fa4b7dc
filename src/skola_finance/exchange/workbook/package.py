"""The file as an archive: opened without trust, its parts unpacked under limits.

Sizes are counted while unpacking, never taken from the archive's own headers. What does not look
like a plain workbook (parts stored twice, encrypted or packed in another way, a document type
declaration, another encoding) is refused as damaged, so that calamine and this scan see the same.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, NoReturn
from xml.etree import ElementTree as ET  # Expat refuses entity bombs; a declaration is refused too.

from skola_finance.exchange.workbook import limits
from skola_finance.exchange.workbook.faults import unusable
from skola_finance.problems import Where

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
_LOCAL_HEADER = 30
_BLOCK = 1 << 20
_IS_ENCRYPTED = 0x1
_WORKBOOK = "xl/workbook.xml"
_RELATIONS = "xl/_rels/workbook.xml.rels"
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/spreadsheetml/main}"
_RELATION_IDS = (
    "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id",
    "{http://purl.oclc.org/ooxml/officeDocument/relationships}id",
)
_SHARED_TEXTS = "xl/sharedStrings.xml"
_RICH = re.compile(rb"<(?:\w+:)?r>")
_DECLARES = re.compile(rb"<!(?:DOCTYPE|ENTITY)")


@dataclass(frozen=True, slots=True)
class Package:
    """A workbook file in memory, and where each of its sheets is stored.

    Attributes:
        content: the bytes of the file, read once.
        sheets: the part of each sheet, in workbook order.

    """

    name: str
    content: bytes
    sheets: Mapping[str, str]

    def blocks(self, sheet: str) -> Iterator[bytes]:
        """Unpack the XML of one sheet, a block at a time."""
        archive = zipfile.ZipFile(BytesIO(self.content))
        return _unpack(self.content, archive.getinfo(self.sheets[sheet]))

    def has_rich_text(self) -> bool:
        """Tell whether some cell has formats inside its text; openpyxl keeps them if told to."""
        archive = zipfile.ZipFile(BytesIO(self.content))
        texts = {_SHARED_TEXTS, *self.sheets.values()} & set(archive.namelist())
        return any(_RICH.search(archive.read(part)) for part in texts)


def open_package(path: Path) -> Package:
    """Read a file and make sure that it is a workbook within the limits.

    Raises: UnusableWorkbook (WBK-401 to WBK-408).
    """
    where = Where(file=path.name)
    try:
        with path.open("rb") as file:
            content = file.read(limits.MAX_FILE_BYTES + 1)
    except OSError as error:
        raise unusable("WBK-401", where=where) from error
    _refuse_other_formats(content, where=where)
    try:
        archive = zipfile.ZipFile(BytesIO(content))
        _count_unpacked(content, archive, where=where)
        sheets = _sheet_parts(archive)
    except (zipfile.BadZipFile, zlib.error, ET.ParseError, ValueError, KeyError) as error:
        # NotImplementedError and the like cannot come: only plain deflate is let through.
        raise unusable("WBK-408", where=where) from error
    return Package(name=path.name, content=content, sheets=sheets)


def _refuse_other_formats(content: bytes, *, where: Where) -> None:
    if not content:
        raise unusable("WBK-402", where=where)
    if len(content) > limits.MAX_FILE_BYTES:
        _refuse_size(
            f"datne pārsniedz {limits.MAX_FILE_BYTES // limits.MEBIBYTE} MB",
            f"the file exceeds {limits.MAX_FILE_BYTES // limits.MEBIBYTE} MB",
            where=where,
        )
    if content.startswith(_OLE):
        raise unusable("WBK-404" if _ENCRYPTED_STREAM in content else "WBK-405", where=where)
    if not content.startswith(b"PK"):
        raise unusable("WBK-403", where=where)


def _refuse_size(lv: str, en: str, *, where: Where) -> NoReturn:
    raise unusable(
        "WBK-406",
        where=where,
        found_lv=lv,
        found_en=en,
        limits_lv=limits.LIMITS.lv,
        limits_en=limits.LIMITS.en,
    )


def _count_unpacked(content: bytes, archive: zipfile.ZipFile, *, where: Where) -> None:
    """Unpack every part once, only to count; stop at the first limit."""
    parts = archive.infolist()
    names = {part.filename for part in parts}
    if _WORKBOOK not in names:
        raise unusable("WBK-403", where=where)
    if len(parts) > limits.MAX_PARTS:
        _refuse_size(f"tajā ir {len(parts)} daļu", f"it has {len(parts)} parts", where=where)
    if len(names) != len(parts):
        msg = "a part is stored twice"
        raise ValueError(msg)
    total = 0
    for part in parts:
        unpacked = 0
        for block in _unpack(content, part):
            unpacked += len(block)
            if total + unpacked > limits.MAX_UNPACKED_BYTES:
                mebibytes = limits.MAX_UNPACKED_BYTES // limits.MEBIBYTE
                _refuse_size(
                    f"atspiestā veidā tā pārsniedz {mebibytes} MB",
                    f"unpacked it exceeds {mebibytes} MB",
                    where=where,
                )
            _refuse_ratio(unpacked, part.compress_size, where=where)
        if unpacked != part.file_size:
            msg = "a part is not as long as the archive says"
            raise ValueError(msg)
        total += unpacked


def _refuse_ratio(unpacked: int, stored: int, *, where: Where) -> None:
    if unpacked > limits.RATIO_FROM_BYTES and unpacked > limits.MAX_RATIO * max(stored, 1):
        _refuse_size(
            f"kāda tās daļa atspiežoties izaug vairāk nekā {limits.MAX_RATIO} reižu",
            f"a part of it grows more than {limits.MAX_RATIO} times when unpacked",
            where=where,
        )


def _unpack(content: bytes, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """Unpack one part to the very end of its stream, whatever size its header states."""
    at = part.header_offset
    header = content[at : at + _LOCAL_HEADER]
    if header[:4] != b"PK\x03\x04" or part.flag_bits & _IS_ENCRYPTED:
        msg = "not a plain part"
        raise ValueError(msg)
    start = at + _LOCAL_HEADER + int.from_bytes(header[26:28], "little")
    start += int.from_bytes(header[28:30], "little")
    stored = memoryview(content)[start : start + part.compress_size]
    if part.compress_type == zipfile.ZIP_STORED:
        for offset in range(0, len(stored), _BLOCK):
            yield bytes(stored[offset : offset + _BLOCK])
        return
    if part.compress_type != zipfile.ZIP_DEFLATED:
        msg = "packed in a way that workbooks are not"
        raise ValueError(msg)
    inflate = zlib.decompressobj(-zlib.MAX_WBITS)
    waiting: bytes | memoryview = stored
    while waiting and not inflate.eof:
        yield inflate.decompress(waiting, _BLOCK)
        waiting = inflate.unconsumed_tail
    if not inflate.eof:
        msg = "a part ends too early"
        raise ValueError(msg)


def _sheet_parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """Map each sheet's name to the part that holds it.

    Raises: ValueError or KeyError where names, ids or parts do not fit together.
    """
    relations = _parse(archive.read(_RELATIONS))
    targets: dict[str, str] = {}
    for relation in relations:
        identifier = relation.attrib["Id"]
        if identifier in targets:
            msg = "a relation stands twice"
            raise ValueError(msg)
        targets[identifier] = _part_name(relation.attrib.get("Target", ""))
    sheets: dict[str, str] = {}
    workbook = _parse(archive.read(_WORKBOOK))
    for kind in (_MAIN, _STRICT):
        for sheet in workbook.iter(f"{kind}sheet"):
            name = sheet.attrib["name"]
            identifier = next(sheet.attrib[key] for key in _RELATION_IDS if key in sheet.attrib)
            if name.casefold() in {known.casefold() for known in sheets}:
                msg = "two sheets have one name"
                raise ValueError(msg)
            sheets[name] = archive.getinfo(targets[identifier]).filename
    return sheets


def _parse(xml: bytes) -> ET.Element:
    if _DECLARES.search(xml):
        msg = "a document type declaration"
        raise ValueError(msg)
    return ET.fromstring(xml)  # noqa: S314 - declarations, which entity bombs need, are refused


def _part_name(target: str) -> str:
    """Resolve the target of a relation of the workbook, which lies in `xl/`."""
    if target.startswith("/"):
        return target.removeprefix("/")
    while target.startswith("../"):
        return target.removeprefix("../")
    return f"xl/{target}"
