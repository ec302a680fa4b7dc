"""Legal dates by the values that the law offers, counted by hand."""

from __future__ import annotations

from datetime import date

import pytest

from skola_finance.workflow import (
    DUTIES,
    Clock,
    Duty,
    Obligation,
    Pause,
    Reckoning,
    Role,
    Term,
    Unit,
    UnusableTerm,
    WorkingCalendar,
    day_of,
    obligations,
)
from tests.workflow.offers import setting

EXPECTED = {
    # Illustrative values of the demo programme; no act has any.
    Duty.FILE_CLAIM: ("15", date(2025, 12, 31), date(2026, 1, 22)),
    Duty.REVIEW_CLAIM: ("20", date(2026, 1, 23), date(2026, 2, 20)),
    Duty.PAY_CLAIM: ("10", date(2026, 2, 20), date(2026, 3, 6)),
    Duty.USE_BANK_ACCOUNT: ("3", date(2026, 2, 20), date(2026, 2, 25)),
    # Values of the law.
    Duty.CHECK_CLAIM: (None, date(2025, 11, 3), date(2026, 1, 22)),
    Duty.ANSWER_REQUEST: (None, date(2025, 4, 30), date(2025, 5, 10)),
    Duty.REPORT_SPOT_CHECK: (None, date(2026, 2, 2), date(2026, 3, 2)),
    Duty.OBJECT: (None, date(2026, 1, 31), date(2026, 3, 2)),
    Duty.DECIDE_OBJECTION: (None, date(2026, 2, 12), date(2026, 3, 12)),
    Duty.REPAY: (None, date(2026, 3, 3), date(2026, 4, 7)),
    # 10 working days before 7 April 2026: 2, 1, 31, 30, 27, 26, 25, 24, 23, 20.
    Duty.ASK_FOR_SCHEDULE: (None, date(2026, 4, 7), date(2026, 3, 20)),
    Duty.AGREE_SCHEDULE: (None, date(2026, 3, 20), date(2026, 4, 7)),
    Duty.PAY_PROJECT_ADVANCE: (None, date(2025, 11, 25), date(2025, 12, 29)),
    Duty.PAY_PROJECT_REST: (None, date(2025, 11, 22), date(2025, 12, 22)),
    Duty.CLEAR_ADVANCE: (None, date(2025, 8, 29), date(2026, 3, 2)),
    Duty.PUBLISH_NEWS: (None, date(2025, 11, 30), date(2026, 3, 2)),
    Duty.REPORT_PROGRESS: (None, date(2025, 12, 22), date(2026, 6, 25)),
    Duty.APPROVE_OLD_YEAR: (None, date(2026, 6, 1), date(2027, 1, 31)),
    Duty.REPORT_PARTICIPANTS: (None, date(2026, 12, 31), date(2027, 1, 30)),
    Duty.MEND_PARTICIPANTS: (None, date(2026, 4, 1), date(2026, 4, 10)),
    Duty.REPORT_VAT: (None, date(2026, 5, 7), date(2026, 5, 21)),
    Duty.ANSWER_VAT: (None, date(2025, 12, 22), date(2025, 12, 30)),
    Duty.LAST_CLAIMS: (None, date(2029, 8, 31), date(2030, 3, 15)),
}


def one(duty: Duty, since: date, text: str | None = None) -> Obligation:
    """Give the one obligation that follows."""
    (found,) = obligations(
        duty, subject="3", since=since, setting=setting(DUTIES[duty].key, text), on=since
    )
    return found


@pytest.mark.parametrize("duty", Duty)
def test_every_duty_falls_due_on_the_day_counted_by_hand(duty: Duty) -> None:
    """By the value of the law, or by that of the demo programme where the law has none."""
    text, since, due_on = EXPECTED[duty]
    found = one(duty, since, text)
    assert found.due_on == due_on
    assert found.who is DUTIES[duty].who
    assert found.name == DUTIES[duty].name
    assert found.source == setting(DUTIES[duty].key, text).source
    assert not found.is_overdue(on=due_on)
    assert found.is_overdue(on=date(2030, 12, 31))


def test_a_key_that_is_counted_from_an_event_ends_in_its_unit() -> None:
    """So that nobody enters months where days are wanted."""
    for term in DUTIES.values():
        if term.reckoning in {Reckoning.WORKING_DAYS, Reckoning.CALENDAR_DAYS, Reckoning.MONTHS}:
            assert term.key.endswith(f".{term.reckoning}")


