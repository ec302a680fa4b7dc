"""What is due, when, by whom and by which source; and which terms nobody has entered."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from skola_finance.problems import SkolaError
from skola_finance.storage.tables import InstalmentRow, RecoveryRow, SubProjectRow
from skola_finance.usecases.paying.orders import order_claim_payment
from skola_finance.usecases.programmes.opening import open_programme
from skola_finance.usecases.reports.obligations import missing_settings, obligations_of
from skola_finance.usecases.review.objections import file_objection
from skola_finance.usecases.review.outcome import reject_claim
from skola_finance.usecases.review.questions import answer_clarification, ask_clarification
from skola_finance.usecases.review.spot_checks import hold_unannounced_check, plan_spot_check
from skola_finance.usecases.review.taking_up import start_review
from skola_finance.workflow import Duty, Role
from tests.databases import KINDS, new_store
from tests.usecases.prepared import prepared
from tests.usecases.world import LIEPAJA, OTHER_SCHOOL, REZEKNE, SCHOOL, SK, World, line

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from skola_finance.usecases.reports.terms_due import Due

ACCOUNTANT = "liepaja.accountant"
TERMS = {
    "deadline.file_claim.working_days": "15",
    "deadline.review_claim.working_days": "20",
    "deadline.check_claim.calendar_days": "80",
    "deadline.pay_claim.working_days": "10",
    "deadline.object.months": "1",
    "deadline.decide_objection.months": "1",
    "deadline.repay.months": "1",
    "deadline.ask_for_schedule.working_days": "10",
    "deadline.report_spot_check.working_days": "20",
}


def made(world: World) -> None:
    """Open the programme with Liepāja in it and the terms entered."""
    world.open()
    world.add_partner(LIEPAJA, SCHOOL)
    for key, value in TERMS.items():
        world.set(key, value)


@pytest.fixture(params=KINDS)
def world(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[World]:
    """Give the programme on both databases."""
    with prepared(made, tmp_path, request.param) as world:
        yield world


@pytest.fixture
def embedded(tmp_path: Path) -> Iterator[World]:
    """Give the programme on SQLite alone."""
    with prepared(made, tmp_path) as world:
        yield world


def due(world: World, *duties: Duty, who: str = "manager") -> list[tuple[Duty, str, date]]:
    """Give what a person sees due of some duties: duty, subject and day."""
    found = obligations_of(world.store, world.order(who), SK)
    return [
        (one.duty, one.subject, one.due_on) for one in found if not duties or one.duty in duties
    ]


def the_one(world: World, duty: Duty, who: str = "manager") -> Due:
    """Give the one thing that is due of a duty."""
    found = obligations_of(world.store, world.order(who), SK)
    (one,) = [each for each in found if each.duty is duty]
    return one


def test_a_claim_is_due_after_each_semester_until_it_is_filed(world: World) -> None:
    """15 working days after 31.12.2025 are 22.01.2026; spring, which runs, is due in September.

    The agreement was signed on 01.08.2025, in the spring semester.
    """
    early, first, second = due(world, Duty.FILE_CLAIM)
    assert early[1:] == ("2025-spring", date(2025, 9, 19))
    assert first[1:] == ("2025-autumn", date(2026, 1, 22))
    assert second[1:] == ("2026-spring", date(2026, 9, 21))
    late, one, *_ = obligations_of(world.store, world.order(ACCOUNTANT), SK)
    assert late.is_overdue
    assert (one.who, one.name.en) == (Role.PARTNER_ACCOUNTANT, "File the claim")
    assert (one.source, one.illustrative) == ("a document of the tests", True)
    assert one.remind_on == (date(2026, 1, 16), date(2026, 1, 21))
    assert (one.working_days_left, one.is_overdue) == (6, False)
    world.filed(ACCOUNTANT, [line()])
    assert due(world, Duty.FILE_CLAIM) == [early, second]


def test_the_clock_of_a_check_stands_while_a_question_is_open(world: World) -> None:
    """80 days from 15.01.2026 end on Sunday 05.04. before Easter Monday, so on 07.04.2026."""
    claim = world.filed(ACCOUNTANT, [line()])["claim"]
    review, check = due(world, Duty.REVIEW_CLAIM, Duty.CHECK_CLAIM)
    assert check == (Duty.CHECK_CLAIM, claim, date(2026, 4, 7))
    world.do("reviewer", start_review, claim=claim)
    asked = world.do(
        "reviewer",
        ask_clarification,
        claim=claim,
        question="Where is the plan?",
        answer_by=date(2026, 1, 26),
    )
    answer = the_one(world, Duty.ANSWER_REQUEST, ACCOUNTANT)
    assert (answer.due_on, answer.subject) == (date(2026, 1, 26), claim)
    number = asked["clarification"]
    assert answer.told_source.lv == f"jautājums Nr. {number}"
    assert answer.told_source.en == f"question no. {number}"
    world.clock.go_to(2026, 1, 25)
    moved = {one[0]: one[2] for one in due(world, Duty.REVIEW_CLAIM, Duty.CHECK_CLAIM)}
    assert moved[Duty.CHECK_CLAIM] == date(2026, 4, 15)
    assert moved[Duty.REVIEW_CLAIM] > review[2]
    inputs = {"clarification": asked["clarification"], "answer": "Here."}
    world.do(ACCOUNTANT, answer_clarification, **inputs)
    world.clock.go_to(2026, 2, 25)
    assert due(world, Duty.CHECK_CLAIM) == [(Duty.CHECK_CLAIM, claim, date(2026, 4, 15))]
    assert due(world, Duty.ANSWER_REQUEST) == []


def test_what_is_approved_is_paid_in_time_and_a_cut_may_be_objected_to(embedded: World) -> None:
    """Until the payment is made, the month is over, or the objection is filed."""
    whole = embedded.approved(ACCOUNTANT, [line()])["claim"]
    cut = embedded.approved(ACCOUNTANT, [line(amount="14.00")])["claim"]
    assert sorted(due(embedded, Duty.PAY_CLAIM)) == [
        (Duty.PAY_CLAIM, whole, date(2026, 1, 28)),
        (Duty.PAY_CLAIM, cut, date(2026, 1, 28)),
    ]
    embedded.do("treasurer", order_claim_payment, claim=whole)
    assert (Duty.CHECK_CLAIM, whole, date(2026, 4, 7)) in due(embedded)
    assert due(embedded, Duty.OBJECT) == [(Duty.OBJECT, cut, date(2026, 2, 16))]
    embedded.clock.go_to(2026, 2, 17)
    assert due(embedded, Duty.OBJECT) == []


def test_an_objection_is_decided_in_time(embedded: World) -> None:
    """Once it is filed nobody is reminded to file it."""
    claim = embedded.filed(ACCOUNTANT, [line()])["claim"]
    embedded.do("reviewer", start_review, claim=claim)
    embedded.do("reviewer", reject_claim, claim=claim, reason="not ours")
    assert due(embedded, Duty.OBJECT, Duty.DECIDE_OBJECTION) == [
        (Duty.OBJECT, claim, date(2026, 2, 16))
    ]
    embedded.clock.go_to(2026, 2, 2)
    embedded.do(ACCOUNTANT, file_objection, machine="claim", thing=claim, reasons="It is.")
    assert due(embedded, Duty.OBJECT, Duty.DECIDE_OBJECTION) == [
        (Duty.DECIDE_OBJECTION, claim, date(2026, 3, 2))
    ]


def recovery(world: World, state: str, **more: Any) -> None:  # noqa: ANN401 - columns
    """Enter a recovery of 13.20 by hand."""
    with world.store.writing() as unit:
        row = RecoveryRow(
            key="R-1",
            programme=SK,
            partner_reg_no=LIEPAJA,
            document="K-1",
            amount_cents=1320,
            reason="a correction",
            notified_on=date(2026, 1, 15),
            state=state,
            **more,
        )
        unit.add(row)
        unit.add(InstalmentRow(recovery_id=row.id, due_on=date(2026, 5, 4), amount_cents=1320))


def test_a_debt_is_repaid_within_its_term(embedded: World) -> None:
    """A month after the notice, and a schedule is asked for ten working days before."""
    recovery(embedded, "notified")
    assert due(embedded, Duty.REPAY, Duty.ASK_FOR_SCHEDULE) == [
        (Duty.ASK_FOR_SCHEDULE, "R-1", date(2026, 2, 2)),
        (Duty.REPAY, "R-1", date(2026, 2, 16)),
    ]
    embedded.clock.go_to(2026, 2, 17)
    late = the_one(embedded, Duty.REPAY)
    assert (late.is_overdue, late.working_days_left) == (True, -1)
    assert due(embedded, Duty.ASK_FOR_SCHEDULE) == []


def test_a_day_of_the_notice_goes_before_the_term(embedded: World) -> None:
    """The recovery says its own day; a schedule that is repaid has no day left."""
    recovery(embedded, "overdue", repay_by=date(2026, 1, 30))
    one = the_one(embedded, Duty.REPAY)
    assert (one.due_on, one.source.split(" · ")[1]) == (date(2026, 1, 30), "notice of recovery R-1")
    with embedded.store.writing() as unit:
        (row,) = unit.payments.recoveries(SK)
        row.state = "schedule_agreed"
        unit.add(row)
    assert due(embedded, Duty.REPAY) == []


def test_a_sub_project_is_prefinanced_and_a_visit_reported_in_time(embedded: World) -> None:
    """30 calendar days by the regulation itself, 20 working days as entered."""
    with embedded.store.writing() as unit:
        for number, state in (("I-1", "approved"), ("I-2", "report_approved")):
            project = SubProjectRow(
                programme=SK,
                project_no=number,
                partner_reg_no=LIEPAJA,
                activity="initiative_project",
                title="A project",
                asked_cents=100,
                approved_on=date(2025, 11, 25),
                report_approved_on=date(2026, 1, 5),
                state=state,
            )
            unit.add(project)
    today = embedded.clock.at.date()
    planned = embedded.do(
        "reviewer",
        plan_spot_check,
        programme=SK,
        partner=LIEPAJA,
        place="a school",
        subject="lessons",
        planned_on=today,
    )["spot_check"]
    held = {"spot_check": planned, "held_on": today, "reason": "the timetable"}
    embedded.do("reviewer", hold_unannounced_check, **held)
    found = due(embedded, Duty.PAY_PROJECT_ADVANCE, Duty.PAY_PROJECT_REST, Duty.REPORT_SPOT_CHECK)
    assert found == [
        (Duty.PAY_PROJECT_ADVANCE, "I-1", date(2025, 12, 29)),
        (Duty.PAY_PROJECT_REST, "I-2", date(2026, 2, 4)),
        (Duty.REPORT_SPOT_CHECK, f"spot_check/{planned}", date(2026, 2, 11)),
    ]


def test_what_comes_round_in_the_programme_is_due_next_time(embedded: World) -> None:
    """News, council, last year's approvals, participants, VAT, and the last day of all."""
    whole = {one[0]: one[1:] for one in due(embedded)}
    assert whole[Duty.PUBLISH_NEWS] == (SK, date(2026, 4, 15))
    assert whole[Duty.REPORT_PROGRESS] == (SK, date(2026, 7, 15))
    assert whole[Duty.APPROVE_OLD_YEAR] == ("2025", date(2026, 1, 31))
    assert whole[Duty.REPORT_PARTICIPANTS] == ("2025", date(2026, 1, 30))
    assert whole[Duty.REPORT_VAT] == (SK, date(2026, 5, 21))
    assert whole[Duty.LAST_CLAIMS] == (SK, date(2030, 3, 15))
    own = {one[0] for one in due(embedded, who=ACCOUNTANT)}
    assert own == {Duty.FILE_CLAIM, Duty.PUBLISH_NEWS, Duty.LAST_CLAIMS}
    embedded.clock.go_to(2026, 7, 1)
    later = {one[0]: one[1:] for one in due(embedded)}
    assert later[Duty.PUBLISH_NEWS] == (SK, date(2026, 7, 15))
    assert later[Duty.APPROVE_OLD_YEAR] == ("2026", date(2027, 1, 31))
    days = [one.due_on for one in obligations_of(embedded.store, embedded.order("auditor"), SK)]
    assert days == sorted(days)


