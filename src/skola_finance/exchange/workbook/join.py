"""From sheets to one claim: lines numbered, plans looked up, birth dates turned into ages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from skola_finance.claims.claim import LINE_SCHEMA
from skola_finance.claims.columns import COST_FORM_OF_SHEET, LEARNER_BORN_ON, Sheet
from skola_finance.exchange.workbook.faults import fault
from skola_finance.problems import Where

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from skola_finance.exchange.workbook.rows import SheetRows
    from skola_finance.problems import Problem

LINE_SHEETS = (Sheet.SESSIONS, Sheet.DOCUMENTS, Sheet.PROJECTS, Sheet.LINES)
"""Sheets of lines in the order in which lines are numbered."""

_BORN = pl.col(LEARNER_BORN_ON.key)
_AGE = pl.col("learner_age")
_DAY = pl.col("activity_on")


def join_lines(
    sheets: Sequence[SheetRows], *, plans: pl.DataFrame | None, period_to: date | None
) -> tuple[pl.DataFrame, list[Problem]]:
    """Put the lines of all sheets under one another, as `LINE_SCHEMA` has them."""
    by_sheet = {rows.sheet: rows.frame for rows in sheets}
    frames = [
        _with_facts_of_sheet(by_sheet[sheet], sheet, period_to=period_to)
        for sheet in LINE_SHEETS
        if sheet in by_sheet
    ]
    lines = pl.concat(frames)
    lines, problems = _with_ages(lines)
    if plans is not None:
        lines = with_risk_grounds(lines, plans)
    numbers = pl.int_range(pl.len(), dtype=pl.Int64)
    return lines.with_columns(line_no=numbers).select(list(LINE_SCHEMA)), problems


def _with_facts_of_sheet(
    frame: pl.DataFrame, sheet: Sheet, *, period_to: date | None
) -> pl.DataFrame:
    cost_form = COST_FORM_OF_SHEET.get(sheet)
    if cost_form:
        frame = frame.with_columns(pl.col("cost_form").fill_null(cost_form))
    if sheet is Sheet.PROJECTS and period_to is not None:
        # A project is claimed once, for the period of the claim: without a day of its own it
        # belongs to the last day of that period.
        frame = frame.with_columns(_DAY.fill_null(period_to))
    return frame


def _with_ages(lines: pl.DataFrame) -> tuple[pl.DataFrame, list[Problem]]:
    """Turn a birth date into full years on the day of the activity, then drop it (D-12)."""
    if lines[LEARNER_BORN_ON.key].null_count() == lines.height:
        return lines.drop(LEARNER_BORN_ON.key), []
    years = _DAY.dt.year().cast(pl.Int64) - _BORN.dt.year().cast(pl.Int64)
    is_birthday_ahead = _month_and_day(_DAY) < _month_and_day(_BORN)
    age = years - is_birthday_ahead.cast(pl.Int64)
    lines = lines.with_columns(
        computed_age=pl.when(_BORN <= _DAY).then(age),
        is_born_later=(_BORN > _DAY).fill_null(value=False),
    ).with_columns(contradicts=(pl.col("computed_age") != _AGE).fill_null(value=False))
    problems = [
        fault(
            "WBK-433",
            where=Where(sheet=sheet, row=row, column=LEARNER_BORN_ON.key),
            reason_lv="tā ir pēc norises dienas" if is_later else "vecums norādīts cits",
            reason_en="it is after the day of the activity" if is_later else "the age says other",
        )
        for sheet, row, is_later in lines.filter(pl.col("is_born_later") | pl.col("contradicts"))
        .select("sheet", "row", "is_born_later")
        .iter_rows()
    ]
    lines = lines.with_columns(learner_age=_AGE.fill_null(pl.col("computed_age")))
    return lines.drop(LEARNER_BORN_ON.key, "computed_age", "is_born_later", "contradicts"), problems


def _month_and_day(day: pl.Expr) -> pl.Expr:
    return day.dt.month().cast(pl.Int64) * 100 + day.dt.day().cast(pl.Int64)


def with_risk_grounds(lines: pl.DataFrame, plans: pl.DataFrame) -> pl.DataFrame:
    """Fill the ground of a line from its plan, where the line has none.

    Where rows of one plan name different grounds, those in force on the day speak; if they still
    differ the fact stays missing, and the rule that needs it says so.
    """
    grounds = plans.filter(
        pl.col("plan_no").is_not_null() & pl.col("risk_ground").is_not_null()
    ).select("plan_no", "plan_from", "plan_to", ground="risk_ground")
    agreed = _single_ground(grounds, by="plan_no")
    lines = lines.join(agreed, on="plan_no", how="left", maintain_order="left")
    disputed = grounds.join(agreed, on="plan_no", how="anti")
    if disputed.height:
        in_force = (
            lines.select("sheet", "row", "plan_no", "activity_on")
            .join(disputed, on="plan_no")
            .filter(
                (pl.col("plan_from").is_null() | (pl.col("plan_from") <= _DAY))
                & (pl.col("plan_to").is_null() | (pl.col("plan_to") >= _DAY))
            )
        )
        of_day = _single_ground(in_force, by=["sheet", "row"]).rename({"ground": "ground_of_day"})
        lines = lines.join(of_day, on=["sheet", "row"], how="left", maintain_order="left")
        lines = lines.with_columns(pl.coalesce("ground", "ground_of_day").alias("ground"))
    return lines.with_columns(pl.coalesce("risk_ground", "ground").alias("risk_ground"))


def _single_ground(grounds: pl.DataFrame, *, by: str | list[str]) -> pl.DataFrame:
    """Keep the groups that name exactly one ground."""
    return (
        grounds.group_by(by)
        .agg(pl.col("ground").unique())
        .filter(pl.col("ground").list.len() == 1)
        .with_columns(pl.col("ground").list.first())
    )
