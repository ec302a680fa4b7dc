"""From sheets to one claim: lines numbered, plans looked up, birth dates turned into ages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from skola_finance.claims.claim import LINE_SCHEMA
from skola_finance.claims.columns import COST_FORM_OF_SHEET, LEARNER_BORN_ON, Sheet
from skola_finance.claims.plans import with_risk_grounds
from skola_finance.exchange.workbook.faults import fault
from skola_finance.exchange.workbook.unread import shown
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
    lines = lines.with_columns(line_no=pl.int_range(pl.len(), dtype=pl.Int64))
    if plans is not None:
        lines = with_risk_grounds(lines, plans)
    return lines.select(list(LINE_SCHEMA)), problems


def repeated_ids(lines: pl.DataFrame) -> list[Problem]:
    """Refuse each row whose `line_id` stands on an earlier line; the first keeps it.

    Lines are corrected and revised by their id, so that two lines of one id would be one.
    """
    named = lines.filter(pl.col("line_id").is_not_null())
    first = pl.col("sheet", "row").first().over("line_id").name.prefix("first_")
    repeated = named.with_columns(first).filter(~pl.col("line_id").is_first_distinct())
    columns = ("line_id", "sheet", "row", "first_sheet", "first_row")
    return [
        fault(
            "WBK-436",
            where=Where(sheet=sheet, row=row, column="line_id"),
            value=shown(line_id),
            sheet=first_sheet,
            row=str(first_row),
        )
        for line_id, sheet, row, first_sheet, first_row in repeated.select(columns).iter_rows()
    ]


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
