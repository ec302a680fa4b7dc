"""Earlier claims: what counts as approved, and once."""

from __future__ import annotations

from datetime import date

import polars as pl

from skola_finance.claims.claim import ClaimHeader
from skola_finance.claims.history import Approved
from tests.claims.desk import (
    BASES,
    PUMPURS,
    SKOLA,
    approved,
    assess,
    cents,
    claim,
    record,
)

DOCUMENTS, HOURS, ALLOCATION = "ELG-131", "ELG-141", "ELG-170"
EARLIER = date(2026, 1, 20)


def test_an_earlier_claim_is_assessed_first_and_its_eligible_cents_count() -> None:
    """Proves that an earlier claim is assessed first and its eligible cents count."""
    earlier = claim(record("event", amount="350.00", vat_recoverable="yes"), claim_no="1")
    found = assess(record("event", amount="350.00"), history=[earlier], only={ALLOCATION},
                   settings={"allocation.99990000037": "350.00"})  # fmt: skip
    # 350.00 less 60.74 of recoverable VAT were approved, so 60.74 of the allocation are left.
    assert cents(found) == [6074]


def test_earlier_claims_are_assessed_in_their_order() -> None:
    """Proves that earlier claims are assessed in their order."""
    whole = record("event", amount="350.00", line_id="R-1")
    first, second = claim(whole, claim_no="1"), claim(whole, claim_no="2")
    room = {"allocation.99990000037": "700.00"}
    # The second has nothing left of the document, so half of the room is still free.
    found = assess(
        record("venue"),
        record("event", document_no="X", amount="180.00"),
        history=[first, second],
        settings=room,
        only={ALLOCATION},
    )
    assert cents(found) == [18000, 17000]


def test_the_same_line_of_the_same_claim_counts_once() -> None:
    """Proves that the same line of the same claim counts once."""
    line = record("event", amount="100.00", line_id="R-1")
    earlier = claim(line, claim_no="1")
    found = assess(record("event", amount="250.00"), history=[earlier, earlier], only={DOCUMENTS})
    assert cents(found) == [25000]
    twice = [approved(line, eligible=[left]) for left in (10000, 100)]
    assert cents(assess(record("event"), history=twice, only={DOCUMENTS})) == [25000]
    unnamed = claim(record("event", amount="100.00"), claim_no="1")
    found = assess(record("event", amount="250.00"), history=[unnamed, unnamed], only={DOCUMENTS})
    assert cents(found) == [25000]


def test_claims_without_a_number_and_lines_of_one_claim_are_never_taken_for_each_other() -> None:
    """Proves that nothing is dropped from the history because nobody told it apart."""
    line = record("event", amount="100.00", line_id="R-1")
    other = record("event", amount="100.00", line_id="R-1", document_no="X-2")
    nameless = [claim(line, claim_no=None), claim(other, claim_no=None)]
    asked = record("event", amount="300.00", document_no="X-2")
    assert cents(assess(asked, history=nameless, only={DOCUMENTS})) == [25000]
    doubled = [claim(line, other, claim_no="1")]
    assert cents(assess(asked, history=doubled, only={DOCUMENTS})) == [25000]


def test_a_line_of_an_earlier_claim_that_was_cut_to_nothing_still_used_its_hours() -> None:
    """Proves that a line of an earlier claim that was cut to nothing still used its hours."""
    rows = [
        record("reading_support", session_ref="N-1", learner_ref=learner, quantity="30",
               amount="396.00", activity_on=EARLIER)
        for learner in ("L-0", "IZG-001")
    ]  # fmt: skip
    now = record("reading_support", quantity="31", amount="409.20")
    found = assess(now, history=[claim(*rows, claim_no="1")], only={HOURS})
    assert cents(found) == [39600]
    rejected = [rows[0], {**rows[1], "learner_grade": 7}]
    found = assess(now, history=[claim(*rejected, claim_no="1")], only={HOURS})
    assert cents(found) == [40920]


def test_of_a_claim_of_the_other_programme_documents_count_as_they_were_claimed() -> None:
    """Proves that of a claim of the other programme documents count as they were claimed."""
    other = claim(
        record("meals", PUMPURS, document_no="R-2026/15", document_on=date(2026, 2, 11),
               supplier_reg_no="99990000060", amount="100.00", document_total="350.00"),
        programme=PUMPURS,
    )  # fmt: skip
    found = assess(record("event"), history=[other], only={DOCUMENTS})
    assert cents(found) == [25000]


def test_frames_with_other_columns_are_taken_together() -> None:
    """Proves that frames with other columns are taken together."""
    one = approved(record("event", amount="100.00")).with_columns(pl.lit(1).alias("extra"))
    two = approved(record("event", amount="100.00"), claim_id="other").drop("note")
    found = assess(record("event", amount="350.00"), history=[one, two], only={DOCUMENTS})
    assert cents(found) == [15000]


def test_a_line_that_could_not_be_read_was_not_approved() -> None:
    """Proves that a line that could not be read was not approved."""
    frame = approved(record("event"), eligible=[0]).with_columns(
        pl.lit(None, dtype=pl.Int64).alias("eligible_cents")
    )
    assert cents(assess(record("event"), history=[frame], only={DOCUMENTS})) == [35000]


def test_a_claim_without_header_facts_has_a_name_of_its_own() -> None:
    """Proves that a claim without header facts has a name of its own."""
    nothing = pl.DataFrame()
    assert Approved(nothing).claim_id(4) == "#4"
    assert Approved(nothing, ClaimHeader(programme=SKOLA)).claim_id(5) == "#5"
    numbered = Approved(nothing, ClaimHeader(programme=SKOLA, claim_no="3"))
    assert numbered.claim_id(6) == "?/skola-kopiena/3"
    assert BASES[SKOLA].claim["claim_no"] == "2"
