"""General advances to partners: proposed by one person, ordered by the treasurer.

An advance is cleared by the claims that are approved after it (`deciding.settling`, the oldest
first); what the bank did with its order is recorded in `advance_payments`, what was not spent in
`advance_ends`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from skola_finance.ledger import Account, AdvanceLimitExceeded
from skola_finance.ledger.events import order_advance as post_advance
from skola_finance.money import Rate
from skola_finance.problems import Text
from skola_finance.storage.tables import AdvanceRow
from skola_finance.usecases.filing.drafts import PREFIX, check_agreement
from skola_finance.usecases.in_force import rulebook_now
from skola_finance.usecases.order import Answer
from skola_finance.usecases.partners.sub_projects import check_cents, given
from skola_finance.usecases.paying.orders import (
    ADVANCE_PAYMENT,
    check_not_suspended,
    new_order,
    order_answer,
)
from skola_finance.usecases.programmes.allocations import cofinancing_rate
from skola_finance.usecases.use_case import use_case
from skola_finance.workflow import (
    ADVANCES,
    PaymentState,
    ProposalCommand,
    ProposalState,
    not_found,
)

if TYPE_CHECKING:
    from skola_finance.usecases.work import Work

WHAT = Text(lv="avanss", en="advance")
MAX_RATE = "advance.max_rate"
_CAME_TO_NOTHING = frozenset({PaymentState.REJECTED, PaymentState.CANCELLED, PaymentState.RETURNED})


@dataclass(frozen=True, slots=True)
class AdvanceRoom:
    """The most that a partner may be advanced in general, and what is out, in cents."""

    limit_cents: int
    out_cents: int


@use_case(
    title=Text(lv="Ierosināt avansu", en="Propose an advance"),
    roles=ADVANCES.may[ProposalCommand.PROPOSE],
)
def propose_advance(work: Work, *, programme: str, partner: str, cents: int, reason: str) -> Answer:
    """Propose to advance a sum in cents to a partner, with a reason.

    Raises: CommandRefused WFL-518, WFL-531; AdvanceLimitExceeded (FUN-718); UnsetParameter
        (RUL-301) where nobody has entered `advance.max_rate`.
    """
    work.programme(programme)
    work.partner(partner)
    check_agreement(work, programme, partner)
    check_cents("cents", cents)
    _check_room(work, programme, partner, cents)
    row = AdvanceRow(
        document=next_document(work, programme),
        programme=programme,
        partner_reg_no=partner,
        amount_cents=cents,
        reason=given(reason),
        state=ProposalState.PROPOSED.value,
    )
    row.state = work.begin(ADVANCES, thing=row.document, note=row.reason)
    work.repositories.add(row)
    work.count("advance", cents)
    return _answer(row)


@use_case(
    title=Text(lv="Noraidīt ierosināto avansu", en="Reject an advance"),
    roles=ADVANCES.may[ProposalCommand.REJECT],
)
def reject_advance(work: Work, *, advance: str, reason: str) -> Answer:
    """Refuse a proposed advance, with a reason."""
    return _decide(work, advance, ProposalCommand.REJECT, given(reason))


@use_case(
    title=Text(lv="Atsaukt ierosināto avansu", en="Withdraw an advance"),
    roles=ADVANCES.may[ProposalCommand.WITHDRAW],
)
def withdraw_advance(work: Work, *, advance: str, reason: str = "") -> Answer:
    """Take back an advance that nobody has ordered."""
    return _decide(work, advance, ProposalCommand.WITHDRAW, reason)


@use_case(
    title=Text(lv="Nodot avansu apmaksai", en="Order an advance"),
    roles=ADVANCES.may[ProposalCommand.CONFIRM],
)
def order_advance(work: Work, *, advance: str, batch: str = "") -> Answer:
    """Order a proposed advance; the person is not the one who proposed it (WFL-502).

    One whose order the bank refused or returned, or that was called back, may be ordered again.

    Args:
        advance: its document number.
        batch: the payment file that it goes into, if it is known.

    Raises: Refused WFL-501, WFL-502; CommandRefused PAY-841 (no account), PAY-842 (suspended);
        AdvanceLimitExceeded (FUN-718); UnsetParameter (RUL-301).
    """
    row = advance_row(work, advance)
    if row.sub_project:
        raise not_found(WHAT)
    check_not_suspended(work, row.programme, row.partner_reg_no)
    orders = work.repositories.payments.orders(row.programme, document=row.document)
    is_again = row.state == ProposalState.CONFIRMED and all(
        PaymentState(one.state) in _CAME_TO_NOTHING for one in orders
    )
    if not is_again:
        row.state = _step(work, row, ProposalCommand.CONFIRM)
    room = _check_room(work, row.programme, row.partner_reg_no, row.amount_cents)
    return post_order(work, row, room=room, batch=batch, state=row.state)


def post_order(work: Work, row: AdvanceRow, *, room: AdvanceRoom, batch: str, state: str) -> Answer:
    """Make the order of an advance and post it; the programme is locked.

    Raises: AdvanceLimitExceeded (FUN-718); CommandRefused PAY-841.
    """
    order = new_order(
        work,
        programme=row.programme,
        partner=row.partner_reg_no,
        kind=ADVANCE_PAYMENT,
        document=row.document,
        cents=row.amount_cents,
        batch=batch,
        sub_project=row.sub_project,
    )
    work.post(
        post_advance(
            work.occasion(row.programme, order.key, batch=batch),
            partner=row.partner_reg_no,
            document=row.document,
            cents=row.amount_cents,
            rate=cofinancing_rate(work, row.programme),
            out_cents=room.out_cents,
            limit_cents=room.limit_cents,
            sub_project=row.sub_project,
        )
    )
    row.ordered_on = work.on
    work.repositories.add(row)
    work.count("advance_ordered", row.amount_cents)
    return order_answer(order, state=state)


def next_document(work: Work, programme: str) -> str:
    """Give the number of the next advance."""
    number = work.repositories.records.next_number(f"advance/{programme}")
    return f"AV-{PREFIX.get(programme, programme[:2].upper())}-{number:05}"


def advance_row(work: Work, document: str) -> AdvanceRow:
    """Give an advance; its programme is held for posting.

    Raises: NotFound (AUT-603).
    """
    found = work.repositories.payments.advance(document)
    if found is None:
        raise not_found(WHAT)
    work.programme(found.programme, lock=True)
    # Another command may have changed it while this one waited for the programme.
    return work.repositories.payments.advance(document, anew=True) or found


def general_room(work: Work, programme: str, partner: str) -> AdvanceRoom:
    """Give the most that may be out of general advances: a share of the partner's allocation.

    The share is the setting `advance.max_rate`, the allocation what is free and what is used;
    where `none` was entered there is no such limit, and the whole allocation is it.

    Raises: UnsetParameter (RUL-301).
    """
    rulebook = rulebook_now(work.store, work.repositories, programme)
    rate = rulebook.setting(MAX_RATE, on=work.on).value
    accounts = (Account.ALLOCATION, Account.USED, Account.ADVANCE)
    balances = work.repositories.books.balances(programme, partner=partner, accounts=accounts)
    allocation = sum(balances.split(each).total_cents for each in accounts[:2])
    out = sum(
        item.balance.total_cents
        for item in balances.open_items(Account.ADVANCE, programme=programme, partner=partner)
        if not item.dimensions.sub_project
    )
    return AdvanceRoom(rate.floor_of(allocation) if isinstance(rate, Rate) else allocation, out)


def _check_room(work: Work, programme: str, partner: str, cents: int) -> AdvanceRoom:
    room = general_room(work, programme, partner)
    if room.out_cents + cents > room.limit_cents:
        raise AdvanceLimitExceeded(
            partner=partner,
            asked_cents=cents,
            out_cents=room.out_cents,
            limit_cents=room.limit_cents,
        )
    return room


def _decide(work: Work, advance: str, command: ProposalCommand, note: str) -> Answer:
    row = advance_row(work, advance)
    row.state = _step(work, row, command, note)
    work.repositories.add(row)
    return _answer(row)


def _step(work: Work, row: AdvanceRow, command: ProposalCommand, note: str = "") -> str:
    return work.step(
        ADVANCES, command, thing=row.document, state=ProposalState(row.state), note=note
    )


def _answer(row: AdvanceRow) -> Answer:
    return Answer(
        row.document,
        {"advance": row.document, "state": row.state, "amount_cents": row.amount_cents},
    )
