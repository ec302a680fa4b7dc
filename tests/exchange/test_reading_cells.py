"""A cell that cannot be read is named; the other cells and rows are read all the same."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from skola_finance.exchange.workbook.read import read_claim
from skola_finance.problems import Severity
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
    from pathlib import Path

    from skola_finance.problems import Problem

CODE = "010190-12345"
NOON = datetime(2025, 7, 1, 12, 0)  # noqa: DTZ001 - a spreadsheet knows no time zone


def read_one(path: Path, **cells: Any) -> tuple[dict[str, Any], tuple[Problem, ...]]:  # noqa: ANN401
    """Read a workbook of two lines; give the first line and what was wrong."""
    claim = read_claim(write_line(path / "book.xlsx", **cells))
    assert claim.lines.height == 2
    assert claim.lines["amount_cents"][1] == 18_000
    return claim.lines.row(0, named=True), claim.reading


READ = [
    ("amount", 1234.56, "amount_cents", 123_456),
    ("amount", 0.1 + 0.2, "amount_cents", 30),
    ("amount", -12.5, "amount_cents", -1_250),
    ("amount", "1 234,56 €", "amount_cents", 123_456),
    ("amount", "1\u00a0234,56", "amount_cents", 123_456),
    ("amount", "15.951.890", "amount_cents", 1_595_189_000),
    ("amount", 999_999_999.99, "amount_cents", 99_999_999_999),
    ("amount", 0, "amount_cents", 0),
    ("unit_cost", 99_999.99, "unit_cost_cents", 9_999_999),
    ("quantity", 1.125, "quantity_milli", 1_125),
    ("quantity", "1,125", "quantity_milli", 1_125),
    ("quantity", "1 000,5", "quantity_milli", 1_000_500),
    ("quantity", -2, "quantity_milli", -2_000),
    ("activity_on", date(2025, 7, 1), "activity_on", date(2025, 7, 1)),
    ("activity_on", datetime(2025, 7, 1), "activity_on", date(2025, 7, 1)),  # noqa: DTZ001
    ("activity_on", "01.07.2025", "activity_on", date(2025, 7, 1)),
    ("activity_on", " 1.7.2025. ", "activity_on", date(2025, 7, 1)),
    ("activity_on", "2025-07-01", "activity_on", date(2025, 7, 1)),
    ("starts_at", time(14, 30), "starts_min", 870),
    ("starts_at", "14.30", "starts_min", 870),
    ("starts_at", "9:05", "starts_min", 545),
    ("starts_at", "14:30:00", "starts_min", 870),
    ("starts_at", timedelta(hours=14), "starts_min", 840),
    ("learner_grade", 9, "learner_grade", 9),
    ("learner_grade", "9.", "learner_grade", 9),
    ("document_no", 12345.0, "document_no", "12345"),
    ("document_no", "'00123", "document_no", "00123"),
    ("document_no", "\u00a0A\u00a01 ", "document_no", "A 1"),
    ("document_no", 12345678901.0, "document_no", "12345678901"),
    ("supplier_reg_no", 40003521600, "supplier_reg_no", "40003521600"),
    ("note", "viena\r\notra", "note", "viena\notra"),
    ("note", date(2025, 7, 1), "note", "01.07.2025."),
    ("note", "   ", "note", None),
    ("note", True, "note", "TRUE"),
    ("vat_pro_rata", 0.45, "vat_pro_rata", "45 %"),
    ("vat_pro_rata", 45, "vat_pro_rata", "45 %"),
    ("vat_pro_rata", "separate_accounting", "vat_pro_rata", "separate_accounting"),
    ("activity", "mentor_support", "activity", "mentor_support"),
    ("activity", " Mentora  ATBALSTS ", "activity", "mentor_support"),
    ("activity", "mentor support", "activity", "mentor_support"),
    ("has_disability", True, "has_disability", "yes"),
    ("has_disability", "nē", "has_disability", "no"),
    ("vat_recoverable", "no", "vat_recoverable", "no"),
]


@pytest.mark.parametrize(("key", "cell", "column", "value"), READ, ids=range(len(READ)))
def test_a_cell_is_read(tmp_path: Path, key: str, cell: object, column: str, value: object) -> None:
    """Proves one way of writing a value, and that nothing is said against it."""
    line, problems = read_one(tmp_path, **{key: cell})
    assert problems == ()
    assert line[column] == value


UNREAD = [
    ("amount", 1234.565, "WBK-431", "1234.565"),
    ("amount", 1e-7, "WBK-431", "1e-07"),
    ("amount", "1.234", "WBK-431", "1.234"),
    ("amount", "daudz", "WBK-431", "daudz"),
    ("amount", date(2025, 7, 1), "WBK-431", "01.07.2025."),
    ("amount", 1e15, "WBK-432", "1000000000000000"),
    ("amount", "1000000000", "WBK-432", "1000000000"),
    ("unit_cost", 100_000, "WBK-429", "100000"),
    ("unit_cost", 13.205, "WBK-431", "13.205"),
    ("quantity", 1.1255, "WBK-426", "1.1255"),
    ("quantity", "1.125", "WBK-426", "1.125"),
    ("quantity", 100_000, "WBK-429", "100000"),
    ("activity_on", "vakar", "WBK-422", "vakar"),
    ("activity_on", "01.07.25", "WBK-422", "01.07.25"),
    ("activity_on", 45839, "WBK-422", "45839"),
    ("activity_on", NOON, "WBK-422", "12:00"),
    ("activity_on", "31.02.2026", "WBK-423", "31.02.2026"),
    ("starts_at", "25:00", "WBK-424", "25:00"),
    ("starts_at", "pusdivos", "WBK-424", "pusdivos"),
    ("starts_at", 14.3, "WBK-424", "14.3"),
    ("starts_at", time(14, 30, 20), "WBK-424", "14:30:20"),
    ("starts_at", timedelta(hours=30), "WBK-424", "1 day"),
    ("learner_grade", 9.5, "WBK-425", "9.5"),
    ("learner_grade", "9.b", "WBK-425", "9.b"),
    ("learner_grade", -1, "WBK-425", "-1"),
    ("learner_age", 100_000, "WBK-425", "100000"),
    ("activity", "dejošana", "WBK-427", "dejošana"),
    ("vat_recoverable", 1, "WBK-427", "not recoverable (no)"),
    ("document_no", 12.5, "WBK-428", "12.5"),
    ("document_no", date(2025, 2, 1), "WBK-428", "01.02.2025."),
    ("document_no", 1234567890123456, "WBK-428", "1234567890123460"),
]


@pytest.mark.parametrize(("key", "cell", "code", "shown"), UNREAD, ids=range(len(UNREAD)))
def test_an_unreadable_cell_is_named_and_gives_nothing(
    tmp_path: Path, key: str, cell: object, code: str, shown: str
) -> None:
    """Proves code, place, value and both languages of one fault; the line is still there."""
    line, problems = read_one(tmp_path, **{key: cell})
    [problem] = problems
    assert problem.code == code
    assert problem.severity is Severity.ERROR
    assert (problem.where.sheet, problem.where.row, problem.where.column) == ("Lines", 3, key)
    assert shown in problem.message.en
    assert problem.message.lv != problem.message.en
    assert "{" not in said(problems)
    frame_key = next(name for name in line if name.startswith(key.replace("starts_at", "starts")))
    assert line[frame_key] is None


def test_an_unknown_code_names_what_is_allowed(tmp_path: Path) -> None:
    """Proves that a short list is named with codes, and a long one shortened to the programme."""
    _, [problem] = read_one(tmp_path, vat_recoverable="varbūt")
    assert "daļēji atgūstams (partly)" in problem.message.lv
    assert "partly recoverable (partly)" in problem.message.en
    _, [problem] = read_one(tmp_path, activity="dejošana")
    assert "mentora atbalsts" in problem.message.lv
    assert "transport" not in problem.message.lv


PERSONAL = [
    ("note", f"skolēns {CODE}"),
    ("learner_ref", "01019012345"),
    ("learner_ref", 16117519997),
    ("document_no", CODE),
    ("supplier_vat_no", "LV16117519997"),
    ("evidence", "a.b@skola.lv"),
    ("amount", CODE),
    ("amount", 16117519997),
    ("activity_on", f"dz. {CODE}"),
    ("activity", CODE),
    ("starts_at", CODE),
    ("learner_grade", 32867300679),
    ("quantity", "32867300679"),
    ("learner_born_on", CODE),
    ("sava_kolonna", f"Jānis {CODE}"),
]


@pytest.mark.parametrize(("key", "cell"), PERSONAL, ids=range(len(PERSONAL)))
def test_personal_data_in_any_cell_is_dropped_and_never_repeated(
    tmp_path: Path, key: str, cell: object
) -> None:
    """Proves that the column is named, the value is gone, and no problem holds its digits."""
    line, problems = read_one(tmp_path, **{key: cell})
    assert line["personal_data_in"] == key
    assert [problem.code for problem in problems] in ([], ["WBK-430"])
    for digits in ("010190", "12345", "161175", "19997", "328673", "00679", "a.b@"):
        assert digits not in said(problems)
        assert digits not in repr(line)


def test_personal_data_in_the_claim_sheet_is_reported_and_dropped(tmp_path: Path) -> None:
    """Proves CLM-211 with the cell's key; a value that is not personal stays."""
    rows = [*CLAIM_ROWS, ("prepared_by", f"Anna {CODE}"), ("claim_no", "3"), ("", CODE)]
    claim = read_claim(write_rows(tmp_path / "book.xlsx", [GOOD_LINE], claim=rows))
    assert claim.header.prepared_by is None
    assert claim.header.claim_no == "3"
    assert [(p.code, p.where.column) for p in claim.reading] == [
        ("CLM-211", "prepared_by"),
        ("CLM-211", "B"),
    ]
    assert "12345" not in said(claim.reading)


