"""What was done to a thing, by whom, and what the person who looks may do to it now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from skola_finance.workflow import Act

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from enum import StrEnum

    from skola_finance.problems import Text
    from skola_finance.storage.tables import ActRow
    from skola_finance.workflow import Actor, Machine

S = TypeVar("S", bound="StrEnum")
C = TypeVar("C", bound="StrEnum")


@dataclass(frozen=True, slots=True)
class Done:
    """One thing that was done: the command's name, by whom, when, with what note."""

    name: Text
    command: str
    actor: str
    at: datetime
    note: str


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a thing stands: its state with its name, what was done, and what is open.

    `open_to` holds the commands that the person who looks could give now, by name; a second
    person's command is not among those of the first.
    """

    state: str
    state_name: Text
    acts: tuple[Done, ...]
    open_to: frozenset[str]


def standing_of(
    machine: Machine[S, C], state: S, rows: Sequence[ActRow], *, actor: Actor
) -> Standing:
    """Say where a thing stands, from its state and its acts in order."""
    names = {command.value: name for command, name in machine.command_names.items()}
    history = [Act(row.actor, row.command, row.at) for row in rows]
    open_to = machine.open_to(state, actor=actor, history=history)
    return Standing(
        state=state.value,
        state_name=machine.state_names[state],
        acts=tuple(
            Done(names[row.command], row.command, row.actor, row.at, row.note)
            for row in rows
            if row.command in names
        ),
        open_to=frozenset(command.value for command in open_to),
    )
