"""What a raised quota or allocation brings back: unfunded lines, in the order of their approval.

Each claim is judged again with itself left out of the history, under the rooms of today, and only
what it had left unfunded is approved. A line that a reviewer parked stays parked, and one of which
something was withdrawn since is not revived: the partner may claim it again.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from skola_finance.ledger import Account
from skola_finance.ledger.events import Approval, approve_claim
from skola_finance.problems import Text
from skola_finance.storage.problems import busy
from skola_finance.storage.repositories.earlier_claims import REVIVED
from skola_finance.storage.unit_of_work import Collision
from skola_finance.usecases.assessing import Judged, judge, keep_assessment
from skola_finance.usecases.claim_life import step_claim
from skola_finance.usecases.deciding.approval import esf_plus_of, parts_of, running_periods
from skola_finance.usecases.deciding.settling import clear_advances, set_off_debts
from skola_finance.usecases.line_decisions import law_decisions
from skola_finance.usecases.order import Answer, Order
from skola_finance.usecases.use_case import TRIES, use_case
from skola_finance.usecases.wording import amount, refuse
from skola_finance.usecases.work import PARTNER, Work
from skola_finance.workflow import (
    CLAIMS,
    TASK_NAMES,
    TASKS,
    ClaimCommand,
    Task,
    not_found,
    require_role,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from skola_finance.funding import FundingSplit
    from skola_finance.ledger import Quota
    from skola_finance.storage.tables import ClaimLineRow, ClaimRow, ProgrammeRow
    from skola_finance.usecases.store import Store

DISPUTED = "RUL-303"


@dataclass(frozen=True, slots=True)
class RevivedLine:
    """What comes back of a line, in cents."""

    line_no: int
    line_id: str
    quota: str
    semester: str
    cents: int
    still_unfunded_cents: int


@dataclass(frozen=True, slots=True)
class RevivedClaim:
    """What comes back of a claim; `approval_no` is that of its first approval."""

    claim: str
    claim_no: str
    state: str
    approval_no: int
    lines: tuple[RevivedLine, ...]
    new_approval_no: int = 0
    cleared_cents: int = 0
    set_off_cents: int = 0

    @property
    def cents(self) -> int:
        """What is approved of the claim, in cents."""
        return sum(line.cents for line in self.lines)


@use_case(
    title=Text(lv="Atjaunot nefinansētās rindas", en="Revive unfunded lines"),
    roles=CLAIMS.may[ClaimCommand.REVIVE],
)
def revive_unfunded(
    work: Work, *, programme: str, partner: str, expected_cents: int | None = None
) -> Answer:
    """Approve what earlier approvals of a partner left unfunded, as far as it now fits.

    Claims come in the order of their approval numbers, lines in their own order. Advances are
    cleared and debts set off as in an approval; a paid or settled claim can be ordered again.

    Args:
        expected_cents: the sum that the person saw in `preview_revival`; another one is refused.

    Raises: Refused WFL-501 (a payment of a claim that would be revived is with the bank), WFL-502
        (who reviewed or prepared one); CommandRefused WFL-562 (nothing can be revived), WFL-563.
    """
    row = work.programme(programme, lock=True)
    work.partner(partner)
    revived = _revive_all(work, row, partner, as_decided=True)
    total = sum(one.cents for one in revived)
    if not revived:
        raise refuse(
            "WFL-562",
            lv=f"Partnerim {partner} nav ko atjaunot: brīva piešķīruma vai nefinansētu rindu nav.",
            en=f"Nothing of the partner {partner} can be revived: no allocation is free, or no "
            "line was left unfunded.",
            hint_lv="Vispirms palieliniet piešķīrumu; atliktās rindas partneris piesaka no jauna.",
            hint_en="Raise the allocation first; parked lines are claimed anew by the partner.",
            subject=partner,
        )
    if expected_cents is not None and expected_cents != total:
        seen, now = amount(expected_cents), amount(total)
        raise refuse(
            "WFL-563",
            lv=f"Atjaunojamā summa ir mainījusies: jūs redzējāt {seen.lv}, tagad tā ir {now.lv}.",
            en=f"What can be revived has changed: you saw {seen.en}, now it is {now.en}.",
            hint_lv="Skatiet atjaunojamo vēlreiz un lemiet no jauna.",
            hint_en="Look at what can be revived again, and decide anew.",
        )
    return Answer(
        f"partner/{partner}",
        {
            "revived_cents": total,
            "claims": [
                {
                    "claim": one.claim,
                    "approval_no": one.new_approval_no,
                    "revived_cents": one.cents,
                    "cleared_cents": one.cleared_cents,
                    "set_off_cents": one.set_off_cents,
                    "state": one.state,
                }
                for one in revived
            ],
        },
    )


def preview_revival(
    store: Store, order: Order, *, programme: str, partner: str
) -> tuple[RevivedClaim, ...]:
    """Show what `revive_unfunded` would approve now; nothing is kept.

    It does the work in a transaction that is then undone, so that each claim sees what the ones
    before it took. The order of the claims is that of their approval.

    Raises: RoleNotAllowed (AUT-601); NotFound (AUT-603), also for what belongs to others;
        StorageUnusable (STO-904) where too many write at once.
    """
    require_role(order.actor, command=TASK_NAMES[Task.READ_REPORTS], may=TASKS[Task.READ_REPORTS])
    met: Collision | None = None
    for _ in range(TRIES):
        try:
            with store.writing() as unit:
                work = Work(store, unit, order)
                row = work.programme(programme, lock=True)
                if unit.partners.get(partner) is None or not order.actor.sees(partner):
                    raise not_found(PARTNER)
                found = _revive_all(work, row, partner, as_decided=False)
                unit.forget()
        except Collision as collision:
            met = collision
            continue
        return tuple(found)
    raise busy() from met


def _revive_all(
    work: Work, programme: ProgrammeRow, partner: str, *, as_decided: bool
) -> list[RevivedClaim]:
    found = []
    for row in work.repositories.claims.unfunded(programme.code, partner):
        claim = work.repositories.claims.by_key(row.key, for_update=True)
        if claim is not None:
            revived = _revive(work, programme, claim, as_decided=as_decided)
            if revived is not None:
                found.append(revived)
    return found


def _revive(
    work: Work, programme: ProgrammeRow, claim: ClaimRow, *, as_decided: bool
) -> RevivedClaim | None:
    """Approve what fits of one claim; a preview takes no step in the claim's life."""
    claims = work.repositories.claims
    version = claims.version(claim.id, claim.version)
    free = work.repositories.books.balances(
        claim.programme, partner=claim.partner_reg_no, accounts=[Account.ALLOCATION]
    ).free(programme=claim.programme, partner=claim.partner_reg_no)
    if version is None or not any(split.total_cents > 0 for split in free.values()):
        return None
    judged = judge(work.store, work.repositories, claim, version, on=work.on)
    lines = claims.lines(claim.id, claim.version)
    rooms = {quota.value: split.total_cents for quota, split in free.items()}
    shares = _shares(lines, judged, rooms)
    if not shares:
        return None
    first_no = claim.approval_no or 0
    if as_decided:
        step_claim(work, claim, ClaimCommand.REVIVE)
    keep_assessment(
        work.repositories,
        claim,
        judged,
        version=claim.version,
        purpose=REVIVED,
        at=work.order.at,
    )
    work.rulebook_digest = judged.rulebook.digest
    revived = tuple(_revived(line, cents) for line, cents in shares)
    number, cleared, set_off = _post(work, programme, claim, shares, free)
    if as_decided and _payable(work, claim) == 0:
        step_claim(work, claim, ClaimCommand.SETTLE)
    work.change(claim)
    return RevivedClaim(
        claim.key, claim.claim_no, claim.state, first_no, revived, number, cleared, set_off
    )


