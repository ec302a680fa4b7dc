"""What a workbook would change in the register of plans, plan by plan, told beside the import."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from skola_finance.claims.vocabulary import ACTIVITY
from skola_finance.problems import Text
from skola_finance.usecases.filing.importing import read_workbook
from skola_finance.usecases.partners.plan_content import PlannedSupport, contents_of
from skola_finance.usecases.partners.plan_views import WHAT
from skola_finance.usecases.views.plans import ground_named
from skola_finance.workflow import TASK_NAMES, TASKS, Task, not_found, require_role

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from skola_finance.storage.tables import PlanSupportRow
    from skola_finance.usecases.order import Order
    from skola_finance.usecases.partners.plan_content import PlanContent
    from skola_finance.usecases.store import Store


@dataclass(frozen=True, slots=True)
class PlanSays:
    """What a plan says; both days inclusive, supports as name, semester and thousandths of hours.

    `ground` is None where no ground is named.
    """

    starts: date
    ends: date
    institution: str
    ground: Text | None
    supports: tuple[tuple[Text, str, int | None], ...]


@dataclass(frozen=True, slots=True)
class PlanDifference:
    """A plan that a workbook adds or changes; `before` is None for a new one."""

    plan_no: str
    before: PlanSays | None
    after: PlanSays


def plan_differences(
    store: Store, order: Order, *, programme: str, partner: str, file_name: str, content: bytes
) -> tuple[PlanDifference, ...]:
    """Say what importing a workbook of plans would change, by number; nothing is kept.

    What the import itself refuses (another partner's workbook, an unreadable sheet) is left to it.

    Raises: RoleNotAllowed (AUT-601); NotFound (AUT-603); UnusableWorkbook (WBK-4xx, CLM-211);
        CommandRefused WFL-551 for a value that the register cannot take.
    """
    keep = Task.KEEP_PLANS
    require_role(order.actor, command=TASK_NAMES[keep], may=TASKS[keep])
    if not order.actor.sees(partner):
        raise not_found(WHAT)
    with read_workbook(file_name, content, programme=programme) as read:
        if read.plans is None:
            return ()
        contents = contents_of(read.plans, programme=programme)
    with store.reading() as repositories:
        names = {
            row.reg_no: row.name
            for row in repositories.partners.institutions(programme, partner=partner)
        }
        known = {
            row.plan_no: row for row in repositories.partners.plans(programme, partners=[partner])
        }
        supports: dict[int, list[PlanSupportRow]] = {row.id: [] for row in known.values()}
        for one in repositories.partners.plan_supports(supports):
            supports[one.plan_id].append(one)
    found = []
    for read_plan in contents:
        row = known.get(read_plan.plan_no)
        plan = read_plan.with_ground_of(row) if row is not None else read_plan
        if row is None:
            found.append(PlanDifference(plan.plan_no, None, _says(plan, names)))
        elif not plan.says_the_same(row, supports[row.id]):
            before = PlanSays(
                row.starts,
                row.ends,
                names.get(row.institution_reg_no or "", row.institution_reg_no or ""),
                ground_named(row.risk_ground) if row.risk_ground is not None else None,
                _supports(
                    PlannedSupport(one.activity, one.semester, one.planned_hours_milli)
                    for one in supports[row.id]
                ),
            )
            found.append(PlanDifference(plan.plan_no, before, _says(plan, names)))
    return tuple(found)


def _says(plan: PlanContent, names: dict[str, str]) -> PlanSays:
    school = plan.institution_reg_no or ""
    return PlanSays(
        plan.starts,
        plan.ends,
        names.get(school, school),
        ground_named(plan.risk_ground) if plan.risk_ground is not None else None,
        _supports(plan.supports),
    )


def _supports(rows: Iterable[PlannedSupport]) -> tuple[tuple[Text, str, int | None], ...]:
    return tuple(
        (
            ACTIVITY.get(one.activity, Text(lv=one.activity, en=one.activity)),
            one.semester or "",
            one.planned_hours_milli,
        )
        for one in sorted(rows, key=lambda each: (each.activity, each.semester or ""))
    )
