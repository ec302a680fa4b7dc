"""The life of a programme: opened or not, under which rules, and what holds its end up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from skola_finance.ledger.accounts import OPEN_ACCOUNTS
from skola_finance.problems import Text
from skola_finance.rulebook import load_rulebook
from skola_finance.usecases.programmes.opening import TITLES
from skola_finance.usecases.reports.scope import reading_reports
from skola_finance.workflow import TASKS, Task, not_found

if TYPE_CHECKING:
    from datetime import date

    from skola_finance.ledger import Account
    from skola_finance.usecases.order import Order
    from skola_finance.usecases.store import Store


@dataclass(frozen=True, slots=True)
class ProgrammeLife:
    """Where a programme is in its life.

    Attributes:
        opened_on: None where nobody has opened it.
        digest: of the rulebook in use; empty where it is not open.
        newest: digest of the rulebook that this release brings.
        rules: how many rules the newest one has.
        in_the_way: accounts on which something is open, with cents: they hold the closing up.
        may_keep: whether the person who looks may open, adopt and close.
    """

    programme: str
    title: Text
    opened_on: date | None
    closed_on: date | None
    digest: str
    newest: str
    rules: int
    in_the_way: tuple[tuple[Account, int], ...]
    may_keep: bool

    @property
    def has_newer_rules(self) -> bool:
        """Whether this release brings other rules than those in use."""
        return bool(self.digest) and self.digest != self.newest


def programme_life(store: Store, order: Order, *, programme: str) -> ProgrammeLife:
    """Say where a programme is in its life, also before it is opened; the agency alone asks.

    Raises: RoleNotAllowed (AUT-601); NotFound (AUT-603) for a programme without a rulebook, and
        for a partner's people.
    """
    if programme not in TITLES or order.actor.partner_reg_no is not None:
        raise not_found(Text(lv="programma", en="programme"))
    with reading_reports(store, order) as repositories:
        row = repositories.programmes.get(programme)
        standing = repositories.overview.balances_by_partner(
            programme, accounts=[one.value for one in OPEN_ACCOUNTS]
        )
    newest = load_rulebook(programme)
    sums = {
        account: account.normal_side.sign
        * sum(cents for (_, name, _), cents in standing.items() if name == account.value)
        for account in OPEN_ACCOUNTS
    }
    return ProgrammeLife(
        programme=programme,
        title=TITLES[programme],
        opened_on=row.opened_on if row is not None else None,
        closed_on=row.closed_on if row is not None else None,
        digest=row.rulebook_digest if row is not None else "",
        newest=newest.digest,
        rules=len(newest.rules),
        in_the_way=tuple((account, cents) for account, cents in sums.items() if cents),
        may_keep=order.actor.role in TASKS[Task.OPEN_PROGRAMME],
    )
