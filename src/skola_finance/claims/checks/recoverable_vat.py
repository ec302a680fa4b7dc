"""VAT that the partner can recover is not a cost: the line is limited to the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

import narwhals as nw

from skola_finance.claims.judgement import Flag, Judgement, Need, applies_to

if TYPE_CHECKING:
    from skola_finance.claims.facts import Facts
    from skola_finance.rulebook import Rule, Version


def judge(rule: Rule, _version: Version, _facts: Facts) -> Judgement:
    """Find lines that claim recoverable VAT, and what is left without it."""
    amount, vat = nw.col("amount_cents"), nw.col("vat_amount_cents")
    answer, part = nw.col("vat_recoverable"), nw.col("vat_recoverable_amount_cents")
    with_vat = applies_to(rule.applies) & (vat > 0) & (amount > 0)
    taken = nw.when(answer == "yes").then(vat).otherwise(part)
    left = nw.max_horizontal(amount - taken, nw.lit(0, dtype=nw.Int64))
    impossible = (vat < 0) | (vat > amount) | (part < 0) | (part > vat)
    impossible = impossible | ((answer == "no") & (part > 0))
    claimed = with_vat & answer.is_in(["yes", "partly"]) & (taken > 0)
    claimed = claimed & ~impossible.fill_null(value=False)
    return Judgement(
        applies=applies_to(rule.applies),
        flags=(
            Flag(claimed, limit=left),
            Flag(
                applies_to(rule.applies) & (amount > 0) & impossible,
                "contradictory",
                limit=nw.lit(0, dtype=nw.Int64),
            ),
        ),
        needs=(
            Need("vat_recoverable", with_vat),
            Need("vat_amount_cents", applies_to(rule.applies) & answer.is_in(["yes", "partly"])),
            Need("vat_recoverable_amount_cents", with_vat & (answer == "partly")),
        ),
    )
