"""The line stage: what is found on a line alone, and what is left of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from skola_finance.claims.assess import assess_claim
from skola_finance.problems import Problem, Severity, Text, Where
from tests.claims.desk import (
    PUMPURS,
    Cell,
    assess,
    book,
    cents,
    claim,
    codes,
    not_checked,
    problem_of,
    record,
)

DISPUTED = date(2025, 12, 20)
BEFORE, AFTER = date(2025, 12, 16), date(2026, 1, 7)


def columns_missing(found: Cell) -> list[str | None]:
    """Give the columns that CLM-201 names."""
    return [one.where.column for one in found.problems if one.code == "CLM-201"]


# ── missing facts ────────────────────────────────────────────────────────────────────────────


def test_a_perfect_line_is_eligible_and_nothing_is_found() -> None:
    """Proves that a perfect line is eligible and nothing is found."""
    found = assess(record("reading_support"), history=[], plans=None)
    assert codes(found) == []
    assert cents(found) == [1320]


def test_each_empty_column_is_found_once_however_many_rules_need_it() -> None:
    """Proves that each empty column is found once however many rules need it."""
    found = assess(record("reading_support", learner_grade=None, quantity=None))
    assert sorted(filter(None, columns_missing(found))) == ["learner_grade", "quantity"]
    assert cents(found) == [0]


def test_the_day_is_needed_though_versions_are_picked_by_it() -> None:
    """Proves that the day is needed though versions are picked by it."""
    found = assess(record("reading_support", activity_on=None))
    assert columns_missing(found) == ["activity_on"]
    assert cents(found) == [0]


@pytest.mark.parametrize("column", ["activity", "cost_form", "amount"])
def test_a_line_without_its_first_facts_is_rejected(column: str) -> None:
    """Proves that a line without its first facts is rejected."""
    found = assess(record("reading_support", **{str(column): None}))
    assert column in columns_missing(found)
    assert cents(found) == [0]


@pytest.mark.parametrize(
    ("base", "column", "code"),
    [
        ("reading_support", "plan_no", "ELG-106"),
        ("event", "paid_on", "ELG-180"),
        ("event", "evidence", "CLM-206"),
        ("event", "document_total", "ELG-131"),
    ],
)
def test_a_column_with_a_code_of_its_own_gives_that_code_only(
    base: str, column: str, code: str
) -> None:
    """Proves that a column with a code of its own gives that code only."""
    found = assess(record(base, **{str(column): None}))
    assert codes(found) == [code]
    assert problem_of(found, code).where.column == column


def test_a_missing_document_total_is_a_warning_that_cuts_nothing() -> None:
    """Proves that a missing document total is a warning that cuts nothing."""
    found = assess(record("event", document_total=None))
    assert problem_of(found, "ELG-131").severity is Severity.WARNING
    assert cents(found) == [35000]


@pytest.mark.parametrize("blank", ["", "  "])
def test_a_blank_text_is_a_missing_fact(blank: str) -> None:
    """Proves that a blank text is a missing fact."""
    found = assess(record("reading_support", evidence=blank, plan_no=blank))
    assert codes(found) == ["CLM-206", "ELG-106"]


def test_an_empty_header_is_a_missing_fact_too() -> None:
    """Proves that an empty header is a missing fact too."""
    found = assess(record("event"), agreement_on=None, partner_kind=None, partner_reg_no=None)
    assert {"agreement_on", "partner_kind", "partner_reg_no"} >= set(columns_missing(found))
    assert "partner_kind" in columns_missing(found)
    assert "partner_reg_no" in columns_missing(found)
    assert cents(found) == [0]


def test_the_number_of_a_supplier_of_unknown_kind_is_not_taken_as_checked() -> None:
    """Proves that the number of a supplier of unknown kind is not taken as checked."""
    found = assess(
        record("event", supplier_kind=None, supplier_reg_no="12345"), only={"CLM-204", "CLM-201"}
    )
    assert columns_missing(found) == ["supplier_kind"]
    assert cents(found) == [0]


def test_a_correction_is_judged_by_the_same_facts() -> None:
    """Proves that a correction is judged by the same facts."""
    found = assess(
        record("reading_support", amount="-13.20", corrects_line_id="R-1", learner_grade=None)
    )
    assert columns_missing(found) == ["learner_grade"]
    assert found.totals.claimed_cents == found.totals.ineligible_cents == -1320


# ── settings ─────────────────────────────────────────────────────────────────────────────────


def test_an_unset_setting_is_found_once_per_key_and_rejects() -> None:
    """Proves that an unset setting is found once per key and rejects."""
    found = assess(
        record("reading_support", group_size=3),
        settings={"group_size.min": "", "group_size.max": "", "unit_cost.reading_support": ""},
    )
    assert codes(found) == ["RUL-301"] * 3
    assert all("(" in one.message.en for one in found.lines[0].problems if one.code == "RUL-301")
    assert cents(found) == [0]


def test_entered_as_none_is_not_unset() -> None:
    """Proves that entered as none is not unset."""
    found = assess(
        record("reading_support", group_size=30, amount="999.00", unit_cost=None),
        settings=dict.fromkeys(
            (
                "group_size.min",
                "group_size.max",
                "hours_cap.learner_semester",
                "unit_cost.reading_support",
            ),
            "none",
        ),
    )
    assert codes(found) == []
    assert cents(found) == [99900]


def test_a_setting_holds_on_the_days_it_was_entered_for() -> None:
    """Proves that a setting holds on the days it was entered for."""
    dated = {"value": "10.00", "from": date(2026, 2, 10), "to": date(2026, 2, 12)}
    days = [date(2026, 2, day) for day in (9, 10, 11, 12)]
    found = assess(
        *(record("reading_support", activity_on=day) for day in days),
        settings={"unit_cost.reading_support": dated},
        only={"ELG-140"},
    )
    assert cents(found) == [0, 1000, 1000, 0]
    assert [codes(found, line) for line in (1, 4)] == [["RUL-301"], ["RUL-301"]]


@pytest.mark.parametrize(
    ("bound", "expected"),
    [
        ("none", [0, 0]),
        ({"value": "none", "to": date(2026, 1, 1)}, [0, 1320]),
        ({"value": "10-01", "from": date(2026, 1, 1)}, [1320, 1320]),
    ],
    ids=["none", "none at first", "entered later"],
)
def test_a_semester_without_bounds_rejects_the_line_and_not_the_claim(
    bound: Cell, expected: list[int]
) -> None:
    """Proves that a day of no semester is RUL-301, and that a default fills days not entered."""
    days = (date(2025, 11, 4), date(2026, 2, 10))
    lines = [record("reading_support", activity_on=day) for day in days]
    found = assess(*lines, settings={"semester.autumn_from": bound})
    assert [codes(found, n).count("RUL-301") for n in (1, 2)] == [not left for left in expected]
    assert cents(found) == expected


def test_an_example_value_is_told_only_where_it_was_used() -> None:
    """Proves that an example value is told only where it was used."""
    rulebook = book()

    def with_example(key: str) -> bool:
        settings = [replace(one, illustrative=one.key == key) for one in rulebook.settings]
        return assess_claim(
            claim(record("reading_support")),
            rulebook=rulebook.with_settings(settings),
            on=date(2026, 3, 1),
        ).illustrative

    assert with_example("unit_cost.reading_support")
    assert with_example("project_agreement_on")
    assert not with_example("unit_cost.mentor_support")
    assert not with_example("project.IP-2026-01")


def test_an_example_of_another_day_was_not_used() -> None:
    """Proves that an example of another day was not used."""
    old = {"value": "12.00", "to": date(2026, 1, 1)}
    rulebook = book(settings={"unit_cost.reading_support": old})
    (example,) = [one for one in rulebook.settings if one.key == "unit_cost.reading_support"]
    real = replace(example, value=1320, text="13.20", starts=date(2026, 1, 1), ends=None)
    rest = [one for one in rulebook.settings if one is not example]
    settings = [*rest, replace(example, illustrative=True), real]

    def on(day: date) -> bool:
        line = record("reading_support", activity_on=day)
        return assess_claim(
            claim(line), rulebook=rulebook.with_settings(settings), on=date(2026, 3, 1)
        ).illustrative

    assert on(date(2025, 11, 4))
    assert not on(date(2026, 2, 10))


# ── law that is not established ──────────────────────────────────────────────────────────────


def test_where_the_versions_agree_the_rule_itself_is_found() -> None:
    """Proves that where the versions agree the rule itself is found."""
    line = record("subject_consultation", activity_on=DISPUTED, risk_ground="none")
    found = assess(line, only={"ELG-112"})
    assert codes(found) == ["ELG-112"]
    assert cents(found) == [0]


def test_where_the_versions_differ_a_warning_stands_in_place_of_the_rule() -> None:
    """Proves that where the versions differ a warning stands in place of the rule."""
    line = record("subject_consultation", activity_on=DISPUTED)
    found = assess(line, only={"ELG-112"})
    assert codes(found) == ["RUL-303"]
    assert problem_of(found, "RUL-303").severity is Severity.WARNING
    assert "ELG-112" in problem_of(found, "RUL-303").message.lv
    assert cents(found) == [1320]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (BEFORE, ["ELG-112"]),
        (date(2025, 12, 17), ["RUL-303"]),
        (date(2026, 1, 6), ["RUL-303"]),
        (AFTER, []),
    ],
)
def test_the_interval_begins_and_ends_on_its_days(day: date, expected: list[str]) -> None:
    """Proves that the interval begins and ends on its days."""
    assert (
        codes(assess(record("subject_consultation", activity_on=day), only={"ELG-112"})) == expected
    )


def test_other_rules_judge_a_disputed_line_as_usual() -> None:
    """Proves that other rules judge a disputed line as usual."""
    line = record("subject_consultation", activity_on=DISPUTED, specialist="librarian")
    found = assess(line)
    assert {"ELG-113", "RUL-303"} <= set(codes(found))
    assert cents(found) == [0]


def test_the_day_once_entered_settles_it() -> None:
    """Proves that the day once entered settles it."""
    line = record("subject_consultation", activity_on=DISPUTED)
    early = assess(line, settings={"mk483_amended_from": "2025-12-17"}, only={"ELG-112"})
    late = assess(line, settings={"mk483_amended_from": "2026-01-07"}, only={"ELG-112"})
    assert (codes(early), codes(late)) == ([], ["ELG-112"])


def test_the_citation_is_that_of_the_version_of_the_day() -> None:
    """Proves that the citation is that of the version of the day."""
    old = assess(record("subject_consultation", activity_on=BEFORE), only={"ELG-112"})
    new = assess(
        record("subject_consultation", activity_on=AFTER, risk_ground="none"), only={"ELG-112"}
    )
    acts = [problem_of(one, "ELG-112").citation for one in (old, new)]
    assert acts[0] is not None
    assert acts[1] is not None
    assert "agrākā redakcija" in acts[0].act
    assert "agrākā redakcija" not in acts[1].act


# ── single checks ────────────────────────────────────────────────────────────────────────────


def test_recoverable_vat_limits_and_a_correction_is_left_alone() -> None:
    """Proves that recoverable vat limits and a correction is left alone."""
    found = assess(
        record("event", vat_recoverable="yes"),
        record("event", amount="-350.00", vat_recoverable="yes", corrects_line_id="R-1"),
        only={"ELG-160"},
    )
    assert cents(found) == [28926, -35000]
    assert codes(found) == ["ELG-160"]


def test_more_vat_than_the_amount_leaves_nothing_and_not_less() -> None:
    """Proves that more vat than the amount leaves nothing and not less."""
    found = assess(record("event", amount="10.00", vat_recoverable="yes"), only={"ELG-160"})
    assert cents(found) == [0]
    assert problem_of(found, "ELG-160").cut_cents == 1000


def test_a_rejected_line_has_nothing_left_whatever_limits_it() -> None:
    """Proves that a rejected line has nothing left whatever limits it."""
    found = assess(record("event", vat_recoverable="yes", other_funding="state"))
    assert {"ELG-130", "ELG-160"} <= set(codes(found))
    assert cents(found) == [0]
    assert problem_of(found, "ELG-130").cut_cents == 35000
    assert problem_of(found, "ELG-160").cut_cents == 6074


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"income_status": "none", "learner_age": 17}, []),
        ({"income_status": "none", "learner_age": 16}, ["ELG-147"]),
        ({"income_status": None, "learner_age": 17}, []),
        ({"income_status": None, "learner_age": 16}, ["CLM-201"]),
        ({"income_status": None, "learner_age": 120}, ["CLM-201"]),
        ({"income_status": "none", "learner_age": None}, ["CLM-201"]),
        ({"income_status": "low_income", "learner_age": None}, []),
        ({"income_status": None, "learner_age": None}, ["CLM-201"]),
    ],
)
def test_an_income_status_or_an_age_gives_the_right_and_one_is_enough(
    changes: dict[str, Any], expected: list[str]
) -> None:
    """Proves that an income status or an age gives the right and one is enough."""
    line = record("learning_materials", PUMPURS, **changes)
    assert codes(assess(line, programme=PUMPURS, only={"ELG-147"})) == expected


def test_a_list_of_economic_codes_replaces_the_groups() -> None:
    """Proves that a list of economic codes replaces the groups."""
    lines = [
        record("event", economic_code=code) for code in ("2279", "2261", "9999", "22", "2279x")
    ]
    groups = assess(*lines, only={"CLM-205"})
    listed = assess(*lines, only={"CLM-205"}, settings={"economic_codes": "2261 9999"})
    assert [bool(codes(groups, n)) for n in range(1, 6)] == [False, False, True, True, True]
    assert [bool(codes(listed, n)) for n in range(1, 6)] == [True, False, False, True, True]


def test_an_activity_outside_the_period_is_a_warning_before_and_an_error_after() -> None:
    """Proves that an activity outside the period is a warning before and an error after."""
    found = assess(
        *(
            record("reading_support", activity_on=date(*day))
            for day in ((2025, 12, 31), (2026, 1, 1), (2026, 2, 28), (2026, 3, 1))
        ),
        only={"CLM-207"},
    )
    assert [codes(found, n) for n in (1, 2, 3, 4)] == [["CLM-207"], [], [], ["CLM-207"]]
    assert cents(found) == [1320, 1320, 1320, 0]


def test_the_windows_are_told_apart() -> None:
    """Proves that the windows are told apart."""
    days = [date(2024, 6, 30), date(2029, 9, 1), date(2025, 8, 31), date(2025, 9, 1)]
    lines = [record("reading_support", activity_on=day) for day in days]
    found = assess(*lines, only={"ELG-101"})
    assert [bool(codes(found, n)) for n in (1, 2, 3, 4)] == [True, True, True, False]
    messages = {one.problems[0].message.en for one in found.lines[:3]}
    assert len(messages) == 3


def test_the_later_of_two_agreements_opens_the_partners_window() -> None:
    """Proves that the later of two agreements opens the partner's window."""
    line = record("reading_support", activity_on=date(2025, 10, 1))
    later = assess(line, only={"ELG-101"}, settings={"project_agreement_on": "2025-10-02"})
    same = assess(line, only={"ELG-101"}, settings={"project_agreement_on": "2025-10-01"})
    unset = assess(line, only={"ELG-101"}, settings={"project_agreement_on": ""})
    assert (codes(later), codes(same), codes(unset)) == (["ELG-101"], [], [])
    assert sum(not_checked(unset).values()) == 1
    assert "02.10.2025." in problem_of(later, "ELG-101").message.lv


