"""What is computed when lines come in: semesters, documents, numbers, plans, the register."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl
import pytest

from skola_finance.claims.calendar import semester_number
from skola_finance.claims.line import plans_frame
from skola_finance.claims.prepare import UnknownCodes, prepare, prepares_alike
from skola_finance.problems import Language
from tests.claims.desk import (
    PARTNER,
    PUMPURS,
    SKOLA,
    Cell,
    assess,
    book,
    codes,
    frame_of,
    header,
    not_checked,
    record,
)


def prepared(
    *records: dict[str, Any], settings: dict[str, Any] | None = None, **given: Cell
) -> pl.DataFrame:
    """Prepare lines."""
    return prepare(frame_of(records), rulebook=book(settings=settings), header=header(), **given)


def on_day(day: date, settings: dict[str, Any] | None = None) -> dict[str, Any]:
    """Prepare a line of a day."""
    return prepared(record("reading_support", activity_on=day), settings=settings).row(
        0, named=True
    )


@pytest.mark.parametrize(
    ("day", "name", "school_year"),
    [
        (date(2025, 8, 31), "2025-spring", 2024),
        (date(2025, 9, 1), "2025-autumn", 2025),
        (date(2025, 12, 31), "2025-autumn", 2025),
        (date(2026, 1, 1), "2026-spring", 2025),
    ],
)
def test_a_day_lies_in_one_semester_and_school_year(day: date, name: str, school_year: int) -> None:
    """Proves that a day lies in one semester and school year."""
    row = on_day(day)
    assert row["semester_no"] == semester_number(name)
    assert row["school_year"] == school_year


def test_months_are_told_apart_over_years() -> None:
    """Proves that months are told apart over years."""
    months = [
        on_day(date(*day))["month_no"] for day in ((2025, 12, 31), (2026, 1, 1), (2026, 12, 1))
    ]
    assert (months[1] - months[0], months[2] - months[1]) == (1, 11)


def test_the_bounds_of_semesters_are_settings_of_the_day() -> None:
    """Proves that the bounds of semesters are settings of the day."""
    later = {"semester.spring_from": "02-01"}
    assert on_day(date(2026, 1, 31), later)["semester_no"] == semester_number("2025-autumn")
    assert on_day(date(2026, 2, 1), later)["semester_no"] == semester_number("2026-spring")


@pytest.mark.parametrize("name", ["2025", "2025-summer", "25-autumn", "x-spring"])
def test_what_is_no_semester_is_refused(name: str) -> None:
    """Proves that what is no semester is refused."""
    with pytest.raises(ValueError, match=name):
        semester_number(name)


def test_a_frame_without_lines_or_columns_is_prepared() -> None:
    """Proves that a frame without lines or columns is prepared."""
    assert prepare(pl.DataFrame(), rulebook=book()).height == 0
    one = prepare(pl.DataFrame({"amount_cents": [1]}), rulebook=book(), first_key=7)
    assert one.select("line_key", "line_no", "semester_no").row(0) == (7, 0, None)


def test_columns_of_the_header_may_stand_on_the_lines() -> None:
    """Proves that columns of the header may stand on the lines."""
    frame = frame_of([record("reading_support")]).with_columns(
        pl.lit("99990000041").alias("partner_reg_no"), pl.lit("c-1").alias("claim_id")
    )
    row = prepare(frame, rulebook=book(), header=header()).row(0, named=True)
    assert (row["partner_reg_no"], row["claim_id"], row["partner_kind"]) == (
        "99990000041", "c-1", "municipality",
    )  # fmt: skip


def test_an_unknown_code_is_refused_with_those_that_are_known() -> None:
    """Proves that an unknown code is refused with those that are known."""
    with pytest.raises(UnknownCodes) as refused:
        assess(record("reading_support", activity="reading"))
    problem = refused.value.problem
    assert problem.code == "CLM-212"
    for language in Language:
        assert "“reading”" in problem.message.in_(language)
        assert "reading_support" in problem.hint.in_(language)


def key(**changes: Cell) -> str | None:
    """Give the key of a document."""
    found: str | None = prepared(record("event", **changes))["document_key"][0]
    return found


def test_a_document_is_known_by_supplier_number_and_day() -> None:
    """Proves that a document is known by supplier number and day."""
    same = key()
    assert key(document_no="r-2026 / 15") == same
    assert key(supplier_reg_no="99990000075") != same
    assert key(document_on=date(2026, 2, 12)) != same
    assert key(document_no="R-2026/151") != same
    assert key(document_no="Ā-1") == key(document_no="ā1")
    assert key(document_no="Ā-1") != key(document_no="A-1")


def test_a_document_without_number_or_day_is_no_known_document() -> None:
    """Proves that a document without number or day is no known document."""
    assert key(document_no=None) is None
    assert key(document_on=None) is None
    assert key(supplier_reg_no=None) is not None


@pytest.mark.parametrize(
    ("number", "is_ok"),
    [
        ("99990000060", True),
        ("99990000061", False),
        ("9999000006", False),
        ("LV99990000060", False),
        ("20000000000", False),
        ("９９９９０００００６０", False),  # noqa: RUF001 - wide digits are the case
        (None, None),
    ],
)
def test_a_registration_number_has_a_check_digit(number: str | None, *, is_ok: bool | None) -> None:
    """Proves that a registration number has a check digit."""
    row = prepared(record("event", supplier_reg_no=number)).row(0, named=True)
    assert row["supplier_reg_no_ok"] is is_ok


def test_a_person_has_a_pseudonym_that_is_not_checked() -> None:
    """Proves that a person has a pseudonym that is not checked."""
    row = prepared(record("event", supplier_kind="person", supplier_reg_no="X")).row(0, named=True)
    assert row["supplier_reg_no_ok"] is None


def plan(**changes: Cell) -> dict[str, Any]:
    """Give the plan that carries the base line."""
    return {
        "plan_no": "IP-1", "learner_ref": "IZG-001", "activity": "reading_support",
        "plan_from": date(2026, 2, 10), "plan_to": date(2026, 2, 10), "planned_hours": "1",
        "semester": "2026-spring",
    } | changes  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "outcome"),
    [
        ({}, "ok"),
        ({"plan_no": "IP-2"}, "unknown"),
        ({"plan_no": None}, "unknown"),
        ({"learner_ref": "L-2"}, "other_learner"),
        ({"learner_ref": None}, "other_learner"),
        ({"plan_to": date(2026, 2, 9), "plan_from": date(2026, 2, 1)}, "not_in_force"),
        ({"plan_from": date(2026, 2, 11), "plan_to": date(2026, 2, 28)}, "not_in_force"),
        ({"plan_to": None}, "not_in_force"),
        ({"activity": "mentor_support"}, "not_covered"),
        ({"activity": None}, "not_covered"),
    ],
)
def test_a_plan_carries_its_learner_days_and_support(changes: dict[str, Any], outcome: str) -> None:
    """Proves that a plan carries its learner days and support."""
    found = assess(record("reading_support"), plans=[plan(**changes)], only={"ELG-106"}, history=[])
    assert codes(found) == ([] if outcome == "ok" else ["ELG-106"])
    if outcome != "ok":
        assert found.problems[0].variant == outcome


def test_any_row_of_a_plan_may_carry_a_line() -> None:
    """Proves that any row of a plan may carry a line."""
    rows = [plan(activity="mentor_support"), plan(), plan(learner_ref="L-2")]
    assert codes(assess(record("reading_support"), plans=rows, only={"ELG-106"})) == []


def test_an_empty_sheet_of_plans_carries_nothing_and_none_given_is_said() -> None:
    """Proves that an empty sheet of plans carries nothing and none given is said."""
    line = record("reading_support")
    assert codes(assess(line, plans=[], only={"ELG-106"})) == ["ELG-106"]
    without = assess(line, only={"ELG-106"})
    assert codes(without) == []
    assert not_checked(without)
    assert codes(
        assess(record("reading_support", plan_no=None), plans=[plan()], only={"ELG-106"})
    ) == ["ELG-106"]


def test_planned_hours_of_several_rows_add_up_and_unclear_semesters_plan_nothing() -> None:
    """Proves that planned hours of several rows add up and unclear semesters plan nothing."""
    rows = [
        plan(),
        plan(planned_hours="0.5"),
        plan(semester="someday"),
        plan(semester=None),
        plan(planned_hours=None),
    ]
    frame = prepared(record("reading_support"), plans=plans_frame(rows))
    assert frame["planned_hours_milli"].to_list() == [1500]


MINE = f"institution.{PARTNER[SKOLA]}.99990000041"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("yes", []),
        ("no", ["ELG-108"]),
        ({"value": "yes", "from": date(2026, 2, 11)}, ["ELG-108"]),
        ({"value": "yes", "from": date(2026, 2, 10), "to": date(2026, 2, 11)}, []),
        ({"value": "yes", "to": date(2026, 2, 10)}, ["ELG-108"]),
    ],
)
def test_an_institution_is_the_partners_on_the_days_of_the_register(
    value: Cell, expected: list[str]
) -> None:
    """Proves that an institution is the partner's on the days of the register."""
    assert (
        codes(assess(record("reading_support"), only={"ELG-108"}, settings={MINE: value}))
        == expected
    )


