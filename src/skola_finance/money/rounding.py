"""The named roundings of the product, on whole numbers; nothing else rounds.

No act that was read says how a share, a flat rate or a unit-cost product is rounded. Floor for
shares follows from "does not exceed 85 per cent" (Regulation 483 par. 9, D-02); half up for
products is the rule of contracts.md. Denominators are positive everywhere: `Rate` sees to it.
"""

from __future__ import annotations

MILLI = 1000
"""Thousandths in one unit of quantity."""


def floor_ratio(value: int, *, numerator: int, denominator: int) -> int:
    """Give value × numerator / denominator, rounded down (towards minus infinity).

    >>> floor_ratio(1_595_189_000, numerator=85, denominator=100)
    1355910650
    >>> floor_ratio(-1, numerator=85, denominator=100)
    -1
    """
    return value * numerator // denominator


def half_up_ratio(value: int, *, numerator: int, denominator: int) -> int:
    """Give value × numerator / denominator, rounded to the nearest; a half goes away from zero.

    So a correction of −x gives exactly the opposite of x.

    >>> half_up_ratio(5, numerator=1, denominator=2), half_up_ratio(-5, numerator=1, denominator=2)
    (3, -3)
    """
    product = value * numerator
    if product < 0:
        return -half_up_ratio(-value, numerator=numerator, denominator=denominator)
    return (2 * product + denominator) // (2 * denominator)


def unit_product_cents(quantity_milli: int, *, unit_cost_cents: int) -> int:
    """Price a quantity, given in thousandths, at a unit cost; half up to the cent.

    >>> unit_product_cents(1_500, unit_cost_cents=1_321)
    1982
    """
    return half_up_ratio(quantity_milli, numerator=unit_cost_cents, denominator=MILLI)
