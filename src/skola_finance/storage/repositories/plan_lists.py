"""Individual plans as lists ask for them: filtered, a page at a time, and what was claimed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, or_
from sqlmodel import col, select

from skola_finance.storage.tables import (
    ClaimLineRow,
    ClaimRow,
    ClaimVersionRow,
    SupportPlanRow,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from sqlmodel import Session


@dataclass(frozen=True, slots=True)
class PlanFilter:
    """Which plans are wanted; what is left out passes all.

    `partners` is None for everybody's, and no partners have no plans.
    """

    programme: str
    partners: tuple[str, ...] | None = None
    institution: str = ""
    in_force_on: date | None = None
    text: str = ""


def find_plans(
    session: Session, wanted: PlanFilter, *, after: str, limit: int
) -> Sequence[SupportPlanRow]:
    """Give plans by number, those after a number where a page ended."""
    query = _chosen(select(SupportPlanRow), wanted).where(col(SupportPlanRow.plan_no) > after)
    found: Sequence[SupportPlanRow] = session.exec(
        query.order_by(col(SupportPlanRow.plan_no)).limit(limit)
    ).all()
    return found


def count_plans(session: Session, wanted: PlanFilter) -> int:
    """Count plans."""
    query = _chosen(select(func.count()).select_from(SupportPlanRow), wanted)
    found: int = session.exec(query).one()
    return found


def plan_of_id(session: Session, number: int) -> SupportPlanRow | None:
    """Give a plan by its row."""
    return session.get(SupportPlanRow, number)


def versions_with_learner(
    session: Session, programme: str, *, learner: str, states: Iterable[str]
) -> Sequence[tuple[ClaimRow, ClaimVersionRow]]:
    """Give the claims of some states that hold lines of a learner, in the version in force."""
    query = (
        select(ClaimRow, ClaimVersionRow)
        .join(ClaimVersionRow, col(ClaimVersionRow.claim_id) == col(ClaimRow.id))
        .where(
            ClaimRow.programme == programme,
            col(ClaimRow.state).in_(tuple(states)),
            ClaimVersionRow.version == ClaimRow.version,
            select(ClaimLineRow.line_no)
            .where(
                ClaimLineRow.claim_id == ClaimRow.id,
                ClaimLineRow.version == ClaimRow.version,
                ClaimLineRow.learner_ref == learner,
            )
            .exists(),
        )
        .order_by(col(ClaimRow.id))
    )
    return [(claim, version) for claim, version in session.exec(query).all()]


def _chosen(query: Any, wanted: PlanFilter) -> Any:  # noqa: ANN401 - a query of plans or of their number
    query = query.where(SupportPlanRow.programme == wanted.programme)
    if wanted.partners is not None:
        query = query.where(col(SupportPlanRow.partner_reg_no).in_(wanted.partners))
    if wanted.institution:
        query = query.where(SupportPlanRow.institution_reg_no == wanted.institution)
    if wanted.in_force_on is not None:
        query = query.where(
            col(SupportPlanRow.starts) <= wanted.in_force_on,
            col(SupportPlanRow.ends) >= wanted.in_force_on,
        )
    if wanted.text:
        query = query.where(
            or_(
                col(SupportPlanRow.plan_no).contains(wanted.text, autoescape=True),
                col(SupportPlanRow.learner_ref).contains(wanted.text, autoescape=True),
            )
        )
    return query
