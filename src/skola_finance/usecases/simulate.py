"""What if: the same lines under other rules or settings, compared with what was."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import polars as pl

from skola_finance.claims.bulk import assess_frame
from skola_finance.claims.compare import compare
from skola_finance.claims.engine import PolarsEngine
from skola_finance.claims.prepare import prepare
from skola_finance.exchange.parquet import ELIGIBLE, read_lines
from skola_finance.exchange.workbook.read import read_claim
from skola_finance.problems import Problem, Severity, SkolaError, Text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    from skola_finance.claims.bulk import BulkVerdict
    from skola_finance.claims.compare import Comparison
    from skola_finance.rulebook import Rulebook
    from skola_finance.usecases.check import Progress

PARQUET = ".parquet"


class NothingToSimulate(SkolaError, ValueError):
    """No lines were given (WBK-464)."""


def simulate(
    paths: Sequence[Path],
    *,
    before: Rulebook,
    after: Rulebook,
    on: date,
    against_stored: bool = False,
    progress: Progress = lambda _: None,
) -> Comparison:
    """Assess lines under two rulebooks and compare.

    Args:
        paths: claim workbooks, or lines in Parquet.
        before: the rules that were.
        after: the rules that would be.
        on: the day of assessment.
        against_stored: compare with `eligible_cents` as they stand in the lines.
        progress: told what is being done.

    Raises:
        NothingToSimulate: WBK-464.

    """
    progress("read")
    frame = _lines(paths, rulebook=before)
    progress("before")
    old = _assess(frame, before, on)
    if against_stored and ELIGIBLE in frame.columns:
        old = _stored(old, frame)
    progress("after")
    return compare(old, _assess(frame, after, on))


def _lines(paths: Sequence[Path], *, rulebook: Rulebook) -> pl.DataFrame:
    frames = []
    key = 0
    for path in paths:
        if path.suffix.lower() == PARQUET:
            lines, header = read_lines(path, needs_eligible=False), None
            if "programme" in lines.columns:
                of_programme = pl.col("programme").cast(pl.String) == rulebook.programme
                lines = lines.filter(of_programme)
            plans = None
        else:
            claim = read_claim(path, programme=rulebook.programme)
            lines, header, plans = claim.lines, claim.header, claim.plans
        frame = prepare(
            lines, rulebook=rulebook, header=header, plans=plans, claim_id=path.stem, first_key=key
        )
        key += frame.height
        frames.append(frame)
    if not key:
        raise NothingToSimulate(
            Problem(
                code="WBK-464",
                severity=Severity.ERROR,
                message=Text(lv="Nav nevienas rindas, ko pārrēķināt.", en="No lines to re-assess."),
                hint=Text(
                    lv="Norādiet rindas ar --lines vai --history.",
                    en="Give lines with --lines or --history.",
                ),
            )
        )
    names = set(frames[0].columns).intersection(*(frame.columns for frame in frames[1:]))
    return pl.concat([frame.select(sorted(names)) for frame in frames])


def _assess(frame: pl.DataFrame, rulebook: Rulebook, on: date) -> BulkVerdict:
    engine = PolarsEngine()
    return assess_frame(
        engine.lift(frame), rulebook=rulebook, on=on, engine=engine, whole_programme=True
    )


def _stored(verdict: BulkVerdict, frame: pl.DataFrame) -> BulkVerdict:
    stored = frame.select("line_key", pl.col(ELIGIBLE).alias("_stored"))
    lines = verdict.lines.join(stored, on="line_key", how="left", maintain_order="left")
    return replace(
        verdict,
        lines=lines.with_columns(pl.coalesce("_stored", ELIGIBLE).alias(ELIGIBLE)),
    )
