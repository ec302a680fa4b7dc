"""What a succession would move, before anybody confirms it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from skola_finance.usecases.partners.agreements import WHAT
from skola_finance.usecases.reports.scope import reading_reports, scope_of
from skola_finance.usecases.reports.statement import SHOWN
from skola_finance.workflow import ClaimState, not_found

if TYPE_CHECKING:
    from datetime import date

    from skola_finance.ledger import Account
    from skola_finance.usecases.order import Order
    from skola_finance.usecases.store import Store

_OPEN_CLAIMS = tuple(
    state.value
    for state in ClaimState
    if state not in {ClaimState.PAID, ClaimState.SETTLED, ClaimState.REJECTED, ClaimState.WITHDRAWN}
)


@dataclass(frozen=True, slots=True)
class Succession:
    """What goes from a partner to its successor: balances in cents, and how many things.

    `on` is None, and the successor empty, where nobody has prepared it. Claims stay under the
    number that filed them; what they come to stands with the successor.
    """

    number: str
    partner_reg_no: str
    partner_name: str
    successor_reg_no: str
    successor_name: str
    on: date | None
    balances: tuple[tuple[Account, int], ...]
    open_claims: int
    institutions: int
    plans: int
    sub_projects: int
    advances: int


def succession_preview(store: Store, order: Order, *, programme: str, number: str) -> Succession:
    """Say what a succession of an agreement would move as things stand now; nothing is changed.

    Raises: RoleNotAllowed (AUT-601); NotFound (AUT-603) for an unknown agreement or another's.
    """
    with reading_reports(store, order) as repositories:
        scope_of(repositories, order, programme=programme, partner=None)
        rows = repositories.partners.agreements(programme)
        row = next((one for one in rows if one.number == number), None)
        if row is None or not order.actor.sees(row.partner_reg_no):
            raise not_found(WHAT)
        old = row.partner_reg_no
        names = repositories.overview.partner_names()
        standing = repositories.books.balances(programme, partner=old)
        counted = repositories.overview.claims_by_state(programme, partners=[old])
        day = row.succession_on or order.on
        institutions = repositories.partners.institutions(programme, partner=old)
        return Succession(
            number=row.number,
            partner_reg_no=old,
            partner_name=names[old],
            successor_reg_no=row.successor_reg_no,
            successor_name=names.get(row.successor_reg_no, ""),
            on=row.succession_on,
            balances=tuple(
                (account, cents)
                for account in SHOWN
                if (cents := standing.split(account).total_cents)
            ),
            open_claims=sum(one.claims for one in counted if one.state in _OPEN_CLAIMS),
            institutions=sum(one.left_on is None or one.left_on >= day for one in institutions),
            plans=repositories.overview.plans(programme, partner=old),
            sub_projects=len(repositories.partners.sub_projects(programme, partners=[old])),
            advances=len(repositories.payments.advances(programme, partner=old)),
        )
