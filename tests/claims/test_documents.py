"""Documents, projects and months: euros that lines share, earlier claims included."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl
import pytest

from skola_finance.claims.checks import covered_by_unit_cost
from tests.claims.desk import (
    PUMPURS,
    Cell,
    approved,
    assess,
    cents,
    codes,
    not_checked,
    problem_of,
    record,
    shipped,
)

DOCUMENTS, CORRECTIONS = "ELG-131", "CLM-208"


def part(amount: str, **changes: Cell) -> dict[str, Any]:
    """Give a part of the one document of the bases, over 350.00."""
    return record("event", amount=amount, **changes)


def test_parts_use_up_a_document_in_order_and_the_last_is_cut() -> None:
    """Proves that parts use up a document in order and the last is cut."""
    found = assess(part("200.00"), part("100.00"), part("50.01"), history=[], only={DOCUMENTS})
    assert cents(found) == [20000, 10000, 5000]
    assert problem_of(found, DOCUMENTS).cut_cents == 1


def test_an_earlier_day_comes_before_an_earlier_row() -> None:
    """Proves that an earlier day comes before an earlier row."""
    late, early = date(2026, 2, 11), date(2026, 2, 10)
    found = assess(
        part("200.00", activity_on=late), part("200.00", activity_on=early), only={DOCUMENTS}
    )
    assert cents(found) == [15000, 20000]


def test_what_was_approved_comes_first_and_is_never_cut() -> None:
    """Proves that what was approved comes first and is never cut."""
    history = [approved(part("340.00"), part("9.00"), eligible=[34000, 100])]
    found = assess(part("20.00"), history=history, only={DOCUMENTS})
    assert cents(found) == [100]


def test_only_unfunded_euros_of_an_earlier_part_may_be_claimed_again() -> None:
    """Proves that what a rule cut stays used up, and what a ceiling left unfunded does not."""
    cut = approved(part("350.00"), eligible=[30000])
    assert cents(assess(part("50.00"), history=[cut], only={DOCUMENTS})) == [0]
    unfunded = cut.with_columns(pl.lit(5000, dtype=pl.Int64).alias("unfunded_cents"))
    assert cents(assess(part("50.00"), history=[unfunded], only={DOCUMENTS})) == [5000]


def test_a_document_of_the_other_programme_is_the_same_document() -> None:
    """Proves that a document of the other programme is the same document."""
    history = [approved(part("350.00"), programme=PUMPURS).with_columns(_programme(PUMPURS))]
    assert cents(assess(part("1.00"), history=history, only={DOCUMENTS})) == [0]


def _programme(name: str) -> Cell:

    return pl.lit(name).alias("programme")


def test_an_exact_repeat_is_named_as_such_and_another_part_is_not() -> None:
    """Proves that an exact repeat is named as such and another part is not."""
    repeated = assess(part("350.00"), part("350.00"), only={DOCUMENTS})
    exceeded = assess(part("350.00"), part("349.99"), only={DOCUMENTS})
    messages = {problem_of(one, DOCUMENTS).message.en for one in (repeated, exceeded)}
    assert len(messages) == 2
    assert cents(repeated) == [35000, 0]


def test_a_repeat_that_fits_is_no_repeat() -> None:
    """Proves that a repeat that fits is no repeat."""
    assert codes(assess(part("10.00"), part("10.00"), history=[], only={DOCUMENTS})) == []


def test_the_smallest_total_that_lines_state_binds_even_if_it_is_zero() -> None:
    """Proves that the smallest total that lines state binds even if it is zero."""
    stated = [part("100.00"), part("100.00", document_total="150.00")]
    assert cents(assess(*stated, only={DOCUMENTS})) == [10000, 5000]
    zero = [part("100.00"), part("100.00", document_total="0.00")]
    assert cents(assess(*zero, only={DOCUMENTS})) == [0, 0]


def test_a_total_that_stood_on_a_rejected_line_only_is_not_known() -> None:
    """Proves that a total that stood on a rejected line only is not known."""
    unit = record("specialist_support", specialist_ref="S-9")
    stated = part("100.00", specialist_ref="S-9", document_total="100.00")
    unstated = part("150.00", document_total=None)
    found = assess(unit, stated, unstated, only={DOCUMENTS, "ELG-135"})
    assert cents(found) == [1320, 0, 15000]


def test_a_rejected_line_uses_up_nothing_of_a_document() -> None:
    """Proves that a rejected line uses up nothing of a document."""
    found = assess(part("350.00", other_funding="eu"), part("350.00"), only={DOCUMENTS, "ELG-130"})
    assert cents(found) == [0, 35000]


def test_a_line_cut_for_another_reason_still_uses_up_its_part() -> None:
    """Proves that a line cut for another reason still uses up its part."""
    found = assess(
        part("350.00", vat_recoverable="yes"), part("60.74"), only={DOCUMENTS, "ELG-160"}
    )
    assert cents(found) == [28926, 0]


def test_a_part_above_the_rest_takes_nothing_where_a_limit_left_less() -> None:
    """Proves that a part above the rest takes nothing where a limit left less."""
    cut = part("300.00", vat_recoverable="yes")
    found = assess(part("100.00"), cut, only={DOCUMENTS, "ELG-160"})
    assert cents(found) == [10000, 30000 - 6074]
    assert problem_of(found, DOCUMENTS).cut_cents == 0


def test_a_correction_gives_its_part_of_a_document_back() -> None:
    """Proves that a correction gives its part of a document back."""
    history = [approved(part("350.00", line_id="R-1"))]
    back = part("-50.00", corrects_line_id="R-1", line_id="K-1")
    again = part("50.01", activity_on=date(2026, 2, 12))
    found = assess(back, again, history=history, only={DOCUMENTS, CORRECTIONS})
    assert cents(found) == [-5000, 5000]


@pytest.mark.parametrize("number", ["r-2026/15", " R 2026 15", "R.2026–15."])
def test_a_document_is_known_however_its_number_is_written(number: str) -> None:
    """Proves that a document is known however its number is written."""
    assert cents(assess(part("350.00"), part("1.00", document_no=number), only={DOCUMENTS})) == [
        35000,
        0,
    ]


def test_without_history_the_claim_alone_is_compared_and_that_is_said() -> None:
    """Proves that without history the claim alone is compared and that is said."""
    assert not_checked(assess(part("1.00"), only={DOCUMENTS}))
    assert not not_checked(assess(part("1.00"), history=[], only={DOCUMENTS}))


# ── an actual cost of what a unit cost pays ──────────────────────────────────────────────────────


def test_an_actual_cost_of_a_paid_session_or_day_is_rejected() -> None:
    """Proves that an actual cost of a paid session or day is rejected."""
    unit = record("specialist_support", session_ref="N-1")
    paid = {"cost_form": "actual", "specialist": "occupational_therapist", "amount": "5.00"}
    of_day = record("specialist_support", **paid)
    of_session = record(
        "specialist_support", **{**paid, "session_ref": "N-1", "specialist_ref": "S-8"}
    )
    elsewhere = record("specialist_support", **{**paid, "specialist_ref": "S-9"})
    found = assess(unit, of_day, of_session, elsewhere, only={"ELG-135"})
    assert cents(found) == [1320, 0, 0, 500]
    assert {found.lines[1].problems[0].where.column, found.lines[2].problems[0].where.column} == {
        "specialist_ref",
        "session_ref",
    }
    history = [approved(unit)]
    assert cents(assess(of_day, history=history, only={"ELG-135"})) == [0]
    assert cents(assess(unit, history=[approved(of_day)], only={"ELG-135"})) == [1320]


def test_an_actual_cost_beside_unit_costs_of_other_days_is_left_alone() -> None:
    """Proves that an actual cost beside unit costs of other days is left alone."""
    # A number shared by chance may put strangers into one suspicion; the walk tells them apart.
    rule = shipped("skola-kopiena").rule("ELG-135")
    facts = {
        "partner_reg_no": "P",
        "activity_on": date(2026, 2, 10),
        "session_ref": None,
        "is_history": False,
    }
    rows = [
        {**facts, "line_key": 1, "cost_form": "actual", "specialist_ref": "S-1"},
        {**facts, "line_key": 2, "cost_form": "unit_cost", "specialist_ref": "S-2"},
    ]
    nothing: Cell = None
    assert list(covered_by_unit_cost.walk(rule, rule.versions[0], nothing, rows)) == []


# ── projects and months ──────────────────────────────────────────────────────────────────────────


def project(amount: str, **changes: Cell) -> dict[str, Any]:
    """Give a line of the approved project over 4600.00."""
    return record("initiative_project", amount=amount, **changes)


def test_lines_of_a_project_share_its_sum() -> None:
    """Proves that lines of a project share its sum."""
    found = assess(
        project("4000.00"), project("600.01"), project("1.00", project_no="IP-9"), only={"ELG-114"}
    )
    assert cents(found) == [400000, 60000, 0]
    assert len({one.message.en for one in found.problems if one.code == "ELG-114"}) == 2


def test_approved_parts_of_a_project_come_first() -> None:
    """Proves that approved parts of a project come first."""
    history = [approved(project("4599.99"))]
    assert cents(assess(project("1.00"), history=history, only={"ELG-114"})) == [1]


def test_without_a_register_of_projects_nothing_is_compared_but_the_lump_sum_of_the_law() -> None:
    """Proves it: without a register of projects nothing is compared but the lump sum of the law."""
    none = {"project.IP-2026-01": "", "project.PP-2026-01": "", "project.JP-1": ""}
    skola = assess(project("99999.00"), only={"ELG-114"}, settings=none)
    assert cents(skola) == [9999900]
    assert not_checked(skola)
    youth = record("youth_project", PUMPURS, amount="4600.01")
    assert cents(assess(youth, programme=PUMPURS, only={"ELG-114"}, settings=none)) == [460000]
    approved_less = {"project.JP-1": "100.00"}
    assert cents(assess(youth, programme=PUMPURS, only={"ELG-114"}, settings=approved_less)) == [
        10000
    ]


def meals(amount: str, day: date = date(2020, 11, 10), **changes: Cell) -> dict[str, Any]:
    """Give meals of one learner, at most 70.00 a month."""
    return record("meals", PUMPURS, amount=amount, activity_on=day, **changes)


def test_a_month_of_one_learner_has_a_limit_for_each_kind_of_support() -> None:
    """Proves that a month of one learner has a limit for each kind of support."""
    rows = [
        meals("69.99"), meals("0.02", date(2020, 11, 30)), meals("70.00", date(2020, 12, 1)),
        meals("70.00", learner_ref="L-2"), record("transport", PUMPURS, amount="30.00"),
    ]  # fmt: skip
    found = assess(*rows, programme=PUMPURS, only={"ELG-145"})
    assert cents(found) == [6999, 1, 7000, 7000, 3000]


def test_approved_euros_of_a_month_come_first_and_a_correction_gives_back() -> None:
    """Proves that approved euros of a month come first and a correction gives back."""
    history = [approved(meals("70.00", date(2020, 11, 30), line_id="R-1"), programme=PUMPURS)]
    rows = [
        meals("-10.00", date(2020, 11, 1), corrects_line_id="R-1"),
        meals("10.01", date(2020, 11, 2)),
    ]
    found = assess(*rows, programme=PUMPURS, history=history, only={"ELG-145", CORRECTIONS})
    assert cents(found) == [-1000, 1000]


def test_a_cap_judges_what_the_cap_before_left() -> None:
    """Proves that a cap judges what the cap before left."""
    rows = [
        meals("60.00", document_total="50.00"),
        meals("25.00", document_no="E-2", document_total="25.00"),
    ]
    found = assess(*rows, programme=PUMPURS, history=[], only={DOCUMENTS, "ELG-145"})
    assert cents(found) == [5000, 2000]


def test_what_was_cut_from_a_month_is_not_owed_when_some_is_given_back() -> None:
    """Proves that a cut line uses up only what it was left, so that a correction frees the rest."""
    history = [approved(meals("20.00", date(2020, 11, 30), line_id="R-1"), programme=PUMPURS)]
    rows = [
        meals("90.00", date(2020, 11, 1)),
        meals("-10.00", date(2020, 11, 2), corrects_line_id="R-1"),
        meals("20.00", date(2020, 11, 3)),
    ]
    found = assess(*rows, programme=PUMPURS, history=history, only={"ELG-145"})
    assert cents(found) == [5000, -1000, 1000]
