"""Dividing one amount: by a rate with a residual, and among equals by weight.

A negative total (a correction) is the mirror image: the parts of −x are minus the parts of x,
so a full reversal takes back exactly what was given.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from skola_finance.money.rounding import floor_ratio
from skola_finance.problems import Problem, Severity, SkolaError, Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from skola_finance.money.rate import Rate


class UnusableWeights(SkolaError, ValueError):
    """FUN-704: weights that nothing can be divided by."""

    def __init__(self, *, lv: str, en: str) -> None:
        """Say in both languages what is wrong with the weights."""
        super().__init__(
            Problem(
                code="FUN-704",
                severity=Severity.ERROR,
                message=Text(
                    lv=f"Summu nevar sadalīt pēc šiem svariem: {lv}.",
                    en=f"The amount cannot be divided by these weights: {en}.",
                ),
                hint=Text(
                    lv="Norādiet veselus nenegatīvus svarus, no kuriem vismaz viens ir "
                    "lielāks par nulli, piemēram, izglītojamo skaitu.",
                    en="Give whole non-negative weights, at least one above zero, "
                    "for example the numbers of learners.",
                ),
            ),
        )


def floor_then_residual(total_cents: int, *, rate: Rate, step_cents: int) -> tuple[int, int]:
    """Give the first part rounded down to a whole step, and the second what is left (D-02).

    `step_cents` is 100 for allocations (a whole euro). Regulation 483 par. 9 caps the first part
    at the rate; rounding down is the only way never to break the cap. Negative totals mirror.

    >>> from skola_finance.money.rate import Rate
    >>> floor_then_residual(1_595_189_000, rate=Rate.parse("85 %"), step_cents=100)
    (1355910600, 239278400)
    """
    if total_cents < 0:
        first, rest = floor_then_residual(-total_cents, rate=rate, step_cents=step_cents)
        return -first, -rest
    steps = floor_ratio(
        total_cents,
        numerator=rate.numerator,
        denominator=rate.denominator * step_cents,
    )
    return steps * step_cents, total_cents - steps * step_cents


def largest_remainder(total_cents: int, *, weights: Sequence[int]) -> list[int]:
    """Divide an amount in proportion to weights, to the cent; ties go to the earlier (D-04).

    Each part is the exact share rounded down, and the cents left over go one each to the largest
    remainders. A weight of zero gets nothing. Apart from ties the order of weights changes
    nothing. Negative totals mirror.

    Raises: UnusableWeights (FUN-704) for no weights, all zero, a negative or a fractional one.

    >>> largest_remainder(100, weights=[1, 1, 1]), largest_remainder(-100, weights=[1, 1, 1])
    ([34, 33, 33], [-34, -33, -33])
    """
    if total_cents < 0:
        return [-part for part in largest_remainder(-total_cents, weights=weights)]
    whole = _sum_of_usable(weights)
    shares = [divmod(total_cents * weight, whole) for weight in weights]
    parts = [part for part, _ in shares]
    left = total_cents - sum(parts)
    by_remainder = sorted(range(len(shares)), key=lambda index: -shares[index][1])
    for index in by_remainder[:left]:
        parts[index] += 1
    return parts


def _sum_of_usable(weights: Sequence[int]) -> int:
    for place, weight in enumerate(weights, start=1):
        if type(weight) is not int or weight < 0:
            raise UnusableWeights(
                lv=f"{place}. svars ir „{weight}”",
                en=f"weight {place} is “{weight}”",
            )
    whole = sum(weights)
    if whole == 0:
        raise UnusableWeights(lv="visi svari ir nulle vai to nav", en="all are zero, or none given")
    return whole
