"""Periods of versions, and the days on which the law is not established.

Periods are half-open: a version holds on its first day and no longer on the day it ends.
Where the day a version began is not known, a `Boundary` stands between two versions: an interval
of days, or no limits at all, until the day is entered as a setting.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Any, Generic, TypeAlias, TypeVar

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


@dataclass(frozen=True, slots=True)
class Boundary:
    """A first day that is a setting: the later version began on one day of an interval.

    `not_before` is the earliest possible first day, `not_after` the latest; None is unlimited.
    On the days from `not_before` up to, but without, `not_after` either version may be in force.
    """

    key: str
    not_before: date | None = None
    not_after: date | None = None

    def admits(self, day: date) -> bool:
        """Whether the later version may have begun on this day."""
        after = self.not_before is None or day >= self.not_before
        return after and (self.not_after is None or day <= self.not_after)


V = TypeVar("V")

Edge: TypeAlias = "date | Boundary | None"
"""Where a period begins or ends; None is open."""


@dataclass(frozen=True, slots=True)
class Span(Generic[V]):
    """Days `[first, end)` with the versions that may be in force on them, earlier first.

    More than one version means that the law of these days is not established.
    """

    first: date | None
    end: date | None
    versions: tuple[V, ...]

    def covers(self, day: date) -> bool:
        """Whether the day lies in the span."""
        return (self.first is None or day >= self.first) and (self.end is None or day < self.end)


@dataclass(frozen=True, slots=True)
class Held(Generic[V]):
    """A version with the period it holds in."""

    starts: Edge
    ends: Edge
    version: V


def spans(held: Sequence[Held[V]], known: Mapping[str, date]) -> tuple[Span[V], ...]:
    """Lay versions on the time line; `known` holds the boundaries that have been entered.

    The versions are in order and touch (the loader made sure of it). A version may be in force
    from the earliest day on which it can have begun until the latest on which it can have ended,
    and never before an earlier version or after a later one.
    """
    edges = [_window(edge, known) for edge in (held[0].starts, *(one.ends for one in held))]
    starts = [lowest or date.min for lowest, _ in edges[:-1]]
    ends = [highest or date.max for _, highest in edges[1:]]
    starts = list(accumulate(starts, max))
    ends = list(accumulate(reversed(ends), min))[::-1]
    found = []
    for first, end in pairwise(sorted({*starts, *ends})):
        versions = tuple(
            one.version
            for one, start, stop in zip(held, starts, ends, strict=True)
            if start <= first and end <= stop
        )
        if versions:
            opens = None if first == date.min else first
            closes = None if end == date.max else end
            found.append(Span(opens, closes, versions))
    return tuple(found)


def _window(edge: Edge, known: Mapping[str, date]) -> tuple[date | None, date | None]:
    """Give the earliest and the latest day an edge may be; None is unlimited."""
    if not isinstance(edge, Boundary):
        return edge, edge
    if edge.key in known:
        return known[edge.key], known[edge.key]
    return edge.not_before, edge.not_after


def touch(held: Sequence[Held[Any]]) -> tuple[str, int] | None:
    """Find the first fault in the order of periods.

    Returns:
        `("gap" | "overlap" | "reversed" | "open" | "doubtful", index)`, or None where all periods
        touch and only boundaries between two versions are in doubt.

    """
    for index, edge in ((0, held[0].starts), (len(held) - 1, held[-1].ends)):
        if isinstance(edge, Boundary):
            return "doubtful", index
    for index, one in enumerate(held):
        if _is_reversed(one.starts, one.ends):
            return "reversed", index
    return _first_break(held)


def _first_break(held: Sequence[Held[Any]]) -> tuple[str, int] | None:
    """Find the first two neighbours that do not touch."""
    for index, (one, other) in enumerate(pairwise(held), start=1):
        if one.ends is None or other.starts is None:
            return "open", index
        if one.ends != other.starts:
            known = isinstance(one.ends, date) and isinstance(other.starts, date)
            if known and one.ends > other.starts:  # type: ignore[operator]  # both are dates here
                return "overlap", index
            return "gap", index
    return None


def _is_reversed(starts: Edge, ends: Edge) -> bool:
    """Whether a version may end on or before the day it starts."""
    if isinstance(starts, Boundary) and starts == ends:
        return True
    _, latest_start = _window(starts, {})
    earliest_end, _ = _window(ends, {})
    return latest_start is not None and earliest_end is not None and earliest_end <= latest_start
