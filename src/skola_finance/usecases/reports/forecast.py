"""Run-out forecast: for each partner, the day on which its allocation ends at the present pace."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from skola_finance.ledger import Account, Dimension, Quota
from skola_finance.ledger.legs import NOTHING
from skola_finance.usecases.reports.run_out import RunOut, pace_of, run_out
from skola_finance.usecases.reports.scope import Scope, reading_reports, scope_of
from skola_finance.usecases.reports.states import IN_PROCESS
from skola_finance.workflow import riga_day

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from skola_finance.ledger import Balances
    from skola_finance.storage.repositories.figures import SpentOn
    from skola_finance.usecases.order import Order
    from skola_finance.usecases.store import Store


@dataclass(frozen=True, slots=True)
class Outlook:
    """How far an allocation reaches, in cents: approved and in process of `months` months.

    `outlook` is the day it ends, or says that it never does at this pace or is used up already.
    """

    allocated_cents: int
    spent_cents: int
    months: int
    outlook: RunOut

    @property
    def left_cents(self) -> int:
        """What is neither approved nor in process; below zero where more is asked than is left."""
        return self.allocated_cents - self.spent_cents


@dataclass(frozen=True, slots=True)
class PartnerForecast:
    """The outlook of a partner, in all and by action quota."""

    partner_reg_no: str
    partner_name: str
    in_all: Outlook
    quotas: tuple[tuple[Quota, Outlook], ...]
    illustrative: bool


def run_out_forecast(
    store: Store, order: Order, *, programme: str, partner: str | None = None
) -> tuple[PartnerForecast, ...]:
    """Say when allocations end at the present pace (formula: `run_out`), partner by partner.

    Spent is what stands approved plus what is eligible in claims in process, on the day of the
    activity; a line without a day stands on the last day of its claim. Allocated is free plus used.

    Raises: RoleNotAllowed (AUT-601); NotFound (AUT-603).
    """
    with reading_reports(store, order) as repositories:
        scope = scope_of(repositories, order, programme=programme, partner=partner)
        spent = repositories.figures.spent(
            programme, partners=scope.claimants, states=[one.value for one in IN_PROCESS]
        )
        balances = repositories.books.balances(
            programme, accounts=[Account.ALLOCATION, Account.USED]
        )
    rows: defaultdict[tuple[str, str], list[tuple[date, int]]] = defaultdict(list)
    for one in spent:
        rows[scope.holders[one.partner], one.quota].append((_day(one), one.cents))
    return tuple(_forecast(scope, reg_no, balances, rows) for reg_no in scope.names)


def _forecast(
    scope: Scope,
    reg_no: str,
    balances: Balances,
    rows: dict[tuple[str, str], list[tuple[date, int]]],
) -> PartnerForecast:
    by, only = (Dimension.QUOTA,), {Dimension.PARTNER: reg_no}
    free = balances.sums(Account.ALLOCATION, by=by, only=only)
    used = balances.sums(Account.USED, by=by, only=only)
    quotas = []
    for quota in Quota:
        mine = rows.get((reg_no, quota.value), [])
        parts = (free.get((quota,), NOTHING), used.get((quota,), NOTHING))
        allocated = sum(part.total_cents for part in parts)
        if mine or allocated:
            quotas.append((quota, _outlook(mine, allocated)))
    everything = [row for (holder, _), found in rows.items() if holder == reg_no for row in found]
    return PartnerForecast(
        partner_reg_no=reg_no,
        partner_name=scope.names[reg_no],
        in_all=_outlook(everything, sum(one.allocated_cents for _, one in quotas)),
        quotas=tuple(quotas),
        illustrative=scope.illustrative,
    )


def _outlook(rows: Sequence[tuple[date, int]], allocated_cents: int) -> Outlook:
    pace = pace_of(rows)
    return Outlook(
        allocated_cents=allocated_cents,
        spent_cents=pace.spent_cents,
        months=pace.months,
        outlook=run_out(rows, allocation_cents=allocated_cents),
    )


def _day(one: SpentOn) -> date:
    """Give the day money was spent on; a filed claim has at least the day of its filing."""
    day = one.activity_on or one.period_to
    if day is not None:
        return day
    if one.filed_at is None:
        msg = "a line was filed with a claim that was not"
        raise AssertionError(msg)
    return riga_day(one.filed_at)
