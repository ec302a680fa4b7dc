"""Where things stand, in sums and short lists: what the home pages ask."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import and_, func, or_
from sqlmodel import col, select

from skola_finance.storage.chain import Chain
from skola_finance.storage.tables import (
    ActRow,
    AdvanceRow,
    AmendmentRow,
    BankAccountRow,
    ChainHead,
    ClaimRow,
    ClarificationRow,
    CorrectionProposalRow,
    PaymentOrderRow,
    RecoveryRow,
    SettingRow,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date, datetime

    from sqlmodel import Session


class ClaimSum(NamedTuple):
    """Claims of one state, added up in cents; `first_filed_at` is when the oldest was filed."""

    state: str
    claims: int
    claimed_cents: int
    eligible_cents: int
    approved_cents: int
    first_filed_at: datetime | None


class OpenQuestion(NamedTuple):
    """A question that waits for the partner's answer, and the claim it is about."""

    question: ClarificationRow
    claim: ClaimRow


def claim_sums(
    session: Session, programme: str, *, partners: Iterable[str] | None = None
) -> list[ClaimSum]:
    """Add claims up by state: of some partners, or of the whole programme."""
    amounts = (ClaimRow.claimed_cents, ClaimRow.eligible_cents, ClaimRow.approved_cents)
    wanted = select(  # type: ignore[call-overload]  # more columns than its overloads know
        ClaimRow.state,
        func.count(),
        *(func.coalesce(func.sum(each), 0) for each in amounts),
        func.min(ClaimRow.filed_at),
    ).where(ClaimRow.programme == programme)
    if partners is not None:
        wanted = wanted.where(col(ClaimRow.partner_reg_no).in_(tuple(partners)))
    rows = session.exec(wanted.group_by(ClaimRow.state)).all()
    return [
        ClaimSum(state, number, int(claimed), int(eligible), int(approved), first)
        for state, number, claimed, eligible, approved, first in rows
    ]


def open_questions(
    session: Session, programme: str, *, partners: Iterable[str]
) -> list[OpenQuestion]:
    """Give the questions that partners have not answered, the most urgent first."""
    wanted = (
        select(ClarificationRow, ClaimRow)
        .join(ClaimRow, col(ClaimRow.id) == col(ClarificationRow.claim_id))
        .where(
            ClaimRow.programme == programme,
            col(ClaimRow.partner_reg_no).in_(tuple(partners)),
            ClarificationRow.state == "asked",
            ClaimRow.version == ClarificationRow.version,
        )
        .order_by(col(ClarificationRow.answer_by), col(ClarificationRow.id))
    )
    return [OpenQuestion(question, claim) for question, claim in session.exec(wanted).all()]


def last_notes(
    session: Session, machine: str, *, things: Iterable[str], command: str
) -> dict[str, ActRow]:
    """Give the last act of one command on each of some things."""
    wanted = (
        select(ActRow)
        .where(
            ActRow.machine == machine,
            col(ActRow.thing).in_(tuple(things)),
            ActRow.command == command,
        )
        .order_by(col(ActRow.id))
    )
    return {row.thing: row for row in session.exec(wanted).all()}


def last_orders(
    session: Session, programme: str, *, partners: Iterable[str], states: Iterable[str], limit: int
) -> Sequence[PaymentOrderRow]:
    """Give the last payment orders of partners in some states, the newest first."""
    wanted = select(PaymentOrderRow).where(
        PaymentOrderRow.programme == programme,
        col(PaymentOrderRow.partner_reg_no).in_(tuple(partners)),
        col(PaymentOrderRow.state).in_(tuple(states)),
    )
    wanted = wanted.order_by(
        col(PaymentOrderRow.executed_on).desc(), col(PaymentOrderRow.id).desc()
    )
    return session.exec(wanted.limit(limit)).all()


def count_proposed(session: Session, programme: str) -> dict[str, int]:
    """Count what one person proposed and another has not answered, by the name of the thing."""
    of_programme: dict[str, Any] = {
        "settings": SettingRow,
        "amendments": AmendmentRow,
        "advances": AdvanceRow,
        "corrections": CorrectionProposalRow,
    }
    found = {}
    for name, row in of_programme.items():
        wanted = (
            select(func.count())
            .select_from(row)
            .where(row.programme == programme, row.state == "proposed")
        )
        found[name] = int(session.exec(wanted).one())
    accounts = (
        select(func.count()).select_from(BankAccountRow).where(BankAccountRow.state == "proposed")
    )
    found["bank_accounts"] = int(session.exec(accounts).one())
    return found


def count_overdue(session: Session, programme: str, *, on: date) -> int:
    """Count recoveries that are overdue, or whose day to repay is over."""
    wanted = (
        select(func.count())
        .select_from(RecoveryRow)
        .where(
            RecoveryRow.programme == programme,
            or_(
                col(RecoveryRow.state) == "overdue",
                and_(col(RecoveryRow.state) == "notified", col(RecoveryRow.repay_by) < on),
            ),
        )
    )
    return int(session.exec(wanted).one())


def count_links(session: Session) -> tuple[int, int]:
    """Count the entries of the journal and of the access log: their chains have no gaps."""
    heads = {row.chain: row.number for row in session.exec(select(ChainHead)).all()}
    return heads.get(Chain.JOURNAL.value, 0), heads.get(Chain.ACCESS.value, 0)
