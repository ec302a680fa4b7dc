"""What an approval pays for before money goes out: advances first, then debts, oldest first."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from skola_finance.ledger import Account, Drawing, OpenItem
from skola_finance.usecases.deciding.debts import record_repaid
from skola_finance.workflow import RecoveryState

if TYPE_CHECKING:
    from collections.abc import Sequence

    from skola_finance.ledger import CostPart
    from skola_finance.storage.tables import ClaimRow, RecoveryRow
    from skola_finance.usecases.work import Work

WAITING = frozenset({RecoveryState.NOTIFIED.value, RecoveryState.OVERDUE.value})
"""Debts that are set off; one on an agreed schedule is left to its instalments."""


def clear_advances(work: Work, row: ClaimRow, parts: Sequence[CostPart]) -> Drawing:
    """Say which advances a claim clears, and with how much.

    The stated order: a sub-project's costs clear its own advance; then all other costs, and what
    those left, clear the partner's general advances, the oldest first.
    """
    items = _open(work, row, Account.ADVANCE)
    by_project: dict[str, int] = {}
    for part in parts:
        by_project[part.sub_project] = by_project.get(part.sub_project, 0) + part.cents
    drawn: list[OpenItem] = []
    cents = 0
    rest = sum(by_project.values())
    for item in items:
        project = item.dimensions.sub_project
        room = min(by_project.get(project, 0), rest) if project else 0
        taken = min(room, item.available_cents)
        if taken > 0:
            by_project[project] -= taken
            drawn.append(_at_most(item, taken))
            cents, rest = cents + taken, rest - taken
    for item in items:
        taken = min(rest, item.available_cents) if not item.dimensions.sub_project else 0
        if taken > 0:
            drawn.append(_at_most(item, taken))
            cents, rest = cents + taken, rest - taken
    return Drawing(cents, tuple(drawn))


def set_off_debts(work: Work, row: ClaimRow, cents: int) -> Drawing:
    """Say which debts are set off against the next payment, the oldest first, and record it."""
    if cents <= 0:
        return Drawing()
    owed = _open(work, row, Account.RECOVERABLE)
    if not owed:
        return Drawing()
    waiting = waiting_debts(work, row.programme, work.holder(row))
    drawn: list[OpenItem] = []
    total = 0
    for item in owed:
        recovery = waiting.get(item.dimensions.document)
        taken = min(cents - total, item.available_cents)
        if recovery is None or taken <= 0:
            continue
        drawn.append(_at_most(item, taken))
        total += taken
        record_repaid(work, recovery, left_cents=item.available_cents - taken, cents=taken)
    return Drawing(total, tuple(drawn))


def waiting_debts(work: Work, programme: str, partner: str) -> dict[str, RecoveryRow]:
    """Give the debts of a partner, and of those it has taken over, that may be set off."""
    family = [partner, *work.predecessors(programme, partner)]
    return {
        one.document: one
        for reg_no in family
        for one in work.repositories.payments.recoveries(programme, partner=reg_no)
        if one.state in WAITING
    }


def _open(work: Work, row: ClaimRow, account: Account) -> Sequence[OpenItem]:
    partner = work.holder(row)
    balances = work.open_balances(row.programme, partner)
    return balances.open_items(account, programme=row.programme, partner=partner)


def _at_most(item: OpenItem, cents: int) -> OpenItem:
    """Give an item of which no more than some cents can be drawn."""
    return replace(item, in_transit_cents=item.balance.total_cents - cents)
