"""Individual plans as pages show them: a list to filter, and one plan with what was claimed."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from skola_finance.claims.columns import Sheet
from skola_finance.claims.vocabulary import ACTIVITY, RISK_GROUND
from skola_finance.exchange.workbook.layout import offered_codes, semesters
from skola_finance.problems import Text
from skola_finance.storage.frames import unpack
from skola_finance.storage.repositories.plan_lists import (
    PlanFilter,
    count_plans,
    find_plans,
    plan_of_id,
    versions_with_learner,
)
from skola_finance.usecases.partners.plan_views import LIST, WHAT, open_risk_ground
from skola_finance.usecases.reports.states import UNDECIDED, UNPAID
from skola_finance.usecases.work import PROGRAMME
from skola_finance.workflow import TASKS, ClaimState, Task, not_found, require_role

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from skola_finance.storage.repositories import Repositories
    from skola_finance.storage.tables import SupportPlanRow
    from skola_finance.usecases.order import Order
    from skola_finance.usecases.store import Store

PAGE = 100
_READERS = TASKS[Task.READ_REPORTS] | TASKS[Task.KEEP_PLANS]
_COUNTED = (*UNDECIDED, *UNPAID, ClaimState.PAID, ClaimState.SETTLED)


@dataclass(frozen=True, slots=True)
class SupportShown:
    """One kind of support in one semester, with hours in thousandths: planned and claimed.

    Planned is None where no hours were set; claimed is what filed claims hold that are not
    rejected or withdrawn, as claimed.
    """

    activity: str
    activity_name: Text
    semester: str
    planned_milli: int | None
    claimed_milli: int

    @property
    def is_over(self) -> bool:
        """Whether more is claimed than planned."""
        return self.planned_milli is not None and self.claimed_milli > self.planned_milli


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A line of the list; both days inclusive. `ground` is None for all but coordinators."""

    id: int
    plan_no: str
    learner_ref: str
    partner_name: str
    institution_name: str
    starts: date
    ends: date
    has_ground: bool
    ground: Text | None
    activities: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class PlanList:
    """A page of plans and what they may be filtered by: institutions as (number, name)."""

    rows: tuple[PlanRow, ...]
    total: int
    next_after: str
    institutions: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class PlanShown:
    """One plan as one person sees it; `ground_code` is empty for all but coordinators."""

    id: int
    programme: str
    plan_no: str
    learner_ref: str
    partner_reg_no: str
    partner_name: str
    institution_reg_no: str
    institution_name: str
    starts: date
    ends: date
    has_ground: bool
    ground_code: str
    ground: Text | None
    supports: tuple[SupportShown, ...]
    claims: tuple[tuple[str, str], ...]
    row_version: int
    may_open_ground: bool
    may_change: bool


@dataclass(frozen=True, slots=True)
class PlanChoices:
    """What a plan of a partner may name: codes and their names."""

    activities: tuple[tuple[str, Text], ...]
    semesters: tuple[str, ...]
    grounds: tuple[tuple[str, Text], ...]
    institutions: tuple[tuple[str, str], ...]


def plan_list(
    store: Store,
    order: Order,
    *,
    programme: str,
    institution: str = "",
    in_force_on: date | None = None,
    text: str = "",
    after: str = "",
) -> PlanList:
    """List the plans of a person's partner by number, or of all for people of the agency.

    Args:
        institution: only of this school.
        in_force_on: only those whose days hold this one.
        text: part of the number or the pseudonym.
        after: the number at which the page before ended.

    Raises: RoleNotAllowed (AUT-601).
    """
    actor = order.actor
    require_role(actor, command=LIST, may=_READERS)
    own = actor.partner_reg_no
    wanted = PlanFilter(
        programme,
        partners=(own,) if own else None,
        institution=institution,
        in_force_on=in_force_on,
        text=text,
    )
    with store.reading() as repositories:
        rows = find_plans(repositories.session, wanted, after=after, limit=PAGE + 1)
        shown = rows[:PAGE]
        partners = {row.reg_no: row.name for row in repositories.partners.all()}
        schools = _schools(repositories, programme, own or "")
        activities: defaultdict[int, dict[str, None]] = defaultdict(dict)
        for one in repositories.partners.plan_supports(row.id for row in shown):
            activities[one.plan_id][one.activity] = None
        return PlanList(
            rows=tuple(
                PlanRow(
                    id=row.id,
                    plan_no=row.plan_no,
                    learner_ref=row.learner_ref,
                    partner_name=partners.get(row.partner_reg_no, row.partner_reg_no),
                    institution_name=schools.get(row.institution_reg_no or "", ""),
                    starts=row.starts,
                    ends=row.ends,
                    has_ground=row.risk_ground is not None,
                    ground=_ground(row) if actor.role.sees_risk_grounds else None,
                    activities=tuple(_name(code) for code in activities[row.id]),
                )
                for row in shown
            ),
            total=count_plans(repositories.session, wanted),
            next_after=shown[-1].plan_no if len(rows) > PAGE else "",
            institutions=tuple(schools.items()),
        )


