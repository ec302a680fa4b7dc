"""Individual plans against lines: which line has a plan that carries it, and for how many hours."""

from __future__ import annotations

import polars as pl

from skola_finance.claims.calendar import semester_number

OK, UNKNOWN, OTHER_LEARNER, NOT_IN_FORCE, NOT_COVERED = (
    "ok",
    "unknown",
    "other_learner",
    "not_in_force",
    "not_covered",
)


def plan_columns(frame: pl.DataFrame, plans: pl.DataFrame | None) -> pl.DataFrame:
    """Add `plan_check` and `planned_hours_milli`; both are empty where no plans were given.

    A plan may have several rows, one per kind of support and semester. A line is carried by a row
    of its plan that names its learner, its support and a period with its day, both ends included.
    """
    if plans is None:
        return frame.with_columns(
            pl.lit(None, dtype=pl.String).alias("plan_check"),
            pl.lit(None, dtype=pl.Int64).alias("planned_hours_milli"),
        )
    rows = plans.drop_nulls("plan_no").with_columns(
        pl.col("activity").cast(pl.String),
        _semester_numbers(plans["semester"]).alias("semester_no"),
    )
    frame = _with_check(frame, rows)
    return _with_hours(frame, rows)


def _semester_numbers(names: pl.Series) -> pl.Expr:
    known = names.unique().drop_nulls().to_list()
    numbers = [_number_or_none(name) for name in known]
    if not known:
        return pl.lit(None, dtype=pl.Int64)
    return pl.col(names.name).replace_strict(
        known, pl.Series(numbers, dtype=pl.Int64), default=None, return_dtype=pl.Int64
    )


def _number_or_none(name: str) -> int | None:
    try:
        return semester_number(name)
    except ValueError:
        return None


def _with_check(frame: pl.DataFrame, rows: pl.DataFrame) -> pl.DataFrame:
    asked = frame.select(
        "line_key", "plan_no", "activity_on", "learner_ref", pl.col("activity").cast(pl.String)
    )
    pairs = asked.join(
        rows.select(
            "plan_no",
            "plan_from",
            "plan_to",
            pl.col("learner_ref").alias("planned_learner"),
            pl.col("activity").alias("planned_activity"),
        ),
        on="plan_no",
        how="inner",
    )
    learner = (pl.col("learner_ref") == pl.col("planned_learner")).fill_null(value=False)
    in_force = pl.col("activity_on").is_between(pl.col("plan_from"), pl.col("plan_to"))
    in_force = learner & in_force.fill_null(value=False)
    covers = in_force & (pl.col("activity") == pl.col("planned_activity")).fill_null(value=False)
    outcome = (
        pl.when(covers.any())
        .then(pl.lit(OK))
        .when(in_force.any())
        .then(pl.lit(NOT_COVERED))
        .when(learner.any())
        .then(pl.lit(NOT_IN_FORCE))
        .otherwise(pl.lit(OTHER_LEARNER))
    )
    checked = pairs.group_by("line_key").agg(outcome.alias("plan_check"))
    named = pl.col("plan_no").is_not_null()
    return frame.join(checked, on="line_key", how="left", maintain_order="left").with_columns(
        pl.when(named).then(pl.col("plan_check").fill_null(UNKNOWN)).alias("plan_check"),
    )


def _with_hours(frame: pl.DataFrame, rows: pl.DataFrame) -> pl.DataFrame:
    keys = ["plan_no", "activity", "semester_no"]
    hours = (
        rows.drop_nulls([*keys, "planned_hours_milli"])
        .with_columns(pl.col("activity").cast(frame.schema["activity"], strict=False))
        .group_by(keys)
        .agg(pl.col("planned_hours_milli").sum())
    )
    return frame.join(hours, on=keys, how="left", maintain_order="left")


def with_risk_grounds(lines: pl.DataFrame, plans: pl.DataFrame) -> pl.DataFrame:
    """Fill the ground of a line from its plan, where the line has none.

    Lines are told apart by `line_no`.

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
            lines.select("line_no", "plan_no", "activity_on")
            .join(disputed, on="plan_no")
            .filter(
                (pl.col("plan_from").is_null() | (pl.col("plan_from") <= pl.col("activity_on")))
                & (pl.col("plan_to").is_null() | (pl.col("plan_to") >= pl.col("activity_on")))
            )
        )
        of_day = _single_ground(in_force, by="line_no").rename({"ground": "ground_of_day"})
        lines = lines.join(of_day, on="line_no", how="left", maintain_order="left")
        lines = lines.with_columns(pl.coalesce("ground", "ground_of_day").alias("ground"))
    return lines.with_columns(pl.coalesce("risk_ground", "ground").alias("risk_ground")).drop(
        "ground", "ground_of_day", strict=False
    )


def _single_ground(grounds: pl.DataFrame, *, by: str) -> pl.DataFrame:
    """Keep the groups that name exactly one ground."""
    return (
        grounds.group_by(by)
        .agg(pl.col("ground").unique())
        .filter(pl.col("ground").list.len() == 1)
        .with_columns(pl.col("ground").list.first())
    )
