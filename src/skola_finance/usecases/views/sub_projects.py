"""Initiative, partnership and youth projects as pages show them: standing, sums, what is next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from skola_finance.claims.columns import Sheet
from skola_finance.claims.vocabulary import ACTIVITY
from skola_finance.exchange.workbook.layout import offered_codes
from skola_finance.ledger import Account, Dimension, sub_project_advance_limit
from skola_finance.money import Rate
from skola_finance.problems import Text
from skola_finance.usecases.in_force import rulebook_now
from skola_finance.usecases.partners.sub_project_sums import COSTS, costs_by_project
from skola_finance.usecases.partners.sub_projects import WHAT
from skola_finance.usecases.paying.sub_project_advances import ADVANCE_RATE
from skola_finance.usecases.reports.obligations import obligations_of
from skola_finance.usecases.reports.scope import reading_reports, scope_of
from skola_finance.usecases.terms import entered
from skola_finance.usecases.views.acts import standing_of
from skola_finance.workflow import (
    SUB_PROJECTS,
    Duty,
    SubProjectState,
    not_found,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from skola_finance.ledger import Balances
    from skola_finance.storage.repositories import Repositories
    from skola_finance.storage.tables import SubProjectRow
    from skola_finance.usecases.order import Order
    from skola_finance.usecases.reports.terms_due import Due
    from skola_finance.usecases.store import Store
    from skola_finance.usecases.views.acts import Standing

_LEGAL_DAYS = frozenset({Duty.PAY_PROJECT_ADVANCE, Duty.PAY_PROJECT_REST})


@dataclass(frozen=True, slots=True)
class ProjectItem:
    """A project in a list, in cents: asked, approved (0 until it is), what it cost so far.

    `is_mine` says that the person who looks could do something now.
    """

    project_no: str
    address: str
    title: str
    activity: Text
    partner_reg_no: str
    partner_name: str
    state: SubProjectState
    state_name: Text
    asked_cents: int
    approved_cents: int
    cost_cents: int
    is_mine: bool


@dataclass(frozen=True, slots=True)
class ProjectList:
    """Projects by number, and the states there are with how many."""

    items: tuple[ProjectItem, ...]
    states: tuple[tuple[SubProjectState, Text, int], ...]


@dataclass(frozen=True, slots=True)
class ProjectShown:
    """One project with everything about its money, in cents.

    Attributes:
        recommended_cents, approved_cents, reported_cents, final_cents: 0 until that step.
        cost_cents: what stands approved of its claims, less corrections.
        advance_rate: the share that may be advanced, as entered; empty where it is unset.
        advance_limit_cents: the most that may be advanced of the approved sum.
        advance_open_cents: what is advanced or ordered and not cleared yet.
        standing: its state, what was done, and what the person who looks may do.
        legal_days: until when the advance or the rest is to be paid.
        claims: keys and numbers of the claims with its lines.
    """

    programme: str
    project_no: str
    address: str
    title: str
    activity: Text
    partner_reg_no: str
    partner_name: str
    asked_cents: int
    recommended_cents: int
    approved_cents: int
    reported_cents: int
    final_cents: int
    cost_cents: int
    advance_document: str
    advance_rate: str
    advance_limit_cents: int
    advance_open_cents: int
    approved_on: date | None
    report_approved_on: date | None
    legal_days: tuple[Due, ...]
    standing: Standing
    row_version: int

    @property
    def is_recommended(self) -> bool:
        """Whether a reviewer has named a sum."""
        return self.recommended_cents > 0


def sub_project_list(
    store: Store, order: Order, *, programme: str, state: str = "", partner: str = ""
) -> ProjectList:
    """List the projects of a person's partner, or of all for people of the agency.

    Raises: RoleNotAllowed (AUT-601); NotFound (AUT-603) for a partner that is not theirs.
    """
    with reading_reports(store, order) as repositories:
        scope = scope_of(repositories, order, programme=programme, partner=partner or None)
        own = [*scope.claimants, *scope.names]
        rows = repositories.partners.sub_projects(
            programme, partners=None if scope.is_whole else own
        )
        names = repositories.overview.partner_names()
        acts = repositories.overview.acts(SUB_PROJECTS.key, [str(row.id) for row in rows])
        balances = repositories.books.balances(programme, accounts=COSTS)
    costs = _costs(balances)
    items = []
    for row in rows:
        stands = SubProjectState(row.state)
        standing = standing_of(SUB_PROJECTS, stands, acts[str(row.id)], actor=order.actor)
        if state and state != row.state:
            continue
        items.append(
            ProjectItem(
                project_no=row.project_no,
                address=_address(row),
                title=row.title,
                activity=_activity(row),
                partner_reg_no=row.partner_reg_no,
                partner_name=names.get(row.partner_reg_no, row.partner_reg_no),
                state=stands,
                state_name=standing.state_name,
                asked_cents=row.asked_cents,
                approved_cents=row.approved_cents,
                cost_cents=costs.get(row.project_no, 0),
                is_mine=bool(standing.open_to),
            )
        )
    return ProjectList(items=tuple(items), states=_states(rows))


def sub_project_shown(store: Store, order: Order, *, programme: str, project: str) -> ProjectShown:
    """Give one project by its number, or by its row where the number cannot stand in an address.

    Raises: RoleNotAllowed (AUT-601); NotFound (AUT-603), also for another partner's.
    """
    with reading_reports(store, order) as repositories:
        row = _row(repositories, programme, project)
        if row is None or not order.actor.sees(row.partner_reg_no):
            raise not_found(WHAT)
        holder = repositories.partners.holder(programme, partner=row.partner_reg_no)
        balances = repositories.books.balances(programme, partner=holder)
        partner = repositories.partners.get(row.partner_reg_no)
        acts = repositories.overview.acts(SUB_PROJECTS.key, [str(row.id)])
        rate = entered(rulebook_now(store, repositories, programme), ADVANCE_RATE, on=order.on)
    only = {Dimension.SUB_PROJECT: row.project_no}
    dues = obligations_of(store, order, programme, partner=row.partner_reg_no)
    share = rate.value if rate is not None and isinstance(rate.value, Rate) else None
    return ProjectShown(
        programme=programme,
        project_no=row.project_no,
        address=_address(row),
        title=row.title,
        activity=_activity(row),
        partner_reg_no=row.partner_reg_no,
        partner_name=partner.name if partner is not None else row.partner_reg_no,
        asked_cents=row.asked_cents,
        recommended_cents=row.recommended_cents,
        approved_cents=row.approved_cents,
        reported_cents=row.reported_cents,
        final_cents=row.final_cents,
        cost_cents=costs_by_project(balances, programme=programme, partner=holder).get(
            row.project_no, 0
        ),
        advance_document=row.advance_document,
        advance_rate=rate.text if rate is not None else "",
        advance_limit_cents=(
            sub_project_advance_limit(row.approved_cents, share=share)
            if share is not None
            else row.approved_cents
        ),
        advance_open_cents=balances.split(Account.ADVANCE, only=only).total_cents,
        approved_on=row.approved_on,
        report_approved_on=row.report_approved_on,
        legal_days=tuple(
            one for one in dues if one.duty in _LEGAL_DAYS and one.subject == row.project_no
        ),
        standing=standing_of(
            SUB_PROJECTS, SubProjectState(row.state), acts[str(row.id)], actor=order.actor
        ),
        row_version=row.row_version,
    )


def project_activities(
    store: Store, order: Order, *, programme: str
) -> tuple[tuple[str, Text], ...]:
    """Give the kinds of projects that a programme has, for the form of an application.

    Raises: RoleNotAllowed (AUT-601); NotFound (AUT-603).
    """
    with reading_reports(store, order) as repositories:
        scope_of(repositories, order, programme=programme, partner=None)
    codes = offered_codes("activity", Sheet.PROJECTS, programme)
    return tuple((code, ACTIVITY.get(code, Text(lv=code, en=code))) for code in codes)


def _row(repositories: Repositories, programme: str, project: str) -> SubProjectRow | None:
    rows = repositories.partners.sub_projects(programme)
    by_number = {row.project_no: row for row in rows}
    by_row = {f"{_BY_ROW}{row.id}": row for row in rows}
    return by_number.get(project) or by_row.get(project)


_BY_ROW = "~"


def _address(row: SubProjectRow) -> str:
    """Give the last part of a project's address: its number, where that can stand in one."""
    plain = row.project_no.isascii() and row.project_no.replace("-", "").isalnum()
    return row.project_no if plain else f"{_BY_ROW}{row.id}"


def _activity(row: SubProjectRow) -> Text:
    return ACTIVITY.get(row.activity, Text(lv=row.activity, en=row.activity))


def _costs(balances: Balances) -> dict[str, int]:
    """Give what stands approved of each project, whoever holds it now, in cents."""
    found: dict[str, int] = {}
    for account, sign in zip(COSTS, (1, -1), strict=True):
        for (number,), split in balances.sums(account, by=(Dimension.SUB_PROJECT,)).items():
            found[number] = found.get(number, 0) + sign * split.total_cents
    return found


def _states(rows: Sequence[SubProjectRow]) -> tuple[tuple[SubProjectState, Text, int], ...]:
    counted = {one: sum(row.state == one for row in rows) for one in SubProjectState}
    return tuple(
        (one, SUB_PROJECTS.state_names[one], number) for one, number in counted.items() if number
    )
