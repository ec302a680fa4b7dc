"""Exact euros: the one door to amounts, the only rounding, the only dividing.

Imports `problems` and py-moneyed, and knows nothing of law. Inside, amounts are whole cents
(`int`); `Money` stands at the faces; `Decimal` appears only here; a float nowhere.

It promises: nothing is rounded unless a function is named for it; parts always add up to what
was divided; whatever is not an exact amount is refused with a `Problem`, never guessed.
"""

from moneyed import EUR, Money

from skola_finance.money.amount_text import (
    LIMIT_EUROS,
    Unreadable,
    UnreadableAmount,
    format_amount,
    parse_amount,
    plain,
)
from skola_finance.money.apportion import (
    UnusableWeights,
    floor_then_residual,
    largest_remainder,
)
from skola_finance.money.cumulative import cumulative_split, largest_base_within
from skola_finance.money.euros import InexactAmount, eur, from_cents, to_cents
from skola_finance.money.rate import Rate, RateOutOfRange
from skola_finance.money.rounding import floor_ratio, half_up_ratio, unit_product_cents

__all__ = [
    "EUR",
    "LIMIT_EUROS",
    "InexactAmount",
    "Money",
    "Rate",
    "RateOutOfRange",
    "Unreadable",
    "UnreadableAmount",
    "UnusableWeights",
    "cumulative_split",
    "eur",
    "floor_ratio",
    "floor_then_residual",
    "format_amount",
    "from_cents",
    "half_up_ratio",
    "largest_base_within",
    "largest_remainder",
    "parse_amount",
    "plain",
    "to_cents",
    "unit_product_cents",
]
