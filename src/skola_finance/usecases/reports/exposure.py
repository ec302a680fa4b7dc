"""Pre-financing exposure: how much of a partner's own money is out, and since when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from skola_finance.ledger import Account, Dimension
from skola_finance.storage.frames import unpack
from skola_finance.usecases.reports.scope import Scope, reading_reports, scope_of
from skola_finance.usecases.reports.states import UNDECIDED, UNPAID
from skola_finance.workflow import ClaimState, riga_day

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from skola_finance.ledger import Balances
    from skola_finance.storage.repositories import Repositories
    from skola_finance.storage.tables import ClaimLineRow, ClaimRow
    from skola_finance.usecases.order import Order
    from skola_finance.usecases.store import Store


@dataclass(frozen=True, slots=True)
class LineOut:
    """A line that the partner has paid for itself: cents, and the day the money went.

    The day is the payment's where the line has one, else the activity's.
    """

    line_id: str
    activity: str
    since: date
    cents: int


@dataclass(frozen=True, slots=True)
class ClaimOut:
    """A filed claim that is not paid, in cents: out = incurred − covered.

    `incurred_cents` is eligible, or approved once it is; `covered_cents` is what advances and
    debts set off have paid of it, and what was withdrawn.
    """

    claim: str
    state: ClaimState
    incurred_cents: int
    covered_cents: int
    lines: tuple[LineOut, ...]

    @property
    def out_cents(self) -> int:
        """The partner's own money in this claim."""
        return self.incurred_cents - self.covered_cents

    @property
    def since(self) -> date | None:
        """The first day on which money went; None where no line costs anything."""
        return min((line.since for line in self.lines), default=None)


@dataclass(frozen=True, slots=True)
class Exposure:
    """How much of a partner's own money is out, in cents, and since when.

    Advances in hand pay for the oldest costs first: `since` is the day on which the first cent of
    the partner's own went, None where none is out.
    """

    partner_reg_no: str
    partner_name: str
    claims: tuple[ClaimOut, ...]
    advances_cents: int
    since: date | None
    illustrative: bool

    @property
    def net_cents(self) -> int:
        """Own money out; below zero where more is advanced than was spent."""
        return sum(one.out_cents for one in self.claims) - self.advances_cents


def prefinancing_exposure(
    store: Store, order: Order, *, programme: str, partner: str | None = None
) -> tuple[Exposure, ...]:
    """Say how much of their own money partners have out, claim by claim and line by line.

    Out is what was filed and not paid: eligible of undecided claims, returned ones included, and
    what is payable or with the bank on approved ones; less the advances that the partner holds.
    Drafts are not counted, since nobody has said what of them is eligible.

    Raises: RoleNotAllowed (AUT-601); NotFound (AUT-603).
    """
    states = [one.value for one in (*UNDECIDED, *UNPAID)]
    with reading_reports(store, order) as repositories:
        scope = scope_of(repositories, order, programme=programme, partner=partner)
        rows = repositories.figures.claims(programme, partners=scope.claimants, states=states)
        balances = repositories.books.balances(
            programme, accounts=[Account.PAYABLE, Account.ORDERED, Account.ADVANCE]
        )
        claims: dict[str, list[ClaimOut]] = {reg_no: [] for reg_no in scope.names}
        for row in rows:
            holder = scope.holders[row.partner_reg_no]
            claims[holder].append(_claim_out(repositories, row, holder, balances))
    return tuple(
        _exposure(scope, reg_no, claims[reg_no], balances, programme=programme)
        for reg_no in scope.names
    )


def own_money_since(costs: Iterable[tuple[date, int]], *, covered_cents: int) -> date | None:
    """Give the day on which costs first went beyond what others had paid for them.

    Args:
        costs: days with cents, in any order.
        covered_cents: what others paid; the oldest costs are covered first.

    Returns: None where everything is covered.
    """
    left = covered_cents
    for day, cents in sorted(costs):
        left -= cents
        if left < 0:
            return day
    return None


def _exposure(
    scope: Scope, reg_no: str, claims: Sequence[ClaimOut], balances: Balances, *, programme: str
) -> Exposure:
    held = balances.open_items(Account.ADVANCE, programme=programme, partner=reg_no)
    advances = sum(item.available_cents for item in held)
    costs = [(line.since, line.cents) for one in claims for line in one.lines]
    covered = advances + sum(one.covered_cents for one in claims)
    return Exposure(
        partner_reg_no=reg_no,
        partner_name=scope.names[reg_no],
        claims=tuple(claims),
        advances_cents=advances,
        since=own_money_since(costs, covered_cents=covered),
        illustrative=scope.illustrative,
    )


def _claim_out(
    repositories: Repositories, row: ClaimRow, holder: str, balances: Balances
) -> ClaimOut:
    is_approved = ClaimState(row.state) in UNPAID
    lines = repositories.figures.filed_lines(row.id)
    paid_on = _paid_on(repositories, row)
    out = []
    for line in lines:
        cents = line.approved_cents if is_approved else line.eligible_cents
        if cents:
            since = paid_on.get(line.line_no) or _day(row, line)
            out.append(LineOut(line.line_id, line.activity or "", since, cents))
    incurred = sum(line.cents for line in out)
    covered = 0
    if is_approved:
        only = {Dimension.PARTNER: holder, Dimension.DOCUMENT: row.key}
        owed = [balances.split(each, only=only) for each in (Account.PAYABLE, Account.ORDERED)]
        covered = incurred - sum(split.total_cents for split in owed)
    return ClaimOut(row.key, ClaimState(row.state), incurred, covered, tuple(out))


def _paid_on(repositories: Repositories, row: ClaimRow) -> Mapping[int, date]:
    """Give the day of payment of each line that has one."""
    version = repositories.figures.last_filed(row.id)
    if version is None:
        return {}
    paid = (
        unpack(version.frame).select("line_no", "paid_on").filter(pl.col("paid_on").is_not_null())
    )
    return dict(paid.iter_rows())


def _day(row: ClaimRow, line: ClaimLineRow) -> date:
    """Give the day of the activity, else the last one of the period, else that of the filing."""
    day = line.activity_on or row.period_to
    if day is not None:
        return day
    return riga_day(row.filed_at or row.created_at)
