"""A partner's home: what is left, what it owes, what came back, and what is next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from skola_finance.claims.calendar import Calendar, semester_name
from skola_finance.ledger import Account, Dimension
from skola_finance.storage.repositories.standing import (
    claim_sums,
    last_notes,
    last_orders,
    open_questions,
)
from skola_finance.usecases.in_force import agreement_of, rulebook_now
from skola_finance.usecases.lately import kept_for_a_while
from skola_finance.usecases.reports.exposure import prefinancing_exposure
from skola_finance.usecases.reports.forecast import run_out_forecast
from skola_finance.usecases.reports.obligations import obligations_of
from skola_finance.usecases.reports.run_out import EndsOn, UsedUp
from skola_finance.usecases.reports.scope import reading_reports, scope_of
from skola_finance.usecases.reports.states import IN_PROCESS, UNPAID
from skola_finance.usecases.views.semester_rooms import recent_rooms, semester_rooms
from skola_finance.workflow import (
    CLAIMS,
    PARTNER_ROLES,
    ClaimCommand,
    ClaimState,
    Duty,
    PaymentState,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from skola_finance.ledger import Balances
    from skola_finance.storage.repositories import Repositories
    from skola_finance.storage.repositories.standing import ClaimSum
    from skola_finance.storage.tables import ClaimRow, PaymentOrderRow
    from skola_finance.usecases.order import Order
    from skola_finance.usecases.reports.scope import Scope
    from skola_finance.usecases.reports.terms_due import Due
    from skola_finance.usecases.store import Store
    from skola_finance.usecases.views.semester_rooms import SemesterRoom

_DAY = timedelta(days=1)
LAST_PAYMENTS = 3
NEXT_DUTIES = 5
_SETTLED = (ClaimState.PAID, ClaimState.SETTLED)
_IN_HAND = (ClaimState.DRAFT, ClaimState.RETURNED)


class AllocationKind(StrEnum):
    """A part of the allocation; together they are all of it."""

    PAID = "paid"
    """Approved, and paid, cleared by an advance or set off."""
    APPROVED = "approved"
    """Approved, and not paid yet."""
    SUBMITTED = "submitted"
    """Filed and not decided: what of it is eligible."""
    DRAFT = "draft"
    """In the partner's hands: what is typed, or was filed and came back."""
    LEFT = "left"
    """What is left; below zero where more is asked for than there is."""


@dataclass(frozen=True, slots=True)
class AllocationPart:
    """One part of the allocation in cents, and the claims behind it: how many in which state."""

    part: AllocationKind
    cents: int
    states: tuple[tuple[ClaimState, int], ...]

    @property
    def claims(self) -> int:
        """How many claims there are behind it."""
        return sum(number for _, number in self.states)


@dataclass(frozen=True, slots=True)
class Owed:
    """Money that the partner owes back on one document, in cents, and by when."""

    document: str
    cents: int
    due_on: date | None


@dataclass(frozen=True, slots=True)
class CameBack:
    """A claim that waits for the partner: returned to be mended, or with an open question.

    `text` is what the agency wrote; `answer_by` is None for a returned claim.
    """

    claim: str
    claim_no: str
    period_from: date | None
    period_to: date | None
    cents: int
    is_question: bool
    line_id: str
    text: str
    answer_by: date | None


@dataclass(frozen=True, slots=True)
class PaymentMade:
    """A payment that the bank has made, in cents; `claim_no` is empty for an advance."""

    order: str
    paid_on: date | None
    cents: int
    document: str
    claim_no: str


