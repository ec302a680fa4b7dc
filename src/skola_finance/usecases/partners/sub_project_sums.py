"""What a sub-project may cost, what it has cost, and what its partner keeps free for others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from skola_finance.ledger import Account, Dimension
from skola_finance.workflow import SubProjectState

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from skola_finance.ledger import Balances
    from skola_finance.storage.tables import SubProjectRow

LIVE = frozenset(
    {
        *(SubProjectState.APPROVED, SubProjectState.ADVANCE_PAID, SubProjectState.REPORTED),
        *(SubProjectState.REPORT_RETURNED, SubProjectState.REPORT_APPROVED),
    }
)
"""States in which costs of a project may still be approved."""
_DECIDED = frozenset(
    {SubProjectState.REPORT_APPROVED, SubProjectState.SETTLED, SubProjectState.ABANDONED}
)
COSTS = (Account.APPROVED, Account.WITHDRAWN)


def final_sum(row: SubProjectRow) -> int:
    """Give the most that a project may cost, in cents.

    That is the approved sum until its final report is approved, then the sum reported; nothing
    once it is abandoned; what it has cost once it is settled.
    """
    return row.final_cents if SubProjectState(row.state) in _DECIDED else row.approved_cents


def costs_by_project(balances: Balances, *, programme: str, partner: str) -> dict[str, int]:
    """Give what stands approved of each sub-project of a partner, less corrections, in cents."""
    only = {Dimension.PROGRAMME: programme, Dimension.PARTNER: partner}
    found: dict[str, int] = {}
    for account, sign in zip(COSTS, (1, -1), strict=True):
        for (number,), split in balances.sums(
            account, by=(Dimension.SUB_PROJECT,), only=only
        ).items():
            found[number] = found.get(number, 0) + sign * split.total_cents
    return found


def promised_cents(rows: Iterable[SubProjectRow], costs: Mapping[str, int]) -> int:
    """Give what live projects may still cost: free allocation that is spoken for, in cents."""
    return sum(
        max(0, final_sum(row) - costs.get(row.project_no, 0))
        for row in rows
        if SubProjectState(row.state) in LIVE
    )
