"""What else was claimed for the document, learner or specialist of a line, claim by claim."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from skola_finance.usecases.filing.drafts import no_line
from skola_finance.usecases.views.queue import READ_QUEUE, READERS
from skola_finance.usecases.work import CLAIM
from skola_finance.workflow import not_found, require_role

if TYPE_CHECKING:
    from datetime import date

    from skola_finance.usecases.order import Order
    from skola_finance.usecases.store import Store

SHARED = ("document_key", "learner_ref", "specialist_ref")
MOST = 20
"""So many lines of each kind are shown; a learner may have hundreds."""


@dataclass(frozen=True, slots=True)
class EarlierLine:
    """A line of another claim; amounts in cents. `what` is what it shares, never whose."""

    what: str
    claim: str
    state: str
    partner_reg_no: str
    line_id: str
    activity: str
    activity_on: date | None
    claimed_cents: int
    eligible_cents: int
    approved_cents: int


@dataclass(frozen=True, slots=True)
class EarlierClaims:
    """Lines of other claims beside one line; `is_cut_short`: there are more of some kind."""

    lines: tuple[EarlierLine, ...]
    is_cut_short: bool


def earlier_lines(store: Store, order: Order, *, claim: str, line_id: str) -> EarlierClaims:
    """Give filed lines of other claims with the same document, learner or specialist.

    Pseudonyms are compared and never told.

    Raises: RoleNotAllowed (AUT-601); NotFound (AUT-603); CommandRefused WFL-533 (no such line).
    """
    require_role(order.actor, command=READ_QUEUE, may=READERS)
    with store.reading() as repositories:
        row = repositories.claims.by_key(claim)
        if row is None or row.filed_at is None:
            raise not_found(CLAIM)
        line = repositories.claims.line(row.id, row.version, line_id)
        if line is None:
            raise no_line(line_id)
        found = []
        is_cut_short = False
        for what in SHARED:
            value = getattr(line, what)
            if not value:
                continue
            met = repositories.waiting.lines_sharing(what, value, without=row.id, limit=MOST + 1)
            is_cut_short = is_cut_short or len(met) > MOST
            found += [
                EarlierLine(
                    what=what,
                    claim=other.key,
                    state=other.state,
                    partner_reg_no=other.partner_reg_no,
                    line_id=one.line_id,
                    activity=one.activity or "",
                    activity_on=one.activity_on,
                    claimed_cents=one.claimed_cents,
                    eligible_cents=one.eligible_cents,
                    approved_cents=one.approved_cents,
                )
                for other, one in met[:MOST]
            ]
    return EarlierClaims(tuple(found), is_cut_short)
