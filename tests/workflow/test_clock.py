"""Legal clocks: hand-counted terms, pauses, and what holds for all of them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from skola_finance.workflow import (
    LATVIA,
    Clock,
    ImpossiblePause,
    ImpossibleTerm,
    Pause,
    Term,
    Unit,
    add_months,
)

WD, CD, MONTHS = Unit.WORKING_DAYS, Unit.CALENDAR_DAYS, Unit.MONTHS
DAYS = st.dates(date(2024, 1, 1), date(2031, 12, 31))
TERMS = st.one_of(
    st.builds(Term, st.integers(1, 90), st.just(WD)),
    st.builds(Term, st.integers(1, 120), st.just(CD)),
    st.builds(Term, st.integers(1, 36), st.just(MONTHS)),
)


@pytest.mark.parametrize(
    ("started_on", "count", "unit", "due_on"),
    [
        # Document request of 5 working days over the May holidays; Saturday the 10th is worked.
        (date(2025, 4, 30), 5, WD, date(2025, 5, 10)),
        # 20 working days from 12.12.2025: 15-19 (5), 22, 23 (7), 29, 30 (9), 5-9 Jan (14),
        # 12-16 Jan (19), Saturday 17 Jan (20).
        (date(2025, 12, 12), 20, WD, date(2026, 1, 17)),
        # Over Easter 2026: 2 (1), 7-10 (5).
        (date(2026, 4, 1), 5, WD, date(2026, 4, 10)),
        # 30 days of Regulation 483 par. 21: a Monday; Christmas to Monday the 29th; New Year.
        (date(2025, 11, 22), 30, CD, date(2025, 12, 22)),
        (date(2025, 11, 25), 30, CD, date(2025, 12, 29)),
        (date(2025, 12, 2), 30, CD, date(2026, 1, 5)),
        # It ends on a Saturday: worked, and not worked.
        (date(2025, 12, 18), 30, CD, date(2026, 1, 17)),
        (date(2025, 12, 11), 30, CD, date(2026, 1, 12)),
        # 80 days of Regulation 135 par. 48: 27 left in November, 31, 22.
        (date(2025, 11, 3), 80, CD, date(2026, 1, 22)),
        # Months: the same number, the last day of a shorter month, and no sticking to it.
        (date(2026, 1, 12), 1, MONTHS, date(2026, 2, 12)),
        (date(2028, 1, 31), 1, MONTHS, date(2028, 2, 29)),
        (date(2026, 1, 31), 1, MONTHS, date(2026, 3, 2)),
        (date(2028, 2, 29), 1, MONTHS, date(2028, 3, 29)),
        (date(2028, 2, 29), 12, MONTHS, date(2029, 2, 28)),
        (date(2025, 11, 30), 1, MONTHS, date(2025, 12, 30)),
        (date(2025, 12, 1), 1, MONTHS, date(2026, 1, 5)),
        (date(2026, 3, 3), 36, MONTHS, date(2029, 3, 5)),
        # Nothing to count: the day itself, or the next working day.
        (date(2026, 1, 5), 0, WD, date(2026, 1, 5)),
        (date(2026, 1, 3), 0, CD, date(2026, 1, 5)),
    ],
)
def test_a_term_is_counted_by_hand(started_on: date, count: int, unit: Unit, due_on: date) -> None:
    """On its last day none is left; the day after, it is overdue."""
    clock = Clock(started_on, Term(count, unit))
    assert clock.due_on(on=started_on) == due_on
    assert clock.days_left(on=due_on) == 0
    assert not clock.is_overdue(on=due_on)
    assert clock.is_overdue(on=due_on + timedelta(days=1))


def test_a_question_stops_the_clock_and_its_answer_restarts_it() -> None:
    """10 working days from Monday 01.12.2025 end on the 15th.

    Asked on Wednesday the 3rd (2 and 3 are used), answered on Wednesday the 10th: 4, 5, 8, 9 and
    10 do not count. The eight left are 11, 12, 15 to 19 and 22.
    """
    clock = Clock(date(2025, 12, 1), Term(10, WD))
    assert clock.due_on(on=date(2025, 12, 1)) == date(2025, 12, 15)
    assert not clock.is_stopped
    stopped = clock.stop(on=date(2025, 12, 3))
    assert stopped.is_stopped
    assert [stopped.days_left(on=date(2025, 12, day)) for day in (1, 2, 3, 4, 9)] == [
        10,
        9,
        8,
        8,
        8,
    ]
    assert stopped.due_on(on=date(2025, 12, 9)) == date(2025, 12, 19)
    assert not stopped.is_overdue(on=date(2026, 3, 1))
    again = stopped.restart(on=date(2025, 12, 10))
    assert not again.is_stopped
    assert again.due_on(on=date(2025, 12, 10)) == date(2025, 12, 22)
    left = [again.days_left(on=date(2025, 12, day)) for day in (9, 10, 11, 22, 23, 29)]
    assert left == [8, 8, 7, 0, -1, -2]


def test_two_questions_stop_it_twice() -> None:
    """The second one is asked and answered on one day, which takes nothing away."""
    clock = Clock(date(2025, 12, 1), Term(10, WD))
    twice = clock.stop(on=date(2025, 12, 3)).restart(on=date(2025, 12, 10))
    twice = twice.stop(on=date(2025, 12, 11)).restart(on=date(2025, 12, 11))
    assert twice.due_on(on=date(2025, 12, 11)) == date(2025, 12, 22)
    thrice = twice.stop(on=date(2025, 12, 22)).restart(on=date(2025, 12, 29))
    assert thrice.due_on(on=date(2025, 12, 29)) == date(2025, 12, 22)


def test_calendar_days_stand_still_over_a_pause_too() -> None:
    """30 days from 01.12.2025 end on 31 December, that is on 5 January; 4 days later on 4, so 5."""
    clock = Clock(date(2025, 12, 1), Term(30, CD))
    assert clock.due_on(on=date(2025, 12, 1)) == date(2026, 1, 5)
    paused = clock.stop(on=date(2025, 12, 10)).restart(on=date(2025, 12, 14))
    assert paused.due_on(on=date(2025, 12, 14)) == date(2026, 1, 5)
    longer = clock.stop(on=date(2025, 12, 10)).restart(on=date(2025, 12, 20))
    assert longer.due_on(on=date(2025, 12, 20)) == date(2026, 1, 12)
    assert longer.days_left(on=date(2026, 1, 10)) == 2


def test_a_question_in_the_days_won_by_a_weekend_keeps_them() -> None:
    """Nominally over on Saturday, in fact on Monday; asked on Sunday, answered on Wednesday."""
    clock = Clock(date(2026, 2, 5), Term(30, CD))
    assert clock.due_on(on=date(2026, 2, 5)) == date(2026, 3, 9)
    paused = clock.stop(on=date(2026, 3, 8)).restart(on=date(2026, 3, 11))
    assert paused.due_on(on=date(2026, 3, 11)) == date(2026, 3, 12)


@pytest.mark.parametrize(
    ("pauses", "stops", "on"),
    [
        ((), True, date(2025, 11, 30)),
        ((Pause(date(2025, 12, 3)),), True, date(2025, 12, 4)),
        ((Pause(date(2025, 12, 3), date(2025, 12, 5)),), True, date(2025, 12, 4)),
        ((), False, date(2025, 12, 4)),
        ((Pause(date(2025, 12, 3)),), False, date(2025, 12, 2)),
        ((Pause(date(2025, 12, 3), date(2025, 12, 5)),), False, date(2025, 12, 8)),
    ],
)
def test_a_clock_is_not_stopped_twice_nor_before_its_time(
    pauses: tuple[Pause, ...], *, stops: bool, on: date
) -> None:
    """Nor restarted while it runs; the refusal says since when it does what."""
    clock = Clock(date(2025, 12, 1), Term(10, WD), LATVIA, pauses)
    with pytest.raises(ImpossiblePause) as error:
        clock.stop(on=on) if stops else clock.restart(on=on)
    assert error.value.problem.code == "WFL-511"
    assert str(on) in error.value.problem.message.en


@pytest.mark.parametrize("count", [-1, 10_001])
def test_a_term_beyond_all_measure_is_refused(count: int) -> None:
    """Ten thousand days are still let through."""
    assert Term(10_000, CD).count == 10_000
    with pytest.raises(ImpossibleTerm) as error:
        Term(count, WD)
    assert error.value.problem.code == "WFL-512"


@given(started_on=DAYS, term=TERMS)
def test_a_term_ends_on_a_working_day_after_it_began(started_on: date, term: Term) -> None:
    """A term in working days has exactly that many of them."""
    due_on = Clock(started_on, term).due_on(on=started_on)
    assert due_on > started_on
    assert LATVIA.is_working(due_on)
    if term.unit is WD:
        assert LATVIA.count(after=started_on, until=due_on) == term.count


@given(started_on=DAYS, later=st.integers(0, 60), term=TERMS, longer=st.integers(0, 10))
def test_deadlines_are_monotone(started_on: date, later: int, term: Term, longer: int) -> None:
    """Whoever begins later or has more time never ends earlier."""
    due_on = Clock(started_on, term).due_on(on=started_on)
    next_start = started_on + timedelta(days=later)
    assert Clock(next_start, term).due_on(on=next_start) >= due_on
    more = Term(term.count + longer, term.unit)
    assert Clock(started_on, more).due_on(on=started_on) >= due_on


@given(started_on=DAYS, count=st.integers(1, 60), asked=st.integers(0, 40), took=st.integers(0, 40))
def test_a_pause_of_n_working_days_moves_the_deadline_by_n(
    started_on: date, count: int, asked: int, took: int
) -> None:
    """Before it and after it the days used and the days left are the whole term."""
    clock = Clock(started_on, Term(count, WD))
    due_on = clock.due_on(on=started_on)
    asked_on = started_on + timedelta(days=asked)
    answered_on = asked_on + timedelta(days=took)
    assume(asked_on < due_on)
    paused = clock.stop(on=asked_on).restart(on=answered_on)
    lost = LATVIA.count(after=asked_on, until=answered_on)
    moved = paused.due_on(on=answered_on)
    assert moved == LATVIA.add(due_on, working_days=lost)
    used = LATVIA.count(after=started_on, until=asked_on)
    assert paused.days_left(on=answered_on) == count - used


@given(started_on=DAYS, count=st.integers(1, 90), asked=st.integers(0, 60), took=st.integers(0, 60))
def test_a_pause_of_n_days_moves_a_calendar_term_by_n(
    started_on: date, count: int, asked: int, took: int
) -> None:
    """And then, if need be, on to the next working day."""
    assume(asked < count)
    asked_on = started_on + timedelta(days=asked)
    answered_on = asked_on + timedelta(days=took)
    paused = Clock(started_on, Term(count, CD)).stop(on=asked_on).restart(on=answered_on)
    nominal = started_on + timedelta(days=count + took)
    assert paused.due_on(on=answered_on) == LATVIA.on_or_after(nominal)


@given(started_on=DAYS, term=TERMS, asked=st.integers(0, 20), waits=st.integers(0, 60))
def test_while_the_answer_is_awaited_the_deadline_only_recedes(
    started_on: date, term: Term, asked: int, waits: int
) -> None:
    """A clock that stands is never overdue, and an answer on the day gives what was shown."""
    asked_on = started_on + timedelta(days=asked)
    assume(asked_on <= Clock(started_on, term).due_on(on=started_on))
    stopped = Clock(started_on, term).stop(on=asked_on)
    on = asked_on + timedelta(days=waits)
    assert stopped.due_on(on=on) >= stopped.due_on(on=asked_on)
    assert stopped.due_on(on=on) == stopped.restart(on=on).due_on(on=on)


@given(day=DAYS, months=st.integers(0, 40))
def test_months_land_in_the_month_meant(day: date, months: int) -> None:
    """On the same number, or on the last day of a shorter month."""
    result = add_months(day, months)
    assert (result.year - day.year) * 12 + result.month - day.month == months
    assert result.day == day.day or (result + timedelta(days=1)).day == 1
