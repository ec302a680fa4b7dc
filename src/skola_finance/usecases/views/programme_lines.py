"""Every filed line of a programme, for programs that reckon with them elsewhere."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from skola_finance.storage.repositories.line_lists import filed_lines
from skola_finance.usecases.views.claims_list import LOOK, READERS, partners_seen
from skola_finance.usecases.wording import unusable_input
from skola_finance.workflow import require_role

if TYPE_CHECKING:
    from datetime import date

    from skola_finance.usecases.order import Order
    from skola_finance.usecases.store import Store

PAGE = 500
_AFTER = re.compile(r"([0-9]{1,18})\.([0-9]{1,18})")


@dataclass(frozen=True, slots=True)
class FiledLine:
    """A line as it was filed last and judged; amounts in cents, and nothing of its learner.

    Attributes:
        claim: the public key of its claim.
        state: of the claim.
        line_no: its place in the claim, from 0.
        codes: of the problems found on it.
        approved_cents: what was approved, before anything was taken back.
        withdrawn_cents: what was taken back since.
    """

    claim: str
    claim_no: str
    partner_reg_no: str
    state: str
    line_no: int
    line_id: str
    activity: str | None
    cost_form: str | None
    activity_on: date | None
    semester: str
    quota: str
    institution_reg_no: str | None
    project_no: str | None
    claimed_cents: int
    eligible_cents: int
    ineligible_cents: int
    unfunded_cents: int
    approved_cents: int
    withdrawn_cents: int
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FiledLines:
    """A page of lines; `next_after` asks for the next one, empty after the last."""

    items: tuple[FiledLine, ...]
    next_after: str


def programme_lines(
    store: Store,
    order: Order,
    *,
    programme: str,
    partner: str = "",
    semester: str = "",
    after: str = "",
    limit: int = PAGE,
) -> FiledLines:
    """Give a page of the filed lines of a programme, claim by claim.

    Args:
        partner: of one partner; empty for all that a person sees.
        semester: of one semester, such as `2025-autumn`.
        after: `next_after` of the page before.
        limit: lines of a page.

    Raises: RoleNotAllowed (AUT-601); NotFound (AUT-603) for another's partner; CommandRefused
        WFL-518 for an `after` that no page ended with.
    """
    require_role(order.actor, command=LOOK, may=READERS)
    with store.reading() as repositories:
        partners = partners_seen(repositories, order, programme=programme, partner=partner)
        rows = filed_lines(
            repositories.session,
            programme,
            partners=partners,
            semester=semester,
            after=_place(after),
            limit=limit + 1,
        )
    shown = rows[:limit]
    more = f"{shown[-1].claim_id}.{shown[-1].line_no}" if len(rows) > limit else ""
    return FiledLines(tuple(_line(row) for row in shown), more)


def _place(after: str) -> tuple[int, int]:
    if not after:
        return (-1, -1)
    found = _AFTER.fullmatch(after)
    if found is None:
        raise unusable_input("after", lv="šādas lapas nav", en="there is no such page")
    return int(found[1]), int(found[2])


def _line(row: Any) -> FiledLine:  # noqa: ANN401 - a row of columns
    return FiledLine(
        claim=row.key,
        claim_no=row.claim_no,
        partner_reg_no=row.partner_reg_no,
        state=row.state,
        line_no=row.line_no,
        line_id=row.line_id,
        activity=row.activity,
        cost_form=row.cost_form,
        activity_on=row.activity_on,
        semester=row.semester,
        quota=row.quota,
        institution_reg_no=row.institution_reg_no,
        project_no=row.project_no,
        claimed_cents=row.claimed_cents,
        eligible_cents=row.eligible_cents,
        ineligible_cents=row.ineligible_cents,
        unfunded_cents=row.unfunded_cents,
        approved_cents=row.approved_cents,
        withdrawn_cents=row.withdrawn_cents,
        codes=tuple(row.codes.split()),
    )
