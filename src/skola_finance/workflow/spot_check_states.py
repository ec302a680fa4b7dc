"""A check on the spot: planned, notified in time, held, reported."""

from __future__ import annotations

from enum import StrEnum
from types import MappingProxyType

from skola_finance.problems import Text
from skola_finance.workflow.machine import Machine, named
from skola_finance.workflow.roles import Role


class SpotCheckState(StrEnum):
    """Where a check on the spot stands."""

    PLANNED = "planned"
    """In the plan; the partner does not know yet."""
    NOTIFIED = "notified"
    """The partner has been told."""
    HELD = "held"
    """It has taken place."""
    REPORTED = "reported"
    """The partner has the result."""
    CANCELLED = "cancelled"
    """It does not take place."""


class SpotCheckCommand(StrEnum):
    """What can be done to a check on the spot."""

    PLAN = "plan"
    """Plan it."""
    NOTIFY = "notify"
    """Tell the partner the day, in time (`check_notice`)."""
    HOLD = "hold"
    """Record that it took place."""
    HOLD_UNANNOUNCED = "hold_unannounced"
    """Record a check of lessons or events without notice (Regulation 135 par. 32.1)."""
    RECORD_FINDING = "record_finding"
    """Record what was found, line by line."""
    REPORT = "report"
    """Send the result to the partner."""
    CANCEL = "cancel"
    """Call it off."""


_CHECKING = frozenset({Role.AGENCY_REVIEWER, Role.PROGRAMME_MANAGER})

SPOT_CHECKS: Machine[SpotCheckState, SpotCheckCommand] = Machine(
    key="spot_check",
    title=Text(lv="Pārbaude projekta īstenošanas vietā", en="On-the-spot check"),
    opening=SpotCheckCommand.PLAN,
    initial=SpotCheckState.PLANNED,
    transitions=MappingProxyType(
        {
            (SpotCheckState.PLANNED, SpotCheckCommand.NOTIFY): SpotCheckState.NOTIFIED,
            (SpotCheckState.PLANNED, SpotCheckCommand.HOLD_UNANNOUNCED): SpotCheckState.HELD,
            (SpotCheckState.PLANNED, SpotCheckCommand.CANCEL): SpotCheckState.CANCELLED,
            (SpotCheckState.NOTIFIED, SpotCheckCommand.HOLD): SpotCheckState.HELD,
            (SpotCheckState.NOTIFIED, SpotCheckCommand.CANCEL): SpotCheckState.CANCELLED,
            (SpotCheckState.HELD, SpotCheckCommand.RECORD_FINDING): SpotCheckState.HELD,
            (SpotCheckState.HELD, SpotCheckCommand.REPORT): SpotCheckState.REPORTED,
        }
    ),
    may=MappingProxyType(dict.fromkeys(SpotCheckCommand, _CHECKING)),
    state_names=named(
        {
            SpotCheckState.PLANNED: ("Plānota", "Planned"),
            SpotCheckState.NOTIFIED: ("Paziņota", "Notified"),
            SpotCheckState.HELD: ("Notikusi", "Held"),
            SpotCheckState.REPORTED: ("Rezultāts nosūtīts", "Reported"),
            SpotCheckState.CANCELLED: ("Atcelta", "Cancelled"),
        }
    ),
    command_names=named(
        {
            SpotCheckCommand.PLAN: ("Plānot pārbaudi", "Plan"),
            SpotCheckCommand.NOTIFY: ("Paziņot partnerim", "Notify"),
            SpotCheckCommand.HOLD: ("Reģistrēt pārbaudi", "Record the check"),
            SpotCheckCommand.HOLD_UNANNOUNCED: (
                "Reģistrēt nepaziņotu pārbaudi",
                "Record an unannounced check",
            ),
            SpotCheckCommand.RECORD_FINDING: ("Reģistrēt konstatējumu", "Record a finding"),
            SpotCheckCommand.REPORT: ("Nosūtīt rezultātu", "Report"),
            SpotCheckCommand.CANCEL: ("Atcelt pārbaudi", "Cancel"),
        }
    ),
)
"""The life of a check on the spot."""
