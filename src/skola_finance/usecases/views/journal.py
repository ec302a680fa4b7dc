"""The journal and the access log as pages show them, and proving that nothing was changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

from skola_finance.problems import Text
from skola_finance.storage.repositories.journal_search import JournalSearch
from skola_finance.storage.tables import AccessRow, JournalRow
from skola_finance.usecases.proof.verify import verify
from skola_finance.usecases.reports.journal_view import JournalLine, journal_line
from skola_finance.usecases.use_case import USE_CASES
from skola_finance.workflow import TASK_NAMES, TASKS, Task, require_role
from skola_finance.workflow.working_days import RIGA

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date

    from skola_finance.problems import Problem
    from skola_finance.storage.repositories.journal_search import LinkRow
    from skola_finance.usecases.order import Order
    from skola_finance.usecases.store import Store

PAGE = 50
ROWS_SHOWN = 200
ACCESS_TITLES = {
    "open_risk_ground": Text(lv="Atvērts riska pamatojums", en="Risk ground opened"),
    "open_evidence": Text(lv="Atvērts pamatojošais dokuments", en="Evidence opened"),
}


@dataclass(frozen=True, slots=True)
class FoundEntry:
    """An entry of the journal as it is listed; `claim` is the key, where it is about a claim."""

    number: int
    at: datetime
    actor: str
    command: str
    title: Text
    subject: str
    claim: str
    amounts: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class FoundAccess:
    """A read that was accounted for: who opened what, when and why."""

    number: int
    at: datetime
    actor: str
    command: str
    title: Text
    subject: str
    reason: str


@dataclass(frozen=True, slots=True)
class JournalFound:
    """A page of the journal; `next_before` asks for the next one, 0 after the last."""

    entries: tuple[FoundEntry, ...]
    next_before: int
    commands: tuple[tuple[str, Text], ...]


@dataclass(frozen=True, slots=True)
class AccessFound:
    """A page of the access log; `next_before` asks for the next one, 0 after the last."""

    entries: tuple[FoundAccess, ...]
    next_before: int
    commands: tuple[tuple[str, Text], ...]


@dataclass(frozen=True, slots=True)
class JournalEntryShown:
    """One entry with the rows that it wrote, by table and key; `more` were left out.

    `is_newest` says that no entry comes after it.
    """

    line: JournalLine
    claim: str
    rows: tuple[tuple[str, str], ...]
    more: bool
    is_newest: bool


@dataclass(frozen=True, slots=True)
class ChainProof:
    """What was looked at to prove the database, and the first difference, if there is one."""

    counts: tuple[tuple[str, int], ...]
    problems: tuple[Problem, ...]
    proven_at: datetime


def find_in_journal(
    store: Store,
    order: Order,
    *,
    text: str = "",
    actor: str = "",
    command: str = "",
    since: date | None = None,
    until: date | None = None,
    before: int = 0,
) -> JournalFound:
    """Search the journal, the newest entry first.

    Args:
        text: any part of the thing, the actor, or what was done, in either language.
        actor, command: exactly these.
        since, until: the first and the last day in Latvia.
        before: `next_before` of the page before; 0 for the first page.

    Raises: RoleNotAllowed (AUT-601).
    """
    _check_role(order)
    with store.reading() as repositories:
        search = JournalSearch(repositories.session)
        rows = search.search(
            JournalRow,
            text=text,
            named=_named(text),
            actor=actor,
            command=command,
            since=_begins(since),
            until=_begins(until, days=1),
            before=before,
            limit=PAGE + 1,
        )
        claims = search.claims_named([row.subject for row in rows])
        entries = tuple(
            FoundEntry(
                number=row.number,
                at=row.at,
                actor=row.actor,
                command=row.command,
                title=_title(row.command),
                subject=row.subject,
                claim=row.subject if row.subject in claims else "",
                amounts=tuple(sorted(row.amounts.items())),
            )
            for row in rows[:PAGE]
        )
        commands = _choices(search.commands(JournalRow))
    return JournalFound(entries, _next(rows), commands)


def find_in_access_log(
    store: Store,
    order: Order,
    *,
    text: str = "",
    actor: str = "",
    command: str = "",
    since: date | None = None,
    until: date | None = None,
    before: int = 0,
) -> AccessFound:
    """Search the access log, the newest first: who opened risk grounds and evidence, and why.

    Args: as `find_in_journal`.

    Raises: RoleNotAllowed (AUT-601).
    """
    _check_role(order)
    with store.reading() as repositories:
        search = JournalSearch(repositories.session)
        rows = search.search(
            AccessRow,
            text=text,
            named=_named(text),
            actor=actor,
            command=command,
            since=_begins(since),
            until=_begins(until, days=1),
            before=before,
            limit=PAGE + 1,
        )
        entries = tuple(
            FoundAccess(
                number=row.number,
                at=row.at,
                actor=row.actor,
                command=row.command,
                title=_title(row.command),
                subject=row.subject,
                reason=row.reason,
            )
            for row in rows[:PAGE]
        )
        commands = _choices(search.commands(AccessRow))
    return AccessFound(entries, _next(rows), commands)


def journal_entry(store: Store, order: Order, *, number: int) -> JournalEntryShown:
    """Give one entry of the journal, and the rows that it wrote.

    Raises: RoleNotAllowed (AUT-601); NotFound (AUT-603).
    """
    line = journal_line(store, order, number=number)
    with store.reading() as repositories:
        search = JournalSearch(repositories.session)
        rows = search.written(number, limit=ROWS_SHOWN + 1)
        claims = search.claims_named([line.subject])
        following = repositories.records.journal_entry(number + 1)
    return JournalEntryShown(
        line=line,
        claim=line.subject if line.subject in claims else "",
        rows=tuple(rows[:ROWS_SHOWN]),
        more=len(rows) > ROWS_SHOWN,
        is_newest=following is None,
    )


def prove_chain(
    store: Store, order: Order, *, progress: Callable[[str], None] = lambda _: None
) -> ChainProof:
    """Prove the whole database, and stop at the first difference.

    Args:
        progress: told what is being looked at: `journal`, `rows`, `entries`, `balances`,
            `invariants`, `verdicts`. What it raises ends the proof.

    Raises: RoleNotAllowed (AUT-601).
    """
    _check_role(order)
    proof = verify(store, on=order.on, progress=progress)
    return ChainProof(tuple(proof.counts.items()), proof.problems, order.at)


def _check_role(order: Order) -> None:
    require_role(order.actor, command=TASK_NAMES[Task.READ_JOURNAL], may=TASKS[Task.READ_JOURNAL])


def _title(command: str) -> Text:
    known = USE_CASES.get(command)
    if known is not None:
        return known.title
    return ACCESS_TITLES.get(command, Text(lv=command, en=command))


def _named(text: str) -> tuple[str, ...]:
    """Give the commands whose title holds a text in either language."""
    if not text:
        return ()
    sought = text.casefold()
    titles = {**{name: one.title for name, one in USE_CASES.items()}, **ACCESS_TITLES}
    return tuple(
        name
        for name, title in titles.items()
        if sought in title.lv.casefold() or sought in title.en.casefold()
    )


def _choices(commands: Iterable[str]) -> tuple[tuple[str, Text], ...]:
    return tuple((command, _title(command)) for command in commands)


def _begins(day: date | None, *, days: int = 0) -> datetime | None:
    """Give the moment in UTC at which a day begins in Latvia, or one some days on."""
    if day is None:
        return None
    return datetime.combine(day + timedelta(days=days), time(), RIGA).astimezone(UTC)


def _next(rows: Sequence[LinkRow]) -> int:
    return rows[PAGE - 1].number if len(rows) > PAGE else 0
