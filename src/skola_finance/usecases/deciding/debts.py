"""Debts: raising a recovery, and recording on it what the books say was repaid or set off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from skola_finance.storage.tables import RecoveryRow
from skola_finance.usecases.in_force import rulebook_now
from skola_finance.workflow import (
    DUTIES,
    RECOVERIES,
    Duty,
    RecoveryCommand,
    RecoveryState,
    obligations,
)

if TYPE_CHECKING:
    from datetime import date

    from skola_finance.storage.tables import CorrectionRow
    from skola_finance.usecases.work import Work

OPEN = frozenset({RecoveryState.NOTIFIED, RecoveryState.SCHEDULE_AGREED, RecoveryState.OVERDUE})
"""States in which something is still owed."""


def new_recovery(
    work: Work,
    *,
    programme: str,
    partner: str,
    document: str,
    cents: int,
    reason: str,
    irregularity_id: int | None = None,
) -> RecoveryRow:
    """Make a recovery of what stands recoverable on a document; its term is the setting's.

    The caller says who notified the partner: by `work.begin`, or by `work.record_act` where it
    follows from a decision.
    """
    number = work.repositories.records.next_number(f"recovery/{programme}")
    row = RecoveryRow(
        key=f"ATG-{programme[:2].upper()}-{number:05}",
        programme=programme,
        partner_reg_no=partner,
        document=document,
        irregularity_id=irregularity_id,
        amount_cents=cents,
        reason=reason,
        notified_on=work.on,
        state=RecoveryState.NOTIFIED.value,
    )
    row.repay_by = term_of(work, row)
    work.repositories.add(row)
    return row


def raise_recovery(
    work: Work,
    *,
    programme: str,
    partner: str,
    document: str,
    cents: int,
    reason: str,
    irregularity_id: int | None = None,
) -> RecoveryRow:
    """Make the recovery that follows from a correction; whoever confirmed that has notified."""
    row = new_recovery(
        work,
        programme=programme,
        partner=partner,
        document=document,
        cents=cents,
        reason=reason,
        irregularity_id=irregularity_id,
    )
    work.record_act(RECOVERIES.key, row.key, RecoveryCommand.NOTIFY, state=row.state)
    work.count("recoverable", cents)
    return row


def term_of(work: Work, row: RecoveryRow) -> date | None:
    """Give the last day to repay by the setting of the duty; None where none was entered."""
    rulebook = rulebook_now(work.store, work.repositories, row.programme)
    key = DUTIES[Duty.REPAY].key
    if rulebook.parameter(key) is None:
        return None
    since = row.notified_on
    setting = next((one for one in rulebook.values_of(key) if one.covers(since)), None)
    if setting is None:
        return None
    due = obligations(Duty.REPAY, subject=row.key, since=since, setting=setting, on=work.on)
    return due[0].due_on if due else None


def record_repaid(
    work: Work, recovery: RecoveryRow, *, left_cents: int, cents: int = 0, is_set_off: bool = True
) -> None:
    """Note that part of a debt, or the last cent of it, was set off or repaid.

    It follows from an entry that somebody else was allowed to post, so it asks for no permission.
    A case of irregularity behind the debt counts what came back; its state stays until a person
    who took no other step in it records the recovery.

    Args:
        left_cents: what is still recoverable.
        cents: what was set off or repaid now.
        is_set_off: whether it was set off against a payment.
    """
    command = RecoveryCommand.RECORD_PART if left_cents else RecoveryCommand.REPAY
    if not left_cents:
        recovery.state = RecoveryState.REPAID.value
    work.record_act(RECOVERIES.key, recovery.key, command, state=recovery.state)
    work.change(recovery)
    count_in_case(work, recovery, cents=cents, is_set_off=is_set_off)


def count_in_case(work: Work, recovery: RecoveryRow, *, cents: int, is_set_off: bool) -> None:
    """Count what came back in the case of irregularity behind a debt, if there is one."""
    if recovery.irregularity_id is None or not cents:
        return
    case = work.repositories.cases.irregularity_by_id(recovery.irregularity_id)
    if case is None:
        return
    if is_set_off:
        case.withheld_cents += cents
    else:
        case.recovered_cents += cents
    work.change(case)


def annul_recoveries(work: Work, correction: CorrectionRow) -> None:
    """Annul what is open of the recoveries on a document whose correction was undone.

    It follows from the mirror entry, so it asks for no permission of its own.
    """
    rows = work.repositories.payments.recoveries(correction.programme, document=correction.document)
    for row in rows:
        if RecoveryState(row.state) in OPEN:
            row.state = RecoveryState.ANNULLED.value
            work.record_act(RECOVERIES.key, row.key, RecoveryCommand.ANNUL, state=row.state)
            work.change(row)
