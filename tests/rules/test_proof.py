"""Vectors prove what they seem to: the rule was in force, it spoke, and its edges were tried."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from skola_finance.claims.columns import CLAIM_KEYS, LINE_COLUMNS, PLAN_COLUMNS
from skola_finance.claims.vectors import settings_of
from skola_finance.rulebook import Boundary
from skola_finance.rulebook.kinds import Stage
from skola_finance.rulebook.model import BY_ASSESSMENT_DAY, PROGRAMMES
from tests.rules.shipped import bases, book, rules, vectors, vectors_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from skola_finance.rulebook import Rule
    from skola_finance.rulebook.vector_file import Vector

LINE_KEYS = {column.key for column in LINE_COLUMNS}
PLAN_KEYS = {column.key for column in PLAN_COLUMNS}
HEADER_KEYS = {column.key for column in CLAIM_KEYS}


def lines_of(vector: Vector) -> list[dict[str, Any]]:
    """Give the lines of a vector, laid over its base line."""
    base = bases()[vector.programme].lines[str(vector.base)]
    lines = vector.given.get("lines", [vector.given.get("line", {})])
    return [{**base, **line} for line in lines]


def days_of(rule: Rule, vector: Vector) -> set[date]:
    """Give the days that picked the versions of a rule in a vector."""
    if rule.anchor == BY_ASSESSMENT_DAY or rule.stage is Stage.FUNDING:
        day: date = vector.given.get("on", bases()[vector.programme].on)
        return {day}
    return {line["activity_on"] for line in lines_of(vector) if line.get("activity_on")}


def is_spoken_of(rule: Rule, vector: Vector, line: dict[str, Any]) -> bool:
    """Tell whether the rule speaks about a line: its codes fit, and a version is in force."""
    if any(line.get(column) not in codes for column, codes in rule.applies.items()):
        return False
    settled = book(vector.programme)
    texts = {**bases()[vector.programme].settings, **vector.settings}
    settled = settled.with_settings(settings_of(texts, settled))
    day = line.get("activity_on")
    if rule.anchor == BY_ASSESSMENT_DAY or not day:
        return True
    return bool(settled.candidates(rule.code, on=day))


def edges(rule: Rule) -> Iterator[tuple[str, date]]:
    """Give the days on which what the rule says changes: each first day, and the day before."""
    for version in rule.versions:
        if isinstance(version.starts, Boundary):
            day_before = version.starts.not_before
            if day_before is not None and version.starts.not_after is not None:
                yield "last certain day of the earlier version", day_before - timedelta(days=1)
                yield "first day in doubt", day_before
                yield "last day in doubt", version.starts.not_after - timedelta(days=1)
                yield "first certain day of the later version", version.starts.not_after
        elif version.starts is not None:
            yield "first day", version.starts
            yield "day before the first", version.starts - timedelta(days=1)


def is_about_money(vector: Vector) -> bool:
    """Tell whether a vector is about the programme's money and not about lines."""
    return book(vector.programme).rule(vector.code).stage is Stage.FUNDING


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.file)
def test_every_edge_of_every_version_is_tried(rule: Rule) -> None:
    """Proves that a version has a vector on its first day and one on the day before."""
    tried = {day for vector in vectors_of(rule) for day in days_of(rule, vector)}
    missing = {name: day.isoformat() for name, day in edges(rule) if day not in tried}
    assert missing == {}


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.file)
def test_a_boundary_is_tried_as_a_setting_too(rule: Rule) -> None:
    """Proves that entering the day of a change settles it, on the day and on the day before."""
    keys = {one.starts.key for one in rule.versions if isinstance(one.starts, Boundary)}
    for key in keys:
        days = {
            (day - date.fromisoformat(entered)).days
            for vector in vectors_of(rule)
            if (entered := vector.settings.get(key))
            for day in days_of(rule, vector)
        }
        assert days >= {-1, 0}, key


@pytest.mark.parametrize("vector", vectors(), ids=lambda one: f"{one.file}: {one.name}")
def test_a_vector_that_passes_was_judged(vector: Vector) -> None:
    """Proves that nothing passes because the rule never looked, unless the vector says so."""
    if is_about_money(vector) or not vector.passes():
        return
    rule = book(vector.programme).rule(vector.code)
    assert vector.given.get("outside") or any(
        is_spoken_of(rule, vector, line) for line in lines_of(vector)
    )


@pytest.mark.parametrize("vector", vectors(), ids=lambda one: f"{one.file}: {one.name}")
def test_a_vector_names_what_there_is(vector: Vector) -> None:
    """Proves that no misspelt setting, column, header key or variant is silently left out."""
    found = book(vector.programme)
    unknown = {key for key in vector.settings if found.parameter(key) is None}
    assert unknown == set()
    given = vector.given
    for line in (given.get("line", {}), *given.get("lines", ())):
        assert set(line) <= LINE_KEYS
    for line in given.get("history", ()):
        assert set(line) <= {*LINE_KEYS, "eligible", "programme"}
    for row in given.get("plans", ()):
        assert set(row) <= PLAN_KEYS
    assert set(given.get("claim", {})) <= HEADER_KEYS
    for finding in given.get("findings", ()):
        kind = found.rule(finding["code"]).kind
        assert finding.get("variant", "") in {"", *kind.variants}


@pytest.mark.parametrize("programme", PROGRAMMES)
def test_base_lines_name_what_there_is(programme: str) -> None:
    """Proves the same of the lines and settings that vectors vary."""
    base = bases()[programme]
    unknown = {key for key in base.settings if book(programme).parameter(key) is None}
    assert unknown == set()
    assert set(base.claim) <= HEADER_KEYS
    for name, line in base.lines.items():
        assert set(line) <= LINE_KEYS, name
