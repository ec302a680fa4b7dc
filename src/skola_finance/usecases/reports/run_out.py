"""When an allocation ends at the present pace: whole numbers and days, nothing else.

The formula. Let S be the sum of all cents, N the number of calendar months in which anything was
spent (months whose cents come to nothing do not count), and L what is left: allocation − S. The
pace is S/N cents a month of activity. Counting begins with the month after the last one with
activity, and L lasts for L·N/S months of that pace: the whole ones are taken as calendar months,
and of the next month its share of days, rounded up to the day on which the last cent goes. Months
without activity, such as summer, slow the pace neither behind nor ahead, so that the day is the
earliest one at this pace: each idle month to come puts it off by a month.
"""

from __future__ import annotations

from calendar import monthrange
from collections import defaultdict
from dataclasses import dataclass
from datetime import MAXYEAR, date
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable

_MONTHS = 12


@dataclass(frozen=True, slots=True)
class EndsOn:
    """The day on which the last cent of the allocation goes, at the present pace."""

    day: date


@dataclass(frozen=True, slots=True)
class NeverAtThisPace:
    """Nothing is being spent, or so little that the calendar ends first."""


@dataclass(frozen=True, slots=True)
class UsedUp:
    """Nothing is left; `over_cents` is what is asked for beyond the allocation."""

    over_cents: int


RunOut: TypeAlias = EndsOn | NeverAtThisPace | UsedUp


@dataclass(frozen=True, slots=True)
class Pace:
    """What was spent, in cents, over how many months with activity.

    `last_month` is the last of them, as year × 12 + month − 1.
    """

    spent_cents: int
    months: int
    last_month: int


def pace_of(rows: Iterable[tuple[date, int]]) -> Pace:
    """Give the pace of spending: rows are days with cents, corrections below zero."""
    by_month: defaultdict[int, int] = defaultdict(int)
    for day, cents in rows:
        by_month[day.year * _MONTHS + day.month - 1] += cents
    active = [month for month, cents in by_month.items() if cents]
    return Pace(sum(by_month.values()), len(active), max(active, default=0))


def run_out(rows: Iterable[tuple[date, int]], *, allocation_cents: int) -> RunOut:
    """Say when an allocation ends at the pace of what was spent; see the formula above.

    Args:
        rows: days with the cents spent on them, in any order.
        allocation_cents: all that is allocated, what was spent of it included.

    >>> run_out([(date(2025, 11, 3), 600), (date(2025, 12, 1), 600)], allocation_cents=1800)
    EndsOn(day=datetime.date(2026, 1, 31))
    """
    pace = pace_of(rows)
    left = allocation_cents - pace.spent_cents
    if left <= 0:
        return UsedUp(-left)
    if pace.spent_cents <= 0:
        return NeverAtThisPace()
    whole, rest = divmod(left * pace.months, pace.spent_cents)
    month = pace.last_month + 1 + whole
    if rest == 0:
        month -= 1
    year, place = divmod(month, _MONTHS)
    if year > MAXYEAR:
        return NeverAtThisPace()
    length = monthrange(year, place + 1)[1]
    day = length if rest == 0 else -(-rest * length // pace.spent_cents)
    return EndsOn(date(year, place + 1, day))
