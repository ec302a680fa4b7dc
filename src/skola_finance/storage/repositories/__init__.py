"""The queries: every one that the product makes, by what it is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from skola_finance.storage.repositories.access import Access
from skola_finance.storage.repositories.books import Books
from skola_finance.storage.repositories.cases import Cases
from skola_finance.storage.repositories.claim_list import ClaimList
from skola_finance.storage.repositories.claims import Claims
from skola_finance.storage.repositories.figures import Figures
from skola_finance.storage.repositories.overview import Overview
from skola_finance.storage.repositories.partners import Partners
from skola_finance.storage.repositories.payments import Payments
from skola_finance.storage.repositories.privacy import Privacy
from skola_finance.storage.repositories.programmes import Programmes
from skola_finance.storage.repositories.proof import Proof
from skola_finance.storage.repositories.records import Records
from skola_finance.storage.repositories.traces import Traces
from skola_finance.storage.repositories.waiting import Waiting

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlmodel import Session

    from skola_finance.storage.tables import Row


class Repositories:
    """Every repository over one session."""

    def __init__(self, session: Session) -> None:
        """Take the session."""
        self.session = session
        self.programmes = Programmes(session)
        self.partners = Partners(session)
        self.claims = Claims(session)
        self.claim_list = ClaimList(session)
        self.books = Books(session)
        self.payments = Payments(session)
        self.cases = Cases(session)
        self.records = Records(session)
        self.privacy = Privacy(session)
        self.figures = Figures(session)
        self.traces = Traces(session)
        self.proof = Proof(session)
        self.overview = Overview(session)
        self.waiting = Waiting(session)
        self.access = Access(session)

    def add(self, row: Row) -> None:
        """Keep a new row, or what was changed on one; it has its number afterwards."""
        self.session.add(row)
        self.session.flush()

    def keep(self, row: Row) -> None:
        """Keep what was changed on a row, with whatever is written next."""
        self.session.add(row)

    def add_all(self, rows: Iterable[Row]) -> None:
        """Keep many rows at once; they have their numbers afterwards."""
        self.session.add_all(list(rows))
        self.session.flush()

    def remove(self, row: Row) -> None:
        """Delete a row."""
        self.session.delete(row)
        self.session.flush()
