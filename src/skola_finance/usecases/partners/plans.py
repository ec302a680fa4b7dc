"""Individual support plans: registered by coordinators, under pseudonyms."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from skola_finance.claims.claim import PLAN_SCHEMA

if TYPE_CHECKING:
    from skola_finance.storage.repositories import Repositories


def registered_plans(
    repositories: Repositories, programme: str, *, partner: str
) -> pl.DataFrame | None:
    """Give the plans of a partner as the assessment reads them; None where none is registered."""
    plans = repositories.partners.plans(programme, partners=[partner])
    if not plans:
        return None
    by_id = {plan.id: plan for plan in plans}
    rows = []
    for support in repositories.partners.plan_supports(by_id):
        plan = by_id[support.plan_id]
        rows.append(
            {
                "plan_no": plan.plan_no,
                "learner_ref": plan.learner_ref,
                "risk_ground": plan.risk_ground,
                "plan_from": plan.starts,
                "plan_to": plan.ends,
                "institution_reg_no": plan.institution_reg_no,
                "activity": support.activity,
                "semester": support.semester,
                "planned_hours_milli": support.planned_hours_milli,
            }
        )
    return pl.DataFrame(rows, schema=PLAN_SCHEMA, orient="row")
