"""Splitting amounts by source under the co-financing rate of a programme."""

from __future__ import annotations

from typing import TYPE_CHECKING

from skola_finance import funding
from skola_finance.rulebook import load_rulebook

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from skola_finance.funding import FundingSplit
    from skola_finance.money import Money, Rate

COFINANCING = "FUN-701"


def cofinancing_rate(programme: str, *, on: date | None = None) -> Rate:
    """Give the co-financing rate of a programme, on a day or as last in force.

    Source: FUN-701 of the rulebook (MK 483 par. 9, MK 460 par. 9).
    """
    rulebook = load_rulebook(programme)
    version = (
        rulebook.rule(COFINANCING).versions[-1] if on is None else rulebook.at(COFINANCING, on=on)
    )
    rate: Rate = version.values["rate"]
    return rate


def split_allocation(
    total: Money, *, programme: str = "skola-kopiena", on: date | None = None
) -> FundingSplit:
    """Split an allocation between ESF+ and the state budget.

    Args:
        total: a whole allocation, never an increase of one.
        programme: whose rate applies.
        on: the day whose rate applies; the last one in force if left out.

    Rounding: ESF+ down to a whole euro (D-02); the state takes the residual.
    """
    return funding.split_allocation(total, rate=cofinancing_rate(programme, on=on))


def split_claims(
    eligible: Sequence[Money], *, programme: str = "skola-kopiena", on: date | None = None
) -> list[FundingSplit]:
    """Split successive claims of one project, cumulatively, in their order.

    Rounding: ESF+ down to the cent of the running total (D-03); the state takes the residual.
    """
    return funding.split_claims(eligible, rate=cofinancing_rate(programme, on=on))
