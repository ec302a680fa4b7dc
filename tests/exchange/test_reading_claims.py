"""Sheets become one claim: columns found, rows numbered, plans and ages looked up."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from typing import TYPE_CHECKING, Any

from skola_finance.claims.claim import LINE_SCHEMA, PLAN_SCHEMA
from skola_finance.exchange.workbook.read import read_claim
from skola_finance.exchange.workbook.template import write_claim
from skola_finance.problems import Severity
from tests.exchange.build import (
    GOOD_LINE,
    add_cell,
    claim_of,
    said,
    write_line,
    write_rows,
)

if TYPE_CHECKING:
    from pathlib import Path


def test_the_frame_has_the_columns_that_are_promised(tmp_path: Path) -> None:
    """Proves names, order and types of lines and plans."""
    path = write_rows(tmp_path / "b.xlsx", [GOOD_LINE], plans=[{"plan_no": "1"}])
    claim = read_claim(path)
    assert dict(claim.lines.schema) == LINE_SCHEMA
    assert claim.plans is not None
    assert dict(claim.plans.schema) == PLAN_SCHEMA


def test_any_order_of_columns_is_read_and_unknown_ones_are_warned_of(tmp_path: Path) -> None:
    """Proves that places of columns do not matter; those of an annotation are passed over."""
    line = {"skola_eligible": 1, "amount": 1.5, "krasa": "zila", **GOOD_LINE}
    line["amount"] = 1.5
    claim = read_claim(write_rows(tmp_path / "b.xlsx", [line]))
    assert claim.lines["amount_cents"].to_list() == [150]
    [warning] = claim.reading
    assert (warning.code, warning.severity) == ("WBK-430", Severity.WARNING)
    assert (warning.where.sheet, warning.where.column) == ("Lines", "C")
    assert warning.where.row is None
    assert "KRASA" in warning.message.lv


def test_empty_rows_are_skipped_and_rows_keep_their_numbers(tmp_path: Path) -> None:
    """Proves that a row of blanks is no line, and that a blank is never “as above”."""
    blank = {"activity": " ", "note": "\u00a0"}
    claim = read_claim(
        write_rows(tmp_path / "b.xlsx", [blank, GOOD_LINE, {}, {"amount": 2}, blank])
    )
    assert claim.lines["row"].to_list() == [4, 6]
    assert claim.lines["line_no"].to_list() == [0, 1]
    assert claim.lines["activity"].to_list() == ["venue", None]


def test_a_row_in_which_nothing_could_be_read_is_still_a_line(tmp_path: Path) -> None:
    """Proves that a fault never makes a line disappear."""
    claim = read_claim(
        write_rows(tmp_path / "b.xlsx", [{"amount": "x"}, GOOD_LINE], keys=list(GOOD_LINE))
    )
    assert claim.lines.height == 2


def test_narrow_sheets_are_joined_in_their_order(tmp_path: Path) -> None:
    """Proves line numbers, cost forms from the sheet, and the day of a project without one."""
    claim = claim_of(
        [
            {"cost_form": "lump_sum", "activity": "initiative_project", "amount_cents": 1},
            {"cost_form": "actual", "activity": "venue", "amount_cents": 2},
            {"cost_form": "unit_cost", "activity": "mentor_support", "amount_cents": 3},
            {"cost_form": "flat_rate", "activity": "indirect", "amount_cents": 4},
        ],
        period_to=date(2025, 12, 31),
    )
    write_claim(tmp_path / "b.xlsx", claim)
    lines = read_claim(tmp_path / "b.xlsx").lines
    assert lines["sheet"].to_list() == ["Sessions", "Documents", "Projects", "Lines"]
    assert lines["cost_form"].to_list() == ["unit_cost", "actual", "lump_sum", "flat_rate"]
    assert lines["amount_cents"].to_list() == [3, 2, 1, 4]
    assert lines["activity_on"].to_list() == [None, None, date(2025, 12, 31), None]
    assert lines["line_no"].to_list() == [0, 1, 2, 3]


def test_a_birth_date_becomes_an_age_and_is_gone(tmp_path: Path) -> None:
    """Proves full years on the day, a day before and on the birthday, and no trace of the date."""
    day = date(2025, 11, 20)
    born = [date(2012, 11, 20), date(2012, 11, 21), date(2012, 2, 29), None]
    lines = [{**GOOD_LINE, "activity_on": day, "learner_born_on": b, "x": None} for b in born]
    claim = read_claim(write_rows(tmp_path / "b.xlsx", lines))
    assert claim.lines["learner_age"].to_list() == [13, 12, 13, None]
    assert "learner_born_on" not in claim.lines.columns
    assert claim.reading[0].code == "WBK-430"


def test_a_birth_date_that_cannot_be_is_told_without_repeating_it(tmp_path: Path) -> None:
    """Proves WBK-433 for text, a later day and another age; its value stands in no message."""
    lines = [
        {**GOOD_LINE, "learner_born_on": "pavasarī 2012"},
        {**GOOD_LINE, "learner_born_on": date(2031, 3, 7)},
        {**GOOD_LINE, "learner_born_on": date(2012, 3, 7), "learner_age": 9},
        {**GOOD_LINE, "learner_born_on": "31.02.2012"},
    ]
    claim = read_claim(write_rows(tmp_path / "b.xlsx", lines))
    assert {problem.code for problem in claim.reading} == {"WBK-433"}
    assert sorted(problem.where.row or 0 for problem in claim.reading) == [3, 4, 5, 6]
    assert not any(text in said(claim.reading) for text in ("2012", "2031", "07.03"))
    assert claim.lines["learner_age"].to_list() == [None, None, 9, None]


def test_a_line_takes_its_ground_from_its_plan(tmp_path: Path) -> None:
    """Proves the lookup, that a ground on the line wins, and that doubt leaves it empty."""
    plans: list[dict[str, Any]] = [
        {"plan_no": "A", "risk_ground": "early_leaving"},
        {"plan_no": "A", "risk_ground": "early_leaving"},
        {"plan_no": "B", "risk_ground": "none", "plan_to": date(2025, 8, 31)},
        {"plan_no": "B", "risk_ground": "social_exclusion", "plan_from": date(2025, 9, 1)},
        {"plan_no": "C", "risk_ground": "none"},
        {"plan_no": "C", "risk_ground": "social_exclusion"},
    ]
    lines = [
        {**GOOD_LINE, "plan_no": "A", "risk_ground": None},
        {**GOOD_LINE, "plan_no": "A", "risk_ground": "none"},
        {**GOOD_LINE, "plan_no": "B"},
        {**GOOD_LINE, "plan_no": "C"},
        {**GOOD_LINE, "plan_no": "D"},
        {**GOOD_LINE, "plan_no": None},
    ]
    claim = read_claim(write_rows(tmp_path / "b.xlsx", lines, plans=plans))
    assert claim.lines["risk_ground"].to_list() == [
        "early_leaving",
        "none",
        "social_exclusion",
        None,
        None,
        None,
    ]
    assert claim.lines["row"].to_list() == [3, 4, 5, 6, 7, 8]


def test_a_sheet_of_plans_left_empty_is_one_that_was_not_given(tmp_path: Path) -> None:
    """Proves that the template's empty `Plans` does not make every plan unknown."""
    write_claim(tmp_path / "b.xlsx", claim_of([{"cost_form": "actual", "amount_cents": 1}]))
    assert read_claim(tmp_path / "b.xlsx").plans is None


