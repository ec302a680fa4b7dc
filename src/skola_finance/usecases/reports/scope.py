"""Whose figures a person reads: the role first, then the partners that exist for them."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from skola_finance.usecases.work import CLAIM, PARTNER, PROGRAMME
from skola_finance.workflow import TASK_NAMES, TASKS, Task, not_found, require_role

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from skola_finance.storage.repositories import Repositories
    from skola_finance.storage.tables import ClaimRow
    from skola_finance.storage.unit_of_work import UnitOfWork
    from skola_finance.usecases.order import Order
    from skola_finance.usecases.store import Store

SUCCEEDED = "succeeded"
CONFIRMED = "confirmed"


@dataclass(frozen=True, slots=True)
class Scope:
    """The partners of a report.

    Attributes:
        programme: whose books.
        names: the partners asked for, by registration number, in the order of their names.
        holders: every partner of the programme, and who holds its balances now: itself, or the
            partner that took it over. Claims stay under the partner that filed them.
        is_whole: whether the whole programme was asked for.
        illustrative: whether a setting in force is only an example, so that amounts rest on it.
    """

    programme: str
    names: Mapping[str, str]
    holders: Mapping[str, str]
    is_whole: bool
    illustrative: bool

    @property
    def claimants(self) -> tuple[str, ...]:
        """Everybody whose claims are in the books of the partners asked for."""
        return tuple(sorted(one for one, holder in self.holders.items() if holder in self.names))


@contextmanager
def reading_reports(store: Store, order: Order) -> Iterator[UnitOfWork]:
    """Open a consistent view for somebody who may read reports.

    Raises: RoleNotAllowed (AUT-601).
    """
    require_role(order.actor, command=TASK_NAMES[Task.READ_REPORTS], may=TASKS[Task.READ_REPORTS])
    with store.reading() as repositories:
        yield repositories


def scope_of(
    repositories: Repositories, order: Order, *, programme: str, partner: str | None
) -> Scope:
    """Say whose figures are asked for.

    Args:
        partner: one partner; left out, everybody that this person sees.

    Raises: NotFound (AUT-603) for an unknown programme or partner, and for another's.
    """
    if repositories.programmes.get(programme) is None:
        raise not_found(PROGRAMME)
    asked = partner if partner is not None else order.actor.partner_reg_no
    holders = _holders(repositories, programme)
    rows = repositories.partners.all()
    if asked is None:
        names = {row.reg_no: row.name for row in rows if row.reg_no in holders}
    else:
        names = {row.reg_no: row.name for row in rows if row.reg_no == asked}
        if not names or not order.actor.sees(asked):
            raise not_found(PARTNER)
        holders.setdefault(asked, asked)
    settings = repositories.programmes.settings(programme, states=[CONFIRMED])
    return Scope(
        programme=programme,
        names=names,
        holders=holders,
        is_whole=asked is None,
        illustrative=any(one.illustrative for one in settings),
    )


def claim_in(repositories: Repositories, scope: Scope, key: str) -> ClaimRow:
    """Give a claim that is in the books of a scope.

    Raises: NotFound (AUT-603), also for a claim of another partner.
    """
    row = repositories.claims.by_key(key)
    is_there = row is not None and row.programme == scope.programme
    if row is None or not is_there or row.partner_reg_no not in scope.claimants:
        raise not_found(CLAIM)
    return row


def _holders(repositories: Repositories, programme: str) -> dict[str, str]:
    """Give every partner that ever had an agreement, and who holds its balances now."""
    agreements = repositories.partners.agreements(programme)
    heirs = {
        row.partner_reg_no: row.successor_reg_no for row in agreements if row.state == SUCCEEDED
    }
    return {row.partner_reg_no: _last(row.partner_reg_no, heirs) for row in agreements}


def _last(partner: str, heirs: Mapping[str, str], *, seen: Iterable[str] = ()) -> str:
    heir = heirs.get(partner, "")
    return partner if not heir or heir in seen else _last(heir, heirs, seen=(*seen, partner))
