"""A question to the partner, about a line or the whole claim."""

from __future__ import annotations

from enum import StrEnum
from types import MappingProxyType

from skola_finance.problems import Text
from skola_finance.workflow.machine import Machine, named
from skola_finance.workflow.roles import PARTNER_ROLES, Role


class ClarificationState(StrEnum):
    """Where a question stands."""

    ASKED = "asked"
    """With the partner."""
    ANSWERED = "answered"
    """Answered; the reviewer has not looked yet."""
    CLOSED = "closed"
    """The answer will do."""
    UNANSWERED = "unanswered"
    """The term passed without an answer."""
    WITHDRAWN = "withdrawn"
    """The reviewer no longer needs it."""


class ClarificationCommand(StrEnum):
    """What can be done to a question."""

    ASK = "ask"
    """Ask about a line or the whole claim, with a day to answer by."""
    ANSWER = "answer"
    """Answer."""
    ACCEPT = "accept"
    """Be content with the answer."""
    ASK_AGAIN = "ask_again"
    """Ask once more."""
    EXPIRE = "expire"
    """Record that the term passed."""
    WITHDRAW = "withdraw"
    """Take the question back."""


CLARIFICATIONS: Machine[ClarificationState, ClarificationCommand] = Machine(
    key="clarification",
    title=Text(lv="Precizējums", en="Clarification"),
    opening=ClarificationCommand.ASK,
    initial=ClarificationState.ASKED,
    transitions=MappingProxyType(
        {
            (ClarificationState.ASKED, ClarificationCommand.ANSWER): ClarificationState.ANSWERED,
            (ClarificationState.ASKED, ClarificationCommand.EXPIRE): ClarificationState.UNANSWERED,
            (ClarificationState.ASKED, ClarificationCommand.WITHDRAW): ClarificationState.WITHDRAWN,
            (ClarificationState.ANSWERED, ClarificationCommand.ACCEPT): ClarificationState.CLOSED,
            (ClarificationState.ANSWERED, ClarificationCommand.ASK_AGAIN): ClarificationState.ASKED,
        }
    ),
    may=MappingProxyType(
        {
            **dict.fromkeys(ClarificationCommand, frozenset({Role.AGENCY_REVIEWER})),
            ClarificationCommand.ANSWER: PARTNER_ROLES,
        }
    ),
    state_names=named(
        {
            ClarificationState.ASKED: ("Gaida atbildi", "Asked"),
            ClarificationState.ANSWERED: ("Atbildēts", "Answered"),
            ClarificationState.CLOSED: ("Pieņemts", "Accepted"),
            ClarificationState.UNANSWERED: ("Nav atbildēts", "Not answered"),
            ClarificationState.WITHDRAWN: ("Atsaukts", "Withdrawn"),
        }
    ),
    command_names=named(
        {
            ClarificationCommand.ASK: ("Uzdot jautājumu", "Ask"),
            ClarificationCommand.ANSWER: ("Atbildēt", "Answer"),
            ClarificationCommand.ACCEPT: ("Pieņemt atbildi", "Accept the answer"),
            ClarificationCommand.ASK_AGAIN: ("Jautāt vēlreiz", "Ask again"),
            ClarificationCommand.EXPIRE: ("Reģistrēt, ka termiņš beidzies", "Record the expiry"),
            ClarificationCommand.WITHDRAW: ("Atsaukt jautājumu", "Withdraw"),
        }
    ),
)
"""The life of a question; the claim is in `clarification` while one is `asked`."""
