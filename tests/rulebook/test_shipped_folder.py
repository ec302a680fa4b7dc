"""Where the rules lie: inside an installed package, or at the top of a checkout."""

from __future__ import annotations

from typing import TYPE_CHECKING

from skola_finance.rulebook import load, load_rulebook

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_a_checkout_has_the_rules_at_its_top() -> None:
    """Proves that a developer's change of a rule file is what is loaded."""
    assert load.shipped_rules().name == "rules"
    assert load_rulebook().digest == load_rulebook(rules=load.shipped_rules()).digest


def test_an_installed_package_has_the_rules_inside(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Proves that a wheel needs no checkout."""
    inside = tmp_path / "_rules"
    inside.mkdir()
    monkeypatch.setattr(load, "files", lambda _: tmp_path)
    assert load.shipped_rules() == inside
