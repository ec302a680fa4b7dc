"""How fast a programme spends, semester by semester: against an even pace, and among partners."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate
from typing import TYPE_CHECKING

from skola_finance.claims.calendar import semester_name, semester_number

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from skola_finance.usecases.reports.programme_status import StatusRow

FEWEST = 5
"""Partners below whom a tenth of them is nobody."""
LOW, HIGH = 10, 90
_HUNDRED = 100


@dataclass(frozen=True, slots=True)
class Window:
    """The first and the last semester of the agreements in force, by number."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class PacePoint:
    """The end of a semester: what would be spent by then at an even pace, and what was; cents.

    The even pace spreads what is allocated over the semesters of the agreements in force. `actual`
    is approved and in process; None for a semester that has not begun.

    `low` and `high` are what would be spent if everybody had used the share of their allocation
    that the tenth and the ninetieth of a hundred partners had used by then (P10 and P90, nearest
    rank); None where fewer than five partners have an allocation, or nothing is known yet.
    """

    semester: str
    even_cents: int
    approved_cents: int | None
    actual_cents: int | None
    low_cents: int | None
    high_cents: int | None


def pace_of(
    rows: Sequence[StatusRow],
    allocated: Mapping[str, int],
    window: Window | None,
    *,
    now: int | None,
) -> tuple[PacePoint, ...]:
    """Let the even pace and what was spent run side by side, semester by semester.

    Args:
        rows: what partners asked for and got, by semester among other things.
        allocated: cents by registration number of the partner.
        window: over which the even pace runs; without one there is none.
        now: the number of the semester that runs.

    Rounding: the even pace and both ends of the band down to the cent, the last semester exact.
    """
    if window is None:
        return ()
    approved = _by_semester((row.semester, row.standing.total_cents) for row in rows)
    asked = _by_semester((row.semester, row.claimed_cents) for row in rows)
    known = {*approved, *asked}
    numbers = range(min([window.first, *known]), max([window.last, *known]) + 1)
    whole, length = sum(allocated.values()), window.last - window.first + 1
    bands = _bands(rows, allocated, numbers)
    approved_so_far = accumulate(approved[number] for number in numbers)
    asked_so_far = accumulate(asked[number] for number in numbers)
    points = []
    for number, got, claimed, band in zip(
        numbers, approved_so_far, asked_so_far, bands, strict=True
    ):
        done = min(max(number - window.first + 1, 0), length)
        is_known = now is None or number <= now or number in known
        low, high = band if band is not None and is_known else (None, None)
        points.append(
            PacePoint(
                semester_name(number),
                whole * done // length,
                got if is_known else None,
                got + claimed if is_known else None,
                low,
                high,
            )
        )
    return tuple(points)


def _bands(
    rows: Iterable[StatusRow], allocated: Mapping[str, int], numbers: range
) -> list[tuple[int, int] | None]:
    """Give what P10 and P90 of the partners' shares come to by the end of each semester."""
    funded = {partner: cents for partner, cents in allocated.items() if cents > 0}
    if len(funded) < FEWEST:
        return [None for _ in numbers]
    used: defaultdict[str, defaultdict[int, int]] = defaultdict(lambda: defaultdict(int))
    for row in rows:
        if row.semester and row.partner_reg_no in funded:
            cents = row.standing.total_cents + row.claimed_cents
            used[row.partner_reg_no][semester_number(row.semester)] += cents
    so_far = [
        [Fraction(total, cents) for total in accumulate(used[partner][one] for one in numbers)]
        for partner, cents in funded.items()
    ]
    whole = sum(allocated.values())
    return [_spread(sorted(shares), whole) for shares in zip(*so_far, strict=True)]


def _spread(shares: Sequence[Fraction], whole: int) -> tuple[int, int]:
    low, high = (shares[-(-len(shares) * part // _HUNDRED) - 1] for part in (LOW, HIGH))
    return int(whole * low // 1), int(whole * high // 1)


def _by_semester(sums: Iterable[tuple[str, int]]) -> defaultdict[int, int]:
    found: defaultdict[int, int] = defaultdict(int)
    for semester, cents in sums:
        if semester:
            found[semester_number(semester)] += cents
    return found
