"""The list of partners: who they are, their agreement, and how their allocation is used."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from skola_finance.funding import AgreementStatus
from skola_finance.ledger import Account
from skola_finance.usecases.lately import kept_for_a_while
from skola_finance.usecases.reports.scope import reading_reports, scope_of
from skola_finance.usecases.reports.states import IN_PROCESS
from skola_finance.usecases.views.dashboard import Sums
from skola_finance.workflow import AGREEMENTS, TASKS, Task

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from skola_finance.problems import Text
    from skola_finance.storage.repositories import Repositories
    from skola_finance.storage.tables import AgreementRow, PartnerRow
    from skola_finance.usecases.order import Order
    from skola_finance.usecases.store import Store

_SHOWN = (
    *(Account.ALLOCATION, Account.USED, Account.APPROVED),
    *(Account.WITHDRAWN, Account.PAID),
)


@dataclass(frozen=True, slots=True)
class PartnerEntry:
    """A partner in the list; amounts in cents.

    `agreement_state` is empty where it has no agreement in the programme; then it has no name.
    """

    reg_no: str
    name: str
    kind: str
    agreement_no: str
    agreement_state: str
    agreement_state_name: Text | None
    sums: Sums


@dataclass(frozen=True, slots=True)
class PartnerList:
    """The partners that were asked for, by name, and what they come to together.

    `may_register` says whether the person who looks may add one.
    """

    programme: str
    rows: tuple[PartnerEntry, ...]
    sums: Sums
    may_register: bool


@kept_for_a_while(16)
def partners_list(
    store: Store,
    order: Order,
    *,
    programme: str,
    search: str = "",
    kind: str = "",
    state: str = "",
) -> PartnerList:
    """List the partners that a person sees, those without an agreement too.

    Args:
        search: part of a name or of a registration number; capital letters do not matter.
        kind: one kind of partner alone.
        state: of the agreement; `none` for those that have none.

    Raises: RoleNotAllowed (AUT-601); NotFound (AUT-603).
    """
    with reading_reports(store, order) as repositories:
        scope = scope_of(repositories, order, programme=programme, partner=None)
        asked = search.strip().casefold()
        found = [
            row
            for row in repositories.partners.all()
            if order.actor.sees(row.reg_no)
            and (asked in row.name.casefold() or asked in row.reg_no)
            and kind in ("", row.kind)
        ]
        agreements = _agreements(repositories, programme)
        sums = sums_by_partner(repositories, programme, holders=scope.holders)
    rows = [_entry(row, agreements.get(row.reg_no), sums.get(row.reg_no)) for row in found]
    rows = [one for one in rows if state in ("", one.agreement_state or "none")]
    return PartnerList(
        programme=programme,
        rows=tuple(rows),
        sums=_together(one.sums for one in rows),
        may_register=order.actor.role in TASKS[Task.REGISTER_PARTNER],
    )


def sums_by_partner(
    repositories: Repositories, programme: str, *, holders: Mapping[str, str]
) -> dict[str, Sums]:
    """Give what each partner comes to; claims count for who holds their balances now."""
    cents: dict[str, dict[str, int]] = {}
    accounts = {each.value: each for each in _SHOWN}
    standing = repositories.overview.balances_by_partner(programme, accounts=accounts)
    for (partner, account, _), moved in standing.items():
        own = cents.setdefault(partner, {})
        own[account] = own.get(account, 0) + accounts[account].normal_side.sign * moved
    in_process = {state.value for state in IN_PROCESS}
    for one in repositories.overview.claims_by_state(programme):
        if one.state in in_process:
            own = cents.setdefault(holders.get(one.partner, one.partner), {})
            own["claimed"] = own.get("claimed", 0) + one.claimed_cents
    return {partner: _sums(own) for partner, own in cents.items()}


def _sums(own: Mapping[str, int]) -> Sums:
    return Sums(
        allocated_cents=own.get(Account.ALLOCATION, 0) + own.get(Account.USED, 0),
        claimed_cents=own.get("claimed", 0),
        approved_cents=own.get(Account.APPROVED, 0) - own.get(Account.WITHDRAWN, 0),
        paid_cents=own.get(Account.PAID, 0),
    )


def _agreements(repositories: Repositories, programme: str) -> dict[str, AgreementRow]:
    """Give the agreement of each partner that is in force, or the last one there was."""
    found: dict[str, AgreementRow] = {}
    for row in repositories.partners.agreements(programme):
        known = found.get(row.partner_reg_no)
        if known is None or AgreementStatus(known.state).is_over:
            found[row.partner_reg_no] = row
    return found


def _entry(row: PartnerRow, agreement: AgreementRow | None, sums: Sums | None) -> PartnerEntry:
    state = agreement.state if agreement is not None else ""
    return PartnerEntry(
        reg_no=row.reg_no,
        name=row.name,
        kind=row.kind,
        agreement_no=agreement.number if agreement is not None else "",
        agreement_state=state,
        agreement_state_name=AGREEMENTS.state_names[AgreementStatus(state)] if state else None,
        sums=sums or Sums(0, 0, 0, 0),
    )


def _together(parts: Iterable[Sums]) -> Sums:
    found = list(parts)
    return Sums(
        allocated_cents=sum(one.allocated_cents for one in found),
        claimed_cents=sum(one.claimed_cents for one in found),
        approved_cents=sum(one.approved_cents for one in found),
        paid_cents=sum(one.paid_cents for one in found),
    )
