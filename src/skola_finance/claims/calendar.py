"""Semesters, school years and months as numbers that rules compare.

A semester is `2 × year`, plus one for the autumn: the autumn of 2025 is 4051, the spring of 2026
is 4052. Its bounds are dated settings `semester.autumn_from` and `semester.spring_from`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from datetime import date

    from skola_finance.rulebook import Rulebook

AUTUMN, SPRING = "autumn", "spring"
AUTUMN_FROM, SPRING_FROM = BOUNDS = ("semester.autumn_from", "semester.spring_from")


class Calendar:
    """Turns days into semesters under the settings of a rulebook."""

    def __init__(self, rulebook: Rulebook) -> None:
        """Take the rulebook that knows the bounds."""
        self._rulebook = rulebook

    def semester_no(self, day: date) -> int | None:
        """Give the semester a day lies in; None where its bounds were not entered (RUL-301)."""
        place = day.month * 100 + day.day
        autumn = self._bound(AUTUMN_FROM, day)
        spring = self._bound(SPRING_FROM, day)
        if autumn is None or spring is None:
            return None
        if place >= autumn:
            return day.year * 2 + 1
        return day.year * 2 if place >= spring else day.year * 2 - 1

    def _bound(self, key: str, day: date) -> int | None:
        """Give a bound as month and day; `none` is no bound, since every semester begins."""
        settings = self._rulebook.values_of(key)
        value = next((one.value for one in settings if one.covers(day)), None)
        return value if isinstance(value, int) else None

    def add_to(self, frame: pl.DataFrame) -> pl.DataFrame:
        """Add `semester_no`, `school_year` and `month_no` by the day of the activity."""
        days = frame["activity_on"].unique().drop_nulls()
        numbers = pl.Series([self.semester_no(day) for day in days], dtype=pl.Int64)
        semester = (
            pl.col("activity_on").replace_strict(days, numbers, default=None, return_dtype=pl.Int64)
            if len(days)
            else pl.lit(None, dtype=pl.Int64)
        )
        day = pl.col("activity_on").dt
        return frame.with_columns(
            semester.alias("semester_no"),
            ((semester - 1) // 2).alias("school_year"),
            (day.year().cast(pl.Int64) * 12 + day.month().cast(pl.Int64)).alias("month_no"),
        )


def semester_name(number: int) -> str:
    """Give the public name of a semester.

    >>> semester_name(4051), semester_name(4052)
    ('2025-autumn', '2026-spring')
    """
    return f"{number // 2}-{AUTUMN if number % 2 else SPRING}"


def semester_number(name: str) -> int:
    """Give the number of a semester's public name.

    >>> semester_number("2025-autumn")
    4051

    Raises:
        ValueError: not a name such as `2025-autumn`.

    """
    year, _, half = name.partition("-")
    if half not in (AUTUMN, SPRING) or not (year.isdigit() and len(year) == len("2025")):
        raise ValueError(name)
    return int(year) * 2 + (half == AUTUMN)
