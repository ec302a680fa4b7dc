"""A made-up programme of any size: partners, schools, learners, semesters and people's mistakes.

43 partners, 600 schools, 12 000 learners and 10 semesters by default; 5 lines in 100 are faulty
in the ways people make them. The same seed gives the same lines. Nothing here is real.
"""

from __future__ import annotations

from datetime import date

import numpy as np
import polars as pl

PARTNERS, SCHOOLS, LEARNERS = 43, 600, 12_000
AGREEMENT = date(2024, 9, 1)
SEMESTERS = tuple(
    (date(year + later, month, 10), days)
    for year in range(2024, 2029)
    for month, later, days in ((9, 0, 100), (1, 1, 135))
)
SPECIALISTS_PER_PARTNER = 40
SLOTS, SLOT_MINUTES, DAY_BEGINS = 14, 45, 8 * 60
PRICE_CENTS = 1320
FAULTY = 0.05
WEIGHTS = (9, 1, 4, 8, 3, 10, 2, 5, 7, 6)

FAULTS = {
    "missing": 0.40,
    "plan": 0.15,
    "arithmetic": 0.15,
    "grade": 0.08,
    "repeat": 0.07,
    "group": 0.05,
    "window": 0.05,
    "specialist": 0.05,
}


def registration_number(number: int) -> str:
    """Give a fictitious registration number with a right check digit."""
    for tenth in range(10):
        digits = [int(digit) for digit in f"9999{number:05d}{tenth}"]
        total = sum(weight * digit for weight, digit in zip(WEIGHTS, digits, strict=True))
        check = (3 - total) % 11
        if check <= 9:
            return f"9999{number:05d}{tenth}{check}"
    raise AssertionError(number)