def _post(
    work: Work,
    programme: ProgrammeRow,
    claim: ClaimRow,
    shares: Sequence[tuple[ClaimLineRow, int]],
    free: Mapping[Quota, FundingSplit],
) -> tuple[int, int, int]:
    """Post what is revived as an approval of its own: number, cents cleared, cents set off."""
    number = work.next_approval_no(programme)
    parts, total = parts_of(shares), sum(cents for _, cents in shares)
    approval = Approval(
        partner=claim.partner_reg_no,
        document=claim.key,
        approval_no=number,
        parts=parts,
        free=free,
        periods=running_periods(work, claim.programme, parts),
    )
    advances = clear_advances(work, claim, parts)
    debts = set_off_debts(work, claim, total - advances.cents)
    entry = approve_claim(
        work.occasion(claim.programme, claim.key), approval, advances=advances, debts=debts
    )
    work.post(entry)
    _move(work, claim, number, shares)
    claim.eligible_cents += total
    claim.unfunded_cents -= total
    claim.approved_cents += total
    claim.esf_plus_cents += esf_plus_of(entry)
    claim.cleared_cents += advances.cents
    claim.set_off_cents += debts.cents
    work.count("revived", total)
    return number, advances.cents, debts.cents


def _shares(
    lines: Sequence[ClaimLineRow], judged: Judged, rooms: dict[str, int]
) -> list[tuple[ClaimLineRow, int]]:
    """Say how many cents come back of which line.

    Of a line never more than it had left unfunded, than the verdict of today adds to what was
    approved, or than is free of its quota; of a semester never more than the verdict adds there,
    where other lines may have lost their place since.
    """
    eligible = {one.line_no: one.eligible_cents for one in judged.assessment.lines}
    disputed = _disputed(judged)
    gains = {
        line.line_no: min(eligible[line.line_no] - line.approved_cents, line.unfunded_cents)
        for line in lines
    }
    by_quota: defaultdict[str, int] = defaultdict(int)
    by_semester: defaultdict[str, int] = defaultdict(int)
    for line in lines:
        by_quota[line.quota] += gains[line.line_no]
        by_semester[line.semester] += gains[line.line_no]
    left = {quota: min(cents, rooms.get(quota, 0)) for quota, cents in by_quota.items()}
    rest = sum(gains.values())
    shares = []
    for line in lines:
        if line.withdrawn_cents or line.line_no in disputed:
            continue
        cents = min(gains[line.line_no], left[line.quota], by_semester[line.semester], rest)
        if cents > 0:
            shares.append((line, cents))
            left[line.quota] -= cents
            by_semester[line.semester] -= cents
            rest -= cents
    return shares


