"""An economic classification code that no known group of expenditure begins with."""

from __future__ import annotations

from typing import TYPE_CHECKING

import narwhals as nw

from skola_finance.claims.judgement import Flag, Judgement, Need, applies_to

if TYPE_CHECKING:
    from skola_finance.claims.facts import Facts
    from skola_finance.rulebook import Rule, Version

SETTING = "economic_codes"


def judge(rule: Rule, version: Version, facts: Facts) -> Judgement:
    """Find lines whose code is unknown; an entered list of codes replaces the groups."""
    applies = applies_to(rule.applies)
    setting = facts.on_assessment_day(SETTING)
    code = nw.col("economic_code")
    if setting is not None and isinstance(setting.value, tuple):
        known = code.is_in(list(setting.value))
        settings = facts.used_on_assessment_day(SETTING, applies)
    else:
        known = nw.col("economic_group").is_in(list(version.values["prefixes"]))
        settings = ()
    return Judgement(
        applies=applies,
        flags=(Flag(applies & ~code.is_null() & ~known),),
        needs=(Need("economic_code", applies),),
        settings=settings,
    )
