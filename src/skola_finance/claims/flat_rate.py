"""The derived stage: a flat rate on what is left of its base, a cut in the base flows on.

Computed cumulatively, like the split of claims: what may be derived so far is the floor of the
rate on the whole base so far, less what was derived before, so that no cent drifts.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from skola_finance.claims.room import Use, use_up
from skola_finance.rulebook.kinds import Effect, Stage

if TYPE_CHECKING:
    from skola_finance.claims.compiled import Compiled
    from skola_finance.claims.ledger_frame import Ledger
    from skola_finance.money import Rate
    from skola_finance.rulebook import Rule, Version


@dataclass(frozen=True, slots=True)
class Base:
    """The lines a flat rate is taken on."""

    keys: frozenset[int]
    rate: Rate


def apply_flat_rates(ledger: Ledger, *, compiled: Compiled) -> None:
    """Cap each partner's flat-rate lines at the rate of their base, bucket by bucket."""
    for rule in compiled.rules(Stage.DERIVED, Effect.CAP):
        for version in compiled.facts.in_force(rule.code):
            derived = _is_derived(rule)
            mine = ledger.lines.filter(derived & ~pl.col("is_history"))
            pairs = mine.select("partner_reg_no", "bucket").unique().sort(pl.all())
            if not mine.is_empty():
                ledger.judged.add(rule.code)
            for partner, bucket in pairs.iter_rows():
                same = pl.col("partner_reg_no").eq_missing(partner) & (pl.col("bucket") == bucket)
                _cap(ledger, rule, version, same)
            if not mine.is_empty() and not (
                compiled.facts.has_history or compiled.facts.whole_programme
            ):
                ledger.not_checked(rule.code, "history")


def _cap(ledger: Ledger, rule: Rule, version: Version, same: pl.Expr) -> None:
    rows = ledger.in_order(same & pl.col("is_of_programme"))
    rate: Rate = version.values["rate"]
    base = int(rows.filter(_in_base(version))["left_cents"].sum())
    room = rate.floor_of(base)
    derived = rows.filter(_is_derived(rule)).select("line_key", "left_cents", "is_history")
    uses = [Use(key, left, is_approved=approved) for key, left, approved in derived.iter_rows()]
    for cut in use_up(uses, room_cents=max(0, room)):
        ledger.cap(rule.code, cut, limit=room)


def base_of(rows: pl.DataFrame, compiled: Compiled) -> Base | None:
    """Give the base lines among rows, under the flat rate in force; None if there is none."""
    in_force = [
        version
        for rule in compiled.rules(Stage.DERIVED, Effect.CAP)
        for version in compiled.facts.in_force(rule.code)
    ]
    if not in_force:
        return None
    keys = rows.filter(_in_base(in_force[0]))["line_key"].to_list()
    return Base(frozenset(keys), in_force[0].values["rate"])


def _in_base(version: Version) -> pl.Expr:
    of_activity = pl.col("activity").cast(pl.String).is_in(list(version.values["base"]))
    forms = list(version.values["employment"])
    employed = pl.col("employment_form").cast(pl.String).is_in(forms).fill_null(value=False)
    return of_activity & employed


def _is_derived(rule: Rule) -> pl.Expr:
    activities = list(rule.applies.get("activity", ()))
    return pl.col("activity").cast(pl.String).is_in(activities).fill_null(value=False)
