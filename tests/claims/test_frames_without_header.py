"""Bulk frames hold the columns of lines; facts of a claim's header may not come with them."""

from __future__ import annotations

from datetime import date

import polars as pl

from skola_finance.claims.bulk import BulkVerdict, assess_frame
from skola_finance.claims.engine import PolarsEngine
from skola_finance.claims.line import lines_frame
from skola_finance.claims.prepare import prepare
from skola_finance.claims.vectors import settings_of
from skola_finance.rulebook import load_rulebook
from skola_finance.rulebook.vector_file import load_bases

PROGRAMME = "skola-kopiena"


def judged(**header: object) -> BulkVerdict:
    """Judge one perfect line, with only those facts of the header that are given."""
    bases = load_bases()[PROGRAMME]
    book = load_rulebook(PROGRAMME)
    book = book.with_settings(settings_of(bases.settings, book))
    frame = lines_frame([bases.lines["reading_support"]])
    frame = frame.with_columns(
        pl.lit(bases.claim["partner_reg_no"]).alias("partner_reg_no"),
        *(pl.lit(value).alias(name) for name, value in header.items()),
    )
    engine = PolarsEngine()
    prepared = prepare(frame, rulebook=book)
    return assess_frame(engine.lift(prepared), rulebook=book, on=bases.on, whole_programme=True)


def test_a_frame_without_header_is_judged_and_says_what_was_not() -> None:
    """Proves that lines of bulk use are not rejected for facts their format does not hold."""
    verdict = judged()
    assert verdict.lines["eligible_cents"].to_list() == [1320]
    said = verdict.findings.filter(pl.col("variant") == "claim")["subject"].to_list()
    assert said == ["CLM-207", "ELG-101", "ELG-102", "ELG-103"]


def test_a_frame_with_header_columns_is_judged_by_them() -> None:
    """Proves that a header column that is there but empty is a missing fact."""
    verdict = judged(partner_kind="municipality", agreement_on=None)
    missing = verdict.findings.filter(pl.col("code") == "CLM-201")["subject"].to_list()
    assert missing == ["agreement_on", "period_from", "period_to"]
    assert verdict.lines["eligible_cents"].to_list() == [0]


def test_an_agreement_that_is_given_binds() -> None:
    """Proves that the window of the partner is judged as soon as its day is known."""
    verdict = judged(partner_kind="municipality", agreement_on=date(2026, 3, 1))
    assert "ELG-101" in verdict.findings["code"].to_list()
