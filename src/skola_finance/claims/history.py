"""Earlier claims as the pool sees them: prepared lines with what was approved of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from skola_finance.claims.prepare import prepare

if TYPE_CHECKING:
    from collections.abc import Sequence

    from skola_finance.claims.claim import ClaimHeader
    from skola_finance.rulebook import Rulebook


STANDS = "still_stands"
"""Whether an earlier line was not rejected: one cut to nothing still uses up its hours."""


@dataclass(frozen=True, slots=True)
class Approved:
    """Lines with `eligible_cents`, and the header of their claim where they have one."""

    lines: pl.DataFrame
    header: ClaimHeader | None = None

    @property
    def claim_id(self) -> str:
        """What tells claims apart: partner, programme and number."""
        if self.header is None:
            return ""
        parts = (self.header.partner_reg_no, self.header.programme, self.header.claim_no)
        return "/".join(part or "?" for part in parts)


def approved_frame(
    history: Sequence[Approved], *, rulebook: Rulebook, first_key: int
) -> pl.DataFrame:
    """Prepare earlier lines, one after the other.

    The same `claim_id` and `line_id` counts once, the first time it is met. Lines of another
    programme are kept apart: they count only where documents are compared.
    """
    frames = []
    key = first_key
    for one in history:
        frame = prepare(
            one.lines,
            rulebook=rulebook,
            header=one.header,
            claim_id=one.claim_id,
            first_key=key,
        )
        key += frame.height
        frames.append(_with_programme(frame, one, rulebook))
    if not frames:
        empty = prepare(pl.DataFrame(), rulebook=rulebook, first_key=key)
        return empty.with_columns(
            pl.lit(0, dtype=pl.Int64).alias("eligible_cents"), pl.lit(value=True).alias(STANDS)
        ).clear()
    names = set(frames[0].columns).intersection(*(frame.columns for frame in frames[1:]))
    together = pl.concat([frame.select(sorted(names)) for frame in frames])
    named = together.filter(pl.col("line_id").is_not_null())
    first = named.unique(subset=["claim_id", "line_id"], keep="first", maintain_order=True)
    return pl.concat([first, together.filter(pl.col("line_id").is_null())])


def _with_programme(frame: pl.DataFrame, one: Approved, rulebook: Rulebook) -> pl.DataFrame:
    if "programme" in frame.columns:
        of_programme = pl.col("programme").cast(pl.String) == rulebook.programme
    else:
        same = one.header is None or one.header.programme == rulebook.programme
        of_programme = pl.lit(value=same)
    # Where nobody says which lines were rejected, those that claimed euros and got none were.
    eligible = pl.col("eligible_cents").fill_null(0)
    stands = (eligible != 0) | (pl.col("amount_cents").fill_null(0) == 0)
    said = pl.col(STANDS) if STANDS in frame.columns else pl.lit(None, dtype=pl.Boolean)
    return frame.with_columns(
        of_programme.alias("is_of_programme"), pl.coalesce(said, stands).alias(STANDS)
    )
