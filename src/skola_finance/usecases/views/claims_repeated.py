"""Findings that many lines of a claim share: said once, with the number of the lines."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from skola_finance.problems import Problem, Severity, Text
    from skola_finance.rulebook.model import Rule
    from skola_finance.usecases.filing.standing import Standing

MANY = 3
"""Lines from which on a finding is said once for all of them."""


@dataclass(frozen=True, slots=True)
class RepeatedFinding:
    """What was found on many lines.

    Attributes:
        key: tells it from others, for `claim_lines`.
        message: what was found; the title of the rule where the lines differ in values.
        hint: what to do.
        lines: how many have it.
    """

    key: str
    code: str
    severity: Severity
    message: Text
    hint: Text
    lines: int


def key_of(problem: Problem) -> str:
    """Give what identical findings have in common: rule, way of breaking it, and subject."""
    return f"{problem.code}.{problem.variant}.{problem.subject}"


def repeated_in(standing: Standing) -> tuple[RepeatedFinding, ...]:
    """Give the findings that many lines of a claim in work share, the gravest and widest first.

    Of a filed claim nothing is mended, so nothing is given.
    """
    if standing.judged is None:
        return ()
    by_key: dict[str, dict[int, Problem]] = defaultdict(dict)
    for line_no in standing.found:
        for problem in standing.problems(line_no):
            by_key[key_of(problem)].setdefault(line_no, problem)
    rules = standing.judged.rulebook.rules
    found = [
        _repeated(key, tuple(lines.values()), rules)
        for key, lines in by_key.items()
        if len(lines) >= MANY
    ]
    return tuple(sorted(found, key=_gravest_and_widest))


def _repeated(key: str, problems: Sequence[Problem], rules: Mapping[str, Rule]) -> RepeatedFinding:
    first = problems[0]
    is_same = all(one.message == first.message for one in problems)
    rule = rules.get(first.code)
    return RepeatedFinding(
        key=key,
        code=first.code,
        severity=first.severity,
        message=first.message if is_same or rule is None else rule.title,
        hint=first.hint,
        lines=len(problems),
    )


def _gravest_and_widest(one: RepeatedFinding) -> tuple[int, int, str]:
    return (("error", "warning", "info").index(one.severity.value), -one.lines, one.key)
