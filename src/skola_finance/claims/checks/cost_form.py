"""The form of cost an activity, or a specialist, may be claimed in.

`forms` lists the forms by activity; `by_specialist` wins over it. Forms under the key
`partner_never` are the beneficiary's alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import narwhals as nw

from skola_finance.claims.judgement import Flag, Judgement, Need, applies_to, is_one_of

if TYPE_CHECKING:
    from skola_finance.claims.facts import Facts
    from skola_finance.rulebook import Rule, Version

PARTNER_NEVER = "partner_never"
HELD_BY_PEOPLE = ("reading_support", "specialist_support", "consultation")
"""Activities in which the specialist decides the form."""


def judge(rule: Rule, version: Version, _facts: Facts) -> Judgement:
    """Find lines whose form is not one of those allowed."""
    forms = {key: value for key, value in version.values["forms"].items() if key != PARTNER_NEVER}
    by_specialist = version.values.get("by_specialist", {})
    never = version.values["forms"].get(PARTNER_NEVER, ())
    applies = applies_to(rule.applies) & is_one_of("activity", tuple(forms))
    allowed = nw.lit(False)  # noqa: FBT003 - a literal column
    for activity, codes in forms.items():
        allowed = allowed | ((nw.col("activity") == activity) & is_one_of("cost_form", codes))
    needs = [Need("cost_form", applies)]
    if by_specialist:
        held = applies & nw.col("activity").is_in([one for one in HELD_BY_PEOPLE if one in forms])
        special = (held & is_one_of("specialist", tuple(by_specialist))).fill_null(value=False)
        allowed_specially = nw.lit(False)  # noqa: FBT003 - a literal column
        for specialist, codes in by_specialist.items():
            of_specialist = nw.col("specialist") == specialist
            allowed_specially = allowed_specially | (of_specialist & is_one_of("cost_form", codes))
        allowed = nw.when(special).then(allowed_specially).otherwise(allowed)
    wrong = applies & ~nw.col("cost_form").is_null() & ~allowed
    if never:
        of_partner = nw.col("partner_kind") != "beneficiary"
        wrong = wrong | (applies & of_partner & is_one_of("cost_form", never))
    return Judgement(applies=applies, flags=(Flag(wrong),), needs=tuple(needs))
