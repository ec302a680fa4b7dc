"""Windows: inclusive days, and what several of them share."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skola_finance.funding import ImpossibleDates, NoCommonDays, Window, eligible_days
from skola_finance.problems import Language, Severity

PROGRAMME = Window(first=date(2021, 1, 1), last=date(2029, 12, 31))
PROJECT = Window(first=date(2024, 7, 1), last=date(2029, 8, 31))
PARTNER = Window(first=date(2025, 9, 12), last=date(2028, 8, 31))
SCHOOL = Window(first=date(2025, 11, 3), last=date(2026, 5, 31))

days = st.dates(date(2024, 1, 1), date(2025, 12, 31))
windows = st.tuples(days, days).map(lambda pair: Window(first=min(pair), last=max(pair)))


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2024, 6, 30), False),
        (date(2024, 7, 1), True),
        (date(2029, 8, 31), True),
        (date(2029, 9, 1), False),
    ],
)
def test_both_ends_of_a_window_count(day: date, *, expected: bool) -> None:
    """As the law writes its dates."""
    assert expected is PROJECT.contains(day)


def test_a_window_may_be_one_day() -> None:
    """An event."""
    assert Window(first=SCHOOL.first, last=SCHOOL.first).contains(SCHOOL.first)


def test_a_window_that_ends_before_it_begins_is_refused() -> None:
    """The refusal names both days."""
    with pytest.raises(ImpossibleDates) as refused:
        Window(first=date(2025, 1, 2), last=date(2025, 1, 1))
    problem = refused.value.problem
    assert problem.severity is Severity.ERROR
    assert problem.one_line(Language.LV) == (
        "FUN-709 · Periods beidzas (01.01.2025.), pirms tas sākas (02.01.2025.). · "
        "Pārbaudiet datumus līgumā vai vienošanās tekstā un ievadiet tos atkārtoti."
    )
    assert problem.one_line(Language.EN) == (
        "FUN-709 · The window ends (2025-01-01) before it begins (2025-01-02). · "
        "Check the dates in the agreement and enter them again."
    )


def test_each_of_the_four_windows_can_bind() -> None:
    """Programme, project, partner, activity: the narrowest end decides on each side."""
    wide = Window(first=date(2000, 1, 1), last=date(2099, 12, 31))
    names = ("programme", "project", "partner", "activity")
    for name in names:
        given_windows = dict.fromkeys(names, wide) | {name: SCHOOL}
        assert eligible_days(**given_windows) == SCHOOL


def test_the_latest_beginning_and_the_earliest_end_win() -> None:
    """A school that joined later and left earlier than its municipality."""
    whole = eligible_days(programme=PROGRAMME, project=PROJECT, partner=PARTNER, activity=PROJECT)
    assert whole == PARTNER
    part = eligible_days(programme=PROGRAMME, project=PROJECT, partner=PARTNER, activity=SCHOOL)
    assert part == SCHOOL


@given(windows, windows, windows, windows, days)
def test_a_day_is_eligible_exactly_when_it_lies_in_all_four(
    programme: Window,
    project: Window,
    partner: Window,
    activity: Window,
    day: date,
) -> None:
    """The definition; no common day is a refusal, never an empty window."""
    in_all = all(each.contains(day) for each in (programme, project, partner, activity))
    try:
        common = eligible_days(
            programme=programme,
            project=project,
            partner=partner,
            activity=activity,
        )
    except NoCommonDays:
        assert not in_all
    else:
        assert in_all is common.contains(day)


def test_windows_that_meet_on_one_day_share_it() -> None:
    """And a day further apart they share none."""
    before = Window(first=date(2024, 7, 1), last=SCHOOL.first)
    one = eligible_days(programme=PROGRAMME, project=PROJECT, partner=before, activity=SCHOOL)
    assert Window(first=SCHOOL.first, last=SCHOOL.first) == one
    shorter = Window(first=before.first, last=before.last - timedelta(days=1))
    with pytest.raises(NoCommonDays) as refused:
        eligible_days(programme=PROGRAMME, project=PROJECT, partner=shorter, activity=SCHOOL)
    problem = refused.value.problem
    assert problem.severity is Severity.ERROR
    assert problem.one_line(Language.LV) == (
        "FUN-710 · Attiecināmības periodiem nav kopīgu dienu: vēlākais sākas 03.11.2025., "
        "bet agrākais beidzas 02.11.2025. · "
        "Pārbaudiet, vai līgumi ir noslēgti projekta attiecināmības periodā."
    )
    assert problem.one_line(Language.EN) == (
        "FUN-710 · The windows of eligibility share no day: the latest begins on 2025-11-03, "
        "the earliest ends on 2025-11-02. · "
        "Check that the agreements were concluded within the project's window."
    )
