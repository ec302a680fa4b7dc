"""Lists of money that went out or is to come back, as pages show them; amounts are whole cents."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import func, or_
from sqlalchemy import select as select_columns
from sqlmodel import col, select

from skola_finance.storage.tables import (
    ClaimRow,
    CorrectionProposalRow,
    InstalmentRow,
    IrregularityRow,
    LedgerEntryRow,
    PartnerRow,
    PaymentOrderRow,
    PostingRow,
    RecoveryRow,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from sqlmodel import Session

CHUNK = 500


class OrderSum(NamedTuple):
    """Payment orders in one state, counted and added up."""

    state: str
    orders: int
    cents: int


class MovedOn(NamedTuple):
    """What an entry moved on one account and document, over both sources; debits positive."""

    number: int
    effective_on: date
    event: str
    reference: str
    batch: str
    journal_no: int
    account: str
    document: str
    cents: int


class Cash:
    """Listings around payments and debts."""

    def __init__(self, session: Session) -> None:
        """Take the session."""
        self._session = session

    def orders(
        self,
        programme: str,
        *,
        states: Iterable[str] = (),
        text: str = "",
        before: int | None = None,
        limit: int = 100,
    ) -> Sequence[PaymentOrderRow]:
        """Give payment orders, the newest first, `before` a row where a page ended.

        `text` is a part of the key, the document, the file, the statement or the partner's name.
        """
        wanted = select(PaymentOrderRow).where(PaymentOrderRow.programme == programme)
        states = tuple(states)
        if states:
            wanted = wanted.where(col(PaymentOrderRow.state).in_(states))
        if text:
            named = select(PartnerRow.reg_no).where(
                col(PartnerRow.name).contains(text, autoescape=True)
            )
            columns = (
                *(PaymentOrderRow.key, PaymentOrderRow.document),
                *(PaymentOrderRow.batch, PaymentOrderRow.statement),
            )
            wanted = wanted.where(
                or_(
                    *(col(each).contains(text, autoescape=True) for each in columns),
                    col(PaymentOrderRow.partner_reg_no).in_(named),
                )
            )
        if before is not None:
            wanted = wanted.where(col(PaymentOrderRow.id) < before)
        return self._session.exec(
            wanted.order_by(col(PaymentOrderRow.id).desc()).limit(limit)
        ).all()

    def order_by_key(self, key: str) -> PaymentOrderRow | None:
        """Give a payment order to look at; nobody else waits for it."""
        return self._session.exec(select(PaymentOrderRow).where(PaymentOrderRow.key == key)).first()

    def order_sums(self, programme: str) -> list[OrderSum]:
        """Count and add up payment orders by state."""
        wanted = (
            select_columns(
                col(PaymentOrderRow.state),
                func.count(),
                func.coalesce(func.sum(PaymentOrderRow.amount_cents), 0),
            )
            .where(col(PaymentOrderRow.programme) == programme)
            .group_by(col(PaymentOrderRow.state))
        )
        return [
            OrderSum(state, int(orders), int(cents))
            for state, orders, cents in self._session.execute(wanted)
        ]

    def claim_keys(self, ids: Iterable[int]) -> Mapping[int, str]:
        """Give the public keys of claims by their rows."""
        numbers = sorted(set(ids))
        found: dict[int, str] = {}
        for start in range(0, len(numbers), CHUNK):
            wanted = select_columns(col(ClaimRow.id), col(ClaimRow.key)).where(
                col(ClaimRow.id).in_(numbers[start : start + CHUNK])
            )
            found |= {int(number): key for number, key in self._session.execute(wanted)}
        return found

    def moved(
        self,
        programme: str,
        *,
        reference: str = "",
        documents: Iterable[str] = (),
        accounts: Iterable[str] = (),
    ) -> list[MovedOn]:
        """Give what entries moved, in order: those of a reference, or all that touch documents.

        Of an entry that touches one of `documents`, every movement is given; with `accounts` it
        counts only where it touches the document on one of these.
        """
        numbers = select(LedgerEntryRow.number).where(LedgerEntryRow.programme == programme)
        if reference:
            numbers = numbers.where(LedgerEntryRow.reference == reference)
        documents, accounts = tuple(documents), tuple(accounts)
        if documents:
            touching = select(PostingRow.entry_no).where(col(PostingRow.document).in_(documents))
            if accounts:
                touching = touching.where(col(PostingRow.account).in_(accounts))
            numbers = numbers.where(col(LedgerEntryRow.number).in_(touching))
        by = (
            *(col(LedgerEntryRow.number), col(LedgerEntryRow.effective_on)),
            *(col(LedgerEntryRow.event), col(LedgerEntryRow.reference)),
            *(col(LedgerEntryRow.batch), col(LedgerEntryRow.journal_no)),
            *(col(PostingRow.account), col(PostingRow.document)),
        )
        wanted = (
            select_columns(*by, func.sum(PostingRow.cents))
            .join(PostingRow, col(PostingRow.entry_no) == col(LedgerEntryRow.number))
            .where(col(LedgerEntryRow.number).in_(numbers))
            .group_by(*by)
            .order_by(col(LedgerEntryRow.number), func.min(PostingRow.place))
        )
        return [MovedOn._make(row) for row in self._session.execute(wanted) if row[-1]]

    def proposal(self, document: str) -> CorrectionProposalRow | None:
        """Give a proposed correction to look at; nobody else waits for it."""
        wanted = select(CorrectionProposalRow).where(CorrectionProposalRow.document == document)
        return self._session.exec(wanted).first()

    def case_by_key(self, key: str) -> IrregularityRow | None:
        """Give a case of irregularity to look at."""
        return self._session.exec(select(IrregularityRow).where(IrregularityRow.key == key)).first()

    def recovery_by_key(self, key: str) -> RecoveryRow | None:
        """Give a recovery to look at."""
        return self._session.exec(select(RecoveryRow).where(RecoveryRow.key == key)).first()

    def instalments(self, recoveries: Iterable[int]) -> Sequence[InstalmentRow]:
        """Give the current instalments of recoveries, by day."""
        wanted = select(InstalmentRow).where(
            col(InstalmentRow.recovery_id).in_(sorted(set(recoveries))[:CHUNK]),
            col(InstalmentRow.is_current).is_(True),
        )
        return self._session.exec(wanted.order_by(col(InstalmentRow.due_on))).all()
