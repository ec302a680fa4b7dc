"""Two verdicts side by side: what changes, by rule and by partner."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from skola_finance.claims.bulk import assess_frame
from skola_finance.claims.compare import Change, compare
from skola_finance.claims.engine import PolarsEngine
from skola_finance.claims.findings import FINDING_SCHEMA, join_findings
from skola_finance.claims.prepare import prepare
from tests.claims.desk import BASES, SKOLA, Cell, book, frame_of, header, record

if TYPE_CHECKING:
    from skola_finance.claims.bulk import BulkVerdict


def verdict(**settings: Cell) -> BulkVerdict:
    """Judge three lines of two partners as the whole programme."""
    rulebook = book(settings={key.replace("__", "."): value for key, value in settings.items()})
    records = [record("event"), record("reading_support"), record("event", document_no="B")]
    partners = pl.Series("partner_reg_no", ["99990000037", "99990000037", None], dtype=pl.String)
    frame = prepare(frame_of(records).with_columns(partners), rulebook=rulebook, header=header())
    engine = PolarsEngine()
    return assess_frame(
        engine.lift(frame), rulebook=rulebook, on=BASES[SKOLA].on, whole_programme=True
    )


def test_a_changed_setting_changes_its_partner_and_its_rule_only() -> None:
    """Proves that a changed setting changes its partner and its rule only."""
    found = compare(verdict(), verdict(unit_cost__reading_support="10.00"))
    assert (found.lines, found.changed) == (3, 1)
    assert found.after_cents - found.before_cents == -320
    assert found.by_partner == (
        Change("", 0, 0, 0),
        Change("99990000037", 1, 36320, 36000),
    )
    by_rule = {one.name: one.difference_cents for one in found.by_rule if one.difference_cents}
    assert by_rule == {"ELG-140": 320}


def test_nothing_changes_against_itself() -> None:
    """Proves that nothing changes against itself."""
    found = compare(verdict(), verdict())
    assert found.changed == 0
    assert found.by_rule == ()
    assert [one.lines for one in found.by_partner] == [0, 0]


def test_a_rule_that_is_new_or_gone_is_named() -> None:
    """Proves that a rule that is new or gone is named."""
    one, other = verdict(), verdict(unit_cost__reading_support="")
    gone = {change.name: change for change in compare(other, one).by_rule}
    assert "RUL-301" in gone
    assert (gone["RUL-301"].before_cents, gone["RUL-301"].after_cents) == (1320, 0)


def test_no_findings_are_a_table_of_findings_all_the_same() -> None:
    """Proves that no findings are a table of findings all the same."""
    assert join_findings([]).schema == FINDING_SCHEMA
