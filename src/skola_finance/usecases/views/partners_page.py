"""The page of one partner: agreement, institutions, bank accounts, allocation and claims."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from skola_finance.claims.vocabulary import FOUNDER, INSTITUTION_KIND
from skola_finance.funding import AgreementStatus
from skola_finance.usecases.lately import kept_for_a_while
from skola_finance.usecases.partners.agreements import CHECKLIST
from skola_finance.usecases.reports.scope import reading_reports, scope_of
from skola_finance.usecases.reports.statement import quota_rows
from skola_finance.usecases.views.acts import standing_of
from skola_finance.usecases.views.dashboard import Sums
from skola_finance.usecases.views.partners_list import sums_by_partner
from skola_finance.usecases.work import PARTNER
from skola_finance.workflow import (
    AGREEMENTS,
    BANK_ACCOUNTS,
    TASKS,
    AgreementCommand,
    ClaimState,
    ProposalCommand,
    ProposalState,
    Role,
    Task,
    not_found,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from skola_finance.problems import Text
    from skola_finance.storage.repositories import Repositories
    from skola_finance.storage.repositories.overview import ClaimSum
    from skola_finance.storage.tables import AgreementRow
    from skola_finance.usecases.order import Order
    from skola_finance.usecases.reports.statement import QuotaRow
    from skola_finance.usecases.store import Store
    from skola_finance.usecases.views.acts import Standing

_WITHOUT_BANK_DATA = frozenset({Role.PARTNER_COORDINATOR, Role.ADMINISTRATOR})


@dataclass(frozen=True, slots=True)
class AgreementView:
    """A cooperation agreement as it is shown; `checklist` is what was confirmed before signing."""

    number: str
    signed_on: date
    in_force_until: date | None
    signing_body: str
    checklist: tuple[tuple[Text, bool], ...]
    retention_until: date | None
    dispute_clause: str
    recovery_terms: str
    ended_on: date | None
    successor_reg_no: str
    successor_name: str
    succession_on: date | None
    succession_source: str
    row_version: int
    standing: Standing
    is_over: bool


@dataclass(frozen=True, slots=True)
class InstitutionView:
    """An institution that a partner involves on some days, both inclusive."""

    reg_no: str
    name: str
    founder: Text
    kind: Text | None
    joined_on: date
    left_on: date | None
    is_in: bool


@dataclass(frozen=True, slots=True)
class BankAccountView:
    """A bank account: `is_waiting` while it is confirmed and may not be paid to yet."""

    number: int
    iban: str
    source: str
    usable_from: date | None
    is_waiting: bool
    is_in_use: bool
    standing: Standing


@dataclass(frozen=True, slots=True)
class ClaimCount:
    """How many claims a partner has in one state, and what they come to, in cents."""

    state: str
    claims: int
    claimed_cents: int
    approved_cents: int


@dataclass(frozen=True, slots=True)
class PartnerPage:
    """All that the page of a partner shows; amounts in cents.

    Attributes:
        bank_accounts: empty for those who see no bank data.
        successors: partners that could take over, by registration number.
        founders, institution_kinds: what an institution may be, by code.
        checklist: what is confirmed before an agreement is signed, by key.
        may: commands without a thing of their own that the person who looks could give.
    """

    programme: str
    reg_no: str
    name: str
    kind: str
    iso_code: str
    registered_at: datetime
    sums: Sums
    quotas: tuple[QuotaRow, ...]
    agreements: tuple[AgreementView, ...]
    institutions: tuple[InstitutionView, ...]
    bank_accounts: tuple[BankAccountView, ...]
    claims: tuple[ClaimCount, ...]
    plans: int
    sub_projects: int
    successors: Mapping[str, str]
    founders: Mapping[str, Text]
    institution_kinds: Mapping[str, Text]
    checklist: Mapping[str, Text]
    may: frozenset[str]

    @property
    def agreement(self) -> AgreementView | None:
        """The agreement in force, else the last one there was."""
        in_force = [one for one in self.agreements if not one.is_over]
        chosen = in_force or list(self.agreements)
        return chosen[-1] if chosen else None


@kept_for_a_while(64)
def partner_page(store: Store, order: Order, *, programme: str, partner: str) -> PartnerPage:
    """Give the page of a partner; its own people see it too, without what is not theirs to know.

    Raises: RoleNotAllowed (AUT-601); NotFound (AUT-603), also for another's partner.
    """
    with reading_reports(store, order) as repositories:
        scope = scope_of(repositories, order, programme=programme, partner=partner)
        row = repositories.partners.get(partner)
        if row is None:
            raise not_found(PARTNER)
        sums = sums_by_partner(repositories, programme, holders=scope.holders)
        balances = repositories.books.balances(programme, partner=partner)
        counted = repositories.overview.claims_by_state(programme, partners=scope.claimants)
        agreements = _agreements(repositories, order, programme, partner)
        may_see_bank = order.actor.role not in _WITHOUT_BANK_DATA
        return PartnerPage(
            programme=programme,
            reg_no=row.reg_no,
            name=row.name,
            kind=row.kind,
            iso_code=row.iso_code,
            registered_at=row.registered_at,
            sums=sums.get(partner, Sums(0, 0, 0, 0)),
            quotas=quota_rows(balances),
            agreements=agreements,
            institutions=_institutions(repositories, order, programme, partner),
            bank_accounts=_bank_accounts(repositories, order, partner) if may_see_bank else (),
            claims=_claims(counted),
            plans=repositories.overview.plans(programme, partner=partner),
            sub_projects=len(repositories.partners.sub_projects(programme, partners=[partner])),
            successors=_successors(repositories, order, programme, partner),
            founders=FOUNDER,
            institution_kinds=INSTITUTION_KIND,
            checklist=CHECKLIST,
            may=_may(order, has_agreement=any(not one.is_over for one in agreements)),
        )


def _may(order: Order, *, has_agreement: bool) -> frozenset[str]:
    role = order.actor.role
    wanted = {
        "register": role in TASKS[Task.REGISTER_PARTNER],
        "sign": role in AGREEMENTS.may[AgreementCommand.SIGN] and not has_agreement,
        "propose_iban": role in BANK_ACCOUNTS.may[ProposalCommand.PROPOSE],
    }
    return frozenset(name for name, is_open in wanted.items() if is_open)


def _agreements(
    repositories: Repositories, order: Order, programme: str, partner: str
) -> tuple[AgreementView, ...]:
    rows = repositories.partners.agreements(programme, partner=partner)
    acts = repositories.overview.acts(AGREEMENTS.key, [str(row.id) for row in rows])
    names = repositories.overview.partner_names() if rows else {}
    found = []
    for row in rows:
        state = AgreementStatus(row.state)
        standing = standing_of(AGREEMENTS, state, acts[str(row.id)], actor=order.actor)
        found.append(_agreement(row, names.get(row.successor_reg_no, ""), standing))
    return tuple(found)


def _agreement(row: AgreementRow, successor_name: str, standing: Standing) -> AgreementView:
    return AgreementView(
        number=row.number,
        signed_on=row.signed_on,
        in_force_until=row.in_force_until,
        signing_body=row.signing_body,
        checklist=tuple((text, row.checklist.get(key) is True) for key, text in CHECKLIST.items()),
        retention_until=row.retention_until,
        dispute_clause=row.dispute_clause,
        recovery_terms=row.recovery_terms,
        ended_on=row.ended_on,
        successor_reg_no=row.successor_reg_no,
        successor_name=successor_name,
        succession_on=row.succession_on,
        succession_source=row.succession_source,
        row_version=row.row_version,
        standing=standing,
        is_over=AgreementStatus(row.state).is_over,
    )


def _institutions(
    repositories: Repositories, order: Order, programme: str, partner: str
) -> tuple[InstitutionView, ...]:
    rows = repositories.partners.institutions(programme, partner=partner)
    found = [
        InstitutionView(
            reg_no=row.reg_no,
            name=row.name,
            founder=FOUNDER[row.founder],
            kind=INSTITUTION_KIND.get(row.kind),
            joined_on=row.joined_on,
            left_on=row.left_on,
            is_in=row.joined_on <= order.on and (row.left_on is None or row.left_on >= order.on),
        )
        for row in rows
    ]
    return tuple(sorted(found, key=lambda one: (not one.is_in, one.name, one.joined_on)))


def _bank_accounts(
    repositories: Repositories, order: Order, partner: str
) -> tuple[BankAccountView, ...]:
    rows = repositories.partners.bank_accounts(partner)
    acts = repositories.overview.acts(BANK_ACCOUNTS.key, [str(row.id) for row in rows])
    usable = [
        row.id
        for row in rows
        if row.state == ProposalState.CONFIRMED
        and row.usable_from is not None
        and row.usable_from <= order.on
    ]
    return tuple(
        BankAccountView(
            number=row.id,
            iban=row.iban,
            source=row.source,
            usable_from=row.usable_from,
            is_waiting=row.state == ProposalState.CONFIRMED
            and row.usable_from is not None
            and row.usable_from > order.on,
            is_in_use=bool(usable) and row.id == usable[-1],
            standing=standing_of(
                BANK_ACCOUNTS, ProposalState(row.state), acts[str(row.id)], actor=order.actor
            ),
        )
        for row in reversed(rows)
    )


def _claims(counted: list[ClaimSum]) -> tuple[ClaimCount, ...]:
    found = []
    for state in ClaimState:
        mine = [one for one in counted if one.state == state]
        if mine:
            found.append(
                ClaimCount(
                    state.value,
                    claims=sum(one.claims for one in mine),
                    claimed_cents=sum(one.claimed_cents for one in mine),
                    approved_cents=sum(one.approved_cents for one in mine),
                )
            )
    return tuple(found)


def _successors(
    repositories: Repositories, order: Order, programme: str, partner: str
) -> dict[str, str]:
    """Give the other partners with an agreement in force, where somebody may name one."""
    if order.actor.role not in AGREEMENTS.may[AgreementCommand.PREPARE_SUCCESSION]:
        return {}
    names = repositories.overview.partner_names()
    active = AgreementStatus.ACTIVE.value
    rows = repositories.partners.agreements(programme)
    found = {one.partner_reg_no for one in rows if one.state == active} - {partner}
    return {reg_no: names[reg_no] for reg_no in sorted(found, key=names.__getitem__)}
