"""Worlds that take long to build: built once for each database, and copied for every test."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import count
from typing import TYPE_CHECKING

from tests.databases import Clock, become_copy, new_store
from tests.usecases.world import World

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

MORNING = datetime(2026, 1, 15, 10, tzinfo=UTC)
"""An hour after the worlds were built."""


@contextmanager
def prepared(build: Callable[[World], None], folder: Path, kind: str = "sqlite") -> Iterator[World]:
    """Give a copy of the world that a function builds in an empty store."""
    name = f"{build.__module__.rpartition('.')[2]}_{build.__name__}".lower()
    with new_store(kind, folder) as store:
        become_copy(store.database, name, lambda: build(World(store)))
        yield World(store, Clock(MORNING), count(100_000))
