"""Registers as they are listed: searched, sorted and paged by the database."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import func, or_
from sqlalchemy import select as select_columns
from sqlmodel import col

from skola_finance.storage.tables import (
    AssessmentRow,
    InstitutionRow,
    PartnerRow,
    RulebookRow,
    SettingsSetRow,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from sqlmodel import Session


class Slice(NamedTuple):
    """What is asked of a list: words, a column to sort by, and which rows; no limit below zero."""

    text: str = ""
    sort: str = ""
    is_descending: bool = False
    skip: int = 0
    limit: int = 25


class ListedInstitution(NamedTuple):
    """An institution with the partner that involves it."""

    id: int
    name: str
    reg_no: str
    partner: str
    founder: str
    joined_on: date
    left_on: date | None


class ListedBasis(NamedTuple):
    """A rulebook or a set of settings that is kept, and the verdicts that rest on it."""

    digest: str
    verdicts: int
    first_on: date | None
    last_on: date | None


class Registers:
    """Lists for people, a page at a time, each with the number of all rows found."""

    def __init__(self, session: Session) -> None:
        """Take the session."""
        self._session = session

    def institutions(
        self, programme: str, asked: Slice, *, number: int | None = None
    ) -> tuple[list[ListedInstitution], int]:
        """List institutions of a programme; `number` is the one that alone is wanted."""
        columns = {
            "id": col(InstitutionRow.id),
            "name": col(InstitutionRow.name),
            "reg_no": col(InstitutionRow.reg_no),
            "partner": col(PartnerRow.name),
            "founder": col(InstitutionRow.founder),
            "joined_on": col(InstitutionRow.joined_on),
            "left_on": col(InstitutionRow.left_on),
        }
        wanted = (
            select_columns(*columns.values())
            .join(PartnerRow, col(PartnerRow.reg_no) == col(InstitutionRow.partner_reg_no))
            .where(col(InstitutionRow.programme) == programme)
        )
        if number is not None:
            wanted = wanted.where(col(InstitutionRow.id) == number)
        if asked.text:
            sought = (columns["name"], columns["reg_no"], columns["partner"])
            wanted = wanted.where(
                or_(*(one.icontains(asked.text, autoescape=True) for one in sought))
            )
        rows, total = self._page(wanted, columns, asked, first="name")
        return [ListedInstitution(*row) for row in rows], total

    def bases(
        self, table: type[RulebookRow | SettingsSetRow], programme: str, asked: Slice
    ) -> tuple[list[ListedBasis], int]:
        """List the rulebooks, or the sets of settings, of a programme, with their verdicts."""
        is_rulebook = table is RulebookRow
        of = AssessmentRow.rulebook_digest if is_rulebook else AssessmentRow.settings_digest
        columns = {
            "digest": col(table.digest),
            "verdicts": func.count(col(AssessmentRow.id)),
            "first_on": func.min(col(AssessmentRow.assessed_on)),
            "last_on": func.max(col(AssessmentRow.assessed_on)),
        }
        wanted = (
            select_columns(*columns.values())
            .join(AssessmentRow, col(of) == col(table.digest), isouter=True)
            .where(col(table.programme) == programme)
            .group_by(col(table.digest))
        )
        if asked.text:
            wanted = wanted.where(columns["digest"].icontains(asked.text, autoescape=True))
        rows, total = self._page(wanted, columns, asked, first="digest")
        return [ListedBasis(*row) for row in rows], total

    def _page(
        self,
        wanted: Any,  # noqa: ANN401 - a select of any columns
        columns: Mapping[str, Any],
        asked: Slice,
        *,
        first: str,
    ) -> tuple[list[Any], int]:
        total = self._session.execute(
            select_columns(func.count()).select_from(wanted.subquery())
        ).scalar_one()
        by = columns.get(asked.sort, columns[first])
        tie = next(iter(columns.values()))
        wanted = wanted.order_by(by.desc() if asked.is_descending else by, tie).offset(asked.skip)
        if asked.limit >= 0:
            wanted = wanted.limit(asked.limit)
        return list(self._session.execute(wanted)), int(total)
