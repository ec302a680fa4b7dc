"""Recoveries: notified, on a schedule, repaid in parts, overdue, written off or annulled."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from skola_finance.ledger import Account, OpenItem
from skola_finance.ledger.events import repay, write_off
from skola_finance.problems import Text
from skola_finance.storage.tables import InstalmentRow, RecoveryRow
from skola_finance.usecases.deciding.debts import OPEN, count_in_case, new_recovery, term_of
from skola_finance.usecases.in_force import rulebook_now
from skola_finance.usecases.order import Answer
from skola_finance.usecases.paying.orders import check_day
from skola_finance.usecases.paying.withdrawing import give_back
from skola_finance.usecases.use_case import use_case
from skola_finance.usecases.wording import CommandRefused, refuse, unusable_input
from skola_finance.workflow import (
    RECOVERIES,
    Instalment,
    RecoveryCommand,
    RecoveryState,
    check_schedule,
    not_found,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from skola_finance.usecases.work import Work

WHAT = Text(lv="atgūšana", en="recovery")
MONTHS, LAST_DAY = "recovery.schedule.months", "recovery.schedule.last_day"


@use_case(
    title=Text(lv="Paziņot par atmaksu", en="Notify of a recovery"),
    roles=RECOVERIES.may[RecoveryCommand.NOTIFY],
)
def notify_recovery(
    work: Work,
    *,
    programme: str,
    partner: str,
    document: str,
    reason: str,
    repay_by: date | None = None,
) -> Answer:
    """Claim back a debt that stands in the books and that no recovery follows yet.

    A correction or an established irregularity makes its own recovery; this is for the others,
    such as an overdue advance.

    Args:
        document: the document that the debt stands on.
        repay_by: the term of the agreement; the one of the setting if left out.

    Raises: CommandRefused PAY-868 (nothing is owed on it, or a recovery is open), WFL-518.
    """
    work.programme(programme, lock=True)
    row = work.partner(partner)
    if repay_by is not None and repay_by < work.on:
        raise unusable_input("repay_by", lv="diena jau pagājusi", en="that day is over")
    holder = work.repositories.partners.holder(programme, partner=row.reg_no)
    owed = _item(work, programme, holder, document)
    rows = work.repositories.payments.recoveries(programme, document=document)
    if not owed.available_cents or any(RecoveryState(one.state) in OPEN for one in rows):
        raise refuse(
            "PAY-868",
            lv=f"Dokumentā {document} nav parāda, par ko vēl būtu jāpaziņo.",
            en=f"The document {document} holds no debt to notify of.",
            hint_lv="Pārbaudiet dokumenta numuru un partnera parādus.",
            hint_en="Check the number of the document, and what the partner owes.",
            subject=document,
        )
    recovery = new_recovery(
        work,
        programme=programme,
        partner=holder,
        document=document,
        cents=owed.available_cents,
        reason=_said(reason),
    )
    recovery.repay_by = repay_by or recovery.repay_by
    recovery.state = work.begin(RECOVERIES, thing=recovery.key, note=recovery.reason)
    work.repositories.add(recovery)
    work.count("recoverable", recovery.amount_cents)
    return _answer(recovery, left_cents=owed.available_cents)


@use_case(
    title=Text(lv="Lūgt atmaksas grafiku", en="Ask for a repayment schedule"),
    roles=RECOVERIES.may[RecoveryCommand.REQUEST_SCHEDULE],
)
def request_schedule(work: Work, *, recovery: str, reason: str) -> Answer:
    """Ask to repay in instalments, with the reason; the partner's own debts only (AUT-603)."""
    row = _row(work, recovery)
    row.state = _step(work, row, RecoveryCommand.REQUEST_SCHEDULE, _said(reason))
    work.change(row)
    return _answer(row)


