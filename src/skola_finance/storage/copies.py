"""A copy of a database that is read back on either kind: one JSON line a row, one file a table."""

from __future__ import annotations

import base64
import hashlib
import json
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from skola_finance.storage.tables import METADATA, FailedSignInRow, SessionRow, table_of
from skola_finance.storage.types import Identifier

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sqlalchemy import Connection, Table

CHUNK = 500
_BYTES, _MOMENT, _DAY = "b", "t", "d"
NOT_COPIED = frozenset({table_of(SessionRow).name, table_of(FailedSignInRow).name})
"""A copy lets nobody in and locks nobody out: whoever restores it signs in anew."""


def table_names() -> tuple[str, ...]:
    """Give the name of every table that is copied, those that others refer to first."""
    return tuple(table.name for table in METADATA.sorted_tables if table.name not in NOT_COPIED)


def dump_table(connection: Connection, name: str) -> Iterator[bytes]:
    """Give the rows of a table, in the order of their keys, as JSON lines."""
    table = METADATA.tables[name]
    wanted = sa.select(table).order_by(*table.primary_key.columns)
    with connection.execution_options(yield_per=CHUNK).execute(wanted) as rows:
        for row in rows:
            told = {key: _told(value) for key, value in row._mapping.items()}  # noqa: SLF001 - a row's public view
            yield json.dumps(told, ensure_ascii=False, sort_keys=True).encode() + b"\n"


def load_table(connection: Connection, name: str, lines: Iterable[bytes]) -> int:
    """Put rows into an empty table; gives how many."""
    table = METADATA.tables[name]
    count = 0
    batch: list[dict[str, Any]] = []
    for line in lines:
        if not line.strip():
            continue
        batch.append({key: _read(value) for key, value in json.loads(line).items()})
        if len(batch) == CHUNK:
            connection.execute(table.insert(), batch)
            count, batch = count + len(batch), []
    if batch:
        connection.execute(table.insert(), batch)
    _count_on(connection, table)
    return count + len(batch)


def is_empty(connection: Connection) -> bool:
    """Say whether no table that is copied holds a row."""
    return not any(
        connection.execute(
            sa.select(sa.literal(1)).select_from(METADATA.tables[name]).limit(1)
        ).first()
        for name in table_names()
    )


def digest_of_lines(lines: Iterable[bytes]) -> str:
    """Give the SHA-256 of lines."""
    digest = hashlib.sha256()
    for line in lines:
        digest.update(line)
    return digest.hexdigest()


def _told(value: Any) -> Any:  # noqa: ANN401 - a cell
    if isinstance(value, bytes):
        return {_BYTES: base64.b64encode(value).decode("ascii")}
    if isinstance(value, datetime):
        return {_MOMENT: value.isoformat()}
    if isinstance(value, date):
        return {_DAY: value.isoformat()}
    if isinstance(value, dict | list):
        return {"j": value}
    return value


def _read(value: Any) -> Any:  # noqa: ANN401 - a cell
    if not isinstance(value, dict):
        return value
    ((kind, told),) = value.items()
    if kind == _BYTES:
        return base64.b64decode(told)
    if kind == _MOMENT:
        return datetime.fromisoformat(told)
    return date.fromisoformat(told) if kind == _DAY else told


def _count_on(connection: Connection, table: Table) -> None:
    """Let PostgreSQL count on after the rows that brought their own numbers."""
    keys = list(table.primary_key.columns)
    if connection.dialect.name != "postgresql" or len(keys) != 1 or keys[0].name != "id":
        return
    if not isinstance(keys[0].type, Identifier):
        return
    connection.exec_driver_sql(
        f"SELECT setval(pg_get_serial_sequence('{table.name}', 'id'), COALESCE(MAX(id), 1), "  # noqa: S608 - our own name
        f"MAX(id) IS NOT NULL) FROM {table.name}"
    )
