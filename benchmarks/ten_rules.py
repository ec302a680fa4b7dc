"""The same ten rules, expressed for five engines, on the same lines.

Each engine judges every line by every rule, as a verdict that names each fault must, and says what
is left of the line.
Dates are handed over as whole numbers (`20250901`), because not every engine knows dates.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import polars as pl

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from skola_finance.rulebook import Rulebook

CODES = (
    "ELG-101",
    "ELG-104",
    "ELG-105",
    "ELG-107",
    "ELG-109",
    "ELG-113",
    "ELG-120",
    "ELG-122",
    "ELG-130",
    "ELG-140",
)
EXCLUDED = (
    "preschool",
    "vocationally_oriented",
    "professional_development",
    "further_education",
    "higher",
)
RISKS = ("social_exclusion", "early_leaving", "repeats_grade_9", "vet_entrant_report_card")
NINE = (
    "psychologist",
    "social_pedagogue",
    "teacher_assistant",
    "special_education_teacher",
    "career_counsellor",
    "librarian",
    "speech_therapist",
    "sign_language_interpreter",
    "occupational_therapist",
)
FIRST, LAST, AGREED = 20240701, 20290831, 20240901
PRICE = 13.20

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Measured:
    """One engine's run: seconds for so many lines, and what it left of each."""

    engine: str
    lines: int
    seconds: float
    eligible_cents: list[int]

    @property
    def lines_per_second(self) -> float:
        """Lines a second."""
        return self.lines / self.seconds


def rows_of(lines: pl.DataFrame) -> list[Row]:
    """Give lines as dictionaries, as a row-by-row engine takes them."""
    day = pl.col("activity_on").dt
    chosen = lines.select(
        "activity",
        "cost_form",
        "education_programme",
        "learner_grade",
        "learner_age",
        "risk_ground",
        "study_form",
        "specialist",
        "group_size",
        "other_funding",
        (pl.col("quantity_milli") / 1000).alias("quantity"),
        (pl.col("amount_cents") / 100).alias("amount"),
        (day.year() * 10000 + day.month().cast(pl.Int32) * 100 + day.day()).alias("day"),
        pl.col("amount_cents", "quantity_milli"),
    )
    return chosen.to_dicts()


def timed(engine: str, lines: int, run: Callable[[], list[int]]) -> Measured:
    """Measure one run; setting up an engine is not counted for any of them."""
    begin = time.perf_counter()
    eligible = run()
    return Measured(engine, lines, time.perf_counter() - begin, eligible)


def with_skola(prepared: pl.DataFrame, book: Rulebook, *, on: date) -> Measured:
    """Judge with the library: the ten rules of the shipped rulebook, and no others."""
    from skola_finance.claims.bulk import assess_frame
    from skola_finance.claims.engine import PolarsEngine

    engine = PolarsEngine()
    only = frozenset(CODES)

    def run() -> list[int]:
        verdict = assess_frame(
            engine.lift(prepared), rulebook=book, on=on, whole_programme=True, only=only
        )
        return verdict.lines.sort("line_key")["eligible_cents"].to_list()

    run()
    return timed("skola-finance (Polars)", prepared.height, run)


def with_python(rows: list[Row]) -> Measured:
    """Judge with a loop written by hand."""
    findings: list[str] = []

    def judge(row: Row) -> int:
        activity, day, grade = row["activity"], row["day"], row["learner_grade"]
        programme, specialist = row["education_programme"], row["specialist"]
        mentored = activity == "mentor_support"
        found = []
        if day < FIRST or day > LAST or day < AGREED:
            found.append("ELG-101")
        if programme in EXCLUDED:
            found.append("ELG-104")
        if grade is None or not 1 <= grade <= (12 if programme == "general" else 4):
            found.append("ELG-105")
        if row["risk_ground"] not in RISKS:
            found.append("ELG-107")
        if row["study_form"] != "full_time":
            found.append("ELG-109")
        if activity == "specialist_support":
            if specialist not in NINE:
                found.append("ELG-113")
        elif specialist != ("mentor" if mentored else "teacher"):
            found.append("ELG-113")
        if mentored and row["learner_age"] < 13:
            found.append("ELG-120")
        if mentored and row["group_size"] > 1:
            found.append("ELG-122")
        if row["other_funding"] != "none":
            found.append("ELG-130")
        amount: int = row["amount_cents"]
        limit: int = (row["quantity_milli"] * 1320 + 500) // 1000
        if amount > limit:
            found.append("ELG-140")
        findings.extend(found)
        if found and found != ["ELG-140"]:
            return 0
        return min(limit, amount)

    return timed("Python loop", len(rows), lambda: [judge(row) for row in rows])


def with_rule_engine(rows: list[Row]) -> Measured:
    """Judge with rule-engine: ten rules, each matched against each row."""
    import rule_engine

    def listed(codes: tuple[str, ...]) -> str:
        return "[" + ", ".join(f'"{code}"' for code in codes) + "]"

    rules = [rule_engine.Rule(text) for text in _texts(listed, "and", "or", "==")[:-1]]
    above = rule_engine.Rule(f"amount > quantity * {PRICE}")

    def judge(row: Row) -> int:
        found = [rule.matches(row) for rule in rules]
        is_above = above.matches(row)
        if any(found):
            return 0
        if is_above:
            allowed: float = row["quantity"] * PRICE * 100
            return round(allowed)
        cents: int = row["amount_cents"]
        return cents

    return timed("rule-engine", len(rows), lambda: [judge(row) for row in rows])


def with_zen(rows: list[Row]) -> Measured:
    """Judge with GoRules zen-engine: ten compiled expressions a row."""
    import zen

    def listed(codes: tuple[str, ...]) -> str:
        return "[" + ", ".join(f"'{code}'" for code in codes) + "]"

    texts = _texts(listed, "and", "or", "==")
    rules = [zen.compile_expression(text.replace('"', "'")) for text in texts[:-1]]
    above = zen.compile_expression(texts[-1])
    limit = zen.compile_expression(f"quantity * {PRICE}")

    def judge(row: Row) -> int:
        found = [rule.evaluate(row) for rule in rules]
        is_above = above.evaluate(row)
        if any(found):
            return 0
        if is_above:
            return round(float(limit.evaluate(row)) * 100)
        cents: int = row["amount_cents"]
        return cents

    return timed("zen-engine", len(rows), lambda: [judge(row) for row in rows])


def _texts(listed: Callable[[tuple[str, ...]], str], and_: str, or_: str, same: str) -> list[str]:
    """Give the ten rules as expressions; the last is the limit."""
    teachers = f'(activity {same} "reading_support" {or_} activity {same} "subject_consultation")'
    mentor = f'activity {same} "mentor_support"'
    return [
        f"day < {FIRST} {or_} day > {LAST} {or_} day < {AGREED}",
        f"education_programme in {listed(EXCLUDED)}",
        f"learner_grade {same} null {or_} learner_grade < 1 {or_} learner_grade > 12",
        f"not (risk_ground in {listed(RISKS)})",
        'study_form != "full_time"',
        (
            f'({teachers} {and_} specialist != "teacher") {or_} '
            f'(activity {same} "specialist_support" {and_} '
            f"not (specialist in {listed(NINE)})) {or_} "
            f'({mentor} {and_} specialist != "mentor")'
        ),
        f"{mentor} {and_} learner_age < 13",
        f"{mentor} {and_} group_size > 1",
        'other_funding != "none"',
        f"amount > quantity * {PRICE}",
    ]
