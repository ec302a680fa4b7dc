"""The page `docs/workflow.md`, drawn from the code: `python -m skola_finance.workflow.diagram`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from skola_finance.workflow.catalogue import MACHINES
from skola_finance.workflow.duties import DUTIES
from skola_finance.workflow.roles import Role
from skola_finance.workflow.tasks import TASK_NAMES, TASKS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from enum import StrEnum

    from skola_finance.problems import Text
    from skola_finance.workflow.four_eyes import Separation
    from skola_finance.workflow.machine import Machine

_MAY = "●"

_HEAD = """# Workflow: states, commands, roles and dates

Generated from `src/skola_finance/workflow/` by `make docs`; a test holds it equal to the code.
Whatever is not drawn here is refused (`WFL-501`), whoever is not marked here is refused
(`AUT-601`), and whoever an act of the past bars is told which (`WFL-502`).
"""

_CLAIM_NOTE = """
A programme may ask for two reviewers (setting `review.reviewers`): then the second one endorses
before the approver can approve. It may also reserve submitting to the signatory (setting
`review.signatory_submits`). A claim that was returned is filed as a new version, and it stays the
same claim: acts on earlier versions count.
"""


def page() -> str:
    """Draw the whole page."""
    parts = [_HEAD, _roles_section()]
    parts += [_machine_section(machine) for machine in MACHINES]
    parts += [_tasks_section(), _duties_section()]
    return "\n".join(parts)


def mermaid(machine: Machine[Any, Any]) -> str:
    """Draw one machine; commands that lead to the same place share an arrow."""
    arrows: dict[tuple[StrEnum, StrEnum], list[str]] = {}
    for (state, command), result in machine.transitions.items():
        arrows.setdefault((state, result), []).append(command.value)
    lines = ["stateDiagram-v2", f"    [*] --> {machine.initial}: {machine.opening}"]
    lines += [
        f"    {state} --> {result}: {', '.join(commands)}"
        for (state, result), commands in arrows.items()
    ]
    lines += [f"    {state} --> [*]" for state in machine.states if machine.is_final(state)]
    return "\n".join(["```mermaid", *lines, "```"])


def _roles_section() -> str:
    rows = ((f"`{role}`", role.label.lv, role.label.en) for role in Role)
    return "## Roles\n\n" + _table(("role", "latviski", "in English"), rows)


def _machine_section(machine: Machine[Any, Any]) -> str:
    parts = [f"## {machine.title.lv} · {machine.title.en}", "", mermaid(machine), ""]
    if machine is MACHINES[0]:
        parts += [_CLAIM_NOTE.strip(), ""]
    parts += [_states(machine), _roles_by_commands(machine.command_names, machine.may)]
    parts += [_four_eyes(machine)]
    return "\n".join(parts)


def _states(machine: Machine[Any, Any]) -> str:
    rows = ((f"`{state}`", name.lv, name.en) for state, name in machine.state_names.items())
    return _table(("state", "latviski", "in English"), rows)


def _roles_by_commands(names: Mapping[Any, Text], may: Mapping[Any, frozenset[Role]]) -> str:
    """Give one row for each command and one column for each role."""
    rows = (
        (
            f"`{command}`",
            name.lv,
            name.en,
            *(_MAY if role in may[command] else "" for role in Role),
        )
        for command, name in names.items()
    )
    return _table(("command", "latviski", "in English", *Role), rows)


def _four_eyes(machine: Machine[Any, Any]) -> str:
    lines = [*_separations(machine.separations)]
    lines += [
        f"- Before `{quorum.command}`: {quorum.persons} × {_codes(quorum.counted)}. "
        f"{quorum.reason.en}"
        for quorum in machine.quorums
    ]
    return "\n".join(["Four eyes:", "", *lines, ""]) if lines else ""


def _separations(separations: Iterable[Separation]) -> Iterator[str]:
    """Give a line for each rule; one for all steps that are kept apart from each other."""
    by_reason: dict[str, list[Separation]] = {}
    for one in separations:
        by_reason.setdefault(one.reason.en, []).append(one)
    for reason, (first, *others) in by_reason.items():
        if others:
            steps = first.later.union(*(one.later for one in others))
            yield f"- Nobody does two of {_codes(steps)}. {reason}"
            continue
        since = f" since the last `{first.since}`" if first.since else ""
        yield (
            f"- Who did {_codes(first.earlier)}{since} may not do {_codes(first.later)}. {reason}"
        )


def _codes(commands: Iterable[str]) -> str:
    return ", ".join(f"`{command}`" for command in sorted(commands))


def _tasks_section() -> str:
    return "## Without a state\n\n" + _roles_by_commands(TASK_NAMES, TASKS)


def _duties_section() -> str:
    rows = (
        (f"`{duty}`", term.name.lv, term.name.en, f"`{term.who}`", f"`{term.key}`", term.reckoning)
        for duty, term in DUTIES.items()
    )
    head = ("duty", "latviski", "in English", "who", "setting", "counted in")
    return "## Dates\n\n" + _table(head, rows)


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    titles = list(head)
    lines = [titles, ["---"] * len(titles), *(list(row) for row in rows)]
    return "\n".join([*("| " + " | ".join(line) + " |" for line in lines), ""])


if __name__ == "__main__":
    sys.stdout.buffer.write(page().encode())
