"""One claim judged on Polars and on another engine, in a form that can be compared."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

import polars as pl

from skola_finance.claims.bulk import assess_frame
from skola_finance.claims.engine import Engine, PolarsEngine
from skola_finance.claims.history import Approved, approved_frame
from skola_finance.claims.prepare import prepare
from tests.claims.desk import BASES, book, frame_of, header

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import narwhals as nw

    from skola_finance.claims.bulk import BulkVerdict


class Lifting(Engine, Protocol):
    """An engine that takes prepared frames in."""

    def lift(self, frame: pl.DataFrame) -> nw.LazyFrame[Any]:
        """Take a frame in."""
        ...


@dataclass(frozen=True)
class Outcome:
    """A verdict without what may differ between engines: the order of rows."""

    lines: pl.DataFrame
    findings: pl.DataFrame
    rest: tuple[object, ...]


def prepared(
    records: Sequence[Mapping[str, Any]],
    programme: str,
    decisions: pl.DataFrame | None = None,
) -> pl.DataFrame:
    """Prepare lines with the header of the bases, and with a reviewer's decisions on them."""
    lines = frame_of(records)
    if decisions is not None:
        lines = lines.hstack(decisions)
    return prepare(lines, rulebook=book(programme), header=header(programme))


def compared(
    engine: Lifting,
    programme: str,
    records: Sequence[Mapping[str, Any]],
    earlier: Sequence[Mapping[str, Any]] | None,
    settings: Mapping[str, str],
    decisions: pl.DataFrame | None,
) -> tuple[Outcome, Outcome]:
    """Judge lines on Polars and on the engine; give both outcomes."""
    rulebook = book(programme, settings)
    frame = prepared(records, programme, decisions)
    history = None
    if earlier is not None:
        lines = frame_of(earlier).with_columns(
            pl.col("amount_cents").alias("eligible_cents"), pl.lit("earlier").alias("claim_id")
        )
        approved = Approved(lines, header(programme))
        history = approved_frame([approved], rulebook=rulebook, first_key=frame.height)

    def judged(on: Lifting) -> Outcome:
        verdict = assess_frame(
            on.lift(frame),
            rulebook=rulebook,
            on=BASES[programme].on,
            engine=on,
            history=None if history is None else on.lift(history),
        )
        return _outcome(verdict)

    return judged(PolarsEngine()), judged(engine)


def _outcome(verdict: BulkVerdict) -> Outcome:
    columns = ["line_key", "claimed_cents", "eligible_cents", "ineligible_cents", "unfunded_cents"]
    columns += ["still_stands", "semester_no", "bucket"]
    findings = verdict.findings
    return Outcome(
        lines=verdict.lines.select(columns).sort("line_key"),
        findings=findings.sort(findings.columns, nulls_last=True),
        rest=(sorted(one.key for one in verdict.settings), sorted(verdict.ceilings)),
    )
