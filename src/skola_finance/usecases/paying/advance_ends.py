"""What was not spent of an advance: repaid by the partner, or overdue and a debt from then on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from skola_finance.ledger import Account, Balances, OpenItem
from skola_finance.ledger.events import make_advance_overdue, repay_advance
from skola_finance.problems import Text
from skola_finance.usecases.deciding.debts import new_recovery
from skola_finance.usecases.order import Answer
from skola_finance.usecases.partners.sub_projects import given, sub_project_row
from skola_finance.usecases.paying.advances import advance_row
from skola_finance.usecases.paying.orders import check_day
from skola_finance.usecases.use_case import use_case
from skola_finance.usecases.wording import refuse
from skola_finance.workflow import (
    PAYMENT_ORDERS,
    RECOVERIES,
    PaymentCommand,
    RecoveryCommand,
    SubProjectState,
)

if TYPE_CHECKING:
    from datetime import date

    from skola_finance.storage.tables import AdvanceRow
    from skola_finance.usecases.work import Work

_DUE = frozenset({SubProjectState.REPORT_APPROVED, SubProjectState.ABANDONED})
"""States of a sub-project in which what is left of its advance is to be paid back."""


@use_case(
    title=Text(lv="Reģistrēt atmaksātu avansu", en="Record a repaid advance"),
    roles=PAYMENT_ORDERS.may[PaymentCommand.EXECUTE],
)
def repay_unspent_advance(
    work: Work, *, advance: str, cents: int, repaid_on: date, statement: str = ""
) -> Answer:
    """Record, by the bank's statement, that a partner paid back what it had not spent, in cents.

    Raises: NotFound (AUT-603); CommandRefused WFL-518 (the day); UnusableAmount (PAY-804);
        BalanceExceeded (PAY-803) above what is out.
    """
    row = advance_row(work, advance)
    check_day(work, "repaid_on", repaid_on, since=row.ordered_on or work.on)
    balances = _balances(work, row)
    occasion = work.occasion(row.programme, row.document, on=repaid_on, batch=statement)
    out = _item(balances, Account.ADVANCE, row)
    work.post(
        repay_advance(
            occasion,
            paid=_item(balances, Account.PAID, row),
            advance=out,
            cents=cents,
            partner_paid_cents=balances.split(Account.PAID).total_cents,
        )
    )
    work.count("repaid", cents)
    return Answer(
        row.document,
        {"advance": row.document, "repaid_cents": cents, "out_cents": out.available_cents - cents},
    )


@use_case(
    title=Text(lv="Atzīmēt kavētu avansu", en="Mark an advance overdue"),
    roles=RECOVERIES.may[RecoveryCommand.NOTIFY],
)
def mark_advance_overdue(work: Work, *, advance: str, reason: str) -> Answer:
    """Turn what is still out of an advance into a debt, and raise its recovery.

    A general advance is overdue after the day by which it was to be cleared, where there is one; a
    sub-project's once its final report is approved, or it was abandoned.

    Raises: NotFound (AUT-603); CommandRefused WFL-518 (reason), PAY-853 (not due yet);
        UnusableAmount (PAY-804) where nothing is out.
    """
    row = advance_row(work, advance)
    told = given(reason)
    _check_due(work, row)
    out = _item(_balances(work, row), Account.ADVANCE, row)
    cents = out.available_cents
    document = _debt_document(work, row)
    work.post(
        make_advance_overdue(
            work.occasion(row.programme, row.document), advance=out, document=document, cents=cents
        )
    )
    recovery = new_recovery(
        work,
        programme=row.programme,
        partner=row.partner_reg_no,
        document=document,
        cents=cents,
        reason=told,
    )
    recovery.state = work.begin(RECOVERIES, thing=recovery.key, note=told)
    work.repositories.add(recovery)
    work.count("recoverable", cents)
    return Answer(
        row.document,
        {
            "advance": row.document,
            "recovery": recovery.key,
            "state": recovery.state,
            "amount_cents": cents,
        },
    )


def _check_due(work: Work, row: AdvanceRow) -> None:
    if row.sub_project:
        project = sub_project_row(work, row.programme, row.sub_project)
        if SubProjectState(project.state) in _DUE:
            return
        told = Text(
            lv=f"projekta {row.sub_project} noslēguma pārskats nav apstiprināts",
            en=f"the final report of the project {row.sub_project} is not approved",
        )
    else:
        if row.clear_by is None or row.clear_by < work.on:
            return
        told = Text(
            lv=f"to var dzēst līdz {row.clear_by:%d.%m.%Y.}",
            en=f"it can be cleared until {row.clear_by}",
        )
    raise refuse(
        "PAY-853",
        lv=f"Avanss {row.document} vēl nav kavēts: {told.lv}.",
        en=f"The advance {row.document} is not overdue yet: {told.en}.",
        hint_lv="Partneris to var atmaksāt arī agrāk; tad reģistrējiet atmaksu.",
        hint_en="The partner may pay it back before; record the repayment then.",
        subject=row.document,
    )


def _debt_document(work: Work, row: AdvanceRow) -> str:
    """Give the document of the debt; a second one of the same advance has a number of its own."""
    known = work.repositories.payments.recoveries(row.programme)
    count = sum(one.document.startswith(f"{row.document}/") for one in known)
    return f"{row.document}/K{count + 1}"


def _balances(work: Work, row: AdvanceRow) -> Balances:
    return work.repositories.books.balances(
        row.programme,
        partner=row.partner_reg_no,
        accounts=(Account.ORDERED, Account.ADVANCE, Account.PAID),
    )


def _item(balances: Balances, account: Account, row: AdvanceRow) -> OpenItem:
    return balances.open_item(
        account,
        programme=row.programme,
        partner=row.partner_reg_no,
        document=row.document,
        sub_project=row.sub_project,
    )
