"""Approving a claim: one gap-free number, one entry, and not a cent above what is free."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from skola_finance.funding import FundingSource
from skola_finance.ledger import Account, CostPart, Quota, RatePeriod
from skola_finance.ledger.events import Approval, Withdrawal, approve_claim, correct
from skola_finance.money import Rate
from skola_finance.problems import Text
from skola_finance.storage.tables import ClaimLineRow, ClaimRow, CorrectionRow, ProgrammeRow
from skola_finance.usecases.assessing import Judged, judge, take_amounts
from skola_finance.usecases.claim_life import step_claim
from skola_finance.usecases.deciding.debts import raise_recovery
from skola_finance.usecases.deciding.freshness import is_fresh
from skola_finance.usecases.deciding.settling import clear_advances, set_off_debts
from skola_finance.usecases.filing.submission import keep_verdict
from skola_finance.usecases.order import Answer
from skola_finance.usecases.use_case import use_case
from skola_finance.usecases.wording import amount, refuse
from skola_finance.workflow import CLAIMS, ClaimCommand

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from skola_finance.ledger import Entry
    from skola_finance.usecases.work import Work

APPROVED, CORRECTED = "approved", "corrected"


@dataclass(frozen=True, slots=True)
class Posted:
    """What an approval posted, in cents."""

    approval_no: int
    approved_cents: int
    withdrawn_cents: int
    cleared_cents: int
    set_off_cents: int

    @property
    def payable_cents(self) -> int:
        """What is left to pay."""
        return self.approved_cents - self.withdrawn_cents - self.cleared_cents - self.set_off_cents


@use_case(
    title=Text(lv="Apstiprināt pārskatu", en="Approve a claim"),
    roles=CLAIMS.may[ClaimCommand.APPROVE],
)
def approve_claim_payment(
    work: Work, *, claim: str, row_version: int, expected_cents: int | None = None
) -> Answer:
    """Approve a recommended claim and post it.

    Where anything was approved since the recommendation that this claim could touch, it is judged
    again in the same transaction: what no longer fits is left unfunded, never approved.

    Args:
        row_version: what the person has read.
        expected_cents: the eligible sum that the person saw; another one is refused.

    Raises: Refused WFL-501, WFL-502 (four eyes), WFL-504; CommandRefused WFL-517, WFL-539, WFL-540
        (nothing fits any more); FreeAllocationExceeded (FUN-716).
    """
    row = work.claim(claim, row_version=row_version)
    programme = work.programme(row.programme, lock=True)
    step_claim(work, row, ClaimCommand.APPROVE)
    posted = decide_amounts(work, programme, row, expected_cents=expected_cents)
    row.approval_no, row.approved_at = posted.approval_no, work.order.at
    if posted.payable_cents == 0:
        step_claim(work, row, ClaimCommand.SETTLE)
    work.change(row)
    return Answer(
        row.key,
        {
            "claim": row.key,
            "state": row.state,
            "row_version": row.row_version,
            "approval_no": posted.approval_no,
            "approved_cents": posted.approved_cents,
            "withdrawn_cents": posted.withdrawn_cents,
            "esf_plus_cents": row.esf_plus_cents,
            "unfunded_cents": row.unfunded_cents,
            "cleared_cents": posted.cleared_cents,
            "set_off_cents": posted.set_off_cents,
            "payable_cents": posted.payable_cents,
        },
    )


def decide_amounts(
    work: Work, programme: ProgrammeRow, row: ClaimRow, *, expected_cents: int | None = None
) -> Posted:
    """Judge a claim again where it must be, and post what is eligible; the programme is locked.

    Everything that an approval does to amounts is here, so that a preview of one is the same work
    undone; the step in the claim's life is the caller's.

    Raises: as `approve_claim_payment`, but for the refusals of its state and persons.
    """
    with work.repositories.unflushed():
        lines = work.repositories.claims.lines(row.id, row.version)
        holds = is_fresh(work, programme, row, lines)
    if not holds:
        _judge_again(work, row)
        lines = work.repositories.claims.lines(row.id, row.version)
    _check_seen(row, expected_cents)
    if row.claimed_cents > 0 and row.eligible_cents <= 0 and row.unfunded_cents > 0:
        raise refuse(
            "WFL-540",
            lv=f"Piešķīrums ir izlietots: no {amount(row.unfunded_cents).lv} nevar apstiprināt "
            "neko.",
            en=f"The allocation is used up: nothing of {amount(row.unfunded_cents).en} can be "
            "approved.",
            hint_lv="Palieliniet piešķīrumu vai atgrieziet pārskatu partnerim.",
            hint_en="Raise the allocation, or return the claim to the partner.",
        )
    return post_approval(work, programme, row, lines)


def _check_seen(row: ClaimRow, expected_cents: int | None) -> None:
    """Refuse with WFL-539 to approve another sum than the person saw."""
    if expected_cents is None or expected_cents == row.eligible_cents:
        return
    seen, now = amount(expected_cents), amount(row.eligible_cents)
    raise refuse(
        "WFL-539",
        lv=f"Attiecināmā summa ir mainījusies: jūs redzējāt {seen.lv}, tagad tā ir {now.lv}.",
        en=f"The eligible sum has changed: you saw {seen.en}, now it is {now.en}.",
        hint_lv="Pārbaudiet pārskatu vēlreiz un lemiet no jauna.",
        hint_en="Look at the claim again, and decide anew.",
    )


def _judge_again(work: Work, row: ClaimRow) -> Judged:
    version = work.repositories.claims.version(row.id, row.version)
    if version is None:
        msg = f"{row.key} has no version {row.version}"
        raise AssertionError(msg)
    judged = judge(work.store, work.repositories, row, version, on=work.on)
    take_amounts(row, judged)
    keep_verdict(work, row, version, judged, purpose="approved")
    work.rulebook_digest = judged.rulebook.digest
    return judged


def post_approval(
    work: Work, programme: ProgrammeRow, row: ClaimRow, lines: Sequence[ClaimLineRow]
) -> Posted:
    """Post the eligible lines of a claim: what is above zero as approved, corrections apart.

    It is posted to the accounts of whoever holds them: the partner, or its successor.
    """
    partner = work.holder(row)
    positive = [line for line in lines if line.eligible_cents > 0]
    negative = [line for line in lines if line.eligible_cents < 0]
    number = work.next_approval_no(programme)
    parts = cost_parts(positive)
    with work.repositories.unflushed():
        approval = Approval(
            partner=partner,
            document=row.key,
            approval_no=number,
            parts=parts,
            free=work.open_balances(row.programme, partner).free(
                programme=row.programme, partner=partner
            ),
            periods=running_periods(work, row.programme, parts),
        )
    total = sum(part.cents for part in parts)
    advances = clear_advances(work, row, parts)
    debts = set_off_debts(work, row, total - advances.cents)
    entry = approve_claim(
        work.occasion(row.programme, row.key), approval, advances=advances, debts=debts
    )
    work.post(entry)
    _keep_movements(work, row, number, APPROVED, positive)
    esf_plus = esf_plus_of(entry)
    withdrawn = _withdraw(work, programme, row, negative) if negative else 0
    _keep_amounts(work, row, lines)
    row.approved_cents, row.esf_plus_cents = total, esf_plus
    row.cleared_cents, row.set_off_cents = advances.cents, debts.cents
    work.count("approved", total)
    work.count("cleared", advances.cents)
    work.count("set_off", debts.cents)
    return Posted(number, total, withdrawn, advances.cents, debts.cents)


def cost_parts(lines: Sequence[ClaimLineRow]) -> tuple[CostPart, ...]:
    """Add lines up by quota, semester, rate period and sub-project; amounts above zero."""
    return parts_of((line, abs(line.eligible_cents)) for line in lines)


def parts_of(shares: Iterable[tuple[ClaimLineRow, int]]) -> tuple[CostPart, ...]:
    """Add cents of lines up by quota, semester, rate period and sub-project."""
    sums: defaultdict[tuple[str, str, str, str], int] = defaultdict(int)
    for line, cents in shares:
        key = (line.quota, line.semester, line.rate_period, line.project_no or "")
        sums[key] += cents
    return tuple(
        CostPart(Quota(quota), semester, period, cents, sub_project)
        for (quota, semester, period, sub_project), cents in sorted(sums.items())
        if cents
    )


def running_periods(
    work: Work, programme: str, parts: Sequence[CostPart]
) -> tuple[RatePeriod, ...]:
    """Give the rate periods of parts with what stands approved in each; the programme is locked."""
    return periods_named(work, programme, {part.rate_period for part in parts})


def periods_named(work: Work, programme: str, wanted: Collection[str]) -> tuple[RatePeriod, ...]:
    """Give rate periods by name with what stands approved in each; the programme is locked."""
    return tuple(
        RatePeriod(row.key, rate_of(row.rate), row.approved_cents)
        for row in work.repositories.programmes.rate_periods(programme)
        if row.key in wanted
    )


def rate_of(text: str) -> Rate:
    """Give a rate as it is kept, such as `17/20`."""
    numerator, _, denominator = text.partition("/")
    return Rate(int(numerator), int(denominator))


def esf_plus_of(entry: Entry) -> int:
    """Give the ESF+ part of what an entry approves, in cents."""
    return sum(
        posting.cents
        for posting in entry.postings
        if posting.account is Account.APPROVED and posting.source is FundingSource.ESF_PLUS
    )


def grown_cents(entry: Entry, account: Account) -> int:
    """Give by how many cents an entry raises an account."""
    return sum(each.grows_cents for each in entry.postings if each.account is account)


def _keep_movements(
    work: Work, row: ClaimRow, number: int, kind: str, lines: Sequence[ClaimLineRow]
) -> None:
    if not lines:
        return
    moves = [(row.id, line.line_no, line.eligible_cents) for line in lines]
    digest = work.repositories.claims.keep_movements(row.programme, number, kind, moves)
    work.repositories.seal("line_movement", f"{row.programme}/{number}", digest)


def _keep_amounts(work: Work, row: ClaimRow, lines: Sequence[ClaimLineRow]) -> None:
    """Keep on every line that moved what was approved of it."""
    amounts = [
        {"line_no": line.line_no, "approved_cents": line.eligible_cents}
        for line in lines
        if line.eligible_cents
    ]
    if amounts:
        digest = work.repositories.claims.set_amounts_of(lines, amounts)
        work.repositories.seal("claim_line", f"{row.id}/{row.version}", digest)


def _withdraw(
    work: Work, programme: ProgrammeRow, row: ClaimRow, lines: Sequence[ClaimLineRow]
) -> int:
    """Post the correcting lines of a claim: a number and an entry of their own (D-03)."""
    number = work.next_approval_no(programme)
    partner = work.holder(row)
    parts = cost_parts(lines)
    books = work.repositories.books
    document = f"{row.key}/C"
    balances = books.balances(row.programme, partner=partner)
    payables = balances.open_items(Account.PAYABLE, programme=row.programme, partner=partner)
    own_first = sorted(payables, key=lambda item: item.dimensions.document != row.key)
    withdrawal = Withdrawal(
        partner=partner,
        document=document,
        approval_no=number,
        parts=parts,
        used_cents=balances.used_cents(programme=row.programme, partner=partner),
        periods=running_periods(work, row.programme, parts),
        payables=tuple(own_first),
    )
    entry = correct(work.occasion(row.programme, row.key), withdrawal)
    entry_no = work.post(entry)
    _keep_movements(work, row, number, CORRECTED, lines)
    total = sum(part.cents for part in parts)
    owed = grown_cents(entry, Account.RECOVERABLE)
    if owed:
        raise_recovery(
            work,
            programme=row.programme,
            partner=partner,
            document=document,
            cents=owed,
            reason=row.key,
        )
    work.repositories.add(
        CorrectionRow(
            document=document,
            programme=row.programme,
            partner_reg_no=partner,
            kind="credit_note",
            method="line",
            reason=f"{row.key}",
            amount_cents=total,
            approval_no=number,
            entry_no=entry_no,
            made_at=work.order.at,
        )
    )
    work.count("withdrawn", total)
    return total
