"""What reports ask: postings one by one, and sums over the lines of many claims.

Amounts are whole cents. A filed line is a line of the last version of its claim that was filed: a
returned claim that is being mended still stands with what was filed of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import func
from sqlalchemy import select as select_columns
from sqlmodel import col, select

from skola_finance.storage.tables import (
    ClaimLineRow,
    ClaimRow,
    ClaimVersionRow,
    LedgerEntryRow,
    LineMovementRow,
    PostingRow,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date, datetime

    from sqlmodel import Session

CHUNK = 500


class PostedSum(NamedTuple):
    """What one entry moved on one account, by what tells postings apart; debits positive."""

    number: int
    effective_on: date
    event: str
    reference: str
    approval_no: int | None
    account: str
    partner: str
    quota: str
    document: str
    source: str
    cents: int


class FiledSum(NamedTuple):
    """Filed lines of claims in one state, added up."""

    partner: str
    state: str
    activity: str
    semester: str
    lines: int
    claimed_cents: int
    eligible_cents: int
    unfunded_cents: int


class MovedSum(NamedTuple):
    """What approvals and corrections did to lines, added up; withdrawals are below zero."""

    partner: str
    event: str
    claim_key: str
    quota: str
    semester: str
    rate_period: str
    activity: str
    cents: int


class SpentOn(NamedTuple):
    """Cents spent on one day by one partner under one quota.

    `activity_on` is empty for a line without a day: then its claim's last day counts, else the day
    it was filed.
    """

    partner: str
    quota: str
    activity_on: date | None
    period_to: date | None
    filed_at: datetime | None
    cents: int


class Figures:
    """Sums and listings that no command needs."""

    def __init__(self, session: Session) -> None:
        """Take the session."""
        self._session = session

    # ── the books ────────────────────────────────────────────────────────────────────────────

    def posted(
        self,
        programme: str,
        *,
        accounts: Iterable[str],
        partner: str = "",
        quota: str = "",
        semester: str = "",
        document: str = "",
        since: date | None = None,
        until: date | None = None,
        before_entry: int | None = None,
    ) -> Iterator[PostedSum]:
        """Give what entries moved on accounts, by day of effect; an empty filter passes all."""
        columns = (
            *(col(LedgerEntryRow.number), col(LedgerEntryRow.effective_on)),
            *(col(LedgerEntryRow.event), col(LedgerEntryRow.reference)),
            *(col(LedgerEntryRow.approval_no), col(PostingRow.account), col(PostingRow.partner)),
            *(col(PostingRow.quota), col(PostingRow.document), col(PostingRow.source)),
        )
        wanted = (
            select_columns(*columns, func.sum(PostingRow.cents))
            .join(LedgerEntryRow, col(LedgerEntryRow.number) == col(PostingRow.entry_no))
            .where(
                col(LedgerEntryRow.programme) == programme,
                col(PostingRow.account).in_(tuple(accounts)),
            )
            .group_by(*columns)
            .order_by(
                col(LedgerEntryRow.effective_on),
                col(LedgerEntryRow.number),
                func.min(PostingRow.place),
            )
        )
        named = {"partner": partner, "quota": quota, "semester": semester, "document": document}
        for name, value in named.items():
            if value:
                wanted = wanted.where(getattr(PostingRow, name) == value)
        if since is not None:
            wanted = wanted.where(col(LedgerEntryRow.effective_on) >= since)
        if until is not None:
            wanted = wanted.where(col(LedgerEntryRow.effective_on) <= until)
        if before_entry is not None:
            wanted = wanted.where(col(LedgerEntryRow.number) < before_entry)
        for row in self._session.execute(wanted):
            yield PostedSum._make(with_cents(row))

    # ── lines that were filed ────────────────────────────────────────────────────────────────

    def filed(
        self, programme: str, *, partners: Iterable[str], states: Iterable[str]
    ) -> list[FiledSum]:
        """Add up filed lines by partner, state of the claim, activity and semester."""
        by = (
            *(col(ClaimRow.partner_reg_no), col(ClaimRow.state)),
            *(func.coalesce(ClaimLineRow.activity, ""), col(ClaimLineRow.semester)),
        )
        wanted = _of_claims(
            select_columns(
                *by,
                func.count(),
                func.sum(ClaimLineRow.claimed_cents),
                func.sum(ClaimLineRow.eligible_cents),
                func.sum(ClaimLineRow.unfunded_cents),
            ).join(ClaimRow, col(ClaimRow.id) == col(ClaimLineRow.claim_id)),
            programme,
            partners,
            states,
        )
        rows = self._session.execute(wanted.where(_is_last_filed()).group_by(*by))
        return [FiledSum(*row[:4], *(int(value) for value in row[4:])) for row in rows]

    def filed_lines(self, claim_id: int) -> Sequence[ClaimLineRow]:
        """Give the lines of the last filed version of a claim."""
        wanted = (
            select(ClaimLineRow)
            .join(ClaimRow, col(ClaimRow.id) == col(ClaimLineRow.claim_id))
            .where(ClaimLineRow.claim_id == claim_id, _is_last_filed())
            .order_by(col(ClaimLineRow.line_no))
        )
        return self._session.exec(wanted).all()

    def last_filed(self, claim_id: int) -> ClaimVersionRow | None:
        """Give the last filed version of a claim."""
        wanted = select(ClaimVersionRow).where(
            ClaimVersionRow.claim_id == claim_id, col(ClaimVersionRow.filed_at).is_not(None)
        )
        return self._session.exec(wanted.order_by(col(ClaimVersionRow.version).desc())).first()

    def claims(
        self, programme: str, *, partners: Iterable[str], states: Iterable[str]
    ) -> Sequence[ClaimRow]:
        """Give every claim of partners in some states, the oldest first."""
        wanted = select(ClaimRow).where(
            ClaimRow.programme == programme,
            col(ClaimRow.partner_reg_no).in_(tuple(partners)),
            col(ClaimRow.state).in_(tuple(states)),
        )
        return self._session.exec(wanted.order_by(col(ClaimRow.id))).all()

    def approved_claims(self, programme: str, *, partners: Iterable[str]) -> Sequence[int]:
        """Give the rows of the claims of partners that were approved."""
        wanted = select(ClaimRow.id).where(
            ClaimRow.programme == programme,
            col(ClaimRow.partner_reg_no).in_(tuple(partners)),
            col(ClaimRow.approval_no).is_not(None),
        )
        return self._session.exec(wanted.order_by(col(ClaimRow.id))).all()

    def spent(
        self, programme: str, *, partners: Iterable[str], states: Iterable[str]
    ) -> list[SpentOn]:
        """Give what stands approved, and what is eligible in claims of some states, by day."""
        partners = tuple(partners)
        by = (
            *(col(ClaimRow.partner_reg_no), col(ClaimLineRow.quota)),
            *(col(ClaimLineRow.activity_on), col(ClaimRow.period_to), col(ClaimRow.filed_at)),
        )
        in_process = _of_claims(
            select_columns(*by, func.sum(ClaimLineRow.eligible_cents)).join(
                ClaimRow, col(ClaimRow.id) == col(ClaimLineRow.claim_id)
            ),
            programme,
            partners,
            states,
        ).where(_is_last_filed())
        approved = with_lines(
            select_columns(*by, func.sum(LineMovementRow.amount_cents)), programme
        ).where(col(ClaimRow.partner_reg_no).in_(partners))
        return [
            SpentOn._make(with_cents(row))
            for wanted in (in_process, approved)
            for row in self._session.execute(wanted.group_by(*by))
        ]

    # ── lines that were approved ─────────────────────────────────────────────────────────────

    def moved(self, programme: str, *, partners: Iterable[str]) -> list[MovedSum]:
        """Add up what was approved and withdrawn, by claim and what lines are charged to."""
        by = (
            *(col(ClaimRow.partner_reg_no), col(LedgerEntryRow.event), col(ClaimRow.key)),
            *(col(ClaimLineRow.quota), col(ClaimLineRow.semester)),
            *(col(ClaimLineRow.rate_period), func.coalesce(ClaimLineRow.activity, "")),
        )
        wanted = with_lines(
            select_columns(*by, func.sum(LineMovementRow.amount_cents)), programme
        ).where(col(ClaimRow.partner_reg_no).in_(tuple(partners)))
        rows = self._session.execute(wanted.group_by(*by).order_by(*by))
        return [MovedSum._make(with_cents(row)) for row in rows]


def with_cents(row: Any) -> list[Any]:  # noqa: ANN401 - a row of a sum
    """Give a row whose last value is a sum as whole cents; PostgreSQL sums into a decimal."""
    return [*row[:-1], int(row[-1])]


def _of_claims(
    wanted: Any,  # noqa: ANN401 - a query of lines with their claims
    programme: str,
    partners: Iterable[str],
    states: Iterable[str],
) -> Any:  # noqa: ANN401 - the same
    return wanted.where(
        col(ClaimRow.programme) == programme,
        col(ClaimRow.partner_reg_no).in_(tuple(partners)),
        col(ClaimRow.state).in_(tuple(states)),
    )


def _is_last_filed() -> Any:  # noqa: ANN401 - a condition
    """Say that a line is of the last version of its claim that was filed."""
    last = (
        select_columns(func.max(ClaimVersionRow.version))
        .where(
            col(ClaimVersionRow.claim_id) == col(ClaimRow.id),
            col(ClaimVersionRow.filed_at).is_not(None),
        )
        .scalar_subquery()
    )
    return col(ClaimLineRow.version) == last


def with_lines(wanted: Any, programme: str) -> Any:  # noqa: ANN401 - a query of movements
    """Join movements with their entry, claim and line."""
    return (
        wanted.select_from(LineMovementRow)
        .join(
            LedgerEntryRow,
            (col(LedgerEntryRow.programme) == col(LineMovementRow.programme))
            & (col(LedgerEntryRow.approval_no) == col(LineMovementRow.approval_no)),
        )
        .join(ClaimRow, col(ClaimRow.id) == col(LineMovementRow.claim_id))
        .join(
            ClaimLineRow,
            (col(ClaimLineRow.claim_id) == col(LineMovementRow.claim_id))
            & (col(ClaimLineRow.version) == col(ClaimRow.version))
            & (col(ClaimLineRow.line_no) == col(LineMovementRow.line_no)),
        )
        .where(col(LineMovementRow.programme) == programme)
    )
