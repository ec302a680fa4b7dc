"""A code that is not allowed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from skola_finance.claims.judgement import Flag, Judgement, Need, applies_to, is_one_of

if TYPE_CHECKING:
    from skola_finance.claims.facts import Facts
    from skola_finance.rulebook import Rule, Version


def judge(rule: Rule, version: Version, _facts: Facts) -> Judgement:
    """Find lines that hold a forbidden code."""
    applies = applies_to(rule.applies)
    column = version.values["column"]
    return Judgement(
        applies=applies,
        flags=(Flag(applies & is_one_of(column, version.values["forbid"])),),
        needs=(Need(column, applies),),
    )
