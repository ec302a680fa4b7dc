"""Irregularities, objections and checks on the spot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlmodel import col, select

from skola_finance.storage.tables import (
    IrregularityRow,
    ObjectionRow,
    SpotCheckRow,
    SpotFindingRow,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlmodel import Session


class Cases:
    """What goes beside the claims."""

    def __init__(self, session: Session) -> None:
        """Take the session."""
        self._session = session

    def irregularity(self, key: str) -> IrregularityRow | None:
        """Give a case of irregularity, held against other changes."""
        wanted = select(IrregularityRow).where(IrregularityRow.key == key)
        return self._session.exec(wanted.with_for_update()).first()

    def irregularity_by_id(self, number: int) -> IrregularityRow | None:
        """Give a case of irregularity by its row."""
        return self._session.get(IrregularityRow, number)

    def irregularities(self, programme: str, *, partner: str = "") -> Sequence[IrregularityRow]:
        """Give cases of irregularity in their order."""
        wanted = select(IrregularityRow).where(IrregularityRow.programme == programme)
        if partner:
            wanted = wanted.where(IrregularityRow.partner_reg_no == partner)
        return self._session.exec(wanted.order_by(col(IrregularityRow.id))).all()

    def objection(self, number: int) -> ObjectionRow | None:
        """Give an objection, held against other changes."""
        return self._session.get(ObjectionRow, number, with_for_update=True)

    def objections(
        self, programme: str, *, partner: str = "", machine: str = "", thing: str = ""
    ) -> Sequence[ObjectionRow]:
        """Give objections in their order."""
        wanted = select(ObjectionRow).where(ObjectionRow.programme == programme)
        if partner:
            wanted = wanted.where(ObjectionRow.partner_reg_no == partner)
        if thing:
            wanted = wanted.where(ObjectionRow.machine == machine, ObjectionRow.thing == thing)
        return self._session.exec(wanted.order_by(col(ObjectionRow.id))).all()

    def spot_check(self, number: int) -> SpotCheckRow | None:
        """Give a check on the spot, held against other changes."""
        return self._session.get(SpotCheckRow, number, with_for_update=True)

    def spot_checks(self, programme: str, *, partner: str = "") -> Sequence[SpotCheckRow]:
        """Give checks on the spot in their order."""
        wanted = select(SpotCheckRow).where(SpotCheckRow.programme == programme)
        if partner:
            wanted = wanted.where(SpotCheckRow.partner_reg_no == partner)
        return self._session.exec(wanted.order_by(col(SpotCheckRow.id))).all()

    def spot_findings(self, spot_check_id: int) -> Sequence[SpotFindingRow]:
        """Give what a check found, in order."""
        wanted = select(SpotFindingRow).where(SpotFindingRow.spot_check_id == spot_check_id)
        return self._session.exec(wanted.order_by(col(SpotFindingRow.id))).all()
