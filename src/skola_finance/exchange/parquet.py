"""Lines in Parquet, for bulk use: the columns of the line frame, money in cents."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from skola_finance.claims.claim import LINE_SCHEMA
from skola_finance.claims.vocabulary import PROGRAMMES
from skola_finance.problems import Problem, Severity, SkolaError, Text, Where

if TYPE_CHECKING:
    from pathlib import Path

ELIGIBLE = "eligible_cents"
_SCHEMA: dict[str, pl.DataType] = {
    **LINE_SCHEMA,
    ELIGIBLE: pl.Int64(),
    "unfunded_cents": pl.Int64(),
    "programme": pl.String(),
    "claim_id": pl.String(),
    "partner_reg_no": pl.String(),
    "partner_kind": pl.String(),
    "agreement_on": pl.Date(),
    "period_from": pl.Date(),
    "period_to": pl.Date(),
    "is_approved": pl.Boolean(),
}


class UnusableLines(SkolaError, ValueError):
    """A Parquet file that holds no lines of ours (WBK-461 to WBK-463)."""


def read_lines(path: Path, *, needs_eligible: bool = True) -> pl.DataFrame:
    """Read lines; columns that are missing count as empty, others are kept.

    Args:
        path: the file.
        needs_eligible: whether `eligible_cents` must be there, as it must for approved lines.

    Raises:
        UnusableLines: WBK-461 unreadable, WBK-462 a column is missing, WBK-463 a wrong type.

    """
    try:
        frame = pl.read_parquet(path)
    except (OSError, pl.exceptions.PolarsError) as error:
        raise _unusable(
            "WBK-461",
            path,
            None,
            Text(
                lv="Datni nevar nolasīt kā Parquet.",
                en="The file is not readable as Parquet.",
            ),
        ) from error
    for name in ("amount_cents", "activity", *([ELIGIBLE] if needs_eligible else [])):
        if name not in frame.columns:
            raise _unusable(
                "WBK-462",
                path,
                name,
                Text(lv=f"Trūkst kolonnas {name}.", en=f"The column {name} is missing."),
            )
    for name in frame.columns:
        expected = _SCHEMA.get(name)
        found = frame.schema[name]
        is_text = expected == pl.String and isinstance(found, (pl.Enum, pl.Categorical))
        if expected is not None and found != expected and not is_text:
            raise _unusable(
                "WBK-463",
                path,
                name,
                Text(
                    lv=f"Kolonnas {name} tips ir {found}, jābūt {expected}.",
                    en=f"The column {name} is {found}, it must be {expected}.",
                ),
            )
    _check_programmes(frame, path)
    if needs_eligible and "is_approved" in frame.columns:
        frame = frame.filter(pl.col("is_approved").fill_null(value=True))
    return frame


def _check_programmes(frame: pl.DataFrame, path: Path) -> None:
    """Refuse lines of a programme that does not exist; those that name none are ours."""
    if "programme" not in frame.columns:
        return
    unknown = sorted(set(frame["programme"].cast(pl.String).drop_nulls()) - set(PROGRAMMES))
    if unknown:
        raise _unusable(
            "WBK-463",
            path,
            "programme",
            Text(lv=f"Nezināma programma: {unknown[0]}.", en=f"Unknown programme: {unknown[0]}."),
        )


def _unusable(code: str, path: Path, column: str | None, message: Text) -> UnusableLines:
    return UnusableLines(
        Problem(
            code=code,
            severity=Severity.ERROR,
            message=message,
            hint=Text(
                lv="Izmantojiet datni ar pārskata rindu kolonnām; summas veselos centos (Int64).",
                en="Use a file with the columns of claim lines; amounts in whole cents (Int64).",
            ),
            where=Where(file=path.name, column=column),
        )
    )
