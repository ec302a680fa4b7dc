"""Financial corrections of approved costs, as they are proposed; `confirming` posts them.

Named lines, every line that a rule now finds at fault, a rate of what stands approved, or a credit
note. Undoing a correction is proposed and confirmed in the same way.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from skola_finance.money import Rate, largest_remainder
from skola_finance.problems import Severity, Text
from skola_finance.storage.tables import CorrectionProposalRow
from skola_finance.usecases.assessing import judge, keep_assessment
from skola_finance.usecases.filing.drafts import no_line
from skola_finance.usecases.order import Answer
from skola_finance.usecases.paying.withdrawing import (
    Share,
    check_standing,
    standing,
)
from skola_finance.usecases.use_case import use_case
from skola_finance.usecases.wording import CommandRefused, refuse, unusable_input
from skola_finance.usecases.work import CLAIM, Work
from skola_finance.workflow import CORRECTIONS, ProposalCommand, ProposalState, not_found

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from skola_finance.storage.tables import ClaimRow, CorrectionRow

WHAT = Text(lv="finanšu korekcija", en="financial correction")
CORRECTION, CREDIT_NOTE, UNDOING = "correction", "credit_note", "undoing"
LINES, RULE, RATE = "line", "rule", "rate"


@use_case(
    title=Text(lv="Ierosināt korekciju pa rindām", en="Propose to correct lines"),
    roles=CORRECTIONS.may[ProposalCommand.PROPOSE],
)
def correct_lines(work: Work, *, claim: str, lines: Mapping[str, int], reason: str) -> Answer:
    """Propose to withdraw so many cents of named lines of an approved claim.

    Args:
        lines: cents by `line_id`, above zero and not above what stands approved of the line.

    Raises: CommandRefused WFL-560 (not approved), WFL-533 (no such line), PAY-860, PAY-862 (no
        lines), WFL-518 (no reason).
    """
    row = _approved_claim(work, claim)
    shares = shares_of(work, row, lines)
    return _propose(work, row, shares, kind=CORRECTION, method=LINES, reason=reason)


@use_case(
    title=Text(lv="Ierosināt kredītrēķina korekciju", en="Propose a credit note"),
    roles=CORRECTIONS.may[ProposalCommand.PROPOSE],
)
def enter_credit_note(
    work: Work, *, claim: str, lines: Mapping[str, int], credit_note_no: str, reason: str
) -> Answer:
    """Propose to withdraw what a supplier's credit note takes back of named lines, in cents.

    Raises: as `correct_lines`; CommandRefused WFL-518 without a number.
    """
    row = _approved_claim(work, claim)
    if not credit_note_no.strip():
        raise unusable_input(
            "credit_note_no", lv="nav kredītrēķina numura", en="the credit note has no number"
        )
    shares = shares_of(work, row, lines)
    return _propose(
        work,
        row,
        shares,
        kind=CREDIT_NOTE,
        method=LINES,
        reason=reason,
        evidence_no=credit_note_no.strip(),
    )


@use_case(
    title=Text(lv="Ierosināt korekciju pēc noteikuma", en="Propose to correct by a rule"),
    roles=CORRECTIONS.may[ProposalCommand.PROPOSE],
)
def correct_by_rule(work: Work, *, claim: str, rule_code: str, reason: str) -> Answer:
    """Propose to withdraw every line that a rule now finds at fault, all that stands of it.

    The claim is judged again under the rules, settings and registers of today; the verdict is kept.

    Raises: CommandRefused WFL-560, PAY-861 (the rule finds no approved line at fault), WFL-518;
        UnknownRule for a code that the rulebook does not know.
    """
    row = _approved_claim(work, claim)
    programme = work.programme(row.programme)
    work.store.rulebook(work.repositories, programme.rulebook_digest).rule(rule_code)
    version = work.repositories.claims.version(row.id, row.version)
    if version is None:
        raise not_found(CLAIM)
    judged = judge(work.store, work.repositories, row, version, on=work.on)
    at_fault = {
        line.line_no
        for line in judged.assessment.lines
        for problem in line.problems
        if problem.code == rule_code and problem.severity == Severity.ERROR
    }
    there = standing(work, row)
    shares = [there[number] for number in sorted(at_fault & set(there))]
    if not shares:
        raise refuse(
            "PAY-861",
            lv=f"Noteikums {rule_code} pārskatā {row.key} neatrod nevienu apstiprinātu rindu, "
            "kas tam neatbilst.",
            en=f"The rule {rule_code} finds no approved line of the claim {row.key} at fault.",
            hint_lv="Izvēlieties citu noteikumu vai norādiet rindas pašas.",
            hint_en="Choose another rule, or name the lines themselves.",
            subject=rule_code,
        )
    keep_assessment(
        work.repositories, row, judged, version=row.version, purpose="corrected", at=work.order.at
    )
    work.rulebook_digest = judged.rulebook.digest
    return _propose(
        work, row, shares, kind=CORRECTION, method=RULE, reason=reason, rule_code=rule_code
    )


@use_case(
    title=Text(lv="Ierosināt proporcionālu korekciju", en="Propose a proportional correction"),
    roles=CORRECTIONS.may[ProposalCommand.PROPOSE],
)
def correct_proportionally(work: Work, *, claim: str, rate: str, reason: str) -> Answer:
    """Propose to withdraw a rate of all that stands approved of a claim.

    Args:
        rate: such as `5 %`, above 0 % and at most 100 %.

    Rounding: the sum down to the cent; over the lines by largest remainder, ties to the earlier.
    Raises: CommandRefused WFL-560, PAY-862 (it comes to nothing), WFL-518; RateOutOfRange
        (FUN-703).
    """
    row = _approved_claim(work, claim)
    there = list(standing(work, row).values())
    parsed = Rate.parse(rate)
    whole = sum(share.cents for share in there)
    cents = parsed.floor_of(whole)
    if not 0 < cents <= whole:
        raise _nothing_to_correct(row.key)
    parts = largest_remainder(cents, weights=[share.cents for share in there])
    shares = [Share(share.line, part) for share, part in zip(there, parts, strict=True) if part]
    return _propose(
        work, row, shares, kind=CORRECTION, method=RATE, reason=reason, rate=str(parsed)
    )


@use_case(
    title=Text(lv="Ierosināt korekcijas atsaukšanu", en="Propose to undo a correction"),
    roles=CORRECTIONS.may[ProposalCommand.PROPOSE],
)
def undo_correction(work: Work, *, document: str, reason: str) -> Answer:
    """Propose to undo a correction that was raised by mistake; confirming it posts the mirror.

    Raises: CommandRefused PAY-863 (undone before, or of a case of irregularity, which is
        dismissed), WFL-518.
    """
    correction = correction_of(work, document)
    claim = _claim_corrected(work, correction)
    if correction.undone_at is not None or correction.irregularity_id is not None:
        raise _dismiss_instead(document)
    return _propose(
        work,
        claim,
        (),
        kind=UNDOING,
        method=correction.method,
        reason=reason,
        of_document=document,
        cents=correction.amount_cents,
    )


def shares_of(work: Work, claim: ClaimRow, lines: Mapping[str, int]) -> list[Share]:
    """Read cents by line of an approved claim.

    Raises: CommandRefused WFL-533, PAY-860, PAY-862.
    """
    if not lines:
        raise _nothing_to_correct(claim.key)
    there = standing(work, claim)
    known = {line.line_id: line for line in work.repositories.claims.lines(claim.id, claim.version)}
    shares = []
    for line_id, cents in lines.items():
        if line_id not in known:
            raise no_line(line_id)
        if type(cents) is not int:
            raise unusable_input("lines", lv="vajag centus", en="cents are needed")
        check_standing(there, known[line_id], cents)
        shares.append(Share(known[line_id], cents))
    return sorted(shares, key=lambda share: share.line.line_no)


def _propose(
    work: Work,
    claim: ClaimRow,
    shares: Sequence[Share],
    *,
    kind: str,
    method: str,
    reason: str,
    rule_code: str = "",
    rate: str = "",
    evidence_no: str = "",
    of_document: str = "",
    cents: int = 0,
) -> Answer:
    if not reason.strip():
        raise unusable_input("reason", lv="nav pamatojuma", en="the reason is missing")
    number = work.repositories.records.next_number(f"correction/{claim.programme}")
    total = cents or sum(share.cents for share in shares)
    row = CorrectionProposalRow(
        document=f"KOR-{claim.programme[:2].upper()}-{number:05}",
        programme=claim.programme,
        partner_reg_no=claim.partner_reg_no,
        claim_id=claim.id,
        kind=kind,
        method=method,
        rule_code=rule_code,
        rate=rate,
        evidence_no=evidence_no,
        of_document=of_document,
        reason=reason.strip(),
        amount_cents=total,
        lines=[
            {"line_no": line.line_no, "line_id": line.line_id, "cents": part}
            for line, part in shares
        ],
        state=ProposalState.PROPOSED.value,
    )
    row.state = work.begin(CORRECTIONS, thing=row.document, note=row.reason)
    work.repositories.add(row)
    work.count("amount", total)
    return Answer(
        claim.key,
        {
            "correction": row.document,
            "state": row.state,
            "amount_cents": total,
            "lines": [dict(one) for one in row.lines],
        },
    )


def _approved_claim(work: Work, key: str) -> ClaimRow:
    row = work.claim(key)
    work.programme(row.programme)
    check_approved(row)
    return row


def check_approved(claim: ClaimRow) -> None:
    """Refuse with WFL-560 a claim of which nothing has been approved."""
    if claim.approval_no is None:
        raise refuse(
            "WFL-560",
            lv=f"Pārskats {claim.key} nav apstiprināts; koriģēt var tikai apstiprināto.",
            en=f"The claim {claim.key} is not approved; only what is approved can be corrected.",
            hint_lv="Pārbaudē esošu pārskatu samaziniet pa rindām.",
            hint_en="Cut the lines of a claim that is in review.",
            subject=claim.key,
        )


def correction_of(work: Work, document: str) -> CorrectionRow:
    """Give a posted correction.

    Raises: NotFound (AUT-603).
    """
    row = work.repositories.payments.correction(document)
    if row is None:
        raise not_found(WHAT)
    return row


def claim_of(work: Work, claim_id: int) -> ClaimRow:
    """Give a claim by its row, held against other changes.

    Raises: NotFound (AUT-603).
    """
    row = work.repositories.claims.get(claim_id)
    if row is None:
        raise not_found(CLAIM)
    return work.claim(row.key)


def _claim_corrected(work: Work, correction: CorrectionRow) -> ClaimRow:
    moves = work.repositories.claims.movements(correction.programme, correction.approval_no)
    return claim_of(work, moves[0].claim_id)


def _nothing_to_correct(claim: str) -> CommandRefused:
    return refuse(
        "PAY-862",
        lv=f"Pārskatā {claim} nav ko koriģēt: korekcijas summa ir nulle vai lielāka par "
        "apstiprināto.",
        en=f"There is nothing to correct in the claim {claim}: the sum is zero, or above what "
        "stands approved.",
        hint_lv="Norādiet rindas vai likmi virs 0 % un ne vairāk par 100 %.",
        hint_en="Name lines, or a rate above 0 % and at most 100 %.",
        subject=claim,
    )


def _dismiss_instead(document: str) -> CommandRefused:
    return refuse(
        "PAY-863",
        lv=f"Korekciju {document} nevar atsaukt: tā jau ir atsaukta vai pieder neatbilstības "
        "lietai.",
        en=f"The correction {document} cannot be undone: that was done, or it belongs to a case "
        "of irregularity.",
        hint_lv="Neatbilstības lietu atzīst par nepamatotu.",
        hint_en="A case of irregularity is dismissed instead.",
        subject=document,
    )
