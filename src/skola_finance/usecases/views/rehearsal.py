"""What a command would do now, without doing it: its postings in words, or why it is refused.

The work is done in a transaction that is then undone, so that a form shows the very cents that the
command will post, and the very reason for which it would be refused.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from skola_finance.problems import SkolaError
from skola_finance.storage.problems import busy
from skola_finance.storage.unit_of_work import Collision
from skola_finance.usecases.use_case import TRIES
from skola_finance.usecases.work import Work
from skola_finance.workflow import RoleNotAllowed, require_role

if TYPE_CHECKING:
    from collections.abc import Mapping

    from skola_finance.ledger import Account, Entry
    from skola_finance.problems import Problem, Text
    from skola_finance.storage.unit_of_work import UnitOfWork
    from skola_finance.usecases.order import Order
    from skola_finance.usecases.store import Store
    from skola_finance.usecases.use_case import UseCase


class Movement(NamedTuple):
    """By how many cents an account grows (above zero) or shrinks, and on which document."""

    account: Account
    document: str
    cents: int


@dataclass(frozen=True, slots=True)
class Effect:
    """One entry that the command would post; `event` is its kind in the ledger."""

    event: str
    movements: tuple[Movement, ...]


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """What a command would do.

    Attributes:
        command: its name.
        title: what people call it.
        refusal: why it would be refused; None where it would go through.
        effects: the entries that it would post, in order.
        facts: what it would answer.
    """

    command: str
    title: Text
    refusal: Problem | None = None
    effects: tuple[Effect, ...] = ()
    facts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def is_open(self) -> bool:
        """Say whether it would go through."""
        return self.refusal is None


class RehearsedWork(Work):
    """Work that remembers the entries it posts."""

    def __init__(self, store: Store, unit: UnitOfWork, order: Order) -> None:
        """Begin, with nothing posted."""
        super().__init__(store, unit, order)
        self.entries: list[Entry] = []

    def post(self, entry: Entry) -> int:
        """Post an entry, and remember it."""
        self.entries.append(entry)
        return super().post(entry)


def rehearse(
    store: Store, order: Order, *, wanted: Mapping[str, tuple[UseCase[Any], Mapping[str, Any]]]
) -> Mapping[str, Rehearsal]:
    """Say what each of some commands would do now, each by itself; nothing is kept.

    Args:
        wanted: command and inputs by the name that the page has for it.

    Raises: StorageUnusable (STO-904) where too many write at once.
    """
    found: dict[str, Rehearsal] = {}
    tried = {}
    for name, (command, inputs) in wanted.items():
        try:
            require_role(order.actor, command=command.title, may=command.roles)
        except RoleNotAllowed as error:
            found[name] = Rehearsal(command.name, command.title, error.problem)
        else:
            tried[name] = (command, inputs)
    met: Collision | None = None
    for _ in range(TRIES if tried else 0):
        try:
            with store.writing() as unit:
                for name, (command, inputs) in tried.items():
                    found[name] = _one(store, unit, order, command, inputs)
                unit.forget()
        except Collision as collision:
            met = collision
            continue
        break
    else:
        if tried:
            raise busy() from met
    return MappingProxyType({name: found[name] for name in wanted})


def _one(
    store: Store, unit: UnitOfWork, order: Order, command: UseCase[Any], inputs: Mapping[str, Any]
) -> Rehearsal:
    work = RehearsedWork(store, unit, order)
    attempt = unit.session.begin_nested()
    try:
        answer = command.body(work, **inputs)
    except SkolaError as error:
        return Rehearsal(command.name, command.title, error.problem)
    finally:
        attempt.rollback()
        # The next one must not meet rows as this one left them.
        unit.session.expunge_all()
    effects = tuple(_effect(entry) for entry in work.entries)
    return Rehearsal(command.name, command.title, None, effects, answer.facts)


def _effect(entry: Entry) -> Effect:
    sums: dict[tuple[Account, str], int] = {}
    for posting in entry.postings:
        key = (posting.account, posting.dimensions.document)
        sums[key] = sums.get(key, 0) + posting.grows_cents
    return Effect(
        entry.event.value,
        tuple(
            Movement(account, document, cents)
            for (account, document), cents in sums.items()
            if cents
        ),
    )
