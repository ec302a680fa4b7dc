"""Euros per learner, month and kind of support within a limit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import narwhals as nw

from skola_finance.claims.groups import GROUPS, LEARNER_MONTH
from skola_finance.claims.judgement import Judgement, Need, is_one_of
from skola_finance.claims.pool import Walked, given, groups, positive, same_group

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from skola_finance.claims.facts import Facts
    from skola_finance.claims.pool import Frame, Row
    from skola_finance.rulebook import Rule, Version


def judge(_rule: Rule, version: Version, _facts: Facts) -> Judgement:
    """Ask for the learner and the day."""
    applies = is_one_of("activity", tuple(version.values["amounts"]))
    return Judgement(
        applies=applies,
        needs=(Need("learner_ref", applies), Need("activity_on", applies)),
    )


def suspects(_rule: Rule, version: Version, _facts: Facts, pool: Frame) -> Frame:
    """Find learners and months above a limit."""
    amounts = version.values["amounts"]
    lines = pool.filter(is_one_of("activity", tuple(amounts)) & nw.col("stands"))
    lines = lines.filter(given(LEARNER_MONTH))
    sums = lines.group_by(LEARNER_MONTH, "activity").agg(
        positive("left_cents").sum().alias("taken")
    )
    above = nw.lit(False)  # noqa: FBT003 - a literal column
    for activity, limit in amounts.items():
        above = above | ((nw.col("activity") == activity) & (nw.col("taken") > limit))
    return same_group(lines, sums.filter(above), LEARNER_MONTH)


def walk(_rule: Rule, version: Version, _facts: Facts, rows: Iterable[Row]) -> Iterator[Walked]:
    """Let the lines use up the month, approved ones first."""
    for group in groups(rows, *GROUPS[LEARNER_MONTH]):
        limit = version.values["amounts"][group[0]["activity"]]
        used = 0
        for row in group:
            room = max(0, limit - used)
            taken = row["left_cents"]
            if taken > room and not row["is_history"]:
                yield Walked(row["line_key"], left_cents=room, limit=limit, used=used)
                taken = room
            used += taken
