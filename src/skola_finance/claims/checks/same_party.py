"""Two registration numbers that must not be the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

import narwhals as nw

from skola_finance.claims.judgement import Flag, Judgement, Need, applies_to

if TYPE_CHECKING:
    from skola_finance.claims.facts import Facts
    from skola_finance.rulebook import Rule, Version


def judge(rule: Rule, version: Version, _facts: Facts) -> Judgement:
    """Find lines on which both numbers are equal."""
    applies = applies_to(rule.applies)
    column, other = version.values["column"], version.values["other"]
    return Judgement(
        applies=applies,
        flags=(Flag(applies & (nw.col(column) == nw.col(other))),),
        needs=(Need(column, applies),),
    )
