"""Single checks of the line stage: what each limits, rejects or leaves alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from skola_finance.claims.assess import assess_claim
from skola_finance.problems import Problem, Severity, Text, Where
from tests.claims.desk import (
    PUMPURS,
    assess,
    book,
    cents,
    claim,
    codes,
    not_checked,
    problem_of,
    record,
)


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
