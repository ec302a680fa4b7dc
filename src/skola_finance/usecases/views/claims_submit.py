"""What somebody confirms before a claim is filed: its amounts, and each kind of finding."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from skola_finance.problems import Severity
from skola_finance.usecases.filing.standing import claim_seen, standing_of
from skola_finance.usecases.reports.lines_behind import title_of

if TYPE_CHECKING:
    from skola_finance.problems import Problem, Text
    from skola_finance.usecases.order import Order
    from skola_finance.usecases.store import Store

NAMED = 5
"""So many lines are named by number; the others are counted."""


@dataclass(frozen=True, slots=True)
class FoundKind:
    """Every finding of one rule on a claim.

    Attributes:
        code, title: of the rule.
        severity: the gravest of the findings.
        example: the first of them.
        lines: how many lines it is on; 0 for a finding of the claim as a whole.
        numbers: the first lines, counted from 1.
        cut_cents: what the findings take, each by itself.
    """

    code: str
    title: Text
    severity: Severity
    example: Problem
    lines: int
    numbers: tuple[int, ...]
    cut_cents: int


def findings_of(store: Store, order: Order, *, claim: str) -> tuple[FoundKind, ...]:
    """Give errors and warnings of a claim by rule, errors first; filing asks to confirm each.

    Raises: NotFound (AUT-603).
    """
    with store.reading() as repositories:
        standing = standing_of(repositories, store, order, claim_seen(repositories, order, claim))
    by_code: dict[str, list[tuple[int | None, Problem]]] = {}
    for number in sorted(standing.found):
        for problem in standing.problems(number):
            by_code.setdefault(problem.code, []).append((number, problem))
    for problem in standing.of_claim:
        by_code.setdefault(problem.code, []).append((None, problem))
    rulebook = standing.judged.rulebook if standing.judged is not None else None
    kinds = []
    for code, found in by_code.items():
        told = [one for one in found if one[1].severity is not Severity.INFO]
        if not told:
            continue
        numbers = list(dict.fromkeys(number + 1 for number, _ in told if number is not None))
        worst = any(problem.severity is Severity.ERROR for _, problem in told)
        kinds.append(
            FoundKind(
                code=code,
                title=title_of(rulebook, code) if rulebook is not None else told[0][1].message,
                severity=Severity.ERROR if worst else Severity.WARNING,
                example=told[0][1],
                lines=len(numbers),
                numbers=tuple(numbers[:NAMED]),
                cut_cents=sum(problem.cut_cents for _, problem in told),
            )
        )
    return tuple(sorted(kinds, key=lambda one: (one.severity.value, one.code)))
