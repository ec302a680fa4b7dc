"""A state machine as one table, and the one way to take a step in it.

`transitions` maps (state, command) to the next state; `may` says which roles give a command.
Both draw the diagram and the table in `docs/workflow.md`. Nothing is stored and no clock read.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Generic, TypeVar

from skola_finance.problems import Problem, Severity, SkolaError, Text
from skola_finance.workflow.four_eyes import refuse_person, refuse_too_few
from skola_finance.workflow.roles import RoleNotAllowed, labels_of, refuse_role
from skola_finance.workflow.working_days import moment_en, moment_lv

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from skola_finance.workflow.four_eyes import Act, Quorum, Separation
    from skola_finance.workflow.roles import Actor, Role

S = TypeVar("S", bound=StrEnum)
C = TypeVar("C", bound=StrEnum)


def named(table: Mapping[S, tuple[str, str]]) -> Mapping[S, Text]:
    """Turn pairs of Latvian and English names into texts, in the same order."""
    return MappingProxyType({member: Text(lv=lv, en=en) for member, (lv, en) in table.items()})


class Refused(SkolaError):
    """A command that this state, this person or this moment does not allow (WFL-501 to 504)."""


@dataclass(frozen=True, slots=True, eq=False)
class Machine(Generic[S, C]):
    """The life of one kind of thing.

    Attributes:
        key: short name of the thing, as in addresses and the journal.
        title: its name on the screen.
        opening: the command that makes it; it stands in no transition.
        initial: the state it then has.
        transitions: next state by state and command; a state may lead to itself.
        may: the roles that may give each command, the opening one included.
        state_names: the states on the screen.
        command_names: the commands on the screen.
        separations: which acts no person may do both of.
        quorums: which commands ask for other persons first.
        foreign_names: commands of other machines that a history here may begin with.

    """

    key: str
    title: Text
    opening: C
    initial: S
    transitions: Mapping[tuple[S, C], S]
    may: Mapping[C, frozenset[Role]]
    state_names: Mapping[S, Text]
    command_names: Mapping[C, Text]
    separations: tuple[Separation, ...] = ()
    quorums: tuple[Quorum, ...] = ()
    foreign_names: Mapping[str, Text] = field(default_factory=dict)

    @property
    def states(self) -> tuple[S, ...]:
        """Every state, in the order of declaration."""
        return tuple(self.state_names)

    @property
    def commands(self) -> tuple[C, ...]:
        """Every command, in the order of declaration."""
        return tuple(self.command_names)

    def possible(self, state: S) -> tuple[C, ...]:
        """Give the commands that a state knows, whoever may give them."""
        return tuple(command for command in self.commands if (state, command) in self.transitions)

    def is_final(self, state: S) -> bool:
        """Say whether nothing can happen any more."""
        return not self.possible(state)

    def begin(self, *, actor: Actor, at: datetime) -> S:
        """Give the state of a new thing.

        Raises: RoleNotAllowed (AUT-601), Refused (WFL-503, a time without a zone).
        """
        problems = (*self._role(self.opening, actor), *_time(at, ()))
        _raise_first(problems)
        return self.initial

    def step(
        self, state: S, command: C, *, actor: Actor, at: datetime, history: Sequence[Act]
    ) -> S:
        """Give the state after a command.

        Args:
            state: the state before.
            command: what is to be done.
            actor: by whom.
            at: when; aware of its time zone, and not before the last act.
            history: everything done to this thing so far, in order, earlier versions included.

        Raises:
            RoleNotAllowed: AUT-601, the role may never do this.
            Refused: WFL-501 not in this state, WFL-503 a time before the last act, WFL-502 the
                same person did what bars it, WFL-504 another person is needed first.

        """
        _raise_first(self.refusals(state, command, actor=actor, at=at, history=history))
        return self.transitions[state, command]

    def refusals(
        self, state: S, command: C, *, actor: Actor, at: datetime, history: Sequence[Act]
    ) -> tuple[Problem, ...]:
        """Give every reason against a command; none where `step` would go through."""
        return (
            *self._role(command, actor),
            *self._state(state, command),
            *_time(at, history),
            *self._persons(command, actor, history),
        )

    def open_to(self, state: S, *, actor: Actor, history: Sequence[Act]) -> tuple[C, ...]:
        """Give the commands that this actor could give now: the buttons of a page."""
        return tuple(
            command
            for command in self.possible(state)
            if not self._role(command, actor) and not self._persons(command, actor, history)
        )

    def who_may(
        self, command: C, *, past_acts: Sequence[Act], candidates: Iterable[Actor]
    ) -> tuple[Actor, ...]:
        """Give those candidates whom neither their role nor their past acts bar."""
        return tuple(
            actor
            for actor in candidates
            if actor.role in self.may[command] and not self._barred(command, actor, past_acts)
        )

    def _role(self, command: C, actor: Actor) -> tuple[Problem, ...]:
        may = self.may[command]
        if actor.role in may:
            return ()
        return (refuse_role(actor.role, command=self.command_names[command], may=may),)

    def _state(self, state: S, command: C) -> tuple[Problem, ...]:
        if (state, command) in self.transitions:
            return ()
        name, wanted = self.state_names[state], self.command_names[command]
        return (
            Problem(
                code="WFL-501",
                severity=Severity.ERROR,
                message=Text(
                    lv=f"{self.title.lv}: stāvoklī „{name.lv}” nav iespējams „{wanted.lv}”.",
                    en=f"{self.title.en}: “{wanted.en}” is not possible in the state “{name.en}”.",
                ),
                hint=self._what_is_possible(state),
                subject=str(command),
                variant=str(state),
            ),
        )

    def _what_is_possible(self, state: S) -> Text:
        possible = self.possible(state)
        if not possible:
            return Text(
                lv="Šis stāvoklis ir galīgs; turpmāku darbību nav.",
                en="This state is final; nothing can follow.",
            )
        by_role: dict[frozenset[Role], list[Text]] = {}
        for command in possible:
            by_role.setdefault(self.may[command], []).append(self.command_names[command])
        lv, en = [], []
        for roles, names in by_role.items():
            who = labels_of(roles)
            lv.append(f"{', '.join(f'„{name.lv}”' for name in names)} ({who.lv})")
            en.append(f"{', '.join(f'“{name.en}”' for name in names)} ({who.en})")
        return Text(lv=f"Tagad iespējams: {'; '.join(lv)}.", en=f"Possible now: {'; '.join(en)}.")

    def _persons(self, command: C, actor: Actor, history: Sequence[Act]) -> tuple[Problem, ...]:
        missing = tuple(
            refuse_too_few(
                self.command_names[command], missing=quorum.missing(history), quorum=quorum
            )
            for quorum in self.quorums
            if quorum.command == command and quorum.missing(history)
        )
        return (*self._barred(command, actor, history), *missing)

    def _barred(self, command: C, actor: Actor, history: Sequence[Act]) -> tuple[Problem, ...]:
        """Name, of each rule of four eyes, the last act that bars the person."""
        names = {str(one): text for one, text in self.command_names.items()}
        barred = []
        for separation in self.separations:
            acts = separation.bars(command, actor_id=actor.id, history=history)
            if acts:
                wanted = self.command_names[command]
                barred.append(
                    refuse_person(
                        wanted,
                        act=acts[-1],
                        names={**self.foreign_names, **names},
                        separation=separation,
                    )
                )
        return tuple(barred)


def _time(at: datetime, history: Sequence[Act]) -> tuple[Problem, ...]:
    """Refuse a time without a zone, and one before the last act."""
    if at.tzinfo is None:
        return (
            _impossible_time(
                lv=f"Laikam {at:%d.%m.%Y. %H:%M} nav norādīta laika josla.",
                en=f"The time {at:%Y-%m-%d %H:%M} has no time zone.",
            ),
        )
    if history and at < history[-1].at:
        last = history[-1].at
        return (
            _impossible_time(
                lv=f"Darbības laiks {moment_lv(at)} ir pirms iepriekšējās "
                f"darbības ({moment_lv(last)}).",
                en=f"The time {moment_en(at)} is before the last act, {moment_en(last)}.",
            ),
        )
    return ()


def _impossible_time(*, lv: str, en: str) -> Problem:
    return Problem(
        code="WFL-503",
        severity=Severity.ERROR,
        message=Text(lv=lv, en=en),
        hint=Text(
            lv="Pārbaudiet servera pulksteni un mēģiniet vēlreiz.",
            en="Check the server's clock and try again.",
        ),
    )


def _raise_first(problems: Sequence[Problem]) -> None:
    """Raise the weightiest refusal: the role before the state, the state before the person."""
    for problem in problems:
        if problem.code == "AUT-601":
            raise RoleNotAllowed(problem)
        raise Refused(problem)
