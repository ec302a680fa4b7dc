"""An actual cost of what a unit cost already pays: the same specialist and day, or session."""

from __future__ import annotations

from typing import TYPE_CHECKING

import narwhals as nw

from skola_finance.claims.groups import GROUPS, SESSION, SPECIALIST_DAY
from skola_finance.claims.judgement import Judgement, Need, applies_to
from skola_finance.claims.pool import Walked, given, same_group

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from skola_finance.claims.facts import Facts
    from skola_finance.claims.pool import Frame, Row
    from skola_finance.rulebook import Rule, Version

BY_DAY, BY_SESSION = GROUPS[SPECIALIST_DAY], GROUPS[SESSION]


def judge(rule: Rule, _version: Version, _facts: Facts) -> Judgement:
    """Speak about actual costs that name a specialist or a session."""
    applies = applies_to(rule.applies)
    names_one = given("specialist_ref") | given("session_ref")
    by_specialist = applies & given("specialist")
    return Judgement(applies=applies & names_one, needs=(Need("specialist_ref", by_specialist),))


def suspects(rule: Rule, _version: Version, _facts: Facts, pool: Frame) -> Frame:
    """Find actual costs and unit costs that share a specialist and day, or a session."""
    standing = pool.filter(nw.col("stands") & (nw.col("amount_cents") > 0))
    actual = standing.filter(applies_to(rule.applies))
    unit = standing.filter(nw.col("cost_form") == "unit_cost")
    found = []
    for group in (SPECIALIST_DAY, SESSION):
        mine = actual.filter(given(group))
        theirs = same_group(unit.filter(given(group)), mine, group)
        found += [theirs, same_group(mine, theirs, group)]
    return nw.concat(found).unique(subset=["line_key"], keep="any")


def walk(rule: Rule, _version: Version, _facts: Facts, rows: Iterable[Row]) -> Iterator[Walked]:
    """Reject the actual cost; the unit cost stands."""
    rows = list(rows)
    forms = rule.applies.get("cost_form", ("actual",))
    paid = {keys: _keys_of(rows, keys) for keys in (BY_DAY, BY_SESSION)}
    for row in rows:
        if row["is_history"] or row["cost_form"] not in forms:
            continue
        if _key(row, BY_SESSION) in paid[BY_SESSION]:
            yield Walked(row["line_key"], "session")
        elif _key(row, BY_DAY) in paid[BY_DAY]:
            yield Walked(row["line_key"], "specialist_day")


def _key(row: Row, keys: tuple[str, ...]) -> tuple[object, ...] | None:
    key = tuple(row[one] for one in keys)
    return None if None in key else key


def _keys_of(rows: list[Row], keys: tuple[str, ...]) -> set[tuple[object, ...]]:
    found = {_key(row, keys) for row in rows if row["cost_form"] == "unit_cost"}
    return {key for key in found if key is not None}
