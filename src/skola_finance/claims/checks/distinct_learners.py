"""Distinct learners of one specialist in a semester above a setting; a warning."""

from __future__ import annotations

from typing import TYPE_CHECKING

import narwhals as nw

from skola_finance.claims.groups import GROUPS, SPECIALIST_SEMESTER
from skola_finance.claims.judgement import Judgement, Unchecked, applies_to
from skola_finance.claims.pool import Walked, given, groups, same_group

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from skola_finance.claims.facts import Facts
    from skola_finance.claims.pool import Frame, Row
    from skola_finance.rulebook import Rule, Version


def judge(rule: Rule, version: Version, facts: Facts) -> Judgement:
    """Say that nothing can be compared without the setting."""
    applies = applies_to(rule.applies)
    key = version.values["setting"]
    unchecked = (Unchecked("setting", applies),) if facts.on_assessment_day(key) is None else ()
    return Judgement(
        applies=applies,
        unchecked=unchecked,
        settings=facts.used_on_assessment_day(key, applies),
    )


def suspects(rule: Rule, version: Version, facts: Facts, pool: Frame) -> Frame | None:
    """Find specialists with too many learners."""
    setting = facts.on_assessment_day(version.values["setting"])
    if setting is None or not isinstance(setting.value, int):
        return None
    lines = pool.filter(
        applies_to(rule.applies) & nw.col("stands") & given(SPECIALIST_SEMESTER, "learner_ref"),
    )
    counts = lines.group_by(SPECIALIST_SEMESTER).agg(
        nw.col("learner_ref").n_unique().cast(nw.Int64).alias("learners"),
    )
    return same_group(lines, counts.filter(nw.col("learners") > setting.value), SPECIALIST_SEMESTER)


def walk(_rule: Rule, version: Version, facts: Facts, rows: Iterable[Row]) -> Iterator[Walked]:
    """Name the first line of each learner beyond the setting."""
    setting = facts.on_assessment_day(version.values["setting"])
    limit = setting.value if setting is not None and isinstance(setting.value, int) else None
    for group in groups(rows, *GROUPS[SPECIALIST_SEMESTER]):
        seen: set[str] = set()
        for row in group:
            is_new = row["learner_ref"] not in seen
            seen.add(row["learner_ref"])
            is_beyond = limit is not None and len(seen) > limit
            if is_new and is_beyond and not row["is_history"]:
                yield Walked(row["line_key"], limit=limit, used=len(seen))
