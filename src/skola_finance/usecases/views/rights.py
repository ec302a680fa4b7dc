"""What a person may do with a claim now, and in words why not: the buttons of a page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from skola_finance.workflow import Act, ClaimCommand, ClaimState

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from skola_finance.problems import Problem, Text
    from skola_finance.storage.repositories.waiting import ActOf
    from skola_finance.workflow import Actor, Machine

STATE, PERSON = "WFL-501", ("WFL-502", "WFL-504")


@dataclass(frozen=True, slots=True)
class Right:
    """Whether a command is open to a person; `refusals` say why not, the weightiest first."""

    command: str
    name: Text
    refusals: tuple[Problem, ...]

    @property
    def is_open(self) -> bool:
        """Whether it would go through."""
        return not self.refusals

    @property
    def is_barred(self) -> bool:
        """Whether only four eyes stand in the way: the state and the role would allow it."""
        return bool(self.refusals) and all(one.code in PERSON for one in self.refusals)

    @property
    def reason(self) -> Problem | None:
        """The weightiest reason against it."""
        return self.refusals[0] if self.refusals else None


def rights_of(
    machine: Machine[ClaimState, ClaimCommand],
    state: str,
    *,
    actor: Actor,
    at: datetime,
    acts: Iterable[ActOf],
    commands: Iterable[ClaimCommand] = tuple(ClaimCommand),
) -> Mapping[str, Right]:
    """Say of each command whether this person may give it to a claim in a state."""
    history = [Act(one.actor, one.command, one.at) for one in acts]
    return {
        command.value: Right(
            command.value,
            machine.command_names[command],
            machine.refusals(ClaimState(state), command, actor=actor, at=at, history=history),
        )
        for command in commands
    }
