"""Hours per learner and semester, all individual support together, within a cap.

A line that stands uses up all its hours, even where its euros were cut. What is left of a line
that crosses the cap is its euros in proportion to the hours that fit, rounded down to the cent.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import narwhals as nw

from skola_finance.claims.groups import GROUPS, LEARNER_SEMESTER
from skola_finance.claims.judgement import Judgement, Need, Unset, applies_to
from skola_finance.claims.pool import Walked, given, groups, hours_used, same_group
from skola_finance.money import floor_ratio

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from skola_finance.claims.facts import Facts
    from skola_finance.claims.pool import Frame, Row
    from skola_finance.rulebook import Rule, Version


def judge(rule: Rule, version: Version, facts: Facts) -> Judgement:
    """Ask for learner and hours, and for the cap of that day."""
    applies = applies_to(rule.applies)
    key = version.values["setting"]
    return Judgement(
        applies=applies,
        needs=(
            Need("learner_ref", applies),
            Need("quantity_milli", applies),
            Need("activity_on", applies),
        ),
        unset=(Unset(key, applies & facts.dated(key).is_unset),),
        settings=facts.used(key, applies),
    )


def suspects(rule: Rule, version: Version, facts: Facts, pool: Frame) -> Frame | None:
    """Find learners whose hours of a semester may exceed the cap."""
    caps = [one.value for one in facts.rulebook.values_of(version.values["setting"])]
    least = min((cap for cap in caps if isinstance(cap, int)), default=None)
    if least is None:
        return None
    lines = pool.filter(applies_to(rule.applies) & nw.col("stands") & given(LEARNER_SEMESTER))
    hours = lines.group_by(LEARNER_SEMESTER).agg(
        nw.col("quantity_milli").abs().sum().alias("hours")
    )
    return same_group(lines, hours.filter(nw.col("hours") > least), LEARNER_SEMESTER)


def walk(_rule: Rule, version: Version, facts: Facts, rows: Iterable[Row]) -> Iterator[Walked]:
    """Let the lines use up the hours, approved ones first."""
    settings = facts.rulebook.values_of(version.values["setting"])
    for group in groups(rows, *GROUPS[LEARNER_SEMESTER]):
        used = 0
        hours_by_key = hours_used(group)
        for row in group:
            hours = hours_by_key[row["line_key"]]
            day = row["activity_on"]
            cap = next((one.value for one in settings if one.covers(day)), None)
            if isinstance(cap, int) and not row["is_history"] and hours > 0:
                fits = min(hours, max(0, cap - used))
                if fits < hours:
                    left = floor_ratio(row["left_cents"], numerator=fits, denominator=hours)
                    yield Walked(row["line_key"], left_cents=left, limit=cap, used=used)
            used += hours
