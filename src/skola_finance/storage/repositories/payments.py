"""Payment orders, advances, corrections and recoveries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlmodel import col, select

from skola_finance.storage.tables import (
    AdvanceRow,
    CorrectionProposalRow,
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

    def advance(self, document: str, *, anew: bool = False) -> AdvanceRow | None:
        """Give an advance; read anew where it may have changed since it was read."""
        return self._session.get(AdvanceRow, document, populate_existing=anew)

    def advances(self, programme: str, *, partner: str = "") -> Sequence[AdvanceRow]:
        """Give advances in the order they were made."""
        wanted = select(AdvanceRow).where(AdvanceRow.programme == programme)
        if partner:
            wanted = wanted.where(AdvanceRow.partner_reg_no == partner)
        wanted = wanted.order_by(col(AdvanceRow.document))
        return self._session.exec(wanted).all()

    def correction(self, document: str) -> CorrectionRow | None:
        """Give a correction."""
        return self._session.get(CorrectionRow, document)

    def correction_proposal(self, document: str) -> CorrectionProposalRow | None:
        """Give a proposed correction, held against other changes."""
        wanted = select(CorrectionProposalRow).where(CorrectionProposalRow.document == document)
        return self._session.exec(wanted.with_for_update()).first()

    def correction_proposals(
        self, programme: str, *, partner: str = "", states: Iterable[str] = ()
    ) -> Sequence[CorrectionProposalRow]:
        """Give proposed corrections in their order."""
        wanted = select(CorrectionProposalRow).where(CorrectionProposalRow.programme == programme)
        if partner:
            wanted = wanted.where(CorrectionProposalRow.partner_reg_no == partner)
        states = tuple(states)
        if states:
            wanted = wanted.where(col(CorrectionProposalRow.state).in_(states))
        return self._session.exec(wanted.order_by(col(CorrectionProposalRow.id))).all()

    def correction_of_case(self, irregularity_id: int) -> CorrectionRow | None:
        """Give the correction that a case of irregularity posted."""
        wanted = select(CorrectionRow).where(CorrectionRow.irregularity_id == irregularity_id)
        return self._session.exec(wanted).first()

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