def plan_shown(store: Store, order: Order, *, plan: int) -> PlanShown:
    """Give one plan with its supports and the hours that claims hold of it.

    Raises: RoleNotAllowed (AUT-601); NotFound (AUT-603), also for another partner's.
    """
    actor = order.actor
    require_role(actor, command=LIST, may=_READERS)
    with store.reading() as repositories:
        row = plan_of_id(repositories.session, plan)
        if row is None or not actor.sees(row.partner_reg_no):
            raise not_found(WHAT)
        claims, hours = _claimed(repositories, row)
        schools = _schools(repositories, row.programme, row.partner_reg_no)
        partner = repositories.partners.get(row.partner_reg_no)
        supports = repositories.partners.plan_supports([row.id])
    sees_ground = actor.role.sees_risk_grounds
    return PlanShown(
        id=row.id,
        programme=row.programme,
        plan_no=row.plan_no,
        learner_ref=row.learner_ref,
        partner_reg_no=row.partner_reg_no,
        partner_name=partner.name if partner is not None else row.partner_reg_no,
        institution_reg_no=row.institution_reg_no or "",
        institution_name=schools.get(row.institution_reg_no or "", row.institution_reg_no or ""),
        starts=row.starts,
        ends=row.ends,
        has_ground=row.risk_ground is not None,
        ground_code=(row.risk_ground or "") if sees_ground else "",
        ground=_ground(row) if sees_ground else None,
        supports=tuple(
            SupportShown(
                one.activity,
                _name(one.activity),
                one.semester or "",
                one.planned_hours_milli,
                hours.get((one.activity, one.semester or ""), 0),
            )
            for one in supports
        ),
        claims=claims,
        row_version=row.row_version,
        may_open_ground=actor.role in TASKS[Task.OPEN_RISK_GROUND],
        may_change=actor.role in TASKS[Task.KEEP_PLANS],
    )


def plan_choices(store: Store, order: Order, *, programme: str, partner: str) -> PlanChoices:
    """Give what a plan of a partner may name, for the form.

    Raises: RoleNotAllowed (AUT-601); NotFound (AUT-603).
    """
    require_role(order.actor, command=LIST, may=_READERS)
    if not order.actor.sees(partner):
        raise not_found(WHAT)
    with store.reading() as repositories:
        if repositories.programmes.get(programme) is None:
            raise not_found(PROGRAMME)
        schools = _schools(repositories, programme, partner)
    codes = offered_codes("activity", Sheet.PLANS, programme)
    return PlanChoices(
        activities=tuple((code, _name(code)) for code in codes),
        semesters=semesters(programme),
        grounds=tuple(RISK_GROUND.items()),
        institutions=tuple(schools.items()),
    )


def ground_opened(store: Store, order: Order, *, plan: int, reason: str) -> Text | None:
    """Give the name of a plan's risk ground, after writing down who asked and why.

    Returns: None where the plan names no ground.
    Raises: as `open_risk_ground`.
    """
    shown = plan_shown(store, order, plan=plan)
    code = open_risk_ground(
        store, order, programme=shown.programme, plan_no=shown.plan_no, reason=reason
    )
    return ground_named(code) if code else None


def ground_named(code: str) -> Text:
    """Name a risk ground by its code; the code itself where it is unknown."""
    return RISK_GROUND.get(code, Text(lv=code, en=code))


def _claimed(
    repositories: Repositories, row: SupportPlanRow
) -> tuple[tuple[tuple[str, str], ...], dict[tuple[str, str], int]]:
    """Give the claims that hold lines of a plan, and their hours by support and semester."""
    found = versions_with_learner(
        repositories.session,
        row.programme,
        learner=row.learner_ref,
        states=[one.value for one in _COUNTED],
    )
    semester_of = {
        claim.id: {
            line.line_no: line.semester for line in repositories.figures.filed_lines(claim.id)
        }
        for claim, _ in found
    }
    claims: list[tuple[str, str]] = []
    hours: defaultdict[tuple[str, str], int] = defaultdict(int)
    for claim, version in found:
        lines = _lines_of_plan(unpack(version.frame), row.plan_no)
        if lines:
            claims.append((claim.key, claim.claim_no))
        for line_no, activity, milli in lines:
            hours[activity, semester_of[claim.id].get(line_no, "")] += milli or 0
    return tuple(claims), hours


def _lines_of_plan(frame: pl.DataFrame, plan_no: str) -> Sequence[tuple[int, str, int | None]]:
    chosen = frame.filter(pl.col("plan_no") == plan_no)
    return chosen.select("line_no", "activity", "quantity_milli").rows()


def _schools(repositories: Repositories, programme: str, partner: str) -> dict[str, str]:
    rows = repositories.partners.institutions(programme, partner=partner)
    return {row.reg_no: row.name for row in sorted(rows, key=lambda each: each.name)}


def _name(code: str) -> Text:
    return ACTIVITY.get(code, Text(lv=code, en=code))


def _ground(row: SupportPlanRow) -> Text | None:
    return ground_named(row.risk_ground) if row.risk_ground is not None else None
