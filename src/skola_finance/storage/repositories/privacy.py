"""What erasing learners asks of the tables (Regulation 483 par. 33.6)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, update
from sqlmodel import col, or_, select

from skola_finance.storage.tables import (
    AssessmentRow,
    ClaimLineRow,
    ClaimRow,
    ClaimVersionRow,
    EvidenceRow,
    SupportPlanRow,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from sqlmodel import Session

ERASED = "erased/"
"""Begins what stands in place of the number of a plan whose learner was erased."""


class Privacy:
    """Rows that hold what is known of a learner."""

    def __init__(self, session: Session) -> None:
        """Take the session."""
        self._session = session

    def claims_before(self, programme: str, *, on: date, at: datetime) -> Sequence[ClaimRow]:
        """Give claims that still know learners and whose period ended before a day, in order.

        One without a period counts by the moment it was made, before `at`.
        """
        known = select(ClaimVersionRow.claim_id).where(col(ClaimVersionRow.erased_at).is_(None))
        wanted = select(ClaimRow).where(
            ClaimRow.programme == programme,
            col(ClaimRow.id).in_(known),
            or_(
                col(ClaimRow.period_to) < on,
                col(ClaimRow.period_to).is_(None) & (col(ClaimRow.created_at) < at),
            ),
        )
        return self._session.exec(wanted.order_by(col(ClaimRow.id))).all()

    def plans_before(self, programme: str, *, on: date) -> Sequence[SupportPlanRow]:
        """Give individual plans that still name a learner and ended before a day, in order."""
        wanted = select(SupportPlanRow).where(
            SupportPlanRow.programme == programme,
            col(SupportPlanRow.ends) < on,
            SupportPlanRow.learner_ref != "",
        )
        return self._session.exec(wanted.order_by(col(SupportPlanRow.id))).all()

    def assessments(self, claim_id: int) -> Sequence[AssessmentRow]:
        """Give every verdict on a claim, in order."""
        wanted = select(AssessmentRow).where(AssessmentRow.claim_id == claim_id)
        return self._session.exec(wanted.order_by(col(AssessmentRow.id))).all()

    def forget_learners(self, claim_id: int) -> None:
        """Take the learners out of the lines of a claim; no seal covers that column."""
        self._session.execute(
            update(ClaimLineRow)
            .where(col(ClaimLineRow.claim_id) == claim_id)
            .values(learner_ref=None)
            .execution_options(synchronize_session=False)
        )

    def holders(self, sha256: str, *, without: int) -> int:
        """Count the claims, but for one, that a file was handed in for and still holds."""
        wanted = select(func.count(func.distinct(EvidenceRow.claim_id))).where(
            EvidenceRow.sha256 == sha256,
            col(EvidenceRow.is_held).is_(True),
            EvidenceRow.claim_id != without,
        )
        return int(self._session.exec(wanted).one())
