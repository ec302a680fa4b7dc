"""Every way a file can be unusable ends in one problem of its own, in both languages."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from typing import TYPE_CHECKING

import openpyxl
import pytest

from skola_finance.exchange.workbook import limits, package
from skola_finance.exchange.workbook.faults import FAULTS, UnusableWorkbook
from skola_finance.exchange.workbook.read import read_claim
from skola_finance.exchange.workbook.scan import column_letters, column_number
from skola_finance.problems import Language
from tests.exchange.build import (
    CLAIM_ROWS,
    GOOD_LINE,
    add_cell,
    change_part,
    said,
    write_line,
    write_rows,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from skola_finance.problems import Problem

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
CODE = "010190-12345"


def refused(path: Path, *, programme: str | None = None) -> Problem:
    """Read a file that must be refused; give the one problem."""
    with pytest.raises(UnusableWorkbook) as caught:
        read_claim(path, programme=programme)
    problem = caught.value.problem
    for language in Language:
        assert problem.message.in_(language)
        assert problem.hint.in_(language)
    assert "\n" not in problem.one_line(Language.LV)
    assert "{" not in said([problem])
    return problem


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "WBK-402"),
        (b"name;amount\n", "WBK-403"),
        (b"PK\x05\x06" + bytes(18), "WBK-403"),
        (OLE + bytes(512) + "EncryptedPackage".encode("utf-16-le"), "WBK-404"),
        (OLE + bytes(512), "WBK-405"),
        (b"PK\x03\x04 broken", "WBK-408"),
    ],
)
def test_a_file_that_is_no_workbook_is_named_for_what_it_is(
    tmp_path: Path, content: bytes, code: str
) -> None:
    """Proves the codes of empty, foreign, encrypted, old and damaged files."""
    path = tmp_path / "file.xlsx"
    path.write_bytes(content)
    problem = refused(path)
    assert (problem.code, problem.where.file) == (code, "file.xlsx")


def test_a_missing_file_and_a_folder_cannot_be_opened(tmp_path: Path) -> None:
    """Proves that the operating system's refusal becomes WBK-401."""
    assert refused(tmp_path / "none.xlsx").code == "WBK-401"
    assert refused(tmp_path).code == "WBK-401"


def test_a_zip_that_is_no_workbook_is_refused(tmp_path: Path) -> None:
    """Proves that any other archive is no workbook."""
    path = tmp_path / "other.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", "<x/>")
    assert refused(path).code == "WBK-403"


def test_a_zip_bomb_is_stopped_while_unpacking_and_told_both_limits(tmp_path: Path) -> None:
    """Proves that a small file that unpacks to much is refused, naming size and rows."""
    path = write_line(tmp_path / "bomb.xlsx")
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/zeros.bin", bytes(32 * limits.MEBIBYTE))
    problem = refused(path)
    assert problem.code == "WBK-406"
    for text in (problem.message.lv, problem.message.en):
        assert "512 MB" in text
        assert "150" in text


