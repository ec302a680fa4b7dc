"""Sessions, failed tries, second factors, used codes, tokens, and accounts as they are listed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, func, or_
from sqlalchemy import select as select_columns
from sqlmodel import col, select

from skola_finance.storage.tables import (
    ApiTokenRow,
    FailedSignInRow,
    PartnerRow,
    SecondFactorRow,
    SessionRow,
    UsedCodeRow,
    UserRow,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from sqlmodel import Session


class Access:
    """Who may come in, and who is in."""

    def __init__(self, session: Session) -> None:
        """Take the session."""
        self._session = session

    def session(self, digest: str) -> tuple[SessionRow, UserRow] | None:
        """Give a session by the digest of its id, with whose it is."""
        wanted = (
            select(SessionRow, UserRow)
            .join(UserRow, col(UserRow.login) == col(SessionRow.login))
            .where(SessionRow.digest == digest)
        )
        return self._session.exec(wanted).first()

    def sessions_of(self, login: str) -> Sequence[SessionRow]:
        """Give a person's sessions, the one used last first."""
        wanted = select(SessionRow).where(SessionRow.login == login)
        order = (col(SessionRow.seen_at).desc(), col(SessionRow.id).desc())
        return self._session.exec(wanted.order_by(*order)).all()

    def end_sessions(
        self, login: str, *, number: int | None = None, but: int | None = None
    ) -> None:
        """End a person's sessions: all of them, one of them, or all but one."""
        wanted = delete(SessionRow).where(col(SessionRow.login) == login)
        if number is not None:
            wanted = wanted.where(col(SessionRow.id) == number)
        if but is not None:
            wanted = wanted.where(col(SessionRow.id) != but)
        self._session.execute(wanted)

    def sweep(self, *, unseen_since: datetime, begun_before: datetime, failed: datetime) -> None:
        """Delete sessions that are over, tries that are forgotten, and codes that died."""
        self._session.execute(
            delete(SessionRow).where(
                or_(
                    col(SessionRow.seen_at) <= unseen_since,
                    col(SessionRow.created_at) <= begun_before,
                )
            )
        )
        self._session.execute(delete(FailedSignInRow).where(col(FailedSignInRow.last_at) < failed))
        self._session.execute(
            delete(UsedCodeRow).where(
                col(UsedCodeRow.at) < failed, col(UsedCodeRow.is_for_good).is_(False)
            )
        )

    def failures(self, keys: Iterable[str]) -> dict[str, FailedSignInRow]:
        """Give failed tries by key, held against other changes; always in the same order."""
        wanted = select(FailedSignInRow).where(col(FailedSignInRow.key).in_(sorted(keys)))
        found = self._session.exec(wanted.order_by(col(FailedSignInRow.key)).with_for_update())
        return {row.key: row for row in found}

    def factor(self, login: str, *, for_update: bool = False) -> SecondFactorRow | None:
        """Give a person's second factor, held against other changes where asked."""
        return self._session.get(SecondFactorRow, login, with_for_update=for_update or None)

    def use_of(self, login: str, mark: str) -> UsedCodeRow | None:
        """Give what a code was used for."""
        wanted = select(UsedCodeRow).where(UsedCodeRow.login == login, UsedCodeRow.mark == mark)
        return self._session.exec(wanted).first()

    def used_marks(self, login: str, beginning: str) -> frozenset[str]:
        """Give the marks of a person's used codes that begin with something."""
        wanted = select(UsedCodeRow.mark).where(
            UsedCodeRow.login == login, col(UsedCodeRow.mark).startswith(beginning, autoescape=True)
        )
        return frozenset(self._session.exec(wanted))

    def token(self, digest: str) -> tuple[ApiTokenRow, UserRow] | None:
        """Give a token by the digest of its value, with whose it is."""
        wanted = (
            select(ApiTokenRow, UserRow)
            .join(UserRow, col(UserRow.login) == col(ApiTokenRow.login))
            .where(ApiTokenRow.digest == digest)
        )
        return self._session.exec(wanted).first()

    def token_by_number(self, number: int) -> ApiTokenRow | None:
        """Give a token by its number, held against other changes."""
        return self._session.get(ApiTokenRow, number, with_for_update=True)

    def tokens_of(self, login: str) -> Sequence[ApiTokenRow]:
        """Give a person's tokens, the newest first."""
        wanted = select(ApiTokenRow).where(ApiTokenRow.login == login)
        return self._session.exec(wanted.order_by(col(ApiTokenRow.id).desc())).all()

    def find_users(
        self, *, text: str, role: str, after: str, limit: int
    ) -> Sequence[tuple[UserRow, str | None, datetime | None]]:
        """Search accounts by login, partner's name or number, in the order of their logins.

        Returns: the account, its partner's name, and since when it has a second factor.
        """
        wanted = (
            select_columns(UserRow, col(PartnerRow.name), col(SecondFactorRow.enrolled_at))
            .join(PartnerRow, col(PartnerRow.reg_no) == col(UserRow.partner_reg_no), isouter=True)
            .join(SecondFactorRow, col(SecondFactorRow.login) == col(UserRow.login), isouter=True)
            .where(col(UserRow.login) > after)
        )
        if role:
            wanted = wanted.where(col(UserRow.role) == role)
        if text:
            sought = text.lower()
            wanted = wanted.where(
                or_(
                    col(UserRow.login).contains(sought, autoescape=True),
                    func.lower(col(PartnerRow.name)).contains(sought, autoescape=True),
                    col(PartnerRow.name).contains(text, autoescape=True),
                    col(UserRow.partner_reg_no).contains(sought, autoescape=True),
                )
            )
        rows = self._session.execute(wanted.order_by(col(UserRow.login)).limit(limit))
        return [(row[0], row[1], row[2]) for row in rows]