def test_a_value_that_cannot_be_read_in_the_claim_sheet_is_named(tmp_path: Path) -> None:
    """Proves that the header is read like the lines, cell by cell."""
    rows = [*CLAIM_ROWS[:3], ("period_to", "31.02.2026"), ("declared_total", 1.005)]
    claim = read_claim(write_rows(tmp_path / "book.xlsx", [GOOD_LINE], claim=rows))
    assert claim.header.period_to is None
    assert claim.header.declared_total_cents is None
    assert [(p.code, p.where.sheet, p.where.row, p.where.column) for p in claim.reading] == [
        ("WBK-423", "Claim", 4, "period_to"),
        ("WBK-431", "Claim", 5, "declared_total"),
    ]


def test_formulas_without_result_and_errors_are_named_though_calamine_sees_nothing(
    tmp_path: Path,
) -> None:
    """Proves WBK-420 and WBK-421 with their cells, on lines and on the sheet `Claim`."""
    rows = [*CLAIM_ROWS, ("declared_total", "=1+1"), ("claim_no", "#N/A")]
    path = write_rows(
        tmp_path / "book.xlsx",
        [{**GOOD_LINE, "amount": "=1+1"}, {**GOOD_LINE, "amount": "#DIV/0!"}, GOOD_LINE],
        claim=rows,
    )
    claim = read_claim(path)
    assert claim.lines["amount_cents"].to_list() == [None, None, 18_000]
    assert [(p.code, p.where.sheet, p.where.row, p.where.column) for p in claim.reading] == [
        ("WBK-421", "Claim", 8, "claim_no"),
        ("WBK-420", "Claim", 7, "declared_total"),
        ("WBK-420", "Lines", 3, "amount"),
        ("WBK-421", "Lines", 4, "amount"),
    ]
    assert "#DIV/0!" in claim.reading[3].message.lv


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ('<c r="D5"><f>A1</f></c>', "WBK-420"),
        ('<c r="D5"><f>A1</f><v></v></c>', "WBK-420"),
        ('<c r="D5"><f t="shared" si="0"/><v/></c>', "WBK-420"),
        ("<c r='D5'><f>A1</f></c>", "WBK-420"),
        ('<x:c r="D5"><x:f>A1</x:f></x:c>', "WBK-420"),
        ('<c r="D5" t="e"><f>1/0</f><v>#DIV/0!</v></c>', "WBK-421"),
        ("<c t='e' r='D5'><v>#REF!</v></c>", "WBK-421"),
        ('<c r="D5" t="str"><f>""</f><v></v></c>', None),
        ('<c r="D5"><f>1+1</f><v>2</v></c>', None),
        ('<c r="Z5"><f>1+1</f></c>', None),
    ],
    ids=range(10),
)
def test_formulas_are_seen_however_they_are_written(
    tmp_path: Path, cell: str, code: str | None
) -> None:
    """Proves the scan against other programs' XML; a formula outside the table is no fault."""
    activity = '<c r="A5" t="inlineStr"><is><t>venue</t></is></c>'
    path = add_cell(write_line(tmp_path / "book.xlsx"), f'<row r="5">{activity}{cell}</row>')
    claim = read_claim(path)
    found = [(p.code, p.where.row, p.where.column) for p in claim.reading if p.code != "WBK-430"]
    assert found == ([(code, 5, "amount")] if code else [])
    assert claim.lines.height == 3


def test_a_sheet_with_prefixed_names_is_read(tmp_path: Path) -> None:
    """Proves that the whole sheet may be written with prefixes, as some programs do."""
    path = write_rows(
        tmp_path / "book.xlsx", [{**GOOD_LINE, "amount": "=1+1"}, GOOD_LINE, GOOD_LINE]
    )

    def prefix(xml: bytes) -> bytes:
        xml = xml.replace(b"xmlns=", b"xmlns:x=")
        return re.sub(rb"<(/?)(?=[A-Za-z])", rb"<\1x:", xml)

    claim = read_claim(change_part(path, "xl/worksheets/sheet2.xml", prefix))
    assert claim.lines["amount_cents"].to_list() == [None, 18_000, 18_000]
    assert [(p.code, p.where.row) for p in claim.reading] == [("WBK-420", 3)]
