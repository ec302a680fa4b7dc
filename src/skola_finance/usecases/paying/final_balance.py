"""The final balance of a partner: every account, what is still open, and closing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from skola_finance.ledger import Account
from skola_finance.ledger.accounts import OPEN_ACCOUNTS
from skola_finance.problems import Text
from skola_finance.usecases.deciding.debts import OPEN
from skola_finance.usecases.partners.agreements import end_agreement
from skola_finance.usecases.use_case import use_case
from skola_finance.usecases.wording import amount, refuse
from skola_finance.usecases.work import PARTNER, PROGRAMME, Work
from skola_finance.workflow import (
    AGREEMENTS,
    TASK_NAMES,
    TASKS,
    AgreementCommand,
    ClaimState,
    IrregularityState,
    PaymentState,
    ProposalState,
    RecoveryState,
    Task,
    not_found,
    require_role,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from skola_finance.storage.repositories import Repositories
    from skola_finance.usecases.order import Answer, Order
    from skola_finance.usecases.store import Store

LIVING = (
    *(ClaimState.DRAFT, ClaimState.SUBMITTED, ClaimState.IN_REVIEW, ClaimState.CLARIFICATION),
    *(ClaimState.RETURNED, ClaimState.RECOMMENDED, ClaimState.APPROVED, ClaimState.ORDERED),
)
"""States of a claim in which something is still to be done."""
PENDING = (
    *(IrregularityState.SUSPECTED, IrregularityState.ESTABLISHED, IrregularityState.WITHHELD),
)
"""States of a case of irregularity in which something is still to be done."""


@dataclass(frozen=True, slots=True)
class OpenMatter:
    """Something that keeps a partner from being closed; `cents` is what stands on an account."""

    kind: str
    thing: str
    state: str
    cents: int = 0


@dataclass(frozen=True, slots=True)
class FinalBalance:
    """What stands on every account of a partner, in cents, and what is still open.

    `accounts` holds total, ESF+ and state by the account's name.
    """

    programme: str
    partner: str
    accounts: Mapping[str, tuple[int, int, int]]
    open_matters: tuple[OpenMatter, ...]

    @property
    def is_settled(self) -> bool:
        """Say whether nothing is open, so that the partner can be closed."""
        return not self.open_matters

    @property
    def returns_cents(self) -> int:
        """What goes back from the partner's allocation to the envelope at the closing."""
        return self.accounts.get(Account.ALLOCATION.value, (0, 0, 0))[0]


def final_balance(store: Store, order: Order, *, programme: str, partner: str) -> FinalBalance:
    """Give the final balance of a partner as it stands now.

    Raises: RoleNotAllowed (AUT-601); NotFound (AUT-603), also for what belongs to others.
    """
    require_role(order.actor, command=TASK_NAMES[Task.READ_REPORTS], may=TASKS[Task.READ_REPORTS])
    with store.reading() as repositories:
        if repositories.programmes.get(programme) is None:
            raise not_found(PROGRAMME)
        if not order.actor.sees(partner) or repositories.partners.get(partner) is None:
            raise not_found(PARTNER)
        return balance_of(repositories, programme, partner)


@use_case(
    title=Text(lv="Slēgt partnera gala bilanci", en="Close a partner's final balance"),
    roles=AGREEMENTS.may[AgreementCommand.END],
)
def close_final_balance(work: Work, *, programme: str, number: str, reason: str) -> Answer:
    """End an agreement once nothing of its partner is open; the free allocation goes back.

    Args:
        number: of the agreement.

    Raises: NotFound (AUT-603); CommandRefused PAY-869, which names the first thing that is open;
        what `end_agreement` refuses.
    """
    row = work.repositories.partners.agreement_by_no(programme, number)
    if row is not None:
        work.programme(programme, lock=True)
        balance = balance_of(work.repositories, programme, row.partner_reg_no)
        if balance.open_matters:
            first = balance.open_matters[0]
            told = amount(first.cents)
            raise refuse(
                "PAY-869",
                lv=f"Partneri {row.partner_reg_no} vēl nevar slēgt: nepabeigts ir {first.thing}"
                f"{f' ({told.lv})' if first.cents else ''}; kopā {len(balance.open_matters)}.",
                en=f"The partner {row.partner_reg_no} cannot be closed yet: {first.thing}"
                f"{f' ({told.en})' if first.cents else ''} is open, "
                f"{len(balance.open_matters)} in all.",
                hint_lv="Pabeidziet to un skatiet gala bilanci vēlreiz.",
                hint_en="Finish it, and look at the final balance again.",
                subject=first.thing,
            )
    return end_agreement.body(work, programme=programme, number=number, reason=reason)


def balance_of(repositories: Repositories, programme: str, partner: str) -> FinalBalance:
    """Add up every account of a partner, and list what is open."""
    balances = repositories.books.balances(programme, partner=partner)
    accounts = {}
    for account in Account:
        split = balances.split(account)
        if split.total_cents or split.esf_plus_cents:
            accounts[account.value] = (split.total_cents, split.esf_plus_cents, split.state_cents)
    matters = [
        OpenMatter("account", account.value, "", accounts[account.value][0])
        for account in OPEN_ACCOUNTS
        if accounts.get(account.value, (0, 0, 0))[0]
    ]
    matters += _open_things(repositories, programme, partner)
    return FinalBalance(programme, partner, accounts, tuple(matters))


def _open_things(repositories: Repositories, programme: str, partner: str) -> list[OpenMatter]:
    payments = repositories.payments
    claims = repositories.claims.find(
        programme=programme, partners=[partner], states=[one.value for one in LIVING], limit=1000
    )
    orders = payments.orders(programme, partner=partner, states=[PaymentState.ORDERED.value])
    proposals = payments.correction_proposals(
        programme, partner=partner, states=[ProposalState.PROPOSED.value]
    )
    recoveries = payments.recoveries(programme, partner=partner)
    cases = repositories.cases.irregularities(programme, partner=partner)
    return [
        *(OpenMatter("claim", one.key, one.state, one.eligible_cents) for one in claims),
        *(OpenMatter("payment_order", one.key, one.state, one.amount_cents) for one in orders),
        *(OpenMatter("correction", one.document, one.state, one.amount_cents) for one in proposals),
        *(
            OpenMatter("recovery", one.key, one.state, one.amount_cents)
            for one in recoveries
            if RecoveryState(one.state) in OPEN
        ),
        *(
            OpenMatter("irregularity", one.key, one.state, one.amount_cents)
            for one in cases
            if one.state in PENDING
        ),
    ]
