"""Splitting between ESF+ and the state budget, and apportioning among equals.

Source of the rate: the rulebook, FUN-701 (Regulation 483 par. 9, Regulation 460 par. 9), the
version in force; so it is a parameter here, without a default.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING

from skola_finance.funding.sources import FundingSplit
from skola_finance.money import (
    UnusableWeights,
    cumulative_split,
    floor_then_residual,
    from_cents,
    largest_remainder,
    to_cents,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from skola_finance.money import Money, Rate

WHOLE_EURO_CENTS = 100
"""The step of an allocation's ESF+ share: one euro."""

_NOTHING = from_cents(0)


def split_allocation(total: Money, *, rate: Rate) -> FundingSplit:
    """Split an allocation between ESF+ and the state budget (D-02).

    Applies to totals, never to an increase: the split of a difference is not the difference of
    the splits.

    Rounding: ESF+ down to the whole euro, also where the total has cents; the state takes the
    residual. A negative total is split as the mirror image of the positive one.
    Source: the cap of 85 % is Regulation 483 par. 9; rounding down is inferred from it.

    >>> from skola_finance.money import Rate, eur
    >>> split_allocation(eur(15_951_890), rate=Rate.parse("85 %"))
    FundingSplit(total_cents=1595189000, esf_plus_cents=1355910600, state_cents=239278400)
    """
    total_cents = to_cents(total)
    esf_plus, state = floor_then_residual(total_cents, rate=rate, step_cents=WHOLE_EURO_CENTS)
    return FundingSplit(total_cents=total_cents, esf_plus_cents=esf_plus, state_cents=state)


def split_claims(
    eligible: Sequence[Money],
    *,
    rate: Rate,
    already_declared: Money = _NOTHING,
) -> list[FundingSplit]:
    """Split the claims of one project agreement, cumulatively, in order of approval (D-03).

    Args:
        eligible: eligible euros of each claim in order, whole cents; a correction is negative.
        rate: the co-financing rate of the period; each period of one rate is split by itself.
        already_declared: the eligible total of all claims before these.

    Returns: one split per claim; its parts sum to the claim to the cent.
    Rounding: ESF+ down to the cent of the running total; the state takes the residual.

    >>> from skola_finance.money import Rate, eur
    >>> [str(part.esf_plus.amount) for part in split_claims([eur("0.01")] * 2, rate=Rate(85, 100))]
    ['0.00', '0.01']
    """
    amounts = [to_cents(amount) for amount in eligible]
    parts = cumulative_split(amounts, rate=rate, already_cents=to_cents(already_declared))
    # No mutants of strict: both lists always have the same length; it only says so.
    return [
        FundingSplit(total_cents=amount, esf_plus_cents=esf_plus, state_cents=state)
        for amount, (esf_plus, state) in zip(amounts, parts, strict=True)  # pragma: no mutate
    ]


def apportion(
    total: Money,
    *,
    weights: Mapping[str, int] | Sequence[tuple[str, int]],
) -> dict[str, Money]:
    """Apportion an amount among named equals by largest remainder (D-04), in the order given.

    Rounding: each part down to the cent, the cents left over to the largest remainders, ties to
    the earlier name.

    Raises: UnusableWeights (FUN-704), also where a name stands twice.

    >>> from skola_finance.money import eur
    >>> apportion(eur("1.00"), weights={"Rīga": 1, "Liepāja": 1, "Ogre": 1})["Rīga"]
    Money('0.34', 'EUR')
    """
    rows = list(weights.items()) if isinstance(weights, Mapping) else list(weights)
    names = [name for name, _ in rows]
    for name, times in Counter(names).items():
        if times > 1:
            raise UnusableWeights(
                lv=f"„{name}” ir norādīts vairākas reizes",
                en=f"“{name}” stands there more than once",
            )
    parts = largest_remainder(to_cents(total), weights=[weight for _, weight in rows])
    # No mutants of strict: both lists always have the same length; it only says so.
    named = zip(names, parts, strict=True)  # pragma: no mutate
    return {name: from_cents(part) for name, part in named}