@dataclass(frozen=True, slots=True)
class PartnerHome:
    """A partner's standing in a programme, amounts in cents.

    Attributes:
        allocated_cents: all that is allocated; the parts add up to it.
        ends_on: the day on which the allocation ends at the present pace; None where it does not.
        agreed_until: the last day of the agreement, where it has one.
        is_used_up: whether nothing is left.
        own_cents, own_since: the partner's own money that is out, and since when.
        drafts: keys of the claims in preparation, the newest first.
        duties: what the partner has to do next, but for the claim of the semester in which the
            agreement was signed where a later one was filed.
        pays_by: when the agency has to pay at last.
        semesters: allocations of the last semesters that hold less than is left in all.
        illustrative: whether amounts rest on values that are only an example.
    """

    programme: str
    partner_reg_no: str
    partner_name: str
    allocated_cents: int
    parts: tuple[AllocationPart, ...]
    ends_on: date | None
    agreed_until: date | None
    is_used_up: bool
    months: int
    own_cents: int
    own_since: date | None
    advances_cents: int
    owed: tuple[Owed, ...]
    came_back: tuple[CameBack, ...]
    drafts: tuple[str, ...]
    duties: tuple[Due, ...]
    pays_by: Due | None
    payments: tuple[PaymentMade, ...]
    semesters: tuple[SemesterRoom, ...]
    illustrative: bool

    @property
    def left_cents(self) -> int:
        """What is left, below zero where more is asked for than there is."""
        return self.parts[-1].cents

    @property
    def outlasts_agreement(self) -> bool:
        """Whether money is left when the agreement ends, at the present pace."""
        until = self.agreed_until
        return self.ends_on is not None and until is not None and self.ends_on > until

    @property
    def owed_cents(self) -> int:
        """All that the partner owes back."""
        return sum(one.cents for one in self.owed)


@kept_for_a_while(64)
def partner_home(store: Store, order: Order, *, programme: str, partner: str) -> PartnerHome:
    """Say where a partner stands: what is left, what it owes, what came back, what is next.

    Raises: RoleNotAllowed (AUT-601); NotFound (AUT-603), also for another's partner.
    """
    asked = {"programme": programme, "partner": partner}
    with reading_reports(store, order) as repositories:
        scope = scope_of(repositories, order, programme=programme, partner=partner)
        sums = claim_sums(repositories.session, programme, partners=scope.claimants)
        balances = repositories.books.balances(programme, partner=partner)
        came_back = _came_back(repositories, scope)
        drafts = repositories.claims.find(
            programme=programme, partners=scope.claimants, states=[ClaimState.DRAFT.value]
        )
        payments = _payments(repositories, scope)
        agreement = agreement_of(repositories, programme, partner=partner)
        calendar = Calendar(rulebook_now(store, repositories, programme))
    (outlook,) = run_out_forecast(store, order, **asked)
    (exposure,) = prefinancing_exposure(store, order, **asked)
    dues = obligations_of(store, order, programme, partner=partner)
    if agreement is not None:
        dues = _since_agreement(dues, agreement.signed_on, calendar, on=order.on)
    rooms = recent_rooms(semester_rooms(store, order, **asked))
    ends = outlook.in_all.outlook
    parts = parts_of_allocation(balances, sums)
    return PartnerHome(
        programme=programme,
        partner_reg_no=partner,
        partner_name=scope.names[partner],
        allocated_cents=sum(one.cents for one in parts),
        parts=parts,
        ends_on=ends.day if isinstance(ends, EndsOn) else None,
        agreed_until=agreement.in_force_until if agreement is not None else None,
        is_used_up=isinstance(ends, UsedUp),
        months=outlook.in_all.months,
        own_cents=exposure.net_cents,
        own_since=exposure.since,
        advances_cents=exposure.advances_cents,
        owed=_owed(balances, dues),
        came_back=came_back,
        drafts=tuple(row.key for row in drafts),
        duties=tuple(one for one in dues if one.who in PARTNER_ROLES)[:NEXT_DUTIES],
        pays_by=next((one for one in dues if one.duty is Duty.PAY_CLAIM), None),
        payments=payments,
        semesters=tuple(one for one in rooms if one.left_cents < parts[-1].cents),
        illustrative=scope.illustrative,
    )