def test_everybody_sees_what_is_theirs(embedded: World) -> None:
    """A partner's people see their own partner; the administrator sees nothing of money."""
    embedded.add_partner(REZEKNE, OTHER_SCHOOL, iban="LV17DEMO0000000000002")
    embedded.filed("rezekne.accountant", [line(institution_reg_no=OTHER_SCHOOL)])
    own = obligations_of(embedded.store, embedded.order(ACCOUNTANT), SK)
    assert {one.partner_reg_no for one in own} == {LIEPAJA, ""}
    chosen = obligations_of(embedded.store, embedded.order("auditor"), SK, partner=REZEKNE)
    assert {one.partner_reg_no for one in chosen} == {REZEKNE, ""}
    for who, programme, partner, code in (
        (ACCOUNTANT, SK, REZEKNE, "AUT-603"),
        ("manager", "pumpurs", None, "AUT-603"),
        ("administrator", SK, None, "AUT-601"),
    ):
        order = embedded.order(who)
        with pytest.raises(SkolaError, match=code):
            obligations_of(embedded.store, order, programme, partner=partner)


def test_a_term_that_nobody_entered_is_named_and_makes_nothing_due(embedded: World) -> None:
    """With what the law offers; what was entered, and what binds by itself, is not missing."""
    missing = {
        one.key: one for one in missing_settings(embedded.store, embedded.order("manager"), SK)
    }
    assert set(missing) == {
        *("deadline.agree_schedule.working_days", "deadline.answer_request.working_days"),
        *("deadline.clear_advance.months", "deadline.spot_check_notice.working_days"),
        "deadline.use_bank_account.working_days",
    }
    agree = missing["deadline.agree_schedule.working_days"]
    assert agree.offered == ("10",)
    assert [one.en for one in agree.duties] == ["Agree the repayment schedule"]
    embedded.set("deadline.file_claim.working_days", "none")
    assert due(embedded, Duty.FILE_CLAIM) == []
    assert "deadline.file_claim.working_days" not in {
        one.key for one in missing_settings(embedded.store, embedded.order("auditor"), SK)
    }


def test_the_reminders_are_as_the_programme_entered_them(embedded: World) -> None:
    """Three working days before; words in place of numbers are refused with their key."""
    embedded.set("reminder.working_days", "3")
    assert the_one(embedded, Duty.LAST_CLAIMS).remind_on == (date(2030, 3, 12),)
    embedded.set("reminder.working_days", "three")
    with pytest.raises(SkolaError, match=r"reminder\.working_days"):
        due(embedded)


def test_a_programme_of_other_acts_has_no_terms_of_these(tmp_path: Path) -> None:
    """PuMPuRS knows no last day, council, participants or VAT report."""
    with new_store("sqlite", tmp_path) as store:
        world = World(store)
        world.do("manager", open_programme, programme="pumpurs")
        order = world.order("manager")
        found = {one.duty for one in obligations_of(store, order, "pumpurs")}
        keys = {one.key for one in missing_settings(store, order, "pumpurs")}
    assert found == {Duty.APPROVE_OLD_YEAR, Duty.PUBLISH_NEWS}
    assert "deadline.check_claim.calendar_days" in keys
    assert keys.isdisjoint({"claims.last_day", "report.participants_on"})