def test_reminders_come_on_working_days_before_and_never_before_the_event() -> None:
    """Five and one working days before 22.01.2026; a short term has only the last one."""
    long = one(Duty.CHECK_CLAIM, date(2025, 11, 3))
    assert long.remind_on == (date(2026, 1, 16), date(2026, 1, 21))
    assert one(Duty.ANSWER_VAT, date(2025, 12, 22)).remind_on == (date(2025, 12, 29),)
    backward = one(Duty.ASK_FOR_SCHEDULE, date(2026, 4, 7))
    assert backward.remind_on == (date(2026, 3, 13), date(2026, 3, 19))
    (silent,) = obligations(
        Duty.OBJECT,
        subject="3",
        since=date(2026, 1, 31),
        setting=setting("deadline.object.months"),
        on=date(2026, 1, 31),
        remind_before=(),
    )
    assert silent.remind_on == ()


def test_the_days_left_are_working_days() -> None:
    """On a calendar that may have days of its own."""
    found = one(Duty.CHECK_CLAIM, date(2025, 11, 3))
    assert found.working_days_left(on=date(2026, 1, 16)) == 5
    assert found.working_days_left(on=date(2026, 1, 22)) == 0
    assert found.working_days_left(on=date(2026, 1, 26)) == -2
    shut = WorkingCalendar(days_off=frozenset({date(2026, 1, 20)}))
    assert found.working_days_left(on=date(2026, 1, 16), calendar=shut) == 4


def test_pauses_move_the_day() -> None:
    """80 days, less 10 in which an answer was awaited, end 10 days later; an open one goes on."""
    since = date(2025, 11, 3)
    closed = (Pause(date(2025, 11, 10), date(2025, 11, 20)),)
    opened = (Pause(date(2025, 11, 10)),)
    check = setting("deadline.check_claim.calendar_days")
    for pauses, on in ((closed, date(2026, 1, 1)), (opened, date(2025, 11, 20))):
        (found,) = obligations(
            Duty.CHECK_CLAIM, subject="3", since=since, setting=check, pauses=pauses, on=on
        )
        clock = Clock(since, Term(80, Unit.CALENDAR_DAYS), pauses=pauses)
        assert found.due_on == clock.due_on(on=on) == date(2026, 2, 2)


def test_where_none_was_entered_nothing_is_due() -> None:
    """The agency has said, with a source, that there is no such term."""
    key = DUTIES[Duty.PAY_PROJECT_REST].key
    nothing = setting(key, "none", "pumpurs")
    day = date(2020, 1, 1)
    found = obligations(Duty.PAY_PROJECT_REST, subject="3", since=day, setting=nothing, on=day)
    assert found == ()


@pytest.mark.parametrize(
    ("duty", "key"),
    [
        (Duty.OBJECT, "deadline.repay.months"),
        (Duty.LAST_CLAIMS, "recovery.schedule.last_day"),
    ],
)
def test_a_setting_of_another_duty_is_refused(duty: Duty, key: str) -> None:
    """The one wanted is named."""
    day = date(2026, 1, 31)
    with pytest.raises(UnusableTerm) as error:
        obligations(duty, subject="3", since=day, setting=setting(key), on=day)
    assert error.value.problem.code == "WFL-513"
    assert error.value.problem.subject == DUTIES[duty].key


@pytest.mark.parametrize(
    ("duty", "value"),
    [(Duty.OBJECT, date(2026, 1, 1)), (Duty.OBJECT, True), (Duty.LAST_CLAIMS, 15)],
)
def test_a_setting_of_the_wrong_shape_is_refused(duty: Duty, value: date | int) -> None:
    """A day where a number is wanted, a number where a day is."""
    good = setting(DUTIES[duty].key)
    bad = type(good)(good.key, good.text, value, good.starts, good.ends, good.source, good.status)
    day = date(2026, 1, 31)
    with pytest.raises(UnusableTerm):
        obligations(duty, subject="3", since=day, setting=bad, on=day)


def test_the_last_of_february_exists_every_year() -> None:
    """29 February is the 28th where there is none."""
    assert day_of(2028, 229) == date(2028, 2, 29)
    assert day_of(2027, 229) == date(2027, 2, 28)


def test_every_party_has_a_duty_that_is_shown_to_it() -> None:
    """The partner, the reviewer, the approver, the treasurer and the programme manager."""
    assert {term.who for term in DUTIES.values()} == {
        Role.PARTNER_ACCOUNTANT,
        Role.AGENCY_REVIEWER,
        Role.AGENCY_APPROVER,
        Role.AGENCY_TREASURER,
        Role.PROGRAMME_MANAGER,
    }
