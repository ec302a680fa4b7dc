"""The books: posting entries, reading balances, and giving every entry back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import Row as ResultRow
from sqlalchemy import bindparam, func, insert, literal_column, update
from sqlalchemy import select as select_columns
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import col, select

from skola_finance.funding import FundingSource
from skola_finance.ledger import (
    Account,
    Balances,
    Dimensions,
    Entry,
    Event,
    Group,
    Occasion,
    Posting,
    Quota,
    digest_entry,
)
from skola_finance.storage.tables import (
    BalanceRow,
    LedgerEntryRow,
    PostingRow,
    RatePeriodRow,
    table_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import date

    from sqlalchemy import Connection, Table
    from sqlmodel import Session

PAGE = 2_000
_CELL = (
    *("programme", "partner", "account", "group", "quota", "semester"),
    *("rate_period", "sub_project", "document", "source"),
)
_STANDING = frozenset({Account.APPROVED, Account.WITHDRAWN})


_ENTRIES = table_of(LedgerEntryRow)
_NEXT_NUMBER = select_columns(func.coalesce(func.max(_ENTRIES.c.number), 0) + 1).scalar_subquery()
_ADD_ENTRY = insert(_ENTRIES).values(number=_NEXT_NUMBER).returning(_ENTRIES.c.number)
_ADD_POSTINGS = insert(table_of(PostingRow))


def _moving(make: Callable[[Table], Any]) -> Any:  # noqa: ANN401 - each database's own statement
    """Make the statement that adds to a running sum, or begins one."""
    balances = table_of(BalanceRow)
    statement = make(balances)
    return statement.on_conflict_do_update(
        index_elements=list(_CELL), set_={"cents": balances.c.cents + statement.excluded.cents}
    )


_MOVE_BALANCES = {"sqlite": _moving(sqlite.insert), "postgresql": _moving(postgresql.insert)}


# The index of what is not zero serves only who says so in the statement itself. SQLite looks at
# values too, but then it prepares the statement anew each time.
_NOT_ZERO = col(BalanceRow.cents) != literal_column("0")
_CELLS = (
    select_columns(*(table_of(BalanceRow).c[name] for name in (*_CELL, "cents")))
    .where(col(BalanceRow.programme) == bindparam("of_programme"), _NOT_ZERO)
    .order_by(col(BalanceRow.id))
)
_CELLS_OF_PARTNER = _CELLS.where(col(BalanceRow.partner) == bindparam("of_partner"))
_ON_ACCOUNTS = col(BalanceRow.account).in_(bindparam("of_accounts", expanding=True))
_CELLS_BY = {
    (False, False): _CELLS,
    (False, True): _CELLS.where(_ON_ACCOUNTS),
    (True, False): _CELLS_OF_PARTNER,
    (True, True): _CELLS_OF_PARTNER.where(_ON_ACCOUNTS),
}
"""The balances of a programme: of one partner or of all, on some accounts or on all."""
_COUNT_RATE_PERIOD = (
    update(table_of(RatePeriodRow))
    .where(
        col(RatePeriodRow.programme) == bindparam("of_programme"),
        col(RatePeriodRow.key) == bindparam("of_period"),
    )
    .values(approved_cents=col(RatePeriodRow.approved_cents) + bindparam("moved_cents"))
)


class Books:
    """Entries in the ledger and the running sums of its cells."""

    def __init__(self, session: Session) -> None:
        """Take the session."""
        self._session = session

    def post(self, entry: Entry, *, journal_no: int) -> tuple[int, str]:
        """Post an entry, and move the balances and rate periods with it.

        The caller holds the programme and the journal. Returns: the number of the entry and its
        digest, which goes into the journal.
        """
        connection = self._session.connection()
        digest = digest_entry(entry)
        number: int = connection.execute(
            _ADD_ENTRY,
            {
                "programme": entry.occasion.programme,
                "event": entry.event.value,
                "effective_on": entry.occasion.effective_on,
                "reference": entry.occasion.reference,
                "batch": entry.occasion.batch,
                "approval_no": entry.approval_no,
                "digest": digest,
                "journal_no": journal_no,
            },
        ).scalar_one()
        if entry.postings:
            rows = [_row(posting) for posting in entry.postings]
            connection.execute(
                _ADD_POSTINGS,
                [
                    {name: value for name, value in row.items() if name != "programme"}
                    | {"entry_no": number, "place": place}
                    for place, row in enumerate(rows)
                ],
            )
            connection.execute(_MOVE_BALANCES[connection.dialect.name], rows)
            _count_rate_periods(connection, entry)
        return number, digest

    def balances(
        self, programme: str, *, partner: str | None = None, accounts: Iterable[Account] = ()
    ) -> Balances:
        """Give what stands now: everywhere, or of one partner, or on some accounts."""
        wanted: dict[str, Any] = {"of_programme": programme}
        if partner is not None:
            wanted["of_partner"] = partner
        names = [account.value for account in accounts]
        if names:
            wanted["of_accounts"] = names
        balances = Balances()
        # Balances are moved by statements of their own, never by a flush.
        rows = self._session.connection().execute(
            _CELLS_BY[partner is not None, bool(names)], wanted
        )
        balances.add(_posting(row, programme=row.programme) for row in rows)
        return balances

    def balances_at(self, programme: str, *, on: date, partners: Iterable[str] = ()) -> Balances:
        """Give what stood on a day: the sums of postings that had effect by then."""
        names = [name for name in _CELL if name != "programme"]
        columns = [getattr(PostingRow, name) for name in names]
        wanted = (
            select_columns(*columns, func.sum(PostingRow.cents).label("cents"))
            .join(LedgerEntryRow, col(LedgerEntryRow.number) == col(PostingRow.entry_no))
            .where(
                col(LedgerEntryRow.programme) == programme, col(LedgerEntryRow.effective_on) <= on
            )
            .group_by(*columns)
            .order_by(func.min(PostingRow.entry_no))
        )
        partners = tuple(partners)
        if partners:
            wanted = wanted.where(col(PostingRow.partner).in_(partners))
        balances = Balances()
        for row in self._session.execute(wanted):
            if row.cents:
                balances.add([_posting(row, programme=programme)])
        return balances

    def entry_rows(
        self, programme: str, *, reference: str = "", partner: str = "", limit: int = PAGE
    ) -> Sequence[LedgerEntryRow]:
        """Give entries, the newest last, those of a reference or a partner where one is named."""
        wanted = select(LedgerEntryRow).where(LedgerEntryRow.programme == programme)
        if reference:
            wanted = wanted.where(LedgerEntryRow.reference == reference)
        if partner:
            numbers = select(PostingRow.entry_no).where(PostingRow.partner == partner)
            wanted = wanted.where(col(LedgerEntryRow.number).in_(numbers))
        return self._session.exec(wanted.order_by(col(LedgerEntryRow.number)).limit(limit)).all()

    def entry(self, number: int) -> Entry | None:
        """Give one entry back, with its postings."""
        row = self._session.get(LedgerEntryRow, number)
        return None if row is None else next(self._entries([row]))[1]

    def entries(self, *, after: int = 0) -> Iterator[tuple[LedgerEntryRow, Entry]]:
        """Give every entry in order, with its row; a page at a time.

        Raises: SkolaError of `ledger` where what is stored is no entry any more.
        """
        while True:
            wanted = select(LedgerEntryRow).where(col(LedgerEntryRow.number) > after)
            rows = self._session.exec(wanted.order_by(col(LedgerEntryRow.number)).limit(PAGE)).all()
            yield from self._entries(rows)
            if len(rows) < PAGE:
                return
            after = rows[-1].number

    def _entries(self, rows: Sequence[LedgerEntryRow]) -> Iterator[tuple[LedgerEntryRow, Entry]]:
        """Make entries of rows, one at a time: a broken one is met after all those before it."""
        if not rows:
            return
        columns = [getattr(PostingRow, name) for name in (*_CELL[1:], "cents", "entry_no")]
        wanted = select_columns(*columns).where(
            col(PostingRow.entry_no).between(rows[0].number, rows[-1].number)
        )
        programmes = {row.number: row.programme for row in rows}
        postings: dict[int, list[Posting]] = {row.number: [] for row in rows}
        for found in self._session.execute(
            wanted.order_by(col(PostingRow.entry_no), col(PostingRow.place))
        ):
            if found.entry_no in postings:
                posting = _posting(found, programme=programmes[found.entry_no])
                postings[found.entry_no].append(posting)
        for row in rows:
            yield row, _entry(row, postings[row.number])


def _count_rate_periods(connection: Connection, entry: Entry) -> None:
    moved: dict[str, int] = {}
    for posting in entry.postings:
        if posting.account in _STANDING and entry.event is not Event.PARTNER_SUCCEEDED:
            period = posting.dimensions.rate_period
            moved[period] = moved.get(period, 0) + posting.cents
    programme = entry.occasion.programme
    for period, cents in moved.items():
        connection.execute(
            _COUNT_RATE_PERIOD,
            {"of_programme": programme, "of_period": period, "moved_cents": cents},
        )


def _row(posting: Posting) -> dict[str, Any]:
    where = posting.dimensions
    return {
        "programme": where.programme,
        "partner": where.partner,
        "account": posting.account.value,
        "group": posting.group.value,
        "quota": where.quota.value,
        "semester": where.semester,
        "rate_period": where.rate_period,
        "sub_project": where.sub_project,
        "document": where.document,
        "source": posting.source.value,
        "cents": posting.cents,
    }


def _posting(row: ResultRow[Any], *, programme: str) -> Posting:
    dimensions = Dimensions(
        programme,
        row.partner,
        Quota(row.quota),
        row.semester,
        row.rate_period,
        row.sub_project,
        row.document,
    )
    return Posting(
        Group(row.group),
        Account(row.account),
        dimensions,
        FundingSource(row.source),
        int(row.cents),
    )


def _entry(row: LedgerEntryRow, postings: list[Posting]) -> Entry:
    occasion = Occasion(row.programme, row.effective_on, row.reference, row.batch)
    return Entry(Event(row.event), occasion, tuple(postings), row.approval_no)
