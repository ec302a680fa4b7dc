"""A claim as it is handed in: its header, its lines as a frame, its individual plans."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from skola_finance.claims.columns import LINE_COLUMNS, PLAN_COLUMNS, Column, Type

if TYPE_CHECKING:
    from datetime import date

    from skola_finance.problems import Problem

_DTYPES: dict[Type, pl.DataType] = {
    Type.TEXT: pl.String(),
    Type.CODE: pl.String(),
    Type.DATE: pl.Date(),
    Type.TIME: pl.Int64(),
    Type.MONEY: pl.Int64(),
    Type.QUANTITY: pl.Int64(),
    Type.WHOLE: pl.Int64(),
}


def _schema(columns: tuple[Column, ...]) -> dict[str, pl.DataType]:
    return {column.frame: _DTYPES[column.type] for column in columns}


LINE_SCHEMA: dict[str, pl.DataType] = {
    **_schema(LINE_COLUMNS),
    "sheet": pl.String(),
    "row": pl.Int64(),
    "line_no": pl.Int64(),
    "personal_data_in": pl.String(),
}
"""Columns of the lines of a claim.

`sheet` and `row` say where the line stands, `line_no` counts lines in sheet order, then row.
`personal_data_in` is the key of a text column in which personal data was found (and removed).
"""

REVIEW_SCHEMA: dict[str, pl.DataType] = {
    "review_limit_cents": pl.Int64(),
    "is_parked": pl.Boolean(),
}
"""What a reviewer decided on lines; a frame of lines may carry these columns, a workbook never.

`review_limit_cents` is the most that may be eligible of a line (below zero counts as zero; null
where nothing was cut): what it cuts is ineligible, and a negative amount is never cut. A line that
`is_parked` keeps its place, but what would be left of it is unfunded and takes no room. Neither
makes a finding: whoever decided gives the reason.
"""

PLAN_SCHEMA: dict[str, pl.DataType] = {
    **_schema(PLAN_COLUMNS),
    "sheet": pl.String(),
    "row": pl.Int64(),
}
"""Columns of the individual plans, one row per kind of support and semester."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimHeader:
    """What the claim says of itself; the sheet `Claim` of a workbook.

    `declared_total_cents` is the total the partner wrote, in cents. What was left empty is None.
    """

    programme: str
    agreement_no: str | None = None
    agreement_on: date | None = None
    partner_kind: str | None = None
    partner_reg_no: str | None = None
    claim_no: str | None = None
    claim_kind: str | None = None
    period_from: date | None = None
    period_to: date | None = None
    declared_total_cents: int | None = None
    prepared_by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A claim ready to be assessed.

    Attributes:
        header: the facts of the whole claim.
        lines: one row per line, columns of `LINE_SCHEMA`, money in cents; those of
            `REVIEW_SCHEMA` where a reviewer decided.
        plans: one row per planned kind of support, columns of `PLAN_SCHEMA`; None if not given.
        reading: what was wrong with cells; a line whose cell could not be read is rejected.
        header_rows: spreadsheet row of each key of the sheet `Claim`, where known.

    """

    header: ClaimHeader
    lines: pl.DataFrame
    plans: pl.DataFrame | None = None
    reading: tuple[Problem, ...] = ()
    header_rows: tuple[tuple[str, int], ...] = ()
