"""A registration number with a wrong check digit; the import checks it into `…_ok`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import narwhals as nw

from skola_finance.claims.judgement import Flag, Judgement, Need, applies_to

if TYPE_CHECKING:
    from skola_finance.claims.facts import Facts
    from skola_finance.rulebook import Rule, Version


SUPPLIER = "supplier_reg_no"
"""Checked only where the supplier is a legal entity, so the kind of supplier must be known."""


def judge(rule: Rule, version: Version, _facts: Facts) -> Judgement:
    """Find lines with a malformed number, a finding for each column."""
    flags = []
    applies = nw.lit(False)  # noqa: FBT003 - a literal column
    for column in version.values["columns"]:
        given = applies_to(rule.applies) & ~nw.col(f"{column}_ok").is_null()
        applies = applies | given
        flags.append(Flag(given & ~nw.col(f"{column}_ok"), subject=column))
    unnamed_kind = applies_to(rule.applies) & ~nw.col(SUPPLIER).is_null()
    needs = (Need("supplier_kind", unnamed_kind),) if SUPPLIER in version.values["columns"] else ()
    return Judgement(applies=applies, flags=tuple(flags), needs=needs)
