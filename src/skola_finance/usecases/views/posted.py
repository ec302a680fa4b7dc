"""Entries of the books and acts of people as pages tell them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from skola_finance.ledger import Account
from skola_finance.problems import Text
from skola_finance.storage.repositories.cash import Cash
from skola_finance.usecases.views.rehearsal import Movement
from skola_finance.workflow import MACHINES, Role

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from skola_finance.storage.repositories import Repositories


@dataclass(frozen=True, slots=True)
class PostedEntry:
    """An entry in the books: what moved where, in cents, and the journal entry that holds it."""

    number: int
    on: date
    event: str
    reference: str
    batch: str
    journal_no: int
    movements: tuple[Movement, ...]

    def grown(self, account: str) -> int:
        """Give by how many cents the entry raised an account, below zero where it lowered it."""
        return sum(one.cents for one in self.movements if one.account.value == account)


@dataclass(frozen=True, slots=True)
class Deed:
    """Something that somebody did to a thing."""

    title: Text
    actor: str
    role: Text
    at: datetime
    note: str
    state: Text


def entries_of(
    repositories: Repositories,
    programme: str,
    *,
    reference: str = "",
    documents: Iterable[str] = (),
    accounts: Iterable[Account] = (),
) -> tuple[PostedEntry, ...]:
    """Give the entries of a reference, or those that touch documents, in order."""
    found: dict[int, PostedEntry] = {}
    moves: dict[int, list[Movement]] = {}
    rows = Cash(repositories.session).moved(
        programme,
        reference=reference,
        documents=documents,
        accounts=[one.value for one in accounts],
    )
    for row in rows:
        account = Account(row.account)
        cents = account.normal_side.sign * row.cents
        moves.setdefault(row.number, []).append(Movement(account, row.document, cents))
        found[row.number] = PostedEntry(
            row.number,
            row.effective_on,
            row.event,
            row.reference,
            row.batch,
            row.journal_no,
            tuple(moves[row.number]),
        )
    return tuple(found.values())


def deeds_of(repositories: Repositories, machine: str, thing: str) -> tuple[Deed, ...]:
    """Give what was done to a thing, in order, in the words of its machine."""
    known = next(one for one in MACHINES if one.key == machine)
    commands = {str(one): text for one, text in known.command_names.items()}
    states = {str(one): text for one, text in known.state_names.items()}
    return tuple(
        Deed(
            commands.get(row.command) or Text(lv=row.command, en=row.command),
            row.actor,
            Role(row.role).label,
            row.at,
            row.note,
            states.get(row.state) or Text(lv=row.state, en=row.state),
        )
        for row in repositories.records.acts(machine, thing)
    )
