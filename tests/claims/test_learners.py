"""Learners: their hours, their facts, their plans; and corrections of what was claimed."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.claims.desk import (
    Cell,
    approved,
    assess,
    cents,
    codes,
    not_checked,
    record,
)

UNIT_COSTS, HOURS = "ELG-140", "ELG-141"
CORRECTIONS, LEARNERS = "CLM-208", "CLM-209"


# ── hours of a learner ───────────────────────────────────────────────────────────────────────────


def hours(quantity: str, day: int = 10, **changes: Cell) -> dict[str, Any]:
    """Give a line of so many hours, 13.20 each at first."""
    return record("reading_support", quantity=quantity, activity_on=date(2026, 2, day), **changes)


def test_the_line_that_crosses_the_cap_keeps_the_part_that_fits_rounded_down() -> None:
    """Proves that the line that crosses the cap keeps the part that fits rounded down."""
    found = assess(
        hours("59", 1, amount="100.00"),
        hours("3", 2, amount="10.00"),
        hours("1", 3),
        only={HOURS},
        history=[],
    )
    assert cents(found) == [10000, 333, 0]


def test_all_kinds_of_support_of_one_learner_share_the_hours() -> None:
    """Proves that all kinds of support of one learner share the hours."""
    other = record(
        "mentor_support", learner_ref="IZG-001", quantity="1", activity_on=date(2026, 2, 3)
    )
    assert cents(assess(hours("60", 1), other, only={HOURS})) == [1320, 0]


def test_another_learner_or_semester_has_hours_of_its_own() -> None:
    """Proves that another learner or semester has hours of its own."""
    autumn = record("reading_support", activity_on=date(2025, 12, 31), quantity="60")
    found = assess(hours("60", 1), autumn, hours("60", learner_ref="L-2"), only={HOURS})
    assert cents(found) == [1320] * 3


def test_approved_hours_come_first_whatever_their_day() -> None:
    """Proves that approved hours come first whatever their day."""
    history = [approved(hours("59.5", 28))]
    assert cents(assess(hours("1", 1), history=history, only={HOURS})) == [660]


def test_hours_approved_at_no_cost_are_used_as_well() -> None:
    """Proves that hours approved at no cost are used as well."""
    history = [approved(hours("60", 1, amount="0.00"))]
    assert cents(assess(hours("1", 2), history=history, only={HOURS})) == [0]


def test_a_line_cut_to_nothing_still_uses_up_its_hours() -> None:
    """Proves that a line cut to nothing still uses up its hours."""
    rows = [
        hours("30", 1, session_ref="N-1", learner_ref="L-0", amount="396.00"),
        hours("30", 1, session_ref="N-1", amount="396.00"),
        hours("31", 2, amount="409.20"),
    ]
    found = assess(*rows, only={HOURS, UNIT_COSTS})
    assert cents(found) == [39600, 0, 39600]


def test_a_rejected_line_uses_up_no_hours() -> None:
    """Proves that a rejected line uses up no hours."""
    rows = [hours("60", 1, learner_grade=7), hours("60", 2)]
    assert cents(assess(*rows, only={HOURS, "ELG-110"})) == [0, 1320]


@pytest.mark.parametrize("sign", ["", "-"])
def test_a_correction_gives_its_hours_back_whatever_the_sign_of_its_quantity(sign: str) -> None:
    """Proves that a correction gives its hours back whatever the sign of its quantity."""
    history = [approved(hours("60", 1, line_id="R-1"))]
    back = hours(f"{sign}10", 2, amount="-2.20", corrects_line_id="R-1")
    again = hours("11", 3, amount="11.00")
    found = assess(back, again, history=history, only={HOURS, CORRECTIONS})
    assert cents(found) == [-220, 1000]


def test_a_negative_quantity_of_a_positive_amount_gives_no_hours_back() -> None:
    """Proves that a negative quantity of a positive amount gives no hours back."""
    found = assess(hours("60", 1), hours("-10", 2), hours("10", 3), only={HOURS})
    assert cents(found) == [1320, 0, 0]


def test_the_cap_is_that_of_the_day() -> None:
    """Proves that the cap is that of the day."""
    dated = {"value": "1", "from": date(2026, 2, 10)}
    found = assess(
        hours("5", 9), hours("5", 10), only={HOURS}, settings={"hours_cap.learner_semester": dated}
    )
    assert codes(found, 1) == ["RUL-301"]
    assert cents(found) == [0, 264]


# ── corrections ──────────────────────────────────────────────────────────────────────────────────


def back(amount: str, of: str | None = "R-1", **changes: Cell) -> dict[str, Any]:
    """Give a correction."""
    return record("reading_support", amount=amount, corrects_line_id=of, **changes)


def test_a_correction_names_its_line_and_takes_no_more_than_is_left() -> None:
    """Proves that a correction names its line and takes no more than is left."""
    history = [approved(record("reading_support", line_id="R-1"))]
    found = assess(
        back("-13.00"),
        back("-0.20"),
        back("-0.01"),
        back("-1.00", of=None),
        back("-1.00", of="R-9"),
        history=history,
        only={CORRECTIONS},
    )
    assert cents(found) == [-1300, -20, 0, 0, 0]
    assert len({one.message.en for one in found.problems}) == 3


def test_corrections_approved_earlier_have_taken_their_part() -> None:
    """Proves that corrections approved earlier have taken their part."""
    history = [approved(record("reading_support", line_id="R-1"), back("-13.00", line_id="K-1"))]
    found = assess(back("-0.21"), history=history, only={CORRECTIONS})
    assert cents(found) == [0]
    assert cents(assess(back("-0.20"), history=history, only={CORRECTIONS})) == [-20]


def test_a_correction_is_corrected_by_a_positive_line_and_not_by_another() -> None:
    """Proves that a correction is corrected by a positive line and not by another."""
    history = [approved(record("reading_support", line_id="R-1"), back("-13.00", line_id="K-1"))]
    found = assess(back("-1.00", of="K-1"), history=history, only={CORRECTIONS})
    assert codes(found) == [CORRECTIONS]


def test_a_correction_of_an_unseen_line_is_said_not_to_be_checked() -> None:
    """Proves that a correction of an unseen line is said not to be checked."""
    found = assess(back("-1.00", of="R-9"), only={CORRECTIONS})
    assert codes(found) == []
    assert not_checked(found)


def test_a_rejected_correction_takes_nothing_from_its_line() -> None:
    """Proves that a rejected correction takes nothing from its line."""
    history = [approved(record("reading_support", line_id="R-1"))]
    found = assess(
        back("-13.20", learner_grade=7),
        back("-13.20"),
        history=history,
        only={CORRECTIONS, "ELG-110"},
    )
    assert cents(found) == [0, -1320]


# ── learners, plans and mentors ──────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("ages", "is_fault"),
    [
        ((8, 8), False),
        ((8, 9), False),
        ((9, 8), True),
        ((8, 10), True),
        ((8, None), False),
    ],
)
def test_an_age_grows_by_one_at_most_in_a_school_year(
    ages: tuple[int | None, ...], *, is_fault: bool
) -> None:
    """Proves that an age grows by one at most in a school year."""
    rows = [
        record("reading_support", learner_age=age, activity_on=date(2026, 2, day))
        for day, age in enumerate(ages, start=1)
    ]
    assert codes(assess(*rows, only={LEARNERS})) == [LEARNERS] * 2 * is_fault


@pytest.mark.parametrize("ages", [(8, 9), (9, 8)])
def test_nobody_has_two_ages_on_one_day_whatever_the_order(ages: tuple[int, int]) -> None:
    """Proves that nobody has two ages on one day whatever the order."""
    rows = [record("reading_support", learner_age=age) for age in ages]
    assert codes(assess(*rows, only={LEARNERS})) == [LEARNERS] * 2


def test_two_grades_in_a_school_year_are_named_on_every_line_but_approved_ones_stand() -> None:
    """Proves that two grades in a school year are named on every line but approved ones stand."""
    rows = [record("reading_support", learner_grade=grade) for grade in (2, 3)]
    assert codes(assess(*rows, only={LEARNERS})) == [LEARNERS] * 2
    history = [approved(record("reading_support", learner_grade=3))]
    found = assess(rows[0], history=history, only={LEARNERS})
    assert cents(found) == [0]


def test_planned_hours_are_a_warning_from_the_line_that_crosses_them_on() -> None:
    """Proves that planned hours are a warning from the line that crosses them on."""
    plan = {
        "plan_no": "IP-1", "learner_ref": "IZG-001", "activity": "reading_support",
        "plan_from": date(2026, 1, 1), "plan_to": date(2026, 5, 31),
        "semester": "2026-spring", "planned_hours": "2",
    }  # fmt: skip
    rows = [
        hours("2", 1, line_id="R-1"),
        hours("-1", 2, amount="-6.60", corrects_line_id="R-1"),
        hours("1", 3),
        hours("0.001", 4),
    ]
    found = assess(*rows, only={"ELG-143"}, plans=[plan], history=[])
    assert [codes(found, n) for n in (1, 2, 3, 4)] == [[], [], [], ["ELG-143"]]
    assert sum(cents(found)) == 3 * 1320 - 660
    without = assess(*rows, only={"ELG-143"}, history=[])
    assert codes(without) == []
    assert not_checked(without)


def test_learners_of_a_mentor_are_counted_once_each() -> None:
    """Proves that learners of a mentor are counted once each."""
    rows = [record("mentor_support", learner_ref=f"L-{n % 7}") for n in range(9)]
    found = assess(*rows, only={"ELG-144"}, history=[])
    assert [bool(codes(found, n)) for n in range(1, 10)] == [False] * 6 + [True] + [False] * 2
    assert codes(assess(*rows, only={"ELG-144"}, settings={"mentor_load": "none"})) == []
    unset = assess(*rows, only={"ELG-144"}, settings={"mentor_load": ""}, history=[])
    assert codes(unset) == []
    assert not_checked(unset)


def test_a_learner_approved_earlier_counts_for_the_mentor_and_is_not_named() -> None:
    """Proves that a learner approved earlier counts for the mentor and is not named."""
    history = [approved(*(record("mentor_support", learner_ref=f"L-{n}") for n in range(7)))]
    found = assess(record("mentor_support", learner_ref="L-8"), history=history, only={"ELG-144"})
    assert codes(found) == ["ELG-144"]
