"""What if: the same lines under other rules or settings, compared with what was."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import polars as pl

from skola_finance.claims.assess import marked_unreadable
from skola_finance.claims.bulk import assess_frame
from skola_finance.claims.compare import compare
from skola_finance.claims.engine import PolarsEngine
from skola_finance.claims.findings import no_findings
from skola_finance.claims.history import Approved, each_once
from skola_finance.claims.prepare import prepare
from skola_finance.exchange.parquet import ELIGIBLE, read_lines
from skola_finance.exchange.workbook.read import read_claim
from skola_finance.problems import Problem, Severity, SkolaError, Text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    from skola_finance.claims.bulk import BulkVerdict
    from skola_finance.claims.claim import ClaimHeader
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
    sources = [_read(path, programme=after.programme) for path in paths]
    progress("before")
    frame = _prepared(sources, rulebook=before)
    has_plans = any(source.plans is not None for source in sources)
    old = _assess(frame, before, on, has_plans=has_plans)
    if against_stored and ELIGIBLE in frame.columns:
        old = _stored(old, frame)
    progress("after")
    changed = _prepared(sources, rulebook=after)
    return compare(old, _assess(changed, after, on, has_plans=has_plans))


@dataclass(frozen=True, slots=True)
class _Source:
    """Lines of one file, with the header and plans where it has them."""

    lines: pl.DataFrame
    header: ClaimHeader | None = None
    plans: pl.DataFrame | None = None


def _read(path: Path, *, programme: str) -> _Source:
    if path.suffix.lower() != PARQUET:
        claim = read_claim(path, programme=programme)
        return _Source(marked_unreadable(claim), claim.header, claim.plans)
    lines = read_lines(path, needs_eligible=False)
    if "programme" in lines.columns:
        lines = lines.filter(pl.col("programme").cast(pl.String) == programme)
    return _Source(lines)


def _prepared(sources: Sequence[_Source], *, rulebook: Rulebook) -> pl.DataFrame:
    """Prepare the lines of all files, each line once.

    Raises:
        NothingToSimulate: WBK-464.

    """
    frames = []
    key = 0
    for place, source in enumerate(sources):
        frame = prepare(
            source.lines,
            rulebook=rulebook,
            header=source.header,
            plans=source.plans,
            claim_id=Approved(source.lines, source.header).claim_id(place),
            first_key=key,
        )
        key += frame.height
        frames.append(frame.with_columns(pl.lit(place).alias("_place")))
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
    return each_once(pl.concat([frame.select(sorted(names)) for frame in frames]))


def _assess(frame: pl.DataFrame, rulebook: Rulebook, on: date, *, has_plans: bool) -> BulkVerdict:
    engine = PolarsEngine()
    return assess_frame(
        engine.lift(frame),
        rulebook=rulebook,
        on=on,
        engine=engine,
        has_plans=has_plans,
        whole_programme=True,
    )


def _stored(verdict: BulkVerdict, frame: pl.DataFrame) -> BulkVerdict:
    """Give what was approved in place of a verdict; why it was cut then is not in the lines."""
    stored = frame.select("line_key", pl.col(ELIGIBLE).alias("_stored"))
    lines = verdict.lines.join(stored, on="line_key", how="left", maintain_order="left")
    return replace(
        verdict,
        findings=no_findings(),
        lines=lines.with_columns(pl.coalesce("_stored", ELIGIBLE).alias(ELIGIBLE)),
    )
