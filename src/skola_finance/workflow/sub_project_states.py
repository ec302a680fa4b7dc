"""An initiative or partnership project: applied for, approved with a sum, prefinanced, settled.

Source: Regulation 483 par. 21 (80 % within 30 days of approving the application, the rest within
30 days of approving the final report) and 18.4 (paying back what was prefinanced in vain).
"""

from __future__ import annotations

from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

from skola_finance.problems import Text
from skola_finance.workflow.four_eyes import Quorum, Separation
from skola_finance.workflow.machine import Machine, named
from skola_finance.workflow.roles import Role

if TYPE_CHECKING:
    from collections.abc import Mapping


class SubProjectState(StrEnum):
    """Where a sub-project stands."""

    APPLIED = "applied"
    """The application is in."""
    APPROVED = "approved"
    """Approved with a sum; its advance is due."""
    ADVANCE_PAID = "advance_paid"
    """The advance is with the partner."""
    REPORTED = "reported"
    """The final report is in."""
    REPORT_RETURNED = "report_returned"
    """The final report is back with the partner, to be mended."""
    REPORT_APPROVED = "report_approved"
    """The final report is approved; the rest is to be paid, or paid back."""
    SETTLED = "settled"
    """The rest is paid or paid back; nothing is open."""
    ABANDONED = "abandoned"
    """Not carried out; an advance is to be paid back."""
    REJECTED = "rejected"
    """The application was refused."""
    WITHDRAWN = "withdrawn"
    """The application was taken back."""


class SubProjectCommand(StrEnum):
    """What can be done to a sub-project."""

    APPLY = "apply"
    """Apply with a description and a sum."""
    WITHDRAW = "withdraw"
    """Take the application back."""
    RECOMMEND = "recommend"
    """Say as a reviewer that it can be approved, and with what sum."""
    APPROVE = "approve"
    """Approve it with a sum."""
    REJECT = "reject"
    """Refuse it."""
    PAY_ADVANCE = "pay_advance"
    """Record that the bank has paid the advance."""
    RETURN_ADVANCE = "return_advance"
    """Record that the payment of the advance came back."""
    REPORT = "report"
    """Hand in the final report."""
    RETURN_REPORT = "return_report"
    """Give the final report back to be mended."""
    RECOMMEND_REPORT = "recommend_report"
    """Say as a reviewer that the final report can be approved."""
    APPROVE_REPORT = "approve_report"
    """Approve the final report."""
    SETTLE = "settle"
    """Record that the rest is paid, or the advance paid back."""
    ABANDON = "abandon"
    """Record that it is not carried out."""


_TRANSITIONS: Mapping[tuple[SubProjectState, SubProjectCommand], SubProjectState] = (
    MappingProxyType(
        {
            (SubProjectState.APPLIED, SubProjectCommand.WITHDRAW): SubProjectState.WITHDRAWN,
            (SubProjectState.APPLIED, SubProjectCommand.RECOMMEND): SubProjectState.APPLIED,
            (SubProjectState.APPLIED, SubProjectCommand.APPROVE): SubProjectState.APPROVED,
            (SubProjectState.APPLIED, SubProjectCommand.REJECT): SubProjectState.REJECTED,
            (SubProjectState.APPROVED, SubProjectCommand.PAY_ADVANCE): SubProjectState.ADVANCE_PAID,
            (SubProjectState.APPROVED, SubProjectCommand.REPORT): SubProjectState.REPORTED,
            (SubProjectState.APPROVED, SubProjectCommand.ABANDON): SubProjectState.ABANDONED,
            (
                SubProjectState.ADVANCE_PAID,
                SubProjectCommand.RETURN_ADVANCE,
            ): SubProjectState.APPROVED,
            (SubProjectState.ADVANCE_PAID, SubProjectCommand.REPORT): SubProjectState.REPORTED,
            (SubProjectState.ADVANCE_PAID, SubProjectCommand.ABANDON): SubProjectState.ABANDONED,
            (
                SubProjectState.REPORTED,
                SubProjectCommand.RETURN_REPORT,
            ): SubProjectState.REPORT_RETURNED,
            (
                SubProjectState.REPORTED,
                SubProjectCommand.RECOMMEND_REPORT,
            ): SubProjectState.REPORTED,
            (
                SubProjectState.REPORTED,
                SubProjectCommand.APPROVE_REPORT,
            ): SubProjectState.REPORT_APPROVED,
            (SubProjectState.REPORT_RETURNED, SubProjectCommand.REPORT): SubProjectState.REPORTED,
            (SubProjectState.REPORT_RETURNED, SubProjectCommand.ABANDON): SubProjectState.ABANDONED,
            (SubProjectState.REPORT_APPROVED, SubProjectCommand.SETTLE): SubProjectState.SETTLED,
            (SubProjectState.ABANDONED, SubProjectCommand.SETTLE): SubProjectState.SETTLED,
        }
    )
)

_APPLYING = frozenset({Role.PARTNER_ACCOUNTANT, Role.PARTNER_SIGNATORY, Role.PARTNER_COORDINATOR})
_SIGNING = frozenset({Role.PARTNER_ACCOUNTANT, Role.PARTNER_SIGNATORY})
_REVIEWER = frozenset({Role.AGENCY_REVIEWER})
_APPROVER = frozenset({Role.AGENCY_APPROVER})
_TREASURER = frozenset({Role.AGENCY_TREASURER})

_OPINIONS = frozenset({SubProjectCommand.RECOMMEND, SubProjectCommand.RECOMMEND_REPORT})
_DECISIONS = frozenset({SubProjectCommand.APPROVE, SubProjectCommand.APPROVE_REPORT})
_REVIEWED_FIRST = Text(
    lv="Vispirms to izvērtē pārbaudītājs.", en="A reviewer gives an opinion first."
)

