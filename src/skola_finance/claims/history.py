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

    def claim_id(self, place: int) -> str:
        """Give what tells claims apart: partner, programme and number.

        A claim without a number is no other claim: its place in the history names it.
        """
        if self.header is None or self.header.claim_no is None:
            return f"#{place}"
        parts = (self.header.partner_reg_no, self.header.programme, self.header.claim_no)
        return "/".join(part or "?" for part in parts)


def approved_frame(
    history: Sequence[Approved], *, rulebook: Rulebook, first_key: int
) -> pl.DataFrame:
    """Prepare earlier lines, one after the other.

    The same line of the same claim counts once, where the claim is met first: lines are known by
    their `line_id`, or by their place. Lines of one claim are never taken for each other. Lines
    of another programme are kept apart: they count only where documents are compared.
    """
    frames = []
    key = first_key
    for place, one in enumerate(history):
        frame = prepare(
            one.lines,
            rulebook=rulebook,
            header=one.header,
            claim_id=one.claim_id(place),
            first_key=key,
        )
        key += frame.height
        with_place = _with_programme(frame, one, rulebook)
        frames.append(with_place.with_columns(pl.lit(place).alias("_place")))
    if not frames:
        empty = prepare(pl.DataFrame(), rulebook=rulebook, first_key=key)
        return empty.with_columns(
            pl.lit(0, dtype=pl.Int64).alias("eligible_cents"),
            pl.lit(0, dtype=pl.Int64).alias("unfunded_cents"),
            pl.lit(value=True).alias(STANDS),
        ).clear()
    names = set(frames[0].columns).intersection(*(frame.columns for frame in frames[1:]))
    together = pl.concat([frame.select(sorted(names)) for frame in frames])
    return each_once(together)


def each_once(lines: pl.DataFrame) -> pl.DataFrame:
    """Keep each line of a claim where its claim is met first, by the column `_place`.

    A line without `line_id` is known by its place in a workbook; elsewhere it has none.
    """
    in_claim = pl.when(pl.col("row").is_not_null()).then(pl.format("#{}", "line_no"))
    known_by = pl.coalesce("line_id", in_claim, pl.format("@{}", "line_key"))
    first_met = pl.col("_place").min().over("claim_id", known_by)
    return lines.filter(pl.col("_place") == first_met).drop("_place")


def _with_programme(frame: pl.DataFrame, one: Approved, rulebook: Rulebook) -> pl.DataFrame:
    if "programme" in frame.columns:
        named = pl.col("programme").cast(pl.String).fill_null(rulebook.programme)
        of_programme = named == rulebook.programme
    else:
        same = one.header is None or one.header.programme == rulebook.programme
        of_programme = pl.lit(value=same)
    # Where nobody says which lines were rejected, those that claimed euros and got none were.
    eligible = pl.col("eligible_cents").fill_null(0)
    stands = (eligible != 0) | (pl.col("amount_cents").fill_null(0) == 0)
    said = pl.col(STANDS) if STANDS in frame.columns else pl.lit(None, dtype=pl.Boolean)
    if "unfunded_cents" not in frame.columns:
        frame = frame.with_columns(pl.lit(0, dtype=pl.Int64).alias("unfunded_cents"))
    return frame.with_columns(
        of_programme.alias("is_of_programme"), pl.coalesce(said, stands).alias(STANDS)
    )
