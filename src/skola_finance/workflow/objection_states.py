"""An objection to a decision on a claim, an irregularity or a recovery."""

from __future__ import annotations

from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

from skola_finance.problems import Text
from skola_finance.workflow.claim_vocabulary import COMMAND_NAMES, ClaimCommand
from skola_finance.workflow.four_eyes import Separation
from skola_finance.workflow.irregularity_states import IRREGULARITIES, IrregularityCommand
from skola_finance.workflow.machine import Machine, named
from skola_finance.workflow.recovery_states import RECOVERIES, RecoveryCommand
from skola_finance.workflow.roles import Role

if TYPE_CHECKING:
    from collections.abc import Mapping


class ObjectionState(StrEnum):
    """Where an objection stands."""

    FILED = "filed"
    """In time, and not decided yet."""
    UPHELD = "upheld"
    """The partner was right, wholly or in part."""
    DISMISSED = "dismissed"
    """The decision stands."""
    WITHDRAWN = "withdrawn"
    """The partner took it back."""


class ObjectionCommand(StrEnum):
    """What can be done to an objection."""

    FILE = "file"
    """Object to a decision, with reasons."""
    UPHOLD = "uphold"
    """Decide for the partner."""
    DISMISS = "dismiss"
    """Decide against the partner, with reasons."""
    WITHDRAW = "withdraw"
    """Take it back."""


_FILING = frozenset({Role.PARTNER_ACCOUNTANT, Role.PARTNER_SIGNATORY})
_DECIDING = frozenset({Role.AGENCY_APPROVER, Role.PROGRAMME_MANAGER})

_DECISIONS: Mapping[str, Text] = MappingProxyType(
    {
        ClaimCommand.CUT_LINE: COMMAND_NAMES[ClaimCommand.CUT_LINE],
        ClaimCommand.REJECT: COMMAND_NAMES[ClaimCommand.REJECT],
        ClaimCommand.RECOMMEND: COMMAND_NAMES[ClaimCommand.RECOMMEND],
        ClaimCommand.APPROVE: COMMAND_NAMES[ClaimCommand.APPROVE],
        IrregularityCommand.ESTABLISH: IRREGULARITIES.command_names[IrregularityCommand.ESTABLISH],
        RecoveryCommand.NOTIFY: RECOVERIES.command_names[RecoveryCommand.NOTIFY],
    }
)
"""Acts that can be objected to, as the machine of the thing decided on names them."""

OBJECTIONS: Machine[ObjectionState, ObjectionCommand] = Machine(
    key="objection",
    title=Text(lv="Iebildums", en="Objection"),
    opening=ObjectionCommand.FILE,
    initial=ObjectionState.FILED,
    transitions=MappingProxyType(
        {
            (ObjectionState.FILED, ObjectionCommand.UPHOLD): ObjectionState.UPHELD,
            (ObjectionState.FILED, ObjectionCommand.DISMISS): ObjectionState.DISMISSED,
            (ObjectionState.FILED, ObjectionCommand.WITHDRAW): ObjectionState.WITHDRAWN,
        }
    ),
    may=MappingProxyType(
        {
            ObjectionCommand.FILE: _FILING,
            ObjectionCommand.UPHOLD: _DECIDING,
            ObjectionCommand.DISMISS: _DECIDING,
            ObjectionCommand.WITHDRAW: _FILING,
        }
    ),
    state_names=named(
        {
            ObjectionState.FILED: ("Iesniegts", "Filed"),
            ObjectionState.UPHELD: ("Apmierināts", "Upheld"),
            ObjectionState.DISMISSED: ("Noraidīts", "Dismissed"),
            ObjectionState.WITHDRAWN: ("Atsaukts", "Withdrawn"),
        }
    ),
    command_names=named(
        {
            ObjectionCommand.FILE: ("Iesniegt iebildumu", "File an objection"),
            ObjectionCommand.UPHOLD: ("Apmierināt iebildumu", "Uphold"),
            ObjectionCommand.DISMISS: ("Noraidīt iebildumu", "Dismiss"),
            ObjectionCommand.WITHDRAW: ("Atsaukt iebildumu", "Withdraw"),
        }
    ),
    foreign_names=_DECISIONS,
    separations=(
        Separation(
            later=frozenset({ObjectionCommand.UPHOLD, ObjectionCommand.DISMISS}),
            earlier=frozenset({ObjectionCommand.FILE, *_DECISIONS}),
            reason=Text(
                lv="Par iebildumu nelemj tas, kurš pieņēma apstrīdēto lēmumu.",
                en="An objection is not decided by who took the decision.",
            ),
        ),
    ),
)
"""The life of an objection.

Its history begins with the acts of the thing decided on, so that whoever decided is known.
"""