def test_youth_projects_have_a_first_day_of_their_own() -> None:
    """Proves that youth projects have a first day of their own."""
    line = record("youth_project", PUMPURS, activity_on=date(2018, 12, 31))
    early = assess(line, programme=PUMPURS, only={"ELG-101"})
    unset = assess(line, programme=PUMPURS, only={"ELG-101"}, settings={"youth_project_from": ""})
    assert (codes(early), codes(unset)) == (["ELG-101"], [])
    assert not_checked(unset)


def test_money_of_the_state_alone_may_bear_only_what_the_rule_lists() -> None:
    """Proves that money of the state alone may bear only what the rule lists."""
    lines = [
        record("consultation", PUMPURS, budget_bucket="state_only"),
        record("meals", PUMPURS, budget_bucket="state_only"),
    ]
    found = assess(*lines, programme=PUMPURS, only={"ELG-102"})
    assert [codes(found, n) for n in (1, 2)] == [[], ["ELG-102"]]


def test_what_could_not_be_read_rejects_the_line_and_the_cell_is_named_once() -> None:
    """Proves that what could not be read rejects the line and the cell is named once."""

    def fault(row: int | None, severity: Severity = Severity.ERROR) -> Problem:
        text = Text(lv="x", en="x")
        return Problem(
            code="WBK-421",
            severity=severity,
            message=text,
            hint=text,
            where=Where(sheet="Lines", row=row, column="learner_grade"),
        )

    read = claim(record("reading_support", learner_grade=None), record("reading_support"))
    reading = (fault(3), fault(4, Severity.WARNING), fault(None), fault(99))
    found = assess_claim(replace(read, reading=reading), rulebook=book(), on=date(2026, 3, 1))
    assert codes(found, 1) == ["WBK-421"]
    assert found.lines[0].problems[0].cut_cents == 1320
    assert "WBK-421" in codes(found, 2)
    assert [line.eligible_cents for line in found.lines[:1]] == [0]
    assert codes(found).count("WBK-421") == 4
