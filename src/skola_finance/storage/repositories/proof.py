"""Reading everything there is, a page at a time, to prove it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select as select_columns
from sqlmodel import col, select

from skola_finance.storage.seals import UNSEALED
from skola_finance.storage.tables import ALL_TABLES, BalanceRow, LineMovementRow

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlmodel import Session

    from skola_finance.storage.tables import Row

PAGE = 500


class Proof:
    """Every row, to compare it with its seal, and sums of postings to compare balances with."""

    def __init__(self, session: Session) -> None:
        """Take the session."""
        self._session = session

    def sealed_rows(self) -> Iterator[Row]:
        """Give every row that has a seal of its own, table by table."""
        for table in ALL_TABLES:
            if table in UNSEALED:
                continue
            # Closed also where whoever reads has seen enough: a server keeps its cursor until then.
            with self._session.exec(select(table).execution_options(yield_per=PAGE)) as rows:
                for row in rows:
                    yield row
                    self._session.expunge(row)

    def movement_keys(self) -> list[tuple[str, int]]:
        """Give programme and number of every decision that moved lines."""
        columns = (col(LineMovementRow.programme), col(LineMovementRow.approval_no))
        wanted = select_columns(*columns).distinct().order_by(*columns)
        return [(row[0], row[1]) for row in self._session.execute(wanted)]

    def balance_cells(self) -> dict[tuple[str, ...], int]:
        """Give the running sums as they are kept, those that are not zero, by cell."""
        columns = [getattr(BalanceRow, name) for name in (*CELL, "cents")]
        rows = self._session.execute(select_columns(*columns).where(col(BalanceRow.cents) != 0))
        return {tuple(row[:-1]): int(row[-1]) for row in rows}


CELL = (
    *("programme", "partner", "account", "group", "quota", "semester"),
    *("rate_period", "sub_project", "document", "source"),
)
"""The columns of a cell of the books, as `Proof.balance_cells` orders them."""
