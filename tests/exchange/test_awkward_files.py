"""Files that once ended in a traceback, or gave away what they should not."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from skola_finance import Language, SkolaError
from skola_finance.claims.assess import assess_claim
from skola_finance.exchange.workbook.annotate import annotate
from skola_finance.exchange.workbook.read import read_claim
from skola_finance.exchange.workbook.save import write_atomically
from skola_finance.rulebook import load_rulebook
from tests.exchange.build import GOOD_LINE, said, write_rows

CODE = "010190-12343"
DAY = date(2026, 1, 15)


@pytest.mark.parametrize("place", [".", "/", ""])
def test_a_path_that_is_no_file_is_refused_and_left_alone(place: str) -> None:
    """Proves that neither a folder nor a device is ever replaced."""
    with pytest.raises(SkolaError, match="WBK-419"):
        write_atomically(b"x", Path(place))


def test_a_device_is_not_replaced(tmp_path: Path) -> None:
    """Proves that only a regular file may be written over."""
    folder = tmp_path / "folder.xlsx"
    folder.mkdir()
    with pytest.raises(SkolaError, match="WBK-419"):
        write_atomically(b"x", folder)
    assert folder.is_dir()


def test_personal_data_in_a_plan_is_said_and_not_handed_on(tmp_path: Path) -> None:
    """Proves the finding on the very cell, and that the copy holds a mark in its place."""
    plans = [{"plan_no": "P-1", "learner_ref": CODE, "activity": "reading_support"}]
    source = write_rows(tmp_path / "b.xlsx", [GOOD_LINE], plans=plans)
    claim = read_claim(source)
    (found,) = [one for one in claim.reading if one.code == "CLM-211"]
    assert (found.where.sheet, found.where.row, found.where.column) == ("Plans", 3, "learner_ref")
    assert "010190" not in said(claim.reading)
    verdict = assess_claim(claim, rulebook=load_rulebook("skola-kopiena"), on=DAY)
    annotate(source, verdict, tmp_path / "c.xlsx", claim=claim, language=Language.LV)
    cells = [
        str(cell.value)
        for sheet in openpyxl.load_workbook(tmp_path / "c.xlsx")
        for row in sheet.iter_rows()
        for cell in row
    ]
    assert not any(CODE in text for text in cells)
    assert [one.code for one in read_claim(tmp_path / "c.xlsx").reading].count("CLM-211") == 1


def test_cells_merged_beside_the_key_row_do_not_stop_the_annotation(tmp_path: Path) -> None:
    """Proves that an accountant may merge cells where the annotation adds its columns."""
    source = write_rows(tmp_path / "b.xlsx", [GOOD_LINE])
    workbook = openpyxl.load_workbook(source)
    workbook["Lines"].merge_cells("E1:P1")
    workbook.save(source)
    claim = read_claim(source)
    verdict = assess_claim(claim, rulebook=load_rulebook("skola-kopiena"), on=DAY)
    annotate(source, verdict, tmp_path / "c.xlsx", claim=claim, language=Language.EN)
    assert read_claim(tmp_path / "c.xlsx").lines.height == 1
