"""A unit cost: at most quantity × the unit cost in force on the day, rounded half up.

The rows of one session share one room, its largest quantity × unit cost, and use it in order.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import narwhals as nw

from skola_finance.claims.groups import GROUPS, SESSION
from skola_finance.claims.judgement import Judgement, Need, Unset, applies_to
from skola_finance.claims.pool import Walked, given, groups, positive, same_group
from skola_finance.claims.prices import UNIT_COST, priced_activities

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from skola_finance.claims.facts import Facts
    from skola_finance.claims.pool import Frame, Row
    from skola_finance.rulebook import Rule, Setting, Version


def judge(rule: Rule, _version: Version, facts: Facts) -> Judgement:
    """Ask for the quantity and for a unit cost of that day."""
    applies = applies_to(rule.applies)
    unset: list[Unset] = []
    settings: list[tuple[Setting, nw.Expr]] = []
    for activity in priced_activities(facts):
        here = applies & (nw.col("activity") == activity)
        key = f"{UNIT_COST}{activity}"
        unset.append(Unset(key, here & facts.dated(key).is_unset))
        settings.extend(facts.used(key, here))
    return Judgement(
        applies=applies,
        needs=(Need("quantity_milli", applies), Need("activity_on", applies)),
        unset=tuple(unset),
        settings=tuple(settings),
    )


def suspects(rule: Rule, _version: Version, _facts: Facts, pool: Frame) -> Frame:
    """Find lines above their product, and sessions above their room."""
    positive_lines = nw.col("stands") & (nw.col("left_cents") >= 0) & given("product_cents")
    lines = pool.filter(applies_to(rule.applies) & positive_lines)
    alone = lines.filter(
        nw.col("session_ref").is_null()
        & ~nw.col("is_history")
        & (nw.col("left_cents") > nw.col("product_cents")),
    )
    sessions = lines.filter(given(SESSION))
    sums = sessions.group_by(SESSION).agg(
        positive("left_cents").sum().alias("taken"),
        nw.col("product_cents").max().alias("room"),
    )
    above = sums.filter(nw.col("taken") > nw.col("room"))
    return nw.concat([alone, same_group(sessions, above, SESSION)])


def walk(_rule: Rule, _version: Version, _facts: Facts, rows: Iterable[Row]) -> Iterator[Walked]:
    """Let each line take what its session has left."""
    rows = list(rows)
    alone = [[row] for row in rows if row["session_ref"] is None]
    together = groups((row for row in rows if row["session_ref"] is not None), *GROUPS[SESSION])
    for group in (*alone, *together):
        room = max(row["product_cents"] for row in group)
        for row in group:
            if not row["is_history"] and row["left_cents"] > room:
                yield Walked(row["line_key"], left_cents=room, limit=room, used=row["amount_cents"])
            room = max(0, room - row["left_cents"])
