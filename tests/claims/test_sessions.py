"""Sessions: the room that their rows share, overlaps, repeats and arithmetic."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl

from skola_finance.claims.bulk import assess_frame
from skola_finance.claims.engine import PolarsEngine
from skola_finance.claims.prepare import prepare
from tests.claims.desk import (
    PUMPURS,
    Cell,
    approved,
    assess,
    book,
    cents,
    codes,
    frame_of,
    header,
    not_checked,
    problem_of,
    record,
)

OVERLAPS, UNIT_COSTS, HOURS = "ELG-132", "ELG-140", "ELG-141"


def session(starts_at: str | None, hours: str = "1", **changes: Cell) -> dict[str, Any]:
    """Give a session of one learner of the same specialist."""
    return record("reading_support", starts_at=starts_at, quantity=hours, **changes)


# ── the room of a session ────────────────────────────────────────────────────────────────────────


def test_a_line_alone_is_limited_to_quantity_times_unit_cost_half_up() -> None:
    """Proves that a line alone is limited to quantity times unit cost half up."""
    found = assess(
        session("10:00", "0.5", amount="7.00"),
        session("12:00", "1.001", amount="13.22"),
        only={UNIT_COSTS},
        settings={"unit_cost.reading_support": "13.25"},
    )
    assert cents(found) == [663, 1322]
    assert problem_of(found, UNIT_COSTS).cut_cents == 37


def test_the_rows_of_a_session_share_its_largest_product_in_the_order_of_rows() -> None:
    """Proves that the rows of a session share its largest product in the order of rows."""
    rows = [
        session("10:00", hours, session_ref="N-1", learner_ref=f"L-{hours}", amount="13.20")
        for hours in ("1", "2", "1")
    ]
    found = assess(*rows, only={UNIT_COSTS})
    assert cents(found) == [1320, 1320, 0]


def test_a_row_that_claims_nothing_still_says_how_long_the_session_was() -> None:
    """Proves that a row that claims nothing still says how long the session was."""
    rows = [
        session("10:00", "1", session_ref="N-1", amount="26.40"),
        session("10:00", "2", session_ref="N-1", learner_ref="L-2", amount="0.00"),
    ]
    assert cents(assess(*rows, only={UNIT_COSTS})) == [2640, 0]


def test_a_rejected_row_leaves_its_room_to_the_others() -> None:
    """Proves that a rejected row leaves its room to the others."""
    rows = [
        session("10:00", session_ref="N-1", learner_ref="L-1", learner_grade=7),
        session("10:00", session_ref="N-1", learner_ref="L-2"),
    ]
    assert cents(assess(*rows, only={UNIT_COSTS, "ELG-110"})) == [0, 1320]


def test_a_session_approved_earlier_has_used_its_room() -> None:
    """Proves that the room is less by what was approved of it, not by what was claimed."""
    row = session("10:00", session_ref="N-1", learner_ref="L-1", amount="9.00")
    earlier = {**row, "learner_ref": "L-0", "amount": "10.00"}
    for eligible, left in ((1000, 320), (500, 820)):
        history = [approved(earlier, eligible=[eligible])]
        assert cents(assess(row, history=history, only={UNIT_COSTS})) == [left]


def test_a_session_of_another_day_or_partner_is_another_session() -> None:
    """Proves that a session of another day or partner is another session."""
    row = session("10:00", session_ref="N-1")
    elsewhere = approved(row, partner_reg_no="99990000041")
    found = assess(
        row, {**row, "activity_on": date(2026, 2, 11)}, history=[elsewhere], only={UNIT_COSTS}
    )
    assert cents(found) == [1320, 1320]


def test_nobody_named_as_partner_is_one_partner() -> None:
    """Proves that nobody named as partner is one partner."""
    row = session("10:00", session_ref="N-1")
    found = assess(
        row, {**row, "learner_ref": "L-2"}, only={UNIT_COSTS, OVERLAPS}, partner_reg_no=None
    )
    assert cents(found) == [1320, 0]


def test_a_correction_is_not_limited_and_gives_no_room() -> None:
    """Proves that a correction is not limited and gives no room."""
    rows = [
        session("10:00", session_ref="N-1", amount="-99.00", corrects_line_id="R-1"),
        session("10:00", session_ref="N-1", amount="13.21"),
    ]
    assert cents(assess(*rows, only={UNIT_COSTS})) == [-9900, 1320]


# ── overlaps ─────────────────────────────────────────────────────────────────────────────────────


def learners(*sessions: dict[str, Any]) -> list[dict[str, Any]]:
    """Give each session a learner of its own, so that only the specialist can overlap."""
    return [{"learner_ref": f"L-{n}", **row} for n, row in enumerate(sessions)]


def own(starts_at: str, hours: str = "1", **changes: Cell) -> dict[str, Any]:
    """Give a session whose learner is still to be named."""
    row = session(starts_at, hours, **changes)
    row.pop("learner_ref")
    return row


def at_fault(*sessions: dict[str, Any], **given: Cell) -> list[int]:
    """Give the numbers of the sessions that ELG-132 rejects, counted from 1."""
    found = assess(
        *learners(*sessions), only={OVERLAPS}, settings={"hours_per_day": "none"}, **given
    )
    return [n for n, line in enumerate(found.lines, start=1) if not line.eligible_cents]


def test_a_session_that_begins_when_another_ends_is_no_overlap() -> None:
    """Proves that a session that begins when another ends is no overlap."""
    assert at_fault(own("10:00"), own("11:00")) == []
    assert at_fault(own("10:00", "1.001"), own("11:00")) == [2]


def test_a_long_session_is_at_odds_with_every_session_inside_it() -> None:
    """Proves that a long session is at odds with every session inside it."""
    assert at_fault(own("10:00", "4"), own("11:00"), own("13:00")) == [2, 3]


def test_a_session_at_fault_still_takes_its_time() -> None:
    """Proves that a session at fault still takes its time."""
    assert at_fault(own("10:00", "2"), own("11:00", "2"), own("12:30")) == [2, 3]


def test_the_hour_decides_and_then_the_row() -> None:
    """Proves that the hour decides and then the row."""
    assert at_fault(own("11:00"), own("10:30")) == [1]
    assert at_fault(own("10:00"), own("10:00")) == [2]


def test_the_rows_of_one_session_are_one_session() -> None:
    """Proves that the rows of one session are one session."""
    rows = [own("10:00", session_ref="N-1"), own("10:00", session_ref="N-1")]
    assert at_fault(*rows) == []
    assert at_fault(*rows, own("10:30", session_ref="N-2")) == [3]
    assert at_fault(own("10:00", "2"), *rows) == [2, 3]


def test_rows_of_one_session_with_different_hours_span_them_all() -> None:
    """Proves that rows of one session with different hours span them all."""
    rows = [own("10:00", session_ref="N-1"), own("10:30", session_ref="N-1")]
    assert at_fault(*rows, own("11:15")) == [3]


def test_an_approved_session_stands_even_if_it_is_later() -> None:
    """Proves that an approved session stands even if it is later."""
    history = [approved(session("10:30", learner_ref="L-9"))]
    assert at_fault(own("10:00"), history=history) == [1]
    assert at_fault(own("10:00", "0.5"), history=history) == []
    assert at_fault(own("11:30"), history=history) == []


def test_a_rejected_session_takes_no_time() -> None:
    """Proves that a rejected session takes no time."""
    history = [approved(session("10:00", learner_ref="L-9"), eligible=[0])]
    assert at_fault(own("10:00"), history=history) == []
    found = assess(
        *learners(own("10:00", learner_grade=7), own("10:00")), only={OVERLAPS, "ELG-110"}
    )
    assert cents(found) == [0, 1320]


def test_a_learner_cannot_be_in_two_places_whoever_teaches() -> None:
    """Proves that a learner cannot be in two places whoever teaches."""
    rows = [session("10:00", "1"), session("10:59", "1", specialist_ref="S-2")]
    found = assess(*rows, only={OVERLAPS})
    assert cents(found) == [1320, 0]


def test_a_learner_is_one_learner_at_two_partners_with_the_same_session_name() -> None:
    """Proves that a learner is one learner at two partner's with the same session name."""
    there = approved(session("10:00", session_ref="N-1"), partner_reg_no="99990000041")
    found = assess(session("10:00", session_ref="N-1"), history=[there], only={OVERLAPS})
    assert cents(found) == [0]


