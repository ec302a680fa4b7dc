"""The first stage: facts of one line, each line alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import narwhals as nw
import polars as pl

from skola_finance.claims.compiled import UNREADABLE
from skola_finance.claims.engine import PolarsEngine
from skola_finance.claims.findings import FINDING_SCHEMA
from skola_finance.claims.history import STANDS
from skola_finance.claims.judgement import ASSESSED_ON
from skola_finance.claims.kept_plans import run_kept
from skola_finance.claims.pool import POOL_COLUMNS
from skola_finance.claims.prices import with_prices
from skola_finance.rulebook.kinds import Effect, Stage

if TYPE_CHECKING:
    from collections.abc import Callable

    from skola_finance.claims.compiled import Compiled, Mark
    from skola_finance.claims.engine import Engine

ZERO = nw.lit(0, dtype=nw.Int64)


@dataclass(frozen=True, slots=True)
class Judged:
    """What the line stage leaves.

    Attributes:
        pool: every line with what is left of it, and earlier claims; computed once.
        findings: what was found on lines alone.
        rejected_later: keys of lines that stand now but that the group stage rejects.

    """

    pool: nw.LazyFrame[Any]
    findings: list[pl.DataFrame]
    rejected_later: frozenset[int]


def judge_lines(
    frame: nw.LazyFrame[Any],
    *,
    compiled: Compiled,
    engine: Engine,
    history: nw.LazyFrame[Any] | None = None,
) -> Judged:
    """Judge each line alone.

    Args:
        frame: prepared lines of this claim, or of many.
        compiled: the rules.
        engine: where frames are computed.
        history: prepared lines that were approved earlier, with `eligible_cents`.

    """
    marks = compiled.marks
    names = [mark.name for mark in marks]
    limits = [f"{mark.name}l" for mark in marks if mark.effect is Effect.LIMIT]
    figures = _figures(marks)
    asked_on = frame.with_columns(nw.lit(compiled.facts.on).alias(ASSESSED_ON))
    judged = engine.materialise(_run("lines", asked_on, compiled, engine, _plan))
    marked_rows = engine.collect(
        judged.filter(nw.col("is_marked")).select(
            nw.col("line_key", "amount_cents", "stands", *names, *limits, *figures)
        ),
    )
    findings, later = _findings(marked_rows, marks)
    pool = judged.select(nw.col(*POOL_COLUMNS))
    if history is not None:
        pool = nw.concat([pool, _run("earlier", history, compiled, engine, _as_pool)])
    return Judged(pool=engine.materialise(pool), findings=findings, rejected_later=later)


def _run(
    name: str,
    frame: nw.LazyFrame[Any],
    compiled: Compiled,
    engine: Engine,
    build: Callable[[nw.LazyFrame[Any], Compiled], nw.LazyFrame[Any]],
) -> nw.LazyFrame[Any]:
    """Put on lines what follows from them and the rules alone; on Polars by a kept plan."""
    if not isinstance(engine, PolarsEngine):
        return build(frame, compiled)
    done = run_kept(
        frame,
        name=name,
        compiled=compiled,
        engine=engine,
        build=lambda source: build(source, compiled),
    )
    return engine.lift(done)


def _plan(frame: nw.LazyFrame[Any], compiled: Compiled) -> nw.LazyFrame[Any]:
    """Put every mark, limit and figure of the line stage on the lines."""
    marks = compiled.marks
    priced = with_prices(frame, compiled)
    marked = priced.with_columns(*(mark.when.alias(mark.name) for mark in marks), *_limits(marks))
    names = [mark.name for mark in marks]
    limits = [f"{mark.name}l" for mark in marks if mark.effect is Effect.LIMIT]
    return _with_left(marked, marks).select(
        nw.col(*POOL_COLUMNS, *names, *limits, *_figures(marks), "is_marked")
    )


def _limits(marks: tuple[Mark, ...]) -> list[nw.Expr]:
    """Give the cents a limiting finding leaves, and the figures findings show."""
    found: list[nw.Expr] = []
    for mark in marks:
        if mark.effect is Effect.LIMIT and mark.limit is not None:
            found.append(nw.when(mark.when).then(mark.limit).alias(f"{mark.name}l"))
        elif mark.limit is not None:
            found.append(mark.limit.cast(nw.Int64).alias(f"{mark.name}l"))
        if mark.used is not None:
            found.append(mark.used.cast(nw.Int64).alias(f"{mark.name}u"))
    return found


def _figures(marks: tuple[Mark, ...]) -> list[str]:
    shown = [
        f"{one.name}l" for one in marks if one.limit is not None and one.effect is not Effect.LIMIT
    ]
    return shown + [f"{mark.name}u" for mark in marks if mark.used is not None]


def _with_left(marked: nw.LazyFrame[Any], marks: tuple[Mark, ...]) -> nw.LazyFrame[Any]:
    """Add whether a line stands, and how much is left of it."""
    at_line = [one for one in marks if one.stage is Stage.LINE]
    rejecting = [nw.col(one.name) for one in at_line if one.effect is Effect.REJECT]
    limiting = [nw.col(f"{one.name}l") for one in at_line if one.effect is Effect.LIMIT]
    amount = nw.col("amount_cents").fill_null(0)
    rejected = nw.any_horizontal(*rejecting, ignore_nulls=True) if rejecting else _never()
    # A reviewer's cut is one limit more; it is never below zero, so corrections stay whole.
    limited = nw.min_horizontal(amount, nw.col("review_limit_cents"), *limiting)
    any_mark = nw.any_horizontal(*(nw.col(one.name) for one in marks), ignore_nulls=True)
    return marked.with_columns(
        (~rejected).alias("stands"),
        nw.when(rejected).then(ZERO).otherwise(limited).alias("left_cents"),
        amount.alias("amount_cents"),
        amount.alias("uses_cents"),
        (~nw.col("amount_cents").is_null()).alias("has_amount"),
        (any_mark if marks else _never()).alias("is_marked"),
        _never().alias("is_history"),
    )


def _never() -> nw.Expr:
    return nw.col("line_key").is_null()


def _findings(
    rows: pl.DataFrame, marks: tuple[Mark, ...]
) -> tuple[list[pl.DataFrame], frozenset[int]]:
    found = []
    later: set[int] = set()
    names = [mark.name for mark in marks]
    hits = rows.select(pl.col(names).any()).row(0, named=True) if names else {}
    for mark in marks:
        if mark.code == UNREADABLE or not hits[mark.name]:
            continue
        hit = pl.col(mark.name)
        in_group_stage = mark.stage is Stage.GROUP and mark.effect is Effect.REJECT
        if in_group_stage:
            hit = hit & pl.col("stands")
        chosen = rows.filter(hit)
        if chosen.is_empty():
            continue
        if in_group_stage:
            later.update(chosen["line_key"].to_list())
        found.append(chosen.select(**_columns(mark)))
    return found, frozenset(later)


def _columns(mark: Mark) -> dict[str, pl.Expr]:
    amount = pl.col("amount_cents")
    limit = pl.col(f"{mark.name}l") if mark.limit is not None else pl.lit(None)
    match mark.effect:
        case Effect.REJECT:
            cut = amount
        case Effect.LIMIT:
            cut = amount - limit
        case _:
            cut = pl.lit(0)
    values = {
        "line_key": pl.col("line_key"),
        "code": pl.lit(mark.code),
        "variant": pl.lit(mark.variant),
        "subject": pl.lit(mark.subject),
        "cut_cents": cut,
        "limit": limit,
        "used": pl.col(f"{mark.name}u") if mark.used is not None else pl.lit(None),
    }
    return {name: value.cast(FINDING_SCHEMA[name]) for name, value in values.items()}


def _as_pool(history: nw.LazyFrame[Any], compiled: Compiled) -> nw.LazyFrame[Any]:
    """Give earlier lines as they were approved; one that was rejected uses nothing up."""
    eligible = nw.col("eligible_cents").fill_null(0)
    claimed = nw.col("amount_cents").fill_null(0)
    return (
        with_prices(history, compiled)
        .with_columns(
            eligible.alias("left_cents"),
            (claimed - nw.col("unfunded_cents").fill_null(0)).alias("uses_cents"),
            (~nw.col("amount_cents").is_null()).alias("has_amount"),
            nw.col(STANDS).alias("stands"),
            (~_never()).alias("is_history"),
            # What was parked earlier is in the amounts that were approved.
            _never().alias("is_parked"),
            claimed.alias("amount_cents"),
        )
        .select(nw.col(*POOL_COLUMNS))
    )