def test_a_claim_without_lines_is_warned_of_unless_it_is_nil(tmp_path: Path) -> None:
    """Proves WBK-435, and that a nil claim is content."""
    keys = list(GOOD_LINE)
    path = write_rows(tmp_path / "b.xlsx", [], keys=keys)
    assert [problem.code for problem in read_claim(path).reading] == ["WBK-435"]
    claim = [("programme", "pumpurs"), ("claim_kind", "nulles pārskats")]
    path = write_rows(tmp_path / "b.xlsx", [], keys=keys, claim=claim)
    assert read_claim(path, programme="pumpurs").reading == ()


def test_a_nil_claim_with_lines_is_an_error_at_its_kind(tmp_path: Path) -> None:
    """Proves WBK-437, and that the lines are read all the same."""
    header = [("programme", "skola-kopiena"), ("claim_kind", "nil")]
    claim = read_claim(write_rows(tmp_path / "b.xlsx", [GOOD_LINE, GOOD_LINE], claim=header))
    [problem] = claim.reading
    assert (problem.code, problem.severity) == ("WBK-437", Severity.ERROR)
    assert (problem.where.sheet, problem.where.row, problem.where.column) == (
        "Claim",
        2,
        "claim_kind",
    )
    assert "2" in problem.message.lv
    assert claim.lines.height == 2


