"""Numbers with their words: Latvian counts 1 and 21 as one, and 11 as many."""

from __future__ import annotations

import pytest

from skola_finance.usecases.wording import counted_lines


@pytest.mark.parametrize(
    ("number", "lv", "en"),
    [
        (0, "0 rindas", "0 lines"),
        (1, "1 rinda", "1 line"),
        (2, "2 rindas", "2 lines"),
        (11, "11 rindas", "11 lines"),
        (21, "21 rinda", "21 lines"),
        (111, "111 rindas", "111 lines"),
    ],
)
def test_lines_are_counted_as_people_do(number: int, lv: str, en: str) -> None:
    """Proves both languages at the numbers where they part."""
    assert (counted_lines(number).lv, counted_lines(number).en) == (lv, en)
