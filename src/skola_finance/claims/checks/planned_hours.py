"""Hours of a plan and semester beyond what was planned; a warning, cuts nothing.

The hours planned for the line's plan, support and semester stand in the column
`planned_hours_milli`, which the import takes from the sheet of plans.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import narwhals as nw

from skola_finance.claims.groups import GROUPS, PLAN_SEMESTER
from skola_finance.claims.judgement import Judgement, Unchecked, applies_to
from skola_finance.claims.pool import Walked, given, groups, hours_used, same_group

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from skola_finance.claims.facts import Facts
    from skola_finance.claims.pool import Frame, Row
    from skola_finance.rulebook import Rule, Version


def judge(rule: Rule, _version: Version, facts: Facts) -> Judgement:
    """Say that nothing can be compared without the plans."""
    applies = applies_to(rule.applies) & given("plan_no")
    unchecked = () if facts.has_plans else (Unchecked("plans", applies),)
    return Judgement(applies=applies, unchecked=unchecked)


def suspects(rule: Rule, _version: Version, _facts: Facts, pool: Frame) -> Frame:
    """Find plans whose hours exceed what was planned."""
    lines = pool.filter(
        applies_to(rule.applies) & nw.col("stands") & given(PLAN_SEMESTER),
    )
    hours = lines.group_by(PLAN_SEMESTER).agg(
        nw.col("quantity_milli").abs().sum().alias("hours"),
        nw.col("planned_hours_milli").max().alias("planned"),
    )
    return same_group(lines, hours.filter(nw.col("hours") > nw.col("planned")), PLAN_SEMESTER)


def walk(_rule: Rule, _version: Version, _facts: Facts, rows: Iterable[Row]) -> Iterator[Walked]:
    """Name the lines from the one that crosses the planned hours on."""
    for group in groups(rows, *GROUPS[PLAN_SEMESTER]):
        used = 0
        hours_by_key = hours_used(group)
        planned = max(row["planned_hours_milli"] or 0 for row in group)
        for row in group:
            used += hours_by_key[row["line_key"]]
            if used > planned and not row["is_history"] and row["amount_cents"] > 0:
                yield Walked(row["line_key"], limit=planned, used=used)
