"""What all tables share."""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, LargeBinary, MetaData
from sqlmodel import Field, SQLModel

from skola_finance.storage.types import Identifier, Moment


class Row(SQLModel):
    """A row of a table. Constraints have names, so that migrations can find them again."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


def row_id() -> Any:  # noqa: ANN401 - SQLModel's Field is untyped
    """Make a number that the database counts up."""
    return Field(default=None, primary_key=True, sa_type=Identifier)


def reference(target: str, *, index: bool = True, **more: Any) -> Any:  # noqa: ANN401 - the same
    """Make a reference to a row's number."""
    return Field(foreign_key=target, index=index, sa_type=Identifier, **more)


def cents(**more: Any) -> Any:  # noqa: ANN401 - the same
    """Make an amount in whole cents, 64 bits wide: 32 would not hold PuMPuRS' total."""
    return Field(sa_type=BigInteger, **more)


def moment(**more: Any) -> Any:  # noqa: ANN401 - the same
    """Make a time in UTC."""
    return Field(sa_type=Moment, **more)


def content(**more: Any) -> Any:  # noqa: ANN401 - the same
    """Make a column of bytes."""
    return Field(sa_type=LargeBinary, **more)
