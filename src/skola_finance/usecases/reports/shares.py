"""Dividing a booked amount among what stands behind it, so that the parts are the whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from skola_finance.ledger.legs import split_of
from skola_finance.money import largest_remainder

if TYPE_CHECKING:
    from collections.abc import Mapping

    from skola_finance.funding import FundingSplit

K = TypeVar("K")


def divide(whole: FundingSplit, weights: Mapping[K, int], *, rest: K) -> dict[K, FundingSplit]:
    """Divide an amount by weights in cents, each source; the parts add up to it.

    What the weights cannot carry stands under `rest`: everything, where the amount is below zero or
    no weight is above it. Rounding: largest remainder, ties to the first (D-04), the total first,
    then ESF+ by the totals; the state takes what is left.
    """
    usable = {key: weight for key, weight in weights.items() if weight > 0}
    if not usable or whole.total_cents <= 0:
        return {rest: whole}
    totals = largest_remainder(whole.total_cents, weights=list(usable.values()))
    esf_plus = largest_remainder(whole.esf_plus_cents, weights=totals)
    return {
        key: split_of(total, part)
        for key, total, part in zip(usable, totals, esf_plus, strict=True)
    }


def attribute(whole: FundingSplit, parts: Mapping[K, int], *, rest: K) -> dict[K, FundingSplit]:
    """Give known parts of an amount their sources; what no part explains stands under `rest`.

    Rounding: ESF+ by largest remainder over the parts (D-04); the state takes what is left.
    """
    named = dict(parts)
    left = whole.total_cents - sum(named.values())
    if left:
        named[rest] = named.get(rest, 0) + left
    if any(cents < 0 for cents in named.values()) or not any(named.values()):
        return {rest: whole}
    esf_plus = largest_remainder(whole.esf_plus_cents, weights=list(named.values()))
    return {
        key: split_of(cents, part)
        for (key, cents), part in zip(named.items(), esf_plus, strict=True)
    }
