"""Column types that mean the same on SQLite and PostgreSQL."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import BigInteger, DateTime, Integer
from sqlalchemy.types import TypeDecorator

if TYPE_CHECKING:
    from sqlalchemy import Dialect
    from sqlalchemy.types import TypeEngine


class Moment(TypeDecorator[datetime]):
    """A time in UTC. SQLite keeps no zone: it is taken off on the way in and put back.

    Raises: ValueError for a time that is not UTC, which no caller may hand in.
    """

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse what is not UTC."""
        if value is None:
            return None
        if value.utcoffset() != timedelta(0):
            msg = f"{value.isoformat()} is not in UTC"
            raise ValueError(msg)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - the same on both
        """Give the time with its zone."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Identifier(TypeDecorator[int]):
    """A row's own number: 64 bits. SQLite counts up only what it calls INTEGER, of 64 bits too."""

    impl = BigInteger
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Give the type of one database."""
        return dialect.type_descriptor(Integer() if dialect.name == "sqlite" else BigInteger())
