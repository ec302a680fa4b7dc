"""The status that gives the right to a support: an income status, an age, or a disability."""

from __future__ import annotations

from typing import TYPE_CHECKING

import narwhals as nw

from skola_finance.claims.judgement import Flag, Judgement, Need, applies_to, is_one_of

if TYPE_CHECKING:
    from skola_finance.claims.facts import Facts
    from skola_finance.rulebook import Rule, Version


def judge(rule: Rule, version: Version, _facts: Facts) -> Judgement:
    """Find lines whose learner has no status that gives the right."""
    values = version.values
    of_rule = applies_to(rule.applies)
    flags, needs = [], []
    applies = nw.lit(False)  # noqa: FBT003 - a literal column
    for activity, statuses in values["statuses"].items():
        here = of_rule & (nw.col("activity") == activity)
        applies = applies | here
        right = is_one_of("income_status", statuses)
        if activity in values.get("or_age_from", {}):
            low, high = values["or_age_from"][activity]
            age = nw.col("learner_age")
            of_age = ((age >= low) & (age <= high)).fill_null(value=False)
            right = right | of_age
            needs.append(Need("income_status", here & ~of_age))
            needs.append(Need("learner_age", here & ~is_one_of("income_status", statuses)))
            right = right | age.is_null()
        else:
            needs.append(Need("income_status", here))
        flags.append(Flag(here & ~right, "income"))
    for activity in values.get("disability", ()):
        here = of_rule & (nw.col("activity") == activity)
        applies = applies | here
        needs.append(Need("has_disability", here))
        flags.append(Flag(here & (nw.col("has_disability") == "no"), "disability"))
    return Judgement(applies=applies, flags=tuple(flags), needs=tuple(needs))
