"""Individual plans as people may see them: the risk ground is for coordinators (D-12)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from skola_finance.problems import Text
from skola_finance.usecases.access_log import read_with_reason
from skola_finance.usecases.partners.plan_content import PlannedSupport
from skola_finance.workflow import TASKS, Task, not_found, require_role

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from skola_finance.storage.repositories import Repositories
    from skola_finance.usecases.order import Order
    from skola_finance.usecases.store import Store

WHAT = Text(lv="individuālais plāns", en="individual plan")
LIST = Text(lv="Skatīt individuālos plānus", en="Read the plans")
OPEN = Text(lv="Atvērt riska pamatojumu", en="Open a risk ground")


@dataclass(frozen=True, slots=True)
class PlanView:
    """A plan as one person sees it; both days inclusive.

    `risk_ground` is None for everybody but a coordinator; `has_risk_ground` says that one is kept.
    """

    plan_no: str
    partner_reg_no: str
    learner_ref: str
    starts: date
    ends: date
    institution_reg_no: str | None
    has_risk_ground: bool
    risk_ground: str | None
    supports: tuple[PlannedSupport, ...]
    row_version: int


def plans_of(
    store: Store, order: Order, *, programme: str, partner: str = ""
) -> Sequence[PlanView]:
    """List the plans of a programme by number: a partner's own, or one partner's where named.

    Raises: RoleNotAllowed (AUT-601); NotFound (AUT-603) for a partner that this person cannot see.
    """
    actor = order.actor
    require_role(actor, command=LIST, may=TASKS[Task.READ_REPORTS] | TASKS[Task.KEEP_PLANS])
    wanted = partner or actor.partner_reg_no or ""
    if wanted and not actor.sees(wanted):
        raise not_found(WHAT)
    with store.reading() as repositories:
        rows = repositories.partners.plans(programme, partners=[wanted] if wanted else None)
        supports: dict[int, list[PlannedSupport]] = {row.id: [] for row in rows}
        for one in repositories.partners.plan_supports(supports):
            supports[one.plan_id].append(
                PlannedSupport(one.activity, one.semester, one.planned_hours_milli)
            )
        return [
            PlanView(
                plan_no=row.plan_no,
                partner_reg_no=row.partner_reg_no,
                learner_ref=row.learner_ref,
                starts=row.starts,
                ends=row.ends,
                institution_reg_no=row.institution_reg_no,
                has_risk_ground=row.risk_ground is not None,
                risk_ground=row.risk_ground if actor.role.sees_risk_grounds else None,
                supports=tuple(supports[row.id]),
                row_version=row.row_version,
            )
            for row in rows
        ]


def open_risk_ground(
    store: Store, order: Order, *, programme: str, plan_no: str, reason: str
) -> str:
    """Give the risk ground of one plan, after writing into the access chain who asked and why.

    Returns: the code; empty where the plan names no ground.
    Raises: RoleNotAllowed (AUT-601); NotFound (AUT-603); CommandRefused WFL-518 without a reason.
    """
    require_role(order.actor, command=OPEN, may=TASKS[Task.OPEN_RISK_GROUND])

    def read(repositories: Repositories) -> tuple[str, str]:
        row = repositories.partners.plan(programme, plan_no)
        if row is None or not order.actor.sees(row.partner_reg_no):
            raise not_found(WHAT)
        return f"plan/{row.id}", row.risk_ground or ""

    return read_with_reason(
        store,
        order,
        read,
        name="open_risk_ground",
        reason=reason,
        inputs={"programme": programme, "plan_no": plan_no},
    )
