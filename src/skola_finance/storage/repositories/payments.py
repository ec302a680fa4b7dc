"""Payment orders, advances, corrections and recoveries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlmodel import col, select

from skola_finance.storage.tables import (
    AdvanceRow,
    CorrectionRow,
    InstalmentRow,
    PaymentOrderRow,
    RecoveryRow,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlmodel import Session


class Payments:
    """Money out and money back."""

    def __init__(self, session: Session) -> None:
        """Take the session."""
        self._session = session

    def order(self, key: str) -> PaymentOrderRow | None:
        """Give a payment order, held against other changes."""
        wanted = select(PaymentOrderRow).where(PaymentOrderRow.key == key)
        return self._session.exec(wanted.with_for_update()).first()

    def orders(
        self,
        programme: str,
        *,
        partner: str = "",
        document: str = "",
        states: Iterable[str] = (),
        batch: str = "",
    ) -> Sequence[PaymentOrderRow]:
        """Give payment orders in their order."""
        wanted = select(PaymentOrderRow).where(PaymentOrderRow.programme == programme)
        if partner:
            wanted = wanted.where(PaymentOrderRow.partner_reg_no == partner)
        if document:
            wanted = wanted.where(PaymentOrderRow.document == document)
        if batch:
            wanted = wanted.where(PaymentOrderRow.batch == batch)
        states = tuple(states)
        if states:
            wanted = wanted.where(col(PaymentOrderRow.state).in_(states))
        return self._session.exec(wanted.order_by(col(PaymentOrderRow.id))).all()

    def advance(self, document: str) -> AdvanceRow | None:
        """Give an advance."""
        return self._session.get(AdvanceRow, document)

    def advances(self, programme: str, *, partner: str = "") -> Sequence[AdvanceRow]:
        """Give advances in the order they were made."""
        wanted = select(AdvanceRow).where(AdvanceRow.programme == programme)
        if partner:
            wanted = wanted.where(AdvanceRow.partner_reg_no == partner)
        wanted = wanted.order_by(col(AdvanceRow.ordered_on), col(AdvanceRow.document))
        return self._session.exec(wanted).all()

    def correction(self, document: str) -> CorrectionRow | None:
        """Give a correction."""
        return self._session.get(CorrectionRow, document)

    def corrections(self, programme: str, *, partner: str = "") -> Sequence[CorrectionRow]:
        """Give corrections in the order of their approval numbers."""
        wanted = select(CorrectionRow).where(CorrectionRow.programme == programme)
        if partner:
            wanted = wanted.where(CorrectionRow.partner_reg_no == partner)
        return self._session.exec(wanted.order_by(col(CorrectionRow.approval_no))).all()

    def recovery(self, key: str) -> RecoveryRow | None:
        """Give a recovery, held against other changes."""
        wanted = select(RecoveryRow).where(RecoveryRow.key == key)
        return self._session.exec(wanted.with_for_update()).first()

    def recoveries(
        self, programme: str, *, partner: str = "", document: str = ""
    ) -> Sequence[RecoveryRow]:
        """Give recoveries in their order."""
        wanted = select(RecoveryRow).where(RecoveryRow.programme == programme)
        if partner:
            wanted = wanted.where(RecoveryRow.partner_reg_no == partner)
        if document:
            wanted = wanted.where(RecoveryRow.document == document)
        return self._session.exec(wanted.order_by(col(RecoveryRow.id))).all()

    def instalments(
        self, recovery_id: int, *, only_current: bool = True
    ) -> Sequence[InstalmentRow]:
        """Give the instalments of a recovery by day."""
        wanted = select(InstalmentRow).where(InstalmentRow.recovery_id == recovery_id)
        if only_current:
            wanted = wanted.where(col(InstalmentRow.is_current).is_(True))
        return self._session.exec(wanted.order_by(col(InstalmentRow.due_on))).all()
