"""What a partner was paid and owes: orders and what each consists of, advances, recoveries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from skola_finance.ledger import Account, Dimension
from skola_finance.problems import Text
from skola_finance.usecases.lately import kept_for_a_while
from skola_finance.usecases.reports.scope import reading_reports, scope_of
from skola_finance.usecases.views.acts import standing_of
from skola_finance.workflow import (
    PAYMENT_ORDERS,
    RECOVERIES,
    PaymentState,
    RecoveryCommand,
    RecoveryState,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from skola_finance.ledger import Balances
    from skola_finance.storage.repositories import Repositories
    from skola_finance.storage.tables import ClaimRow, PaymentOrderRow
    from skola_finance.usecases.order import Order
    from skola_finance.usecases.reports.scope import Scope
    from skola_finance.usecases.store import Store


@dataclass(frozen=True, slots=True)
class PartnerOrder:
    """A payment order to a partner, in cents.

    For a claim, `approved − cleared − set off` is what the orders on it pay together; `claim_no` is
    empty for an advance or a refund. `iban` is empty for those who see no bank data.
    """

    key: str
    kind: str
    document: str
    claim_no: str
    sub_project: str
    amount_cents: int
    approved_cents: int
    cleared_cents: int
    set_off_cents: int
    ordered_on: date
    executed_on: date | None
    state: PaymentState
    state_name: Text
    iban: str


@dataclass(frozen=True, slots=True)
class PartnerAdvance:
    """An advance, in cents: what was paid before costs, and what of it is not cleared yet."""

    document: str
    sub_project: str
    amount_cents: int
    open_cents: int
    ordered_on: date | None
    clear_by: date | None


@dataclass(frozen=True, slots=True)
class InstalmentShown:
    """One instalment of a repayment schedule, in cents."""

    due_on: date
    cents: int


@dataclass(frozen=True, slots=True)
class OwnDebt:
    """What a partner owes back on one document, in cents; `left_cents` is what is still open."""

    key: str
    document: str
    reason: str
    amount_cents: int
    left_cents: int
    notified_on: date | None
    repay_by: date | None
    state: str
    state_name: Text
    instalments: tuple[InstalmentShown, ...]
    may_request_schedule: bool


@dataclass(frozen=True, slots=True)
class PartnerPayments:
    """A partner's payments in a programme, amounts in cents.

    `paid_cents` is net of what came back; `payable_cents` is approved and not ordered,
    `ordered_cents` is with the bank, `advances_cents` not cleared, `owed_cents` owed back.
    """

    paid_cents: int
    payable_cents: int
    ordered_cents: int
    advances_cents: int
    owed_cents: int
    orders: tuple[PartnerOrder, ...]
    advances: tuple[PartnerAdvance, ...]
    debts: tuple[OwnDebt, ...]


@kept_for_a_while(64)
def partner_payments(
    store: Store, order: Order, *, programme: str, partner: str
) -> PartnerPayments:
    """Give the payments of a partner, the newest first, and what is open between both sides.

    Raises: RoleNotAllowed (AUT-601); NotFound (AUT-603), also for another's partner.
    """
    with reading_reports(store, order) as repositories:
        scope = scope_of(repositories, order, programme=programme, partner=partner)
        balances = repositories.books.balances(programme, partner=partner)
        orders = [
            row
            for each in scope.claimants
            for row in repositories.payments.orders(programme, partner=each)
        ]
        claims = _claims_of(repositories, scope)
        debts = _debts(repositories, order, scope, balances)
        advances = _advances(repositories, scope, balances)
    sees_bank = order.actor.role.sees_bank_accounts
    totals = {
        account: balances.split(account).total_cents
        for account in (Account.PAID, Account.PAYABLE, Account.ORDERED, Account.ADVANCE)
    }
    return PartnerPayments(
        paid_cents=totals[Account.PAID],
        payable_cents=totals[Account.PAYABLE],
        ordered_cents=totals[Account.ORDERED],
        advances_cents=totals[Account.ADVANCE],
        owed_cents=balances.split(Account.RECOVERABLE).total_cents,
        orders=tuple(
            _order(row, claims, sees_bank=sees_bank)
            for row in sorted(orders, key=lambda each: each.id, reverse=True)
        ),
        advances=advances,
        debts=debts,
    )


def _claims_of(repositories: Repositories, scope: Scope) -> dict[int, ClaimRow]:
    rows = repositories.claims.find(
        programme=scope.programme,
        partners=scope.claimants,
        states=["approved", "ordered", "paid", "settled"],
        limit=100_000,
    )
    return {row.id: row for row in rows}


def _order(
    row: PaymentOrderRow, claims: Mapping[int, ClaimRow], *, sees_bank: bool
) -> PartnerOrder:
    claim = claims.get(row.claim_id) if row.claim_id is not None else None
    state = PaymentState(row.state)
    return PartnerOrder(
        key=row.key,
        kind=row.kind,
        document=row.document,
        claim_no=claim.claim_no if claim is not None else "",
        sub_project=row.sub_project,
        amount_cents=row.amount_cents,
        approved_cents=claim.approved_cents if claim is not None else 0,
        cleared_cents=claim.cleared_cents if claim is not None else 0,
        set_off_cents=claim.set_off_cents if claim is not None else 0,
        ordered_on=row.ordered_on,
        executed_on=row.executed_on,
        state=state,
        state_name=PAYMENT_ORDERS.state_names[state],
        iban=row.iban if sees_bank else "",
    )


def _advances(
    repositories: Repositories, scope: Scope, balances: Balances
) -> tuple[PartnerAdvance, ...]:
    out = _by_document(balances, Account.ADVANCE)
    return tuple(
        PartnerAdvance(
            row.document,
            row.sub_project,
            row.amount_cents,
            out.get(row.document, 0),
            row.ordered_on,
            row.clear_by,
        )
        for partner in scope.claimants
        for row in repositories.payments.advances(scope.programme, partner=partner)
        if row.ordered_on is not None
    )


def _debts(
    repositories: Repositories, order: Order, scope: Scope, balances: Balances
) -> tuple[OwnDebt, ...]:
    """Give the recoveries, and what stands recoverable before anybody was told of it."""
    left = _by_document(balances, Account.RECOVERABLE)
    rows = [
        row
        for partner in scope.claimants
        for row in repositories.payments.recoveries(scope.programme, partner=partner)
    ]
    acts = repositories.overview.acts(RECOVERIES.key, [row.key for row in rows])
    found = []
    for row in rows:
        state = RecoveryState(row.state)
        standing = standing_of(RECOVERIES, state, acts[row.key], actor=order.actor)
        parts = repositories.payments.instalments(row.id)
        found.append(
            OwnDebt(
                key=row.key,
                document=row.document,
                reason=row.reason,
                amount_cents=row.amount_cents,
                left_cents=left.pop(row.document, 0),
                notified_on=row.notified_on,
                repay_by=row.repay_by,
                state=row.state,
                state_name=RECOVERIES.state_names[state],
                instalments=tuple(InstalmentShown(one.due_on, one.amount_cents) for one in parts),
                may_request_schedule=RecoveryCommand.REQUEST_SCHEDULE.value in standing.open_to,
            )
        )
    return (*_untold(left.items()), *reversed(found))


def _untold(left: Iterable[tuple[str, int]]) -> list[OwnDebt]:
    name = Text(lv="Paziņojums vēl nav nosūtīts", en="The notice is not sent yet")
    return [
        OwnDebt("", document, "", cents, cents, None, None, "", name, (), False)  # noqa: FBT003 - the last field
        for document, cents in left
        if cents
    ]


def _by_document(balances: Balances, account: Account) -> dict[str, int]:
    sums = balances.sums(account, by=(Dimension.DOCUMENT,))
    return {document: split.total_cents for (document,), split in sums.items()}
