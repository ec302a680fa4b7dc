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
from skola_finance.claims.findings import FINDING_SCHEMA
from skola_finance.claims.groups import GROUPS
from skola_finance.rulebook.kinds import Effect, Stage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from skola_finance.claims.compiled import Compiled
    from skola_finance.claims.engine import Engine
    from skola_finance.claims.line_stage import Judged
    from skola_finance.claims.pool import Frame, Row, Walked
    from skola_finance.rulebook import Rule

DOCUMENTS_OF_ALL_PROGRAMMES = "document_parts"
JUDGES_ALL_LINES = "arithmetic"


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
    for rule in _walking(compiled, Effect.REJECT):
        rejected |= run.rule(rule, untouched)
    standing = Standing(rejected=rejected)
    for effect in (Effect.LIMIT, Effect.CAP):
        for rule in _walking(compiled, effect):
            run.rule(rule, standing)
    for rule in _walking(compiled, Effect.NONE):
        run.rule(rule, standing)
    standing.left.update(dict.fromkeys(rejected, 0))
    return standing, run.found


def _walking(compiled: Compiled, effect: Effect) -> Iterator[Rule]:
    for stage in (Stage.LINE, Stage.GROUP):
        for rule in compiled.rules(stage, effect):
            if hasattr(CHECKS.get(rule.kind_name), "walk"):
                yield rule


class _Run:
    """One pass over the pool, collecting what walks find."""

    def __init__(self, pool: Frame, compiled: Compiled, engine: Engine) -> None:
        self.every = pool
        self.pool = pool.filter(nw.col("is_of_programme"))
        self.compiled = compiled
        self.engine = engine
        self.found: list[pl.DataFrame] = []

    def rule(self, rule: Rule, standing: Standing) -> set[int]:
        """Walk one rule's suspects; give the lines it rejects."""
        check = CHECKS[rule.kind_name]
        pool = self.every if rule.kind_name == DOCUMENTS_OF_ALL_PROGRAMMES else self.pool
        rejected: set[int] = set()
        for span in spans_of(rule, self.compiled.facts):
            if len(span.versions) != 1:
                continue
            days = within(span)
            of_span = pool if days is None else pool.filter(days)
            facts, version = self.compiled.facts, span.versions[0]
            frame = check.suspects(rule, version, facts, of_span)
            if frame is None:
                continue
            collected = self.engine.collect(frame.drop(*GROUPS))
            if collected.is_empty():
                continue
            everything = rule.kind_name == JUDGES_ALL_LINES
            rows = [
                standing.see(row, with_rejected=everything) for row in collected.rows(named=True)
            ]
            standing_rows = [row for row in rows if row is not None]
            amounts = {row["line_key"]: row for row in standing_rows}
            walked = list(check.walk(rule, version, facts, standing_rows))
            rejected |= self._take(rule, walked, amounts, standing)
        return rejected

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
