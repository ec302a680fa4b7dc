"""Searching the journal: who did what, when, with which amounts; a page at a time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from skola_finance.problems import Text
from skola_finance.usecases.use_case import USE_CASES
from skola_finance.usecases.wording import refuse
from skola_finance.workflow import TASK_NAMES, TASKS, Task, not_found, require_role

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from skola_finance.storage.tables import JournalRow
    from skola_finance.usecases.order import Order
    from skola_finance.usecases.store import Store

LARGEST_PAGE = 500
ENTRY = Text(lv="žurnāla ieraksts", en="journal entry")


@dataclass(frozen=True, slots=True)
class JournalLine:
    """An entry of the journal as people read it.

    `amounts` are cents by name; `posted` the digests of ledger entries, and of the rows it wrote.
    """

    number: int
    at: datetime
    actor: str
    command: str
    title: Text
    command_id: str
    subject: str
    amounts: Mapping[str, int]
    posted: tuple[str, ...]
    rulebook_digest: str
    inputs_digest: str
    previous_hash: str
    hash: str


@dataclass(frozen=True, slots=True)
class JournalPage:
    """A page, the newest entry first; `next_before` asks for the next one, 0 after the last."""

    lines: tuple[JournalLine, ...]
    next_before: int


def search_journal(
    store: Store,
    order: Order,
    *,
    subject: str = "",
    actor: str = "",
    command: str = "",
    since: datetime | None = None,
    until: datetime | None = None,
    before: int = 0,
    limit: int = 50,
) -> JournalPage:
    """Search the journal, the newest first.

    Args:
        subject: what it was about, such as the key of a claim; exactly as it stands there.
        actor: the name of the account.
        command: the name of the use case.
        since, until: from this moment, up to but not including that one; in UTC.
        before: `next_before` of the page before; 0 for the first page.
        limit: how many entries, 1 to 500.

    Raises: RoleNotAllowed (AUT-601); CommandRefused WFL-582 for a limit, page or moment that cannot
        be used.
    """
    _check_role(order)
    moments = [at for at in (since, until) if at is not None]
    if not 0 < limit <= LARGEST_PAGE or before < 0 or any(not _is_utc(at) for at in moments):
        raise refuse(
            "WFL-582",
            lv=f"Žurnālu nevar meklēt šādi: {limit} ieraksti, pirms Nr. {before}, "
            f"laiks {', '.join(at.isoformat() for at in moments) or '–'}.",
            en=f"The journal cannot be searched like this: {limit} entries, before no. {before}, "
            f"time {', '.join(at.isoformat() for at in moments) or '–'}.",
            hint_lv=f"Norādiet no 1 līdz {LARGEST_PAGE} ierakstiem un laiku UTC.",
            hint_en=f"Ask for 1 to {LARGEST_PAGE} entries, and give times in UTC.",
        )
    with store.reading() as repositories:
        rows = repositories.records.journal(
            subject=subject,
            actor=actor,
            command=command,
            since=since,
            until=until,
            before=before or None,
            limit=limit + 1,
        )
        lines = tuple(_line(row) for row in rows[:limit])
    return JournalPage(lines, lines[-1].number if len(rows) > limit else 0)


def journal_line(store: Store, order: Order, *, number: int) -> JournalLine:
    """Give one entry of the journal.

    Raises: RoleNotAllowed (AUT-601); NotFound (AUT-603).
    """
    _check_role(order)
    with store.reading() as repositories:
        row = repositories.records.journal_entry(number)
        if row is None:
            raise not_found(ENTRY)
        return _line(row)


def _check_role(order: Order) -> None:
    require_role(order.actor, command=TASK_NAMES[Task.READ_JOURNAL], may=TASKS[Task.READ_JOURNAL])


def _is_utc(at: datetime) -> bool:
    return at.utcoffset() == timedelta(0)


def _line(row: JournalRow) -> JournalLine:
    known = USE_CASES.get(row.command)
    return JournalLine(
        number=row.number,
        at=row.at,
        actor=row.actor,
        command=row.command,
        title=known.title if known is not None else Text(lv=row.command, en=row.command),
        command_id=row.command_id,
        subject=row.subject,
        amounts=dict(row.amounts),
        posted=tuple(row.posted),
        rulebook_digest=row.rulebook_digest,
        inputs_digest=row.inputs_digest,
        previous_hash=row.previous_hash,
        hash=row.hash,
    )