def test_every_row_that_repeats_an_id_is_refused_but_the_first(tmp_path: Path) -> None:
    """Proves WBK-436 at each copy, naming the first; empty and blank ids repeat nothing."""
    ids = ["R-1", None, "R-2", "R-1", " ", None, " R-1 ", "r-1", "R-2"]
    lines = [{**GOOD_LINE, "line_id": line_id} for line_id in ids]
    claim = read_claim(write_rows(tmp_path / "b.xlsx", lines))
    assert {problem.code for problem in claim.reading} == {"WBK-436"}
    assert {problem.severity for problem in claim.reading} == {Severity.ERROR}
    assert [(one.where.row, one.where.column) for one in claim.reading] == [
        (6, "line_id"),
        (9, "line_id"),
        (11, "line_id"),
    ]
    assert claim.reading[0].message.en == (
        "The line id “R-1” stands already in row 3 of the sheet “Lines”."
    )
    assert "5. rindā" in claim.reading[2].message.lv
    assert claim.lines.height == 9


def test_an_id_is_repeated_over_sheets_too(tmp_path: Path) -> None:
    """Proves that the first line of all sheets keeps its id."""
    claim = claim_of(
        [
            {"cost_form": "actual", "activity": "venue", "amount_cents": 2, "line_id": "7"},
            {"cost_form": "unit_cost", "activity": "mentor_support", "line_id": "7"},
        ]
    )
    write_claim(tmp_path / "b.xlsx", claim)
    [problem] = read_claim(tmp_path / "b.xlsx").reading
    assert (problem.code, problem.where.sheet, problem.where.row) == ("WBK-436", "Documents", 3)
    assert "“Sessions”" in problem.message.en


def test_the_claim_sheet_is_found_wherever_it_was_moved(tmp_path: Path) -> None:
    """Proves that keys count, not places; unknown ones are warned of."""
    rows = [
        (None, None, None),
        ("mana kolonna", "Programme", "pumpurs", "piezīme"),
        (None, "claim_no", 3),
        (None, None),
        (None, "period_begin", date(2020, 9, 1)),
        (None, "declared_total", "1 234,50"),
        (None, "partner_kind", "pašvaldība"),
    ]
    claim = read_claim(write_rows(tmp_path / "b.xlsx", [GOOD_LINE], claim=rows))
    assert claim.header.programme == "pumpurs"
    assert claim.header.claim_no == "3"
    assert claim.header.declared_total_cents == 123_450
    assert claim.header.partner_kind == "municipality"
    assert dict(claim.header_rows)["claim_no"] == 3
    assert [(p.code, p.where.row) for p in claim.reading] == [("WBK-434", 5)]


def test_a_hundred_thousand_rows_are_read(tmp_path: Path) -> None:
    """Proves the promise on size, and that nothing is lost between batches."""
    count = 100_000
    rows = "".join(
        f'<row r="{row}"><c r="A{row}" t="inlineStr"><is><t>venue</t></is></c>'
        f'<c r="D{row}"><v>{row}.01</v></c></row>'
        for row in range(5, count + 3)
    )
    claim = read_claim(add_cell(write_line(tmp_path / "b.xlsx"), rows))
    assert claim.lines.height == count
    assert claim.lines["amount_cents"][-1] == (count + 2) * 100 + 1
    assert claim.lines["line_no"].to_list() == list(range(count))


def test_reading_does_not_load_the_writing_half() -> None:
    """Proves that openpyxl, slow to load, is not imported by a reader."""
    script = (
        "import sys; import skola_finance.exchange.workbook.read; "
        "sys.exit('openpyxl' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0  # noqa: S603
