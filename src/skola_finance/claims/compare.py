"""Comparing two verdicts on the same lines: what would change, by rule and by partner."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from skola_finance.claims.calendar import semester_name

if TYPE_CHECKING:
    from skola_finance.claims.bulk import BulkVerdict

COMPARED = ("line_key", "partner_reg_no", "semester_no", "eligible_cents")
"""What is compared of a verdict's lines; the rest may be let go where memory counts."""


@dataclass(frozen=True, slots=True)
class Change:
    """What changes for one rule or one partner; amounts in cents, after less before."""

    name: str
    lines: int
    before_cents: int
    after_cents: int

    @property
    def difference_cents(self) -> int:
        """After less before."""
        return self.after_cents - self.before_cents


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two verdicts side by side.

    `by_partner` and `by_semester` compare eligible euros, `by_rule` the euros each rule cuts by
    itself (a rule whose cut changes need not change the eligible amount, where another rule cuts
    as well).
    """

    lines: int
    changed: int
    before_cents: int
    after_cents: int
    by_partner: tuple[Change, ...]
    by_rule: tuple[Change, ...]
    by_semester: tuple[Change, ...] = ()


def compare(before: BulkVerdict, after: BulkVerdict) -> Comparison:
    """Compare two verdicts on the same lines, line by line."""
    pairs = before.lines.select(
        "line_key", "partner_reg_no", "semester_no", pl.col("eligible_cents").alias("before")
    ).join(
        after.lines.select("line_key", pl.col("eligible_cents").alias("after")),
        on="line_key",
        how="inner",
    )
    is_changed = pl.col("before") != pl.col("after")
    sums = (is_changed.sum().alias("lines"), pl.col("before").sum(), pl.col("after").sum())
    partners = pairs.group_by("partner_reg_no").agg(*sums).sort("partner_reg_no", nulls_last=True)
    semesters = pairs.group_by("semester_no").agg(*sums).sort("semester_no", nulls_last=True)
    return Comparison(
        lines=pairs.height,
        changed=pairs.filter(is_changed).height,
        before_cents=int(pairs["before"].sum()),
        after_cents=int(pairs["after"].sum()),
        by_partner=tuple(
            Change(name or "", lines, old, new) for name, lines, old, new in partners.iter_rows()
        ),
        by_rule=_by_rule(before.findings, after.findings),
        by_semester=tuple(
            Change(semester_name(number) if number is not None else "", lines, old, new)
            for number, lines, old, new in semesters.iter_rows()
        ),
    )


def _by_rule(before: pl.DataFrame, after: pl.DataFrame) -> tuple[Change, ...]:
    key = ["line_key", "code", "subject", "variant"]
    cuts = [
        frame.group_by(key).agg(pl.col("cut_cents").sum().alias(name))
        for name, frame in (("before", before), ("after", after))
    ]
    both = cuts[0].join(cuts[1], on=key, how="full", coalesce=True, nulls_equal=True)
    differs = pl.col("before").ne_missing(pl.col("after"))
    rules = (
        both.filter(differs)
        .group_by("code")
        .agg(pl.len().alias("lines"), pl.col("before").sum(), pl.col("after").sum())
        .sort("code")
    )
    return tuple(Change(*row) for row in rules.iter_rows())
