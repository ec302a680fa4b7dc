"""The empty workbook: what an accountant finds in it, and that the reader finds its way back."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import openpyxl
import pytest

from skola_finance.claims import vocabulary as v
from skola_finance.claims.claim import ClaimHeader
from skola_finance.claims.columns import COLUMN, Sheet
from skola_finance.exchange.workbook.codes import CodeReader
from skola_finance.exchange.workbook.faults import UnwritableWorkbook
from skola_finance.exchange.workbook.keys import REQUIRED
from skola_finance.exchange.workbook.layout import SHEETS, Layout, offered_codes, offered_columns
from skola_finance.exchange.workbook.read import read_claim
from skola_finance.exchange.workbook.template import write_template
from skola_finance.problems import Language

if TYPE_CHECKING:
    from pathlib import Path

PROGRAMMES = tuple(v.PROGRAMMES)


@pytest.mark.parametrize("programme", PROGRAMMES)
@pytest.mark.parametrize("layout", Layout)
@pytest.mark.parametrize("language", Language)
def test_a_template_is_read_as_an_empty_claim(
    tmp_path: Path, programme: str, layout: Layout, language: Language
) -> None:
    """Proves that nothing in the template itself is taken for a line or a fault."""
    path = tmp_path / "t.xlsx"
    write_template(path, programme=programme, language=language, layout=layout)
    claim = read_claim(path, programme=programme)
    assert claim.lines.is_empty()
    assert [problem.code for problem in claim.reading] == ["WBK-435"]


@pytest.mark.parametrize("layout", Layout)
def test_every_sheet_has_hidden_keys_headings_that_stay_and_totals(
    tmp_path: Path, layout: Layout
) -> None:
    """Proves the promises of the template on each sheet of rows."""
    path = tmp_path / "t.xlsx"
    write_template(path, programme=v.SKOLA_KOPIENA, layout=layout)
    workbook = openpyxl.load_workbook(path)
    stored = openpyxl.load_workbook(path, data_only=True)
    assert workbook["Lists"].sheet_state == "hidden"
    assert not any(sheet.protection.sheet for sheet in workbook.worksheets)
    for sheet in SHEETS[layout]:
        rows = workbook[sheet]
        keys = [cell.value for cell in rows[1]]
        assert tuple(keys) == offered_columns(sheet, v.SKOLA_KOPIENA)
        assert rows.row_dimensions[1].hidden
        assert str(rows.freeze_panes).endswith("3")
        assert rows.page_setup.orientation == "landscape"
        assert rows.print_title_rows == "$2:$2"
        if sheet is not Sheet.PLANS:
            at = keys.index("amount") + 1
            assert "SUM(" in str(rows.cell(2, at).value)
            assert stored[sheet].cell(2, at).value == "Pieteiktā summa, EUR *\nKopā: 0,00"
            assert rows.cell(3, at).fill.fgColor.rgb == "FFFFF8D6"
            assert rows.cell(3, at).number_format == "#,##0.00"
        for key in ("institution_reg_no", "supplier_reg_no", "line_id"):
            if key in keys:
                assert rows.cell(3, keys.index(key) + 1).number_format == "@"


def test_the_claim_sheet_keeps_keys_in_a_and_values_in_b(tmp_path: Path) -> None:
    """Proves the contract: two columns, key and value; what is known is filled in."""
    path = tmp_path / "t.xlsx"
    header = ClaimHeader(
        programme=v.PUMPURS,
        agreement_no="1-2/3",
        agreement_on=date(2017, 5, 2),
        partner_kind="municipality",
        claim_no="7",
        declared_total_cents=123_456,
    )
    write_template(path, programme=v.PUMPURS, language=Language.LV, header=header)
    sheet = openpyxl.load_workbook(path)["Claim"]
    values = {sheet.cell(row, 1).value: sheet.cell(row, 2).value for row in range(3, 14)}
    assert values["programme"] == "pumpurs"
    assert values["partner_kind"] == "pašvaldība"
    assert sheet.cell(4, 1).number_format == ';;;"Sadarbības līguma numurs *"'
    assert read_claim(path).header == header


def test_the_same_call_makes_the_same_bytes(tmp_path: Path) -> None:
    """Proves that the clock and the order of dictionaries leave no trace."""
    first, second = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    write_template(first, programme=v.PUMPURS)
    write_template(second, programme=v.PUMPURS)
    assert first.read_bytes() == second.read_bytes()


@pytest.mark.parametrize("programme", PROGRAMMES)
def test_every_drop_down_holds_values_that_are_read(tmp_path: Path, programme: str) -> None:
    """Proves that each name in `Lists` is read as the code beside it."""
    path = tmp_path / "t.xlsx"
    write_template(path, programme=programme, language=Language.EN)
    workbook = openpyxl.load_workbook(path)
    lists = workbook["Lists"]
    seen = 0
    for column in range(1, lists.max_column + 1, 2):
        codes = COLUMN[str(lists.cell(1, column).value)].codes
        row = 3
        while codes and lists.cell(row, column).value:
            name = str(lists.cell(row, column + 1).value)
            assert CodeReader(codes)(name) == lists.cell(row, column).value
            row, seen = row + 1, seen + 1
    assert seen > 30
    used = {
        validation.formula1
        for sheet in workbook.worksheets
        for validation in sheet.data_validations.dataValidation
        if validation.type == "list"
    }
    assert used <= set(workbook.defined_names)
    assert used


def test_columns_and_codes_are_those_of_the_programme() -> None:
    """Proves that each programme is offered its own, and every required column."""
    school = set(offered_columns(Sheet.LINES, v.SKOLA_KOPIENA))
    pumpurs = set(offered_columns(Sheet.LINES, v.PUMPURS))
    assert "mentor_certified_on" in school - pumpurs
    assert "ticket_kind" in pumpurs - school
    assert "central_event" not in offered_codes("activity", Sheet.LINES, v.SKOLA_KOPIENA)
    assert "indirect" in offered_codes("activity", Sheet.LINES, v.PUMPURS)
    assert offered_codes("study_form", Sheet.LINES, v.PUMPURS) == ()
    for programme in PROGRAMMES:
        for sheet, keys in REQUIRED.items():
            assert set(keys) <= set(offered_columns(sheet, programme))
        for sheet in Sheet:
            assert set(offered_codes("activity", sheet, programme)) <= set(v.ACTIVITY)


def test_every_code_is_read_by_its_names_in_both_languages() -> None:
    """Proves that no two codes of one list share a name."""
    for column in COLUMN.values():
        for code, text in (column.codes or {}).items():
            assert column.codes is not None
            reader = CodeReader(column.codes)
            assert {reader(code), reader(text.lv), reader(text.en.upper())} == {code}


def test_a_file_that_cannot_be_written_is_one_problem(tmp_path: Path) -> None:
    """Proves WBK-419, and that what stood there stays."""
    with pytest.raises(UnwritableWorkbook) as caught:
        write_template(tmp_path / "none" / "t.xlsx", programme=v.PUMPURS)
    assert caught.value.problem.code == "WBK-419"
    folder = tmp_path / "t.xlsx"
    folder.mkdir()
    with pytest.raises(UnwritableWorkbook):
        write_template(folder, programme=v.PUMPURS)
    assert [file.name for file in tmp_path.iterdir()] == ["t.xlsx"]
