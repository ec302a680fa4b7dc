"""What is left of every line after the group stage, as the ceilings and flat rates change it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from skola_finance.claims.findings import FINDING_SCHEMA
from skola_finance.rulebook.kinds import Effect

if TYPE_CHECKING:
    from skola_finance.claims.group_stage import Standing
    from skola_finance.claims.room import Cut
    from skola_finance.rulebook import Setting

LEDGER_COLUMNS = (
    "line_key",
    "is_history",
    "is_of_programme",
    "claim_id",
    "line_no",
    "activity_on",
    "partner_reg_no",
    "activity",
    "cost_form",
    "semester_no",
    "budget_bucket",
    "employment_form",
    "amount_cents",
    "left_cents",
    "is_parked",
    "stands",
)
"""The columns of the pool that ceilings and flat rates need."""


SUM_COLUMNS = (
    "is_history",
    "is_of_programme",
    "partner_reg_no",
    "activity",
    "cost_form",
    "semester_no",
    "bucket",
)
"""What ceilings tell apart."""


ORDER = ("is_history", "activity_on", "claim_id", "line_no")
USE_COLUMNS = ("line_key", "left_cents", "is_derived", "activity", "employment_form", *ORDER)
"""What lines are asked when they use up a room, and what puts them in order."""


class Ledger:
    """Lines with what is left of them; ceilings and caps take from it and say so.

    `lines` also has `bucket` (which pot of money), `is_derived` (a flat-rate line) and
    `unfunded_cents` (what ceilings took, and all that was left of a parked line: before any
    ceiling, so that it takes no room and is no part of a base).
    """

    def __init__(self, pool: pl.DataFrame, standing: Standing) -> None:
        """Take the pool as the group stage left it."""
        changed = pl.DataFrame(
            {
                "line_key": list(standing.left),
                "changed": list(standing.left.values()),
                "fell": [key in standing.rejected for key in standing.left],
            },
            schema={"line_key": pl.Int64, "changed": pl.Int64, "fell": pl.Boolean},
        )
        lines = pool.join(changed, on="line_key", how="left", maintain_order="left")
        self.lines = lines.with_columns(
            pl.coalesce("changed", "left_cents").alias("left_cents"),
            (pl.col("stands") & ~pl.col("fell").fill_null(value=False)).alias("stands"),
            pl.col("budget_bucket").cast(pl.String).fill_null("eligible").alias("bucket"),
            (pl.col("cost_form").cast(pl.String) == "flat_rate")
            .fill_null(value=False)
            .alias("is_derived"),
            pl.lit(0, dtype=pl.Int64).alias("unfunded_cents"),
        ).drop("changed", "fell")
        if self.lines["is_parked"].any():
            self._park()
        self.found: list[pl.DataFrame] = []
        self.unchecked: dict[str, str] = {}
        self.judged: set[str] = set()
        self.settings: list[Setting] = []
        self._sums: pl.DataFrame | None = None
        self._records: list[tuple[object, ...]] = []
        self._left: dict[int, int] = {}
        self._unfunded: dict[int, int] = {}

    def _park(self) -> None:
        parked, left = pl.col("is_parked"), pl.col("left_cents")
        self.lines = self.lines.with_columns(
            pl.when(parked).then(0).otherwise(left).alias("left_cents"),
            pl.when(parked).then(left).otherwise("unfunded_cents").alias("unfunded_cents"),
        )

    @property
    def sums(self) -> pl.DataFrame:
        """What is left, summed over everything a ceiling tells apart: small, whatever the lines.

        `positive_cents` leaves corrections out, so that they cannot hide that a room overflows.
        """
        if self._sums is None:
            left = pl.col("left_cents")
            self._sums = self.lines.group_by(SUM_COLUMNS).agg(
                left.sum(), left.filter(left > 0).sum().alias("positive_cents")
            )
        return self._sums

    def in_order(self, chosen: pl.Expr) -> pl.DataFrame:
        """Give chosen lines in the order of use."""
        return (
            self.lines.lazy()
            .filter(chosen)
            .select(*USE_COLUMNS)
            .collect()
            .with_columns((~pl.col("is_history")).alias("_mine"))
            .sort("_mine", "activity_on", "claim_id", "line_no", nulls_last=True)
        )

    def leave_unfunded(self, code: str, cut: Cut, *, limit: int) -> None:
        """Let a ceiling take: the euros stay eligible in kind, but have no funding."""
        self._take(code, cut, limit, Effect.CEILING)

    def cap(self, code: str, cut: Cut, *, limit: int) -> None:
        """Let a cap take: the euros are ineligible."""
        self._take(code, cut, limit, Effect.CAP)

    def _take(self, code: str, cut: Cut, limit: int, effect: Effect) -> None:
        self._left[cut.line_key] = cut.left_cents
        if effect is Effect.CEILING:
            self._unfunded[cut.line_key] = cut.cut_cents
        self._records.append((cut.line_key, code, "", None, cut.cut_cents, limit, cut.used_cents))

    def settle(self) -> None:
        """Write what was taken into the lines, so that the next ceiling sees it."""
        if not self._records:
            return
        self.found.append(pl.DataFrame(self._records, schema=FINDING_SCHEMA, orient="row"))
        self._sums = None
        keys = list(self._left)
        taken = pl.DataFrame(
            {
                "line_key": keys,
                "_left": [self._left[key] for key in keys],
                "_more": [self._unfunded.get(key, 0) for key in keys],
            },
            schema={"line_key": pl.Int64, "_left": pl.Int64, "_more": pl.Int64},
        )
        joined = self.lines.join(taken, on="line_key", how="left", maintain_order="left")
        self.lines = joined.with_columns(
            pl.coalesce("_left", "left_cents").alias("left_cents"),
            (pl.col("unfunded_cents") + pl.col("_more").fill_null(0)).alias("unfunded_cents"),
        ).drop("_left", "_more")
        self._records, self._left, self._unfunded = [], {}, {}

    def not_checked(self, code: str, why: str) -> None:
        """Remember that a rule could not be checked, once per code."""
        self.unchecked.setdefault(code, why)

    def use_setting(self, setting: Setting) -> None:
        """Remember that a setting was used."""
        self.settings.append(setting)
