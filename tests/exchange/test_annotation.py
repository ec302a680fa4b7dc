"""The accountant's own file given back: what is added, what stays, what is not handed on."""

from __future__ import annotations

import zipfile
from datetime import date
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill

from skola_finance.exchange.workbook import annotate as annotation
from skola_finance.exchange.workbook.annotate import annotate
from skola_finance.exchange.workbook.faults import UnwritableWorkbook
from skola_finance.exchange.workbook.marks import STYLES_SHEET
from skola_finance.exchange.workbook.read import read_claim
from skola_finance.exchange.workbook.styles import SEVERITY_FILL
from skola_finance.exchange.workbook.summary import SUMMARY_SHEET
from skola_finance.problems import Language, Problem, Severity, Text, Where
from tests.exchange.build import (
    CITATION,
    CLAIM_ROWS,
    GOOD_LINE,
    assess_by_hand,
    change_part,
    write_rows,
)

if TYPE_CHECKING:
    from pathlib import Path

    from openpyxl import Workbook

CODE = "010190-12345"
OWN_FILL = "FF00FF00"


def problem(
    column: str | None,
    *,
    row: int | None = 3,
    severity: Severity = Severity.ERROR,
    sheet: str = "Lines",
    code: str = "ELG-120",
) -> Problem:
    """Make a problem at a cell."""
    return Problem(
        code=code,
        severity=severity,
        message=Text(lv=f"Konstatēts {code}.", en=f"Found {code}."),
        hint=Text(lv="Labojiet.", en="Mend it."),
        where=Where(sheet=sheet, row=row, column=column),
        citation=CITATION,
    )


def own_file(path: Path, lines: list[dict[str, Any]] | None = None) -> Path:
    """Write a workbook as an accountant has it: own column, sheet, colours, comment, formula."""
    lines = lines or [{**GOOD_LINE, "mana": "x"}, {**GOOD_LINE, "mana": "y"}]
    write_rows(path, lines, claim=[*CLAIM_ROWS, ("declared_total", 360)])
    workbook = openpyxl.load_workbook(path)
    sheet = workbook["Lines"]
    sheet["A3"].fill = PatternFill("solid", fgColor=OWN_FILL)
    sheet["A3"].font = Font(bold=True)
    sheet["A3"].comment = Comment("Mana piezīme", "Grāmatvede")
    extra = workbook.create_sheet("Aprēķins")
    extra["A1"] = "=SUM(Lines!D3:D4)"
    workbook.save(path)
    return change_part(
        path,
        "xl/worksheets/sheet3.xml",
        lambda xml: xml.replace(b"</f><v />", b"</f><v>360</v>").replace(
            b"</f><v></v>", b"</f><v>360</v>"
        ),
    )


def annotated(
    source: Path,
    problems: list[Problem],
    **options: Any,  # noqa: ANN401 - passed through
) -> Workbook:
    """Annotate a file with some problems and open the result."""
    claim = read_claim(source)
    out = source.with_name("out.xlsx")
    illustrative = options.pop("illustrative", False)
    verdict = assess_by_hand(claim, problems, illustrative=illustrative)
    annotate(source, verdict, out, claim=claim, **options)
    return openpyxl.load_workbook(out)


def column_of(workbook: Workbook, key: str, sheet: str = "Lines") -> int:
    """Find a column by its key."""
    return [cell.value for cell in workbook[sheet][1]].index(key) + 1


def test_amounts_words_and_colours_stand_where_they_belong(tmp_path: Path) -> None:
    """Proves the added columns, the fill and comment of the very cell, and the words beside."""
    found = [problem("amount"), problem("activity_on", severity=Severity.WARNING, code="CLM-202")]
    workbook = annotated(own_file(tmp_path / "b.xlsx"), found)
    sheet = workbook["Lines"]
    row = {str(cell.value): sheet.cell(3, cell.column or 1).value for cell in sheet[1]}
    assert (row["skola_eligible"], row["skola_ineligible"], row["skola_unfunded"]) == (0, 180, 0)
    assert row["skola_status"] == "Kļūda"
    assert row["skola_problems"] == (
        "Kļūda ELG-120: Konstatēts ELG-120. Darāms: Labojiet.\n"
        "Brīdinājums CLM-202: Konstatēts CLM-202. Darāms: Labojiet."
    )
    amount = sheet.cell(3, column_of(workbook, "amount"))
    assert amount.fill.fgColor.rgb == SEVERITY_FILL[Severity.ERROR].fgColor.rgb
    assert "MK 483, 27" in str(amount.comment and amount.comment.text)
    day = sheet.cell(3, column_of(workbook, "activity_on"))
    assert day.fill.fgColor.rgb == SEVERITY_FILL[Severity.WARNING].fgColor.rgb
    assert sheet.cell(4, column_of(workbook, "skola_status")).value == "Kārtībā"
    assert sheet.cell(4, column_of(workbook, "skola_eligible")).value == 180
    assert sheet.cell(4, column_of(workbook, "amount")).fill.patternType is None


