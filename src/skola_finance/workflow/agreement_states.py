"""A cooperation agreement: in force, suspended, over, or taken over by a successor."""

from __future__ import annotations

from enum import StrEnum
from types import MappingProxyType

from skola_finance.funding import AgreementStatus
from skola_finance.problems import Text
from skola_finance.workflow.four_eyes import Quorum, Separation
from skola_finance.workflow.machine import Machine, named
from skola_finance.workflow.roles import Role


class AgreementCommand(StrEnum):
    """What can be done to a cooperation agreement."""

    SIGN = "sign"
    """Enter the signed agreement, with its checklist (Regulation 483 par. 15 and 17 to 19)."""
    SUSPEND = "suspend"
    """Hold its payments back."""
    RESUME = "resume"
    """Let its payments go on."""
    END = "end"
    """End it."""
    PREPARE_SUCCESSION = "prepare_succession"
    """Name the successor and the day, with the document that says so."""
    SUCCEED = "succeed"
    """Let the successor take over every balance."""


_KEEPER = frozenset({Role.PROGRAMME_MANAGER})
_HANDOVER = Text(
    lv="Tiesību pārņemšanu sagatavo viena persona un apstiprina cita.",
    en="One person prepares a succession and another approves it.",
)

AGREEMENTS: Machine[AgreementStatus, AgreementCommand] = Machine(
    key="agreement",
    title=Text(lv="Sadarbības līgums", en="Cooperation agreement"),
    opening=AgreementCommand.SIGN,
    initial=AgreementStatus.ACTIVE,
    transitions=MappingProxyType(
        {
            (AgreementStatus.ACTIVE, AgreementCommand.SUSPEND): AgreementStatus.SUSPENDED,
            (AgreementStatus.ACTIVE, AgreementCommand.END): AgreementStatus.ENDED,
            (AgreementStatus.ACTIVE, AgreementCommand.PREPARE_SUCCESSION): AgreementStatus.ACTIVE,
            (AgreementStatus.ACTIVE, AgreementCommand.SUCCEED): AgreementStatus.SUCCEEDED,
            (AgreementStatus.SUSPENDED, AgreementCommand.RESUME): AgreementStatus.ACTIVE,
            (AgreementStatus.SUSPENDED, AgreementCommand.END): AgreementStatus.ENDED,
            (
                AgreementStatus.SUSPENDED,
                AgreementCommand.PREPARE_SUCCESSION,
            ): AgreementStatus.SUSPENDED,
            (AgreementStatus.SUSPENDED, AgreementCommand.SUCCEED): AgreementStatus.SUCCEEDED,
        }
    ),
    may=MappingProxyType(
        {
            AgreementCommand.SIGN: _KEEPER,
            AgreementCommand.SUSPEND: _KEEPER,
            AgreementCommand.RESUME: _KEEPER,
            AgreementCommand.END: _KEEPER,
            AgreementCommand.PREPARE_SUCCESSION: _KEEPER,
            AgreementCommand.SUCCEED: frozenset({Role.AGENCY_APPROVER, Role.PROGRAMME_MANAGER}),
        }
    ),
    state_names=named(
        {
            AgreementStatus.ACTIVE: ("Spēkā", "Active"),
            AgreementStatus.SUSPENDED: ("Apturēts", "Suspended"),
            AgreementStatus.ENDED: ("Izbeigts", "Ended"),
            AgreementStatus.SUCCEEDED: ("Pārņemts", "Succeeded"),
        }
    ),
    command_names=named(
        {
            AgreementCommand.SIGN: ("Noslēgt līgumu", "Sign"),
            AgreementCommand.SUSPEND: ("Apturēt", "Suspend"),
            AgreementCommand.RESUME: ("Atjaunot", "Resume"),
            AgreementCommand.END: ("Izbeigt", "End"),
            AgreementCommand.PREPARE_SUCCESSION: (
                "Sagatavot tiesību pārņemšanu",
                "Prepare the succession",
            ),
            AgreementCommand.SUCCEED: ("Pārņemt visus atlikumus", "Take over all balances"),
        }
    ),
    separations=(
        Separation(
            later=frozenset({AgreementCommand.SUCCEED}),
            earlier=frozenset({AgreementCommand.PREPARE_SUCCESSION}),
            since=AgreementCommand.PREPARE_SUCCESSION,
            reason=_HANDOVER,
        ),
    ),
    quorums=(
        Quorum(
            command=AgreementCommand.SUCCEED,
            counted=frozenset({AgreementCommand.PREPARE_SUCCESSION}),
            persons=1,
            since=AgreementCommand.PREPARE_SUCCESSION,
            reason=_HANDOVER,
        ),
    ),
)
"""The life of a cooperation agreement."""
