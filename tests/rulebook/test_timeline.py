"""The time line: every day lies in one span, and in the span of the versions it may belong to."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skola_finance.rulebook.timeline import Boundary, Held, Span, spans, touch

if TYPE_CHECKING:
    from collections.abc import Mapping

    from skola_finance.rulebook.timeline import Edge

DAY_ONE = date(2024, 1, 1)
DAYS = 60
days = st.integers(0, DAYS).map(lambda number: DAY_ONE + timedelta(days=number))


@st.composite
def lines_of_versions(draw: st.DrawFn) -> tuple[list[Held[int]], dict[str, date]]:
    """Draw versions that touch, with some edges in doubt, and some of those entered."""
    numbers = sorted(draw(st.sets(st.integers(1, DAYS - 1), min_size=2, max_size=8)))
    edges: list[Edge] = []
    known = {}
    while numbers:
        first = DAY_ONE + timedelta(days=numbers.pop(0))
        inner = bool(edges) and len(numbers) > 1
        if inner and draw(st.booleans()):
            last = DAY_ONE + timedelta(days=numbers.pop(0))
            edge = Boundary(f"boundary_{len(edges)}", first, last)
            edges.append(edge)
            if draw(st.booleans()):
                known[edge.key] = draw(st.dates(first, last))
        else:
            edges.append(first)
    if draw(st.booleans()):
        edges[0] = None
    if draw(st.booleans()):
        edges[-1] = None
    return [Held(one, other, at) for at, (one, other) in enumerate(pairwise(edges))], known


def earliest(edge: Edge, known: Mapping[str, date]) -> date:
    """Give the earliest day an edge may be."""
    if isinstance(edge, Boundary):
        return known.get(edge.key, edge.not_before or date.min)
    return edge or date.min


def latest(edge: Edge, known: Mapping[str, date]) -> date | None:
    """Give the latest day an edge may be; None is never."""
    if isinstance(edge, Boundary):
        return known.get(edge.key, edge.not_after)
    return edge


@given(lines_of_versions(), days)
def test_every_day_lies_in_the_span_of_the_versions_it_may_belong_to(
    drawn: tuple[list[Held[int]], dict[str, date]], day: date
) -> None:
    """Proves the spans against the plain meaning of an edge that is not known."""
    held, known = drawn
    assert touch(held) is None
    possible = tuple(
        one.version
        for one in held
        if earliest(one.starts, known) <= day
        and ((end := latest(one.ends, known)) is None or day < end)
    )
    covering = [span for span in spans(held, known) if span.covers(day)]
    assert [span.versions for span in covering] == ([possible] if possible else [])


@given(lines_of_versions())
def test_spans_part_the_time_from_the_first_edge_to_the_last(
    drawn: tuple[list[Held[int]], dict[str, date]],
) -> None:
    """Proves that spans touch, none is empty, and no two neighbours say the same."""
    held, known = drawn
    line = spans(held, known)
    assert line[0].first == held[0].starts
    assert line[-1].end == held[-1].ends
    for one, other in pairwise(line):
        assert one.end is not None
        assert one.end == other.first
        assert one.first is None or one.first < one.end
        assert one.versions != other.versions
    assert {version for span in line for version in span.versions} <= set(range(len(held)))


@given(lines_of_versions(), days)
def test_entering_every_boundary_leaves_one_version_for_every_day(
    drawn: tuple[list[Held[int]], dict[str, date]], day: date
) -> None:
    """Proves that doubt comes only from what nobody has entered."""
    held, known = drawn
    edges = [one.ends for one in held]
    known |= {
        edge.key: edge.not_before
        for edge in edges
        if isinstance(edge, Boundary) and edge.not_before and edge.key not in known
    }
    for span in spans(held, known):
        assert len(span.versions) == 1
    assert sum(span.covers(day) for span in spans(held, known)) <= 1


@given(lines_of_versions(), days)
def test_entering_a_boundary_only_narrows_what_is_possible(
    drawn: tuple[list[Held[int]], dict[str, date]], day: date
) -> None:
    """Proves that knowledge takes versions away from a day and never adds one."""
    held, known = drawn
    before = {one for span in spans(held, {}) if span.covers(day) for one in span.versions}
    after = {one for span in spans(held, known) if span.covers(day) for one in span.versions}
    assert after <= before


def test_a_boundary_without_limits_keeps_the_outer_edges() -> None:
    """Proves that nothing known of the middle says nothing against the ends."""
    edge = Boundary("when")
    held = [Held(date(2024, 1, 1), edge, 1), Held(edge, date(2025, 1, 1), 2)]
    assert spans(held, {}) == (Span(date(2024, 1, 1), date(2025, 1, 1), (1, 2)),)
    assert spans(held, {"when": date(2024, 6, 1)}) == (
        Span(date(2024, 1, 1), date(2024, 6, 1), (1,)),
        Span(date(2024, 6, 1), date(2025, 1, 1), (2,)),
    )


def test_a_day_entered_before_everything_leaves_only_the_later_version() -> None:
    """Proves that the later version does not reach back before the earlier began."""
    edge = Boundary("when")
    held = [Held(date(2024, 1, 1), edge, 1), Held(edge, None, 2)]
    assert spans(held, {"when": date(2020, 1, 1)}) == (Span(date(2024, 1, 1), None, (2,)),)


def test_one_version_without_edges_holds_for_ever() -> None:
    """Proves that no edge is as good as every day."""
    (span,) = spans([Held(None, None, 1)], {})
    assert span == Span(None, None, (1,))
    assert span.covers(date.min)
    assert span.covers(date.max)


@pytest.mark.parametrize(
    ("edge", "day", "admitted"),
    [
        (Boundary("a"), date.min, True),
        (Boundary("a", date(2025, 12, 17), date(2026, 1, 7)), date(2025, 12, 16), False),
        (Boundary("a", date(2025, 12, 17), date(2026, 1, 7)), date(2025, 12, 17), True),
        (Boundary("a", date(2025, 12, 17), date(2026, 1, 7)), date(2026, 1, 7), True),
        (Boundary("a", date(2025, 12, 17), date(2026, 1, 7)), date(2026, 1, 8), False),
        (Boundary("a", not_after=date(2026, 1, 7)), date.min, True),
        (Boundary("a", not_before=date(2026, 1, 7)), date.max, True),
    ],
)
def test_a_boundary_admits_the_days_of_its_interval(
    edge: Boundary, day: date, *, admitted: bool
) -> None:
    """Proves that both ends of the interval are possible first days."""
    assert edge.admits(day) is admitted


def test_the_place_of_a_fault_is_the_later_of_two_versions() -> None:
    """Proves which version is named where two do not fit together."""
    one, two, three = (date(year, 1, 1) for year in (2024, 2025, 2026))
    edge = Boundary("a", two, three)
    assert touch([Held(None, None, 1)]) is None
    assert touch([Held(one, two, 1), Held(two, None, 2)]) is None
    assert touch([Held(one, two, 1), Held(three, None, 2)]) == ("gap", 1)
    assert touch([Held(one, three, 1), Held(two, None, 2)]) == ("overlap", 1)
    assert touch([Held(one, None, 1), Held(two, None, 2)]) == ("open", 1)
    assert touch([Held(one, two, 1), Held(None, None, 2)]) == ("open", 1)
    assert touch([Held(two, one, 1)]) == ("reversed", 0)
    assert touch([Held(one, edge, 1), Held(edge, three, 2)]) == ("reversed", 1)
    assert touch([Held(edge, None, 1)]) == ("doubtful", 0)
    assert touch([Held(one, two, 1), Held(two, edge, 2)]) == ("doubtful", 1)