def test_a_specialist_name_of_another_partner_is_another_person() -> None:
    """Proves that a specialist name of another partner is another person."""
    there = approved(session("10:00", learner_ref="L-9"), partner_reg_no="99990000041")
    assert cents(assess(session("10:00"), history=[there], only={OVERLAPS})) == [1320]


def test_a_negative_quantity_of_a_positive_amount_still_takes_its_hour() -> None:
    """Proves that a negative quantity of a positive amount still takes its hour."""
    assert at_fault(own("10:00", "-1"), own("10:30")) == [2]


def test_the_same_learner_twice_in_one_session_is_a_repeat() -> None:
    """Proves that the same learner twice in one session is a repeat."""
    row = session("10:00", session_ref="N-1", amount="6.60")
    found = assess(row, row, {**row, "learner_ref": "L-2"}, only={OVERLAPS})
    assert cents(found) == [660, 0, 660]


def test_lines_without_hour_and_session_that_say_the_same_are_a_repeat() -> None:
    """Proves that lines without hour and session that say the same are a repeat."""
    row = session(None)
    other = session(None, "2", amount="26.40")
    found = assess(row, row, other, history=[], only={OVERLAPS})
    assert cents(found) == [1320, 0, 2640]
    assert sum(not_checked(found).values()) == 1


