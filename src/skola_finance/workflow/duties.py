"""The legal duties that have a day: what, who, since which event, and by which setting.

No term stands here. Each is a setting: its value, its source and its days come from the rulebook,
because for the partner it is the cooperation agreement that binds (Regulation 483 par. 19).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

from skola_finance.problems import Text
from skola_finance.workflow.roles import Role

if TYPE_CHECKING:
    from collections.abc import Mapping


class Reckoning(StrEnum):
    """How the day of a duty follows from its setting."""

    WORKING_DAYS = "working_days"
    """So many working days after the event."""
    CALENDAR_DAYS = "calendar_days"
    """So many days after the event."""
    MONTHS = "months"
    """So many months after the event."""
    WORKING_DAYS_BEFORE = "working_days_before"
    """At the latest so many working days before a day to come."""
    NEXT_YEAR = "next_year"
    """On a fixed day of the year after the event's."""
    FIXED = "fixed"
    """On one day."""


class Duty(StrEnum):
    """A duty with a day."""

    FILE_CLAIM = "file_claim"
    """Partner: the claim for a semester."""
    REVIEW_CLAIM = "review_claim"
    """Agency: its own review, up to the recommendation."""
    CHECK_CLAIM = "check_claim"
    """Agency: check, approval and payment together (Regulation 135 par. 48)."""
    PAY_CLAIM = "pay_claim"
    """Agency: payment after the approval."""
    ANSWER_REQUEST = "answer_request"
    """Partner: documents and explanations asked for."""
    REPORT_SPOT_CHECK = "report_spot_check"
    """Agency: the result of a check on the spot."""
    OBJECT = "object"
    """Partner: the last day to object to a decision."""
    DECIDE_OBJECTION = "decide_objection"
    """Agency: the decision on an objection."""
    REPAY = "repay"
    """Partner: repayment after the notice."""
    ASK_FOR_SCHEDULE = "ask_for_schedule"
    """Partner: the last day to say that it cannot repay in time."""
    AGREE_SCHEDULE = "agree_schedule"
    """Agency: the schedule of instalments."""
    PAY_PROJECT_ADVANCE = "pay_project_advance"
    """Agency: 80 % of an approved initiative or partnership project."""
    PAY_PROJECT_REST = "pay_project_rest"
    """Agency: the rest, after the final report is approved."""
    CLEAR_ADVANCE = "clear_advance"
    """Partner: claims that come up to an advance."""
    USE_BANK_ACCOUNT = "use_bank_account"
    """Agency: the first day on which a newly confirmed bank account may be paid to."""
    PUBLISH_NEWS = "publish_news"
    """Agency and partner: news of the project."""
    REPORT_PROGRESS = "report_progress"
    """Agency: the report to the advisory council."""
    APPROVE_OLD_YEAR = "approve_old_year"
    """Agency: approvals that still belong to the year before."""
    REPORT_PARTICIPANTS = "report_participants"
    """Agency: participants of the year before."""
    MEND_PARTICIPANTS = "mend_participants"
    """Agency: corrections of the participants' report."""
    REPORT_VAT = "report_vat"
    """Agency: the VAT report of a project year."""
    ANSWER_VAT = "answer_vat"
    """Partner: originals for the tax authority."""
    LAST_CLAIMS = "last_claims"
    """Agency: last approvals and repayments of the period."""


@dataclass(frozen=True, slots=True)
class DutyTerm:
    """Who owes a duty, counted from which event, by which setting."""

    who: Role
    name: Text
    key: str
    reckoning: Reckoning


def _duty(who: Role, key: str, reckoning: Reckoning, *, lv: str, en: str) -> DutyTerm:
    return DutyTerm(who=who, name=Text(lv=lv, en=en), key=key, reckoning=reckoning)


def _after(who: Role, key: str, unit: Reckoning, *, lv: str, en: str) -> DutyTerm:
    """Make a duty that runs from an event; its key ends in the unit, so that nobody mixes them."""
    return _duty(who, f"deadline.{key}.{unit}", unit, lv=lv, en=en)


_WORKING, _CALENDAR, _MONTHS = Reckoning.WORKING_DAYS, Reckoning.CALENDAR_DAYS, Reckoning.MONTHS
_PARTNER, _REVIEWER = Role.PARTNER_ACCOUNTANT, Role.AGENCY_REVIEWER
_APPROVER, _TREASURER, _LEAD = (
    Role.AGENCY_APPROVER,
    Role.AGENCY_TREASURER,
    Role.PROGRAMME_MANAGER,
)

