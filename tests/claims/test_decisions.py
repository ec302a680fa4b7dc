"""A reviewer's decisions on lines: cuts, which are ineligible, and parking, which is unfunded."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skola_finance.claims.assess import assess_claim
from skola_finance.claims.prepare import prepare
from skola_finance.exchange.workbook.faults import fault
from skola_finance.problems import Where
from tests.claims import strategies
from tests.claims.desk import (
    BASES,
    PARTNER,
    PUMPURS,
    SKOLA,
    approved,
    book,
    cents,
    claim,
    codes,
    header,
    record,
)
from tests.claims.strategies import few_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from skola_finance.claims.assessment import Assessment
    from skola_finance.claims.claim import Claim

DOCUMENTS, HOURS, RATE, VAT = "ELG-131", "ELG-141", "ELG-150", "ELG-160"
ALLOCATION, ENVELOPE, SHARE = "ELG-170", "ELG-173", "ELG-174"
MINE = f"allocation.{PARTNER[SKOLA]}"
THEIRS = f"allocation.{PARTNER[PUMPURS]}"
QUOTA = f"quota.{PARTNER[SKOLA]}.events"


def decided(
    handed_in: Claim,
    *,
    limits: Sequence[int | None] = (),
    parked: Sequence[bool | None] = (),
) -> Claim:
    """Give a claim with decisions on its first lines; on the others nobody decided."""
    rest = handed_in.lines.height
    columns = (
        pl.Series("review_limit_cents", [*limits, *[None] * (rest - len(limits))], dtype=pl.Int64),
        pl.Series("is_parked", [*parked, *[None] * (rest - len(parked))], dtype=pl.Boolean),
    )
    return replace(handed_in, lines=handed_in.lines.with_columns(columns))


def assess(
    handed_in: Claim,
    *,
    only: set[str],
    under: Mapping[str, Any] | None = None,
    history: Sequence[Claim | pl.DataFrame] | None = None,
) -> Assessment:
    """Assess a claim under some rules of its programme."""
    programme = handed_in.header.programme
    return assess_claim(
        handed_in,
        rulebook=book(programme, under),
        on=BASES[programme].on,
        history=history,
        only=frozenset(only),
    )


def amounts(found: Assessment) -> list[tuple[int, int, int]]:
    """Give the eligible, ineligible and unfunded cents of each line."""
    return [(one.eligible_cents, one.ineligible_cents, one.unfunded_cents) for one in found.lines]


def event(amount: str, **changes: Any) -> dict[str, Any]:  # noqa: ANN401 - any cell
    """Give an event with a document of its own amount."""
    return record("event", amount=amount, **changes)


# ── cuts ─────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("limit", "left"), [(None, 1320), (1321, 1320), (1320, 1320), (1319, 1319), (0, 0), (-1, 0)]
)
def test_what_a_reviewer_cuts_is_ineligible_and_makes_no_finding(
    limit: int | None, left: int
) -> None:
    """Proves the limit, a cent on either side of it, and that it is never below zero."""
    found = assess(decided(claim(record("reading_support")), limits=[limit]), only={VAT})
    assert amounts(found) == [(left, 1320 - left, 0)]
    assert codes(found) == []


def test_a_correction_is_never_cut() -> None:
    """Proves that a limit on a negative amount changes nothing."""
    row = event("-13.20", corrects_line_id="R-1")
    for limit in (0, 5000, -5000):
        assert cents(assess(decided(claim(row), limits=[limit]), only={VAT})) == [-1320]


@pytest.mark.parametrize(("limit", "left"), [(20000, 20000), (28926, 28926), (28927, 28926)])
def test_among_a_rules_limit_and_a_reviewers_the_lowest_wins(limit: int, left: int) -> None:
    """Proves that the rule still says what it found, whoever cuts deeper."""
    row = event("350.00", vat_recoverable="yes")
    found = assess(decided(claim(row), limits=[limit]), only={VAT})
    assert amounts(found) == [(left, 35000 - left, 0)]
    assert [one.cut_cents for one in found.lines[0].problems] == [6074]


def test_a_cut_line_still_uses_up_its_hours() -> None:
    """Proves that a line cut to nothing leaves its learner no more hours than before."""
    days = (date(2026, 2, 10), date(2026, 2, 11))
    rows = [record("reading_support", quantity="60", amount="792.00", activity_on=day)
            for day in days]  # fmt: skip
    found = assess(decided(claim(*rows), limits=[0]), only={HOURS})
    assert amounts(found) == [(0, 79200, 0), (0, 79200, 0)]
    assert codes(found) == [HOURS]


def test_a_cut_line_still_uses_up_its_part_of_the_document() -> None:
    """Proves that a part that was cut is not free to be claimed by the next line."""
    rows = [event("300.00"), event("100.00", activity_on=date(2026, 2, 11))]
    found = assess(decided(claim(*rows), limits=[100]), only={DOCUMENTS})
    assert amounts(found) == [(100, 29900, 0), (5000, 5000, 0)]


def test_a_cut_makes_room_under_a_ceiling_and_flows_on_into_a_flat_rate() -> None:
    """Proves that unfunded euros are revived by a cut, and that a rate follows its base."""
    rows = claim(event("60.00"), event("60.00"))
    found = assess(decided(rows, limits=[3000]), only={ALLOCATION}, under={MINE: "100.00"})
    assert amounts(found) == [(3000, 3000, 0), (6000, 0, 0)]
    base = record("management", PUMPURS, amount="1000.00")
    derived = record("indirect", PUMPURS, amount="150.00")
    found = assess(decided(claim(base, derived, programme=PUMPURS), limits=[90000]), only={RATE})
    assert cents(found) == [90000, 13500]


# ── parking ──────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("rule", [ALLOCATION, ENVELOPE, "ELG-172"])
def test_a_parked_line_is_unfunded_and_takes_no_room(rule: str) -> None:
    """Proves it for the partner's allocation, the envelope and a quota, without a finding."""
    rows = claim(event("80.00"), event("80.00"), event("30.00"))
    under = dict.fromkeys((MINE, "envelope", QUOTA), "100.00")
    found = assess(decided(rows, parked=[True]), only={rule}, under=under)
    assert amounts(found) == [(0, 0, 8000), (8000, 0, 0), (2000, 0, 1000)]
    assert codes(found) == [rule]
    assert found.totals.unfunded_cents == 9000


