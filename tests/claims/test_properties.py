"""What holds for every claim, whatever its lines say."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skola_finance.claims.assess import assess_claim
from skola_finance.claims.claim import Claim
from tests.claims import strategies
from tests.claims.desk import BASES, PUMPURS, SKOLA, book, claim, frame_of, header, record
from tests.claims.strategies import few_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from skola_finance.claims.assessment import Assessment
    from skola_finance.problems import Problem
    from skola_finance.rulebook import Rulebook

PROGRAMMES = pytest.mark.parametrize("programme", [SKOLA, PUMPURS])
few = settings(max_examples=few_of(12))
"""Each example assesses two claims under every rule."""


def judged(
    frame: pl.DataFrame,
    rulebook: Rulebook,
    *,
    history: Sequence[Claim | pl.DataFrame] | None = None,
) -> Assessment:
    """Assess a frame of lines under a rulebook."""
    of = rulebook.programme
    handed_in = Claim(header=header(of), lines=frame)
    return assess_claim(handed_in, rulebook=rulebook, on=BASES[of].on, history=history)


def verdicts(found: Assessment, *, without: Sequence[str] = ()) -> Mapping[int, Any]:
    """Give amounts and problems by line number."""
    return {
        line.line_no: (
            line.eligible_cents,
            line.ineligible_cents,
            line.unfunded_cents,
            sorted(
                (one.code, one.cut_cents, one.where.column or "", one.message.en)
                for one in line.problems
                if one.code not in without
            ),
        )
        for line in found.lines
    }


@PROGRAMMES
@given(data=st.data())
@few
def test_no_cent_is_lost_and_every_problem_is_told_in_full(
    programme: str, data: st.DataObject
) -> None:
    """Proves that no cent is lost and every problem is told in full."""
    frame = data.draw(strategies.frames(programme))
    found = judged(frame, book(programme, data.draw(strategies.changed_settings(programme))))
    adds_up(found, frame)
    for one in found.problems:
        is_told_in_full(one)


def adds_up(found: Assessment, frame: pl.DataFrame) -> None:
    """Check that every cent of every line is eligible, ineligible or unfunded, once."""
    totals = found.totals
    for name in ("claimed_cents", "eligible_cents", "ineligible_cents", "unfunded_cents"):
        assert getattr(totals, name) == sum(getattr(line, name) for line in found.lines)
    assert totals.claimed_cents == frame["amount_cents"].sum()
    for line in found.lines:
        parts = (line.eligible_cents, line.ineligible_cents, line.unfunded_cents)
        assert sum(parts) == line.claimed_cents
        low, high = sorted((0, line.claimed_cents))
        assert all(low <= part <= high for part in parts)
        errors = [one for one in line.problems if one.cut_cents]
        assert bool(errors) >= (line.eligible_cents != line.claimed_cents)


def is_told_in_full(problem: Problem) -> None:
    """Check that a problem has its texts, its place and its citation."""
    for text in (problem.message, problem.hint):
        for written in (text.lv, text.en):
            assert "{" not in written
            assert "}" not in written
    assert problem.citation is not None
    if problem.where.row is not None:
        assert problem.where.column is not None
        assert problem.where.sheet == "Lines"


@PROGRAMMES
@given(data=st.data())
@few
def test_the_order_of_rows_columns_and_rules_does_not_matter(
    programme: str, data: st.DataObject
) -> None:
    """Proves that the order of rows columns and rules does not matter."""
    frame = data.draw(strategies.frames(programme, most=20))
    rulebook = book(programme, data.draw(strategies.changed_settings(programme)))
    rows = data.draw(st.permutations(range(frame.height)))
    columns = data.draw(st.permutations(frame.columns))
    rules = data.draw(st.permutations(list(rulebook.rules)))
    shuffled = replace(
        rulebook,
        rules=MappingProxyType({code: rulebook.rules[code] for code in rules}),
        digest="shuffled " + " ".join(rules),
    )
    straight, mixed = judged(frame, rulebook), judged(frame[list(rows)].select(columns), shuffled)
    assert verdicts(mixed) == verdicts(straight)
    assert mixed.totals == straight.totals
    assert [line.line_no for line in mixed.lines] == [line.line_no for line in straight.lines]


@PROGRAMMES
@given(data=st.data())
@few
def test_a_line_rejected_alone_changes_no_other_line(programme: str, data: st.DataObject) -> None:
    """Proves that a line rejected alone changes no other line."""
    records = data.draw(strategies.claims(programme, most=20))
    rejected = data.draw(strategies.lines(programme, len(records)))
    # Without evidence: rejected by CLM-206 or CLM-201, and used up by nothing.
    rejected |= {"evidence": None, "other_funding": None, "line_id": None}
    if rejected["cost_form"] not in {"actual", "unit_cost", "lump_sum"}:
        rejected["cost_form"] = "actual"
    rulebook = book(programme, data.draw(strategies.changed_settings(programme)))
    alone, beside = (
        judged(frame_of(records), rulebook),
        judged(frame_of([*records, rejected]), rulebook),
    )
    assert beside.lines[-1].eligible_cents == 0
    # What was typed is compared in sum over all rows of a session, rejected ones as well.
    before, after = (verdicts(one, without=["CLM-202"]) for one in (alone, beside))
    assert {number: after[number] for number in before} == before


@PROGRAMMES
@given(data=st.data())
@few
def test_history_is_the_same_in_one_piece_in_two_and_with_nothing_beside_it(
    programme: str, data: st.DataObject
) -> None:
    """Proves that history is the same in one piece in two and with nothing beside it."""
    frame = data.draw(strategies.frames(programme, most=12))
    earlier = data.draw(strategies.claims(programme, most=8))
    approved = _approved(
        frame_of({**one, "line_id": f"H-{n}"} for n, one in enumerate(earlier)), programme
    )
    cut = data.draw(st.integers(0, approved.height))
    rulebook = book(programme, data.draw(strategies.changed_settings(programme)))
    whole = judged(frame, rulebook, history=[approved])
    parts = judged(frame, rulebook, history=[approved[:cut], approved[cut:], approved])
    assert verdicts(parts) == verdicts(whole)
    assert parts.problems == whole.problems


def _approved(frame: pl.DataFrame, programme: str) -> pl.DataFrame:
    return frame.with_columns(
        pl.col("amount_cents").alias("eligible_cents"),
        pl.lit(header(programme).partner_reg_no).alias("partner_reg_no"),
        pl.lit("earlier").alias("claim_id"),
    )


@PROGRAMMES
@given(data=st.data())
@few
def test_an_empty_history_only_says_that_there_was_one(programme: str, data: st.DataObject) -> None:
    """Proves that an empty history only says that there was one."""
    frame = data.draw(strategies.frames(programme, most=20))
    rulebook = book(programme, data.draw(strategies.changed_settings(programme)))
    none, empty = judged(frame, rulebook), judged(frame, rulebook, history=[])
    unknown = {
        line.line_no
        for line in empty.lines
        if line.claimed_cents < 0 and any(one.code == "CLM-208" for one in line.problems)
    }
    if not unknown:
        assert verdicts(empty) == verdicts(none)
        assert empty.totals == none.totals
    said = [
        {one.message.en for one in found.problems if one.code == "RUL-302"}
        for found in (none, empty)
    ]
    assert {one.code for one in empty.problems} - {one.code for one in none.problems} <= {"CLM-208"}
    assert len(said[1]) <= len(said[0])


@pytest.mark.parametrize(
    ("programme", "base"), [(SKOLA, "reading_support"), (PUMPURS, "consultation")]
)
def test_an_empty_claim_is_a_claim_of_nothing(programme: str, base: str) -> None:
    """Proves that an empty claim is a claim of nothing."""
    nothing = frame_of([record(base, programme)]).clear()
    found = judged(nothing, book(programme))
    assert found.lines == ()
    assert found.totals.claimed_cents == found.totals.esf_plus_cents == 0
    assert claim(programme=programme).lines.height == 0
