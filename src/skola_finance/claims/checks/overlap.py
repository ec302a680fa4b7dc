"""One specialist or one learner in two sessions at the same time, or the same session twice.

A session is at fault if it begins before the end of an earlier one of the same person that day,
whether or not that one is at fault; one that was approved earlier always stands. The rows of one
`session_ref` are one session. Times are compared in thousandths of a minute.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import narwhals as nw

from skola_finance.claims.groups import (
    ALIKE,
    ATTENDANCE,
    GROUPS,
    LEARNER_DAY,
    SESSION,
    SPECIALIST_DAY,
)
from skola_finance.claims.judgement import Judgement, Need, Unchecked, applies_to
from skola_finance.claims.pool import (
    Walked,
    given,
    groups,
    hours_of,
    kept,
    order_of,
    same_group,
    with_previous,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from skola_finance.claims.facts import Facts
    from skola_finance.claims.pool import Frame, Row
    from skola_finance.rulebook import Rule, Version

HOURS_PER_DAY = "hours_per_day"
LOOKED_AT = (
    "line_key",
    "starts_min",
    "quantity_milli",
    SESSION,
    ATTENDANCE,
    ALIKE,
    SPECIALIST_DAY,
    LEARNER_DAY,
)
"""The few columns in which touching sessions are looked for."""
MINUTES_PER_HOUR = 60
DAY_IN_THOUSANDTHS = 10**9
"""More than any end of a session in thousandths of a minute, to order by two times at once."""


@dataclass(slots=True)
class Session:
    """The rows of one session of one person."""

    rows: list[Row]
    starts: int
    ends: int


def judge(rule: Rule, _version: Version, facts: Facts) -> Judgement:
    """Ask who and how long; without an hour, overlaps cannot be seen."""
    applies = applies_to(rule.applies)
    unchecked = [
        Unchecked("hour", applies & nw.col("starts_min").is_null()),
        Unchecked("setting", applies & facts.dated(HOURS_PER_DAY).is_unset),
    ]
    return Judgement(
        applies=applies,
        needs=(
            Need("specialist_ref", applies),
            Need("learner_ref", applies),
            Need("activity_on", applies),
            Need("quantity_milli", applies),
        ),
        unchecked=tuple(unchecked),
        settings=facts.used(HOURS_PER_DAY, applies),
    )


def suspects(rule: Rule, _version: Version, facts: Facts, pool: Frame) -> Frame:
    """Find people with sessions that touch, and rows that stand twice.

    Any overlap shows between neighbours by start, so one look back is enough to find the day.
    """
    lines = pool.filter(applies_to(rule.applies) & nw.col("stands") & (nw.col("amount_cents") > 0))
    sessions = kept(lines.select(nw.col(*LOOKED_AT)))
    timed = sessions.filter(given("starts_min", "quantity_milli"))
    without_hour = nw.col(SESSION).is_null() & nw.col("starts_min").is_null()
    found = [
        _touching(timed.filter(given(SPECIALIST_DAY)), SPECIALIST_DAY),
        _touching(timed.filter(given(LEARNER_DAY)), LEARNER_DAY),
        _twice(sessions.filter(given(ATTENDANCE)), ATTENDANCE),
        _twice(sessions.filter(given(ALIKE) & without_hour), ALIKE),
    ]
    limits = [one.value for one in facts.rulebook.values_of(HOURS_PER_DAY)]
    most = min((one for one in limits if isinstance(one, int)), default=None)
    if most is not None:
        found.append(_long_days(sessions.filter(given(SPECIALIST_DAY)), most))
    rows = nw.concat([frame.select("line_key") for frame in found])
    return same_group(lines, rows, "line_key")


def _touching(timed: Frame, group: str) -> Frame:
    """Find the days on which a session begins before its neighbour ends.

    Rows of one session are no neighbours, unless they begin at different times: then what is
    one session is unclear, and the day is walked. Ordering by start and then by end puts the
    longest row of a session next to the session that follows.
    """
    starts = nw.col("starts_min") * 1000
    ends = starts + nw.col("quantity_milli").abs() * MINUTES_PER_HOUR
    times = _twice(timed, group).with_columns(
        starts.alias("starts"),
        ends.alias("ends"),
        (starts * DAY_IN_THOUSANDTHS + ends).alias("order"),
    )
    columns = ("starts", "ends", SESSION)
    neighbours = with_previous(times, group=group, order="order", columns=columns)
    same_session = (nw.col(SESSION) == nw.col(f"before_{SESSION}")).fill_null(value=False)
    same_start = nw.col("starts") == nw.col("before_starts")
    touching = neighbours.filter(
        (nw.col(group) == nw.col(f"before_{group}"))
        & (nw.col("starts") < nw.col("before_ends"))
        & ~(same_session & same_start),
    )
    return same_group(timed, touching, group)


def _twice(rows: Frame, group: str) -> Frame:
    counted = rows.group_by(group).agg(nw.len().cast(nw.Int64).alias("times"))
    return same_group(rows, counted.filter(nw.col("times") > 1), group)


def _long_days(rows: Frame, most: int) -> Frame:
    hours = rows.group_by(SPECIALIST_DAY).agg(nw.col("quantity_milli").abs().sum().alias("hours"))
    return same_group(rows, hours.filter(nw.col("hours") > most), SPECIALIST_DAY)


def walk(_rule: Rule, _version: Version, facts: Facts, rows: Iterable[Row]) -> Iterator[Walked]:
    """Judge rows that stand twice, then each person's day, then long days."""
    rows = list(rows)
    found: dict[int, Walked] = {}
    for one in _repeats(rows):
        found.setdefault(one.line_key, one)
    for keys, variant in ((GROUPS[SPECIALIST_DAY], "specialist"), (GROUPS[LEARNER_DAY], "learner")):
        for group in groups((row for row in rows if _is_timed(row, keys)), *keys):
            for one in _overlaps(group, variant):
                found.setdefault(one.line_key, one)
    yield from found.values()
    yield from _warn_of_long_days(rows, facts)


