"""A day that must lie before another; the same day is too late."""

from __future__ import annotations

from typing import TYPE_CHECKING

import narwhals as nw

from skola_finance.claims.judgement import Flag, Judgement, Need, applies_to

if TYPE_CHECKING:
    from skola_finance.claims.facts import Facts
    from skola_finance.rulebook import Rule, Version


def judge(rule: Rule, version: Version, _facts: Facts) -> Judgement:
    """Find lines whose day does not lie before the other."""
    applies = applies_to(rule.applies)
    column, than = version.values["column"], version.values["than"]
    return Judgement(
        applies=applies,
        flags=(Flag(applies & (nw.col(column) >= nw.col(than))),),
        needs=(Need(column, applies), Need(than, applies)),
    )