@use_case(
    title=Text(lv="Saskaņot atmaksas grafiku", en="Agree a repayment schedule"),
    roles=RECOVERIES.may[RecoveryCommand.AGREE_SCHEDULE],
)
def agree_schedule(
    work: Work, *, recovery: str, instalments: Sequence[Mapping[str, Any]]
) -> Answer:
    """Agree to a schedule; it takes the place of an earlier one.

    Args:
        instalments: `due_on` and `amount_cents` of each, in order of their days; together they are
            what is still owed.

    Raises: Refused (WFL-501, WFL-502); CommandRefused WFL-508, WFL-509, WFL-518; UnsetParameter
        (RUL-301) where nobody has entered the longest schedule, nor `none`.
    Source: Regulation 802 par. 16.
    """
    row = _row(work, recovery, lock=True)
    row.state = _step(work, row, RecoveryCommand.AGREE_SCHEDULE)
    asked = [_instalment(one) for one in instalments]
    rulebook = rulebook_now(work.store, work.repositories, row.programme)
    months = rulebook.setting(MONTHS, on=work.on).value
    last_day = rulebook.setting(LAST_DAY, on=work.on).value
    problems = check_schedule(
        asked,
        amount_cents=_owed(work, row).available_cents,
        repay_by=row.repay_by or row.notified_on,
        most_months=months if isinstance(months, int) else None,
        last_day=last_day if isinstance(last_day, date) else None,
    )
    if problems:
        raise CommandRefused(problems[0])
    for earlier in work.repositories.payments.instalments(row.id):
        earlier.is_current = False
        work.repositories.add(earlier)
    for one in asked:
        work.repositories.add(
            InstalmentRow(recovery_id=row.id, due_on=one.due_on, amount_cents=one.amount_cents)
        )
    work.change(row)
    return _answer(row, instalments=len(asked))


@use_case(
    title=Text(lv="Reģistrēt atmaksu", en="Record a repayment"),
    roles=RECOVERIES.may[RecoveryCommand.REPAY],
)
def record_repayment(
    work: Work, *, recovery: str, cents: int, received_on: date, statement: str = ""
) -> Answer:
    """Record that the partner repaid a part of a debt, or all of it, by the bank's statement.

    Raises: Refused (WFL-501); CommandRefused WFL-518 (a day before the notice, or to come);
        UnusableAmount (PAY-804); BalanceExceeded (PAY-803).
    """
    row = _row(work, recovery, lock=True)
    check_day(work, "received_on", received_on, since=row.notified_on)
    owed = _owed(work, row)
    left = owed.available_cents - cents
    command = RecoveryCommand.REPAY if left == 0 else RecoveryCommand.RECORD_PART
    row.state = _step(work, row, command)
    partner = owed.dimensions.partner
    paid = work.repositories.books.balances(row.programme, partner=partner).split(Account.PAID)
    occasion = work.occasion(row.programme, row.key, on=received_on, batch=statement)
    work.post(repay(occasion, recoverable=owed, cents=cents, partner_paid=paid))
    work.count("repaid", cents)
    work.change(row)
    count_in_case(work, row, cents=cents, is_set_off=False)
    return _answer(row, left_cents=left)


@use_case(
    title=Text(lv="Atzīmēt atmaksas kavējumu", en="Mark a recovery overdue"),
    roles=RECOVERIES.may[RecoveryCommand.MARK_OVERDUE],
)
def mark_recovery_overdue(work: Work, *, recovery: str) -> Answer:
    """Record that the term to repay, or the day of an instalment, has passed without the money.

    Raises: Refused (WFL-501); CommandRefused PAY-864 where it has not, or no term is known.
    """
    row = _row(work, recovery)
    row.repay_by = row.repay_by or term_of(work, row)
    row.state, was = _step(work, row, RecoveryCommand.MARK_OVERDUE), row.state
    due_on = _missed(work, row, on_schedule=was == RecoveryState.SCHEDULE_AGREED)
    if due_on is None or due_on >= work.on:
        raise refuse(
            "PAY-864",
            lv=f"Atgūšana {row.key} nav kavēta: atmaksas termiņš nav pagājis vai nav noteikts.",
            en=f"The recovery {row.key} is not overdue: its term has not passed, or is not set.",
            hint_lv="Gaidiet termiņu vai ievadiet parametru deadline.repay.months.",
            hint_en="Wait for the term, or enter the setting deadline.repay.months.",
            subject=row.key,
        )
    work.change(row)
    return _answer(row, due_on=due_on.isoformat())


@use_case(
    title=Text(lv="Ierosināt parāda norakstīšanu", en="Propose a write-off"),
    roles=RECOVERIES.may[RecoveryCommand.PROPOSE_WRITE_OFF],
)
def propose_write_off(work: Work, *, recovery: str, reason: str) -> Answer:
    """Propose to give a debt up, with the reason."""
    row = _row(work, recovery)
    row.write_off_reason = _said(reason)
    row.state = _step(work, row, RecoveryCommand.PROPOSE_WRITE_OFF, row.write_off_reason)
    work.change(row)
    return _answer(row)


@use_case(
    title=Text(lv="Norakstīt parādu", en="Write a debt off"),
    roles=RECOVERIES.may[RecoveryCommand.WRITE_OFF],
)
def write_off_recovery(work: Work, *, recovery: str) -> Answer:
    """Give up what is still owed; another person has proposed it.

    Raises: Refused WFL-501, WFL-502, WFL-504.
    """
    row = _row(work, recovery, lock=True)
    row.state = _step(work, row, RecoveryCommand.WRITE_OFF, row.write_off_reason)
    owed = _owed(work, row)
    cents = owed.available_cents
    occasion = work.occasion(row.programme, row.key)
    work.post(write_off(occasion, recoverable=owed, cents=cents))
    work.count("written_off", cents)
    work.change(row)
    return _answer(row, written_off_cents=cents)


