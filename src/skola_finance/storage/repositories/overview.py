"""What lists and dashboards ask: sums over whole tables, and the acts of many things at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import func
from sqlalchemy import select as select_columns
from sqlmodel import col, select

from skola_finance.storage.tables import (
    ActRow,
    AssessmentRow,
    BalanceRow,
    BankAccountRow,
    ClaimRow,
    PartnerRow,
    SupportPlanRow,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sqlmodel import Session

CHUNK = 500


class ClaimSum(NamedTuple):
    """Claims of one partner in one state, added up; cents."""

    partner: str
    state: str
    claims: int
    claimed_cents: int
    eligible_cents: int
    approved_cents: int


class Overview:
    """Sums and listings of a whole programme, each in one query."""

    def __init__(self, session: Session) -> None:
        """Take the session."""
        self._session = session

    def balances_by_partner(
        self, programme: str, *, accounts: Iterable[str]
    ) -> dict[tuple[str, str, str], int]:
        """Add up what stands on accounts by partner, account and quota; debits positive."""
        by = (col(BalanceRow.partner), col(BalanceRow.account), col(BalanceRow.quota))
        wanted = (
            select_columns(*by, func.sum(BalanceRow.cents))
            .where(
                col(BalanceRow.programme) == programme,
                col(BalanceRow.cents) != 0,
                col(BalanceRow.account).in_(tuple(accounts)),
            )
            .group_by(*by)
        )
        return {(row[0], row[1], row[2]): int(row[3]) for row in self._session.execute(wanted)}

    def claims_by_state(
        self, programme: str, *, partners: Iterable[str] | None = None
    ) -> list[ClaimSum]:
        """Add up claims by partner and state, everybody's or those of some partners."""
        by = (col(ClaimRow.partner_reg_no), col(ClaimRow.state))
        wanted = select_columns(
            *by,
            func.count(),
            func.sum(ClaimRow.claimed_cents),
            func.sum(ClaimRow.eligible_cents),
            func.sum(ClaimRow.approved_cents),
        ).where(col(ClaimRow.programme) == programme)
        if partners is not None:
            wanted = wanted.where(col(ClaimRow.partner_reg_no).in_(tuple(partners)))
        rows = self._session.execute(wanted.group_by(*by).order_by(*by))
        return [ClaimSum(row[0], row[1], *(int(value) for value in row[2:])) for row in rows]

    def cutting_problems(
        self, programme: str, *, partners: Iterable[str], states: Iterable[str]
    ) -> Iterator[tuple[str, int, list[dict[str, Any]]]]:
        """Give the last verdict on each claim that lost money: its key, the cents, the problems."""
        last = (
            select_columns(func.max(AssessmentRow.id).label("id"))
            .join(ClaimRow, col(ClaimRow.id) == col(AssessmentRow.claim_id))
            .where(
                col(ClaimRow.programme) == programme,
                col(ClaimRow.partner_reg_no).in_(tuple(partners)),
                col(ClaimRow.state).in_(tuple(states)),
            )
            .group_by(col(AssessmentRow.claim_id))
            .subquery()
        )
        lost = col(AssessmentRow.ineligible_cents) + col(AssessmentRow.unfunded_cents)
        wanted = (
            select_columns(col(ClaimRow.key), lost, col(AssessmentRow.problems))
            .join(last, last.c.id == col(AssessmentRow.id))
            .join(ClaimRow, col(ClaimRow.id) == col(AssessmentRow.claim_id))
            .where(lost != 0)
            .order_by(col(ClaimRow.id))
        )
        with self._session.execute(wanted.execution_options(yield_per=CHUNK)) as rows:
            for row in rows:
                yield row[0], int(row[1]), row[2]

    def acts(self, machine: str, things: Iterable[str]) -> dict[str, list[ActRow]]:
        """Give the history of many things of one kind, each in order."""
        wanted_things = sorted(set(things))
        found: dict[str, list[ActRow]] = {thing: [] for thing in wanted_things}
        for start in range(0, len(wanted_things), CHUNK):
            wanted = select(ActRow).where(
                ActRow.machine == machine,
                col(ActRow.thing).in_(wanted_things[start : start + CHUNK]),
            )
            for row in self._session.exec(wanted.order_by(col(ActRow.id))):
                found[row.thing].append(row)
        return found

    def bank_accounts(self, *, states: Iterable[str]) -> Sequence[BankAccountRow]:
        """Give the bank accounts of every partner in some states, the oldest first."""
        wanted = select(BankAccountRow).where(col(BankAccountRow.state).in_(tuple(states)))
        return self._session.exec(wanted.order_by(col(BankAccountRow.id))).all()

    def plans(self, programme: str, *, partner: str) -> int:
        """Count the individual plans of a partner."""
        wanted = select_columns(func.count()).where(
            col(SupportPlanRow.programme) == programme,
            col(SupportPlanRow.partner_reg_no) == partner,
        )
        return int(self._session.execute(wanted).scalar_one())

    def partner_names(self) -> dict[str, str]:
        """Give every partner's name by registration number."""
        wanted = select_columns(col(PartnerRow.reg_no), col(PartnerRow.name))
        return {row[0]: row[1] for row in self._session.execute(wanted)}
