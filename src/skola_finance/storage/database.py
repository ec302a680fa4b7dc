"""Opening a database: SQLite as a file, PostgreSQL as a server."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any

from sqlalchemy import create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import (
    ArgumentError,
    DatabaseError,
    DisconnectionError,
    NoSuchModuleError,
    OperationalError,
)

from skola_finance.storage.problems import not_a_database, not_there, unknown_url

if TYPE_CHECKING:
    from sqlalchemy import Engine
    from sqlalchemy.engine import URL
    from sqlalchemy.pool import ConnectionPoolEntry

URL_VARIABLE = "SKOLA_DATABASE_URL"
DEFAULT_URL = "sqlite:///var/skola.db"
BUSY_SECONDS = 30
IDLE_SECONDS = 1
"""A connection to a server that was not used for as long is asked whether it still stands."""
SQLITE, POSTGRESQL = "sqlite", "postgresql"


@dataclass(frozen=True, slots=True)
class Database:
    """A database that was opened; nothing is read or written before it is used."""

    engine: Engine = field(repr=False)

    @property
    def is_sqlite(self) -> bool:
        """Whether it is the embedded one."""
        return self.engine.dialect.name == SQLITE

    @property
    def name(self) -> str:
        """What people call it: the file, or the server's database; never a password."""
        return self.engine.url.database or str(self.engine.url.host)

    @property
    def file(self) -> Path | None:
        """The file of an embedded database; None on a server."""
        name = self.engine.url.database
        return Path(name) if self.is_sqlite and name else None

    def check_reachable(self) -> None:
        """Ask it for an answer.

        Raises: StorageUnusable STO-901 (not there), STO-906 (something else).
        """
        if self.file is not None and not self.file.exists():
            raise not_there(self.name)
        try:
            with self.engine.connect() as connection:
                connection.exec_driver_sql(
                    "SELECT 1 FROM sqlite_master" if self.file else "SELECT 1"
                )
        except OperationalError as error:
            raise not_there(self.name) from error
        except DatabaseError as error:
            raise not_a_database(self.name) from error

    def dispose(self) -> None:
        """Close every connection."""
        self.engine.dispose()


def database_url() -> str:
    """Give the address from the environment, or the file under `var/`."""
    return os.environ.get(URL_VARIABLE) or DEFAULT_URL


def open_database(url: str) -> Database:
    """Open a database; a missing folder for an embedded one is made.

    Args:
        url: `sqlite:///path` or `postgresql://…`.

    Raises: StorageUnusable STO-907.
    """
    parsed = _parsed(url)
    if parsed.get_backend_name() == SQLITE:
        if parsed.database and parsed.database != ":memory:":
            Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
        return Database(_sqlite(parsed))
    return Database(_postgresql(parsed))


def _parsed(url: str) -> URL:
    try:
        parsed = make_url(url)
        backend = parsed.get_backend_name()
    except (ArgumentError, NoSuchModuleError) as error:
        raise unknown_url(url) from error
    if backend not in {SQLITE, POSTGRESQL} or (backend == SQLITE and not parsed.database):
        raise unknown_url(parsed.render_as_string(hide_password=True))
    return parsed


def _sqlite(url: URL) -> Engine:
    engine = create_engine(
        url.set(drivername="sqlite+pysqlite"),
        connect_args={"timeout": BUSY_SECONDS, "check_same_thread": False},
    )

    @event.listens_for(engine, "connect")
    def _on_connect(connection: Any, _record: object) -> None:  # noqa: ANN401 - the driver's own
        # The driver begins transactions by itself, and too late; ours begin where we say so.
        connection.isolation_level = None
        cursor = connection.cursor()
        try:
            cursor.execute("PRAGMA journal_mode = WAL")
            cursor.execute("PRAGMA synchronous = FULL")
            cursor.execute("PRAGMA foreign_keys = ON")
            # What is erased is overwritten in the file, not only forgotten.
            cursor.execute("PRAGMA secure_delete = ON")
        finally:
            cursor.close()

    @event.listens_for(engine, "begin")
    def _on_begin(connection: Any) -> None:  # noqa: ANN401 - the same
        # A writer that begins as a reader can be refused halfway; one that says so waits.
        is_reading = connection.get_execution_options().get("skola_reads_only", False)
        connection.exec_driver_sql("BEGIN" if is_reading else "BEGIN IMMEDIATE")

    return engine


def _postgresql(url: URL) -> Engine:
    engine = create_engine(
        url.set(drivername="postgresql+psycopg"),
        pool_size=10,
        max_overflow=20,
        connect_args={"connect_timeout": 10},
    )

    @event.listens_for(engine, "checkin")
    def _on_checkin(_connection: object, record: ConnectionPoolEntry) -> None:
        record.info["left_at"] = monotonic()

    @event.listens_for(engine, "checkout")
    def _on_checkout(connection: Any, record: ConnectionPoolEntry, _proxy: object) -> None:  # noqa: ANN401 - the driver's own
        # A server that was restarted since is noticed before work begins, not in the middle of it.
        # Asking costs a round trip: what was used a moment ago is not asked.
        left_at = record.info.get("left_at")
        if left_at is None or monotonic() - left_at < IDLE_SECONDS:
            return
        try:
            engine.dialect.do_ping(connection)
        except engine.dialect.loaded_dbapi.Error as error:
            raise DisconnectionError from error

    return engine
