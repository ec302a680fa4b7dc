"""Terms that one side gives the other, which the law does not allow to be too short."""

from __future__ import annotations

from typing import TYPE_CHECKING

from skola_finance.problems import Problem, Severity, Text
from skola_finance.workflow.working_days import LATVIA, WorkingCalendar

if TYPE_CHECKING:
    from datetime import date

NOTICE_KEY = "deadline.spot_check_notice.working_days"


def check_notice(
    *, notified_on: date, held_on: date, least: int, calendar: WorkingCalendar = LATVIA
) -> tuple[Problem, ...]:
    """Find a check on the spot that was announced too late.

    Args:
        notified_on: the day of the notice, which is not counted.
        held_on: the day of the check, which is.
        least: working days, the setting `deadline.spot_check_notice.working_days`.
        calendar: the working days.

    Returns: WFL-506, or nothing.
    Source: Regulation 135 par. 31; the counting is design.
    """
    first = calendar.add(notified_on, working_days=least)
    if held_on >= first:
        return ()
    found = calendar.count(after=notified_on, until=held_on)
    return (
        _too_short(
            "WFL-506",
            lv=f"Par pārbaudi {held_on:%d.%m.%Y.} paziņots {notified_on:%d.%m.%Y.}: "
            f"{found} darbdienas no vismaz {least}.",
            en=f"The check on {held_on} was announced on {notified_on}: "
            f"{found} of at least {least} working days.",
            first=first,
        ),
    )


def check_request_term(
    *, asked_on: date, answer_by: date, least: int, calendar: WorkingCalendar = LATVIA
) -> tuple[Problem, ...]:
    """Find a request for documents that gives less time than it must.

    Args:
        asked_on: the day of the request, which is not counted.
        answer_by: the last day to answer.
        least: working days, the setting `deadline.answer_request.working_days`.
        calendar: the working days.

    Returns: WFL-507, or nothing.
    Source: Regulation 135 par. 50.
    """
    first = calendar.add(asked_on, working_days=least)
    if answer_by >= first:
        return ()
    found = calendar.count(after=asked_on, until=answer_by)
    return (
        _too_short(
            "WFL-507",
            lv=f"Atbildei līdz {answer_by:%d.%m.%Y.} dotas {found} darbdienas no vismaz {least}.",
            en=f"The answer by {answer_by} leaves {found} of at least {least} working days.",
            first=first,
        ),
    )


def _too_short(code: str, *, lv: str, en: str, first: date) -> Problem:
    return Problem(
        code=code,
        severity=Severity.ERROR,
        message=Text(lv=lv, en=en),
        hint=Text(
            lv=f"Agrākā iespējamā diena ir {first:%d.%m.%Y.}",
            en=f"The earliest day possible is {first}.",
        ),
    )
