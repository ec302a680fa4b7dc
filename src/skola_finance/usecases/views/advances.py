"""Advances as pages show them: what is out, what claims cleared, and the room for another one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from skola_finance.ledger import Account, Balances, Event
from skola_finance.problems import SkolaError
from skola_finance.usecases.in_force import rulebook_now
from skola_finance.usecases.paying.advances import MAX_RATE, WHAT, general_room
from skola_finance.usecases.reports.scope import reading_reports, scope_of
from skola_finance.usecases.views.orders import OrderLine, line_of
from skola_finance.usecases.views.posted import Deed, PostedEntry, deeds_of, entries_of
from skola_finance.usecases.work import PARTNER, Work
from skola_finance.workflow import ADVANCES, PaymentState, ProposalState, not_found

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from skola_finance.problems import Problem, Text
    from skola_finance.storage.repositories import Repositories
    from skola_finance.storage.tables import AdvanceRow
    from skola_finance.usecases.order import Order
    from skola_finance.usecases.store import Store

_NOTHING_CAME = frozenset({PaymentState.REJECTED, PaymentState.CANCELLED, PaymentState.RETURNED})


@dataclass(frozen=True, slots=True)
class AdvanceLine:
    """An advance in a list, in cents.

    Attributes:
        sub_project: the project that it is for; empty for a general one.
        in_transit_cents: ordered, and not yet paid by the bank.
        out_cents: paid, and neither cleared nor repaid.
        cleared_cents: what approved claims have cleared of it.
        repaid_cents: what the partner paid back.
        debt_cents: what became a debt because it was overdue.
        is_late: whether the day by which it was to be cleared has passed with money out.
    """

    document: str
    partner_reg_no: str
    partner: str
    sub_project: str
    amount_cents: int
    in_transit_cents: int
    out_cents: int
    cleared_cents: int
    repaid_cents: int
    debt_cents: int
    ordered_on: date | None
    clear_by: date | None
    is_late: bool
    reason: str
    state: str
    state_label: Text


@dataclass(frozen=True, slots=True)
class AdvanceList:
    """Every advance, the newest first, with the sums of what is proposed, on its way and out."""

    lines: tuple[AdvanceLine, ...]
    proposed_cents: int
    in_transit_cents: int
    out_cents: int
    late_cents: int
    illustrative: bool


@dataclass(frozen=True, slots=True)
class AdvanceView:
    """One advance: its orders, entries and acts, and the commands that its state knows.

    Attributes:
        owed_again_cents: payable on it, because it came back after claims had cleared it.
        debts: the recoveries of what was overdue, by key.
    """

    programme: str
    line: AdvanceLine
    orders: tuple[OrderLine, ...]
    entries: tuple[PostedEntry, ...]
    deeds: tuple[Deed, ...]
    owed_again_cents: int
    debts: tuple[str, ...]
    possible: tuple[str, ...]
    illustrative: bool


@dataclass(frozen=True, slots=True)
class AdvanceOffer:
    """How much may be advanced to a partner in general, in cents, and by which setting.

    `problem` says why nothing can be worked out, such as a setting that nobody entered.
    """

    partner_reg_no: str
    partner: str
    limit_cents: int
    out_cents: int
    free_cents: int
    rate: str
    source: str
    illustrative: bool
    problem: Problem | None = None


def advances_of(store: Store, order: Order, *, programme: str) -> AdvanceList:
    """List advances, the newest first; a partner's people see their own.

    Raises: RoleNotAllowed (AUT-601); NotFound (AUT-603).
    """
    with reading_reports(store, order) as repositories:
        scope = scope_of(repositories, order, programme=programme, partner=None)
        rows = [
            row
            for row in repositories.payments.advances(programme)
            if scope.is_whole or row.partner_reg_no in scope.claimants
        ]
        names = {one.reg_no: one.name for one in repositories.partners.all()}
        lines = _lines(repositories, programme, rows, names, on=order.on)
    lines.reverse()
    waiting = [one for one in lines if one.state == ProposalState.PROPOSED]
    return AdvanceList(
        tuple(lines),
        sum(one.amount_cents for one in waiting),
        sum(one.in_transit_cents for one in lines),
        sum(one.out_cents for one in lines),
        sum(one.out_cents for one in lines if one.is_late),
        scope.illustrative,
    )


def advance_page(store: Store, order: Order, *, document: str) -> AdvanceView:
    """Give one advance with everything behind it.

    Raises: RoleNotAllowed (AUT-601); NotFound (AUT-603), also for another partner's.
    """
    with reading_reports(store, order) as repositories:
        row = repositories.payments.advance(document)
        if row is None or not order.actor.sees(row.partner_reg_no):
            raise not_found(WHAT)
        scope = scope_of(repositories, order, programme=row.programme, partner=row.partner_reg_no)
        line = _lines(repositories, row.programme, [row], scope.names, on=order.on)[0]
        orders = repositories.payments.orders(row.programme, document=document)
        payable = repositories.books.balances(
            row.programme, partner=row.partner_reg_no, accounts=[Account.PAYABLE]
        ).open_item(
            Account.PAYABLE,
            programme=row.programme,
            partner=row.partner_reg_no,
            document=document,
        )
        debts = [
            one.key
            for one in repositories.payments.recoveries(row.programme, partner=row.partner_reg_no)
            if one.document.startswith(f"{document}/")
        ]
        came_to_nothing = all(PaymentState(one.state) in _NOTHING_CAME for one in orders)
        return AdvanceView(
            row.programme,
            line,
            tuple(line_of(one, scope.names) for one in orders),
            entries_of(repositories, row.programme, documents=[document]),
            deeds_of(repositories, ADVANCES.key, document),
            payable.available_cents,
            tuple(debts),
            _possible(line, came_to_nothing=came_to_nothing, owed_again=payable.available_cents),
            scope.illustrative,
        )


def advance_offer(store: Store, order: Order, *, programme: str, partner: str) -> AdvanceOffer:
    """Say how much may still be advanced to a partner in general.

    Raises: RoleNotAllowed (AUT-601); NotFound (AUT-603).
    """
    with reading_reports(store, order) as repositories:
        scope = scope_of(repositories, order, programme=programme, partner=partner)
        if partner not in scope.holders:
            raise not_found(PARTNER)
        try:
            room = general_room(Work(store, repositories, order), programme, partner)
        except SkolaError as error:
            return AdvanceOffer(
                partner,
                scope.names[partner],
                0,
                0,
                0,
                "",
                "",
                illustrative=False,
                problem=error.problem,
            )
        rulebook = rulebook_now(store, repositories, programme)
        setting = rulebook.setting(MAX_RATE, on=order.on)
    return AdvanceOffer(
        partner,
        scope.names[partner],
        room.limit_cents,
        room.out_cents,
        max(room.limit_cents - room.out_cents, 0),
        setting.text,
        setting.source,
        setting.illustrative,
    )


def partners_in(store: Store, order: Order, *, programme: str) -> tuple[tuple[str, str], ...]:
    """Give registration number and name of the partners that hold balances, by name.

    Raises: RoleNotAllowed (AUT-601); NotFound (AUT-603).
    """
    with reading_reports(store, order) as repositories:
        scope = scope_of(repositories, order, programme=programme, partner=None)
    return tuple(
        (reg_no, name)
        for reg_no, name in scope.names.items()
        if scope.holders.get(reg_no) == reg_no
    )


def _possible(line: AdvanceLine, *, came_to_nothing: bool, owed_again: int) -> tuple[str, ...]:
    """Name the commands that an advance knows now, whoever may give them."""
    if line.state == ProposalState.PROPOSED:
        return ("order_advance", "reject_advance", "withdraw_advance")
    found = []
    if line.state == ProposalState.CONFIRMED and came_to_nothing and not line.sub_project:
        found.append("order_advance")
    if owed_again:
        found.append("order_owed_again")
    if line.out_cents > 0:
        found += ["repay_unspent_advance", "mark_advance_overdue"]
    return tuple(found)


def _lines(
    repositories: Repositories,
    programme: str,
    rows: Iterable[AdvanceRow],
    names: Mapping[str, str],
    *,
    on: date,
) -> list[AdvanceLine]:
    balances = repositories.books.balances(programme, accounts=[Account.ADVANCE, Account.ORDERED])
    moved: dict[tuple[str, str], int] = {}
    for one in repositories.figures.posted(programme, accounts=[Account.ADVANCE.value]):
        key = (one.document, one.event)
        moved[key] = moved.get(key, 0) + one.cents
    return [_line(row, names, balances, moved, on=on) for row in rows]


def _line(
    row: AdvanceRow,
    names: Mapping[str, str],
    balances: Balances,
    moved: Mapping[tuple[str, str], int],
    *,
    on: date,
) -> AdvanceLine:
    item = balances.open_item(
        Account.ADVANCE,
        programme=row.programme,
        partner=row.partner_reg_no,
        document=row.document,
        sub_project=row.sub_project,
    )
    out = item.available_cents
    gone = {
        event: -moved.get((row.document, event.value), 0)
        for event in (Event.CLAIM_APPROVED, Event.ADVANCE_REPAID, Event.ADVANCE_OVERDUE)
    }
    state = ProposalState(row.state)
    return AdvanceLine(
        document=row.document,
        partner_reg_no=row.partner_reg_no,
        partner=names.get(row.partner_reg_no, row.partner_reg_no),
        sub_project=row.sub_project,
        amount_cents=row.amount_cents,
        in_transit_cents=item.in_transit_cents,
        out_cents=out,
        cleared_cents=gone[Event.CLAIM_APPROVED],
        repaid_cents=gone[Event.ADVANCE_REPAID],
        debt_cents=gone[Event.ADVANCE_OVERDUE],
        ordered_on=row.ordered_on,
        clear_by=row.clear_by,
        is_late=bool(out > 0 and row.clear_by is not None and row.clear_by < on),
        reason=row.reason,
        state=row.state,
        state_label=ADVANCES.state_names[state],
    )
