"""Stable ids of lines: each line has one, and keeps it through every import and edit."""

from __future__ import annotations

import polars as pl

from skola_finance.claims.columns import Sheet

_ORDER = {
    sheet.value: place
    for place, sheet in enumerate((Sheet.SESSIONS, Sheet.DOCUMENTS, Sheet.PROJECTS, Sheet.LINES))
}


def with_line_ids(lines: pl.DataFrame, *, prefix: str) -> pl.DataFrame:
    """Put a number on each line in their order, and an id on those that have none.

    Args:
        lines: columns of `LINE_SCHEMA`, in any order of rows; lines of a workbook come by sheet
            and row, those typed on the screen after them.
        prefix: the claim's key, so that ids of a partner's claims differ from one another.
    """
    place = pl.col("sheet").replace_strict(_ORDER, default=len(_ORDER), return_dtype=pl.Int64)
    ordered = lines.with_row_index("_given").sort(
        place, "row", "_given", nulls_last=True, maintain_order=True
    )
    taken = set(ordered["line_id"].drop_nulls().to_list())
    ids: list[str] = []
    number = 0
    for line_id in ordered["line_id"]:
        if line_id:
            ids.append(line_id)
            continue
        number += 1
        while f"{prefix}-{number:04}" in taken:
            number += 1
        ids.append(f"{prefix}-{number:04}")
    return ordered.drop("_given").with_columns(
        pl.Series("line_id", ids, dtype=pl.String),
        pl.int_range(pl.len(), dtype=pl.Int64).alias("line_no"),
    )