def test_an_institution_outside_the_register_is_not_the_partners() -> None:
    """Proves that an institution outside the register is not the partners."""
    line = record("reading_support", institution_reg_no="99990000056")
    assert codes(assess(line, only={"ELG-108"})) == ["ELG-108"]


def test_without_a_register_of_the_partner_nothing_is_compared_and_that_is_said() -> None:
    """Proves that without a register of the partner nothing is compared and that is said."""
    line = record("reading_support")
    others = {MINE: "", "institution.99990000060.99990000041": "yes"}
    for settings in ({MINE: ""}, others):
        found = assess(line, only={"ELG-108"}, settings=settings)
        assert codes(found) == []
        assert not_checked(found)


def test_a_ticket_says_which_transport_it_was() -> None:
    """Proves that a ticket says which transport it was."""
    for kind, expected in (("city", ["ELG-146"]), ("intercity", []), (None, ["CLM-201"])):
        line = record("transport", PUMPURS, ticket_kind=kind)
        assert codes(assess(line, programme=PUMPURS, only={"ELG-146"})) == expected


@pytest.mark.parametrize(
    ("settings", "is_alike"),
    [
        ({"unit_cost.reading_support": "10.00"}, True),
        ({"semester.autumn_from": "08-15"}, False),
        ({"semester.spring_from": "01-15"}, False),
        ({f"institution.{PARTNER}.99990200024": "yes"}, False),
    ],
)
def test_only_semesters_and_the_register_prepare_lines_otherwise(
    settings: dict[str, Any], *, is_alike: bool
) -> None:
    """Proves which settings let prepared lines be judged under another rulebook as they are."""
    assert prepares_alike(book(), book(settings=settings)) is is_alike
    assert prepares_alike(book(settings=settings), book()) is is_alike
