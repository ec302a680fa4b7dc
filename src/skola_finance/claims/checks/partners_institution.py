"""The institution was the partner's on that day: joined, not merged away, not closed.

The register is what settings `institution.<partner>.<institution>` say; the import compares them
and leaves the outcome in the column `institution_joined`, empty where no register was given.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import narwhals as nw

from skola_finance.claims.judgement import Flag, Judgement, Need, Unchecked, applies_to

if TYPE_CHECKING:
    from skola_finance.claims.facts import Facts
    from skola_finance.rulebook import Rule, Version


def judge(rule: Rule, _version: Version, _facts: Facts) -> Judgement:
    """Find lines whose institution the register does not show on that day."""
    applies = applies_to(rule.applies)
    joined = nw.col("institution_joined")
    known = ~nw.col("institution_reg_no").is_null()
    return Judgement(
        applies=applies,
        flags=(Flag(applies & (joined == False)),),  # noqa: E712 - an expression
        needs=(Need("institution_reg_no", applies),),
        unchecked=(Unchecked("register", applies & known & joined.is_null()),),
    )
