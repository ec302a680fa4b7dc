"""What was achieved: learners, schools and sessions, each counted once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import polars as pl

from skola_finance.usecases.reports.results import (
    ALL_INDIVIDUAL,
    TooFew,
    count_achieved,
)
from tests.usecases.world import LIEPAJA, SCHOOL


def test_a_learner_counts_once_and_a_session_by_its_name_or_its_moment() -> None:
    """Two rows of one session, and two of one specialist at one time, are a session each."""
    day = date(2025, 11, 3)
    sessions: list[tuple[str | None, str | None, int | None]]
    sessions = [("G-1", "S-1", 600), ("G-1", "S-1", 600), (None, "S-2", 600), (None, "S-2", 600)]
    sessions += [(None, "S-2", 660), (None, "S-3", None), (None, None, None)]
    lines = pl.DataFrame(
        [
            {
                "partner": LIEPAJA,
                "activity": "reading_support",
                "semester": "2025-autumn" if place else "2026-spring",
                "activity_on": day,
                "learner_ref": f"IZG-{place % 5}",
                "institution_reg_no": SCHOOL,
                "session_ref": session,
                "specialist_ref": specialist,
                "starts_min": starts,
            }
            for place, (session, specialist, starts) in enumerate(sessions)
        ]
    )
    found = {(one.activity, one.semester): one for one in count_achieved(lines)}
    whole = found["reading_support", ""]
    assert (whole.learners, whole.schools, whole.sessions) == (5, 1, 4)
    assert found["reading_support", "2026-spring"].learners == TooFew()
    assert found[ALL_INDIVIDUAL, ""] == replace(whole, activity=ALL_INDIVIDUAL)
    assert [one.semester for one in count_achieved(lines)][1:3] == ["2025-autumn", "2026-spring"]


# ── the journal ──────────────────────────────────────────────────────────────────────────────
