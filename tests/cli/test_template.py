"""`template`: an empty claim workbook, which opens again as an empty claim."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from skola_finance import read_claim
from tests.cli.command import write_settings

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.command import Command


@pytest.mark.parametrize("programme", ["skola-kopiena", "pumpurs"])
@pytest.mark.parametrize("layout", ["sheets", "lines"])
@pytest.mark.parametrize("lang", ["lv", "en"])
def test_a_template_opens_again_as_an_empty_claim(
    run: Command, tmp_path: Path, programme: str, layout: str, lang: str
) -> None:
    """Proves that what we write we read, in every form it comes in."""
    path = tmp_path / "claim.xlsx"
    ran = run("template", "-p", programme, "--layout", layout, "--lang", lang, "-o", path)
    ran.assert_fine()
    assert ran.out.startswith("Sagatavots" if lang == "lv" else "Written")
    claim = read_claim(path)
    assert claim.header.programme == programme
    assert claim.lines.is_empty()
    assert [one for one in claim.reading if one.severity == "error"] == []


def test_a_template_can_be_checked_at_once(run: Command, tmp_path: Path) -> None:
    """Proves that an empty claim is an answer of nothing claimed and no traceback."""
    path, settings = tmp_path / "claim.xlsx", write_settings(tmp_path / "settings.toml")
    run("template", "-p", "skola-kopiena", "--settings", settings, "-o", path).assert_fine()
    ran = run("check", path, "-p", "skola-kopiena", "--on", "2026-03-01", "--json")
    assert ran.status in {0, 1}
    assert ran.json["lines"] == []
    assert ran.json["totals"]["claimed"] == "0.00"


def test_a_template_that_cannot_be_made_is_refused(run: Command, tmp_path: Path) -> None:
    """Proves that wrong settings and a missing folder are said, and nothing is written."""
    path = tmp_path / "claim.xlsx"
    missing = tmp_path / "no.toml"
    ran = run("template", "-p", "skola-kopiena", "--settings", missing, "-o", path)
    ran.assert_refused("RUL-400", "no.toml")
    assert not path.exists()
    run("template", "-p", "pumpurs", "-o", tmp_path / "no" / "a.xlsx").assert_refused("WBK-419")
