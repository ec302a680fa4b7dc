"""The page in docs/ is the code, drawn."""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import TYPE_CHECKING

from skola_finance.workflow import DUTIES, MACHINES, diagram
from skola_finance.workflow.diagram import mermaid, page

if TYPE_CHECKING:
    import pytest

PAGE = Path(__file__).resolve().parents[2] / "docs" / "workflow.md"


def test_the_page_is_what_the_code_draws() -> None:
    """After a change: `python -m skola_finance.workflow.diagram > docs/workflow.md`."""
    assert PAGE.read_text("utf-8") == page()


def test_the_module_prints_the_page(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    """As UTF-8, whatever the console speaks."""
    runpy.run_path(str(diagram.__file__), run_name="__main__")
    assert capfdbinary.readouterr().out == page().encode()


def test_every_edge_and_every_role_stands_on_the_page() -> None:
    """Each arrow once, each command with as many marks as roles."""
    drawn = page()
    for machine in MACHINES:
        picture = mermaid(machine)
        for (state, command), result in machine.transitions.items():
            (arrow,) = (line for line in picture.splitlines() if f" {state} --> {result}:" in line)
            assert command in arrow.partition(": ")[2].split(", ")
        for command, name in machine.command_names.items():
            rows = [row for row in drawn.splitlines() if f"| `{command}` | {name.lv} |" in row]
            assert rows[0].count("●") in {
                len(one.may[command]) for one in MACHINES if command in one.may
            }
    for term in DUTIES.values():
        assert f"`{term.key}`" in drawn
