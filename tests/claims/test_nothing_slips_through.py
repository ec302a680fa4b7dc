"""Ways in which a claim once passed, or took, what it should not; each stays shut."""

from __future__ import annotations

from datetime import date

import polars as pl

from tests.claims.desk import approved, assess, cents, codes, record

HOURS, DOCUMENTS = "ELG-141", "ELG-131"


def test_a_partner_without_a_number_passes_no_ceiling() -> None:
    """Proves that leaving the registration number out is a missing fact, not a way around."""
    found = assess(record("reading_support"), partner_reg_no=None)
    assert "CLM-201" in codes(found)
    assert cents(found) == [0]


def test_a_claim_without_a_period_is_a_missing_fact() -> None:
    """Proves that CLM-207 cannot be switched off by an empty cell."""
    found = assess(record("reading_support"), period_to=None)
    assert codes(found).count("CLM-201") == 1
    assert cents(found) == [0]


def test_a_cent_of_correction_frees_a_cent_of_hours() -> None:
    """Proves that hours come back in proportion to the euros that are taken back."""
    lines = [
        record(
            "reading_support",
            line_id=f"A{day}",
            activity_on=date(2026, 2, day),
            quantity="30",
            amount="396.00",
        )
        for day in (2, 3, 4)
    ]
    correction = record(
        "reading_support",
        activity_on=date(2026, 2, 2),
        quantity="30",
        amount="-0.01",
        corrects_line_id="A2",
    )
    found = assess(*lines, correction, only={HOURS}, history=[])
    assert cents(found) == [39600, 39600, 0, -1]


def test_a_negative_quantity_is_worth_nothing() -> None:
    """Proves that a session of minus one hour is not paid as one hour."""
    found = assess(record("reading_support", quantity="-1"), only={"ELG-140", "CLM-202"})
    assert sorted(codes(found)) == ["CLM-202", "ELG-140"]
    assert cents(found) == [0]


def test_an_actual_cost_of_a_specialist_names_the_specialist() -> None:
    """Proves that ELG-135 cannot be avoided by an empty cell."""
    line = record("event", activity="specialist_support", specialist="occupational_therapist")
    assert codes(assess({**line, "specialist_ref": None}, only={"ELG-135"})) == ["CLM-201"]


def test_what_vat_cut_in_one_claim_cannot_be_claimed_in_the_next() -> None:
    """Proves that a document is used up by what was claimed of it, not by what was left."""
    history = [approved(record("event", amount="350.00"), eligible=[28926])]
    rest = record("event", amount="60.74", vat_amount=None, vat_recoverable=None)
    assert cents(assess(rest, history=history, only={DOCUMENTS})) == [0]


def test_an_approved_line_of_an_unnamed_programme_is_ours() -> None:
    """Proves that an empty programme in a history does not take the line out of it."""
    line = record("reading_support", session_ref="N-1")
    history = [approved(line).with_columns(pl.lit(None, dtype=pl.String).alias("programme"))]
    assert cents(assess(line, history=history, only={"ELG-132"})) == [0]


def test_ceilings_before_their_first_version_are_said_not_to_be_checked() -> None:
    """Proves that an early day of assessment does not take the ceilings away in silence."""
    found = assess(record("reading_support"), on=date(2024, 6, 30), history=[])
    said = {one.subject for one in found.problems if one.variant == "day"}
    assert said == {"ELG-170", "ELG-171", "ELG-172", "ELG-173"}


def test_an_empty_plan_number_is_one_finding() -> None:
    """Proves that the ground, which stands in the plan, is not asked for as well."""
    found = assess(record("specialist_support", plan_no=None, risk_ground=None))
    assert [code for code in codes(found) if code in {"ELG-106", "CLM-201"}] == ["ELG-106"]


def test_an_empty_amount_is_one_finding() -> None:
    """Proves that nobody is told that 0.00 € was claimed where nothing was."""
    found = assess(record("reading_support", amount=None))
    assert [code for code in codes(found) if code.startswith("CLM-2")] == ["CLM-201"]


def test_a_correction_of_a_line_over_nothing_frees_no_hours() -> None:
    """Proves that hours come back with euros only."""
    day = {"activity_on": date(2026, 2, 2)}
    lines = [
        record("reading_support", line_id="A", quantity="60", amount="0.00", **day),
        record("reading_support", quantity="60", amount="-1.00", corrects_line_id="A", **day),
        record("reading_support", quantity="1", activity_on=date(2026, 2, 3)),
    ]
    assert cents(assess(*lines, only={HOURS}, history=[]))[2] == 0
