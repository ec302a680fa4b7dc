"""Evidence is named on the line; what is asked for depends on the form of cost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import narwhals as nw

from skola_finance.claims.judgement import Flag, Judgement, applies_to

if TYPE_CHECKING:
    from skola_finance.claims.facts import Facts
    from skola_finance.rulebook import Rule, Version

FORMS = ("actual", "unit_cost", "lump_sum")


def judge(rule: Rule, _version: Version, _facts: Facts) -> Judgement:
    """Find lines that name no evidence."""
    empty = nw.col("evidence").is_null()
    of_rule = applies_to(rule.applies)
    return Judgement(
        applies=of_rule & nw.col("cost_form").is_in(list(FORMS)),
        flags=tuple(
            Flag(of_rule & (nw.col("cost_form") == form) & empty, form, subject="evidence")
            for form in FORMS
        ),
    )
