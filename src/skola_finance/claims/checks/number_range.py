"""A whole number within limits, which may depend on a code (`by`); both ends are allowed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import narwhals as nw

from skola_finance.claims.judgement import Flag, Judgement, Need, applies_to, is_one_of

if TYPE_CHECKING:
    from skola_finance.claims.facts import Facts
    from skola_finance.rulebook import Rule, Version


def judge(rule: Rule, version: Version, _facts: Facts) -> Judgement:
    """Find lines whose number lies outside its limits."""
    values = version.values
    number = nw.col(values["column"])
    applies = applies_to(rule.applies)
    needs = []
    outside = nw.lit(False)  # noqa: FBT003 - a literal column
    if "ranges" in values:
        needs.append(Need(values["by"], applies))
        applies = applies & is_one_of(values["by"], tuple(values["ranges"]))
        for code, (low, high) in values["ranges"].items():
            beyond = (number < low) | (number > high)
            outside = outside | ((nw.col(values["by"]) == code) & beyond)
    if "min" in values:
        outside = outside | (number < values["min"])
    if "max" in values:
        outside = outside | (number > values["max"])
    needs.append(Need(values["column"], applies))
    return Judgement(applies=applies, flags=(Flag(applies & outside),), needs=tuple(needs))
