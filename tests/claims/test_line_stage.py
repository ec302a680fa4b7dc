"""The line stage: what is found on a line alone, and what is left of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from skola_finance.claims.assess import assess_claim
from skola_finance.problems import Severity
from tests.claims.desk import (
    Cell,
    assess,
    book,
    cents,
    claim,
    codes,
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
