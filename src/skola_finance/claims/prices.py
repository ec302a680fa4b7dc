"""The unit cost in force for a line, from settings `unit_cost.<activity>`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import narwhals as nw

from skola_finance.claims.judgement import product_cents
from skola_finance.claims.vocabulary import INDIVIDUAL_SUPPORT

if TYPE_CHECKING:
    from skola_finance.claims.facts import Facts

UNIT_COST = "unit_cost."
COST_FORMS = "ELG-133"


def priced_activities(facts: Facts) -> tuple[str, ...]:
    """Give the activities that the programme pays by unit cost."""
    rule = facts.rulebook.rules.get(COST_FORMS)
    if rule is None:
        return INDIVIDUAL_SUPPORT
    return tuple(
        dict.fromkeys(
            activity
            for version in rule.versions
            for activity, forms in version.values["forms"].items()
            if "unit_cost" in forms
        ),
    )


def price_columns(facts: Facts) -> tuple[nw.Expr, ...]:
    """Give the unit cost of the rulebook, and the products with it and with the typed one.

    Products are of the size of the quantity, whatever its sign, in cents, rounded half up.
    """
    price: nw.Expr = nw.lit(None, dtype=nw.Int64)
    for activity in priced_activities(facts):
        of_activity = (nw.col("activity") == activity) & (nw.col("cost_form") == "unit_cost")
        price = nw.when(of_activity).then(facts.dated(f"{UNIT_COST}{activity}").value).otherwise(price)
    quantity = nw.col("quantity_milli").abs()
    typed = nw.col("unit_cost_cents")
    used = nw.when(typed.is_null()).then(price).otherwise(typed)
    return (
        price.alias("price_cents"),
        product_cents(quantity, price).alias("product_cents"),
        product_cents(quantity, used).alias("typed_product_cents"),
    )
