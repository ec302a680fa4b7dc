"""Deciding on proposed corrections: posting them, refusing them, taking them back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from skola_finance.problems import Text
from skola_finance.usecases.deciding.debts import annul_recoveries, raise_recovery
from skola_finance.usecases.order import Answer
from skola_finance.usecases.paying.corrections import UNDOING, WHAT, claim_of, correction_of
from skola_finance.usecases.paying.withdrawing import Cause, Share, give_back, withdraw
from skola_finance.usecases.use_case import use_case
from skola_finance.workflow import CORRECTIONS, ProposalCommand, ProposalState, not_found

if TYPE_CHECKING:
    from skola_finance.storage.tables import CorrectionProposalRow
    from skola_finance.usecases.work import Work


@use_case(
    title=Text(lv="Apstiprināt korekciju", en="Confirm a correction"),
    roles=CORRECTIONS.may[ProposalCommand.CONFIRM],
)
def confirm_correction(work: Work, *, correction: str) -> Answer:
    """Post a proposed correction, or the undoing of one; the person is not who proposed it.

    What is payable is lowered first; what must come back becomes a recovery.

    Raises: Refused WFL-502; CommandRefused PAY-860 where less stands approved by now, PAY-863;
        BalanceExceeded (PAY-803); FreeAllocationExceeded (FUN-716).
    """
    row = _proposal(work, correction)
    programme = work.programme(row.programme, lock=True)
    claim = claim_of(work, row.claim_id)
    row.state = _step(work, row, ProposalCommand.CONFIRM)
    work.change(row)
    if row.kind == UNDOING:
        return _undo(work, row)
    lines = {line.line_no: line for line in work.repositories.claims.lines(claim.id, claim.version)}
    cause = Cause(row.document, row.kind, row.method, row.reason, row.rule_code)
    shares = [Share(lines[one["line_no"]], one["cents"]) for one in row.lines]
    done = withdraw(work, programme, claim, shares, cause)
    recovery = ""
    if done.recoverable_cents:
        recovery = raise_recovery(
            work,
            programme=programme.code,
            partner=done.holder,
            document=row.document,
            cents=done.recoverable_cents,
            reason=row.reason,
        ).key
    return Answer(
        claim.key,
        {
            "correction": row.document,
            "state": row.state,
            "approval_no": done.correction.approval_no,
            "withdrawn_cents": done.correction.amount_cents,
            "withheld_cents": done.withheld_cents,
            "recoverable_cents": done.recoverable_cents,
            "recovery": recovery,
        },
    )


@use_case(
    title=Text(lv="Noraidīt korekciju", en="Reject a correction"),
    roles=CORRECTIONS.may[ProposalCommand.REJECT],
)
def reject_correction(work: Work, *, correction: str, reason: str) -> Answer:
    """Refuse a proposed correction, with a reason."""
    return _decide(work, correction, ProposalCommand.REJECT, reason)


@use_case(
    title=Text(lv="Atsaukt korekcijas priekšlikumu", en="Withdraw a proposed correction"),
    roles=CORRECTIONS.may[ProposalCommand.WITHDRAW],
)
def withdraw_correction(work: Work, *, correction: str, reason: str = "") -> Answer:
    """Take back a correction that nobody has decided on."""
    return _decide(work, correction, ProposalCommand.WITHDRAW, reason)


def _undo(work: Work, row: CorrectionProposalRow) -> Answer:
    correction = correction_of(work, row.of_document)
    number = give_back(work, correction, reference=row.document)
    annul_recoveries(work, correction)
    claim = claim_of(work, row.claim_id)
    return Answer(
        claim.key,
        {
            "correction": row.document,
            "state": row.state,
            "approval_no": number,
            "given_back_cents": correction.amount_cents,
        },
    )


def _decide(work: Work, document: str, command: ProposalCommand, reason: str) -> Answer:
    row = _proposal(work, document)
    row.state = _step(work, row, command, reason)
    work.change(row)
    return Answer(claim_of(work, row.claim_id).key, {"correction": document, "state": row.state})


def _step(work: Work, row: CorrectionProposalRow, command: ProposalCommand, note: str = "") -> str:
    return work.step(
        CORRECTIONS, command, thing=row.document, state=ProposalState(row.state), note=note
    )


def _proposal(work: Work, document: str) -> CorrectionProposalRow:
    row = work.repositories.payments.correction_proposal(document)
    if row is None:
        raise not_found(WHAT)
    return row
