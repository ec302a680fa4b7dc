"""A project within its approved sum, or within the lump sum the law fixes.

Several lines of one project share its sum and use it in order. Approved sums are settings
`project.<number>`; where none was given at all, there is no register to look into.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import narwhals as nw

from skola_finance.claims.judgement import Judgement, Need, Unchecked, applies_to
from skola_finance.claims.pool import Walked, given, groups

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from skola_finance.claims.facts import Facts
    from skola_finance.claims.pool import Frame, Row
    from skola_finance.rulebook import Rule, Version

PROJECT = "project."


def judge(rule: Rule, _version: Version, facts: Facts) -> Judgement:
    """Ask for the project's number; say where there is no register."""
    applies = applies_to(rule.applies)
    keys = facts.rulebook.keys_like(PROJECT)
    return Judgement(
        applies=applies,
        needs=(Need("project_no", applies),),
        unchecked=(Unchecked("register", applies),) if not keys else (),
        settings=tuple(
            used
            for key in keys
            for used in facts.used_on_assessment_day(
                key, applies & (nw.col("project_no") == key.removeprefix(PROJECT))
            )
        ),
    )


def suspects(rule: Rule, version: Version, facts: Facts, pool: Frame) -> Frame | None:
    """Take every line of a project; there are few."""
    if not facts.rulebook.keys_like(PROJECT) and "lump_sum" not in version.values:
        return None
    return pool.filter(applies_to(rule.applies) & nw.col("stands") & given("project_no"))


def walk(_rule: Rule, version: Version, facts: Facts, rows: Iterable[Row]) -> Iterator[Walked]:
    """Let the lines use up the sum, approved ones first."""
    has_register = bool(facts.rulebook.keys_like(PROJECT))
    for group in groups(rows, "partner_reg_no", "project_no"):
        room = _sum_of(group[0]["project_no"], version, facts, has_register=has_register)
        for row in group:
            limit = 0 if room is None else max(0, room)
            if not row["is_history"] and row["left_cents"] > limit:
                yield Walked(
                    row["line_key"],
                    "not_approved" if room is None else "above",
                    left_cents=limit,
                    limit=limit,
                    used=row["amount_cents"],
                )
            room = None if room is None else room - row["left_cents"]


def _sum_of(number: str, version: Version, facts: Facts, *, has_register: bool) -> int | None:
    """Give the sum of a project; None where the register does not know it."""
    lump_sum: int | None = version.values.get("lump_sum")
    setting = facts.on_assessment_day(f"{PROJECT}{number}")
    approved = setting.value if setting is not None and isinstance(setting.value, int) else None
    if approved is None:
        return None if has_register else lump_sum
    return approved if lump_sum is None else min(approved, lump_sum)
