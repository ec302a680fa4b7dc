"""The second stage: facts of several lines, earlier claims included.

First every rule that rejects, each judged alone; then limits, of which the lowest wins; then caps
one after the other, each on what the one before left; last the warnings.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import narwhals as nw
import polars as pl

from skola_finance.claims.checks import CHECKS
from skola_finance.claims.compiled import spans_of, within
from skola_finance.claims.engine import SMALL, PolarsEngine
from skola_finance.claims.findings import FINDING_SCHEMA
from skola_finance.claims.groups import GROUPS
from skola_finance.claims.kept_plans import run_kept
from skola_finance.claims.pool import POOL_COLUMNS, in_one_plan
from skola_finance.rulebook.kinds import Effect, Stage

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from skola_finance.claims.compiled import Compiled
    from skola_finance.claims.engine import Engine
    from skola_finance.claims.facts import Facts
    from skola_finance.claims.line_stage import Judged
    from skola_finance.claims.pool import Frame, Row, Walked
    from skola_finance.rulebook import Rule, Version

DOCUMENTS_OF_ALL_PROGRAMMES = "document_parts"
JUDGES_ALL_LINES = "arithmetic"
WALK = "walk"
_IN_ORDER = (Effect.REJECT, Effect.LIMIT, Effect.CAP, Effect.NONE)
_ROW = tuple(name for name in POOL_COLUMNS if name not in GROUPS)
_NOBODY = nw.col("line_key").is_null()


@dataclass(slots=True)
class Standing:
    """What walks have changed: the cents left of a line, and the lines rejected."""

    left: dict[int, int] = field(default_factory=dict)
    rejected: set[int] = field(default_factory=set)

    def see(self, row: Row, *, with_rejected: bool = False) -> Row | None:
        """Give a row as it stands now; None if it was rejected."""
        key = row["line_key"]
        if key in self.rejected and not with_rejected:
            return None
        return {**row, "left_cents": self.left[key]} if key in self.left else row


def judge_groups(
    judged: Judged, *, compiled: Compiled, engine: Engine
) -> tuple[Standing, list[pl.DataFrame]]:
    """Walk the groups that may be at fault.

    Returns:
        What changed, and what was found.

    """
    run = _Run(judged.pool, compiled, engine)
    untouched = Standing()
    rejected = set(judged.rejected_later)
    rejected |= run.walks(Effect.REJECT, untouched)
    standing = Standing(rejected=rejected)
    for effect in _IN_ORDER[1:]:
        run.walks(effect, standing)
    standing.left.update(dict.fromkeys(rejected, 0))
    return standing, run.found


def _is_small(pool: Frame, engine: Engine) -> bool:
    return int(engine.collect(pool.select(nw.len())).item()) <= SMALL


def _walking(compiled: Compiled, effect: Effect) -> Iterator[Rule]:
    for stage in (Stage.LINE, Stage.GROUP):
        for rule in compiled.rules(stage, effect):
            if hasattr(CHECKS.get(rule.kind_name), "walk"):
                yield rule


@dataclass(frozen=True, slots=True)
class _Walk:
    """One version of a rule, and the days on which it holds."""

    rule: Rule
    version: Version
    days: nw.Expr | None

    def suspects(self, pool: Frame, facts: Facts) -> Frame | None:
        """Give the rows of the groups that may be at fault."""
        if self.rule.kind_name != DOCUMENTS_OF_ALL_PROGRAMMES:
            pool = pool.filter(nw.col("is_of_programme"))
        if self.days is not None:
            pool = pool.filter(self.days)
        found = CHECKS[self.rule.kind_name].suspects(self.rule, self.version, facts, pool)
        return None if found is None else found.select(nw.col(*_ROW))


def _walks(compiled: Compiled, *effects: Effect) -> Iterator[_Walk]:
    for effect in effects:
        for rule in _walking(compiled, effect):
            for span in spans_of(rule, compiled.facts):
                if len(span.versions) == 1:
                    yield _Walk(rule, span.versions[0], within(span))


def _every_suspect(source: Frame, compiled: Compiled) -> Frame:
    """Make one plan of all that is asked of the groups; each row says for which walk it is."""
    found = [source.filter(_NOBODY).select(nw.col(*_ROW), nw.lit(-1, dtype=nw.Int64).alias(WALK))]
    with in_one_plan():
        for number, walk in enumerate(_walks(compiled, *_IN_ORDER)):
            frame = walk.suspects(source, compiled.facts)
            if frame is not None:
                place = nw.lit(number, dtype=nw.Int64).alias(WALK)
                found.append(frame.with_columns(place))
    return nw.concat(found)


class _Run:
    """One pass over the pool, collecting what walks find.

    On a small pool starting a plan costs more than running it: all suspects are found by one that
    is kept. On a large one each walk asks for its own, so that memory holds one at a time.
    """

    def __init__(self, pool: Frame, compiled: Compiled, engine: Engine) -> None:
        self.pool = pool
        self.compiled = compiled
        self.engine = engine
        self.found: list[pl.DataFrame] = []
        self._number = 0
        self._suspects: Mapping[object, pl.DataFrame] | None = None
        if isinstance(engine, PolarsEngine) and _is_small(pool, engine):
            every = run_kept(
                pool,
                name="groups",
                compiled=compiled,
                engine=engine,
                build=lambda source: _every_suspect(source, compiled),
            )
            by_walk = every.partition_by(WALK, as_dict=True, include_key=False)
            self._suspects = {number: rows for (number,), rows in by_walk.items()}

    def walks(self, effect: Effect, standing: Standing) -> set[int]:
        """Walk the suspects of every rule with an effect; give the lines they reject."""
        rejected: set[int] = set()
        for walk in _walks(self.compiled, effect):
            suspects = self._suspects_of(walk)
            self._number += 1
            if suspects is not None and not suspects.is_empty():
                rejected |= self._walk(walk, suspects, standing)
        return rejected

    def _suspects_of(self, walk: _Walk) -> pl.DataFrame | None:
        if self._suspects is not None:
            return self._suspects.get(self._number)
        frame = walk.suspects(self.pool, self.compiled.facts)
        return None if frame is None else self.engine.collect(frame)

    def _walk(self, walk: _Walk, suspects: pl.DataFrame, standing: Standing) -> set[int]:
        everything = walk.rule.kind_name == JUDGES_ALL_LINES
        seen = (standing.see(row, with_rejected=everything) for row in suspects.rows(named=True))
        rows = [row for row in seen if row is not None]
        check = CHECKS[walk.rule.kind_name]
        walked = list(check.walk(walk.rule, walk.version, self.compiled.facts, rows))
        return self._take(walk.rule, walked, {row["line_key"]: row for row in rows}, standing)

    def _take(
        self, rule: Rule, walked: list[Walked], rows: dict[int, Row], standing: Standing
    ) -> set[int]:
        """Turn what a walk found into findings, and let it change what is left."""
        rejected: set[int] = set()
        records = []
        for one in walked:
            row = rows[one.line_key]
            amount, left = row["amount_cents"], row["left_cents"]
            cut = 0
            match rule.finding(one.variant).effect:
                case Effect.REJECT:
                    rejected.add(one.line_key)
                    cut = amount
                case Effect.LIMIT if one.left_cents is not None:
                    cut = amount - one.left_cents
                    standing.left[one.line_key] = min(left, one.left_cents)
                case Effect.CAP if one.left_cents is not None:
                    cut = left - one.left_cents
                    standing.left[one.line_key] = one.left_cents
                case _:
                    pass
            records.append((one.line_key, rule.code, one.variant, None, cut, one.limit, one.used))
        if records:
            self.found.append(pl.DataFrame(records, schema=FINDING_SCHEMA, orient="row"))
        return rejected
