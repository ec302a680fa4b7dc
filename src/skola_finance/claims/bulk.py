"""Assessing frames: one claim, a 10 000-line workbook, or the whole programme."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import narwhals as nw
import polars as pl

from skola_finance.claims.ceilings import apply_ceilings
from skola_finance.claims.compiled import compile_rules
from skola_finance.claims.engine import PolarsEngine
from skola_finance.claims.facts import Facts
from skola_finance.claims.findings import FINDING_SCHEMA, join_findings
from skola_finance.claims.flat_rate import apply_flat_rates
from skola_finance.claims.group_stage import judge_groups
from skola_finance.claims.history import STANDS
from skola_finance.claims.kept_plans import run_kept
from skola_finance.claims.ledger_frame import LEDGER_COLUMNS, Ledger
from skola_finance.claims.line_stage import judge_lines
from skola_finance.rulebook.kinds import Stage

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from skola_finance.claims.compiled import Compiled
    from skola_finance.claims.engine import Engine
    from skola_finance.rulebook import Rulebook, Setting

NOT_CHECKED = "RUL-302"


@dataclass(frozen=True, slots=True)
class BulkVerdict:
    """The verdict on a frame, as frames.

    Attributes:
        lines: one row a line: `line_key`, `claimed_cents`, `eligible_cents`,
            `ineligible_cents`, `unfunded_cents`, `still_stands` (false for a line that was
            rejected, so that verdicts may be given as history) and the columns of the ledger,
            such as `line_no`, `claim_id`, `semester_no`, `activity` and `bucket`.
        findings: one row a finding, columns of `FINDING_SCHEMA`; no texts yet.
        settings: the settings of ceilings, and of rules those that are only examples, that the
            verdict rests on.
        ceilings: codes of the ceilings and flat rates that were judged.
        compiled: the rules that judged.

    """

    lines: pl.DataFrame
    findings: pl.DataFrame
    settings: tuple[Setting, ...]
    ceilings: frozenset[str]
    compiled: Compiled


def assess_frame(
    frame: nw.LazyFrame[Any],
    *,
    rulebook: Rulebook,
    on: date,
    engine: Engine | None = None,
    history: nw.LazyFrame[Any] | None = None,
    has_plans: bool = False,
    whole_programme: bool = False,
    only: frozenset[str] | None = None,
    after_lines: Callable[[pl.DataFrame], None] | None = None,
) -> BulkVerdict:
    """Assess prepared lines in the five stages.

    Args:
        frame: lines as `prepare` leaves them, on the engine's kind of frame.
        rulebook: the rules, with settings laid over them.
        on: the day of assessment.
        engine: where frames are computed; Polars if left out.
        history: lines approved earlier, as `approved_frame` leaves them; None if none were given,
            which is not the same as an empty frame.
        has_plans: whether the individual plans were given.
        whole_programme: whether the frame holds every partner's lines.
        only: judge by these rules alone (and by those that speak for them).
        after_lines: told the sums after the line stage, long before the rest of a large frame is
            judged: one row with `lines`, `rejected`, `claimed_cents` and `left_cents`.

    Returns:
        Amounts and findings; `claimed = eligible + ineligible + unfunded` on every line.

    """
    engine = engine or PolarsEngine()
    facts = Facts(
        rulebook=rulebook,
        on=on,
        has_history=history is not None,
        has_plans=has_plans,
        whole_programme=whole_programme,
    )
    compiled = compile_rules(facts, only=only)
    judged = judge_lines(frame, compiled=compiled, engine=engine, history=history)
    if after_lines is not None:
        after_lines(engine.collect(judged.pool.select(*_SUMS)))
    standing, found = judge_groups(judged, compiled=compiled, engine=engine)
    ledger = Ledger(engine.collect(judged.pool.select(nw.col(*LEDGER_COLUMNS))), standing)
    apply_ceilings(ledger, compiled=compiled, stage=Stage.ITEM_CEILING)
    apply_flat_rates(ledger, compiled=compiled)
    ledger.settle()
    apply_ceilings(ledger, compiled=compiled, stage=Stage.OVERALL_CEILING)
    unchecked, used = _asked_of_all(frame, compiled, engine)
    parts = [*judged.findings, *found, *ledger.found, _not_checked(unchecked, ledger.unchecked)]
    return BulkVerdict(
        lines=_amounts(ledger.lines),
        findings=join_findings(parts),
        settings=tuple(dict.fromkeys((*used, *ledger.settings))),
        ceilings=frozenset(ledger.judged),
        compiled=compiled,
    )


_SUMS = (
    nw.len().alias("lines"),
    (~nw.col("stands")).sum().alias("rejected"),
    nw.col("amount_cents").sum().alias("claimed_cents"),
    nw.col("left_cents").sum().alias("left_cents"),
)


def _amounts(lines: pl.DataFrame) -> pl.DataFrame:
    claimed, left = pl.col("amount_cents"), pl.col("left_cents")
    return lines.filter(~pl.col("is_history")).with_columns(
        claimed.alias("claimed_cents"),
        left.alias("eligible_cents"),
        (claimed - left - pl.col("unfunded_cents")).alias("ineligible_cents"),
        pl.col("stands").alias(STANDS),
    )


def _asked_of_all(
    frame: nw.LazyFrame[Any], compiled: Compiled, engine: Engine
) -> tuple[dict[str, str], list[Setting]]:
    """Ask once what no single line answers: what was not checked, which settings were used."""
    illustrative = [(one, where) for one, where in compiled.settings if one.illustrative]
    asked = [
        where.fill_null(value=False).any().alias(f"_{number}")
        for number, (_, _, where) in enumerate(compiled.unchecked)
    ]
    asked += [
        where.fill_null(value=False).any().alias(f"s{number}")
        for number, (_, where) in enumerate(illustrative)
    ]
    if not asked:
        return {}, []
    answered = run_kept(
        frame,
        name="asked",
        compiled=compiled,
        engine=engine,
        build=lambda source: source.select(*asked),
    )
    answers = answered.row(0, named=True)
    unchecked: dict[str, str] = {}
    for number, (code, variant, _) in enumerate(compiled.unchecked):
        if answers[f"_{number}"]:
            unchecked.setdefault(code, variant)
    used = [one for number, (one, _) in enumerate(illustrative) if answers[f"s{number}"]]
    return unchecked, used


def _not_checked(by_lines: dict[str, str], by_ceilings: dict[str, str]) -> pl.DataFrame:
    reasons = sorted({**by_ceilings, **by_lines}.items())
    records = [(None, NOT_CHECKED, why, code, 0, None, None) for code, why in reasons]
    return pl.DataFrame(records, schema=FINDING_SCHEMA, orient="row")