def parts_of_allocation(balances: Balances, sums: Sequence[ClaimSum]) -> tuple[AllocationPart, ...]:
    """Divide a partner's allocation into what became of it; the parts add up to all of it.

    Args:
        balances: of one partner.
        sums: its claims by state.
    """
    used = balances.sums(Account.USED, by=(Dimension.DOCUMENT,))
    used_cents = sum(split.total_cents for split in used.values())
    unpaid = 0
    for account in (Account.PAYABLE, Account.ORDERED):
        for key, split in balances.sums(account, by=(Dimension.DOCUMENT,)).items():
            unpaid += split.total_cents if key in used else 0
    free_cents = balances.split(Account.ALLOCATION).total_cents
    submitted = sum(one.eligible_cents for one in sums if one.state in IN_PROCESS)
    draft = sum(one.claimed_cents for one in sums if one.state in _IN_HAND)
    counted = {ClaimState(one.state): one.claims for one in sums}
    return tuple(
        AllocationPart(
            part, cents, tuple((one, counted[one]) for one in states if counted.get(one))
        )
        for part, cents, states in (
            (AllocationKind.PAID, used_cents - unpaid, _SETTLED),
            (AllocationKind.APPROVED, unpaid, UNPAID),
            (AllocationKind.SUBMITTED, submitted, IN_PROCESS),
            (AllocationKind.DRAFT, draft, _IN_HAND),
            (AllocationKind.LEFT, free_cents - submitted - draft, ()),
        )
    )


def _since_agreement(
    dues: Sequence[Due], signed_on: date, calendar: Calendar, *, on: date
) -> tuple[Due, ...]:
    """Leave out the claim of a semester that had begun before the agreement was signed.

    It stays while the partner has filed for no later semester: then its claim may still come.
    """
    first, running = calendar.semester_no(signed_on), calendar.semester_no(on)
    if first is None or running is None or calendar.semester_no(signed_on - _DAY) != first:
        return tuple(dues)
    unfiled = {one.subject for one in dues if one.duty is Duty.FILE_CLAIM}
    later = {semester_name(number) for number in range(first + 1, running + 1)}
    if later <= unfiled:
        return tuple(dues)
    return tuple(
        one
        for one in dues
        if one.duty is not Duty.FILE_CLAIM or one.subject != semester_name(first)
    )


def _owed(balances: Balances, dues: Sequence[Due]) -> tuple[Owed, ...]:
    """Give what stands recoverable by document; a debt is named by its own key in what is due."""
    by_day = {one.subject: one.due_on for one in dues if one.duty is Duty.REPAY}
    return tuple(
        Owed(document, split.total_cents, by_day.get(document))
        for (document,), split in balances.sums(
            Account.RECOVERABLE, by=(Dimension.DOCUMENT,)
        ).items()
        if split.total_cents
    )


def _came_back(repositories: Repositories, scope: Scope) -> tuple[CameBack, ...]:
    """Give open questions, the most urgent first, then returned claims with their letters."""
    found = [
        _waiting(claim, text=question.question, line_id=question.line_id, by=question.answer_by)
        for question, claim in open_questions(
            repositories.session, scope.programme, partners=scope.claimants
        )
    ]
    rows = repositories.claims.find(
        programme=scope.programme, partners=scope.claimants, states=[ClaimState.RETURNED.value]
    )
    letters = last_notes(
        repositories.session,
        CLAIMS.key,
        things=[row.key for row in rows],
        command=ClaimCommand.RETURN.value,
    )
    found += [
        _waiting(row, text=letters[row.key].note if row.key in letters else "") for row in rows
    ]
    return tuple(found)


def _waiting(row: ClaimRow, *, text: str, line_id: str = "", by: date | None = None) -> CameBack:
    return CameBack(
        claim=row.key,
        claim_no=row.claim_no,
        period_from=row.period_from,
        period_to=row.period_to,
        cents=row.claimed_cents,
        is_question=by is not None,
        line_id=line_id,
        text=text,
        answer_by=by,
    )


def _payments(repositories: Repositories, scope: Scope) -> tuple[PaymentMade, ...]:
    rows = last_orders(
        repositories.session,
        scope.programme,
        partners=scope.claimants,
        states=[PaymentState.EXECUTED.value],
        limit=LAST_PAYMENTS,
    )
    numbers = {row.claim_id: repositories.claims.get(row.claim_id) for row in rows if row.claim_id}
    return tuple(_made(row, numbers) for row in rows)


def _made(row: PaymentOrderRow, claims: Mapping[int, ClaimRow | None]) -> PaymentMade:
    claim = claims.get(row.claim_id) if row.claim_id is not None else None
    return PaymentMade(
        order=row.key,
        paid_on=row.executed_on,
        cents=row.amount_cents,
        document=row.document,
        claim_no=claim.claim_no if claim is not None else "",
    )
