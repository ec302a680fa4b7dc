"""Facts that every line needs; what single rules need is gathered from their `needs`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import narwhals as nw

from skola_finance.claims.judgement import Flag, Judgement, Need, Unset, everything

if TYPE_CHECKING:
    from skola_finance.claims.facts import Facts
    from skola_finance.rulebook import Rule, Setting, Version

SEMESTER_BOUNDS = ("semester.autumn_from", "semester.spring_from")
ALWAYS = ("activity", "cost_form", "amount_cents")


def judge(_rule: Rule, _version: Version, facts: Facts) -> Judgement:
    """Ask for the facts without which a line says nothing, its semester among them."""
    without_semester = ~nw.col("activity_on").is_null() & nw.col("semester_no").is_null()
    return Judgement(
        applies=everything(),
        flags=(Flag(~nw.col("is_partner_named"), subject="partner_reg_no"),),
        needs=tuple(Need(column, everything()) for column in ALWAYS),
        unset=tuple(
            Unset(key, without_semester & facts.dated(key).value.is_null())
            for key in SEMESTER_BOUNDS
            if not _holds_on_every_day(facts.rulebook.values_of(key))
        ),
    )


def _holds_on_every_day(settings: tuple[Setting, ...]) -> bool:
    is_always_entered = any(one.starts is None and one.ends is None for one in settings)
    return is_always_entered and all(one.value is not None for one in settings)
