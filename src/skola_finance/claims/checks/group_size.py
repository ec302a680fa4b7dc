"""The size of a group; one learner is individual support and always in range."""

from __future__ import annotations

from typing import TYPE_CHECKING

import narwhals as nw

from skola_finance.claims.judgement import Flag, Judgement, Need, Unset, applies_to

if TYPE_CHECKING:
    from skola_finance.claims.facts import Facts
    from skola_finance.rulebook import Rule, Version


def judge(rule: Rule, version: Version, facts: Facts) -> Judgement:
    """Find groups below the smallest or above the largest size in force on the day."""
    size = nw.col("group_size")
    applies = applies_to(rule.applies)
    in_group = applies & (size > 1)
    least, most = (facts.dated(version.values[key]) for key in ("min", "max"))
    return Judgement(
        applies=applies,
        flags=(
            Flag(applies & (size < 1), "below", limit=nw.lit(1, dtype=nw.Int64)),
            Flag(in_group & (size < least.value), "below", limit=least.value),
            Flag(in_group & (size > most.value), "above", limit=most.value),
        ),
        needs=(Need("group_size", applies),),
        unset=(
            Unset(version.values["min"], in_group & least.is_unset),
            Unset(version.values["max"], in_group & most.is_unset),
        ),
        settings=(
            *facts.used(version.values["min"], in_group),
            *facts.used(version.values["max"], in_group),
        ),
    )
