"""The list of claims: filtered, sorted, counted by state, and paged by key however deep."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, func, or_, union
from sqlalchemy import select as select_columns
from sqlmodel import col

from skola_finance.storage.tables import ClaimRow

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlmodel import Session


class ClaimOrder(StrEnum):
    """How a list of claims is sorted."""

    NEWEST = "newest"
    """The last one begun first."""
    OLDEST = "oldest"
    """The first one begun first."""
    PERIOD = "period"
    """The latest period first."""
    CLAIMED = "claimed"
    """The largest amount claimed first."""


@dataclass(frozen=True, slots=True)
class ClaimFilter:
    """Which claims are wanted.

    Attributes:
        programme: whose.
        partners: of these alone; None for all.
        states: in these alone; empty for all.
        key: with exactly this key.
        number: whose own number begins like this.
        named: or of these partners, where a text was sought.
        since, until: whose period reaches into these days, both inclusive.
    """

    programme: str
    partners: tuple[str, ...] | None = None
    states: tuple[str, ...] = ()
    key: str = ""
    number: str = ""
    named: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None


_COLUMNS = (
    *("id", "key", "programme", "partner_reg_no", "claim_no", "kind", "period_from", "period_to"),
    *("state", "created_at", "filed_at", "lines", "claimed_cents", "eligible_cents"),
    *("approved_cents", "cleared_cents", "set_off_cents", "errors", "warnings"),
)
_SORTED_BY: Mapping[ClaimOrder, str] = {
    ClaimOrder.NEWEST: "id",
    ClaimOrder.OLDEST: "id",
    ClaimOrder.PERIOD: "period_to",
    ClaimOrder.CLAIMED: "claimed_cents",
}


class ClaimList:
    """Claims in rows, without the objects around them."""

    def __init__(self, session: Session) -> None:
        """Take the session."""
        self._session = session

    def page(
        self, wanted: ClaimFilter, *, order: ClaimOrder, after: str, limit: int
    ) -> tuple[Sequence[Any], str]:
        """Give a page of claims, and what asks for the next one; empty after the last.

        Raises: ValueError for an `after` that no page of this order ended with.
        """
        columns = [getattr(ClaimRow, name) for name in _COLUMNS]
        asked = select_columns(*columns).where(*self._conditions(wanted))
        name = _SORTED_BY[order]
        sorted_by, row_id = getattr(ClaimRow, name), col(ClaimRow.id)
        is_rising = order is ClaimOrder.OLDEST
        if after:
            value, number = _cursor(name, after)
            beyond = row_id > number if is_rising else row_id < number
            asked = asked.where(
                beyond if name == "id" else or_(sorted_by < value, and_(sorted_by == value, beyond))
            )
            if name != "id":
                # Said twice, so that an index on the first column is walked from here on.
                asked = asked.where(sorted_by <= value)
        if name != "id":
            asked = asked.order_by(sorted_by.desc())
        asked = asked.order_by(row_id.asc() if is_rising else row_id.desc())
        rows = self._session.execute(asked.limit(limit + 1)).all()
        last = rows[limit - 1] if len(rows) > limit else None
        return rows[:limit], "" if last is None else f"{getattr(last, name)}~{last.id}"

    def counts(self, wanted: ClaimFilter) -> dict[str, int]:
        """Count the claims of a filter by their state."""
        asked = (
            select_columns(ClaimRow.state, func.count())  # type: ignore[call-overload] # SQLModel's
            .where(*self._conditions(wanted))
            .group_by(ClaimRow.state)
        )
        return {row[0]: row[1] for row in self._session.execute(asked)}

    def _conditions(self, wanted: ClaimFilter) -> list[Any]:
        is_sqlite = self._session.get_bind().dialect.name == "sqlite"
        return _conditions(wanted, is_sqlite=is_sqlite)

    def last_numbers(self, programme: str, partner: str, *, limit: int = 50) -> Sequence[str]:
        """Give the own numbers of a partner's last claims, the newest first."""
        asked = (
            select_columns(ClaimRow.claim_no)  # type: ignore[call-overload] # SQLModel's
            .where(ClaimRow.programme == programme, ClaimRow.partner_reg_no == partner)
            .order_by(col(ClaimRow.id).desc())
            .limit(limit)
        )
        return [row[0] for row in self._session.execute(asked)]


def _ids(wanted: ClaimFilter, *conditions: Any) -> Any:  # noqa: ANN401 - conditions, a query
    return select_columns(ClaimRow.id).where(ClaimRow.programme == wanted.programme, *conditions)  # type: ignore[call-overload] # SQLModel's


def _between(start: str) -> tuple[Any, Any]:
    """Give the range of numbers that begin like this, in the order of bytes."""
    number = col(ClaimRow.claim_no)
    return number >= start, number < f"{start}\U0010ffff"


def _cursor(name: str, after: str) -> tuple[Any, int]:
    value, _, number = after.rpartition("~")
    row_id = int(number)
    if name == "id":
        return row_id, row_id
    return (date.fromisoformat(value) if name == "period_to" else int(value)), row_id


def _conditions(wanted: ClaimFilter, *, is_sqlite: bool) -> list[Any]:
    found: list[Any] = [ClaimRow.programme == wanted.programme]
    if wanted.partners is not None:
        found.append(col(ClaimRow.partner_reg_no).in_(wanted.partners))
    if wanted.states:
        found.append(col(ClaimRow.state).in_(wanted.states))
    if wanted.since is not None:
        found.append(col(ClaimRow.period_to) >= wanted.since)
    if wanted.until is not None:
        found.append(col(ClaimRow.period_from) <= wanted.until)
    sought: list[Any] = []
    if wanted.key:
        sought.append(_ids(wanted, ClaimRow.key == wanted.key))
    if wanted.number:
        begins = col(ClaimRow.claim_no).startswith(wanted.number, autoescape=True)
        # SQLite takes an index for a range of bytes alone, PostgreSQL for the pattern itself.
        range_ = _between(wanted.number) if is_sqlite else ()
        sought.append(_ids(wanted, begins, *range_))
    if wanted.named:
        sought.append(_ids(wanted, col(ClaimRow.partner_reg_no).in_(wanted.named)))
    if sought:
        # Each by its own index; one condition with "or" would walk every claim.
        found.append(col(ClaimRow.id).in_(union(*sought)))
    return found
