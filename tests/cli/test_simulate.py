"""`simulate`: the same lines under other rules or settings, and what would change."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from skola_finance.rulebook.load import shipped_rules
from tests.cli.command import PUMPURS, SKOLA_KOPIENA, write_lines, write_settings, write_small_claim

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from tests.cli.command import Command


def test_another_unit_cost_is_compared_with_what_was_approved(run: Command, tmp_path: Path) -> None:
    """Proves that settings alone are compared with the stored verdict, by rule and partner."""
    lines = write_lines(tmp_path / "lines.parquet", {}, eligible=(1320,))
    settings = write_settings(tmp_path / "new.toml", unit_cost__reading_support="10.00")
    ran = run(
        *("simulate", "-p", SKOLA_KOPIENA, "--settings", settings, "--lines", lines),
        *("--on", "2026-03-01", "--json"),
    )
    ran.assert_fine()
    assert list(ran.json) == [
        *("programme", "lines", "changed", "eligible"),
        *("by_partner", "by_semester", "by_rule"),
    ]
    assert (ran.json["programme"], ran.json["lines"], ran.json["changed"]) == (SKOLA_KOPIENA, 1, 1)
    assert ran.json["eligible"] == {"before": "13.20", "after": "10.00", "difference": "-3.20"}
    (partner,) = ran.json["by_partner"]
    assert list(partner) == ["partner", "lines", "before", "after", "difference"]
    assert (partner["before"], partner["after"], partner["difference"]) == (
        "13.20",
        "10.00",
        "-3.20",
    )
    assert "ELG-140" in [one["rule"] for one in ran.json["by_rule"]]
    people = run("simulate", "-p", SKOLA_KOPIENA, "--settings", settings, "--lines", lines)
    people.assert_fine()
    assert "mainītos" in people.out


def test_a_changed_rule_is_compared_with_the_rule_that_ships(run: Command, tmp_path: Path) -> None:
    """Proves that a folder of rules is tried on lines before it becomes law."""
    lines = write_lines(tmp_path / "lines.parquet", {}, programme=PUMPURS, base="youth_project")
    settings = write_settings(tmp_path / "settings.toml", PUMPURS)
    folder = tmp_path / "rules"
    shutil.copytree(shipped_rules(), folder)
    given = ("--settings", settings, "--lines", lines, "--on", "2021-02-01", "--json")
    same = run("simulate", "-p", PUMPURS, "--rules", folder, *given)
    same.assert_fine()
    assert same.json["changed"] == 0
    assert same.json["by_rule"] == []
    assert same.json["eligible"] == {
        "before": "4600.00",
        "after": "4600.00",
        "difference": "0.00",
    }

    file = folder / "mk460" / "elg-114-youth-project.toml"
    text = file.read_text("utf-8")
    assert 'lump_sum = "4600.00"' in text
    file.write_text(text.replace('lump_sum = "4600.00"', 'lump_sum = "4000.00"'), encoding="utf-8")
    changed = run("simulate", "-p", PUMPURS, "--rules", folder, *given)
    changed.assert_fine()
    assert changed.json["eligible"] == {
        "before": "4600.00",
        "after": "4000.00",
        "difference": "-600.00",
    }
    (rule,) = changed.json["by_rule"]
    assert (rule["rule"], rule["lines"], rule["difference"]) == ("ELG-114", 1, "600.00")


def test_a_claim_workbook_can_be_simulated_too(run: Command, tmp_path: Path) -> None:
    """Proves that history given as a workbook is lines like any other."""
    path = write_small_claim(tmp_path / "claim.xlsx", {}, {"learner_ref": "IZG-901"})
    settings = write_settings(tmp_path / "settings.toml")
    ran = run(
        *("simulate", "-p", SKOLA_KOPIENA, "--settings", settings, "--history", path),
        *("--rules", shipped_rules(), "--on", "2026-03-01", "--json"),
    )
    ran.assert_fine()
    assert (ran.json["lines"], ran.json["changed"]) == (2, 0)


def test_lines_of_another_programme_are_left_out(run: Command, tmp_path: Path) -> None:
    """Proves that one file of both programmes may be simulated for each."""
    lines = write_lines(tmp_path / "lines.parquet", {}, eligible=(1320,))
    run("simulate", "-p", PUMPURS, "--lines", lines).assert_refused("WBK-464")


def test_what_cannot_be_simulated_is_refused(
    run: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Proves that no lines, no file and a file of something else are told apart."""
    monkeypatch.setenv("SKOLA_DATABASE_URL", f"sqlite:///{tmp_path}/none.db")
    run("simulate", "-p", SKOLA_KOPIENA).assert_refused("STO-901", "none.db")
    missing = tmp_path / "no.parquet"
    run("simulate", "-p", SKOLA_KOPIENA, "--lines", missing).assert_refused("WBK-461")
    missing.write_bytes(b"nothing of the kind")
    run("simulate", "-p", SKOLA_KOPIENA, "--lines", missing).assert_refused("WBK-461")
