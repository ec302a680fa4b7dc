"""Two days that stand in the wrong order; the same day is fine."""

from __future__ import annotations

from typing import TYPE_CHECKING

import narwhals as nw

from skola_finance.claims.judgement import Flag, Judgement, applies_to

if TYPE_CHECKING:
    from skola_finance.claims.facts import Facts
    from skola_finance.rulebook import Rule, Version


def judge(rule: Rule, version: Version, _facts: Facts) -> Judgement:
    """Find lines whose later day lies before the earlier one."""
    earlier, later = nw.col(version.values["earlier"]), nw.col(version.values["later"])
    applies = applies_to(rule.applies) & ~earlier.is_null() & ~later.is_null()
    return Judgement(applies=applies, flags=(Flag(applies & (later < earlier)),))
