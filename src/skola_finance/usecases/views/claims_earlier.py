"""The claim whose lines a new one may begin with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from skola_finance.usecases.filing.known import last_claims
from skola_finance.usecases.filing.standing import claim_seen

if TYPE_CHECKING:
    from datetime import date

    from skola_finance.storage.repositories import Repositories
    from skola_finance.usecases.order import Order
    from skola_finance.usecases.store import Store


@dataclass(frozen=True, slots=True)
class EarlierClaim:
    """The claim that a partner filed last, as `take_over_lines` finds it."""

    key: str
    claim_no: str
    period_from: date | None
    period_to: date | None
    lines: int


def earlier_claim(store: Store, order: Order, *, claim: str) -> EarlierClaim | None:
    """Give the claim whose lines an empty one may begin with; None where there is none.

    Raises: NotFound (AUT-603).
    """
    with store.reading() as repositories:
        row = claim_seen(repositories, order, claim)
        return earlier_of(repositories, row.programme, partner=row.partner_reg_no, before=row.id)


def earlier_of(
    repositories: Repositories, programme: str, *, partner: str, before: int | None = None
) -> EarlierClaim | None:
    """Give the last claim of a partner within a view that is open."""
    for row in last_claims(repositories, programme, partner=partner, before=before):
        return EarlierClaim(row.key, row.claim_no, row.period_from, row.period_to, row.lines)
    return None