def _is_timed(row: Row, keys: tuple[str, ...]) -> bool:
    return row["starts_min"] is not None and all(row[key] is not None for key in keys)


def _sessions(group: list[Row]) -> list[Session]:
    found: dict[object, Session] = {}
    for row in group:
        starts = row["starts_min"] * 1000
        ends = starts + hours_of(row) * MINUTES_PER_HOUR
        ref = row["session_ref"]
        key = (row["partner_reg_no"], ref) if ref is not None else row["line_key"]
        session = found.setdefault(key, Session([], starts, ends))
        session.rows.append(row)
        session.starts, session.ends = min(session.starts, starts), max(session.ends, ends)
    return list(found.values())


def _overlaps(group: list[Row], variant: str) -> Iterator[Walked]:
    sessions = _sessions(group)
    approved = [one for one in sessions if one.rows[0]["is_history"]]
    mine = [one for one in sessions if not one.rows[0]["is_history"]]
    mine.sort(key=lambda one: (one.starts, order_of(one.rows[0])))
    latest = 0
    for session in mine:
        with_approved = any(
            session.starts < one.ends and one.starts < session.ends for one in approved
        )
        if session.starts < latest or with_approved:
            for row in session.rows:
                yield Walked(row["line_key"], variant)
        latest = max(latest, session.ends)


def _repeats(rows: list[Row]) -> Iterator[Walked]:
    in_session = [row for row in rows if all(row[key] is not None for key in GROUPS[ATTENDANCE])]
    alike = [row for row in rows if row["session_ref"] is None and row["learner_ref"] is not None]
    same_hour = (*GROUPS[ALIKE], "starts_min")
    for chosen, keys in ((in_session, GROUPS[ATTENDANCE]), (alike, same_hour)):
        for group in groups(chosen, *keys):
            for row in group[1:]:
                if not row["is_history"]:
                    yield Walked(row["line_key"], "repeated")


def _warn_of_long_days(rows: list[Row], facts: Facts) -> Iterator[Walked]:
    settings = facts.rulebook.values_of(HOURS_PER_DAY)
    chosen = [row for row in rows if row["specialist_ref"] is not None]
    for group in groups(chosen, *GROUPS[SPECIALIST_DAY]):
        hours = 0
        day = group[0]["activity_on"]
        limit = next((one.value for one in settings if one.covers(day)), None)
        if not isinstance(limit, int):
            continue
        counted: set[object] = set()
        for row in group:
            ref = row["session_ref"]
            if ref is None or ref not in counted:
                counted.add(ref)
                hours += hours_of(row)
            if hours > limit and not row["is_history"]:
                yield Walked(row["line_key"], "long_day", limit=limit, used=hours)