def test_a_parked_line_is_no_part_of_a_base_nor_of_the_rest_of_a_share() -> None:
    """Proves that neither a flat rate nor a share of the rest is taken on it."""
    base = record("management", PUMPURS, amount="1000.00")
    derived = record("indirect", PUMPURS, amount="150.00")
    both = claim(base, base, derived, programme=PUMPURS)
    found = assess(decided(both, parked=[True]), only={RATE})
    assert amounts(found) == [(0, 0, 100000), (100000, 0, 0), (15000, 0, 0)]
    found = assess(decided(both, parked=[True, True]), only={RATE})
    assert amounts(found)[2] == (0, 15000, 0)
    found = assess(decided(both, parked=[False, None, True]), only={RATE, ALLOCATION},
                   under={THEIRS: "2000.00"})  # fmt: skip
    assert amounts(found) == [(100000, 0, 0), (100000, 0, 0), (0, 0, 15000)]
    lessons = record("consultation", PUMPURS, amount="850.00")
    meals = record("meals", PUMPURS, amount="150.00")
    shared = claim(lessons, meals, programme=PUMPURS)
    assert cents(assess(decided(shared, parked=[True]), only={SHARE})) == [0, 0]


def test_only_what_the_rules_and_the_reviewer_left_is_parked() -> None:
    """Proves that hours and documents judge a parked line as any other, before it is parked."""
    rows = [event("300.00"), event("100.00", activity_on=date(2026, 2, 11))]
    found = assess(decided(claim(*rows), parked=[None, True]), only={DOCUMENTS})
    assert amounts(found) == [(30000, 0, 0), (0, 5000, 5000)]
    found = assess(decided(claim(*rows), parked=[True]), only={DOCUMENTS})
    assert amounts(found) == [(0, 0, 30000), (5000, 5000, 0)]
    found = assess(decided(claim(rows[0]), limits=[20000], parked=[True]), only={DOCUMENTS})
    assert amounts(found) == [(0, 10000, 20000)]


