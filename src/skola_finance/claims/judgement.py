"""What a rule says about lines, as expressions over the columns of the frame.

A check yields a `Judgement`; the stages turn it into findings. An expression that is null means
that a fact is missing; it never counts as a pass on its own, because the fact stands in `needs`
and its emptiness is a finding.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import narwhals as nw

if TYPE_CHECKING:
    from collections.abc import Mapping

    from skola_finance.rulebook import Setting
    from skola_finance.rulebook.kinds import Stage


ASSESSED_ON = "assessed_on"
"""The column with the day of assessment, on frames that the line stage judges."""


@dataclass(frozen=True, slots=True)
class Flag:
    """One way in which a line can be at fault.

    `limit` and `used` are figures the finding shows, in the unit the kind names. For a rule whose
    effect is *limit*, `limit` is also the cents that are left of the line.
    """

    when: nw.Expr
    variant: str = ""
    limit: nw.Expr | None = None
    used: nw.Expr | None = None
    subject: str | None = None
    stage: Stage | None = None


@dataclass(frozen=True, slots=True)
class Need:
    """A column that must be filled on the lines of `where`."""

    column: str
    where: nw.Expr


@dataclass(frozen=True, slots=True)
class Unset:
    """A setting that has not been entered though the lines of `where` need it."""

    key: str
    where: nw.Expr


@dataclass(frozen=True, slots=True)
class Unchecked:
    """Why the rule could not be checked on the lines of `where`."""

    variant: str
    where: nw.Expr


@dataclass(frozen=True, slots=True)
class Judgement:
    """All that a rule version says about lines, each judged alone.

    `settings` are the settings the verdict rests on, with the lines that used them.
    """

    applies: nw.Expr
    flags: tuple[Flag, ...] = ()
    needs: tuple[Need, ...] = ()
    unset: tuple[Unset, ...] = ()
    unchecked: tuple[Unchecked, ...] = ()
    settings: tuple[tuple[Setting, nw.Expr], ...] = ()


def everything() -> nw.Expr:
    """Give an expression that is true on every line."""
    return nw.col("line_key").is_null() | nw.lit(True)  # noqa: FBT003 - a literal column


def applies_to(codes: Mapping[str, tuple[str, ...]]) -> nw.Expr:
    """Give the lines a rule's `[applies]` table names: every column holds one of its codes."""
    result: nw.Expr | None = None
    for column, allowed in codes.items():
        one = is_one_of(column, allowed)
        result = one if result is None else result & one
    return everything() if result is None else result


def is_one_of(column: str, codes: tuple[str, ...]) -> nw.Expr:
    """Whether a code column holds one of the codes; null where it is empty."""
    if len(codes) == 1:
        return nw.col(column) == codes[0]
    return nw.col(column).is_in(list(codes))


def days(expression: nw.Expr) -> nw.Expr:
    """Give a date as year, month, day in one number, so that a finding can show it."""
    year = expression.dt.year().cast(nw.Int64)
    month = expression.dt.month().cast(nw.Int64)
    return year * 10000 + month * 100 + expression.dt.day().cast(nw.Int64)


def product_cents(quantity: nw.Expr, price: nw.Expr) -> nw.Expr:
    """Give quantity × unit cost in cents: thousandths times cents, half up.

    Only quantities that are not negative are asked for; corrections are compared by their size.
    """
    return (quantity * price + 500) // 1000
