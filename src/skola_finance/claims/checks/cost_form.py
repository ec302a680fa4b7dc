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

RULE_OF_FORMS = "ELG-133"
"""The rule of this kind, in both programmes."""
PARTNER_NEVER = "partner_never"
HELD_BY_PEOPLE = ("reading_support", "specialist_support", "consultation")
"""Activities in which the specialist decides the form."""


def allowed_forms(
    version: Version, *, activity: str, specialist: str | None = None
) -> tuple[str, ...]:
    """Give the forms in which a partner may claim an activity, the usual one first.

    Empty where the version says nothing of the activity.
    """
    forms = version.values["forms"]
    found = tuple(forms.get(activity, ())) if activity != PARTNER_NEVER else ()
    if specialist is not None and activity in HELD_BY_PEOPLE and activity in forms:
        found = tuple(version.values.get("by_specialist", {}).get(specialist, found))
    never = frozenset(forms.get(PARTNER_NEVER, ()))
    return tuple(form for form in found if form not in never)


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
