"""Cases of irregularity: suspected, established, withheld, recovered or not, dismissed.

No person does two of the steps. What is established shrinks the project's total, and the partner's
allocation is not refilled (Regulation 802 par. 33 and 12.2).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from skola_finance.ledger import Account, Balances, Dimension, Drawing, OpenItem
from skola_finance.ledger.events import set_off, write_off
from skola_finance.problems import Text
from skola_finance.storage.tables import IrregularityRow
from skola_finance.usecases.deciding.debts import (
    OPEN,
    annul_recoveries,
    raise_recovery,
    record_repaid,
)
from skola_finance.usecases.filing.drafts import no_line
from skola_finance.usecases.in_force import rulebook_now
from skola_finance.usecases.order import Answer
from skola_finance.usecases.paying.corrections import LINES, check_approved, claim_of, shares_of
from skola_finance.usecases.paying.withdrawing import IRREGULAR, Cause, give_back, withdraw
from skola_finance.usecases.use_case import use_case
from skola_finance.usecases.wording import amount, refuse, unusable_input
from skola_finance.workflow import (
    IRREGULARITIES,
    IrregularityCommand,
    IrregularityState,
    RecoveryState,
    not_found,
    plan_recovery,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from skola_finance.storage.tables import CorrectionRow, ProgrammeRow
    from skola_finance.usecases.work import Work

WHAT = Text(lv="neatbilstības lieta", en="case of irregularity")
FLOOR = "recovery.floor"


@use_case(
    title=Text(lv="Reģistrēt aizdomas par neatbilstību", en="Suspect an irregularity"),
    roles=IRREGULARITIES.may[IrregularityCommand.SUSPECT],
)
def suspect_irregularity(
    work: Work, *, claim: str, suspicion: str, line_id: str = "", cents: int = 0
) -> Answer:
    """Open a case on an approved claim; no money moves.

    Args:
        line_id: the line, where one is suspected.
        cents: the sum as it is thought of now.

    Raises: CommandRefused WFL-560 (the claim is not approved), WFL-533 (no such line), WFL-518 (no
        suspicion, or a sum above what was approved).
    """
    row = work.claim(claim)
    work.programme(row.programme)
    check_approved(row)
    if line_id and work.repositories.claims.line(row.id, row.version, line_id) is None:
        raise no_line(line_id)
    if not 0 <= cents <= row.approved_cents:
        told = amount(row.approved_cents)
        raise unusable_input("cents", lv=f"no nulles līdz {told.lv}", en=f"from zero to {told.en}")
    number = work.repositories.records.next_number(f"irregularity/{row.programme}")
    case = IrregularityRow(
        key=f"NEA-{row.programme[:2].upper()}-{number:05}",
        programme=row.programme,
        partner_reg_no=row.partner_reg_no,
        claim_id=row.id,
        line_id=line_id,
        suspicion=_said(suspicion, "suspicion"),
        amount_cents=cents,
        state=IrregularityState.SUSPECTED.value,
    )
    case.state = work.begin(IRREGULARITIES, thing=case.key, note=case.suspicion)
    work.repositories.add(case)
    return _answer(case, claim=row.key)


@use_case(
    title=Text(lv="Konstatēt neatbilstību", en="Establish an irregularity"),
    roles=IRREGULARITIES.may[IrregularityCommand.ESTABLISH],
)
def establish_irregularity(
    work: Work, *, irregularity: str, lines: Mapping[str, int], reason: str
) -> Answer:
    """Decide what was spent irregularly, and withdraw it: the project's total shrinks.

    What is payable is kept back first. Of the rest a recovery is made, unless the whole sum is
    within the floor up to which nothing is claimed back (setting `recovery.floor`); then it stays
    recoverable until the case is closed.

    Args:
        lines: cents by `line_id`.

    Raises: Refused (WFL-501, WFL-502); CommandRefused WFL-533, PAY-860, PAY-862; UnsetParameter
        (RUL-301) where nobody has entered the floor, nor `none`.
    Source: Regulation 802 par. 12, 13 and 33.
    """
    case, programme = _case(work, irregularity)
    row = claim_of(work, case.claim_id)
    case.state = _step(work, case, IrregularityCommand.ESTABLISH, _said(reason, "reason"))
    shares = shares_of(work, row, lines)
    cause = Cause(case.key, IRREGULAR, LINES, reason.strip(), irregularity_id=case.id)
    done = withdraw(work, programme, row, shares, cause)
    rulebook = rulebook_now(work.store, work.repositories, programme.code)
    floor = rulebook.setting(FLOOR, on=work.on).value
    plan = plan_recovery(
        done.correction.amount_cents,
        withholdable_cents=done.withheld_cents,
        floor_cents=floor if isinstance(floor, int) else None,
    )
    case.amount_cents, case.withheld_cents = done.correction.amount_cents, done.withheld_cents
    recovery = ""
    if plan.claimed_back_cents:
        recovery = raise_recovery(
            work,
            programme=programme.code,
            partner=done.holder,
            document=case.key,
            cents=plan.claimed_back_cents,
            reason=reason.strip(),
            irregularity_id=case.id,
        ).key
    work.change(case)
    return _answer(
        case,
        claim=row.key,
        approval_no=done.correction.approval_no,
        not_recovered_cents=plan.not_recovered_cents,
        claimed_back_cents=plan.claimed_back_cents,
        recovery=recovery,
    )


@use_case(
    title=Text(lv="Ieturēt neatbilstības summu", en="Withhold an irregular sum"),
    roles=IRREGULARITIES.may[IrregularityCommand.WITHHOLD],
)
def withhold_irregularity(work: Work, *, irregularity: str) -> Answer:
    """Keep the sum back from claims: confirm what was, and set the rest off as far as it goes.

    Raises: Refused (WFL-501, WFL-502); CommandRefused PAY-865 where nothing could be withheld.
    """
    case, _ = _case(work, irregularity)
    case.state = _step(work, case, IrregularityCommand.WITHHOLD)
    balances, owed = _owed(work, case)
    partner = owed.dimensions.partner
    payables = balances.open_items(Account.PAYABLE, programme=case.programme, partner=partner)
    cents = min(owed.available_cents, sum(item.available_cents for item in payables))
    if cents > 0:
        debts = Drawing(cents, (owed,))
        occasion = work.occasion(case.programme, case.key)
        work.post(set_off(occasion, partner=partner, payables=payables, debts=debts))
        work.count("set_off", cents)
        _tell_recovery(work, case, cents, left_cents=owed.available_cents - cents)
    if case.withheld_cents == 0:
        raise refuse(
            "PAY-865",
            lv=f"Lietā {case.key} nav no kā ieturēt: partnerim nekas nav jāizmaksā.",
            en=f"Nothing can be withheld in the case {case.key}: nothing is payable.",
            hint_lv="Gaidiet atmaksu vai nākamo pārskatu.",
            hint_en="Wait for the repayment, or for the next claim.",
            subject=case.key,
        )
    work.change(case)
    return _answer(case, set_off_cents=max(cents, 0))


@use_case(
    title=Text(lv="Reģistrēt neatbilstības atgūšanu", en="Record that it is recovered"),
    roles=IRREGULARITIES.may[IrregularityCommand.RECOVER],
)
def recover_irregularity(work: Work, *, irregularity: str) -> Answer:
    """Record that all of the money is back, kept back or repaid.

    Raises: Refused (WFL-501, WFL-502); CommandRefused PAY-866 while anything is owed, or where a
        part was written off.
    """
    case, _ = _case(work, irregularity)
    case.state = _step(work, case, IrregularityCommand.RECOVER)
    balances, owed = _owed(work, case)
    left = owed.balance.total_cents + _written_off(balances, case)
    if left:
        told = amount(left)
        raise refuse(
            "PAY-866",
            lv=f"Lietā {case.key} nav atgūti {told.lv}.",
            en=f"In the case {case.key} {told.en} has not come back.",
            hint_lv="Reģistrējiet atmaksu vai slēdziet lietu bez atgūšanas.",
            hint_en="Record the repayment, or close the case without it.",
            subject=case.key,
        )
    work.change(case)
    return _answer(case)


@use_case(
    title=Text(lv="Slēgt neatbilstības lietu bez atgūšanas", en="Close a case without recovery"),
    roles=IRREGULARITIES.may[IrregularityCommand.CLOSE],
)
def close_irregularity(work: Work, *, irregularity: str, reason: str) -> Answer:
    """Close a case without the rest of the money: a small sum is written off with it.

    Raises: Refused (WFL-501, WFL-502); CommandRefused PAY-867 while a recovery is open, or where
        all of the money is back; WFL-518.
    """
    case, _ = _case(work, irregularity)
    note = _said(reason, "reason")
    case.state = _step(work, case, IrregularityCommand.CLOSE, note)
    balances, owed = _owed(work, case)
    rest = owed.balance.total_cents
    rows = work.repositories.payments.recoveries(case.programme, document=case.key)
    is_claimed = any(RecoveryState(one.state) in OPEN for one in rows)
    if is_claimed or not (rest or _written_off(balances, case)):
        raise refuse(
            "PAY-867",
            lv=f"Lietu {case.key} bez atgūšanas slēgt nevar: parādu vēl atgūst vai viss ir atgūts.",
            en=f"The case {case.key} cannot be closed without recovery: the debt is being "
            "recovered, or all is back.",
            hint_lv="Vispirms pabeidziet atgūšanu: atmaksa, norakstīšana vai atgūšanas ieraksts.",
            hint_en="End the recovery first: repaid or written off; or record the recovery.",
            subject=case.key,
        )
    if rest:
        work.post(write_off(work.occasion(case.programme, case.key), recoverable=owed, cents=rest))
        work.count("written_off", rest)
    work.change(case)
    return _answer(case, written_off_cents=rest)


@use_case(
    title=Text(lv="Atzīt neatbilstību par nepamatotu", en="Dismiss an irregularity"),
    roles=IRREGULARITIES.may[IrregularityCommand.DISMISS],
)
def dismiss_irregularity(work: Work, *, irregularity: str, reason: str) -> Answer:
    """Decide that it was none; what an established case withdrew is given back.

    Raises: Refused (WFL-501, WFL-502); CommandRefused PAY-863, WFL-518; BalanceExceeded (PAY-803).
    """
    case, _ = _case(work, irregularity)
    case.state = _step(work, case, IrregularityCommand.DISMISS, _said(reason, "reason"))
    correction = _correction(work, case)
    number = None
    if correction is not None:
        number = give_back(work, correction, reference=case.key)
        annul_recoveries(work, correction)
    work.change(case)
    return _answer(case, approval_no=number)


def _case(work: Work, key: str) -> tuple[IrregularityRow, ProgrammeRow]:
    case = work.repositories.cases.irregularity(key)
    if case is None:
        raise not_found(WHAT)
    return case, work.programme(case.programme, lock=True)


def _step(work: Work, case: IrregularityRow, command: IrregularityCommand, note: str = "") -> str:
    return work.step(
        IRREGULARITIES, command, thing=case.key, state=IrregularityState(case.state), note=note
    )


def _correction(work: Work, case: IrregularityRow) -> CorrectionRow | None:
    return work.repositories.payments.correction_of_case(case.id)


def _owed(work: Work, case: IrregularityRow) -> tuple[Balances, OpenItem]:
    """Give the balances of who holds the costs, and what is still owed of the case."""
    partner = work.repositories.partners.holder(case.programme, partner=case.partner_reg_no)
    balances = work.repositories.books.balances(case.programme, partner=partner)
    owed = balances.open_item(
        Account.RECOVERABLE, programme=case.programme, partner=partner, document=case.key
    )
    return balances, owed


def _written_off(balances: Balances, case: IrregularityRow) -> int:
    only = {Dimension.DOCUMENT: case.key}
    return balances.split(Account.WRITTEN_OFF, only=only).total_cents


def _tell_recovery(work: Work, case: IrregularityRow, cents: int, *, left_cents: int) -> None:
    """Let the recovery of the case know what was set off; without one the case counts it."""
    rows = work.repositories.payments.recoveries(case.programme, document=case.key)
    is_open = [one for one in rows if RecoveryState(one.state) in OPEN]
    if not is_open:
        case.withheld_cents += cents
    for row in is_open:
        record_repaid(work, row, left_cents=left_cents, cents=cents)


def _said(text: str, name: str) -> str:
    if not text.strip():
        raise unusable_input(name, lv="nav pamatojuma", en="the reason is missing")
    return text.strip()


def _answer(case: IrregularityRow, **facts: object) -> Answer:
    return Answer(
        case.key,
        {
            "irregularity": case.key,
            "state": case.state,
            "amount_cents": case.amount_cents,
            "withheld_cents": case.withheld_cents,
            "recovered_cents": case.recovered_cents,
            **facts,
        },
    )
