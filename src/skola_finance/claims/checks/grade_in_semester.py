"""A grade that has no right to the support in one of the two semesters."""

from __future__ import annotations

from typing import TYPE_CHECKING

import narwhals as nw

from skola_finance.claims.judgement import Flag, Judgement, Need, applies_to

if TYPE_CHECKING:
    from skola_finance.claims.facts import Facts
    from skola_finance.rulebook import Rule, Version


def judge(rule: Rule, version: Version, _facts: Facts) -> Judgement:
    """Find lines of the grade in the semester."""
    applies = applies_to(rule.applies)
    column = version.values["column"]
    grades = [int(grade) for grade in version.values["grades"]]
    autumn = 1 if version.values["semester"] == "autumn" else 0
    in_semester = nw.col("semester_no") % 2 == autumn
    return Judgement(
        applies=applies,
        flags=(Flag(applies & nw.col(column).is_in(grades) & in_semester),),
        needs=(Need(column, applies), Need("activity_on", applies)),
    )
