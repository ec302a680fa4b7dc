"""What the registers and the last claim know of a partner, offered to whoever fills in a claim."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from skola_finance.claims.claim import LINE_SCHEMA, PLAN_SCHEMA
from skola_finance.exchange.workbook.known import Known
from skola_finance.storage.frames import unpack
from skola_finance.usecases.filing.standing import version_shown
from skola_finance.usecases.partners.plans import registered_plans
from skola_finance.workflow import ClaimState

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from skola_finance.storage.repositories import Repositories
    from skola_finance.storage.tables import ClaimRow

_LOOKED_AT = 20
"""Claims among which the last ones with lines are sought."""
_REMEMBERED = 4
"""Claims whose lines tell of learners and specialists: a year or two."""
_STANDS = tuple(
    state.value
    for state in ClaimState
    if state not in {ClaimState.DRAFT, ClaimState.WITHDRAWN, ClaimState.REJECTED}
)
_KINDS = frozenset({"interim", "final"})
_FROM_LINES = ("specialist_ref", "supplier_reg_no")


def known_of(repositories: Repositories, row: ClaimRow) -> Known:
    """Give the plans of a claim's period, and values for the cells of its lines.

    Grounds for support are left out, whoever asks: read in again, an empty one changes nothing.
    """
    plans = plans_in_period(repositories, row)
    schools = schools_in_period(repositories, row)
    values: dict[str, Sequence[str]] = {
        "plan_no": _told(plans, "plan_no"),
        "learner_ref": _told(plans, "learner_ref"),
        "institution_reg_no": tuple(schools),
        "project_no": approved_projects(repositories, row),
    }
    earlier = earlier_lines(repositories, row)
    values |= {key: _told(earlier, key) for key in _FROM_LINES}
    institutions = tuple((name, reg_no) for reg_no, name in schools.items())
    return Known(plans if plans.height else None, values, institutions)


def plans_in_period(repositories: Repositories, row: ClaimRow) -> pl.DataFrame:
    """Give every row of the registered plans that are in force within a claim's period.

    A plan comes whole, with the kinds of support of other semesters: so it can be imported again.
    """
    plans = registered_plans(repositories, row.programme, partner=row.partner_reg_no)
    if plans is None:
        return pl.DataFrame(schema=PLAN_SCHEMA)
    if row.period_from is not None:
        plans = plans.filter(pl.col("plan_to") >= row.period_from)
    if row.period_to is not None:
        plans = plans.filter(pl.col("plan_from") <= row.period_to)
    no_ground = pl.lit(None, dtype=pl.String).alias("risk_ground")
    return plans.with_columns(no_ground).sort("plan_no", maintain_order=True)


def schools_in_period(repositories: Repositories, row: ClaimRow) -> Mapping[str, str]:
    """Give registration numbers and names of the partner's institutions, by name."""
    own = row.partner_reg_no
    family = [own, *repositories.partners.predecessors(row.programme, partner=own)]
    found = {
        one.reg_no: one.name
        for partner in reversed(family)
        for one in repositories.partners.institutions(row.programme, partner=partner)
        if one.left_on is None or row.period_from is None or one.left_on >= row.period_from
    }
    return dict(sorted(found.items(), key=lambda one: (one[1], one[0])))


def last_claims(
    repositories: Repositories,
    programme: str,
    *,
    partner: str,
    before: int | None = None,
    most: int = 1,
) -> list[ClaimRow]:
    """Give the claims that a partner began last, `before` a row, and filed; the latest first.

    Corrections and claims without lines are passed over: neither shows what the next one holds.
    """
    found = repositories.claims.find(
        programme=programme,
        partners=[partner],
        states=_STANDS,
        before=before,
        limit=_LOOKED_AT,
    )
    return [one for one in found if one.lines and one.kind in _KINDS][:most]


def lines_of(repositories: Repositories, row: ClaimRow) -> pl.DataFrame:
    """Give the lines of a claim's last version, columns of `LINE_SCHEMA`."""
    return unpack(version_shown(repositories, row).frame).select(*LINE_SCHEMA)


def earlier_lines(repositories: Repositories, row: ClaimRow) -> pl.DataFrame:
    """Give the lines of the partner's last claims, the latest claim last."""
    claims = last_claims(
        repositories,
        row.programme,
        partner=row.partner_reg_no,
        before=row.id,
        most=_REMEMBERED,
    )
    empty = pl.DataFrame(schema=LINE_SCHEMA)
    return pl.concat([empty, *(lines_of(repositories, one) for one in reversed(claims))])


def approved_projects(repositories: Repositories, row: ClaimRow) -> tuple[str, ...]:
    """Give the numbers of the partner's approved projects."""
    found = repositories.partners.sub_projects(row.programme, partners=[row.partner_reg_no])
    return tuple(one.project_no for one in found if one.approved_on is not None)


def _told(frame: pl.DataFrame, column: str) -> tuple[str, ...]:
    return tuple(frame[column].drop_nulls().unique().sort().to_list())
