"""Recoveries as pages show them: what is owed, since when, on which terms, and what follows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from skola_finance.ledger import Account, Balances, Dimension
from skola_finance.money import largest_remainder
from skola_finance.storage.repositories.cash import Cash
from skola_finance.usecases.deciding.debts import OPEN
from skola_finance.usecases.in_force import rulebook_now
from skola_finance.usecases.paying.recoveries import LAST_DAY, MONTHS, WHAT
from skola_finance.usecases.reports.scope import reading_reports, scope_of
from skola_finance.usecases.terms import entered
from skola_finance.usecases.views.irregularities import RecoveryFloor, recovery_floor
from skola_finance.usecases.views.posted import Deed, PostedEntry, deeds_of, entries_of
from skola_finance.usecases.wording import unusable_input
from skola_finance.workflow import RECOVERIES, RecoveryState, add_months, not_found

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from skola_finance.problems import Text
    from skola_finance.storage.tables import InstalmentRow, RecoveryRow
    from skola_finance.usecases.order import Order
    from skola_finance.usecases.reports.scope import Scope
    from skola_finance.usecases.store import Store

MOST_INSTALMENTS = 60


@dataclass(frozen=True, slots=True)
class InstalmentLine:
    """One part of a schedule, in cents; `is_missed` says that its day passed without the money."""

    due_on: date
    amount_cents: int
    is_paid: bool
    is_missed: bool


@dataclass(frozen=True, slots=True)
class RecoveryLine:
    """A recovery in a list, in cents.

    Attributes:
        left_cents: what is still owed.
        due_on: the day by which it, or its next instalment, is to be repaid; None if unknown.
        days_late: how many days that day is past; 0 where it is not, or nothing is owed.
        case: the case of irregularity behind it.
    """

    key: str
    document: str
    partner_reg_no: str
    partner: str
    amount_cents: int
    left_cents: int
    notified_on: date
    due_on: date | None
    days_late: int
    reason: str
    write_off_reason: str
    is_irregular: bool
    state: str
    state_label: Text


@dataclass(frozen=True, slots=True)
class Debt:
    """What a partner owes on a document that no recovery follows yet, in cents.

    `is_small` says that it is a case of irregularity within the floor: it is closed, not claimed.
    """

    partner_reg_no: str
    partner: str
    document: str
    cents: int
    is_small: bool


@dataclass(frozen=True, slots=True)
class RefundLine:
    """What is payable to a partner on a correction that was undone, in cents."""

    partner_reg_no: str
    partner: str
    document: str
    cents: int


@dataclass(frozen=True, slots=True)
class PartnerDebt:
    """What a partner owes and may be set off, against what is payable to it, in cents."""

    partner_reg_no: str
    partner: str
    owed_cents: int
    payable_cents: int


@dataclass(frozen=True, slots=True)
class RecoveryList:
    """Recoveries, the open ones first by the day they are due; sums in cents."""

    lines: tuple[RecoveryLine, ...]
    debts: tuple[Debt, ...]
    refunds: tuple[RefundLine, ...]
    set_off: tuple[PartnerDebt, ...]
    left_cents: int
    late_cents: int
    late: int
    floor: RecoveryFloor
    illustrative: bool


@dataclass(frozen=True, slots=True)
class RecoveryView:
    """One recovery: its schedule, entries and acts, and the commands that its state knows.

    `most_months` and `last_day` bound a schedule; None where no such limit exists or is known.
    """

    programme: str
    line: RecoveryLine
    instalments: tuple[InstalmentLine, ...]
    entries: tuple[PostedEntry, ...]
    deeds: tuple[Deed, ...]
    most_months: int | None
    last_day: date | None
    possible: tuple[str, ...]
    illustrative: bool


def recoveries_of(store: Store, order: Order, *, programme: str) -> RecoveryList:
    """List recoveries and debts; a partner's people see their own.

    Raises: RoleNotAllowed (AUT-601); NotFound (AUT-603).
    """
    with reading_reports(store, order) as repositories:
        scope = scope_of(repositories, order, programme=programme, partner=None)
        rows = [
            row
            for row in repositories.payments.recoveries(programme)
            if scope.is_whole or row.partner_reg_no in scope.claimants
        ]
        names = {one.reg_no: one.name for one in repositories.partners.all()}
        accounts = (Account.RECOVERABLE, Account.PAYABLE)
        books = repositories.books.balances(programme, accounts=accounts)
        cases = {one.key for one in repositories.cases.irregularities(programme)}
        undone = [one.document for one in repositories.payments.corrections(programme)]
        plans: dict[int, list[InstalmentRow]] = {}
        for one in Cash(repositories.session).instalments(row.id for row in rows):
            plans.setdefault(one.recovery_id, []).append(one)
        floor = recovery_floor(store, repositories, programme, order)
    lines = [_line(row, names, books, plans.get(row.id, ()), on=order.on) for row in rows]
    lines.sort(key=_soonest)
    owed = _owed(books, scope)
    late = [one for one in lines if one.days_late]
    return RecoveryList(
        tuple(lines),
        _debts(owed, rows, names, cases),
        _refunds(books, scope, names, undone),
        _set_off(owed, books, rows, names),
        sum(one.left_cents for one in lines),
        sum(one.left_cents for one in late),
        len(late),
        floor,
        scope.illustrative,
    )


def recovery_page(store: Store, order: Order, *, key: str) -> RecoveryView:
    """Give one recovery with everything behind it.

    Raises: RoleNotAllowed (AUT-601); NotFound (AUT-603), also for another partner's.
    """
    with reading_reports(store, order) as repositories:
        row = Cash(repositories.session).recovery_by_key(key)
        if row is None:
            raise not_found(WHAT)
        holder = repositories.partners.holder(row.programme, partner=row.partner_reg_no)
        if not order.actor.sees(holder):
            raise not_found(WHAT)
        scope = scope_of(repositories, order, programme=row.programme, partner=holder)
        books = repositories.books.balances(
            row.programme, partner=holder, accounts=[Account.RECOVERABLE]
        )
        plan = repositories.payments.instalments(row.id)
        names = {one.reg_no: one.name for one in repositories.partners.all()}
        line = _line(row, names, books, plan, on=order.on)
        rulebook = rulebook_now(store, repositories, row.programme)
        months = entered(rulebook, MONTHS, on=order.on) if rulebook.parameter(MONTHS) else None
        last = entered(rulebook, LAST_DAY, on=order.on) if rulebook.parameter(LAST_DAY) else None
        return RecoveryView(
            row.programme,
            line,
            _instalments(plan, line.left_cents, on=order.on),
            entries_of(repositories, row.programme, documents=[row.document]),
            deeds_of(repositories, RECOVERIES.key, key),
            months.value if months is not None and isinstance(months.value, int) else None,
            last.value if last is not None and not isinstance(last.value, (int, str)) else None,  # type: ignore[arg-type]
            _possible(row),
            scope.illustrative,
        )


def proposed_schedule(
    store: Store, order: Order, *, recovery: str, instalments: int, first_on: date
) -> tuple[InstalmentLine, ...]:
    """Divide what is still owed into equal monthly instalments, to be changed before it is agreed.

    Rounding: largest remainder, so that they add up to the cent; ties to the earlier.
    Raises: RoleNotAllowed (AUT-601); NotFound (AUT-603); CommandRefused WFL-518 for no instalment,
        more than 60, or more than there are cents.
    """
    seen = recovery_page(store, order, key=recovery)
    most = min(MOST_INSTALMENTS, seen.line.left_cents)
    if not 1 <= instalments <= most:
        raise unusable_input(
            "instalments", lv=f"jābūt no 1 līdz {most}", en=f"there are 1 to {most}"
        )
    parts = largest_remainder(seen.line.left_cents, weights=[1] * instalments)
    return tuple(
        InstalmentLine(add_months(first_on, number), cents, is_paid=False, is_missed=False)
        for number, cents in enumerate(parts)
    )


def _possible(row: RecoveryRow) -> tuple[str, ...]:
    """Name the commands that a recovery knows now, whoever may give them."""
    state = RecoveryState(row.state)
    if state not in OPEN:
        return ()
    late = () if state is RecoveryState.OVERDUE else ("mark_recovery_overdue",)
    write_off = "write_off_recovery" if row.write_off_reason else "propose_write_off"
    return ("record_repayment", *late, "request_schedule", write_off, "annul_recovery")


def _line(
    row: RecoveryRow,
    names: Mapping[str, str],
    books: Balances,
    plan: Iterable[InstalmentRow],
    *,
    on: date,
) -> RecoveryLine:
    state = RecoveryState(row.state)
    left = _left(row, books) if state in OPEN else 0
    due_on = row.repay_by
    if state is RecoveryState.SCHEDULE_AGREED:
        unpaid = [one.due_on for one in _instalments(plan, left, on=on) if not one.is_paid]
        due_on = unpaid[0] if unpaid else due_on
    late = (on - due_on).days if left and due_on is not None and due_on < on else 0
    return RecoveryLine(
        key=row.key,
        document=row.document,
        partner_reg_no=row.partner_reg_no,
        partner=names.get(row.partner_reg_no, row.partner_reg_no),
        amount_cents=row.amount_cents,
        left_cents=left,
        notified_on=row.notified_on,
        due_on=due_on,
        days_late=late,
        reason=row.reason,
        write_off_reason=row.write_off_reason,
        is_irregular=row.irregularity_id is not None,
        state=row.state,
        state_label=RECOVERIES.state_names[state],
    )


def _left(row: RecoveryRow, books: Balances) -> int:
    only = {Dimension.PROGRAMME: row.programme, Dimension.DOCUMENT: row.document}
    return books.split(Account.RECOVERABLE, only=only).total_cents


def _instalments(
    plan: Iterable[InstalmentRow], left: int, *, on: date
) -> tuple[InstalmentLine, ...]:
    """Say which instalments are paid: what came in pays the earliest first."""
    rows = list(plan)
    to_come = sum(one.amount_cents for one in rows)
    found = []
    for one in rows:
        to_come -= one.amount_cents
        is_paid = left <= to_come
        is_missed = not is_paid and one.due_on < on
        found.append(InstalmentLine(one.due_on, one.amount_cents, is_paid, is_missed))
    return tuple(found)


def _soonest(line: RecoveryLine) -> tuple[bool, bool, str, str]:
    """Put open debts first, by the day they are due, and the newest of the others after them."""
    due = line.due_on.isoformat() if line.due_on is not None else ""
    return (not line.left_cents, not due, due, line.key)


def _owed(books: Balances, scope: Scope) -> Mapping[tuple[str, str], int]:
    by = (Dimension.PARTNER, Dimension.DOCUMENT)
    return {
        (partner, document): split.total_cents
        for (partner, document), split in books.sums(Account.RECOVERABLE, by=by).items()
        if split.total_cents > 0 and (scope.is_whole or partner in scope.names)
    }


def _debts(
    owed: Mapping[tuple[str, str], int],
    rows: Iterable[RecoveryRow],
    names: Mapping[str, str],
    cases: set[str],
) -> tuple[Debt, ...]:
    followed = {row.document for row in rows if RecoveryState(row.state) in OPEN}
    return tuple(
        Debt(partner, names.get(partner, partner), document, cents, document in cases)
        for (partner, document), cents in owed.items()
        if document not in followed
    )


def _refunds(
    books: Balances, scope: Scope, names: Mapping[str, str], corrections: Iterable[str]
) -> tuple[RefundLine, ...]:
    by = (Dimension.PARTNER, Dimension.DOCUMENT)
    known = set(corrections)
    return tuple(
        RefundLine(partner, names.get(partner, partner), document, split.total_cents)
        for (partner, document), split in books.sums(Account.PAYABLE, by=by).items()
        if split.total_cents > 0
        and document in known
        and (scope.is_whole or partner in scope.names)
    )


def _set_off(
    owed: Mapping[tuple[str, str], int],
    books: Balances,
    rows: Iterable[RecoveryRow],
    names: Mapping[str, str],
) -> tuple[PartnerDebt, ...]:
    """Add up by partner what waits to be set off, where something is payable to it too."""
    waiting = {
        row.document for row in rows if row.state in {RecoveryState.NOTIFIED, RecoveryState.OVERDUE}
    }
    debts: dict[str, int] = {}
    for (partner, document), cents in owed.items():
        if document in waiting:
            debts[partner] = debts.get(partner, 0) + cents
    by = (Dimension.PARTNER,)
    payable = {
        partner: split.total_cents
        for (partner,), split in books.sums(Account.PAYABLE, by=by).items()
    }
    return tuple(
        PartnerDebt(partner, names.get(partner, partner), cents, payable.get(partner, 0))
        for partner, cents in debts.items()
        if payable.get(partner, 0) > 0
    )
