"""An irregularity case, from suspicion to the money being back, or not.

No person does two of its steps. What is established lowers the project's total (Regulation 802
par. 33); the order withhold, leave small sums, claim back is Regulation 802 par. 12 and 13.
"""

from __future__ import annotations

from enum import StrEnum
from types import MappingProxyType

from skola_finance.problems import Text
from skola_finance.workflow.four_eyes import every_step_apart
from skola_finance.workflow.machine import Machine, named
from skola_finance.workflow.roles import AGENCY_ROLES, Role


class IrregularityState(StrEnum):
    """Where an irregularity case stands."""

    SUSPECTED = "suspected"
    """Somebody suspects it; no money has moved."""
    ESTABLISHED = "established"
    """Decided: this sum was spent irregularly."""
    WITHHELD = "withheld"
    """Kept back from a claim, wholly or in part."""
    RECOVERED = "recovered"
    """The money is back."""
    NOT_RECOVERED = "not_recovered"
    """Closed without the money: a small sum, or written off."""
    DISMISSED = "dismissed"
    """It was none."""


class IrregularityCommand(StrEnum):
    """What can be done to an irregularity case."""

    SUSPECT = "suspect"
    """Open the case."""
    ESTABLISH = "establish"
    """Decide that it is an irregularity, and its sum."""
    DISMISS = "dismiss"
    """Decide that it is none, or annul it after an objection."""
    WITHHOLD = "withhold"
    """Keep the sum back from a claim."""
    RECOVER = "recover"
    """Record that all of it is back."""
    CLOSE = "close"
    """Close the case without the rest of the money, with the reason."""


_DECIDING = frozenset({Role.AGENCY_APPROVER})
_COLLECTING = frozenset({Role.AGENCY_TREASURER, Role.PROGRAMME_MANAGER})

IRREGULARITIES: Machine[IrregularityState, IrregularityCommand] = Machine(
    key="irregularity",
    title=Text(lv="Neatbilstība", en="Irregularity"),
    opening=IrregularityCommand.SUSPECT,
    initial=IrregularityState.SUSPECTED,
    transitions=MappingProxyType(
        {
            (
                IrregularityState.SUSPECTED,
                IrregularityCommand.ESTABLISH,
            ): IrregularityState.ESTABLISHED,
            (IrregularityState.SUSPECTED, IrregularityCommand.DISMISS): IrregularityState.DISMISSED,
            (
                IrregularityState.ESTABLISHED,
                IrregularityCommand.WITHHOLD,
            ): IrregularityState.WITHHELD,
            (
                IrregularityState.ESTABLISHED,
                IrregularityCommand.RECOVER,
            ): IrregularityState.RECOVERED,
            (
                IrregularityState.ESTABLISHED,
                IrregularityCommand.CLOSE,
            ): IrregularityState.NOT_RECOVERED,
            (
                IrregularityState.ESTABLISHED,
                IrregularityCommand.DISMISS,
            ): IrregularityState.DISMISSED,
            (IrregularityState.WITHHELD, IrregularityCommand.RECOVER): IrregularityState.RECOVERED,
            (
                IrregularityState.WITHHELD,
                IrregularityCommand.CLOSE,
            ): IrregularityState.NOT_RECOVERED,
            (IrregularityState.WITHHELD, IrregularityCommand.DISMISS): IrregularityState.DISMISSED,
        }
    ),
    may=MappingProxyType(
        {
            IrregularityCommand.SUSPECT: AGENCY_ROLES,
            IrregularityCommand.ESTABLISH: _DECIDING,
            IrregularityCommand.DISMISS: _DECIDING,
            IrregularityCommand.WITHHOLD: _COLLECTING,
            IrregularityCommand.RECOVER: _COLLECTING,
            IrregularityCommand.CLOSE: frozenset({Role.AGENCY_APPROVER, Role.PROGRAMME_MANAGER}),
        }
    ),
    state_names=named(
        {
            IrregularityState.SUSPECTED: ("Aizdomas", "Suspected"),
            IrregularityState.ESTABLISHED: ("Konstatēta", "Established"),
            IrregularityState.WITHHELD: ("Ieturēta", "Withheld"),
            IrregularityState.RECOVERED: ("Atgūta", "Recovered"),
            IrregularityState.NOT_RECOVERED: ("Nav atgūta", "Not recovered"),
            IrregularityState.DISMISSED: ("Nav apstiprinājusies", "Dismissed"),
        }
    ),
    command_names=named(
        {
            IrregularityCommand.SUSPECT: ("Reģistrēt aizdomas", "Suspect"),
            IrregularityCommand.ESTABLISH: ("Konstatēt neatbilstību", "Establish"),
            IrregularityCommand.DISMISS: ("Atzīt par nepamatotu", "Dismiss"),
            IrregularityCommand.WITHHOLD: ("Ieturēt no pārskata", "Withhold"),
            IrregularityCommand.RECOVER: ("Reģistrēt atgūšanu", "Record the recovery"),
            IrregularityCommand.CLOSE: ("Slēgt bez atgūšanas", "Close without recovery"),
        }
    ),
    separations=every_step_apart(
        IrregularityCommand,
        reason=Text(
            lv="Neatbilstības lietā neviens neveic divus soļus.",
            en="In a case of irregularity nobody does two of the steps.",
        ),
    ),
)
"""The life of an irregularity case."""
