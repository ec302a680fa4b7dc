"""Closing partners: which of them have nothing open any more, and under which agreement."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from skola_finance.funding import AgreementStatus
from skola_finance.ledger import Account, Dimension
from skola_finance.ledger.accounts import OPEN_ACCOUNTS
from skola_finance.usecases.reports.scope import reading_reports, scope_of
from skola_finance.workflow import AGREEMENTS

if TYPE_CHECKING:
    from skola_finance.problems import Text
    from skola_finance.usecases.order import Order
    from skola_finance.usecases.store import Store


@dataclass(frozen=True, slots=True)
class PartnerToClose:
    """An agreement and what stands on its partner's accounts, in cents.

    Attributes:
        open_cents: what is payable, ordered, advanced or recoverable.
        free_cents: the free allocation, which goes back to the envelope at the closing.
        is_over: whether the agreement has ended or was succeeded.
    """

    agreement_no: str
    partner_reg_no: str
    partner: str
    open_cents: int
    free_cents: int
    state: str
    state_label: Text
    is_over: bool


def partners_to_close(store: Store, order: Order, *, programme: str) -> tuple[PartnerToClose, ...]:
    """List agreements by partner's name, with what is open of each.

    Raises: RoleNotAllowed (AUT-601); NotFound (AUT-603).
    """
    with reading_reports(store, order) as repositories:
        scope = scope_of(repositories, order, programme=programme, partner=None)
        rows = repositories.partners.agreements(programme)
        books = repositories.books.balances(
            programme, accounts=[*OPEN_ACCOUNTS, Account.ALLOCATION]
        )
    by = (Dimension.PARTNER,)
    sums: dict[Account, dict[str, int]] = {
        account: {
            partner: split.total_cents for (partner,), split in books.sums(account, by=by).items()
        }
        for account in (*OPEN_ACCOUNTS, Account.ALLOCATION)
    }
    found = []
    for row in rows:
        partner = row.partner_reg_no
        if partner not in scope.names:
            continue
        state = AgreementStatus(row.state)
        found.append(
            PartnerToClose(
                row.number,
                partner,
                scope.names[partner],
                sum(sums[account].get(partner, 0) for account in OPEN_ACCOUNTS),
                sums[Account.ALLOCATION].get(partner, 0),
                row.state,
                AGREEMENTS.state_names[state],
                state.is_over,
            )
        )
    return tuple(sorted(found, key=lambda one: (one.is_over, one.partner)))
