"""The money for partners: the envelope, what each has, and every change with who decided it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from skola_finance.ledger import Account, Quota
from skola_finance.usecases.in_force import rulebook_now
from skola_finance.usecases.programmes.allocations import ENVELOPE
from skola_finance.usecases.reports.scope import reading_reports, scope_of
from skola_finance.usecases.views.acts import standing_of
from skola_finance.workflow import ALLOCATIONS, ProposalCommand, ProposalState

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from skola_finance.rulebook import Rulebook
    from skola_finance.storage.repositories import Repositories
    from skola_finance.storage.tables import AmendmentRow
    from skola_finance.usecases.order import Order
    from skola_finance.usecases.reports.scope import Scope
    from skola_finance.usecases.store import Store
    from skola_finance.usecases.views.acts import Standing

_BUDGET = (Account.ENVELOPE, Account.ALLOCATION, Account.USED, Account.APPROPRIATION)
_OF_PARTNERS = (Quota.INDIVIDUAL_SUPPORT, Quota.PROJECTS, Quota.EVENTS)
_ANYBODY = "0"


@dataclass(frozen=True, slots=True)
class AllocationRow:
    """What one partner has under one action quota, in cents: allocated = used + free."""

    partner_reg_no: str
    partner_name: str
    quota: str
    used_cents: int
    free_cents: int

    @property
    def allocated_cents(self) -> int:
        """All that is allocated."""
        return self.used_cents + self.free_cents


@dataclass(frozen=True, slots=True)
class Amendment:
    """A change of the money for partners, in cents.

    `kind` is envelope, allocation or reallocation; the cents of a reallocation go from the giver
    to the partner. `is_due` says whether its day has come: before, nobody can confirm it.
    """

    number: int
    kind: str
    partner_reg_no: str
    partner_name: str
    quota: str
    giver_reg_no: str
    giver_name: str
    giver_quota: str
    amount_cents: int
    effective_on: date
    source: str
    is_due: bool
    standing: Standing


@dataclass(frozen=True, slots=True)
class AllocationsPage:
    """The envelope, the allocations, what waits for a second person, and the history.

    Amounts in cents. `free_cents` is what is allocated to nobody. `waiting` are the changes that
    nobody has decided on, `decided` the others by the day they have effect, the latest first.
    `partners` may be proposed for, by name; `quotas` are those of the programme.
    """

    programme: str
    envelope_cents: int
    allocated_cents: int
    free_cents: int
    rows: tuple[AllocationRow, ...]
    waiting: tuple[Amendment, ...]
    decided: tuple[Amendment, ...]
    partners: Mapping[str, str]
    quotas: tuple[str, ...]
    may_propose: bool
    has_quotas: bool

    @property
    def waiting_cents(self) -> int:
        """What the waiting changes would take from the envelope; below zero where they add."""
        return sum(
            -one.amount_cents if one.kind == ENVELOPE else one.amount_cents
            for one in self.waiting
            if one.kind != "reallocation"
        )


def allocations_page(
    store: Store, order: Order, *, programme: str, partner: str | None = None
) -> AllocationsPage:
    """Give the money for partners as it stands now, of one partner where one is named.

    The envelope is the whole programme's, also where one partner is asked for; a partner's own
    people are not told of it.

    Raises: RoleNotAllowed (AUT-601); NotFound (AUT-603), also for another's partner.
    """
    with reading_reports(store, order) as repositories:
        scope = scope_of(repositories, order, programme=programme, partner=partner)
        rulebook = rulebook_now(store, repositories, programme)
        standing = repositories.overview.balances_by_partner(
            programme, accounts=[one.value for one in _BUDGET]
        )
        names = repositories.overview.partner_names()
        amendments = _amendments(repositories, order, scope, names)
    is_agency = order.actor.partner_reg_no is None
    sums = dict.fromkeys(_BUDGET, 0)
    for (_, account, _), cents in standing.items():
        sums[Account(account)] += Account(account).normal_side.sign * cents
    waiting = ProposalState.PROPOSED.value
    return AllocationsPage(
        programme=programme,
        envelope_cents=sums[Account.APPROPRIATION] if is_agency else 0,
        allocated_cents=sums[Account.ALLOCATION] + sums[Account.USED] if is_agency else 0,
        free_cents=sums[Account.ENVELOPE] if is_agency else 0,
        rows=_rows(standing, scope),
        waiting=tuple(one for one in amendments if one.standing.state == waiting),
        decided=tuple(
            sorted(
                (one for one in amendments if one.standing.state != waiting),
                key=lambda one: (one.effective_on, one.number),
                reverse=True,
            )
        ),
        partners={
            reg_no: names[reg_no]
            for reg_no in sorted(scope.holders, key=names.__getitem__)
            if order.actor.sees(reg_no)
        },
        quotas=quotas_of(rulebook),
        may_propose=order.actor.role in ALLOCATIONS.may[ProposalCommand.PROPOSE],
        has_quotas=quotas_of(rulebook) != (Quota.UNDIVIDED.value,),
    )


def quotas_of(rulebook: Rulebook) -> tuple[str, ...]:
    """Give the action quotas that a programme has; PuMPuRS has one undivided allocation."""
    found = tuple(
        quota.value
        for quota in _OF_PARTNERS
        if rulebook.parameter(f"quota.{_ANYBODY}.{quota.value}") is not None
    )
    return (*found, Quota.CENTRAL.value) if found else (Quota.UNDIVIDED.value,)


def _rows(standing: Mapping[tuple[str, str, str], int], scope: Scope) -> tuple[AllocationRow, ...]:
    found = []
    for reg_no, name in scope.names.items():
        for quota in Quota:
            used = standing.get((reg_no, Account.USED.value, quota.value))
            free = standing.get((reg_no, Account.ALLOCATION.value, quota.value))
            if used is not None or free is not None:
                found.append(AllocationRow(reg_no, name, quota.value, used or 0, free or 0))
    return tuple(found)


def _amendments(
    repositories: Repositories, order: Order, scope: Scope, names: Mapping[str, str]
) -> list[Amendment]:
    partner = "" if scope.is_whole else next(iter(scope.names))
    rows = repositories.programmes.amendments(scope.programme, partner=partner)
    acts = repositories.overview.acts(ALLOCATIONS.key, [str(row.id) for row in rows])
    return [
        _amendment(
            row,
            names,
            standing_of(
                ALLOCATIONS, ProposalState(row.state), acts[str(row.id)], actor=order.actor
            ),
            is_due=row.effective_on <= order.on,
        )
        for row in rows
    ]


def _amendment(
    row: AmendmentRow, names: Mapping[str, str], standing: Standing, *, is_due: bool
) -> Amendment:
    return Amendment(
        number=row.id,
        kind=row.kind,
        partner_reg_no=row.partner_reg_no,
        partner_name=names.get(row.partner_reg_no, ""),
        quota=row.quota,
        giver_reg_no=row.giver_reg_no,
        giver_name=names.get(row.giver_reg_no, ""),
        giver_quota=row.giver_quota,
        amount_cents=row.amount_cents,
        effective_on=row.effective_on,
        source=row.source,
        is_due=is_due,
        standing=standing,
    )
