"""Taking approved costs back line by line, and giving them back where that was a mistake.

Corrections and irregularities share it: the gap-free number, the entry, what moves of each line.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import polars as pl

from skola_finance.ledger import Account, Dimension
from skola_finance.ledger.events import Withdrawal, correct, record_irregularity
from skola_finance.ledger.events import undo_correction as undo_entry
from skola_finance.storage.frames import unpack
from skola_finance.storage.tables import ClaimLineRow, ClaimRow, CorrectionRow
from skola_finance.usecases.claim_life import step_claim
from skola_finance.usecases.deciding.approval import (
    CORRECTED,
    grown_cents,
    parts_of,
    periods_named,
    running_periods,
)
from skola_finance.usecases.wording import amount, refuse
from skola_finance.workflow import ClaimCommand, ClaimState

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from skola_finance.ledger import Entry
    from skola_finance.storage.tables import ProgrammeRow
    from skola_finance.usecases.work import Work

IRREGULAR, UNDONE = "irregularity", "undone"
FILED = "/C"
"""Ends the document of the correcting lines that a partner filed in a claim of its own."""


class Share(NamedTuple):
    """A line, and cents of what stands approved of it."""

    line: ClaimLineRow
    cents: int


@dataclass(frozen=True, slots=True)
class Cause:
    """Why costs are withdrawn.

    Attributes:
        document: the number of the correction or case.
        kind: `correction`, `credit_note` or `irregularity`.
        method: how the lines were chosen.
        reason: in words.
        rule_code: the rule at fault, if one is named.
        irregularity_id: the case of irregularity.
    """

    document: str
    kind: str
    method: str
    reason: str
    rule_code: str = ""
    irregularity_id: int | None = None


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """What a withdrawal posted, in cents: kept back of payables, and left to get back."""

    correction: CorrectionRow
    holder: str
    withheld_cents: int
    recoverable_cents: int


def standing(work: Work, claim: ClaimRow) -> dict[int, Share]:
    """Give what stands approved of each line of a claim by its number, above zero only.

    Lines that the partner corrected by a later claim count less what those take back.
    """
    lines = work.repositories.claims.lines(claim.id, claim.version)
    corrected = _corrected_elsewhere(work, claim)
    found: dict[int, Share] = {}
    for line in lines:
        cents = line.approved_cents - line.withdrawn_cents - corrected.get(line.line_id, 0)
        if cents > 0:
            found[line.line_no] = Share(line, cents)
    return found


def _corrected_elsewhere(work: Work, claim: ClaimRow) -> Mapping[str, int]:
    """Add up, by the line corrected, what approved correcting lines take back."""
    claims, partners = work.repositories.claims, work.repositories.partners
    holder = partners.holder(claim.programme, partner=claim.partner_reg_no)
    family = [holder, *partners.predecessors(claim.programme, partner=holder)]
    sums: dict[str, int] = {}
    for one, version in claims.frames(claims.correcting(claim.programme, family)):
        approved = {line.line_no: line for line in claims.lines(one.id, one.version)}
        named = unpack(version.frame).filter(pl.col("corrects_line_id").is_not_null())
        for line_no, corrects in named.select("line_no", "corrects_line_id").iter_rows():
            taken = -approved[line_no].approved_cents
            if taken > 0:
                sums[corrects] = sums.get(corrects, 0) + taken
    return sums


def check_standing(there: Mapping[int, Share], line: ClaimLineRow, cents: int) -> None:
    """Refuse with PAY-860 to take more of a line than stands approved, or nothing."""
    stands = there[line.line_no].cents if line.line_no in there else 0
    if 0 < cents <= stands:
        return
    asked, left = amount(cents), amount(stands)
    raise refuse(
        "PAY-860",
        lv=f"No rindas „{line.line_id}” nevar atņemt {asked.lv}: apstiprināti ir {left.lv}.",
        en=f"{asked.en} cannot be withdrawn of the line “{line.line_id}”: {left.en} stands "
        "approved.",
        hint_lv="Norādiet summu virs nulles, kas nepārsniedz apstiprināto.",
        hint_en="Give a sum above zero that is not above what stands approved.",
        subject=line.line_id,
    )


def withdraw(
    work: Work, programme: ProgrammeRow, claim: ClaimRow, shares: Sequence[Share], cause: Cause
) -> Withdrawn:
    """Withdraw cents of lines: an approval number, an entry, movements. The programme is locked.

    The claim's own payable is taken first, then what else is payable to the partner; the rest
    becomes recoverable on the document.

    Raises: CommandRefused PAY-860; BalanceExceeded (PAY-803).
    """
    there = standing(work, claim)
    for line, cents in shares:
        check_standing(there, line, cents)
    holder = work.repositories.partners.holder(programme.code, partner=claim.partner_reg_no)
    number = work.next_approval_no(programme)
    is_irregular = cause.kind == IRREGULAR
    entry = _entry(work, claim, shares, cause, holder=holder, number=number)
    entry_no = work.post(entry)
    _move(work, claim, number, IRREGULAR if is_irregular else CORRECTED, shares, sign=-1)
    total = sum(share.cents for share in shares)
    owed = grown_cents(entry, Account.RECOVERABLE)
    row = CorrectionRow(
        document=cause.document,
        programme=programme.code,
        partner_reg_no=holder,
        kind=cause.kind,
        method=cause.method,
        rule_code=cause.rule_code,
        reason=cause.reason,
        amount_cents=total,
        approval_no=number,
        entry_no=entry_no,
        made_at=work.order.at,
        irregularity_id=cause.irregularity_id,
    )
    work.repositories.add(row)
    work.change(claim)
    work.count("withdrawn", total)
    return Withdrawn(row, holder, total - owed, owed)


def _entry(
    work: Work,
    claim: ClaimRow,
    shares: Sequence[Share],
    cause: Cause,
    *,
    holder: str,
    number: int,
) -> Entry:
    code, books = claim.programme, work.repositories.books
    balances = books.balances(code, partner=holder)
    payables = balances.open_items(Account.PAYABLE, programme=code, partner=holder)
    parts = parts_of(shares)
    withdrawal = Withdrawal(
        partner=holder,
        document=cause.document,
        approval_no=number,
        parts=parts,
        used_cents=balances.used_cents(programme=code, partner=holder),
        periods=running_periods(work, code, parts),
        payables=tuple(sorted(payables, key=lambda item: item.dimensions.document != claim.key)),
    )
    occasion = work.occasion(code, cause.document)
    if cause.kind != IRREGULAR:
        return correct(occasion, withdrawal)
    appropriation = books.balances(code, partner="").split(Account.APPROPRIATION)
    return record_irregularity(occasion, withdrawal, appropriation=appropriation)


def give_back(work: Work, correction: CorrectionRow, *, reference: str) -> int:
    """Undo a correction that was raised by mistake: the mirror entry under a number of its own.

    Claims on which something becomes payable again can be ordered again. The programme is locked.

    Returns: the approval number.
    Raises: CommandRefused PAY-863 (undone before, filed by the partner, or a payment of a claim
        that it touches is with the bank); BalanceExceeded (PAY-803); FreeAllocationExceeded
        (FUN-716) where the refilled allocation has been used since; Refused (WFL-502).
    """
    if correction.undone_at is not None or correction.document.endswith(FILED):
        raise _not_undoable(correction.document)
    books, claims = work.repositories.books, work.repositories.claims
    entry = books.entry(correction.entry_no)
    if entry is None:
        raise _not_undoable(correction.document)
    code, document = correction.programme, correction.document
    partner = work.repositories.partners.holder(code, partner=correction.partner_reg_no)
    balances = books.balances(code, partner=partner)
    items = balances.open_items(Account.RECOVERABLE, programme=code, partner=partner)
    number = work.next_approval_no(work.programme(code))
    undone = undo_entry(
        work.occasion(code, reference),
        correction=entry,
        partner=partner,
        document=document,
        approval_no=number,
        standing_cents=balances.split(
            Account.WITHDRAWN, only={Dimension.DOCUMENT: document}
        ).total_cents,
        free=balances.free(programme=code, partner=partner),
        periods=periods_named(work, code, {each.dimensions.rate_period for each in entry.postings}),
        recoverables=[item for item in items if item.dimensions.document == document],
    )
    work.post(undone)
    moves = claims.movements(code, correction.approval_no)
    for claim_id in sorted({one.claim_id for one in moves}):
        claim = claims.get(claim_id)
        if claim is None:
            raise _not_undoable(document)
        lines = {line.line_no: line for line in claims.lines(claim.id, claim.version)}
        shares = [
            Share(lines[one.line_no], -one.amount_cents)
            for one in moves
            if one.claim_id == claim_id
        ]
        _move(work, claim, number, UNDONE, shares, sign=1)
    _reopen(work, undone)
    correction.undone_at, correction.undone_approval_no = work.order.at, number
    work.repositories.add(correction)
    work.count("given_back", correction.amount_cents)
    return number


def _move(
    work: Work, claim: ClaimRow, number: int, kind: str, shares: Sequence[Share], *, sign: int
) -> None:
    """Move lines by an approval number: down with sign −1, up again with 1."""
    claims = work.repositories.claims
    moves = [(claim.id, line.line_no, sign * cents) for line, cents in shares]
    digest = claims.keep_movements(claim.programme, number, kind, moves)
    work.repositories.seal("line_movement", f"{claim.programme}/{number}", digest)
    amounts = [
        {"line_no": line.line_no, "withdrawn_cents": line.withdrawn_cents - sign * cents}
        for line, cents in shares
    ]
    digest = claims.set_amounts(claim.id, claim.version, amounts)
    work.repositories.seal("claim_line", f"{claim.id}/{claim.version}", digest)


def _reopen(work: Work, entry: Entry) -> None:
    """Let claims be ordered again on which something became payable."""
    documents = {
        each.dimensions.document
        for each in entry.postings
        if each.account is Account.PAYABLE and each.grows_cents > 0
    }
    for document in sorted(documents):
        claim = work.repositories.claims.by_key(document, for_update=True)
        if claim is None:
            continue
        if claim.state == ClaimState.ORDERED:
            raise refuse(
                "PAY-863",
                lv=f"Pārskata {claim.key} maksājums vēl ir bankā; korekciju nevar atsaukt.",
                en=f"A payment of the claim {claim.key} is with the bank; the correction cannot "
                "be undone now.",
                hint_lv="Vispirms reģistrējiet, kas noticis ar maksājumu.",
                hint_en="Record first what became of the payment.",
                subject=claim.key,
            )
        if claim.state != ClaimState.APPROVED:
            step_claim(work, claim, ClaimCommand.REVIVE)
        work.change(claim)


def _not_undoable(document: str) -> Exception:
    return refuse(
        "PAY-863",
        lv=f"Korekciju {document} nevar atsaukt: tā jau ir atsaukta vai to iesniedzis partneris.",
        en=f"The correction {document} cannot be undone: that was done, or the partner filed it.",
        hint_lv="Partnera labojuma rindu labo ar jaunu pārskatu.",
        hint_en="A correcting line of the partner is mended by a new claim.",
        subject=document,
    )
