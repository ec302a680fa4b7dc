"""The types of file that may be handed in, known by their content and not by their name alone."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from skola_finance.usecases.wording import CommandRefused, refuse

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

ASICE = "application/vnd.etsi.asic-e+zip"
OFFICE = "application/vnd.openxmlformats-officedocument"
MACRO = "vbaproject.bin"
_BOM = b"\xef\xbb\xbf"


def media_type_of(name: str, content: bytes) -> str:
    """Give the media type of a file, from its extension, where the content is of that type.

    Raises: CommandRefused CLM-223 for an extension that is not taken, content of another type, an
        office document with macros, or an XML with a document type (it can pull in other files).
    """
    extension = PurePosixPath(name).suffix.lower().removeprefix(".")
    known = _TYPES.get(extension)
    if known is None:
        raise _refused(
            name,
            lv="šādas datnes nepieņem",
            en="such files are not taken",
        )
    media_type, is_such = known
    if not is_such(content):
        raise _refused(
            name,
            lv=f"tā saturs nav „{extension}” dokuments vai tajā ir makro",
            en=f"its content is no “{extension}” document, or holds macros",
        )
    return media_type


def _is_pdf(content: bytes) -> bool:
    return content.startswith(b"%PDF-")


def _is_png(content: bytes) -> bool:
    return content.startswith(b"\x89PNG\r\n\x1a\n")


def _is_jpg(content: bytes) -> bool:
    return content.startswith(b"\xff\xd8\xff")


def _is_xml(content: bytes) -> bool:
    text = content.removeprefix(_BOM)
    if not text.startswith(b"<?xml") or b"<!DOCTYPE" in text.upper():
        return False
    try:
        return "\x00" not in text.decode()
    except UnicodeDecodeError:
        return False


def _is_xlsx(content: bytes) -> bool:
    return "xl/workbook.xml" in _office_names(content)


def _is_docx(content: bytes) -> bool:
    return "word/document.xml" in _office_names(content)


def _is_asice(content: bytes) -> bool:
    """Say whether it is a signed container: a signature in `META-INF`, beside what it signs."""
    names = _names(content)
    return any(
        name.startswith("META-INF/") and "signature" in name.lower() and name.endswith(".xml")
        for name in names
    )


def _office_names(content: bytes) -> frozenset[str]:
    """Give the parts of an office document; none where it holds macros."""
    names = _names(content)
    has_macro = any(PurePosixPath(name).name.lower() == MACRO for name in names)
    return frozenset() if has_macro or "[Content_Types].xml" not in names else names


def _names(content: bytes) -> frozenset[str]:
    """List a ZIP without unpacking anything; nothing where it is none."""
    if not content.startswith(b"PK\x03\x04"):
        return frozenset()
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            return frozenset(archive.namelist())
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError):
        return frozenset()


_TYPES: Mapping[str, tuple[str, Callable[[bytes], bool]]] = {
    "pdf": ("application/pdf", _is_pdf),
    "png": ("image/png", _is_png),
    "jpg": ("image/jpeg", _is_jpg),
    "jpeg": ("image/jpeg", _is_jpg),
    "xlsx": (f"{OFFICE}.spreadsheetml.sheet", _is_xlsx),
    "docx": (f"{OFFICE}.wordprocessingml.document", _is_docx),
    "edoc": (ASICE, _is_asice),
    "asice": (ASICE, _is_asice),
    "xml": ("application/xml", _is_xml),
}
ALLOWED = tuple(_TYPES)
"""The extensions that are taken."""


def _refused(name: str, *, lv: str, en: str) -> CommandRefused:
    return refuse(
        "CLM-223",
        lv=f"Datni „{name[-80:]}” nevar iesniegt: {lv}.",
        en=f"The file “{name[-80:]}” cannot be handed in: {en}.",
        hint_lv=f"Pieņem šādas datnes: {', '.join(ALLOWED)}. Saglabājiet dokumentu kā PDF.",
        hint_en=f"These are taken: {', '.join(ALLOWED)}. Save the document as a PDF.",
        subject=PurePosixPath(name).suffix.lower(),
    )
