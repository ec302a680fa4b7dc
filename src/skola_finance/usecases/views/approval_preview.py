"""What an approval would do, before anybody clicks: the same work, done and undone.

Nothing is reckoned here: the approval's own function runs in a transaction that is rolled back, and
what it posted is read off, so that the preview cannot differ from what happens.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from skola_finance.funding import FundingSource
from skola_finance.ledger import Account
from skola_finance.problems import Problem, SkolaError
from skola_finance.storage.problems import busy
from skola_finance.storage.unit_of_work import Collision
from skola_finance.usecases.deciding.approval import Posted, decide_amounts
from skola_finance.usecases.use_case import TRIES
from skola_finance.usecases.views.queue import READ_QUEUE, READERS
from skola_finance.usecases.views.rehearsal import RehearsedWork
from skola_finance.workflow import CLAIMS, ClaimCommand, ClaimState, Refused, require_role

if TYPE_CHECKING:
    from collections.abc import Mapping

    from skola_finance.ledger import Entry, Group
    from skola_finance.ledger.dimensions import Dimensions
    from skola_finance.problems import Text
    from skola_finance.storage.tables import ClaimRow
    from skola_finance.usecases.order import Order
    from skola_finance.usecases.store import Store
    from skola_finance.usecases.work import Work

NOTHING = (0, 0)


@dataclass(frozen=True, slots=True)
class LineToPost:
    """What an entry would move on one account, in cents by source; debits positive."""

    group: str
    account: Text
    quota: str
    semester: str
    document: str
    esf_plus_cents: int
    state_cents: int

    @property
    def cents(self) -> int:
        """Both sources together."""
        return self.esf_plus_cents + self.state_cents

    @property
    def debit_cents(self) -> int:
        """What it debits; 0 where it credits."""
        return max(self.cents, 0)

    @property
    def credit_cents(self) -> int:
        """What it credits; 0 where it debits."""
        return max(-self.cents, 0)

    @property
    def of_esf_plus_cents(self) -> int:
        """The part of ESF+ in what it debits or credits."""
        return self.esf_plus_cents if self.cents > 0 else -self.esf_plus_cents

    @property
    def of_state_cents(self) -> int:
        """The part of the state in what it debits or credits."""
        return self.state_cents if self.cents > 0 else -self.state_cents


@dataclass(frozen=True, slots=True)
class EntryToPost:
    """An entry to be made: its event, the number it takes in the order of D-03, its lines."""

    event: str
    approval_no: int | None
    lines: tuple[LineToPost, ...]

    @property
    def debit_cents(self) -> int:
        """The debits together, which are the credits together."""
        return sum(line.debit_cents for line in self.lines)


@dataclass(frozen=True, slots=True)
class RoomEffect:
    """What a quota of the partner has free before and after, in cents, of each source."""

    quota: str
    before_cents: int
    before_esf_plus_cents: int
    after_cents: int
    after_esf_plus_cents: int

    @property
    def taken_cents(self) -> int:
        """What the approval takes of it."""
        return self.before_cents - self.after_cents

    @property
    def before_state_cents(self) -> int:
        """The part of the state before."""
        return self.before_cents - self.before_esf_plus_cents

    @property
    def after_state_cents(self) -> int:
        """The part of the state after."""
        return self.after_cents - self.after_esf_plus_cents


@dataclass(frozen=True, slots=True)
class ApprovalPreview:
    """What approving a claim would do now; amounts in cents.

    Attributes:
        posted: the sums; None where it would be refused for its amounts, `refusal` says why.
        eligible_cents, unfunded_cents, ineligible_cents: as the claim would stand afterwards.
        seen_cents: the eligible sum as it was recommended.
        esf_plus_cents: the part of ESF+ in what is approved; the state takes the rest.
        rooms: the partner's quotas before and after.
        entries: what would be posted.
    """

    posted: Posted | None
    refusal: Problem | None
    seen_cents: int
    eligible_cents: int
    ineligible_cents: int
    unfunded_cents: int
    esf_plus_cents: int
    rooms: tuple[RoomEffect, ...]
    entries: tuple[EntryToPost, ...]

    @property
    def state_cents(self) -> int:
        """The part of the state in what is approved."""
        return (self.posted.approved_cents if self.posted else 0) - self.esf_plus_cents

    @property
    def is_changed(self) -> bool:
        """Whether what was approved elsewhere since the recommendation changes the sum."""
        return self.eligible_cents != self.seen_cents


def preview_approval(store: Store, order: Order, *, claim: str) -> ApprovalPreview:
    """Do what an approval would do to a recommended claim, and undo it.

    Whoever looks need not be allowed to approve: four eyes are for the click.

    Raises: RoleNotAllowed (AUT-601); NotFound (AUT-603); Refused (WFL-501) for a claim that does
        not wait for an approval; StorageUnusable (STO-904) where too many write at once.
    """
    require_role(order.actor, command=READ_QUEUE, may=READERS)
    met: Collision | None = None
    for _ in range(TRIES):
        try:
            with store.writing() as unit:
                work = RehearsedWork(store, unit, order)
                try:
                    return _rehearsed(work, _waiting(work, claim))
                finally:
                    unit.forget()
        except Collision as collision:
            met = collision
    raise busy() from met


def _waiting(work: Work, key: str) -> ClaimRow:
    row = work.claim(key)
    if row.state != ClaimState.RECOMMENDED:
        actor, at = work.order.actor, work.order.at
        refusals = CLAIMS.refusals(
            ClaimState(row.state), ClaimCommand.APPROVE, actor=actor, at=at, history=()
        )
        raise Refused(next(one for one in refusals if one.code == "WFL-501"))
    return row


def _rehearsed(work: RehearsedWork, row: ClaimRow) -> ApprovalPreview:
    holder, seen = work.holder(row), row.eligible_cents
    before = _free(work, row, holder)
    posted, refusal = None, None
    try:
        programme = work.programme(row.programme, lock=True)
        posted = decide_amounts(work, programme, row)
    except SkolaError as error:
        refusal = error.problem
    after = _free(work, row, holder) if posted is not None else before
    return ApprovalPreview(
        posted=posted,
        refusal=refusal,
        seen_cents=seen,
        eligible_cents=row.eligible_cents,
        ineligible_cents=row.ineligible_cents,
        unfunded_cents=row.unfunded_cents,
        esf_plus_cents=row.esf_plus_cents if posted is not None else 0,
        rooms=tuple(
            RoomEffect(quota, *before.get(quota, NOTHING), *after.get(quota, NOTHING))
            for quota in sorted({*before, *after})
        ),
        entries=tuple(_entry(one) for one in work.entries) if posted is not None else (),
    )


def _free(work: Work, row: ClaimRow, holder: str) -> Mapping[str, tuple[int, int]]:
    """Give a partner's free allocation by quota: in total, and of ESF+."""
    balances = work.repositories.books.balances(
        row.programme, partner=holder, accounts=[Account.ALLOCATION]
    )
    free = balances.free(programme=row.programme, partner=holder)
    return {str(quota): (one.total_cents, one.esf_plus_cents) for quota, one in free.items()}


def _entry(entry: Entry) -> EntryToPost:
    sums: dict[tuple[Group, Account, Dimensions], dict[FundingSource, int]] = {}
    for one in entry.postings:
        key = (one.group, one.account, one.dimensions)
        of_source = sums.setdefault(key, dict.fromkeys(FundingSource, 0))
        of_source[one.source] += one.cents
    return EntryToPost(
        entry.event.value,
        entry.approval_no,
        tuple(
            LineToPost(
                group=group.value,
                account=account.label,
                quota=where.quota.value,
                semester=where.semester,
                document=where.document,
                esf_plus_cents=cents[FundingSource.ESF_PLUS],
                state_cents=cents[FundingSource.STATE],
            )
            for (group, account, where), cents in sums.items()
        ),
    )