@use_case(
    title=Text(lv="Anulēt atgūšanu", en="Annul a recovery"),
    roles=RECOVERIES.may[RecoveryCommand.ANNUL],
)
def annul_recovery(work: Work, *, recovery: str, reason: str) -> Answer:
    """Undo a recovery that was raised by mistake, and the correction behind it.

    Raises: Refused (WFL-501, WFL-502); CommandRefused WFL-564 (no correction stands behind it, or
        it belongs to a case of irregularity), PAY-863, WFL-518; FreeAllocationExceeded (FUN-716).
    """
    row = _row(work, recovery, lock=True)
    row.state = _step(work, row, RecoveryCommand.ANNUL, _said(reason))
    correction = work.repositories.payments.correction(row.document)
    if correction is None or correction.irregularity_id is not None:
        raise refuse(
            "WFL-564",
            lv=f"Atgūšanu {row.key} nevar anulēt: dokuments {row.document} nav korekcija.",
            en=f"The recovery {row.key} cannot be annulled: the document {row.document} is no "
            "correction.",
            hint_lv="Neatbilstības lietu atzīst par nepamatotu; avansu atmaksā vai dzēš.",
            hint_en="A case of irregularity is dismissed; an advance is repaid or cleared.",
            subject=row.document,
        )
    number = give_back(work, correction, reference=row.key)
    work.change(row)
    return _answer(row, approval_no=number, given_back_cents=correction.amount_cents)


def _row(work: Work, key: str, *, lock: bool = False) -> RecoveryRow:
    """Give a recovery that this person sees; what belongs to others is not found."""
    row = work.repositories.payments.recovery(key)
    if row is None:
        raise not_found(WHAT)
    holder = work.repositories.partners.holder(row.programme, partner=row.partner_reg_no)
    if not work.order.actor.sees(holder):
        raise not_found(WHAT)
    work.programme(row.programme, lock=lock)
    return row


def _step(work: Work, row: RecoveryRow, command: RecoveryCommand, note: str = "") -> str:
    return work.step(RECOVERIES, command, thing=row.key, state=RecoveryState(row.state), note=note)


def _owed(work: Work, row: RecoveryRow) -> OpenItem:
    holder = work.repositories.partners.holder(row.programme, partner=row.partner_reg_no)
    return _item(work, row.programme, holder, row.document)


def _item(work: Work, programme: str, partner: str, document: str) -> OpenItem:
    """Give what is recoverable on a document, of a sub-project too."""
    balances = work.repositories.books.balances(
        programme, partner=partner, accounts=[Account.RECOVERABLE]
    )
    items = balances.open_items(Account.RECOVERABLE, programme=programme, partner=partner)
    found = [item for item in items if item.dimensions.document == document]
    if found:
        return found[0]
    return balances.open_item(
        Account.RECOVERABLE, programme=programme, partner=partner, document=document
    )


def _missed(work: Work, row: RecoveryRow, *, on_schedule: bool) -> date | None:
    """Give the first day that was to bring money and did not; of a schedule, its own days."""
    if not on_schedule:
        return row.repay_by
    left = _owed(work, row).available_cents
    instalments = work.repositories.payments.instalments(row.id)
    to_come = sum(one.amount_cents for one in instalments)
    for one in instalments:
        to_come -= one.amount_cents
        if left > to_come:
            return one.due_on
    return None


def _instalment(record: Mapping[str, Any]) -> Instalment:
    due_on, cents = record.get("due_on"), record.get("amount_cents")
    if isinstance(due_on, str):
        try:
            due_on = date.fromisoformat(due_on)
        except ValueError:
            due_on = None
    if not isinstance(due_on, date) or type(cents) is not int:
        raise unusable_input(
            "instalments", lv="vajag dienu un summu centos", en="a day and cents are needed"
        )
    return Instalment(due_on, cents)


def _said(text: str) -> str:
    if not text.strip():
        raise unusable_input("reason", lv="nav pamatojuma", en="the reason is missing")
    return text.strip()


def _answer(row: RecoveryRow, **facts: object) -> Answer:
    return Answer(
        row.key,
        {
            "recovery": row.key,
            "state": row.state,
            "amount_cents": row.amount_cents,
            "repay_by": row.repay_by.isoformat() if row.repay_by else None,
            **facts,
        },
    )
