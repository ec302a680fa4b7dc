"""Groups of lines that rules look at together, as one number each.

A group's number is a hash of its columns, made once when lines come in: engines gather by whole
numbers much faster than by several texts. Two groups may share a number by chance; that only
makes a suspicion wider, because a walk gathers by the columns themselves.
"""

from __future__ import annotations

from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from collections.abc import Mapping

SESSION = "session_group"
ATTENDANCE = "attendance_group"
ALIKE = "alike_group"
DOCUMENT = "document_group"
SPECIALIST_DAY = "specialist_day_group"
LEARNER_DAY = "learner_day_group"
LEARNER_SEMESTER = "learner_semester_group"
LEARNER_MONTH = "learner_month_group"
LEARNER_YEAR = "learner_year_group"
LEARNER_GRADE = "learner_grade_group"
PLAN_SEMESTER = "plan_semester_group"
SPECIALIST_SEMESTER = "specialist_semester_group"

GROUPS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        SESSION: ("partner_reg_no", "session_ref", "activity_on"),
        ATTENDANCE: ("partner_reg_no", "session_ref", "activity_on", "learner_ref"),
        ALIKE: (
            "partner_reg_no",
            "activity",
            "activity_on",
            "specialist_ref",
            "learner_ref",
            "quantity_milli",
        ),
        DOCUMENT: ("document_key",),
        SPECIALIST_DAY: ("partner_reg_no", "specialist_ref", "activity_on"),
        LEARNER_DAY: ("learner_ref", "activity_on"),
        LEARNER_SEMESTER: ("learner_ref", "semester_no"),
        LEARNER_MONTH: ("learner_ref", "month_no", "activity"),
        LEARNER_YEAR: ("learner_ref", "school_year"),
        LEARNER_GRADE: ("learner_ref", "school_year", "education_programme"),
        PLAN_SEMESTER: ("plan_no", "activity", "semester_no"),
        SPECIALIST_SEMESTER: ("partner_reg_no", "specialist_ref", "semester_no"),
    },
)
"""The columns of each group; a line on which one of them is empty is in no such group."""

_ODD = 0x9E3779B97F4A7C15
"""An odd multiplier, so that the same values in two columns do not cancel out."""


@cache
def group_columns() -> tuple[pl.Expr, ...]:
    """Give the columns that number the groups."""
    return tuple(_number(columns).alias(name) for name, columns in GROUPS.items())


def _number(columns: tuple[str, ...]) -> pl.Expr:
    number = _hash(columns[0])
    for column in columns[1:]:
        number = number * _ODD + _hash(column)
    filled = pl.all_horizontal(pl.col(column).is_not_null() for column in columns)
    return pl.when(filled).then(number.reinterpret(signed=True))


def _hash(column: str) -> pl.Expr:
    """Hash what a column says; a code by its place in the closed list, the same everywhere."""
    value = pl.col(column)
    if column in ("activity", "education_programme"):
        value = value.to_physical()
    return value.hash(seed=483)
