"""Programme status: what was allocated, asked for, approved and paid, and what is free."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from skola_finance.claims.calendar import semester_number
from skola_finance.claims.vocabulary import ACTIVITY
from skola_finance.ledger import Account, Balances, Dimension, Event
from skola_finance.ledger.legs import NOTHING, less, sum_of
from skola_finance.usecases.reports.scope import Scope, reading_reports, scope_of
from skola_finance.usecases.reports.shares import attribute, divide
from skola_finance.usecases.reports.statement import QuotaRow, quota_rows
from skola_finance.usecases.reports.states import IN_PROCESS, UNDECIDED
from skola_finance.workflow import ClaimState

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from skola_finance.funding import FundingSplit
    from skola_finance.storage.repositories.figures import FiledSum, MovedSum
    from skola_finance.usecases.order import Order
    from skola_finance.usecases.store import Store

Place = tuple[str, str, str]
"""Partner, activity, semester; activity and semester are empty where an amount has none."""

_ORDER = {activity: place for place, activity in enumerate(ACTIVITY)}


@dataclass(frozen=True, slots=True)
class InProcess:
    """Filed lines in claims of one state, in cents; they have no sources before the approval."""

    state: ClaimState
    lines: int
    claimed_cents: int
    eligible_cents: int
    unfunded_cents: int


@dataclass(frozen=True, slots=True)
class StatusRow:
    """One activity of one partner in one semester, in cents; booked amounts by source.

    Advances, debts, and whatever else no line stands behind, are in the row without an activity.
    """

    partner_reg_no: str
    activity: str
    semester: str
    in_process: tuple[InProcess, ...]
    approved: FundingSplit
    withdrawn: FundingSplit
    paid: FundingSplit

    @property
    def claimed_cents(self) -> int:
        """What is claimed and in process with the agency; returned claims are not."""
        return sum(one.claimed_cents for one in self.in_process if one.state in IN_PROCESS)

    @property
    def eligible_cents(self) -> int:
        """What of it is eligible."""
        return sum(one.eligible_cents for one in self.in_process if one.state in IN_PROCESS)

    @property
    def standing(self) -> FundingSplit:
        """What stands approved: approved less withdrawn."""
        return less(self.approved, self.withdrawn)


@dataclass(frozen=True, slots=True)
class PartnerAllocation:
    """The allocation of a partner by action quota, which activities are charged to."""

    partner_reg_no: str
    partner_name: str
    quotas: tuple[QuotaRow, ...]


@dataclass(frozen=True, slots=True)
class ProgrammeStatus:
    """Where a programme stands now; `envelope` is what is not yet allocated to anybody.

    The envelope is the whole programme's, and nothing in the status of one partner. `illustrative`
    says that a setting in force is only an example.
    """

    programme: str
    rows: tuple[StatusRow, ...]
    allocations: tuple[PartnerAllocation, ...]
    envelope: FundingSplit
    illustrative: bool

    @property
    def approved(self) -> FundingSplit:
        """All that was approved; the balance of the ledger."""
        return sum_of(row.approved for row in self.rows)

    @property
    def withdrawn(self) -> FundingSplit:
        """All that was withdrawn; the balance of the ledger."""
        return sum_of(row.withdrawn for row in self.rows)

    @property
    def paid(self) -> FundingSplit:
        """All that was paid, net; the balance of the ledger."""
        return sum_of(row.paid for row in self.rows)

    @property
    def allocated(self) -> FundingSplit:
        """All that is allocated: used and free."""
        return sum_of(quota.allocated for one in self.allocations for quota in one.quotas)

    @property
    def free(self) -> FundingSplit:
        """All that is allocated and free."""
        return sum_of(quota.free for one in self.allocations for quota in one.quotas)


def programme_status(
    store: Store, order: Order, *, programme: str, partner: str | None = None
) -> ProgrammeStatus:
    """Give the status of a programme, or of one partner, as things stand now.

    Approved and withdrawn come from the ledger, which knows source and semester but no activity;
    lines give the activity, and each booked sum is attributed to them. What was paid on a claim is
    divided among the activities of its approved lines. Every column adds up to the ledger.

    Rounding: largest remainder, source by source (D-04).
    Raises: RoleNotAllowed (AUT-601); NotFound (AUT-603).
    """
    with reading_reports(store, order) as repositories:
        scope = scope_of(repositories, order, programme=programme, partner=partner)
        filed = repositories.figures.filed(
            programme, partners=scope.claimants, states=[one.value for one in UNDECIDED]
        )
        moved = repositories.figures.moved(programme, partners=scope.claimants)
        balances = repositories.books.balances(programme)
    rows = _Rows(scope)
    rows.file(filed)
    rows.book(Account.APPROVED, balances, moved)
    rows.book(Account.WITHDRAWN, balances, moved)
    rows.pay(balances, moved)
    return ProgrammeStatus(
        programme=programme,
        rows=rows.all(),
        allocations=tuple(
            PartnerAllocation(reg_no, name, quota_rows(_of_partner(balances, reg_no)))
            for reg_no, name in scope.names.items()
        ),
        envelope=balances.split(Account.ENVELOPE) if scope.is_whole else NOTHING,
        illustrative=scope.illustrative,
    )


@dataclass(slots=True)
class _Row:
    in_process: list[InProcess] = field(default_factory=list)
    booked: dict[Account, list[FundingSplit]] = field(default_factory=lambda: defaultdict(list))


class _Rows:
    """Gathers the rows of a scope."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope
        self._rows: defaultdict[Place, _Row] = defaultdict(_Row)

    def file(self, filed: Iterable[FiledSum]) -> None:
        """Add what is in process."""
        sums: defaultdict[tuple[Place, ClaimState], list[FiledSum]] = defaultdict(list)
        for one in filed:
            place = (self._scope.holders[one.partner], one.activity, one.semester)
            sums[place, ClaimState(one.state)].append(one)
        for (place, state), found in sums.items():
            self._rows[place].in_process.append(
                InProcess(
                    state,
                    lines=sum(one.lines for one in found),
                    claimed_cents=sum(one.claimed_cents for one in found),
                    eligible_cents=sum(one.eligible_cents for one in found),
                    unfunded_cents=sum(one.unfunded_cents for one in found),
                )
            )

    def book(self, account: Account, balances: Balances, moved: Sequence[MovedSum]) -> None:
        """Attribute what was approved or withdrawn to activities, cell by cell of the ledger."""
        sign = account.normal_side.sign
        of_lines: defaultdict[tuple[str, ...], dict[Place, int]] = defaultdict(dict)
        for one in moved:
            is_approval = one.event == Event.CLAIM_APPROVED.value
            if is_approval != (account is Account.APPROVED):
                continue
            holder = self._scope.holders[one.partner]
            cell = of_lines[holder, one.quota, one.semester, one.rate_period]
            place = (holder, one.activity, one.semester)
            cell[place] = cell.get(place, 0) + sign * one.cents
        by = (Dimension.PARTNER, Dimension.QUOTA, Dimension.SEMESTER, Dimension.RATE_PERIOD)
        for key, whole in balances.sums(account, by=by).items():
            if key[0] in self._scope.names:
                parts = attribute(whole, of_lines.get(key, {}), rest=(key[0], "", key[2]))
                self._put(account, parts)

    def pay(self, balances: Balances, moved: Sequence[MovedSum]) -> None:
        """Divide what was paid on each claim among the activities of its approved lines."""
        of_claims: defaultdict[tuple[str, str], dict[Place, int]] = defaultdict(dict)
        for one in moved:
            if one.event == Event.CLAIM_APPROVED.value:
                holder = self._scope.holders[one.partner]
                weights = of_claims[holder, one.claim_key]
                place = (holder, one.activity, one.semester)
                weights[place] = weights.get(place, 0) + one.cents
        by = (Dimension.PARTNER, Dimension.DOCUMENT)
        for (partner, document), whole in balances.sums(Account.PAID, by=by).items():
            if partner in self._scope.names:
                weights = of_claims.get((partner, document), {})
                self._put(Account.PAID, divide(whole, weights, rest=(partner, "", "")))

    def _put(self, account: Account, parts: Mapping[Place, FundingSplit]) -> None:
        for place, split in parts.items():
            self._rows[place].booked[account].append(split)

    def all(self) -> tuple[StatusRow, ...]:
        """Give the rows: partners by name, activities as they are listed, semesters in time."""
        partners = {reg_no: place for place, reg_no in enumerate(self._scope.names)}
        ordered = sorted(
            self._rows.items(),
            key=lambda item: (
                partners[item[0][0]],
                _ORDER.get(item[0][1], len(_ORDER)),
                semester_number(item[0][2]) if item[0][2] else 0,
            ),
        )
        states = list(ClaimState)
        return tuple(
            StatusRow(
                *place,
                in_process=tuple(sorted(row.in_process, key=lambda one: states.index(one.state))),
                approved=sum_of(row.booked[Account.APPROVED]),
                withdrawn=sum_of(row.booked[Account.WITHDRAWN]),
                paid=sum_of(row.booked[Account.PAID]),
            )
            for place, row in ordered
        )


def _of_partner(balances: Balances, reg_no: str) -> Balances:
    """Give the balances of one partner alone."""
    own = Balances()
    own.add(cell for cell in balances.cells() if cell.dimensions.partner == reg_no)
    return own
