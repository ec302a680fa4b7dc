"""What one person proposes and another confirms: settings, amounts, accounts, corrections."""

from __future__ import annotations

from enum import StrEnum
from types import MappingProxyType

from skola_finance.problems import Text
from skola_finance.workflow.four_eyes import Separation
from skola_finance.workflow.machine import Machine, named
from skola_finance.workflow.roles import Role


class ProposalState(StrEnum):
    """Where a proposal stands."""

    PROPOSED = "proposed"
    """Waits for a second person; it has no effect yet."""
    CONFIRMED = "confirmed"
    """In force from its own day on."""
    REJECTED = "rejected"
    """Refused by a second person."""
    WITHDRAWN = "withdrawn"
    """Taken back before anybody decided."""
    SUPERSEDED = "superseded"
    """A later one has taken its place."""


class ProposalCommand(StrEnum):
    """What can be done to a proposal."""

    PROPOSE = "propose"
    """Enter it, with its source and days."""
    CONFIRM = "confirm"
    """Put it in force."""
    REJECT = "reject"
    """Refuse it, with a reason."""
    WITHDRAW = "withdraw"
    """Take it back."""
    SUPERSEDE = "supersede"
    """Let a later one, just confirmed, take its place."""


_STATES = named(
    {
        ProposalState.PROPOSED: ("Ierosināts", "Proposed"),
        ProposalState.CONFIRMED: ("Apstiprināts", "Confirmed"),
        ProposalState.REJECTED: ("Noraidīts", "Rejected"),
        ProposalState.WITHDRAWN: ("Atsaukts", "Withdrawn"),
        ProposalState.SUPERSEDED: ("Aizstāts", "Superseded"),
    }
)
_COMMANDS = named(
    {
        ProposalCommand.PROPOSE: ("Ierosināt", "Propose"),
        ProposalCommand.CONFIRM: ("Apstiprināt", "Confirm"),
        ProposalCommand.REJECT: ("Noraidīt", "Reject"),
        ProposalCommand.WITHDRAW: ("Atsaukt", "Withdraw"),
        ProposalCommand.SUPERSEDE: ("Aizstāt", "Supersede"),
    }
)
_SEPARATIONS = (
    Separation(
        later=frozenset({ProposalCommand.CONFIRM, ProposalCommand.REJECT}),
        earlier=frozenset({ProposalCommand.PROPOSE}),
        reason=Text(
            lv="Priekšlikumu izlemj cita persona, nevis tas, kurš to ierosināja.",
            en="A proposal is decided on by somebody other than the one who made it.",
        ),
    ),
)


def _proposals(
    key: str, *, title: Text, proposing: frozenset[Role], confirming: frozenset[Role]
) -> Machine[ProposalState, ProposalCommand]:
    """Give the one life that all proposals share, with the roles of one kind."""
    return Machine(
        key=key,
        title=title,
        opening=ProposalCommand.PROPOSE,
        initial=ProposalState.PROPOSED,
        transitions=MappingProxyType(
            {
                (ProposalState.PROPOSED, ProposalCommand.CONFIRM): ProposalState.CONFIRMED,
                (ProposalState.PROPOSED, ProposalCommand.REJECT): ProposalState.REJECTED,
                (ProposalState.PROPOSED, ProposalCommand.WITHDRAW): ProposalState.WITHDRAWN,
                (ProposalState.CONFIRMED, ProposalCommand.SUPERSEDE): ProposalState.SUPERSEDED,
            }
        ),
        may=MappingProxyType(
            {
                ProposalCommand.PROPOSE: proposing,
                ProposalCommand.CONFIRM: confirming,
                ProposalCommand.REJECT: confirming,
                ProposalCommand.WITHDRAW: proposing,
                ProposalCommand.SUPERSEDE: confirming,
            }
        ),
        state_names=_STATES,
        command_names=_COMMANDS,
        separations=_SEPARATIONS,
    )


_DECIDING = frozenset({Role.AGENCY_APPROVER, Role.PROGRAMME_MANAGER})

SETTINGS = _proposals(
    "setting",
    title=Text(lv="Parametrs", en="Setting"),
    proposing=frozenset({Role.PROGRAMME_MANAGER}),
    confirming=_DECIDING,
)
"""A setting: what the law leaves to the programme (D-06)."""

ALLOCATIONS = _proposals(
    "allocation",
    title=Text(lv="Piešķīruma grozījums", en="Allocation amendment"),
    proposing=frozenset({Role.PROGRAMME_MANAGER}),
    confirming=_DECIDING,
)
"""A partner's first allocation, an amendment of it, or a reallocation between partners."""

BANK_ACCOUNTS = _proposals(
    "bank_account",
    title=Text(lv="Partnera bankas konts", en="Partner's bank account"),
    proposing=frozenset({Role.PARTNER_ACCOUNTANT, Role.PARTNER_SIGNATORY, Role.AGENCY_TREASURER}),
    confirming=_DECIDING,
)
"""An IBAN; whoever pays may propose one, but never confirms it."""

ADVANCES = _proposals(
    "advance",
    title=Text(lv="Avanss partnerim", en="Advance to a partner"),
    proposing=_DECIDING,
    confirming=frozenset({Role.AGENCY_TREASURER}),
)
"""A general advance to a partner; the treasurer who orders it is not the one who proposed it."""

CORRECTIONS = _proposals(
    "correction",
    title=Text(lv="Finanšu korekcija", en="Financial correction"),
    proposing=frozenset({Role.AGENCY_REVIEWER, Role.PROGRAMME_MANAGER}),
    confirming=frozenset({Role.AGENCY_APPROVER}),
)
"""A correction of approved costs, or the undoing of one; confirming it posts it."""
