"""A block copied from a spreadsheet: its headings, the order of its columns, and nothing lost."""

from __future__ import annotations

import pytest

from skola_finance.claims.columns import COLUMN, Sheet
from skola_finance.exchange.workbook.layout import offered_columns
from skola_finance.problems import SkolaError
from skola_finance.usecases.filing.pasted import read_pasted
from tests.usecases.world import SK

SHOWN = ["activity", "cost_form", "activity_on", "learner_ref", "amount"]
SESSION = {
    "activity": "lasītprasmes atbalsts",
    "activity_on": "03.11.2025",
    "starts_at": "14:30",
    "institution_reg_no": "99990200024",
    "learner_ref": "REZ-P101",
    "amount": "13,20",
}


def of_sheet(sheet: Sheet, **cells: str) -> list[str]:
    """Give the cells of a row of a sheet, from its first column to the last that is filled."""
    row = [cells.get(key, "") for key in offered_columns(sheet, SK)]
    return row[: max(place for place, cell in enumerate(row) if cell) + 1]


@pytest.mark.parametrize("language", ["lv", "en", "key"])
def test_headings_name_the_columns_whatever_their_order(language: str) -> None:
    """Proves it for both languages and for keys, for columns that the grid does not show too."""
    keys = ["amount", "starts_at", "learner_ref"]
    headings = [k if language == "key" else getattr(COLUMN[k].label, language) for k in keys]
    block = [[*headings, "Piezīmes par laiku"], ["13,20", "14:30", "REZ-P101", "saulains"]]
    found = read_pasted(block, first="learner_ref", shown=SHOWN, programme=SK)
    assert found.rows == ({"amount": "13,20", "starts_at": "14:30", "learner_ref": "REZ-P101"},)
    assert (found.has_headings, found.left_out) == (True, 1)


def test_without_headings_cells_follow_the_grid_from_the_chosen_one() -> None:
    """Proves the order of the grid, and that no cell beside the block is touched."""
    block = [["03.11.2025", "REZ-P101", "13,20"], ["04.11.2025"], ["", ""]]
    found = read_pasted(block, first="activity_on", shown=SHOWN, programme=SK)
    assert [list(row) for row in found.rows] == [
        ["activity_on", "learner_ref", "amount"],
        ["activity_on", "learner_ref", "amount"],
    ]
    assert found.rows[0]["amount"] == "13,20"
    assert not found.has_headings


def test_a_row_of_the_workbook_is_known_by_what_can_be_read() -> None:
    """Proves that a row of the sheet of sessions lands where it belongs, whatever is shown."""
    block = [of_sheet(Sheet.SESSIONS, **SESSION)]
    start = offered_columns(Sheet.SESSIONS, SK).index("activity")
    found = read_pasted([block[0][start:]], first="activity", shown=SHOWN, programme=SK)
    assert {key: cell for key, cell in found.rows[0].items() if cell} == SESSION


def test_what_fits_nowhere_is_refused_and_not_cut_off() -> None:
    """Proves that no cell is dropped in silence."""
    wide = [["x"] * 60]
    with pytest.raises(SkolaError, match="WBK-440"):
        read_pasted(wide, first="amount", shown=SHOWN, programme=SK)
    blocks: list[list[list[str]]] = [[], [[]], [["", " "]]]
    for empty in blocks:
        with pytest.raises(SkolaError, match="WBK-441"):
            read_pasted(empty, first="amount", shown=SHOWN, programme=SK)


def test_an_id_and_a_ground_for_support_are_never_pasted() -> None:
    """Proves that both stay the registers', and that one heading alone is a cell like others."""
    block = [["line_id", "risk_ground", "amount", "quantity"], ["SK-1", "poverty", "13,20", "1"]]
    found = read_pasted(block, first="amount", shown=SHOWN, programme=SK)
    assert found.rows == ({"amount": "13,20", "quantity": "1"},)
    alone = read_pasted([["Piezīme"]], first="learner_ref", shown=SHOWN, programme=SK)
    assert alone.rows == ({"learner_ref": "Piezīme"},)


def test_a_block_stays_in_sight_where_it_can() -> None:
    """Activity, day and learner are those of the grid, not the document of another sheet."""
    block = [["lasītprasmes atbalsts", "16.04.2026", "LIE-P020"]]
    found = read_pasted(block, first="activity", shown=SHOWN, programme=SK)
    assert list(found.rows[0]) == ["activity", "activity_on", "learner_ref"]
    assert [one.lv for one in found.columns] == [COLUMN[key].label.lv for key in found.rows[0]]
