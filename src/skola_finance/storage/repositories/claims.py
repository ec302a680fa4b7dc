"""Claims themselves; what belongs to one is in the modules beside this."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, func
from sqlmodel import col, or_, select

from skola_finance.storage.repositories.claim_verdicts import ClaimVerdicts
from skola_finance.storage.repositories.earlier_claims import EarlierClaims
from skola_finance.storage.tables import ClaimRow

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlmodel import Session


_BY_KEY = select(ClaimRow).where(ClaimRow.key == bindparam("of_key"))
_HELD_BY_KEY = _BY_KEY.with_for_update().execution_options(populate_existing=True)


class Claims(EarlierClaims, ClaimVerdicts):
    """Claims and everything that belongs to one."""

    def __init__(self, session: Session) -> None:
        """Take the session."""
        self._session = session

    def by_key(self, key: str, *, for_update: bool = False) -> ClaimRow | None:
        """Give a claim by its public key."""
        wanted = _HELD_BY_KEY if for_update else _BY_KEY
        return self._session.scalars(wanted, {"of_key": key}).first()

    def get(self, claim_id: int) -> ClaimRow | None:
        """Give a claim by its row."""
        return self._session.get(ClaimRow, claim_id)

    def by_no(self, programme: str, partner: str, claim_no: str) -> ClaimRow | None:
        """Give a claim by the number that its partner gave it."""
        wanted = select(ClaimRow).where(
            ClaimRow.programme == programme,
            ClaimRow.partner_reg_no == partner,
            ClaimRow.claim_no == claim_no,
        )
        return self._session.exec(wanted).first()

    def find(
        self,
        *,
        programme: str = "",
        partners: Iterable[str] | None = None,
        states: Iterable[str] = (),
        reviewer: str = "",
        text: str = "",
        before: int | None = None,
        limit: int = 100,
    ) -> Sequence[ClaimRow]:
        """Give claims, the newest first, `before` a row where a page ended.

        Of no partners there are none: a partner that was succeeded has none left of its own.
        """
        wanted = self._chosen(select(ClaimRow), programme, partners, tuple(states), reviewer, text)
        if before is not None:
            wanted = wanted.where(col(ClaimRow.id) < before)
        found: Sequence[ClaimRow] = self._session.exec(
            wanted.order_by(col(ClaimRow.id).desc()).limit(limit)
        ).all()
        return found

    def count(
        self,
        *,
        programme: str = "",
        partners: Iterable[str] | None = None,
        states: Iterable[str] = (),
        reviewer: str = "",
        text: str = "",
    ) -> int:
        """Count claims."""
        chosen = self._chosen(
            select(func.count()).select_from(ClaimRow),
            programme,
            partners,
            tuple(states),
            reviewer,
            text,
        )
        found: int = self._session.exec(chosen).one()
        return found

    def _chosen(
        self,
        wanted: Any,  # noqa: ANN401 - a query of claims, or of their number
        programme: str,
        partners: Iterable[str] | None,
        states: tuple[str, ...],
        reviewer: str,
        text: str,
    ) -> Any:  # noqa: ANN401 - the same
        if programme:
            wanted = wanted.where(ClaimRow.programme == programme)
        if partners is not None:
            wanted = wanted.where(col(ClaimRow.partner_reg_no).in_(tuple(partners)))
        if states:
            wanted = wanted.where(col(ClaimRow.state).in_(states))
        if reviewer:
            wanted = wanted.where(ClaimRow.reviewer == reviewer)
        if text:
            wanted = wanted.where(
                or_(
                    col(ClaimRow.key).contains(text, autoescape=True),
                    col(ClaimRow.claim_no).contains(text, autoescape=True),
                )
            )
        return wanted

    def in_process(self, programme: str, *, partners: Iterable[str], states: Iterable[str]) -> int:
        """Add up what is eligible in claims of some states, in cents."""
        wanted = select(func.coalesce(func.sum(ClaimRow.eligible_cents), 0)).where(
            ClaimRow.programme == programme,
            col(ClaimRow.partner_reg_no).in_(tuple(partners)),
            col(ClaimRow.state).in_(tuple(states)),
        )
        return int(self._session.exec(wanted).one())
