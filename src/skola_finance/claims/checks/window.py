"""The days on which a cost may arise: programme, project and partner, all at once.

The day of the later agreement counts. An actual cost must also be paid in time. Without the day
of the project agreement only the partner's own agreement is judged.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import narwhals as nw

from skola_finance.claims.judgement import (
    Flag,
    Judgement,
    Need,
    Unchecked,
    applies_to,
    days,
)

if TYPE_CHECKING:
    from skola_finance.claims.facts import Facts
    from skola_finance.rulebook import Rule, Version


def judge(rule: Rule, version: Version, facts: Facts) -> Judgement:
    """Find lines outside a window, telling which."""
    values = version.values
    day, agreed = nw.col("activity_on"), nw.col("agreement_on")
    applies = applies_to(rule.applies)
    of_partner = applies & (nw.col("partner_kind") != "beneficiary")
    inside = (day >= nw.lit(values["first"])) & (day <= nw.lit(values["last"]))
    flags = [
        _flag(applies & (day < nw.lit(values["first"])), "before_project", values["first"]),
        _flag(applies & (day > nw.lit(values["last"])), "after_project", values["last"]),
        _flag(
            applies & (nw.col("cost_form") == "actual") & (nw.col("paid_on") > values["paid_by"]),
            "paid_late",
            values["paid_by"],
        ),
    ]
    unchecked = []
    settings = []
    begins = agreed
    if key := values.get("project_agreement"):
        setting = facts.on_assessment_day(key)
        if setting is None or not isinstance(setting.value, date):
            unchecked.append(Unchecked("setting", of_partner))
        else:
            settings.append((setting, of_partner))
            begins = nw.max_horizontal(agreed, nw.lit(setting.value))
    flags.append(
        Flag(of_partner & inside & (day < begins), "before_agreement", limit=days(begins)),
    )
    for activity, keys in values.get("also_from", {}).items():
        of_activity = applies & (nw.col("activity") == activity)
        setting = facts.on_assessment_day(keys[0])
        if setting is None or not isinstance(setting.value, date):
            unchecked.append(Unchecked("setting", of_activity))
        else:
            settings.append((setting, of_activity))
            late = of_activity & inside & (day < nw.lit(setting.value))
            flags.append(_flag(late, "not_yet", setting.value))
    return Judgement(
        applies=applies,
        flags=tuple(flags),
        needs=(
            Need("activity_on", applies),
            Need("partner_kind", applies),
            Need("agreement_on", of_partner),
        ),
        unchecked=tuple(unchecked),
        settings=tuple(settings),
    )


def _flag(when: nw.Expr, variant: str, limit: date) -> Flag:
    shown = limit.year * 10000 + limit.month * 100 + limit.day
    return Flag(when, variant, limit=nw.lit(shown, dtype=nw.Int64))
