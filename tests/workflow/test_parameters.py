"""The settings that the workflow reads: each programme has them, and none is left unread."""

from __future__ import annotations

from datetime import date

import pytest

from skola_finance.rulebook.model import PROGRAMMES
from skola_finance.rulebook.rulebook import UnsetParameter
from skola_finance.workflow import DUTIES, NOTICE_KEY
from tests.workflow.offers import book, keys_of, parameter

SKOLA_KOPIENA, PUMPURS = PROGRAMMES

OTHERS = {
    *("review.reviewers", "review.signatory_submits", "reminder.working_days"),
    *("calendar.days_off", "calendar.days_worked"),
    *(NOTICE_KEY, "report.vat_period.months"),
    *("recovery.floor", "recovery.schedule.months", "recovery.schedule.last_day"),
    *("sub_project.advance_rate", "advance.max_rate"),
}
"""Settings that are no duty with a day."""

WITHOUT = {
    SKOLA_KOPIENA: set[str](),
    PUMPURS: {
        *("claims.last_day", "deadline.report_progress.months", "report.participants_on"),
        *("deadline.mend_participants.working_days", "report.vat_period.months"),
        *("deadline.report_vat.working_days", "deadline.answer_vat.working_days"),
    },
}
"""What only the acts of the period 2021 to 2027 ask for."""

OFFERED = {
    "deadline.check_claim.calendar_days": "80",
    "deadline.answer_request.working_days": "5",
    "deadline.spot_check_notice.working_days": "5",
    "deadline.report_spot_check.working_days": "20",
    "deadline.repay.months": "1",
    "deadline.ask_for_schedule.working_days": "10",
    "deadline.agree_schedule.working_days": "10",
    "recovery.schedule.months": "36",
    "recovery.schedule.last_day": "2039-12-31",
    "recovery.floor": "250.00",
    "advance.max_rate": "30 %",
    "deadline.clear_advance.months": "6",
    "deadline.object.months": "1",
    "deadline.decide_objection.months": "1",
}
"""What the acts give the authority and the beneficiary of Skola – kopienā."""


@pytest.mark.parametrize("programme", PROGRAMMES)
def test_each_programme_has_every_key_that_the_workflow_reads(programme: str) -> None:
    """Of every duty, of the notice and of the rest, but for what its acts do not ask for."""
    wanted = OTHERS | {term.key for term in DUTIES.values()}
    assert wanted - keys_of(programme) == WITHOUT[programme]


@pytest.mark.parametrize("programme", PROGRAMMES)
def test_no_term_is_asked_of_the_agency_that_nothing_reads(programme: str) -> None:
    """Whoever adds a deadline to the rules adds the duty that it is for."""
    terms = {key for key in keys_of(programme) if key.startswith("deadline.")}
    assert terms <= OTHERS | {term.key for term in DUTIES.values()}


@pytest.mark.parametrize(("programme", "offered"), [(SKOLA_KOPIENA, OFFERED), (PUMPURS, {})])
def test_what_is_offered_is_what_the_acts_say(programme: str, offered: dict[str, str]) -> None:
    """The acts of the period of PuMPuRS were not read, and nothing is offered."""
    parameters = book(programme).parameters
    found = {one.key: [each.text for each in one.offered] for one in parameters if one.offered}
    assert found == {key: [text] for key, text in offered.items()}


@pytest.mark.parametrize("key", OFFERED)
def test_what_is_offered_holds_for_nobody(key: str) -> None:
    """It is unset until the agency enters it, and no value binds in its place."""
    assert not parameter(key).defaults
    with pytest.raises(UnsetParameter):
        book(SKOLA_KOPIENA).setting(key, on=date(2026, 1, 15))
