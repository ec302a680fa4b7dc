"""Checking a workbook from Python: read, settle, assess, annotate."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from skola_finance import Language, SkolaError, read_claim
from skola_finance.usecases.check import (
    annotate_workbook,
    check_workbook,
    read_history,
    rulebook_with,
)
from tests.cli.command import write_lines, write_settings, write_small_claim

if TYPE_CHECKING:
    from pathlib import Path

ON = date(2026, 3, 1)


def test_settings_are_laid_over_the_rulebook(tmp_path: Path) -> None:
    """Proves that without a file nothing is entered, and that with one its keys are."""
    settings = write_settings(tmp_path / "settings.toml")
    assert rulebook_with("skola-kopiena").settings == ()
    settled = rulebook_with("skola-kopiena", settings=settings)
    assert settled.setting("unit_cost.reading_support", on=ON).value == 1320
    assert settled.digest == rulebook_with("skola-kopiena").digest


def test_what_is_being_done_is_told_in_order(tmp_path: Path) -> None:
    """Proves the steps that a progress bar shows, with history and without."""
    rulebook = rulebook_with("skola-kopiena", settings=write_settings(tmp_path / "s.toml"))
    path = write_small_claim(tmp_path / "claim.xlsx", {})
    steps: list[str] = []
    check_workbook(path, rulebook=rulebook, on=ON, progress=steps.append)
    assert steps == ["read", "assess"]
    earlier = write_lines(tmp_path / "earlier.parquet", {}, eligible=(1320,))
    steps.clear()
    checked = check_workbook(
        path, rulebook=rulebook, on=ON, history=[earlier], progress=steps.append
    )
    assert steps == ["read", "history", "assess"]
    assert checked.claim.lines.height == len(checked.assessment.lines) == 1


def test_history_is_read_by_the_kind_of_file(tmp_path: Path) -> None:
    """Proves that workbooks become claims and Parquet becomes approved lines."""
    workbook = write_small_claim(tmp_path / "claim.xlsx", {})
    stored = write_lines(tmp_path / "LINES.PARQUET", {}, eligible=(1320,))
    claim, lines = read_history([workbook, stored])
    assert type(claim).__name__ == "Claim"
    assert type(lines).__name__ == "DataFrame"
    unapproved = write_lines(tmp_path / "raw.parquet", {})
    with pytest.raises(SkolaError, match="WBK-462"):
        read_history([unapproved])


def test_an_annotated_copy_keeps_the_lines(tmp_path: Path) -> None:
    """Proves the last step: the file given back holds the same claim."""
    rulebook = rulebook_with("skola-kopiena", settings=write_settings(tmp_path / "s.toml"))
    path, out = write_small_claim(tmp_path / "claim.xlsx", {}), tmp_path / "out.xlsx"
    checked = check_workbook(path, rulebook=rulebook, on=ON)
    annotate_workbook(path, checked, out, language=Language.EN)
    assert read_claim(out).lines.equals(checked.claim.lines)
