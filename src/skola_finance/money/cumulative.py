"""Shares taken of a running total, so that no number of claims makes them drift (D-03)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from skola_finance.money.rate import Rate


def cumulative_split(
    eligible_cents: Sequence[int],
    *,
    rate: Rate,
    already_cents: int = 0,
) -> list[tuple[int, int]]:
    """Split successive amounts in two; what was split is always a function of the running total.

    The first part of the n-th amount is the floor of rate × (all up to n) less the first parts
    before it; the second is the rest. `already_cents` is the total of earlier amounts. Negative
    amounts (corrections) lower the running total and move both parts the same way.

    >>> from skola_finance.money.rate import Rate
    >>> cumulative_split([1, 1, -1], rate=Rate.parse("85 %"))
    [(0, 1), (1, 0), (-1, 0)]
    """
    running = already_cents
    taken = rate.floor_of(running)
    parts = []
    for amount in eligible_cents:
        running += amount
        first = rate.floor_of(running) - taken
        taken += first
        parts.append((first, amount - first))
    return parts


def largest_base_within(room_cents: int, *, rate: Rate) -> int:
    """Give the largest base that fits the room together with its derived amount.

    The largest whole D with D + ⌊rate × D⌋ ≤ room. A room below zero gives a base below zero:
    the caller cuts that to nothing.

    >>> from skola_finance.money.rate import Rate
    >>> largest_base_within(11_500, rate=Rate.parse("15 %"))
    10000
    """
    above = rate.denominator * (room_cents + 1) - 1
    return above // (rate.denominator + rate.numerator)