def test_what_the_accountant_made_stays(tmp_path: Path) -> None:
    """Proves that own columns, sheets, styles, comments and formulas with results are kept."""
    source = own_file(tmp_path / "b.xlsx")
    workbook = annotated(source, [problem("amount")])
    sheet = workbook["Lines"]
    assert sheet["A3"].fill.fgColor.rgb == OWN_FILL
    assert sheet["A3"].comment.text == "Mana piezīme"
    assert sheet.cell(3, column_of(workbook, "mana")).value == "x"
    assert workbook["Aprēķins"]["A1"].value == "=SUM(Lines!D3:D4)"
    stored = openpyxl.load_workbook(tmp_path / "out.xlsx", data_only=True)
    assert stored["Aprēķins"]["A1"].value == 360


def test_a_formula_of_a_line_keeps_its_result(tmp_path: Path) -> None:
    """Proves that the copy can be read again before any program has calculated it."""
    source = write_rows(tmp_path / "b.xlsx", [{**GOOD_LINE, "amount": "=90*2", "note": "=1&2"}])
    change_part(
        source,
        "xl/worksheets/sheet2.xml",
        lambda xml: (
            xml.replace(b"<f>90*2</f><v />", b"<f>90*2</f><v>180</v>")
            .replace(b"<f>90*2</f><v></v>", b"<f>90*2</f><v>180</v>")
            .replace(b"<f>1&amp;2</f><v />", b"<f>1&amp;2</f><v>12</v>")
            .replace(b"<f>1&amp;2</f><v></v>", b"<f>1&amp;2</f><v>12</v>")
        ),
    )
    before = read_claim(source)
    assert before.lines["amount_cents"].to_list() == [18_000]
    annotate(source, assess_by_hand(before), tmp_path / "out.xlsx", claim=before)
    after = read_claim(tmp_path / "out.xlsx")
    assert after.reading == ()
    assert after.lines.equals(before.lines)


def test_a_mended_cell_gets_back_the_colour_it_had(tmp_path: Path) -> None:
    """Proves that an annotation replaces the one before: colours, comments, columns, sheets."""
    source = own_file(tmp_path / "b.xlsx")
    first = annotated(source, [problem("activity"), problem("amount", row=4)])
    assert first["Lines"]["A3"].fill.fgColor.rgb != OWN_FILL
    assert first["Lines"]["A3"].comment.text.startswith("Mana piezīme\n")
    again = tmp_path / "again.xlsx"
    (tmp_path / "out.xlsx").rename(again)
    second = annotated(again, [], language=Language.EN)
    assert second["Lines"]["A3"].fill.fgColor.rgb == OWN_FILL
    assert second["Lines"]["A3"].font.bold
    assert second["Lines"]["A3"].comment.text == "Mana piezīme"
    amount = second["Lines"].cell(4, column_of(second, "amount"))
    assert amount.fill.patternType is None
    assert amount.comment is None
    assert second.sheetnames.count(SUMMARY_SHEET) == 1
    assert second[STYLES_SHEET].sheet_state == "hidden"
    keys = [cell.value for cell in second["Lines"][1]]
    assert len(keys) == len(set(keys))
    assert second["Lines"].cell(3, column_of(second, "skola_status")).value == "In order"
    assert second["Lines"].cell(3, column_of(second, "skola_problems")).value is None


