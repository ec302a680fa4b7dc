"""No refusal without a test: the codes of the rulebook, and the codes these tests provoke."""

from __future__ import annotations

import re
from pathlib import Path

HERE = Path(__file__).resolve().parent
RULEBOOK = HERE.parent.parent / "src" / "skola_finance" / "rulebook"
CODE = re.compile(r'"(RUL-\d{3})"')


def codes_in(folder: Path) -> set[str]:
    """Give the codes that stand in the Python files of a folder."""
    texts = (file.read_text("utf-8") for file in sorted(folder.glob("*.py")))
    return {code for text in texts for code in CODE.findall(text)}


def test_every_code_of_the_rulebook_is_provoked() -> None:
    """Proves that a refusal that is added here brings its test along."""
    raised = codes_in(RULEBOOK)
    assert "RUL-403" in raised
    assert raised - codes_in(HERE) == set()
