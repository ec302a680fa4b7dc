"""Ceilings: what is above a quota, an allocation or the envelope is left unfunded.

Each ceiling is judged in total euros, never per source, on what the one before left. Rooms come
from settings; where none was given, nothing can be compared, and that is said.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import polars as pl

from skola_finance.claims.calendar import semester_name
from skola_finance.claims.flat_rate import base_of
from skola_finance.claims.room import Use, use_up, use_up_with_rate
from skola_finance.claims.vocabulary import ACTION_BY_ACTIVITY
from skola_finance.money import floor_ratio
from skola_finance.rulebook.kinds import Effect, Stage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from skola_finance.claims.compiled import Compiled
    from skola_finance.claims.ledger_frame import Ledger
    from skola_finance.claims.room import Cut
    from skola_finance.rulebook import Rule, Version

PARTNER_LEVEL = "access_support.partner_level"
DERIVED = "flat_rate"
STATE_ONLY = "state_only"
NO_LINE = -1
"""The key of several lines together."""


class Ceiling(StrEnum):
    """The rules that say a line finds no room, in the order in which they cut.

    Each cuts on what the one before left. Nothing on such a line is to be mended.
    """

    QUOTA = "ELG-172"
    """Of an action of the partner."""
    SEMESTER = "ELG-171"
    """Allocated to the partner for the semester."""
    ACCESS_SUPPORT = "ELG-174"
    """The share that support for access may take."""
    ALLOCATION = "ELG-170"
    """Allocated to the partner in all."""
    ENVELOPE = "ELG-173"
    """Of the whole programme."""


@dataclass(frozen=True, slots=True)
class Room:
    """One room: the lines that share it, and how many cents it holds."""

    key: str
    lines: pl.Expr
    cents: int


def apply_ceilings(ledger: Ledger, *, compiled: Compiled, stage: Stage) -> None:
    """Let every ceiling of a stage cut, in the stated order."""
    rules = {rule.code: rule for rule in compiled.rules(stage, Effect.CEILING)}
    for code in (*Ceiling, *sorted(set(rules) - set(Ceiling))):
        if code not in rules:
            continue
        rule = rules[code]
        if not compiled.facts.in_force(code):
            ledger.not_checked(code, "day")
        for version in compiled.facts.in_force(code):
            if rule.kind_name == "share_ceiling":
                _share(ledger, rule, version, compiled)
            else:
                _rooms(ledger, rule, version, compiled)
            ledger.settle()


def _rooms(ledger: Ledger, rule: Rule, version: Version, compiled: Compiled) -> None:
    missing = False
    asked = False
    for key, lines, default in _asked(ledger, version, compiled):
        setting = compiled.facts.on_assessment_day(key)
        asked = True
        if setting is not None:
            ledger.use_setting(setting)
        room = default if setting is None else setting.value
        if setting is None and default is None:
            missing = True
            continue
        ledger.judged.add(rule.code)
        if isinstance(room, int):
            _use(ledger, rule, Room(key, lines, room), compiled)
    if missing:
        ledger.not_checked(rule.code, "allocation")
    elif asked and not compiled.facts.has_history and not compiled.facts.whole_programme:
        ledger.not_checked(rule.code, "history")


def _asked(
    ledger: Ledger, version: Version, compiled: Compiled
) -> Iterator[tuple[str, pl.Expr, int | None]]:
    """Give the rooms that lines of this claim stand in: key, lines, and the law's own amount."""
    partner = pl.col("partner_reg_no")
    mine = ledger.sums.filter(~pl.col("is_history") & (pl.col("positive_cents") > 0))
    partners = mine["partner_reg_no"].drop_nulls().unique().sort()
    match version.values["room"]:
        case "partner":
            for one in partners:
                yield f"allocation.{one}", partner == one, None
        case "semester":
            pairs = (
                mine.select("partner_reg_no", "semester_no").drop_nulls().unique().sort(pl.all())
            )
            known = compiled.facts.rulebook.keys_like
            for one, number in pairs.iter_rows():
                if not known(f"allocation.{one}."):
                    continue  # this partner's money is not given out by semester
                lines = (partner == one) & (pl.col("semester_no") == number)
                yield f"allocation.{one}.{semester_name(number)}", lines, None
        case "quota":
            for one in partners:
                activities = mine.filter(partner == one)["activity"].cast(pl.String).unique()
                for action in sorted(
                    {ACTION_BY_ACTIVITY[a] for a in activities if a in ACTION_BY_ACTIVITY}
                ):
                    members = [a for a, b in ACTION_BY_ACTIVITY.items() if b == action]
                    lines = (partner == one) & pl.col("activity").cast(pl.String).is_in(members)
                    yield f"quota.{one}.{action}", lines, None
        case _:
            yield from _envelopes(mine, version)