def test_problems_of_the_claim_sheet_and_of_plans_are_marked(tmp_path: Path) -> None:
    """Proves that a finding without a row is found by its key, and plans get words only."""
    source = write_rows(
        tmp_path / "b.xlsx",
        [GOOD_LINE],
        claim=[*CLAIM_ROWS, ("declared_total", 100)],
        plans=[{"plan_no": "1", "risk_ground": "none"}],
    )
    found = [
        problem("declared_total", row=None, sheet="Claim", code="CLM-210"),
        problem("risk_ground", sheet="Plans", severity=Severity.INFO, code="CLM-209"),
        problem(None, row=3, code="ELG-131"),
    ]
    workbook = annotated(source, found)
    assert workbook["Claim"]["B7"].comment.text.startswith("Kļūda CLM-210")
    assert workbook["Claim"]["B7"].fill.patternType == "solid"
    assert [cell.value for cell in workbook["Plans"][1]] == [
        "plan_no",
        "risk_ground",
        "skola_status",
        "skola_problems",
    ]
    assert workbook["Plans"]["C3"].value == "Informācija"
    status = workbook["Lines"].cell(3, column_of(workbook, "skola_problems"))
    assert "ELG-131" in str(status.value)


def test_the_summary_says_totals_split_notices_and_rules(tmp_path: Path) -> None:
    """Proves what the first sheet holds, in both languages."""
    source = own_file(tmp_path / "b.xlsx")
    found = [problem("amount"), problem(None, row=None, code="RUL-302", severity=Severity.INFO)]
    for language, words in (
        (Language.LV, ("Attiecināmā summa", "ESF+ (priekšskatījums)", "ilustratīvi", "izlasīts")),
        (Language.EN, ("Eligible", "ESF+ (preview)", "illustrative", "sourced")),
    ):
        workbook = annotated(source, found, language=language, illustrative=True)
        sheet = workbook[SUMMARY_SHEET]
        assert workbook.sheetnames[0] == SUMMARY_SHEET
        cells = [cell.value for row in sheet.iter_rows() for cell in row if cell.value is not None]
        text = "\n".join(str(cell) for cell in cells)
        for word in (*words, "ELG-120", "RUL-302", "MK 483, 27", "abababababab"):
            assert word in text
        assert 180 in cells
        assert 39.6 in cells


def test_personal_data_is_not_handed_on_and_still_found_when_read_again(tmp_path: Path) -> None:
    """Proves that no digit is in the copy, in cells, comments or anywhere, and that lines agree."""
    lines = [
        {**GOOD_LINE, "note": f"skolēns {CODE}", "learner_ref": f"Jānis {CODE}", "mana": CODE},
        {**GOOD_LINE, "supplier_vat_no": 16117519997},
        GOOD_LINE,
    ]
    source = write_rows(
        tmp_path / "b.xlsx", lines, claim=[*CLAIM_ROWS, ("prepared_by", f"Anna {CODE}")]
    )
    before = read_claim(source)
    for language in Language:
        out = tmp_path / "out.xlsx"
        verdict = assess_by_hand(before, before.reading)
        annotate(source, verdict, out, claim=before, language=language)
        with zipfile.ZipFile(out) as archive:
            everything = b"".join(archive.read(name) for name in archive.namelist())
        for digits in (b"010190", b"12345", b"16117519997", b"Anna"):
            assert digits not in everything
        after = read_claim(out)
        assert after.lines.equals(before.lines)
        assert after.lines["personal_data_in"].null_count() == 1
        assert [p.code for p in after.reading] == [p.code for p in before.reading]


def test_risk_grounds_stay_in_ones_own_file_and_leave_any_other_copy(tmp_path: Path) -> None:
    """Proves both ways of `keep_risk_grounds`."""
    line = {**GOOD_LINE, "risk_ground": "social_exclusion"}
    source = write_rows(
        tmp_path / "b.xlsx", [line], plans=[{"plan_no": "1", "risk_ground": "none"}]
    )
    own = annotated(source, [])
    assert own["Lines"].cell(3, column_of(own, "risk_ground")).value == "social_exclusion"
    other = annotated(source, [], keep_risk_grounds=False)
    assert other["Lines"].cell(3, column_of(other, "risk_ground")).value is None
    assert other["Plans"]["B3"].value is None
    texts = [str(cell.value) for row in other[SUMMARY_SHEET].iter_rows() for cell in row]
    assert any("Atbalsta pamati" in text for text in texts)


