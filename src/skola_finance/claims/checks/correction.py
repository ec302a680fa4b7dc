"""A negative amount names the line it corrects, and corrects no more than is left of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import narwhals as nw

from skola_finance.claims.judgement import Flag, Judgement, applies_to
from skola_finance.claims.pool import Walked, in_order, same_group
from skola_finance.rulebook.kinds import Stage

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from skola_finance.claims.facts import Facts
    from skola_finance.claims.pool import Frame, Row
    from skola_finance.rulebook import Rule, Version


def judge(rule: Rule, _version: Version, _facts: Facts) -> Judgement:
    """Find negative amounts that name no line."""
    negative = applies_to(rule.applies) & (nw.col("amount_cents") < 0)
    unnamed = negative & nw.col("corrects_line_id").is_null()
    return Judgement(
        applies=negative,
        flags=(Flag(unnamed, "unnamed", subject="corrects_line_id", stage=Stage.LINE),),
    )


def suspects(_rule: Rule, _version: Version, _facts: Facts, pool: Frame) -> Frame:
    """Take corrections and the lines they name."""
    corrections = pool.filter(
        (nw.col("amount_cents") < 0) & ~nw.col("corrects_line_id").is_null() & nw.col("stands"),
    )
    named = corrections.select(nw.col("corrects_line_id").alias("line_id"))
    corrected = same_group(pool, named, "line_id")
    return nw.concat([corrections, corrected]).unique(subset=["line_key"], keep="any")


def walk(_rule: Rule, _version: Version, facts: Facts, rows: Iterable[Row]) -> Iterator[Walked]:
    """Let corrections take back what their lines have, approved ones first."""
    rows = in_order(rows)
    left = {
        (row["partner_reg_no"], row["line_id"]): row["left_cents"]
        for row in rows
        if row["line_id"] is not None
    }
    originals = dict(left)
    for row in rows:
        if row["amount_cents"] >= 0 or row["corrects_line_id"] is None or not row["stands"]:
            continue
        key = (row["partner_reg_no"], row["corrects_line_id"])
        taken = -row["left_cents"] if row["is_history"] else -row["amount_cents"]
        if key not in left:
            if facts.has_history and not row["is_history"]:
                yield Walked(row["line_key"], "unknown", limit=0, used=taken)
        elif originals[key] < 0 and not row["is_history"]:
            yield Walked(row["line_key"], "opposite", limit=0, used=taken)
        elif taken > left[key] and not row["is_history"]:
            yield Walked(row["line_key"], "above", limit=max(0, left[key]), used=taken)
        else:
            left[key] -= taken
