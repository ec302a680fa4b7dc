"""Findings as rows of a table: which line, which code, how much; the texts come when shown."""

from __future__ import annotations

import polars as pl

FINDING_SCHEMA: dict[str, pl.DataType] = {
    "line_key": pl.Int64(),
    "code": pl.String(),
    "variant": pl.String(),
    "subject": pl.String(),
    "cut_cents": pl.Int64(),
    "limit": pl.Int64(),
    "used": pl.Int64(),
}
"""One row a finding.

`line_key` is empty for findings of the whole claim. `subject` is the column, setting or rule the
finding is about. `cut_cents` is what it takes by itself; `limit` and `used` are figures it shows,
in the unit of the rule's kind.
"""


def no_findings() -> pl.DataFrame:
    """Give an empty table of findings."""
    return pl.DataFrame(schema=FINDING_SCHEMA)


def join_findings(parts: list[pl.DataFrame]) -> pl.DataFrame:
    """Put tables of findings under each other, ordered by line and code."""
    if not parts:
        return no_findings()
    found = pl.concat(parts)
    return found.sort("line_key", "code", "variant", "subject", nulls_last=True)