def test_what_looks_like_a_formula_is_written_as_text(tmp_path: Path) -> None:
    """Proves that no text of ours, whatever it repeats, is ever calculated."""
    source = write_rows(tmp_path / "b.xlsx", [GOOD_LINE])
    evil = Problem(
        code="=CMD()",
        severity=Severity.ERROR,
        message=Text(lv="=1+1", en="=1+1"),
        hint=Text(lv="@x", en="@x"),
        where=Where(sheet="=2+2"),
    )
    workbook = annotated(source, [evil])
    for row in workbook[SUMMARY_SHEET].iter_rows():
        assert all(cell.data_type != "f" for cell in row)
    [cell] = [
        cell for row in workbook[SUMMARY_SHEET].iter_rows() for cell in row if cell.value == "=1+1"
    ]
    assert cell.quotePrefix


def test_a_large_file_is_written_anew_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Proves that the new file reads the same, rows, faults and personal data included."""
    monkeypatch.setattr(annotation, "ANNOTATE_IN_PLACE_ROWS", 2)
    lines = [
        {**GOOD_LINE, "amount": "daudz"},
        {},
        {**GOOD_LINE, "activity": "dejošana", "note": f"a {CODE}"},
        {**GOOD_LINE, "amount": "#DIV/0!"},
        {**GOOD_LINE, "activity_on": "31.02.2026", "note": "=x"},
    ]
    source = write_rows(tmp_path / "b.xlsx", lines, plans=[{"plan_no": "1", "planned_hours": 2.5}])
    source = change_part(
        source, "xl/worksheets/sheet2.xml", lambda xml: xml.replace(b"<f>x</f>", b"")
    )
    before = read_claim(source)
    workbook = annotated(source, list(before.reading))
    texts = [str(cell.value) for row in workbook[SUMMARY_SHEET].iter_rows() for cell in row]
    assert any("uzrakstīta no jauna" in text for text in texts)
    after = read_claim(tmp_path / "out.xlsx")
    assert after.lines.equals(before.lines)
    assert before.plans is not None
    assert after.plans is not None
    assert after.plans.equals(before.plans)
    assert {(p.code, p.where) for p in after.reading} == {(p.code, p.where) for p in before.reading}
    assert after.header == before.header


def test_a_large_file_of_narrow_sheets_is_written_anew_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Proves that sheets stay apart, and that a file without plans needs none."""
    monkeypatch.setattr(annotation, "ANNOTATE_IN_PLACE_ROWS", 0)
    source = write_rows(
        tmp_path / "b.xlsx",
        [{"activity": "venue", "amount": 1.5, "mana": CODE}, {"activity": "venue", "amount": 2}],
        sheet="Documents",
    )
    before = read_claim(source)
    annotated(source, [problem("amount", row=4, sheet="Documents")])
    after = read_claim(tmp_path / "out.xlsx")
    assert after.lines.drop("personal_data_in").equals(before.lines.drop("personal_data_in"))
    assert before.lines["personal_data_in"].to_list() == ["mana", None]
    assert after.lines["personal_data_in"].to_list() == ["note", None]


def test_a_file_that_openpyxl_cannot_open_is_written_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Proves that a file calamine reads is always given back."""
    source = write_rows(tmp_path / "b.xlsx", [GOOD_LINE])
    before = read_claim(source)
    out = tmp_path / "out.xlsx"
    broken = change_part(source, "xl/styles.xml", lambda _: b"<styleSheet/")
    claim = before
    annotate(broken, assess_by_hand(claim), out, claim=claim)
    monkeypatch.undo()
    assert read_claim(out).lines.equals(before.lines)


def test_a_failure_leaves_what_stood_there(tmp_path: Path) -> None:
    """Proves that the copy appears whole or not at all."""
    source = write_rows(tmp_path / "b.xlsx", [GOOD_LINE])
    claim = read_claim(source)
    out = tmp_path / "out.xlsx"
    out.mkdir()
    with pytest.raises(UnwritableWorkbook):
        annotate(source, assess_by_hand(claim), out, claim=claim)
    assert sorted(file.name for file in tmp_path.iterdir()) == ["b.xlsx", "out.xlsx"]


def test_a_file_can_be_annotated_onto_itself(tmp_path: Path) -> None:
    """Proves that source and copy may be one file."""
    source = write_rows(tmp_path / "b.xlsx", [{**GOOD_LINE, "paid_on": date(2025, 12, 1)}])
    claim = read_claim(source)
    annotate(source, assess_by_hand(claim), source, claim=claim)
    assert read_claim(source).lines.equals(claim.lines)