SUB_PROJECTS: Machine[SubProjectState, SubProjectCommand] = Machine(
    key="sub_project",
    title=Text(lv="Iniciatīvu vai partnerības projekts", en="Initiative or partnership project"),
    opening=SubProjectCommand.APPLY,
    initial=SubProjectState.APPLIED,
    transitions=_TRANSITIONS,
    may=MappingProxyType(
        {
            SubProjectCommand.APPLY: _APPLYING,
            SubProjectCommand.WITHDRAW: _SIGNING,
            SubProjectCommand.RECOMMEND: _REVIEWER,
            SubProjectCommand.APPROVE: _APPROVER,
            SubProjectCommand.REJECT: _APPROVER,
            SubProjectCommand.PAY_ADVANCE: _TREASURER,
            SubProjectCommand.RETURN_ADVANCE: _TREASURER,
            SubProjectCommand.REPORT: _APPLYING,
            SubProjectCommand.RETURN_REPORT: _REVIEWER,
            SubProjectCommand.RECOMMEND_REPORT: _REVIEWER,
            SubProjectCommand.APPROVE_REPORT: _APPROVER,
            SubProjectCommand.SETTLE: _TREASURER,
            SubProjectCommand.ABANDON: frozenset({Role.PARTNER_SIGNATORY, Role.PROGRAMME_MANAGER}),
        }
    ),
    state_names=named(
        {
            SubProjectState.APPLIED: ("Pieteikts", "Applied"),
            SubProjectState.APPROVED: ("Apstiprināts", "Approved"),
            SubProjectState.ADVANCE_PAID: ("Avanss izmaksāts", "Advance paid"),
            SubProjectState.REPORTED: ("Noslēguma pārskats iesniegts", "Final report in"),
            SubProjectState.REPORT_RETURNED: (
                "Noslēguma pārskats atgriezts",
                "Final report returned",
            ),
            SubProjectState.REPORT_APPROVED: (
                "Noslēguma pārskats apstiprināts",
                "Final report approved",
            ),
            SubProjectState.SETTLED: ("Noslēgts", "Settled"),
            SubProjectState.ABANDONED: ("Nav īstenots", "Not carried out"),
            SubProjectState.REJECTED: ("Noraidīts", "Rejected"),
            SubProjectState.WITHDRAWN: ("Atsaukts", "Withdrawn"),
        }
    ),
    command_names=named(
        {
            SubProjectCommand.APPLY: ("Pieteikt projektu", "Apply"),
            SubProjectCommand.WITHDRAW: ("Atsaukt pieteikumu", "Withdraw"),
            SubProjectCommand.RECOMMEND: ("Ieteikt apstiprināt", "Recommend"),
            SubProjectCommand.APPROVE: ("Apstiprināt projektu", "Approve"),
            SubProjectCommand.REJECT: ("Noraidīt pieteikumu", "Reject"),
            SubProjectCommand.PAY_ADVANCE: ("Reģistrēt izmaksātu avansu", "Record the advance"),
            SubProjectCommand.RETURN_ADVANCE: (
                "Reģistrēt atgrieztu avansa maksājumu",
                "Record the advance back",
            ),
            SubProjectCommand.REPORT: ("Iesniegt noslēguma pārskatu", "Hand in the final report"),
            SubProjectCommand.RETURN_REPORT: (
                "Atgriezt noslēguma pārskatu",
                "Return the final report",
            ),
            SubProjectCommand.RECOMMEND_REPORT: (
                "Ieteikt apstiprināt noslēguma pārskatu",
                "Recommend the final report",
            ),
            SubProjectCommand.APPROVE_REPORT: (
                "Apstiprināt noslēguma pārskatu",
                "Approve the final report",
            ),
            SubProjectCommand.SETTLE: ("Noslēgt projektu", "Settle"),
            SubProjectCommand.ABANDON: ("Reģistrēt, ka netiek īstenots", "Abandon"),
        }
    ),
    separations=(
        Separation(
            later=_OPINIONS | _DECISIONS,
            earlier=frozenset({SubProjectCommand.APPLY, SubProjectCommand.REPORT}),
            reason=Text(
                lv="Par projektu nelemj tas, kurš to pieteica vai par to ziņoja.",
                en="Nobody decides on a project that they applied for or reported on.",
            ),
        ),
        Separation(
            later=_DECISIONS,
            earlier=_OPINIONS | {SubProjectCommand.RETURN_REPORT},
            reason=Text(
                lv="Projektu neapstiprina tas, kurš to izvērtēja.",
                en="Nobody approves a project that they reviewed.",
            ),
        ),
        Separation(
            later=frozenset({SubProjectCommand.PAY_ADVANCE, SubProjectCommand.SETTLE}),
            earlier=_DECISIONS,
            reason=Text(
                lv="Maksājumu neveic tas, kurš par to lēma.",
                en="Nobody pays what they approved.",
            ),
        ),
    ),
    quorums=(
        Quorum(
            command=SubProjectCommand.APPROVE,
            counted=frozenset({SubProjectCommand.RECOMMEND}),
            persons=1,
            reason=_REVIEWED_FIRST,
        ),
        Quorum(
            command=SubProjectCommand.APPROVE_REPORT,
            counted=frozenset({SubProjectCommand.RECOMMEND_REPORT}),
            persons=1,
            since=SubProjectCommand.REPORT,
            reason=_REVIEWED_FIRST,
        ),
    ),
)
"""The life of a sub-project."""
