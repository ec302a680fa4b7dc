"""Doors to stores with three people."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.databases import KINDS, new_store
from tests.usecases.access.door import Door
from tests.usecases.world import LIEPAJA, SCHOOL, World

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(params=KINDS)
def door(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Door]:
    """Give a door on each kind of database."""
    with new_store(request.param, tmp_path) as store:
        World(store).open().add_partner(LIEPAJA, SCHOOL)
        yield Door(store)


@pytest.fixture
def embedded(tmp_path: Path) -> Iterator[Door]:
    """Give one on SQLite."""
    with new_store("sqlite", tmp_path) as store:
        World(store).open().add_partner(LIEPAJA, SCHOOL)
        yield Door(store)
