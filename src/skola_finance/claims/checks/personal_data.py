"""Personal data in a text cell; the import removed the text and named its column."""

from __future__ import annotations

from typing import TYPE_CHECKING

import narwhals as nw

from skola_finance.claims.judgement import Flag, Judgement, everything

if TYPE_CHECKING:
    from skola_finance.claims.facts import Facts
    from skola_finance.rulebook import Rule, Version


def judge(_rule: Rule, _version: Version, _facts: Facts) -> Judgement:
    """Find lines in which the import met personal data."""
    return Judgement(
        applies=everything(),
        flags=(Flag(~nw.col("personal_data_in").is_null()),),
    )
