"""Claims made of Python objects: what is read, what is refused, and never a float."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from skola_finance.claims.assess import assess_claim
from skola_finance.claims.assessment import Amounts, Totals
from skola_finance.claims.line import ClaimLine, PlanRow, claim_of, lines_frame
from skola_finance.money import eur
from skola_finance.problems import SkolaError
from tests.claims.desk import BASES, SKOLA, Cell, book, header

if TYPE_CHECKING:
    import polars as pl

BASE = BASES[SKOLA].lines["reading_support"]


def line(**changes: Cell) -> ClaimLine:
    """Give a perfect line as an object."""
    return ClaimLine(**{**BASE, **changes})


def frame(**changes: Cell) -> dict[str, Any]:
    """Give the row that a line becomes."""
    lines: pl.DataFrame = claim_of(header(), lines=[line(**changes)]).lines
    return lines.row(0, named=True)


def test_a_claim_of_objects_is_assessed() -> None:
    """Proves that a claim of objects is assessed."""
    plan = PlanRow(
        plan_no="IP-1",
        learner_ref="IZG-001",
        activity="reading_support",
        plan_from=date(2026, 1, 1),
        plan_to=date(2026, 2, 10),
        semester="2026-spring",
        planned_hours="1",
    )
    claim = claim_of(header(), lines=[line(), line(activity_on=date(2026, 2, 11))], plans=[plan])
    found = assess_claim(claim, rulebook=book(), on=date(2026, 3, 1), history=[])
    assert [one.eligible for one in found.lines] == [eur("13.20"), eur(0)]
    assert [one.code for one in found.lines[1].problems if one.cut_cents] == ["ELG-106"]
    assert (found.lines[1].claimed, found.lines[1].ineligible) == (eur("13.20"), eur("13.20"))
    assert found.lines[1].unfunded == eur(0)
    assert found.has_errors
    assert found.programme == SKOLA
    assert claim_of(header(), lines=[line()]).plans is None


@pytest.mark.parametrize(
    ("value", "cents"),
    [
        ("13.20", 1320),
        ("13,20", 1320),
        ("1 234,56", 123456),
        (13, 1300),
        (Decimal("-0.01"), -1),
        (eur("7"), 700),
    ],
)
def test_euros_come_in_exactly(value: Cell, cents: int) -> None:
    """Proves that euros come in exactly."""
    assert frame(amount=value)["amount_cents"] == cents


@pytest.mark.parametrize("value", [13.2, float("nan"), "13.205", Decimal("0.001"), "13 EURO", True])
def test_euros_that_are_not_exact_are_refused(value: Cell) -> None:
    """Proves that euros that are not exact are refused."""
    with pytest.raises((SkolaError, ValueError)):
        frame(amount=value)


def test_a_unit_cost_beyond_its_bound_is_refused() -> None:
    """Proves that a unit cost beyond its bound is refused."""
    assert frame(unit_cost="99999.99")["unit_cost_cents"] == 9999999
    with pytest.raises(ValueError, match="unit_cost"):
        frame(unit_cost="100000.00")


@pytest.mark.parametrize(
    ("value", "milli"),
    [
        ("1", 1000),
        ("1,5", 1500),
        ("0.001", 1),
        (2, 2000),
        (Decimal("1.25"), 1250),
        ("-1", -1000),
        ("99999.999", 99999999),
    ],
)
def test_quantities_come_in_as_thousandths(value: Cell, milli: int) -> None:
    """Proves that quantities come in as thousandths."""
    assert frame(quantity=value)["quantity_milli"] == milli


@pytest.mark.parametrize("value", [1.5, "1.0001", "100000", "x", Decimal("1E+2"), True, "1,5,0"])
def test_quantities_that_are_not_exact_are_refused(value: Cell) -> None:
    """Proves that quantities that are not exact are refused."""
    with pytest.raises(ValueError, match="quantity"):
        frame(quantity=value)


@pytest.mark.parametrize(("value", "minutes"), [("14:30", 870), ("8.05", 485), (time(0, 1), 1)])
def test_times_come_in_as_minutes(value: Cell, minutes: int) -> None:
    """Proves that times come in as minutes."""
    assert frame(starts_at=value)["starts_min"] == minutes


@pytest.mark.parametrize(
    "changes",
    [
        {"starts_at": "24:00"},
        {"activity_on": "2026-02-10"},
        {"activity_on": datetime(2026, 2, 10, 9, tzinfo=UTC)},
        {"learner_grade": "2"},
        {"learner_grade": True},
        {"learner_grade": 2.0},
    ],
)
def test_other_types_are_refused(changes: dict[str, Any]) -> None:
    """Proves that other types are refused."""
    with pytest.raises(ValueError, match="is not a"):
        frame(**changes)


def test_an_empty_or_blank_text_is_a_missing_fact() -> None:
    """Proves that an empty or blank text is a missing fact."""
    row = frame(evidence="", plan_no=" ", note=None, economic_code=2279)
    assert (row["evidence"], row["plan_no"], row["note"]) == (None, None, None)
    assert row["economic_code"] == "2279"


def test_personal_data_is_taken_out_and_its_first_column_named() -> None:
    """Proves that personal data is taken out and its first column named."""
    row = frame(note="mamma anna@example.lv", evidence="lieta 010190-12345")
    assert (row["personal_data_in"], row["note"], row["evidence"]) == ("evidence", None, None)
    claim = claim_of(
        header(), lines=[line(note="010190-12345"), line(learner_ref="L-2", specialist_ref="S-2")]
    )
    found = assess_claim(claim, rulebook=book(), on=date(2026, 3, 1))
    (problem,) = [one for one in found.lines[0].problems if one.code == "CLM-211"]
    assert problem.where.column == "note"
    assert "010190" not in repr(found)
    assert [one.eligible_cents for one in found.lines] == [0, 1320]


def test_an_unknown_column_is_refused_by_name() -> None:
    """Proves that an unknown column is refused by name."""
    with pytest.raises(ValueError, match="learner_name"):
        lines_frame([{"learner_name": "x"}])


def test_amounts_that_lose_a_cent_cannot_exist() -> None:
    """Proves that amounts that lose a cent cannot exist."""
    with pytest.raises(ValueError, match="100 cents claimed"):
        Amounts(claimed_cents=100, eligible_cents=50, ineligible_cents=49, unfunded_cents=0)
    with pytest.raises(ValueError, match="sources"):
        Totals(
            claimed_cents=100,
            eligible_cents=100,
            ineligible_cents=0,
            unfunded_cents=0,
            esf_plus_cents=85,
            state_cents=14,
        )