DUTIES: Mapping[Duty, DutyTerm] = MappingProxyType(
    {
        Duty.FILE_CLAIM: _after(
            _PARTNER, "file_claim", _WORKING, lv="Iesniegt izdevumu pārskatu", en="File the claim"
        ),
        Duty.REVIEW_CLAIM: _after(
            _REVIEWER, "review_claim", _WORKING, lv="Pārbaudīt pārskatu", en="Review the claim"
        ),
        Duty.CHECK_CLAIM: _after(
            _APPROVER,
            "check_claim",
            _CALENDAR,
            lv="Pārbaudīt, apstiprināt un samaksāt",
            en="Check, approve and pay",
        ),
        Duty.PAY_CLAIM: _after(
            _TREASURER, "pay_claim", _WORKING, lv="Samaksāt apstiprināto", en="Pay what is approved"
        ),
        Duty.ANSWER_REQUEST: _after(
            _PARTNER,
            "answer_request",
            _WORKING,
            lv="Iesniegt pieprasītos dokumentus",
            en="Hand in what was asked for",
        ),
        Duty.REPORT_SPOT_CHECK: _after(
            _REVIEWER,
            "report_spot_check",
            _WORKING,
            lv="Nosūtīt pārbaudes rezultātu",
            en="Send the result of the check",
        ),
        Duty.OBJECT: _after(
            _PARTNER, "object", _MONTHS, lv="Iesniegt iebildumu", en="Object to the decision"
        ),
        Duty.DECIDE_OBJECTION: _after(
            _APPROVER,
            "decide_objection",
            _MONTHS,
            lv="Izlemt par iebildumu",
            en="Decide on the objection",
        ),
        Duty.REPAY: _after(
            _PARTNER, "repay", _MONTHS, lv="Atmaksāt līdzekļus", en="Repay the money"
        ),
        Duty.ASK_FOR_SCHEDULE: _duty(
            _PARTNER,
            "deadline.ask_for_schedule.working_days",
            Reckoning.WORKING_DAYS_BEFORE,
            lv="Lūgt atmaksas grafiku",
            en="Ask for a repayment schedule",
        ),
        Duty.AGREE_SCHEDULE: _after(
            _LEAD,
            "agree_schedule",
            _WORKING,
            lv="Saskaņot atmaksas grafiku",
            en="Agree the repayment schedule",
        ),
        Duty.PAY_PROJECT_ADVANCE: _after(
            _TREASURER,
            "pay_project_advance",
            _CALENDAR,
            lv="Izmaksāt projekta priekšfinansējumu",
            en="Prefinance the project",
        ),
        Duty.PAY_PROJECT_REST: _after(
            _TREASURER,
            "pay_project_rest",
            _CALENDAR,
            lv="Izmaksāt projekta atlikušo daļu",
            en="Pay the rest of the project",
        ),
        Duty.CLEAR_ADVANCE: _after(
            _PARTNER,
            "clear_advance",
            _MONTHS,
            lv="Iesniegt pārskatus avansa apmērā",
            en="File claims up to the advance",
        ),
        Duty.USE_BANK_ACCOUNT: _after(
            _TREASURER,
            "use_bank_account",
            _WORKING,
            lv="Sākt maksāt uz jauno kontu",
            en="Begin to pay to the new account",
        ),
        Duty.PUBLISH_NEWS: _after(
            _LEAD,
            "publish_news",
            _MONTHS,
            lv="Publicēt informāciju par projektu",
            en="Publish news of the project",
        ),
        Duty.REPORT_PROGRESS: _after(
            _LEAD,
            "report_progress",
            _MONTHS,
            lv="Ziņot konsultatīvajai padomei",
            en="Report to the advisory council",
        ),
        Duty.APPROVE_OLD_YEAR: _duty(
            _APPROVER,
            "year_end.approve_until",
            Reckoning.NEXT_YEAR,
            lv="Apstiprināt iepriekšējā gada izdevumus",
            en="Approve what belongs to the year before",
        ),
        Duty.REPORT_PARTICIPANTS: _duty(
            _LEAD,
            "report.participants_on",
            Reckoning.NEXT_YEAR,
            lv="Iesniegt pārskatu par dalībniekiem",
            en="Report the participants",
        ),
        Duty.MEND_PARTICIPANTS: _after(
            _LEAD,
            "mend_participants",
            _WORKING,
            lv="Precizēt datus par dalībniekiem",
            en="Mend the participants' report",
        ),
        Duty.REPORT_VAT: _after(
            _LEAD, "report_vat", _WORKING, lv="Iesniegt PVN pārskatu", en="Hand in the VAT report"
        ),
        Duty.ANSWER_VAT: _after(
            _PARTNER,
            "answer_vat",
            _WORKING,
            lv="Iesniegt dokumentus VID",
            en="Hand documents to the tax authority",
        ),
        Duty.LAST_CLAIMS: _duty(
            _LEAD,
            "claims.last_day",
            Reckoning.FIXED,
            lv="Pabeigt apstiprināšanu un atmaksu",
            en="Finish approvals and repayments",
        ),
    }
)
"""Every duty with a day."""
