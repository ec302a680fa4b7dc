"""Who may come in: second factors, tokens of programs, sessions, and tries that failed.

Second factors and tokens are what commands left, sealed like everything else. Sessions, failed
tries and used codes come and go with every visit: they are no part of the record, are not sealed,
and no journal entry speaks of them. Sessions and failed tries are in no backup either: a copy must
let nobody in, and lock nobody out. Used codes are in it, so that none can be used a second time.
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import JSON, UniqueConstraint
from sqlmodel import Field

from skola_finance.storage.tables.base import Row, content, moment, row_id


class SecondFactorRow(Row, table=True):
    """The secret that a person's authenticator shares with us, encrypted under the store's key."""

    __tablename__ = "second_factor"

    login: str = Field(primary_key=True, foreign_key="user_account.login", max_length=80)
    secret: bytes = content()
    enrolled_at: datetime = moment()


class ApiTokenRow(Row, table=True):
    """A token under which a program acts for a person; its value is known to that person alone."""

    __tablename__ = "api_token"

    id: int = row_id()
    login: str = Field(foreign_key="user_account.login", index=True, max_length=80)
    name: str
    digest: str = Field(unique=True)
    scopes: list[str] = Field(sa_type=JSON)
    created_at: datetime = moment()
    expires_on: date
    """The last day in Latvia on which it is taken."""
    revoked_at: datetime | None = moment(default=None, nullable=True)


class SessionRow(Row, table=True):
    """Somebody at a browser, from signing in to signing out; of its id only the digest is kept."""

    __tablename__ = "web_session"

    id: int = row_id()
    digest: str = Field(unique=True)
    login: str = Field(foreign_key="user_account.login", index=True, max_length=80)
    stage: str
    created_at: datetime = moment()
    seen_at: datetime = moment()
    address: str
    browser: str


class FailedSignInRow(Row, table=True):
    """How often signing in failed, for a login or an address.

    Both stand here as keyed digests: people type passwords where a login is asked for.
    """

    __tablename__ = "failed_sign_in"

    key: str = Field(primary_key=True)
    count: int
    last_at: datetime = moment()
    blocked_until: datetime = moment()


class UsedCodeRow(Row, table=True):
    """A code of a second factor that was used once and for all, and what it was used for."""

    __tablename__ = "used_code"
    __table_args__ = (UniqueConstraint("login", "mark"),)

    id: int = row_id()
    login: str = Field(foreign_key="user_account.login", max_length=80)
    mark: str
    """Which code: a digest of the secret's enrolment, and the step or number within."""
    used_for: str
    at: datetime = moment()
    is_for_good: bool
    """Whether it is kept for ever, as for recovery codes; codes of a moment die by themselves."""