def test_a_repeat_of_an_approved_line_is_a_repeat_and_the_approved_one_stands() -> None:
    """Proves that a repeat of an approved line is a repeat and the approved one stands."""
    found = assess(session(None), history=[approved(session(None))], only={OVERLAPS})
    assert cents(found) == [0]


def test_a_correction_takes_no_time() -> None:
    """Proves that a correction takes no time."""
    back = session("10:00", amount="-13.20", corrects_line_id="R-1")
    assert cents(assess(session("10:00"), back, only={OVERLAPS})) == [1320, -1320]


def test_a_long_day_is_a_warning_from_the_line_that_crosses_it_on() -> None:
    """Proves that a long day is a warning from the line that crosses it on."""
    rows = learners(own("08:00", "4"), own("12:00", "4"), own("16:00", "0.001"), own("17:00"))
    found = assess(*rows, only={OVERLAPS})
    assert [codes(found, n) for n in (1, 2, 3, 4)] == [[], [], [OVERLAPS], [OVERLAPS]]
    assert sum(cents(found)) == 4 * 1320


def test_the_hours_of_a_group_session_count_once_in_a_day() -> None:
    """Proves that the hours of a group session count once in a day."""
    rows = learners(*(own("08:00", "8", session_ref="N-1", amount="1.00") for _ in range(3)))
    assert codes(assess(*rows, only={OVERLAPS})) == []


def test_a_long_day_is_judged_by_the_setting_of_that_day() -> None:
    """Proves that a long day is judged by the setting of that day."""
    line = session("08:00", "8")
    later = {"value": "7", "from": date(2026, 2, 11)}
    same = {"value": "7", "from": date(2026, 2, 10)}
    unset = assess(line, history=[], only={OVERLAPS}, settings={"hours_per_day": later})
    told = assess(line, history=[], only={OVERLAPS}, settings={"hours_per_day": same})
    assert (codes(unset), codes(told)) == ([], [OVERLAPS])
    assert not_checked(unset)
    assert not not_checked(told)


def test_other_rules_do_not_see_the_other_programme() -> None:
    """Proves that other rules do not see the other programme."""
    other = approved(session("14:30"), eligible=[1320]).with_columns(
        pl.lit(PUMPURS).alias("programme")
    )
    found = assess(session("14:30"), history=[other], only={OVERLAPS, HOURS})
    assert codes(found) == []


# ── repeats and arithmetic ───────────────────────────────────────────────────────────────────────


