"""What waits for the treasurer: approved claims, what is left to pay of them, and why so much."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from skola_finance.ledger import Account, Balances, Dimension
from skola_finance.problems import SkolaError
from skola_finance.usecases.deciding.settling import WAITING
from skola_finance.usecases.partners.bank_accounts import account_to_pay
from skola_finance.usecases.reports.scope import claim_in, reading_reports, scope_of
from skola_finance.usecases.views.posted import PostedEntry, entries_of
from skola_finance.usecases.work import CLAIM
from skola_finance.workflow import ClaimState, not_found

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from skola_finance.storage.repositories import Repositories
    from skola_finance.storage.tables import ClaimRow
    from skola_finance.usecases.order import Order
    from skola_finance.usecases.reports.scope import Scope
    from skola_finance.usecases.store import Store

MOST = 500


@dataclass(frozen=True, slots=True)
class ClaimToPay:
    """An approved claim and what is left to pay of it, in cents.

    Attributes:
        partner_reg_no: who is paid: the partner, or the successor that holds its balances.
        cleared_cents: what advances had paid already.
        set_off_cents: debts that its approval set off.
        other_cents: paid by earlier orders, kept back by corrections, or set off later.
        debts_cents: what the partner still owes, and could be set off before it is paid.
    """

    claim: str
    claim_no: str
    state: str
    partner_reg_no: str
    partner: str
    period_from: date | None
    period_to: date | None
    approved_at: datetime | None
    approved_cents: int
    cleared_cents: int
    set_off_cents: int
    other_cents: int
    payable_cents: int
    debts_cents: int


@dataclass(frozen=True, slots=True)
class ClaimsToPay:
    """Everything that waits for an order, the claim approved first first; sums in cents."""

    claims: tuple[ClaimToPay, ...]
    approved_cents: int
    payable_cents: int
    debts_cents: int


@dataclass(frozen=True, slots=True)
class ClaimPayment:
    """How a claim comes to what is payable: its entries in order, and where the money would go."""

    programme: str
    line: ClaimToPay
    entries: tuple[PostedEntry, ...]
    iban: str
    illustrative: bool


def claims_to_pay(store: Store, order: Order, *, programme: str) -> ClaimsToPay:
    """List approved claims that are not ordered yet, those that leave nothing to pay too.

    Raises: RoleNotAllowed (AUT-601); NotFound (AUT-603).
    """
    with reading_reports(store, order) as repositories:
        scope = scope_of(repositories, order, programme=programme, partner=None)
        rows = repositories.claims.find(
            programme=programme,
            partners=None if scope.is_whole else scope.claimants,
            states=[ClaimState.APPROVED.value],
            limit=MOST,
        )
        books = _books(repositories, programme)
        names = {one.reg_no: one.name for one in repositories.partners.all()}
        debts = _debts(repositories, programme, books)
    rows = sorted(rows, key=lambda row: row.approval_no or 0)
    lines = tuple(_line(row, scope, names, books, debts) for row in rows)
    indebted = {one.partner_reg_no: one.debts_cents for one in lines if one.payable_cents > 0}
    return ClaimsToPay(
        lines,
        sum(one.approved_cents for one in lines),
        sum(one.payable_cents for one in lines),
        sum(indebted.values()),
    )


def claim_payment(store: Store, order: Order, *, claim: str) -> ClaimPayment:
    """Say step by step what is payable on an approved claim, and to which account.

    Raises: RoleNotAllowed (AUT-601); NotFound (AUT-603), also for another partner's.
    """
    with reading_reports(store, order) as repositories:
        row = repositories.claims.by_key(claim)
        if row is None:
            raise not_found(CLAIM)
        scope = scope_of(repositories, order, programme=row.programme, partner=None)
        claim_in(repositories, scope, claim)
        books = _books(repositories, row.programme)
        names = {one.reg_no: one.name for one in repositories.partners.all()}
        debts = _debts(repositories, row.programme, books)
        line = _line(row, scope, names, books, debts)
        entries = entries_of(
            repositories,
            row.programme,
            documents=[row.key],
            accounts=[Account.PAYABLE, Account.ORDERED, Account.PAID],
        )
        try:
            iban = account_to_pay(repositories, line.partner_reg_no, on=order.on).iban
        except SkolaError:
            iban = ""
        return ClaimPayment(row.programme, line, entries, iban, scope.illustrative)


def _books(repositories: Repositories, programme: str) -> Balances:
    return repositories.books.balances(
        programme, accounts=[Account.PAYABLE, Account.RECOVERABLE, Account.ORDERED]
    )


def _debts(repositories: Repositories, programme: str, books: Balances) -> Mapping[str, int]:
    """Add up by partner what it owes and may be set off; agreed instalments are left alone."""
    waiting = {
        row.document for row in repositories.payments.recoveries(programme) if row.state in WAITING
    }
    by = (Dimension.PARTNER, Dimension.DOCUMENT)
    found: dict[str, int] = {}
    for (partner, document), split in books.sums(Account.RECOVERABLE, by=by).items():
        if document in waiting:
            found[partner] = found.get(partner, 0) + split.total_cents
    return found


def _line(
    row: ClaimRow,
    scope: Scope,
    names: Mapping[str, str],
    books: Balances,
    debts: Mapping[str, int],
) -> ClaimToPay:
    partner = scope.holders.get(row.partner_reg_no, row.partner_reg_no)
    payable = books.open_item(
        Account.PAYABLE, programme=row.programme, partner=partner, document=row.key
    ).available_cents
    return ClaimToPay(
        claim=row.key,
        claim_no=row.claim_no,
        state=row.state,
        partner_reg_no=partner,
        partner=names.get(partner, partner),
        period_from=row.period_from,
        period_to=row.period_to,
        approved_at=row.approved_at,
        approved_cents=row.approved_cents,
        cleared_cents=row.cleared_cents,
        set_off_cents=row.set_off_cents,
        other_cents=row.approved_cents - row.cleared_cents - row.set_off_cents - payable,
        payable_cents=payable,
        debts_cents=debts.get(partner, 0),
    )
