"""The activity lies in the period of the claim: earlier is a warning, later an error."""

from __future__ import annotations

from typing import TYPE_CHECKING

import narwhals as nw

from skola_finance.claims.judgement import Flag, Judgement, Need, applies_to

if TYPE_CHECKING:
    from skola_finance.claims.facts import Facts
    from skola_finance.rulebook import Rule, Version


def judge(rule: Rule, _version: Version, _facts: Facts) -> Judgement:
    """Find lines outside the period of their claim."""
    applies = applies_to(rule.applies)
    day = nw.col("activity_on")
    return Judgement(
        applies=applies,
        flags=(
            Flag(applies & (day < nw.col("period_from")), "earlier"),
            Flag(applies & (day > nw.col("period_to")), "later"),
        ),
        needs=(Need("period_from", applies), Need("period_to", applies)),
    )
