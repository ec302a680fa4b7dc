"""Random lives: people of changing roles try commands, and the machine lets through what it may."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from skola_finance.problems import SkolaError
from skola_finance.workflow import Act, Role
from tests.workflow.acting import START, person

if TYPE_CHECKING:
    from enum import StrEnum

    from skola_finance.workflow import Actor
    from tests.workflow.acting import AnyMachine

PEOPLE = ("Anna", "Ilze", "Jānis", "Māra", "Pēteris")
MOST_TRIES = 60


@st.composite
def lives(draw: st.DrawFn, machine: AnyMachine) -> list[Act]:
    """Draw the history of one thing, of which every act was let through.

    A person keeps no role: whoever was a reviewer yesterday may be an approver today.
    """
    opening = person(draw(st.sampled_from(PEOPLE)), min(machine.may[machine.opening]))
    state = machine.begin(actor=opening, at=START)
    history = [Act(opening.id, machine.opening, START)]
    for index in range(draw(st.integers(0, MOST_TRIES))):
        at = START + timedelta(hours=index)
        command, actor = draw(attempts(machine, state))
        before = list(history)
        try:
            state = machine.step(state, command, actor=actor, at=at, history=history)
        except SkolaError:
            assert before == history
            continue
        history.append(Act(actor.id, command, at))
        if machine.is_final(state):
            break
    return history


@st.composite
def attempts(draw: st.DrawFn, machine: AnyMachine, state: StrEnum) -> tuple[Any, Actor]:
    """Draw a command and a person: mostly one that this state and this role allow."""
    commands = machine.possible(state) or machine.commands
    command = draw(st.sampled_from(commands) | st.sampled_from(machine.commands))
    roles = sorted(machine.may[command])
    role = draw(st.sampled_from(roles) | st.sampled_from(tuple(Role)))
    return command, person(draw(st.sampled_from(PEOPLE)), role)
