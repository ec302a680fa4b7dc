"""Simulating from Python: two rulebooks, the same lines, and what differs."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from skola_finance.usecases.check import rulebook_with
from skola_finance.usecases.simulate import NothingToSimulate, simulate
from tests.cli.command import write_lines, write_settings, write_small_claim

if TYPE_CHECKING:
    from pathlib import Path

    from skola_finance import Rulebook

ON = date(2026, 3, 1)
OTHER = {"learner_ref": "IZG-950", "activity_on": date(2026, 2, 12), "plan_no": "IP-950"}


@pytest.fixture
def now(tmp_path: Path) -> Rulebook:
    """Give the rules as they are."""
    return rulebook_with("skola-kopiena", settings=write_settings(tmp_path / "now.toml"))


@pytest.fixture
def then(tmp_path: Path) -> Rulebook:
    """Give the rules as they might be: a lower unit cost."""
    settings = write_settings(tmp_path / "then.toml", unit_cost__reading_support="10.00")
    return rulebook_with("skola-kopiena", settings=settings)


def test_the_same_rules_change_nothing(tmp_path: Path, now: Rulebook) -> None:
    """Proves that a comparison of a thing with itself is empty."""
    lines = write_lines(tmp_path / "lines.parquet", {}, OTHER)
    same = simulate([lines], before=now, after=now, on=ON)
    assert (same.lines, same.changed, same.by_rule) == (2, 0, ())
    assert same.before_cents == same.after_cents == 2640


def test_a_lower_unit_cost_takes_from_every_line(
    tmp_path: Path, now: Rulebook, then: Rulebook
) -> None:
    """Proves the difference in cents, by rule and by partner, and the steps that are told."""
    lines = write_lines(tmp_path / "lines.parquet", {}, OTHER)
    steps: list[str] = []
    found = simulate([lines], before=now, after=then, on=ON, progress=steps.append)
    assert steps == ["read", "before", "after"]
    assert (found.changed, found.before_cents, found.after_cents) == (2, 2640, 2000)
    (partner,) = found.by_partner
    assert (partner.lines, partner.difference_cents) == (2, -640)
    cutting = {one.name: one.difference_cents for one in found.by_rule}
    assert cutting["ELG-140"] == 640


def test_stored_verdicts_stand_for_the_rules_that_were(
    tmp_path: Path, now: Rulebook, then: Rulebook
) -> None:
    """Proves that what was approved is compared as it was approved, whatever today's rules say."""
    lines = write_lines(tmp_path / "lines.parquet", {}, OTHER, eligible=(1320, 500))
    found = simulate([lines], before=now, after=then, on=ON, against_stored=True)
    assert (found.before_cents, found.after_cents) == (1820, 2000)
    raw = write_lines(tmp_path / "raw.parquet", {}, OTHER)
    found = simulate([raw], before=now, after=then, on=ON, against_stored=True)
    assert found.before_cents == 2640


def test_workbooks_and_stored_lines_are_judged_together(tmp_path: Path, now: Rulebook) -> None:
    """Proves that lines of all files are one set of lines."""
    stored = write_lines(tmp_path / "lines.parquet", {})
    workbook = write_small_claim(tmp_path / "claim.xlsx", OTHER)
    assert simulate([stored, workbook], before=now, after=now, on=ON).lines == 2


def test_no_lines_are_nothing_to_simulate(now: Rulebook) -> None:
    """Proves that an empty comparison is refused and not shown as “nothing changes”."""
    with pytest.raises(NothingToSimulate, match="WBK-464"):
        simulate([], before=now, after=now, on=ON)
