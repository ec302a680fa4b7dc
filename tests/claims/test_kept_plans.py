"""Plans that are built once: the same on every frame, and never confused with one another."""

from __future__ import annotations

from datetime import date, time
from typing import TYPE_CHECKING, Any

import narwhals as nw
import polars as pl
from polars.testing import assert_frame_equal

from skola_finance.claims import kept_plans
from skola_finance.claims.bulk import assess_frame
from skola_finance.claims.compiled import compile_rules
from skola_finance.claims.engine import PolarsEngine, Reusable
from skola_finance.claims.facts import Facts
from skola_finance.claims.flat_rate import base_of
from skola_finance.claims.prepare import prepare
from tests.claims.desk import BASES, SKOLA, book, frame_of, header, record

if TYPE_CHECKING:
    import pytest


def prepared(*amounts: str) -> pl.DataFrame:
    """Give lines of reading support with these amounts."""
    lines = [record("reading_support", amount=amount) for amount in amounts]
    return prepare(frame_of(lines), rulebook=book(), header=header())


def eligible(frame: pl.DataFrame) -> list[int]:
    """Judge a frame; gives what is eligible of each line, in cents."""
    verdict = assess_frame(
        PolarsEngine().lift(frame), rulebook=book(), on=BASES[SKOLA].on, whole_programme=True
    )
    return verdict.lines.sort("line_key")["eligible_cents"].to_list()


def test_a_plan_is_run_on_one_frame_after_another() -> None:
    """Proves that nothing of the frame before is left in the plan."""
    plan = Reusable(
        pl.DataFrame(schema={"a": pl.Int64()}),
        lambda source: source.filter(nw.col("a") > 1).select((nw.col("a") * 2).alias("b")),
    )
    assert plan.run(pl.DataFrame({"a": [1, 2, 3]}))["b"].to_list() == [4, 6]
    assert plan.run(pl.DataFrame({"a": [5]}))["b"].to_list() == [10]
    assert plan.run(pl.DataFrame({"a": [1]})).is_empty()


def test_a_source_keeps_what_it_is_asked_to_filter() -> None:
    """Proves that a filter which Polars hands to the source itself is not lost."""
    plan = Reusable(pl.DataFrame(schema={"a": pl.Int64()}), lambda source: source)
    plan.run(pl.DataFrame({"a": [1, 2, 3]}))
    (found,) = plan._read(["a"], pl.col("a") > 1, 2, None)
    assert found["a"].to_list() == [2]


def test_a_large_frame_is_judged_as_small_ones_are(monkeypatch: pytest.MonkeyPatch) -> None:
    """Proves that the plan of its own that a large frame gets says the same."""
    frame = prepared("13.20", "14.00", "10.00")
    by_kept_plans = eligible(frame)
    monkeypatch.setattr(kept_plans, "SMALL", 2)
    assert eligible(frame) == by_kept_plans
    assert by_kept_plans[0] == 1320


def test_only_so_many_plans_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """Proves that the oldest goes, and is made again when it is asked for."""
    monkeypatch.setattr(kept_plans, "KEPT", 1)
    first = eligible(prepared("13.20"))
    assert eligible(prepared("13.20").with_columns(pl.lit(1).alias("more"))) == first
    assert len(kept_plans._plans) == 1
    assert eligible(prepared("13.20")) == first


def test_the_sums_after_the_line_stage_are_told() -> None:
    """Proves that a caller learns what is left before the other stages begin."""
    told: list[dict[str, int]] = []
    frame = prepared("13.20", "13.20")
    assess_frame(
        PolarsEngine().lift(frame),
        rulebook=book(),
        on=BASES[SKOLA].on,
        after_lines=lambda sums: told.append(sums.row(0, named=True)),
    )
    (sums,) = told
    assert (sums["lines"], sums["claimed_cents"], sums["left_cents"]) == (2, 2640, 2640)


def test_rooms_do_not_take_part_in_a_kept_plan() -> None:
    """Proves that another allocation finds the same plan, and is still the one that cuts."""
    on = BASES[SKOLA].on
    partner = header().partner_reg_no
    one = book(settings={f"allocation.{partner}": "13.20"})
    other = book(settings={f"allocation.{partner}": "10.00"})
    compiled = [
        compile_rules(Facts(rulebook=each, on=on, has_history=True, has_plans=False))
        for each in (one, other)
    ]
    assert compiled[0].marks is compiled[1].marks
    assert [each.facts.rulebook for each in compiled] == [one, other]


def test_before_any_flat_rate_there_is_no_base() -> None:
    """Proves that the day of assessment picks the rate, and that there may be none."""
    facts = Facts(rulebook=book(), on=date(1990, 1, 1), has_history=False, has_plans=False)
    assert base_of(prepared("13.20"), compile_rules(facts)) is None


class OneByOne:
    """An engine that nothing is known of: every question is a plan of its own."""

    def materialise(self, frame: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
        """Compute a frame once."""
        return nw.from_native(self.collect(frame).lazy())

    def collect(self, frame: nw.LazyFrame[Any]) -> pl.DataFrame:
        """Fetch rows."""
        found: pl.DataFrame = frame.to_native().collect()
        return found


def test_groups_are_judged_alike_by_one_plan_and_one_by_one() -> None:
    """Proves it where sessions overlap, hours run out, and documents are used up."""
    day = {"activity_on": date(2026, 2, 2), "starts_at": time(9), "learner_ref": "L-1"}
    frame = prepare(
        frame_of(
            [
                record("reading_support", **day),
                record("reading_support", **day),
                record("specialist_support", **day, quantity="200"),
                record("event", amount="350.00"),
                record("event", amount="350.00"),
                record("event", amount=None),
            ]
        ),
        rulebook=book(),
        header=header(),
    )
    kept = PolarsEngine(is_small=True)
    told = [
        assess_frame(
            kept.lift(frame), rulebook=book(), on=BASES[SKOLA].on, engine=engine, has_plans=True
        )
        for engine in (kept, OneByOne())
    ]
    lines, findings = ([getattr(one, name) for one in told] for name in ("lines", "findings"))
    key = ["line_key", "code", "variant", "subject"]
    assert_frame_equal(*lines, check_row_order=False)
    assert_frame_equal(*(one.sort(*key) for one in findings))
    assert {"ELG-132"} < set(findings[0]["code"])
