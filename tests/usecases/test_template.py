"""A template from Python: the settings in force stand on its sheet of instructions."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from skola_finance import Language, read_claim
from skola_finance.usecases.check import rulebook_with
from skola_finance.usecases.template import make_template, settings_in_force

if TYPE_CHECKING:
    from pathlib import Path

    from skola_finance import Rulebook

SETTINGS = """\
[[setting]]
key = "unit_cost.reading_support"
value = "13.20"
from = 2025-09-01
to = 2026-09-01
source = "metodika"
illustrative = true

[[setting]]
key = "group_size.max"
value = "none"
source = "metodika"

[[setting]]
key = "hours_cap.learner_semester"
value = "60"
source = "metodika"

[[setting]]
key = "envelope"
value = "1.00"
source = "līgums"
"""


def settled(folder: Path) -> Rulebook:
    """Give the rulebook under a few settings."""
    path = folder / "settings.toml"
    path.write_text(SETTINGS, encoding="utf-8")
    return rulebook_with("skola-kopiena", settings=path)


def test_the_settings_of_the_day_are_named_with_their_values(tmp_path: Path) -> None:
    """Proves what an accountant sees: amounts and hours with units, examples marked as such."""
    rulebook = settled(tmp_path)
    latvian = settings_in_force(rulebook, on=date(2026, 3, 1), language=Language.LV)
    shown = [value for _, value in latvian]
    assert len(latvian) == 3
    assert any("13,20\u00a0€" in value and "piemērs" in value for value in shown)
    assert any("60" in value for value in shown)
    assert any("nav noteikts" in value for value in shown)
    english = settings_in_force(rulebook, on=date(2026, 3, 1), language=Language.EN)
    assert any("€13.20" in value for _, value in english)
    assert {name for name, _ in latvian}.isdisjoint({name for name, _ in english})


def test_a_setting_of_other_days_is_left_out(tmp_path: Path) -> None:
    """Proves that only what holds on the day is named."""
    shown = settings_in_force(settled(tmp_path), on=date(2026, 9, 1), language=Language.LV)
    assert len(shown) == 2


def test_a_template_with_settings_opens_as_an_empty_claim(tmp_path: Path) -> None:
    """Proves that the instructions do no harm to what is read again."""
    path = tmp_path / "claim.xlsx"
    on = date(2026, 3, 1)
    make_template(path, rulebook=settled(tmp_path), on=on, language=Language.LV, layout="sheets")
    assert read_claim(path).lines.is_empty()
