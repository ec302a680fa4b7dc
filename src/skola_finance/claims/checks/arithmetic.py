"""The amount is quantity × unit cost: the typed one, or the rulebook's where none is typed.

Cuts nothing, because the unit-cost limit does the cutting. The rows of one session are compared
in sum with the session's largest product; corrections are compared by their size, each alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import narwhals as nw

from skola_finance.claims.groups import GROUPS, SESSION
from skola_finance.claims.judgement import Flag, Judgement, applies_to
from skola_finance.claims.pool import Walked, given, groups, same_group

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from skola_finance.claims.facts import Facts
    from skola_finance.claims.pool import Frame, Row
    from skola_finance.rulebook import Rule, Version

LOOKS_AT_HISTORY = False
"""The rows of one session in one claim are compared with themselves alone."""
IN_CLAIM = ("claim_id", *GROUPS[SESSION])


def judge(rule: Rule, _version: Version, _facts: Facts) -> Judgement:
    """Compare a typed unit cost with the rulebook's."""
    applies = applies_to(rule.applies)
    typed, price = nw.col("unit_cost_cents"), nw.col("price_cents")
    return Judgement(
        applies=applies,
        flags=(Flag(applies & (typed != price), "other_unit_cost", limit=price, used=typed),),
    )


def suspects(rule: Rule, _version: Version, _facts: Facts, pool: Frame) -> Frame:
    """Find lines and sessions whose amounts are not their product."""
    lines = pool.filter(
        applies_to(rule.applies)
        & given("typed_product_cents")
        & nw.col("has_amount")
        & ~nw.col("is_history"),
    )
    size = nw.col("amount_cents").abs()
    product = nw.col("typed_product_cents")
    is_claimed = nw.col("amount_cents") >= 0
    alone = lines.filter((nw.col("session_ref").is_null() | ~is_claimed) & (size != product))
    sessions = lines.filter(given(SESSION) & is_claimed)
    sums = sessions.group_by(SESSION, "claim_id").agg(
        size.sum().alias("taken"),
        product.max().alias("product"),
    )
    apart = sums.filter(nw.col("taken") != nw.col("product"))
    return nw.concat([alone, same_group(sessions, apart, SESSION)])


def walk(_rule: Rule, _version: Version, _facts: Facts, rows: Iterable[Row]) -> Iterator[Walked]:
    """Name the first line of each session that is apart, with both sums."""
    rows = list(rows)
    shared = [row for row in rows if row["session_ref"] is not None and row["amount_cents"] >= 0]
    keys = {row["line_key"] for row in shared}
    alone = [[row] for row in rows if row["line_key"] not in keys]
    together = groups(shared, *IN_CLAIM)
    for group in (*alone, *together):
        claimed = sum(abs(row["amount_cents"]) for row in group)
        product = max(row["typed_product_cents"] for row in group)
        if claimed != product:
            variant = "above" if claimed > product else "below"
            yield Walked(group[0]["line_key"], variant, limit=product, used=claimed)