def test_the_size_is_counted_never_taken_from_the_header(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Proves that a part that lies about its size is found out by counting."""
    monkeypatch.setattr(limits, "MAX_UNPACKED_BYTES", 100_000)
    noise = zlib.compress(bytes(200_000))
    path = write_line(tmp_path / "liar.xlsx")
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/zeros.bin", bytes(200_000))
    content = path.read_bytes().replace(struct.pack("<I", 200_000), struct.pack("<I", 10))
    path.write_bytes(content)
    assert noise
    assert refused(path).code == "WBK-406"
    monkeypatch.undo()
    assert refused(path).code == "WBK-408"


def test_a_file_above_the_stored_limit_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Proves the limit on the file itself and on the number of its parts."""
    path = write_line(tmp_path / "large.xlsx")
    monkeypatch.setattr(limits, "MAX_PARTS", 3)
    assert refused(path).code == "WBK-406"
    monkeypatch.setattr(limits, "MAX_FILE_BYTES", 100)
    assert refused(path).code == "WBK-406"


@pytest.mark.parametrize(
    "xml",
    [
        '<row r="1048576"><c r="ZZ1048576"><v>1</v></c></row>',
        '<row r="150001"><c r="A150001"><v>1</v></c></row>',
        '<row r="9"><c r="DY9"><v>1</v></c></row>',
        "<row r='1048576'><c r='ZZ1048576'><v>1</v></c></row>",
        '<x:row r="1048576"><x:c r="ZZ1048576"><x:v>1</x:v></x:c></x:row>',
        '<row r="1048576"><c\n r="ZZ1048576"><v>1</v></c></row>',
        '<row r="1048576"><c><v>1</v></c></row>',
    ],
)
def test_a_cell_far_outside_the_table_is_a_problem_not_a_crash(tmp_path: Path, xml: str) -> None:
    """Proves that calamine never sees the cell, however it is written, and that it is named."""
    path = add_cell(write_line(tmp_path / "far.xlsx"), xml)
    problem = refused(path)
    assert problem.code == "WBK-407"
    assert problem.where.sheet == "Lines"
    assert problem.where.row is not None
    assert "150" in problem.message.lv
    assert "512 MB" in problem.message.en


@pytest.mark.parametrize(
    "xml",
    [
        '<row r="1048576" ht="12.8"/>',
        '<row r="1048576"><c r="ZZ1048576" s="0"/></row>',
        '<row r="1048576"><c r="ZZ1048576" s="0"></c></row>',
    ],
)
def test_an_empty_cell_may_stand_anywhere(tmp_path: Path, xml: str) -> None:
    """Proves that formats left at the end of a sheet, as LibreOffice leaves them, do no harm."""
    claim = read_claim(add_cell(write_line(tmp_path / "far.xlsx"), xml))
    assert claim.lines.height == 2
    assert claim.reading == ()


def test_the_column_limit_of_the_scan_is_the_one_that_is_stated() -> None:
    """Proves that the pattern for far columns begins right after the limit."""
    assert column_letters(limits.MAX_COLUMNS) == "DX"
    assert column_number("DX") == limits.MAX_COLUMNS
    assert all(column_number(column_letters(number)) == number for number in range(1, 800))


def test_sheets_that_are_missing_are_named(tmp_path: Path) -> None:
    """Proves WBK-409 without `Claim` and WBK-410 without lines; plans alone are no lines."""
    path = tmp_path / "book.xlsx"
    problem = refused(write_rows(path, [GOOD_LINE], claim=None))
    assert problem.code == "WBK-409"
    assert "Claim" in problem.message.lv
    assert refused(write_rows(path, [GOOD_LINE], sheet="Mani dati")).code == "WBK-410"
    assert refused(write_rows(path, [{"plan_no": "1"}], sheet="Plans")).code == "WBK-410"


def test_a_damaged_key_row_is_told(tmp_path: Path) -> None:
    """Proves WBK-411 where headings stand in place of the keys, or nothing."""
    path = tmp_path / "book.xlsx"
    problem = refused(write_rows(path, [GOOD_LINE], keys=["Darbība", "Summa"]))
    assert problem.code == "WBK-411"
    assert (problem.where.sheet, problem.where.row) == ("Lines", 1)


@pytest.mark.parametrize("key", ["activity", "amount", "cost_form"])
def test_a_required_column_that_is_missing_is_named(tmp_path: Path, key: str) -> None:
    """Proves WBK-412, with the key and the Latvian heading."""
    line = {name: value for name, value in GOOD_LINE.items() if name != key}
    problem = refused(write_rows(tmp_path / "book.xlsx", [line]))
    assert (problem.code, problem.where.column) == ("WBK-412", key)
    assert key in problem.message.en
    assert "„" in problem.message.lv


def test_a_doubled_column_is_named_with_both_places(tmp_path: Path) -> None:
    """Proves WBK-413: nobody can tell which of two columns counts."""
    keys = ["activity", "cost_form", "amount", "Amount "]
    problem = refused(write_rows(tmp_path / "book.xlsx", [GOOD_LINE], keys=keys))
    assert (problem.code, problem.where.column) == ("WBK-413", "amount")
    assert "C" in problem.message.lv
    assert "D" in problem.message.lv


@pytest.mark.parametrize(
    ("rows", "asked", "code"),
    [
        ([("key", "value")], None, "WBK-414"),
        ([("programme", None)], None, "WBK-414"),
        ([("programme", "skola-majas")], None, "WBK-415"),
        ([("programme", CODE)], None, "WBK-415"),
        ([("programme", "pumpurs")], "skola-kopiena", "WBK-416"),
        ([("programme", "pumpurs"), ("programme", "pumpurs")], None, "WBK-417"),
    ],
)
def test_the_programme_must_be_named_once_and_be_the_one_asked_for(
    tmp_path: Path, rows: list[tuple[str, str]], asked: str | None, code: str
) -> None:
    """Proves the codes of the programme, and that no personal code is repeated in them."""
    path = write_rows(tmp_path / "book.xlsx", [GOOD_LINE], claim=rows)
    problem = refused(path, programme=asked)
    assert problem.code == code
    assert CODE not in said([problem])


def test_personal_data_in_a_file_name_is_refused_without_repeating_it(tmp_path: Path) -> None:
    """Proves CLM-211 for the file name, whether or not the file can be read."""
    for name in (f"parskats {CODE}.xlsx", f"parskats_{CODE}.xlsx", "01019012345.xlsx"):
        problem = refused(write_line(tmp_path / name))
        assert problem.code == "CLM-211"
        assert not any(digit in said([problem]) for digit in ("010190", "12345"))


def test_personal_data_in_a_sheet_name_is_refused_without_repeating_it(tmp_path: Path) -> None:
    """Proves CLM-211 for any sheet, also one that is not read."""
    path = write_line(tmp_path / "book.xlsx")
    workbook = openpyxl.load_workbook(path)
    workbook.create_sheet(f"skolēns {CODE}")
    workbook.save(path)
    problem = refused(path)
    assert (problem.code, problem.where.file) == ("CLM-211", "book.xlsx")
    assert not any(digit in said([problem]) for digit in ("010190", "12345"))


def _without(part: str) -> Callable[[Path], Path]:
    def change(path: Path) -> Path:
        with zipfile.ZipFile(path) as archive:
            parts = {name: archive.read(name) for name in archive.namelist() if name != part}
        with zipfile.ZipFile(path, "w") as archive:
            for name, content in parts.items():
                archive.writestr(name, content)
        return path

    return change


def _changed(part: str, old: bytes, new: bytes) -> Callable[[Path], Path]:
    return lambda path: change_part(path, part, lambda xml: xml.replace(old, new))


@pytest.mark.parametrize(
    "damage",
    [
        _without("xl/worksheets/sheet2.xml"),
        _without("xl/_rels/workbook.xml.rels"),
        _changed("xl/workbook.xml", b"<sheets>", b"<sheets"),
        _changed("xl/workbook.xml", b"<workbook", b"<!DOCTYPE x><workbook"),
        _changed("xl/workbook.xml", b'name="Lines"', b'name="CLAIM"'),
        _changed("xl/_rels/workbook.xml.rels", b'Id="rId2"', b'Id="rId1"'),
        _changed("xl/worksheets/sheet2.xml", b"</sheetData>", b""),
        lambda path: change_part(
            path, "xl/worksheets/sheet2.xml", lambda xml: xml.decode().encode("utf-16")
        ),
        lambda path: change_part(path, "xl/worksheets/sheet2.xml", lambda _: b"\x00\x01\x02"),
    ],
    ids=[
        "no sheet",
        "no relations",
        "broken list of sheets",
        "a declaration",
        "two sheets of one name",
        "two relations of one id",
        "a sheet that does not end",
        "another encoding",
        "no XML",
    ],
)
def test_a_damaged_workbook_ends_in_one_problem(
    tmp_path: Path, damage: Callable[[Path], Path]
) -> None:
    """Proves that no damage inside the archive ends in a traceback."""
    assert refused(damage(write_line(tmp_path / "book.xlsx"))).code == "WBK-408"


def test_a_part_stored_twice_or_packed_otherwise_is_damage(tmp_path: Path) -> None:
    """Proves that two readers of the archive can never see different parts."""
    path = write_line(tmp_path / "twice.xlsx")
    with zipfile.ZipFile(path, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("xl/workbook.xml", "<x/>")
    assert refused(path).code == "WBK-408"
    path = write_line(tmp_path / "packed.xlsx")
    with zipfile.ZipFile(path, "a", zipfile.ZIP_BZIP2) as archive:
        archive.writestr("xl/media/picture.bin", b"x" * 100)
    assert refused(path).code == "WBK-408"


def test_a_file_cut_short_is_damage_or_no_workbook(tmp_path: Path) -> None:
    """Proves that a workbook cut anywhere is refused with one problem."""
    content = write_line(tmp_path / "book.xlsx").read_bytes()
    path = tmp_path / "cut.xlsx"
    for length in range(4, len(content), max(1, len(content) // 25)):
        path.write_bytes(content[:length])
        assert refused(path).code in {"WBK-403", "WBK-408"}


def test_every_fault_has_both_languages_and_a_way_out() -> None:
    """Proves that no text of the table is missing or left in the other language."""
    assert len(FAULTS) > 30
    for code, kind in FAULTS.items():
        for text in (kind.message, kind.hint):
            assert text.lv != text.en, code


def test_stored_parts_are_counted_too(tmp_path: Path) -> None:
    """Proves that parts kept without packing are read like any other."""
    path = write_rows(tmp_path / "book.xlsx", [GOOD_LINE], claim=CLAIM_ROWS)
    packed = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(packed, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
    path.write_bytes(packed.getvalue())
    assert package.open_package(path).sheets.keys() == {"Claim", "Lines"}
    assert read_claim(path).lines.height == 1
