"""What the tests of claims share: perfect lines, their rulebook, and the way to a verdict.

The lines are those of `rules/*/bases.toml`, so that a test states only what it is about.
"""

from __future__ import annotations

from collections import Counter
from functools import cache
from typing import TYPE_CHECKING, Any, TypeAlias

import polars as pl

from skola_finance.claims.assess import assess_claim
from skola_finance.claims.claim import Claim, ClaimHeader
from skola_finance.claims.line import lines_frame, plans_frame
from skola_finance.claims.vectors import settings_of
from skola_finance.rulebook import Rulebook, load_rulebook
from skola_finance.rulebook.vector_file import Bases, load_bases

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from skola_finance.claims.assessment import Assessment
    from skola_finance.problems import Problem

Cell: TypeAlias = Any
"""What a cell, or an option of a helper here, may hold."""

SKOLA, PUMPURS = "skola-kopiena", "pumpurs"
PARTNER = {SKOLA: "99990000037", PUMPURS: "99990460006"}
BASES: Mapping[str, Bases] = load_bases()


@cache
def shipped(programme: str) -> Rulebook:
    """Give the rulebook as it ships, without settings."""
    return load_rulebook(programme)


def book(programme: str = SKOLA, settings: Mapping[str, Any] | None = None) -> Rulebook:
    """Give the rulebook under the settings of the bases; an empty text takes one away."""
    texts = {**BASES[programme].settings, **(settings or {})}
    return shipped(programme).with_settings(settings_of(texts, shipped(programme)))


def record(base: str, programme: str = SKOLA, /, **changes: Cell) -> dict[str, Any]:
    """Give a perfect line with some cells changed; None takes a fact away."""
    return {**BASES[programme].lines[base], **changes}


def frame_of(records: Iterable[Mapping[str, Any]]) -> pl.DataFrame:
    """Make a frame of lines that stand in one sheet, from row 3 on."""
    return lines_frame(records).with_columns(
        pl.lit("Lines").alias("sheet"), (pl.col("line_no") + 3).alias("row")
    )


def header(programme: str = SKOLA, **changes: Cell) -> ClaimHeader:
    """Give the header of the bases, without a declared total unless one is given in cents."""
    facts = {**BASES[programme].claim, **changes}
    facts.pop("declared_total", None)
    return ClaimHeader(programme=programme, **facts)


def claim(
    *records: Mapping[str, Any],
    programme: str = SKOLA,
    plans: Sequence[Mapping[str, Any]] | None = None,
    **changes: Cell,
) -> Claim:
    """Make a claim of lines."""
    return Claim(
        header=header(programme, **changes),
        lines=frame_of(records),
        plans=None if plans is None else plans_frame(plans),
    )


def approved(
    *records: Mapping[str, Any],
    eligible: Sequence[int] | None = None,
    programme: str = SKOLA,
    **changes: Cell,
) -> pl.DataFrame:
    """Make a frame of lines approved earlier: all that was claimed, unless cents are given."""
    frame = lines_frame(records)
    cents = frame["amount_cents"] if eligible is None else pl.Series(eligible, dtype=pl.Int64)
    facts = {"claim_id": "earlier", "partner_reg_no": PARTNER[programme], **changes}
    return frame.with_columns(
        cents.alias("eligible_cents"),
        *(pl.lit(value, dtype=pl.String).alias(name) for name, value in facts.items()),
    )


def assess(
    *records: Mapping[str, Any],
    programme: str = SKOLA,
    settings: Mapping[str, Any] | None = None,
    history: Sequence[Claim | pl.DataFrame] | None = None,
    only: Iterable[str] | None = None,
    on: date | None = None,
    plans: Sequence[Mapping[str, Any]] | None = None,
    **changes: Cell,
) -> Assessment:
    """Assess lines under the rulebook of the bases, or under some of its rules."""
    return assess_claim(
        claim(*records, programme=programme, plans=plans, **changes),
        rulebook=book(programme, settings),
        on=on or BASES[programme].on,
        history=history,
        only=None if only is None else frozenset(only),
    )


def cents(assessment: Assessment) -> list[int]:
    """Give the eligible cents of each line."""
    return [line.eligible_cents for line in assessment.lines]


def codes(assessment: Assessment, line: int | None = None) -> list[str]:
    """Give the codes found on a line (counted from 1), or on all of them, sorted.

    What was not checked is left out: it is said of nearly every claim.
    """
    found = assessment.problems if line is None else assessment.lines[line - 1].problems
    return sorted(problem.code for problem in found if problem.code != "RUL-302")


def not_checked(assessment: Assessment) -> Counter[str]:
    """Give the English texts of what was not checked."""
    return Counter(one.message.en for one in assessment.problems if one.code == "RUL-302")


def problem_of(assessment: Assessment, code: str) -> Problem:
    """Give the only problem of a code."""
    (found,) = [one for one in assessment.problems if one.code == code]
    return found
