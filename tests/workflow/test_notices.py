"""Notices and requests: a day early is refused, the day itself is fine."""

from __future__ import annotations

from datetime import date

import pytest

from skola_finance.workflow import NOTICE_KEY, check_notice, check_request_term
from tests.workflow.offers import setting

LEAST = 5


def test_the_law_offers_five_working_days_for_both() -> None:
    """Regulation 135 par. 31 and 50."""
    assert setting(NOTICE_KEY).value == LEAST
    assert setting("deadline.answer_request.working_days").value == LEAST


@pytest.mark.parametrize(
    ("told_on", "day", "found"),
    [
        # A Friday; the fifth working day is the next Friday.
        (date(2026, 2, 6), date(2026, 2, 13), None),
        (date(2026, 2, 6), date(2026, 2, 14), None),
        (date(2026, 2, 6), date(2026, 2, 12), 4),
        # Over the May holidays of 2025 the fifth is Saturday the 10th, which is worked.
        (date(2025, 4, 30), date(2025, 5, 10), None),
        (date(2025, 4, 30), date(2025, 5, 9), 4),
        (date(2026, 2, 6), date(2026, 2, 5), -1),
    ],
)
def test_the_day_of_the_notice_is_not_counted(told_on: date, day: date, found: int | None) -> None:
    """The day of the check is; the refusal names the days found and the first day possible."""
    notice = check_notice(notified_on=told_on, held_on=day, least=LEAST)
    request = check_request_term(asked_on=told_on, answer_by=day, least=LEAST)
    if found is None:
        assert notice == request == ()
        return
    assert [one.code for one in (*notice, *request)] == ["WFL-506", "WFL-507"]
    for problem in (*notice, *request):
        assert f"{found} of at least 5 working days" in problem.message.en
        assert f"{found} " in problem.message.lv
        assert "earliest day possible is 202" in problem.hint.en
