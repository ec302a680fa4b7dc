"""A claim against approved lines from a store, and the frames a store keeps."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skola_finance.claims.assess import assess_claim, assess_prepared
from skola_finance.claims.calendar import semester_number
from tests.claims import strategies
from tests.claims.desk import BASES, PARTNER, PUMPURS, SKOLA, book, claim, not_checked, record
from tests.claims.strategies import few_of

if TYPE_CHECKING:
    from skola_finance.claims.assessment import Assessment
    from skola_finance.claims.bulk import BulkVerdict
    from skola_finance.claims.claim import Claim

AMOUNTS = ("claimed_cents", "eligible_cents", "ineligible_cents", "unfunded_cents")
MINE = f"allocation.{PARTNER[SKOLA]}"


def judged(
    handed_in: Claim, history: pl.DataFrame | None = None, **under: str
) -> tuple[Assessment, BulkVerdict]:
    """Assess a claim under every rule of its programme."""
    programme = handed_in.header.programme
    return assess_prepared(
        handed_in, rulebook=book(programme, under), on=BASES[programme].on, history=history
    )


def stored(handed_in: Claim, verdict: BulkVerdict, claim_id: str) -> pl.DataFrame:
    """Give the lines of a claim as a store would give them back once they are approved."""
    facts = handed_in.header
    of_header: dict[str, Any] = {
        name: getattr(facts, name)
        for name in (
            *("programme", "partner_reg_no", "partner_kind"),
            *("agreement_on", "period_from", "period_to"),
        )
    }
    kept = verdict.lines.select("line_no", "eligible_cents", "unfunded_cents", "still_stands")
    return handed_in.lines.join(kept, on="line_no", how="left", maintain_order="left").with_columns(
        *(pl.lit(value).alias(name) for name, value in of_header.items()),
        pl.lit(claim_id).alias("claim_id"),
    )


def test_a_store_gets_amounts_semester_and_bucket_of_every_line() -> None:
    """Proves what stands on the lines of the verdict, history left out."""
    rows = [
        record("consultation", PUMPURS, amount="10.00", budget_bucket="state_only"),
        record("meals", PUMPURS),
    ]
    handed_in = claim(*rows, programme=PUMPURS)
    handed_in = replace(handed_in, lines=handed_in.lines.with_columns(claim_id=pl.lit("C-7")))
    _, first = judged(handed_in)
    _, verdict = judged(handed_in, stored(handed_in, first, "C-1"))
    lines = verdict.lines
    assert lines["line_no"].to_list() == [0, 1]
    assert lines["claim_id"].to_list() == ["C-7", "C-7"]
    assert lines["semester_no"].to_list() == [semester_number("2020-autumn")] * 2
    assert lines["activity"].cast(pl.String).to_list() == ["consultation", "meals"]
    assert lines["bucket"].to_list() == ["state_only", "eligible"]
    assert all(lines.schema[name] == pl.Int64 for name in AMOUNTS)


def test_a_rejected_line_does_not_stand_and_one_cut_to_nothing_does() -> None:
    """Proves it for rejections alone and in a group, for a cut, a limit and an unread cell."""
    day = BASES[SKOLA].lines["reading_support"]["activity_on"]
    rows = [
        record("event", amount="100.00"),
        record("event", amount="250.00", document_no="B", vat_recoverable="yes"),
        record("reading_support", learner_grade=7),
        record("reading_support", learner_ref="L-2", plan_no="P-2", activity_on=day),
        record("reading_support", learner_ref="L-2", plan_no="P-2", starts_at="14:50"),
    ]
    handed_in = claim(*rows)
    limits = pl.Series("review_limit_cents", [0, None, None, None, None], dtype=pl.Int64)
    handed_in = replace(handed_in, lines=handed_in.lines.with_columns(limits))
    assessment, verdict = judged(handed_in)
    assert verdict.lines["still_stands"].to_list() == [True, True, False, True, False]
    assert assessment.lines[0].eligible_cents == 0


def test_no_history_is_said_and_an_empty_one_is_not() -> None:
    """Proves that an empty frame of approved lines is a history, and None is none."""
    handed_in = claim(record("event"))
    _, verdict = judged(handed_in)
    empty = stored(handed_in, verdict, "C-1").clear()
    nothing, nobody = judged(handed_in)[0], judged(handed_in, empty)[0]
    assert any("no earlier claims" in text for text in not_checked(nothing))
    assert not any("no earlier claims" in text for text in not_checked(nobody))
    assert nothing.totals == nobody.totals


def test_of_a_line_of_the_other_programme_only_the_document_counts() -> None:
    """Proves that the programme may stand on the approved lines."""
    now = claim(record("event", amount="350.00"))
    _, verdict = judged(now)
    earlier = stored(now, verdict, "C-1").with_columns(programme=pl.lit(PUMPURS))
    room = {MINE: "400.00"}
    other = earlier.with_columns(document_no=pl.lit("Z-9"))
    assert judged(now, other, **room)[0].totals.eligible_cents == 35000
    mine = other.with_columns(programme=pl.lit(SKOLA))
    assert judged(now, mine, **room)[0].totals.unfunded_cents == 30000
    assert judged(now, earlier, **room)[0].totals.eligible_cents == 0


@pytest.mark.parametrize("programme", [SKOLA, PUMPURS])
@given(data=st.data())
@settings(max_examples=few_of(12))
def test_a_stored_verdict_is_the_history_that_the_claim_itself_would_be(
    programme: str, data: st.DataObject
) -> None:
    """Proves that what a store keeps says all that later claims need, decisions included."""
    rows = data.draw(strategies.claims(programme, most=12))
    decisions = data.draw(strategies.decided(len(rows)))
    earlier = claim(*rows, programme=programme, claim_no="1")
    earlier = replace(earlier, lines=earlier.lines.hstack(decisions))
    now = claim(*data.draw(strategies.claims(programme, most=12)), programme=programme)
    rulebook = book(programme, data.draw(strategies.changed_settings(programme)))
    on = BASES[programme].on
    _, first = assess_prepared(earlier, rulebook=rulebook, on=on, history=None)
    history = stored(earlier, first, f"{PARTNER[programme]}/{programme}/1")
    found, verdict = assess_prepared(now, rulebook=rulebook, on=on, history=history)
    assert found == assess_claim(now, rulebook=rulebook, on=on, history=[earlier])
    sums = {name: int(verdict.lines[name].sum()) for name in AMOUNTS}
    assert sums == {name: getattr(found.totals, name) for name in AMOUNTS}