def _envelopes(mine: pl.DataFrame, version: Version) -> Iterator[tuple[str, pl.Expr, int | None]]:
    """Give the envelope, and that of money borne by the state alone, where lines stand in them."""
    state_only = pl.col("bucket") == STATE_ONLY
    if not mine.filter(~state_only).is_empty():
        yield "envelope", ~state_only, version.values.get("amount")
    if not mine.filter(state_only).is_empty():
        yield "envelope.state_only", state_only, version.values.get("state_only")


def _use(ledger: Ledger, rule: Rule, room: Room, compiled: Compiled) -> None:
    overall = rule.stage is Stage.OVERALL_CEILING
    chosen = room.lines & pl.col("is_of_programme")
    if not overall:
        chosen = chosen & (pl.col("cost_form").cast(pl.String).fill_null("") != DERIVED)
    total = ledger.sums.filter(chosen)["positive_cents"].sum()
    if total <= room.cents:
        return
    rows = ledger.in_order(chosen)
    for cut in _cuts(rows, room.cents, compiled, with_rate=overall):
        ledger.leave_unfunded(rule.code, cut, limit=room.cents)


def _cuts(rows: pl.DataFrame, cents: int, compiled: Compiled, *, with_rate: bool) -> Iterator[Cut]:
    is_derived = with_rate and not rows.filter(_WITH_RATE).is_empty()
    base = base_of(rows, compiled) if is_derived else None
    if base is None:
        return use_up(_uses_from_full(rows, cents), room_cents=cents)
    columns = rows.select("line_key", "left_cents", "is_history", "is_derived").iter_rows()
    uses = [
        Use(key, left, is_approved=approved, is_derived=derived, is_base=key in base.keys)
        for key, left, approved, derived in columns
    ]
    return use_up_with_rate(uses, room_cents=cents, rate=base.rate)


_WITH_RATE = pl.col("is_derived") & (pl.col("left_cents") > 0)


def _uses_from_full(rows: pl.DataFrame, cents: int) -> Iterator[Use]:
    """Give the uses of a room; those before it first overflows are one, since all of them fit."""
    overflows = rows["left_cents"].cum_sum() > cents
    first = overflows.arg_max() if overflows.any() else rows.height
    yield Use(NO_LINE, int(rows["left_cents"][:first].sum()), is_approved=True)
    columns = rows[first:].select("line_key", "left_cents", "is_history").iter_rows()
    for key, left, approved in columns:
        yield Use(key, left, is_approved=approved)


def _share(ledger: Ledger, rule: Rule, version: Version, compiled: Compiled) -> None:
    """Cut what exceeds its share of itself and the rest: n/d of all is n/(d−n) of the rest."""
    setting = compiled.facts.on_assessment_day(PARTNER_LEVEL)
    activity = pl.col("activity").cast(pl.String)
    capped = activity.is_in(list(version.values["of"])) & pl.col("is_of_programme")
    rest = activity.is_in(list(version.values["rest"])) & pl.col("is_of_programme")
    rest = rest & (pl.col("bucket") != STATE_ONLY)
    if ledger.sums.filter(capped & ~pl.col("is_history")).is_empty():
        return
    if setting is not None:
        ledger.use_setting(setting)
    if not compiled.facts.whole_programme and (setting is None or setting.value is not True):
        ledger.not_checked(rule.code, "programme")
        return
    ledger.judged.add(rule.code)
    share = version.values["share"]
    total = int(ledger.sums.filter(rest)["left_cents"].sum())
    rest_of = share.denominator - share.numerator
    room = floor_ratio(total, numerator=share.numerator, denominator=rest_of)
    _use(ledger, rule, Room(rule.code, capped, max(0, room)), compiled)
