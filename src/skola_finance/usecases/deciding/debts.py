"""Recording on a recovery what the books say was repaid or set off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from skola_finance.workflow import RECOVERIES, RecoveryCommand, RecoveryState

if TYPE_CHECKING:
    from skola_finance.storage.tables import RecoveryRow
    from skola_finance.usecases.work import Work


def record_repaid(work: Work, recovery: RecoveryRow, *, left_cents: int) -> None:
    """Note that part of a debt, or the last cent of it, was set off or repaid.

    It follows from an entry that somebody else was allowed to post, so it asks for no permission.
    """
    command = RecoveryCommand.RECORD_PART if left_cents else RecoveryCommand.REPAY
    if not left_cents:
        recovery.state = RecoveryState.REPAID.value
    work.record_act(RECOVERIES.key, recovery.key, command, state=recovery.state)
    work.change(recovery)