def test_a_rejected_line_stays_rejected_whether_cut_or_parked() -> None:
    """Proves it for rejections of a line alone, of a group of lines, and of an unreadable cell."""
    alone = record("reading_support", learner_grade=7)
    found = assess(decided(claim(alone), limits=[500], parked=[True]), only={"ELG-110"})
    assert amounts(found) == [(0, 1320, 0)]
    credit = event("-10.00", corrects_line_id="X")
    found = assess(decided(claim(credit), parked=[True]), only={"CLM-208"}, history=[])
    assert amounts(found) == [(0, -1000, 0)]
    cell = Where(sheet="Lines", row=3, column="note")
    unread = replace(claim(event("10.00")), reading=(fault("WBK-420", where=cell),))
    found = assess(decided(unread, limits=[500], parked=[True]), only={VAT})
    assert amounts(found) == [(0, 1000, 0)]


# ── decisions that were taken before ─────────────────────────────────────────────────────────


def test_decisions_on_an_earlier_claim_are_in_what_was_approved_of_it() -> None:
    """Proves that an earlier parked line takes no room, and that a cut one takes what was left."""
    now = claim(event("100.00"), claim_no="2")
    room = {MINE: "100.00"}
    earlier = claim(event("80.00", document_no="Z"), claim_no="1")
    for decision, left in (({"parked": [True]}, 10000), ({"limits": [3000]}, 7000)):
        before = decided(earlier, **decision)
        assert cents(assess(now, only={ALLOCATION}, under=room, history=[before])) == [left]
    stored = approved(event("80.00", document_no="Z"), eligible=[3000]).with_columns(
        is_parked=pl.lit(value=True), review_limit_cents=pl.lit(1)
    )
    assert cents(assess(now, only={ALLOCATION}, under=room, history=[stored])) == [7000]


def test_an_earlier_line_that_was_cut_or_parked_still_used_its_hours() -> None:
    """Proves that only a rejected line uses nothing up."""
    row = record("reading_support", quantity="60", amount="792.00", activity_on=date(2026, 1, 20))
    now = claim(record("reading_support"), claim_no="2")
    earlier = claim(row, claim_no="1")
    for before in (decided(earlier, limits=[0]), decided(earlier, parked=[True])):
        assert cents(assess(now, only={HOURS}, history=[before])) == [0]


# ── the frame ────────────────────────────────────────────────────────────────────────────────


def test_decisions_may_come_as_other_types_of_column() -> None:
    """Proves that a store's narrower or empty columns are read as what they are."""
    rows = claim(event("60.00"), event("60.00"))
    for limits, parked in (
        (pl.Series([10, None], dtype=pl.Int32), pl.Series([None, None])),
        (pl.Series([None, None]), pl.Series([None, True])),
    ):
        lines = rows.lines.with_columns(
            limits.alias("review_limit_cents"), parked.alias("is_parked")
        )
        frame = prepare(lines, rulebook=book(), header=header())
        assert frame.schema["review_limit_cents"] == pl.Int64
        assert frame.schema["is_parked"] == pl.Boolean
        assert frame["is_parked"].null_count() == 0


@pytest.mark.parametrize("programme", [SKOLA, PUMPURS])
@given(data=st.data())
@settings(max_examples=few_of(12))
def test_no_cent_is_lost_whatever_a_reviewer_decides(programme: str, data: st.DataObject) -> None:
    """Proves the sums, the order of the three amounts, and that undecided columns do nothing."""
    frame = data.draw(strategies.frames(programme, most=20))
    decisions = data.draw(strategies.decided(frame.height))
    rulebook = book(programme, data.draw(strategies.changed_settings(programme)))
    plain = replace(claim(programme=programme), lines=frame)
    undecided = decided(plain)
    handed_in = replace(plain, lines=frame.hstack(decisions))
    before, same, found = (
        assess_claim(one, rulebook=rulebook, on=BASES[programme].on)
        for one in (plain, undecided, handed_in)
    )
    assert same == before
    assert found.totals.claimed_cents == before.totals.claimed_cents
    for line, (limit, parked) in zip(found.lines, decisions.iter_rows(), strict=True):
        parts = (line.eligible_cents, line.ineligible_cents, line.unfunded_cents)
        assert sum(parts) == line.claimed_cents
        low, high = sorted((0, line.claimed_cents))
        assert all(low <= part <= high for part in parts)
        if parked:
            assert line.eligible_cents == 0
        if limit is not None and line.claimed_cents > 0:
            assert line.eligible_cents + line.unfunded_cents <= max(0, limit)
