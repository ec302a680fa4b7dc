"""What waits for the agency: claims with what was done to them, and how much else there is."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import func
from sqlalchemy import select as select_columns
from sqlmodel import col, or_, select

from skola_finance.storage.tables import (
    ActRow,
    AssessmentRow,
    ClaimLineRow,
    ClaimRow,
    ObjectionRow,
    PartnerRow,
    SpotCheckRow,
    SpotFindingRow,
    SubProjectRow,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from sqlmodel import Session

CHUNK = 500


class ActOf(NamedTuple):
    """One act on a thing, without what it was noted with."""

    thing: str
    command: str
    actor: str
    at: datetime
    state: str


class Waiting:
    """Reads of the work queue; none of them grows with the number of claims on a page."""

    def __init__(self, session: Session) -> None:
        """Take the session."""
        self._session = session

    def claims(
        self,
        programme: str,
        *,
        states: Iterable[str],
        partner: str = "",
        reviewer: str | None = None,
        text: str = "",
    ) -> Sequence[ClaimRow]:
        """Give claims of a programme in some states; `reviewer` empty: those that have none."""
        wanted = select(ClaimRow).where(
            ClaimRow.programme == programme, col(ClaimRow.state).in_(tuple(states))
        )
        if partner:
            wanted = wanted.where(ClaimRow.partner_reg_no == partner)
        if reviewer is not None:
            wanted = wanted.where(ClaimRow.reviewer == reviewer)
        if text:
            wanted = wanted.where(
                or_(
                    col(ClaimRow.key).contains(text, autoescape=True),
                    col(ClaimRow.claim_no).contains(text, autoescape=True),
                )
            )
        return self._session.exec(wanted.order_by(col(ClaimRow.id))).all()

    def acts(self, machine: str, things: Iterable[str]) -> Mapping[str, list[ActOf]]:
        """Give the history of several things, each in order."""
        found: defaultdict[str, list[ActOf]] = defaultdict(list)
        keys = sorted(set(things))
        columns = (
            *(col(ActRow.thing), col(ActRow.command), col(ActRow.actor)),
            *(col(ActRow.at), col(ActRow.state)),
        )
        for start in range(0, len(keys), CHUNK):
            wanted = select_columns(*columns).where(
                col(ActRow.machine) == machine, col(ActRow.thing).in_(keys[start : start + CHUNK])
            )
            for row in self._session.execute(wanted.order_by(col(ActRow.id))):
                found[row[0]].append(ActOf._make(row))
        return found

    def states(self, programme: str) -> Mapping[str, int]:
        """Count the claims of a programme by state."""
        return self._counted(ClaimRow, programme)

    def others(self, programme: str) -> tuple[Mapping[str, int], ...]:
        """Count objections, checks on the spot and sub-projects by state, in this order."""
        return (
            self._counted(ObjectionRow, programme),
            self._counted(SpotCheckRow, programme),
            self._counted(SubProjectRow, programme),
        )

    def revivable(self, programme: str) -> Sequence[tuple[str, int, int]]:
        """Give partners whose approved claims left something unfunded: claims, cents."""
        wanted = (
            select_columns(
                col(ClaimRow.partner_reg_no), func.count(), func.sum(ClaimRow.unfunded_cents)
            )
            .where(
                col(ClaimRow.programme) == programme,
                col(ClaimRow.approval_no).is_not(None),
                col(ClaimRow.unfunded_cents) > 0,
            )
            .group_by(col(ClaimRow.partner_reg_no))
            .order_by(col(ClaimRow.partner_reg_no))
        )
        return [(row[0], int(row[1]), int(row[2])) for row in self._session.execute(wanted)]

    def keys(self, claim_ids: Iterable[int]) -> Mapping[int, str]:
        """Give the public keys of claims by their rows."""
        wanted = select_columns(col(ClaimRow.id), col(ClaimRow.key)).where(
            col(ClaimRow.id).in_(sorted(set(claim_ids)))
        )
        return {row[0]: row[1] for row in self._session.execute(wanted)}

    def findings(self, spot_checks: Iterable[int]) -> Mapping[int, list[SpotFindingRow]]:
        """Give what several checks on the spot found, each in order."""
        wanted = select(SpotFindingRow).where(
            col(SpotFindingRow.spot_check_id).in_(sorted(set(spot_checks)))
        )
        found: defaultdict[int, list[SpotFindingRow]] = defaultdict(list)
        for row in self._session.exec(wanted.order_by(col(SpotFindingRow.id))):
            found[row.spot_check_id].append(row)
        return found

    def partner_names(self) -> Mapping[str, str]:
        """Give the name of every partner by its number."""
        wanted = select_columns(col(PartnerRow.reg_no), col(PartnerRow.name))
        return {row[0]: row[1] for row in self._session.execute(wanted)}

    def first_verdict(self, claim_id: int, version: int) -> AssessmentRow | None:
        """Give the verdict at the filing of a version."""
        wanted = select(AssessmentRow).where(
            AssessmentRow.claim_id == claim_id, AssessmentRow.version == version
        )
        return self._session.exec(wanted.order_by(col(AssessmentRow.id)).limit(1)).first()

    def lines_sharing(
        self, column: str, value: str, *, without: int, limit: int
    ) -> Sequence[tuple[ClaimRow, ClaimLineRow]]:
        """Give filed lines of other claims with the same value, the newest activity first."""
        wanted = (
            select(ClaimRow, ClaimLineRow)
            .join(ClaimLineRow, col(ClaimLineRow.claim_id) == col(ClaimRow.id))
            .where(
                getattr(ClaimLineRow, column) == value,
                ClaimLineRow.version == ClaimRow.version,
                col(ClaimRow.filed_at).is_not(None),
                col(ClaimRow.id) != without,
            )
            .order_by(
                col(ClaimLineRow.activity_on).desc(),
                col(ClaimRow.id).desc(),
                col(ClaimLineRow.line_no),
            )
        )
        found: Sequence[tuple[ClaimRow, ClaimLineRow]] = self._session.exec(
            wanted.limit(limit)
        ).all()
        return found

    def _counted(
        self,
        table: type[ClaimRow | ObjectionRow | SpotCheckRow | SubProjectRow],
        programme: str,
    ) -> Mapping[str, int]:
        state, of_programme = col(table.state), col(table.programme)
        wanted = select_columns(state, func.count()).where(of_programme == programme)
        return {row[0]: int(row[1]) for row in self._session.execute(wanted.group_by(state))}
