"""Where a rule spoke: the claims that it touched in their last verdict."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import func, literal
from sqlalchemy import select as select_columns
from sqlmodel import col

from skola_finance.storage.tables import AssessmentRow, ClaimLineRow, ClaimRow, PartnerRow

if TYPE_CHECKING:
    from datetime import date

    from sqlmodel import Session

LOOKED_AT = 400
"""How many of the last verdicts are looked at: what is older is not “lately”."""


class TouchedRow(NamedTuple):
    """A claim that a rule touched; `cut_cents` is what the rule took by itself."""

    claim: str
    partner: str
    state: str
    lines: int
    cut_cents: int
    assessed_on: date


class RuleTraces:
    """What rules found on claims."""

    def __init__(self, session: Session) -> None:
        """Take the session."""
        self._session = session

    def touched(self, programme: str, code: str, *, limit: int) -> list[TouchedRow]:
        """Give the claims whose lines a rule speaks of in their last verdict, the newest first."""
        last = (
            select_columns(func.max(col(AssessmentRow.id)).label("id"))
            .join(ClaimRow, col(ClaimRow.id) == col(AssessmentRow.claim_id))
            .where(col(ClaimRow.programme) == programme)
            .group_by(col(AssessmentRow.claim_id))
            .order_by(func.max(col(AssessmentRow.id)).desc())
            .limit(LOOKED_AT)
            .subquery()
        )
        columns = (
            *(col(ClaimRow.id), col(ClaimRow.key), col(PartnerRow.name), col(ClaimRow.state)),
            *(col(AssessmentRow.version), col(AssessmentRow.assessed_on)),
            col(AssessmentRow.rules),
        )
        verdicts = self._session.execute(
            select_columns(*columns)
            .join(last, last.c.id == col(AssessmentRow.id))
            .join(ClaimRow, col(ClaimRow.id) == col(AssessmentRow.claim_id))
            .join(PartnerRow, col(PartnerRow.reg_no) == col(ClaimRow.partner_reg_no))
            .order_by(col(AssessmentRow.id).desc())
        ).all()
        counts = self._lines([(row[0], row[4]) for row in verdicts], code)
        found = []
        for claim_id, key, partner, state, version, assessed_on, rules in verdicts:
            lines = counts.get((claim_id, version), 0)
            if lines:
                cut = sum(int(one["cut_cents"]) for one in rules if one["code"] == code)
                found.append(TouchedRow(key, partner, state, lines, cut, assessed_on))
        return found[:limit]

    def semesters(self, programme: str) -> list[str]:
        """Give the semesters in which lines of a programme were filed, the last one first."""
        wanted = (
            select_columns(col(ClaimLineRow.semester))
            .join(ClaimRow, col(ClaimRow.id) == col(ClaimLineRow.claim_id))
            .where(col(ClaimRow.programme) == programme, col(ClaimLineRow.semester) != "")
            .distinct()
            .order_by(col(ClaimLineRow.semester).desc())
        )
        return [row[0] for row in self._session.execute(wanted)]

    def _lines(self, versions: list[tuple[int, int]], code: str) -> dict[tuple[int, int], int]:
        """Count the lines with a code, by claim and version."""
        spaced = literal(" ") + col(ClaimLineRow.codes) + literal(" ")
        wanted = (
            select_columns(col(ClaimLineRow.claim_id), col(ClaimLineRow.version), func.count())
            .where(
                col(ClaimLineRow.claim_id).in_({claim for claim, _ in versions}),
                spaced.contains(f" {code} ", autoescape=True),
            )
            .group_by(col(ClaimLineRow.claim_id), col(ClaimLineRow.version))
        )
        return {(row[0], row[1]): row[2] for row in self._session.execute(wanted)}
