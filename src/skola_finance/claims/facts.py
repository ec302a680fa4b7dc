"""What a check may ask beyond the line: settings, and what was given to the assessment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import narwhals as nw

from skola_finance.claims.judgement import everything

if TYPE_CHECKING:
    from skola_finance.rulebook import Rulebook, Setting, Version

_NO = nw.lit(False)  # noqa: FBT003 - a literal column


@dataclass(frozen=True, slots=True)
class Dated:
    """A setting over the days of the lines.

    `value` is null where it is unset or where `none` was entered; `is_unset` tells the two apart.
    """

    value: nw.Expr
    is_unset: nw.Expr
    is_never_set: bool


@dataclass(frozen=True, slots=True)
class Facts:
    """What an assessment knows beside the lines.

    `whole_programme` is true where the frame holds the lines of every partner.
    """

    rulebook: Rulebook
    on: date
    has_history: bool
    has_plans: bool
    whole_programme: bool = False

    def dated(self, key: str) -> Dated:
        """Give a setting by the day of the activity; whole numbers and cents only."""
        value: nw.Expr = nw.lit(None, dtype=nw.Int64)
        is_set: nw.Expr = _NO
        settings = self.rulebook.values_of(key)
        if settings and settings[0].starts is None and settings[0].ends is None:
            return Dated(_literal(settings[0]), _NO, is_never_set=False)
        for one in reversed(settings):
            covered = _covered(one)
            value = nw.when(covered).then(_literal(one)).otherwise(value)
            is_set = is_set | covered
        return Dated(value, ~is_set, is_never_set=not settings)

    def used(self, key: str, where: nw.Expr) -> tuple[tuple[Setting, nw.Expr], ...]:
        """Give each value of a setting with those lines of `where` whose day it holds on."""
        found = []
        for one in self.rulebook.values_of(key):
            covered = _covered(one)
            found.append((one, where & covered))
            where = where & ~covered
        return tuple(found)

    def used_on_assessment_day(
        self, key: str, where: nw.Expr
    ) -> tuple[tuple[Setting, nw.Expr], ...]:
        """Give the value that holds on the day of assessment, with the lines of `where`."""
        setting = self.on_assessment_day(key)
        return () if setting is None else ((setting, where),)

    def in_force(self, code: str) -> tuple[Version, ...]:
        """Give the version of a rule that the day of assessment picks; none before its first."""
        return self.rulebook.candidates(code, on=self.on)[-1:]

    def on_assessment_day(self, key: str) -> Setting | None:
        """Give the setting that holds on the day of assessment; None where it is unset."""
        return next((one for one in self.rulebook.values_of(key) if one.covers(self.on)), None)


def _covered(setting: Setting) -> nw.Expr:
    day = nw.col("activity_on")
    covered = everything()
    if setting.starts is not None:
        covered = covered & (day >= nw.lit(setting.starts))
    if setting.ends is not None:
        covered = covered & (day < nw.lit(setting.ends))
    return covered


def _literal(setting: Setting) -> nw.Expr:
    value = setting.value
    if value is None:
        return nw.lit(None, dtype=nw.Int64)
    if isinstance(value, date) or not isinstance(value, int):
        msg = f"{setting.key} is not a whole number and has no place in a line's arithmetic"
        raise TypeError(msg)
    return nw.lit(int(value), dtype=nw.Int64)
