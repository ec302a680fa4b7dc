"""What waits in a programme, in sums: the first look of the agency's people."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from skola_finance.ledger import Account
from skola_finance.storage.repositories.cash import Cash
from skola_finance.storage.repositories.standing import (
    claim_sums,
    count_links,
    count_overdue,
    count_proposed,
)
from skola_finance.usecases.lately import kept_for_a_while
from skola_finance.usecases.reports.scope import reading_reports, scope_of
from skola_finance.usecases.reports.states import IN_PROCESS
from skola_finance.usecases.work import PROGRAMME
from skola_finance.workflow import ClaimState, PaymentState, not_found

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from skola_finance.usecases.order import Order
    from skola_finance.usecases.store import Store


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many things wait, what they come to in cents, and since when the oldest does."""

    number: int
    cents: int
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class AgencyHome:
    """What waits in a programme and where its money stands, in cents.

    Attributes:
        to_order: approved claims without an order; `payable_cents` is what is owed on them.
        ordered: orders that the bank has not answered.
        overdue: recoveries whose day is over; `owed_cents` is all that partners owe back.
        proposed: things that wait for a second person, by kind.
        envelope_cents: not allocated to anybody; `allocated_cents` to partners, used and free.
        in_process_cents: eligible in claims that are filed and not decided.
        approved_cents: stands approved, less corrections; `paid_cents` is net.
        journal, reads: entries of the journal and of the access log.
    """

    programme: str
    claims: Mapping[str, Waiting]
    to_order: Waiting
    payable_cents: int
    ordered: Waiting
    overdue: int
    owed_cents: int
    proposed: Mapping[str, int]
    envelope_cents: int
    allocated_cents: int
    in_process_cents: int
    approved_cents: int
    paid_cents: int
    journal: int
    reads: int
    illustrative: bool

    @property
    def proposed_in_all(self) -> int:
        """Everything that waits for a second person."""
        return sum(self.proposed.values())


@kept_for_a_while(32)
def agency_home(store: Store, order: Order, *, programme: str) -> AgencyHome:
    """Say what waits in a programme and where its money stands.

    Raises: RoleNotAllowed (AUT-601); NotFound (AUT-603), for a partner's people too.
    """
    with reading_reports(store, order) as repositories:
        scope = scope_of(repositories, order, programme=programme, partner=None)
        if not scope.is_whole:
            raise not_found(PROGRAMME)
        session = repositories.session
        sums = claim_sums(session, programme)
        orders = {one.state: one for one in Cash(session).order_sums(programme)}
        proposed = count_proposed(session, programme)
        overdue = count_overdue(session, programme, on=order.on)
        journal, reads = count_links(session)
        balances = repositories.books.balances(programme)
    cents = {account: balances.split(account).total_cents for account in Account}
    claims = {
        one.state: Waiting(one.claims, one.eligible_cents, one.first_filed_at) for one in sums
    }
    sent = orders.get(PaymentState.ORDERED.value)
    return AgencyHome(
        programme=programme,
        claims=claims,
        to_order=claims.get(ClaimState.APPROVED.value, Waiting(0, 0)),
        payable_cents=cents[Account.PAYABLE],
        ordered=Waiting(sent.orders, sent.cents) if sent is not None else Waiting(0, 0),
        overdue=overdue,
        owed_cents=cents[Account.RECOVERABLE],
        proposed=proposed,
        envelope_cents=cents[Account.ENVELOPE],
        allocated_cents=cents[Account.ALLOCATION] + cents[Account.USED],
        in_process_cents=sum(one.eligible_cents for one in sums if one.state in IN_PROCESS),
        approved_cents=cents[Account.APPROVED] - cents[Account.WITHDRAWN],
        paid_cents=cents[Account.PAID],
        journal=journal,
        reads=reads,
        illustrative=scope.illustrative,
    )