def _disputed(judged: Judged) -> set[int]:
    """Give the lines of which nobody has decided which version of the law holds."""
    decided = law_decisions(judged.decisions)
    return {
        line.line_no
        for line in judged.assessment.lines
        for problem in line.problems
        if problem.code == DISPUTED and (line.line_id or "", problem.subject) not in decided
    }


def _move(
    work: Work, claim: ClaimRow, number: int, shares: Sequence[tuple[ClaimLineRow, int]]
) -> None:
    claims = work.repositories.claims
    moves = [(claim.id, line.line_no, cents) for line, cents in shares]
    digest = claims.keep_movements(claim.programme, number, REVIVED, moves)
    work.repositories.seal("line_movement", f"{claim.programme}/{number}", digest)
    amounts = [
        {
            "line_no": line.line_no,
            "eligible_cents": line.eligible_cents + cents,
            "unfunded_cents": line.unfunded_cents - cents,
            "approved_cents": line.approved_cents + cents,
        }
        for line, cents in shares
    ]
    digest = claims.set_amounts(claim.id, claim.version, amounts)
    work.repositories.seal("claim_line", f"{claim.id}/{claim.version}", digest)


def _payable(work: Work, claim: ClaimRow) -> int:
    balances = work.repositories.books.balances(
        claim.programme, partner=claim.partner_reg_no, accounts=[Account.PAYABLE]
    )
    item = balances.open_item(
        Account.PAYABLE,
        programme=claim.programme,
        partner=claim.partner_reg_no,
        document=claim.key,
    )
    return item.available_cents


def _revived(line: ClaimLineRow, cents: int) -> RevivedLine:
    return RevivedLine(
        line.line_no,
        line.line_id,
        line.quota,
        line.semester,
        cents,
        line.unfunded_cents - cents,
    )
