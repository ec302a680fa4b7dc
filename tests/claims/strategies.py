"""Random claims: perfect lines with something changed, so that most rules have work to do."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import polars as pl
from hypothesis import settings
from hypothesis import strategies as st

from skola_finance.claims.claim import REVIEW_SCHEMA
from tests.claims.desk import BASES, PARTNER, PUMPURS, SKOLA, frame_of

if TYPE_CHECKING:
    from collections.abc import Mapping

Record = dict[str, Any]


def few_of(part: int) -> int:
    """Give a part of the profile's examples: a few at the desk, more before a change lands."""
    profile = settings.default
    return max(4, (profile.max_examples if profile is not None else 0) // part)


DAYS = {
    SKOLA: (
        *(date(2026, 2, day) for day in (9, 10, 10, 10, 11)),
        *(date(2025, 12, 16), date(2025, 12, 20), date(2026, 1, 7)),
        *(date(2024, 6, 30), date(2025, 9, 1), date(2026, 3, 5)),
    ),
    PUMPURS: (
        *(date(2020, 11, day) for day in (9, 10, 10, 10, 11)),
        *(date(2020, 12, 1), date(2021, 9, 1), date(2016, 7, 21), date(2023, 1, 1)),
    ),
}
"""Days on which lines meet, and days on either side of a version."""

CHANGES: dict[str, st.SearchStrategy[Any]] = {
    "starts_at": st.sampled_from(["08:00", "14:30", "14:45", "15:30", None]),
    "session_ref": st.sampled_from(["N-1", "N-2", None]),
    "learner_ref": st.sampled_from(["L-1", "L-2"]),
    "specialist_ref": st.sampled_from(["S-1", "S-2"]),
    "learner_grade": st.integers(0, 12),
    "learner_age": st.integers(7, 18),
    "quantity": st.sampled_from(["0", "0.001", "0.5", "1", "1.333", "8", "30", "-1"]),
    "unit_cost": st.sampled_from(["13.20", "10.00", None]),
    "group_size": st.integers(0, 8),
    "risk_ground": st.sampled_from(["none", "social_exclusion", "repeats_grade_9"]),
    "specialist": st.sampled_from(["teacher", "mentor", "sign_language_interpreter", "assistant"]),
    "education_programme": st.sampled_from(["general", "vocational", "higher"]),
    "institution_founder": st.sampled_from(["municipal", "private", "state"]),
    "institution_reg_no": st.sampled_from(["99990000041", "99990000056", "123"]),
    "study_form": st.sampled_from(["distance"]),
    "cost_form": st.sampled_from(["actual", "unit_cost", "flat_rate", "lump_sum"]),
    "document_no": st.sampled_from(["A-1", "a 1", "B-2"]),
    "document_total": st.sampled_from(["0.00", "100.00", "350.00", None]),
    "paid_on": st.sampled_from([date(2020, 11, 9), date(2026, 2, 9), date(2030, 1, 1), None]),
    "vat_amount": st.sampled_from(["0.00", "60.74", None]),
    "vat_recoverable": st.sampled_from(["yes", "partly", "no"]),
    "vat_recoverable_amount": st.sampled_from(["0.01", "1000.00"]),
    "supplier_reg_no": st.sampled_from([PARTNER[SKOLA], PARTNER[PUMPURS], "1", None]),
    "economic_code": st.sampled_from(["2279", "x", None]),
    "other_funding": st.sampled_from(["state", "eu"]),
    "project_no": st.sampled_from(["IP-2026-01", "JP-1", "X"]),
    "employment_form": st.sampled_from(["employment", "other"]),
    "budget_bucket": st.sampled_from(["eligible", "state_only"]),
    "corrects_line_id": st.sampled_from(["R-0", "R-1", "X"]),
    "evidence": st.none(),
    "plan_no": st.none(),
    "activity": st.sampled_from(["management", "meals", "mentor_support"]),
}
"""What may be changed on a line, and into what."""

AMOUNTS = st.sampled_from(
    ["0.00", "0.01", "6.60", "13.20", "13.21", "100.00", "350.00", "4600.01", "-0.01", "-13.20"]
)


@st.composite
def lines(draw: st.DrawFn, programme: str, number: int) -> Record:
    """Give one line: a base, another amount perhaps, and up to three changes."""
    bases = BASES[programme].lines
    line: Record = dict(bases[draw(st.sampled_from(sorted(bases)))])
    line["line_id"] = f"R-{number}"
    line["activity_on"] = draw(st.sampled_from(DAYS[programme]))
    if draw(st.booleans()):
        line["amount"] = draw(AMOUNTS)
    for column in draw(st.lists(st.sampled_from(sorted(CHANGES)), max_size=3, unique=True)):
        line[column] = draw(CHANGES[column])
    if draw(st.integers(0, 9)) == 0:
        line[draw(st.sampled_from(sorted(line)))] = None
    return line


@st.composite
def claims(draw: st.DrawFn, programme: str, *, most: int = 40) -> list[Record]:
    """Give the lines of a claim."""
    count = draw(st.integers(1, most))
    return [draw(lines(programme, number)) for number in range(count)]


@st.composite
def frames(draw: st.DrawFn, programme: str, *, most: int = 40) -> pl.DataFrame:
    """Give the lines of a claim as a frame."""
    return frame_of(draw(claims(programme, most=most)))


DECISIONS = st.tuples(
    st.sampled_from([None, None, None, -1, 0, 1, 660, 1319, 30000]),
    st.sampled_from([None, False, False, True]),
)
"""What a reviewer may decide on a line: the most that is left of it, and whether it is parked."""


def decided(count: int) -> st.SearchStrategy[pl.DataFrame]:
    """Give the columns of decisions on a number of lines."""
    rows = st.lists(DECISIONS, min_size=count, max_size=count)
    return rows.map(lambda found: pl.DataFrame(found, schema=REVIEW_SCHEMA, orient="row"))


NARROW = {
    SKOLA: {
        **dict.fromkeys(("hours_cap.learner_semester", "hours_per_day"), "2"),
        f"allocation.{PARTNER[SKOLA]}": "777.77",
        f"allocation.{PARTNER[SKOLA]}.2026-spring": "5000.00",
        f"quota.{PARTNER[SKOLA]}.events": "20.00",
        f"quota.{PARTNER[SKOLA]}.individual_support": "30.00",
        "envelope": "700.00",
        "mentor_load": "1",
        "mk483_amended_from": "2025-12-20",
    },
    PUMPURS: {
        **dict.fromkeys(("hours_cap.learner_semester", "hours_per_day"), "2"),
        f"allocation.{PARTNER[PUMPURS]}": "777.77",
        f"allocation.{PARTNER[PUMPURS]}.2020-autumn": "1000.00",
        "envelope": "700.00",
    },
}
"""Settings under which nearly every cap and room is too small."""

OPEN = {
    programme: dict.fromkeys(
        (
            *("hours_cap.learner_semester", "hours_per_day", "group_size.min", "group_size.max"),
            *("unit_cost.reading_support", "unit_cost.consultation", "envelope"),
            f"allocation.{PARTNER[programme]}",
        ),
        "none",
    )
    for programme in (SKOLA, PUMPURS)
}
"""Settings entered as “no such limit exists”."""


def changed_settings(programme: str) -> st.SearchStrategy[Mapping[str, str]]:
    """Give changes of the base settings: none, too narrow, without limits, or not entered.

    There are few, because a rulebook is compiled once for each.
    """
    unset = dict.fromkeys(OPEN[programme], "")
    unset |= {"mentor_load": "", "access_support.partner_level": ""}
    return st.sampled_from([NARROW[programme], {}, OPEN[programme], unset])
