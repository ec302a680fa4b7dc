"""A recovery: claimed back, on a schedule, overdue, repaid, written off or annulled."""

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


class RecoveryState(StrEnum):
    """Where a recovery stands."""

    NOTIFIED = "notified"
    """The partner has been told; the month to repay runs."""
    SCHEDULE_AGREED = "schedule_agreed"
    """It is repaid in instalments."""
    OVERDUE = "overdue"
    """A term has passed without the money."""
    REPAID = "repaid"
    """All of it is back, paid or set off."""
    WRITTEN_OFF = "written_off"
    """Given up, with a reason, by two persons."""
    ANNULLED = "annulled"
    """It was raised by mistake, or an objection was upheld."""


class RecoveryCommand(StrEnum):
    """What can be done to a recovery."""

    NOTIFY = "notify"
    """Tell the partner what to repay, and why."""
    REQUEST_SCHEDULE = "request_schedule"
    """Ask to repay in instalments, with the reason."""
    AGREE_SCHEDULE = "agree_schedule"
    """Agree to a schedule."""
    RECORD_PART = "record_part"
    """Record a part that was repaid or set off."""
    REPAY = "repay"
    """Record that the last cent is repaid or set off."""
    MARK_OVERDUE = "mark_overdue"
    """Record that a term has passed."""
    PROPOSE_WRITE_OFF = "propose_write_off"
    """Propose to give it up, with the reason."""
    WRITE_OFF = "write_off"
    """Give it up."""
    ANNUL = "annul"
    """Undo it by a mirror entry."""


_OPEN = (RecoveryState.NOTIFIED, RecoveryState.SCHEDULE_AGREED, RecoveryState.OVERDUE)
_ANYWHERE: Mapping[RecoveryCommand, RecoveryState] = MappingProxyType(
    {
        RecoveryCommand.REPAY: RecoveryState.REPAID,
        RecoveryCommand.WRITE_OFF: RecoveryState.WRITTEN_OFF,
        RecoveryCommand.ANNUL: RecoveryState.ANNULLED,
    }
)
"""What ends an open recovery, wherever it stands."""
_STAYING = (
    RecoveryCommand.REQUEST_SCHEDULE,
    RecoveryCommand.RECORD_PART,
    RecoveryCommand.PROPOSE_WRITE_OFF,
)

_TREASURER = frozenset({Role.AGENCY_TREASURER})
_TWO_FOR_WRITE_OFF = Text(
    lv="Norakstīšanu ierosina viena persona un apstiprina cita.",
    en="One person proposes a write-off and another approves it.",
)

RECOVERIES: Machine[RecoveryState, RecoveryCommand] = Machine(
    key="recovery",
    title=Text(lv="Atgūšana", en="Recovery"),
    opening=RecoveryCommand.NOTIFY,
    initial=RecoveryState.NOTIFIED,
    transitions=MappingProxyType(
        {
            **{(state, command): state for state in _OPEN for command in _STAYING},
            **{
                (state, command): result for state in _OPEN for command, result in _ANYWHERE.items()
            },
            **{
                (state, RecoveryCommand.AGREE_SCHEDULE): RecoveryState.SCHEDULE_AGREED
                for state in _OPEN
            },
            (RecoveryState.NOTIFIED, RecoveryCommand.MARK_OVERDUE): RecoveryState.OVERDUE,
            (RecoveryState.SCHEDULE_AGREED, RecoveryCommand.MARK_OVERDUE): RecoveryState.OVERDUE,
        }
    ),
    may=MappingProxyType(
        {
            RecoveryCommand.NOTIFY: _TREASURER,
            RecoveryCommand.REQUEST_SCHEDULE: frozenset(
                {Role.PARTNER_ACCOUNTANT, Role.PARTNER_SIGNATORY}
            ),
            RecoveryCommand.AGREE_SCHEDULE: frozenset(
                {Role.AGENCY_APPROVER, Role.PROGRAMME_MANAGER}
            ),
            RecoveryCommand.RECORD_PART: _TREASURER,
            RecoveryCommand.REPAY: _TREASURER,
            RecoveryCommand.MARK_OVERDUE: _TREASURER,
            RecoveryCommand.PROPOSE_WRITE_OFF: _TREASURER,
            RecoveryCommand.WRITE_OFF: frozenset({Role.AGENCY_APPROVER}),
            RecoveryCommand.ANNUL: frozenset({Role.AGENCY_APPROVER}),
        }
    ),
    state_names=named(
        {
            RecoveryState.NOTIFIED: ("Paziņota", "Notified"),
            RecoveryState.SCHEDULE_AGREED: ("Atmaksas grafiks saskaņots", "Schedule agreed"),
            RecoveryState.OVERDUE: ("Kavēta", "Overdue"),
            RecoveryState.REPAID: ("Atmaksāta", "Repaid"),
            RecoveryState.WRITTEN_OFF: ("Norakstīta", "Written off"),
            RecoveryState.ANNULLED: ("Anulēta", "Annulled"),
        }
    ),
    command_names=named(
        {
            RecoveryCommand.NOTIFY: ("Paziņot par atmaksu", "Notify"),
            RecoveryCommand.REQUEST_SCHEDULE: ("Lūgt atmaksas grafiku", "Ask for a schedule"),
            RecoveryCommand.AGREE_SCHEDULE: ("Saskaņot atmaksas grafiku", "Agree the schedule"),
            RecoveryCommand.RECORD_PART: ("Reģistrēt daļēju atmaksu", "Record a part repaid"),
            RecoveryCommand.REPAY: ("Reģistrēt pilnu atmaksu", "Record full repayment"),
            RecoveryCommand.MARK_OVERDUE: ("Atzīmēt kavējumu", "Mark overdue"),
            RecoveryCommand.PROPOSE_WRITE_OFF: ("Ierosināt norakstīšanu", "Propose a write-off"),
            RecoveryCommand.WRITE_OFF: ("Norakstīt", "Write off"),
            RecoveryCommand.ANNUL: ("Anulēt", "Annul"),
        }
    ),
    separations=(
        Separation(
            later=frozenset({RecoveryCommand.WRITE_OFF, RecoveryCommand.ANNUL}),
            earlier=frozenset({RecoveryCommand.NOTIFY, RecoveryCommand.PROPOSE_WRITE_OFF}),
            reason=Text(
                lv="No atgūšanas neatsakās tas, kurš to uzsāka vai ierosināja norakstīt.",
                en="A recovery is not given up by who raised it or proposed to write it off.",
            ),
        ),
        Separation(
            later=frozenset({RecoveryCommand.AGREE_SCHEDULE}),
            earlier=frozenset({RecoveryCommand.NOTIFY, RecoveryCommand.REQUEST_SCHEDULE}),
            reason=Text(
                lv="Atmaksas grafiku saskaņo cita persona.",
                en="A schedule is agreed to by another person.",
            ),
        ),
    ),
    quorums=(
        Quorum(
            command=RecoveryCommand.WRITE_OFF,
            counted=frozenset({RecoveryCommand.PROPOSE_WRITE_OFF}),
            persons=1,
            reason=_TWO_FOR_WRITE_OFF,
        ),
    ),
)
"""The life of a recovery."""
