"""Lists of filed lines: a whole programme's, paged by key however many there are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, or_
from sqlalchemy import select as select_columns
from sqlmodel import col

from skola_finance.storage.tables import ClaimLineRow, ClaimRow

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlmodel import Session

_OF_CLAIM = ("key", "partner_reg_no", "claim_no", "state")
_OF_LINE = (
    *("claim_id", "line_no", "line_id", "activity", "cost_form", "activity_on", "semester"),
    *("quota", "institution_reg_no", "project_no", "claimed_cents", "eligible_cents"),
    *("ineligible_cents", "unfunded_cents", "approved_cents", "withdrawn_cents", "codes"),
)


def filed_lines(
    session: Session,
    programme: str,
    *,
    partners: Sequence[str] | None,
    semester: str,
    after: tuple[int, int],
    limit: int,
) -> Sequence[Any]:
    """Give lines of the versions filed last, claim by claim in the order they were begun.

    Args:
        session: the transaction.
        programme: whose.
        partners: of these alone; None for all.
        semester: of this one alone; empty for all.
        after: claim and place of the line before the first one.
        limit: how many.
    """
    claim_id, line_no = col(ClaimLineRow.claim_id), col(ClaimLineRow.line_no)
    columns = [getattr(ClaimRow, name) for name in _OF_CLAIM]
    columns += [getattr(ClaimLineRow, name) for name in _OF_LINE]
    is_last = and_(claim_id == ClaimRow.id, col(ClaimLineRow.version) == ClaimRow.version)
    asked = (
        select_columns(*columns)
        .join_from(ClaimRow, ClaimLineRow, is_last)
        .where(col(ClaimRow.programme) == programme)
        .where(or_(claim_id > after[0], and_(claim_id == after[0], line_no > after[1])))
    )
    if partners is not None:
        asked = asked.where(col(ClaimRow.partner_reg_no).in_(partners))
    if semester:
        asked = asked.where(col(ClaimLineRow.semester) == semester)
    return session.execute(asked.order_by(claim_id, line_no).limit(limit)).all()
