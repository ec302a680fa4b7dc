"""An actual cost must have been paid by the day of assessment."""

from __future__ import annotations

from typing import TYPE_CHECKING

import narwhals as nw

from skola_finance.claims.judgement import ASSESSED_ON, Flag, Judgement, applies_to

if TYPE_CHECKING:
    from skola_finance.claims.facts import Facts
    from skola_finance.rulebook import Rule, Version


def judge(rule: Rule, _version: Version, _facts: Facts) -> Judgement:
    """Find lines without a payment, or with one that lies ahead."""
    applies = applies_to(rule.applies)
    paid = nw.col("paid_on")
    return Judgement(
        applies=applies,
        flags=(
            Flag(applies & paid.is_null(), "unpaid", subject="paid_on"),
            Flag(applies & (paid > nw.col(ASSESSED_ON)), "later"),
        ),
    )
