"""Payment orders as pages show them: what waits for an order, what the bank was told, and one."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from skola_finance.storage.repositories.cash import Cash
from skola_finance.usecases.paying.advance_payments import OWED_AGAIN
from skola_finance.usecases.paying.orders import ADVANCE_PAYMENT, CLAIM_PAYMENT, WHAT
from skola_finance.usecases.paying.refunds import REFUND
from skola_finance.usecases.reports.scope import reading_reports, scope_of
from skola_finance.usecases.views.posted import Deed, PostedEntry, deeds_of, entries_of
from skola_finance.workflow import PAYMENT_ORDERS, PaymentState, not_found

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from skola_finance.problems import Text
    from skola_finance.storage.tables import PaymentOrderRow
    from skola_finance.usecases.order import Order
    from skola_finance.usecases.store import Store

_PAID_BY: Mapping[str, str] = MappingProxyType(
    {
        CLAIM_PAYMENT: "mark_paid",
        ADVANCE_PAYMENT: "mark_advance_paid",
        OWED_AGAIN: "mark_advance_paid",
        REFUND: "mark_refund_paid",
    }
)
_BACK: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        CLAIM_PAYMENT: ("reject_order", "cancel_order"),
        ADVANCE_PAYMENT: ("reject_advance_order", "cancel_advance_order"),
        OWED_AGAIN: ("reject_advance_order", "cancel_advance_order"),
        REFUND: ("take_back_refund",),
    }
)
_RETURNED: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        CLAIM_PAYMENT: ("return_order",),
        ADVANCE_PAYMENT: ("return_advance_payment",),
        OWED_AGAIN: ("return_advance_payment",),
        REFUND: (),
    }
)


@dataclass(frozen=True, slots=True)
class OrderLine:
    """A payment order in a list; the amount in cents.

    Attributes:
        kind: `claim`, `advance`, `owed_again` or `refund`.
        document: what it pays: a claim, an advance or an undone correction.
        paid_by: the command that records that the bank paid it; empty where none can.
    """

    key: str
    partner_reg_no: str
    partner: str
    kind: str
    document: str
    sub_project: str
    amount_cents: int
    iban: str
    batch: str
    statement: str
    return_statement: str
    ordered_on: date
    executed_on: date | None
    state: str
    state_label: Text
    paid_by: str


@dataclass(frozen=True, slots=True)
class OrdersInState:
    """Payment orders in one state, counted and added up in cents."""

    state: str
    label: Text
    orders: int
    cents: int


@dataclass(frozen=True, slots=True)
class OrderList:
    """A page of payment orders, the newest first; `next_before` is 0 after the last."""

    lines: tuple[OrderLine, ...]
    next_before: int
    states: tuple[OrdersInState, ...]
    cents: int
    illustrative: bool


@dataclass(frozen=True, slots=True)
class OrderView:
    """One payment order: its entries in the books, what people did, and what can be done next."""

    programme: str
    line: OrderLine
    claim: str
    entries: tuple[PostedEntry, ...]
    deeds: tuple[Deed, ...]
    possible: tuple[str, ...]
    illustrative: bool


def payment_orders(
    store: Store,
    order: Order,
    *,
    programme: str,
    state: str = "",
    text: str = "",
    before: int = 0,
    limit: int = 50,
) -> OrderList:
    """List payment orders, the newest first, with the sums of every state.

    Args:
        state: only those in it; all if empty.
        text: a part of the key, document, file, statement or partner's name.
        before: `next_before` of the page before; 0 for the first page.
        limit: how many.

    Raises: RoleNotAllowed (AUT-601); NotFound (AUT-603).
    """
    with reading_reports(store, order) as repositories:
        scope = scope_of(repositories, order, programme=programme, partner=None)
        if not scope.is_whole:
            raise not_found(WHAT)
        cash = Cash(repositories.session)
        rows = cash.orders(
            programme,
            states=[state] if state else (),
            text=text.strip(),
            before=before or None,
            limit=limit + 1,
        )
        names = {one.reg_no: one.name for one in repositories.partners.all()}
        sums = {one.state: one for one in cash.order_sums(programme)}
    shown = rows[:limit]
    return OrderList(
        tuple(line_of(row, names) for row in shown),
        shown[-1].id if len(rows) > limit else 0,
        tuple(
            OrdersInState(one.value, label, found.orders, found.cents)
            for one, label in PAYMENT_ORDERS.state_names.items()
            if (found := sums.get(one.value)) is not None
        ),
        sum(row.amount_cents for row in shown),
        scope.illustrative,
    )


def payment_order(store: Store, order: Order, *, key: str) -> OrderView:
    """Give one payment order with everything behind it.

    Raises: RoleNotAllowed (AUT-601); NotFound (AUT-603), also for another partner's.
    """
    with reading_reports(store, order) as repositories:
        cash = Cash(repositories.session)
        row = cash.order_by_key(key)
        if row is None or not order.actor.sees(row.partner_reg_no):
            raise not_found(WHAT)
        scope = scope_of(repositories, order, programme=row.programme, partner=row.partner_reg_no)
        claim = cash.claim_keys([row.claim_id] if row.claim_id else ())
        line = line_of(row, scope.names)
        return OrderView(
            row.programme,
            line,
            claim.get(row.claim_id or 0, ""),
            entries_of(repositories, row.programme, reference=row.key),
            deeds_of(repositories, PAYMENT_ORDERS.key, row.key),
            _possible(line),
            scope.illustrative,
        )


def line_of(row: PaymentOrderRow, names: Mapping[str, str]) -> OrderLine:
    """Make the line of a payment order; `names` are of partners by registration number."""
    state = PaymentState(row.state)
    return OrderLine(
        key=row.key,
        partner_reg_no=row.partner_reg_no,
        partner=names.get(row.partner_reg_no, row.partner_reg_no),
        kind=row.kind,
        document=row.document,
        sub_project=row.sub_project,
        amount_cents=row.amount_cents,
        iban=row.iban,
        batch=row.batch,
        statement=row.statement,
        return_statement=row.return_statement,
        ordered_on=row.ordered_on,
        executed_on=row.executed_on,
        state=row.state,
        state_label=PAYMENT_ORDERS.state_names[state],
        paid_by=_PAID_BY[row.kind] if state is PaymentState.ORDERED else "",
    )


def _possible(line: OrderLine) -> tuple[str, ...]:
    """Name the commands that the state of an order knows, whoever may give them."""
    match PaymentState(line.state):
        case PaymentState.ORDERED:
            return (line.paid_by, *_BACK[line.kind])
        case PaymentState.EXECUTED:
            return _RETURNED[line.kind]
        case _:
            return ()