def make_programme(lines: int, *, seed: int = 2026) -> pl.DataFrame:
    """Make so many lines of 4.2.3.1, each learner with about the same number of them."""
    rng = np.random.default_rng(seed)
    partners = [registration_number(number) for number in range(PARTNERS)]
    schools = [registration_number(1000 + number) for number in range(SCHOOLS)]
    learner = np.sort(rng.integers(0, LEARNERS, lines))
    school = learner * SCHOOLS // LEARNERS
    partner = school * PARTNERS // SCHOOLS
    semester = np.arange(lines) * 7 % len(SEMESTERS)
    grade = learner % 7 + 2 + semester // 2
    starts = np.array([np.datetime64(first) for first, _ in SEMESTERS])[semester]
    lengths = np.array([days for _, days in SEMESTERS])[semester]
    day = starts + (rng.random(lines) * lengths).astype("timedelta64[D]")
    activity = np.where(grade <= 3, "reading_support", "specialist_support")
    activity = np.where((grade >= 8) & (learner % 5 == 0), "mentor_support", activity)
    consulted = (semester >= 3) & (grade >= 7) & (grade <= 9) & (learner % 5 == 1)
    activity = np.where(consulted, "subject_consultation", activity)
    specialist = np.select(
        [activity == "mentor_support", activity == "specialist_support"],
        ["mentor", "psychologist"],
        "teacher",
    )
    person = rng.integers(0, SPECIALISTS_PER_PARTNER, lines)
    quarter = rng.integers(1, 4, lines) * 250
    frame = pl.DataFrame(
        {
            "line_id": pl.Series(np.arange(lines)).cast(pl.String),
            "activity": activity,
            "activity_on": day,
            "institution_reg_no": pl.Series(schools).gather(school),
            "learner_ref": _names("I", LEARNERS).gather(learner),
            "learner_grade": grade,
            "learner_age": grade + 6 + semester % 2,
            "plan_no": _names("P", LEARNERS).gather(learner),
            "specialist": specialist,
            "specialist_ref": _names("S", SPECIALISTS_PER_PARTNER * PARTNERS).gather(
                person * PARTNERS + partner
            ),
            "slot": person % SLOTS,
            "quantity_milli": quarter,
            "partner_reg_no": pl.Series(partners).gather(partner),
            "fault": _faults(rng, lines),
            "claim": semester,
        },
    ).with_columns(
        pl.col("learner_grade", "learner_age", "quantity_milli").cast(pl.Int64),
        pl.col("activity_on").cast(pl.Date),
        pl.when(pl.col("learner_grade") <= 9)
        .then(pl.lit("social_exclusion"))
        .otherwise(pl.lit("early_leaving"))
        .alias("risk_ground"),
        ((pl.col("quantity_milli") * PRICE_CENTS + 500) // 1000).alias("amount_cents"),
        ((pl.int_range(pl.len()).over("specialist_ref", "activity_on") + pl.col("slot")) % SLOTS)
        .mul(SLOT_MINUTES)
        .add(DAY_BEGINS)
        .cast(pl.Int64)
        .alias("starts_min"),
        pl.lit("unit_cost").alias("cost_form"),
        pl.lit("municipal").alias("institution_founder"),
        pl.lit("general").alias("education_programme"),
        pl.lit("full_time").alias("study_form"),
        pl.lit(date(2024, 8, 1)).alias("mentor_certified_on"),
        pl.lit(1, dtype=pl.Int64).alias("group_size"),
        pl.lit("none").alias("other_funding"),
        pl.lit("plan; journal").alias("evidence"),
        pl.lit("municipality").alias("partner_kind"),
        pl.lit(AGREEMENT).alias("agreement_on"),
        pl.lit(date(2024, 7, 1)).alias("period_from"),
        pl.lit(date(2030, 12, 31)).alias("period_to"),
        pl.concat_str("partner_reg_no", pl.lit("/"), "claim").alias("claim_id"),
        pl.int_range(pl.len(), dtype=pl.Int64).alias("line_no"),
    )
    return _with_faults(frame).drop("fault", "claim", "slot")


def _names(letter: str, number: int) -> pl.Series:
    return pl.Series([f"{letter}-{one:06d}" for one in range(number)])


def _faults(rng: np.random.Generator, lines: int) -> pl.Series:
    kinds = list(FAULTS)
    shares = np.array(list(FAULTS.values()))
    chosen = rng.choice(len(kinds), lines, p=shares / shares.sum())
    fault = pl.Series(kinds).gather(chosen)
    return fault.set(pl.Series(rng.random(lines) >= FAULTY), None)


def _with_faults(frame: pl.DataFrame) -> pl.DataFrame:
    """Spoil the lines that are chosen to be faulty, as people spoil them."""
    fault = pl.col("fault")

    def spoil(column: str, kind: str, value: pl.Expr) -> pl.Expr:
        return pl.when(fault == kind).then(value).otherwise(pl.col(column)).alias(column)

    return frame.with_columns(
        spoil("learner_grade", "missing", pl.lit(None, dtype=pl.Int64)),
        spoil("plan_no", "plan", pl.lit(None, dtype=pl.String)),
        spoil("amount_cents", "arithmetic", pl.col("amount_cents") + 90),
        spoil("study_form", "grade", pl.lit("distance")),
        spoil("other_funding", "repeat", pl.lit("state")),
        spoil("group_size", "group", pl.lit(9, dtype=pl.Int64)),
        spoil("activity_on", "window", pl.lit(date(2029, 9, 3))),
        spoil("specialist", "specialist", pl.lit("supervisor")),
    )


def settings_of_programme() -> dict[str, str]:
    """Give the settings the lines are judged under; every figure is made up."""
    partners = [registration_number(number) for number in range(PARTNERS)]
    unit_costs = ("reading_support", "subject_consultation", "specialist_support", "mentor_support")
    return {
        **{f"unit_cost.{activity}": "13.20" for activity in unit_costs},
        "group_size.min": "2",
        "group_size.max": "6",
        "hours_cap.learner_semester": "60",
        "hours_per_day": "10",
        "mentor_load": "40",
        "project_agreement_on": "2024-08-01",
        "mk483_amended_from": "2025-12-20",
        **{f"allocation.{partner}": "400000.00" for partner in partners},
        "envelope": "8380000.00",
    }