def test_arithmetic_compares_lines_with_their_product_and_sessions_in_sum() -> None:
    """Proves that arithmetic compares lines with their product and sessions in sum."""
    rows = [
        session("10:00", amount="13.21"),
        session("11:00", amount="13.19"),
        session("12:00", amount="-13.20", corrects_line_id="R-1"),
        session("13:00", session_ref="N-1", amount="6.60"),
        session("13:00", session_ref="N-1", amount="6.60", learner_ref="L-2"),
        session("14:00", session_ref="N-2", amount="6.60"),
        session("14:00", session_ref="N-2", amount="6.61", learner_ref="L-2"),
    ]
    found = assess(*rows, only={"CLM-202"})
    assert [len(codes(found, n)) for n in range(1, 8)] == [1, 1, 0, 0, 0, 1, 0]
    assert [found.lines[n].problems[0].severity.value for n in (0, 1, 5)] == [
        "error",
        "warning",
        "error",
    ]
    assert found.totals.ineligible_cents == 0


def test_a_rejected_row_is_still_part_of_the_sum_that_was_typed() -> None:
    """Proves that a rejected row is still part of the sum that was typed."""
    rows = [
        session("13:00", session_ref="N-1", amount="6.60", learner_grade=7),
        session("13:00", session_ref="N-1", amount="6.60", learner_ref="L-2"),
    ]
    assert codes(assess(*rows, only={"CLM-202", "ELG-110"})) == ["ELG-110"]


def test_a_typed_unit_cost_is_compared_and_not_used() -> None:
    """Proves that a typed unit cost is compared and not used."""
    found = assess(
        session("10:00", unit_cost="10.00", amount="13.20"), only={"CLM-202", UNIT_COSTS}
    )
    assert cents(found) == [1320]
    assert codes(found) == ["CLM-202", "CLM-202"]


def test_repeats_among_approved_lines_stand_and_so_does_nothing_new() -> None:
    """Proves that repeats among approved lines stand and so does nothing new."""
    history = [approved(session(None), session(None))]
    found = assess(session(None), history=history, only={OVERLAPS})
    assert cents(found) == [0]
    assert codes(found) == [OVERLAPS]


def test_sessions_of_two_claims_are_compared_each_in_its_claim() -> None:
    """Proves that sessions of two claims are compared each in its claim."""
    rows = [session("10:00", session_ref="N-1", amount=amount) for amount in ("13.20", "6.60")]
    lines = frame_of(rows).with_columns(pl.Series("claim_id", ["a", "b"]))
    found = assess_frame(
        PolarsEngine().lift(prepare(lines, rulebook=book(), header=header())),
        rulebook=book(),
        on=date(2026, 3, 1),
        only=frozenset({"CLM-202"}),
    ).findings
    assert found.select("line_key", "code", "variant").rows() == [(1, "CLM-202", "below")]


# ── sizes of groups ──────────────────────────────────────────────────────────────────────────


def test_a_group_has_a_smallest_and_a_largest_size_and_one_learner_is_none() -> None:
    """Proves that sizes count from two on, both ends allowed, and that nobody is no group."""
    sizes = (0, 1, 2, 6, 7)
    rows = [session("10:00", group_size=size, learner_ref=f"L-{size}") for size in sizes]
    found = assess(*rows, only={"ELG-142"}, settings={"group_size.min": "2"})
    assert [bool(codes(found, n)) for n in range(1, 6)] == [True, False, False, False, True]
    assert cents(found) == [0, 1320, 1320, 1320, 0]
    larger = assess(*rows, only={"ELG-142"}, settings={"group_size.min": "3"})
    assert cents(larger) == [0, 1320, 0, 1320, 0]


def test_the_group_stage_judges_what_the_line_stage_left() -> None:
    """Proves that a line rejected by its own facts is not told the size of its group as well."""
    found = assess(session("10:00", group_size=9, learner_grade=7), only={"ELG-142", "ELG-110"})
    assert codes(found) == ["ELG-110"]
    both = [session("10:00", group_size=9, learner_grade=7), session("12:00", group_size=9)]
    assert codes(assess(*both, only={"ELG-142", "ELG-110"})) == ["ELG-110", "ELG-142"]
