"""Facts of one learner that cannot both be true.

Within one school year a learner of one education programme has one grade, and an age that never
falls and grows by one year at most. Which line is right nobody can tell, so all are at fault.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import narwhals as nw

from skola_finance.claims.groups import GROUPS, LEARNER_GRADE, LEARNER_YEAR
from skola_finance.claims.judgement import Judgement, applies_to
from skola_finance.claims.pool import Walked, given, groups, same_group

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from skola_finance.claims.facts import Facts
    from skola_finance.claims.pool import Frame, Row
    from skola_finance.rulebook import Rule, Version


def judge(rule: Rule, _version: Version, _facts: Facts) -> Judgement:
    """Speak about lines that name a learner."""
    return Judgement(applies=applies_to(rule.applies) & given("learner_ref"))


def suspects(_rule: Rule, _version: Version, _facts: Facts, pool: Frame) -> Frame:
    """Find learners with two grades, or whose age changes within a school year."""
    lines = pool.filter(given(LEARNER_YEAR) & nw.col("stands"))
    graded = lines.filter(given(LEARNER_GRADE, "learner_grade"))
    grades = graded.group_by(LEARNER_GRADE).agg(
        nw.col("learner_grade").min().alias("low"),
        nw.col("learner_grade").max().alias("high"),
    )
    two_grades = same_group(graded, grades.filter(nw.col("low") != nw.col("high")), LEARNER_GRADE)
    found = [
        same_group(lines, two_grades.select(LEARNER_YEAR), LEARNER_YEAR),
        same_group(lines, _impossible_ages(lines.filter(given("learner_age"))), LEARNER_YEAR),
    ]
    return nw.concat(found).unique(subset=["line_key"], keep="any")


def _impossible_ages(lines: Frame) -> Frame:
    """Find years in which an age is met again after the next one, or two ages are apart."""
    ages = lines.group_by(LEARNER_YEAR, "learner_age").agg(
        nw.col("activity_on").min().alias("first"),
        nw.col("activity_on").max().alias("last"),
    )
    bounds = ages.group_by(LEARNER_YEAR).agg(
        nw.col("learner_age").min().alias("low"),
        nw.col("learner_age").max().alias("high"),
    )
    apart = bounds.filter(nw.col("low") != nw.col("high"))
    both = ages.join(apart, on=LEARNER_YEAR, how="inner")
    young = both.filter(nw.col("learner_age") == nw.col("low"))
    old = both.filter(nw.col("learner_age") == nw.col("high"))
    turned = young.select(LEARNER_YEAR, nw.col("last").alias("last_young")).join(
        old.select(LEARNER_YEAR, "low", "high", nw.col("first").alias("first_old")),
        on=LEARNER_YEAR,
        how="inner",
    )
    falls = nw.col("last_young") >= nw.col("first_old")
    return turned.filter(falls | (nw.col("high") - nw.col("low") > 1))


def walk(_rule: Rule, _version: Version, _facts: Facts, rows: Iterable[Row]) -> Iterator[Walked]:
    """Name every line of a learner whose facts contradict each other."""
    rows = list(rows)
    for group in groups(rows, *GROUPS[LEARNER_GRADE]):
        if len({row["learner_grade"] for row in group} - {None}) > 1:
            yield from _all(group, "grade")
    for group in groups(rows, *GROUPS[LEARNER_YEAR]):
        if not _may_be_one_learner(group):
            yield from _all(group, "age")


def _may_be_one_learner(group: list[Row]) -> bool:
    """Whether the ages grow by one year at most, and never within one day."""
    known = {(row["activity_on"], row["learner_age"]) for row in group}
    ages = [age for _, age in sorted(one for one in known if one[1] is not None)]
    days = {day for day, age in known if age is not None}
    has_one_a_day = len(ages) == len(days)
    return not ages or (has_one_a_day and ages == sorted(ages) and ages[-1] - ages[0] <= 1)


def _all(group: list[Row], variant: str) -> Iterator[Walked]:
    for row in group:
        if not row["is_history"]:
            yield Walked(row["line_key"], variant)
