"""An individual plan: named on the line, in force that day, for this learner and this support.

Whether it is in force can be seen only where the plans were given; the import compares them and
leaves the outcome in the column `plan_check`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import narwhals as nw

from skola_finance.claims.judgement import Flag, Judgement, Unchecked, applies_to

if TYPE_CHECKING:
    from skola_finance.claims.facts import Facts
    from skola_finance.rulebook import Rule, Version

OUTCOMES = ("unknown", "other_learner", "not_in_force", "not_covered")


def judge(rule: Rule, _version: Version, facts: Facts) -> Judgement:
    """Find lines without a plan that carries them."""
    applies = applies_to(rule.applies)
    named = ~nw.col("plan_no").is_null()
    flags = [Flag(applies & ~named, "missing", subject="plan_no")]
    if facts.has_plans:
        flags += [
            Flag(applies & named & (nw.col("plan_check") == outcome), outcome)
            for outcome in OUTCOMES
        ]
        return Judgement(applies=applies, flags=tuple(flags))
    return Judgement(
        applies=applies,
        flags=tuple(flags),
        unchecked=(Unchecked("plans", applies & named),),
    )
