"""The pool: the lines that group rules look at, earlier claims included, and how they are walked.

A group rule first names the groups that may be at fault (`suspects`, an expression over the whole
pool, run by the engine) and then walks only those, in one fixed order, in plain Python.
"""

from __future__ import annotations

from collections import defaultdict
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, TypeAlias

import narwhals as nw
import polars as pl

from skola_finance.claims.groups import GROUPS
from skola_finance.money import floor_ratio

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

POOL_COLUMNS = (
    "line_key",
    "is_history",
    "claim_id",
    "line_no",
    "line_id",
    "corrects_line_id",
    "partner_reg_no",
    "activity",
    "cost_form",
    "activity_on",
    "semester_no",
    "month_no",
    "school_year",
    "starts_min",
    "session_ref",
    "document_key",
    "document_total_cents",
    "learner_ref",
    "learner_grade",
    "learner_age",
    "education_programme",
    "plan_no",
    "planned_hours_milli",
    "specialist",
    "specialist_ref",
    "quantity_milli",
    "unit_cost_cents",
    "price_cents",
    "product_cents",
    "typed_product_cents",
    "project_no",
    "budget_bucket",
    "employment_form",
    "is_of_programme",
    "amount_cents",
    "left_cents",
    "uses_cents",
    "is_parked",
    "stands",
    "has_amount",
    *GROUPS,
)
"""Columns a group rule may use. `stands` is false for lines that were rejected."""

Row: TypeAlias = "Mapping[str, Any]"
Frame: TypeAlias = "nw.LazyFrame[Any]"


@dataclass(frozen=True, slots=True)
class Walked:
    """What a walk found on one line.

    `left_cents` is what is left of the line; None leaves it as it is. `limit` and `used` are
    shown, in the unit of the rule's kind.
    """

    line_key: int
    variant: str = ""
    left_cents: int | None = None
    limit: int | None = None
    used: int | None = None


def in_order(rows: Iterable[Row]) -> list[Row]:
    """Give rows in the order of use: approved ones, then by day, claim and line number."""
    return sorted(rows, key=order_of)


def order_of(row: Row) -> tuple[bool, date, str, int]:
    """Give the place of a row in the order of use; a row without a day comes last."""
    return (
        not row["is_history"],
        row["activity_on"] or date.max,
        row["claim_id"] or "",
        row["line_no"],
    )


def groups(rows: Iterable[Row], *keys: str) -> list[list[Row]]:
    """Gather rows by the values of their keys, each group in the order of use."""
    found: dict[tuple[object, ...], list[Row]] = defaultdict(list)
    for row in in_order(rows):
        found[tuple(row[key] for key in keys)].append(row)
    return list(found.values())


def hours_of(row: Row) -> int:
    """Give the hours a row uses up, in thousandths; a correction gives hours back.

    The amount says which of the two a row is, whatever the sign of its quantity.
    """
    hours: int = abs(row["quantity_milli"] or 0)
    return -hours if row["amount_cents"] < 0 else hours


def hours_used(group: Iterable[Row]) -> dict[int, int]:
    """Give the hours each row of a group uses up, by its key.

    A correction gives back hours in proportion to the euros it takes from the line it names, and
    none where that line is not in the group: a cent must not free a semester.
    """
    rows = list(group)
    lines = {(row["partner_reg_no"], row["line_id"]): row for row in rows if row["line_id"]}
    used = {}
    for row in rows:
        hours = hours_of(row)
        if hours < 0:
            corrected = lines.get((row["partner_reg_no"], row["corrects_line_id"]))
            hours = -_hours_back(row, corrected) if corrected is not None else 0
        used[row["line_key"]] = hours
    return used


def _hours_back(row: Row, corrected: Row) -> int:
    euros, hours = corrected["amount_cents"], hours_of(corrected)
    if euros <= 0 or hours <= 0:
        return 0
    share = min(-row["amount_cents"], euros)
    return min(-hours_of(row), floor_ratio(hours, numerator=share, denominator=euros))


_in_one_plan: ContextVar[bool] = ContextVar("_in_one_plan", default=False)


@contextmanager
def in_one_plan() -> Iterator[None]:
    """Let nothing be computed while a plan is built: it is kept, and run on frames to come."""
    token = _in_one_plan.set(True)
    try:
        yield
    finally:
        _in_one_plan.reset(token)


def _computes_at_once(frame: Frame) -> bool:
    return frame.implementation.is_polars() and not _in_one_plan.get()


def kept(frame: Frame) -> Frame:
    """Compute a narrow frame once on Polars, where it is asked several things."""
    if _computes_at_once(frame):
        native: pl.LazyFrame = frame.to_native()
        return nw.from_native(native.collect().lazy())
    return frame


def same_group(pool: Frame, at_fault: Frame, group: str) -> Frame:
    """Give all rows of the groups that are at fault.

    On Polars the groups of a large frame are found first, from the few columns that need looking
    at, and the wide rows are then fetched by one predicate: a join would carry every column of
    every line.
    """
    if _computes_at_once(pool):
        found = at_fault.to_native().select(group).unique().collect().get_column(group)
        native: pl.LazyFrame = pool.to_native().filter(pl.col(group).is_in(found.implode()))
        return nw.from_native(native)
    return pool.join(at_fault.select(group).unique(), on=group, how="semi")


def with_previous(frame: Frame, *, group: str, order: str, columns: tuple[str, ...]) -> Frame:
    """Add `before_<column>`: the value on the row before, in the order of group and `order`.

    The row before may belong to another group, which `before_<group>` tells. On Polars one sort
    of whole numbers is much faster than a window in each of many small groups.
    """
    shifted = (group, *columns)
    if frame.implementation.is_polars():
        native: pl.LazyFrame = frame.to_native().select(group, order, *columns).sort(group, order)
        before = [pl.col(name).shift(1).alias(f"before_{name}") for name in shifted]
        return nw.from_native(native.with_columns(before))
    return frame.with_columns(  # pragma: no cover - the other engines, in tests/bulk
        *(
            nw.col(name).shift(1).over(group, order_by=[order]).alias(f"before_{name}")
            for name in shifted
        )
    )


def given(*columns: str) -> nw.Expr:
    """Whether all columns are filled."""
    result = ~nw.col(columns[0]).is_null()
    for column in columns[1:]:
        result = result & ~nw.col(column).is_null()
    return result


def positive(column: str) -> nw.Expr:
    """Give the column where it is above zero, else zero.

    A suspicion must not be hidden by a correction that a later step may reject.
    """
    value = nw.col(column)
    return nw.when(value > 0).then(value).otherwise(nw.lit(0, dtype=nw.Int64))
