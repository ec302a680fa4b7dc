"""The unit cost in force for a line, from settings `unit_cost.<activity>`."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

import narwhals as nw

from skola_finance.claims.judgement import is_one_of, product_cents
from skola_finance.claims.vocabulary import INDIVIDUAL_SUPPORT

if TYPE_CHECKING:
    from skola_finance.claims.compiled import Compiled
    from skola_finance.claims.facts import Facts

UNIT_COST = "unit_cost."
COST_FORMS = "ELG-133"
ASK_FOR_PRICES = frozenset({"arithmetic", "unit_cost_limit"})
PRICE_COLUMNS = ("price_cents", "product_cents", "typed_product_cents")


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


def with_prices(frame: nw.LazyFrame[Any], compiled: Compiled) -> nw.LazyFrame[Any]:
    """Add the unit cost of the rulebook, and the products with it and with the typed one.

    Products are in cents, rounded half up: for a correction of the size of its quantity, else of
    the quantity, and a negative one is worth nothing. The
    columns stay empty where no rule that was compiled asks for them.
    """
    rules = compiled.facts.rulebook.rules
    if not any(rules[code].kind_name in ASK_FOR_PRICES for code in compiled.codes):
        empty = nw.lit(None, dtype=nw.Int64)
        return frame.with_columns(*(empty.alias(name) for name in PRICE_COLUMNS))
    asked, price = nw.col("quantity_milli"), nw.col("price_cents")
    zero = nw.lit(0, dtype=nw.Int64)
    unsigned = nw.when(asked > 0).then(asked).otherwise(nw.when(asked <= 0).then(zero))
    quantity = nw.when(nw.col("amount_cents") < 0).then(asked.abs()).otherwise(unsigned)
    typed = nw.col("unit_cost_cents")
    used = nw.when(typed.is_null()).then(price).otherwise(typed)
    return frame.with_columns(_price(compiled.facts).alias("price_cents")).with_columns(
        product_cents(quantity, price).alias("product_cents"),
        product_cents(quantity, used).alias("typed_product_cents"),
    )


def _price(facts: Facts) -> nw.Expr:
    """Give the unit cost of each line; activities under the same settings are asked once."""
    alike: dict[tuple[object, ...], list[str]] = defaultdict(list)
    for activity in priced_activities(facts):
        settings = facts.rulebook.values_of(f"{UNIT_COST}{activity}")
        alike[tuple((one.value, one.starts, one.ends) for one in settings)].append(activity)
    price: nw.Expr = nw.lit(None, dtype=nw.Int64)
    by_unit = nw.col("cost_form") == "unit_cost"
    for activities in alike.values():
        here = by_unit & is_one_of("activity", tuple(activities))
        value = facts.dated(f"{UNIT_COST}{activities[0]}").value
        price = nw.when(here).then(value).otherwise(price)
    return price
