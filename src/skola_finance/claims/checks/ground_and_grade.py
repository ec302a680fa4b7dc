"""A ground that always gives the right, or a risk that gives it in certain grades."""

from __future__ import annotations

from typing import TYPE_CHECKING

import narwhals as nw

from skola_finance.claims.judgement import Flag, Judgement, Need, applies_to, is_one_of

if TYPE_CHECKING:
    from skola_finance.claims.facts import Facts
    from skola_finance.rulebook import Rule, Version


def judge(rule: Rule, version: Version, _facts: Facts) -> Judgement:
    """Find lines whose learner is in neither group."""
    values = version.values
    applies = applies_to(rule.applies)
    right = is_one_of("risk_ground", values["always"])
    needs = [Need("risk_ground", applies)]
    if "risks" in values:
        at_risk = is_one_of("risk_ground", values["risks"])
        grade = nw.col("learner_grade")
        in_grade = nw.lit(False)  # noqa: FBT003 - a literal column
        for programme, (low, high) in values["grades"].items():
            of_programme = nw.col("education_programme") == programme
            in_grade = in_grade | (of_programme & (grade >= low) & (grade <= high))
        right = right | (at_risk & in_grade)
        needs += [
            Need("learner_grade", applies & at_risk),
            Need("education_programme", applies & at_risk),
        ]
    return Judgement(applies=applies, flags=(Flag(applies & ~right),), needs=tuple(needs))
