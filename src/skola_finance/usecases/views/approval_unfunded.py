"""Partners whose approved claims left something unfunded, and the room they have now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from skola_finance.ledger import Account, Dimension
from skola_finance.usecases.deciding.revival import preview_revival
from skola_finance.usecases.views.queue import READ_QUEUE, READERS
from skola_finance.usecases.work import PROGRAMME
from skola_finance.workflow import not_found, require_role

if TYPE_CHECKING:
    from skola_finance.usecases.deciding.revival import RevivedClaim
    from skola_finance.usecases.order import Order
    from skola_finance.usecases.store import Store


@dataclass(frozen=True, slots=True)
class UnfundedPartner:
    """A partner with unfunded lines in approved claims; amounts in cents.

    Lines that a reviewer put off are among them; `preview_revival` says what comes back.
    """

    partner_reg_no: str
    partner_name: str
    claims: int
    unfunded_cents: int
    free_cents: int


@dataclass(frozen=True, slots=True)
class RevivalPage:
    """What would come back of a partner's unfunded lines now; `partner` None: nothing is left."""

    partner: UnfundedPartner | None
    claims: tuple[RevivedClaim, ...]

    @property
    def cents(self) -> int:
        """What would come back in all."""
        return sum(one.cents for one in self.claims)


def revival_page(store: Store, order: Order, *, programme: str, partner: str) -> RevivalPage:
    """Show what `revive_unfunded` would approve now, beside what the partner has free.

    Raises: as `preview_revival` and `unfunded_partners`.
    """
    partners = unfunded_partners(store, order, programme=programme)
    claims = preview_revival(store, order, programme=programme, partner=partner)
    found = (one for one in partners if one.partner_reg_no == partner)
    return RevivalPage(next(found, None), claims)


def unfunded_partners(store: Store, order: Order, *, programme: str) -> tuple[UnfundedPartner, ...]:
    """Give the partners of a programme with something left unfunded, by name.

    Raises: RoleNotAllowed (AUT-601); NotFound (AUT-603) for an unknown programme.
    """
    require_role(order.actor, command=READ_QUEUE, may=READERS)
    with store.reading() as repositories:
        if repositories.programmes.get(programme) is None:
            raise not_found(PROGRAMME)
        names = repositories.waiting.partner_names()
        balances = repositories.books.balances(programme, accounts=[Account.ALLOCATION])
        free = balances.sums(Account.ALLOCATION, by=(Dimension.PARTNER,))
        found = [
            UnfundedPartner(
                partner_reg_no=reg_no,
                partner_name=names.get(reg_no, reg_no),
                claims=claims,
                unfunded_cents=cents,
                free_cents=free[reg_no,].total_cents if (reg_no,) in free else 0,
            )
            for reg_no, claims, cents in repositories.waiting.revivable(programme)
        ]
    return tuple(sorted(found, key=lambda one: one.partner_name))
