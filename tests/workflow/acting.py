"""People of every role, and a short way to give a thing its history."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from skola_finance.workflow import Act, Actor, Machine, Role

if TYPE_CHECKING:
    from collections.abc import Iterable

PARTNER = "99990000012"
START = datetime(2026, 3, 2, 7, 0, tzinfo=UTC)

AnyMachine = Machine[Any, Any]


def person(name: str, role: Role) -> Actor:
    """Make somebody of a role; a partner's people belong to one partner."""
    return Actor(name, role, PARTNER if role.sees_own_partner_only else None)


def somebody(machine: AnyMachine, command: str, name: str = "someone new") -> Actor:
    """Make somebody whose role may give the command."""
    return person(name, min(machine.may[command]))


def past(*acts: tuple[str, str]) -> list[Act]:
    """Make a history of (person, command), an hour apart."""
    return [
        Act(who, command, START + timedelta(hours=index))
        for index, (who, command) in enumerate(acts)
    ]


def after(history: list[Act]) -> datetime:
    """Give a moment after everything in a history."""
    return START + timedelta(hours=len(history))


def enough_opinions(machine: AnyMachine, command: str) -> list[Act]:
    """Make the acts of others that a command asks for first."""
    acts: Iterable[tuple[str, str]] = (
        (f"other {index}", quorum.since if quorum.since in quorum.counted else one)
        for quorum in machine.quorums
        if quorum.command == command
        for one in sorted(quorum.counted)[:1]
        for index in range(quorum.persons)
    )
    return past(*acts)
