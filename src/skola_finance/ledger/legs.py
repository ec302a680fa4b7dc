"""Source legs: how an amount that moves is divided between ESF+ and the state budget.

A movement of part of a balance takes, for ESF+, the floor of the balance's ESF+ share; the
movement that empties a balance takes exactly what is there. So no account is left with a cent of
one source against a cent of the other. The split of approved amounts follows D-03 instead.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from skola_finance.funding import FundingSplit
from skola_finance.ledger.wording import error
from skola_finance.money import cumulative_split, floor_ratio
from skola_finance.problems import SkolaError, Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from skola_finance.ledger.dimensions import Quota
    from skola_finance.money import Rate

NOTHING = FundingSplit(total_cents=0, esf_plus_cents=0, state_cents=0)


class UnusableAmount(SkolaError, ValueError):
    """PAY-804: what moves must be a positive number of whole cents."""

    def __init__(self, cents: object) -> None:
        """Name what was given."""
        super().__init__(
            error(
                "PAY-804",
                message=Text(
                    lv=f"„{cents}” nav summa, ko var iegrāmatot: vajag veselus centus virs nulles.",
                    en=f"“{cents}” cannot be posted: whole cents above zero are needed.",
                ),
                hint=Text(
                    lv="Norādiet pozitīvu summu; samazinājumam ir sava darbība.",
                    en="Give a positive amount; a decrease is an action of its own.",
                ),
            ),
        )


class UnknownRatePeriod(SkolaError, ValueError):
    """PAY-805: an amount of a period whose co-financing rate was not given."""

    def __init__(self, key: str) -> None:
        """Name the period."""
        super().__init__(
            error(
                "PAY-805",
                message=Text(
                    lv=f"Nav zināma līdzfinansējuma likme periodam „{key}”.",
                    en=f"The co-financing rate of the period “{key}” is not known.",
                ),
                hint=Text(lv="Norādiet likmi šim periodam.", en="Give the rate of this period."),
                subject=key,
            ),
        )


@dataclass(frozen=True, slots=True)
class RatePeriod:
    """A period of one co-financing rate, and what stands approved in it.

    `approved_cents` is approved less withdrawn, of all partners of the programme together.
    Money outside the split (state-funded only) is a period of its own with a rate of 0 %.
    """

    key: str
    rate: Rate
    approved_cents: int


@dataclass(frozen=True, slots=True)
class CostPart:
    """Part of what is approved or withdrawn, in whole cents above zero.

    Raises: UnusableAmount (PAY-804).
    """

    quota: Quota
    semester: str
    rate_period: str
    cents: int
    sub_project: str = ""

    def __post_init__(self) -> None:
        """Refuse what is not a positive number of whole cents."""
        check_amount(self.cents)


def check_amount(cents: int) -> None:
    """Refuse anything but whole cents above zero with UnusableAmount (PAY-804)."""
    if type(cents) is not int or cents <= 0:
        raise UnusableAmount(cents)


def split_of(total_cents: int, esf_plus_cents: int) -> FundingSplit:
    """Make a split from the total and its ESF+ part; the state takes the residual."""
    return FundingSplit(
        total_cents=total_cents,
        esf_plus_cents=esf_plus_cents,
        state_cents=total_cents - esf_plus_cents,
    )


def part_of(balance: FundingSplit, cents: int) -> FundingSplit:
    """Take part of a balance, or all of it.

    Rounding: ESF+ down to the cent of the balance's share; all of it is exactly what is there.

    >>> part_of(split_of(101, 85), 50)
    FundingSplit(total_cents=50, esf_plus_cents=42, state_cents=8)
    """
    if cents == balance.total_cents:
        return balance
    esf_plus = floor_ratio(balance.esf_plus_cents, numerator=cents, denominator=balance.total_cents)
    return split_of(cents, esf_plus)


def at_rate(cents: int, *, rate: Rate) -> FundingSplit:
    """Split an amount that stands on no balance yet, such as an advance; ESF+ is rounded down."""
    return split_of(cents, rate.floor_of(cents))


def sum_of(splits: Iterable[FundingSplit]) -> FundingSplit:
    """Add splits up, source by source."""
    total, esf_plus = 0, 0
    for each in splits:
        total += each.total_cents
        esf_plus += each.esf_plus_cents
    return split_of(total, esf_plus)


def less(whole: FundingSplit, part: FundingSplit) -> FundingSplit:
    """Take one split from another, source by source."""
    return split_of(
        whole.total_cents - part.total_cents, whole.esf_plus_cents - part.esf_plus_cents
    )


def approved_legs(
    parts: Sequence[CostPart], *, periods: Iterable[RatePeriod]
) -> list[FundingSplit]:
    """Split what is approved, cumulatively per rate period and in the order given (D-03).

    Raises: UnknownRatePeriod (PAY-805).
    """
    return _cumulative(parts, sign=1, periods=periods)


def withdrawn_legs(
    parts: Sequence[CostPart], *, periods: Iterable[RatePeriod]
) -> list[FundingSplit]:
    """Split what is withdrawn: the running total falls, and both sources with it (D-03).

    Returns: positive splits. A full reversal may differ from the approval by one cent per source.
    Raises: UnknownRatePeriod (PAY-805).
    """
    return [less(NOTHING, legs) for legs in _cumulative(parts, sign=-1, periods=periods)]


def _cumulative(
    parts: Sequence[CostPart], *, sign: int, periods: Iterable[RatePeriod]
) -> list[FundingSplit]:
    rates = {period.key: period.rate for period in periods}
    running = {period.key: period.approved_cents for period in periods}
    legs = []
    for part in parts:
        if part.rate_period not in rates:
            raise UnknownRatePeriod(part.rate_period)
        cents = sign * part.cents
        ((esf_plus, _state),) = cumulative_split(
            [cents],
            rate=rates[part.rate_period],
            already_cents=running[part.rate_period],
        )
        running[part.rate_period] += cents
        legs.append(split_of(cents, esf_plus))
    return legs
