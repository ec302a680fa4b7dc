"""The order in which findings of a line are told."""

from __future__ import annotations

from skola_finance.problems import Problem, Severity, Text
from skola_finance.usecases.views.claims_lines import gravest_first


def found(code: str, severity: Severity, cut_cents: int) -> Problem:
    """Make a finding that takes so many cents."""
    words = Text(lv="teksts", en="text")
    return Problem(code, severity, words, words, cut_cents=cut_cents)


def test_what_takes_most_is_told_first_among_equals() -> None:
    """Proves that 14.00 € come before 0.80 €, and an error before a warning, whatever it takes."""
    problems = [
        found("CLM-202", Severity.ERROR, 80),
        found("ELG-106", Severity.ERROR, 1_400),
        found("RUL-303", Severity.INFO, 0),
        found("ELG-101", Severity.WARNING, 9_000),
        found("CLM-201", Severity.ERROR, 80),
    ]
    told = [one.code for one in sorted(problems, key=gravest_first)]
    assert told == ["ELG-106", "CLM-201", "CLM-202", "ELG-101", "RUL-303"]
