"""What tests of the pages share: the demo, an application over it, and people who are signed in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from skola_finance_admin.app import create_app
from skola_finance_admin.config import Config

from tests.admin.people import Browser
from tests.demo_store import demo_copy

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from fastapi import FastAPI

    from skola_finance import Store


@pytest.fixture(scope="module")
def seen_store(demo_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Give a store with the demo for tests that look and change nothing."""
    with demo_copy(demo_folder, tmp_path_factory.mktemp("seen")) as store:
        yield store


@pytest.fixture(scope="module")
def seen(seen_store: Store) -> Iterator[Browser]:
    """Give browsers of people who only look."""
    with Browser(create_app(seen_store, Config(is_demo=True))) as browser:
        yield browser


@pytest.fixture
def store(demo_folder: Path, tmp_path: Path) -> Iterator[Store]:
    """Give a store with the demo that a test may change."""
    with demo_copy(demo_folder, tmp_path / "store") as one:
        yield one


@pytest.fixture
def app(store: Store) -> FastAPI:
    """Give the application over a store that a test may change."""
    return create_app(store, Config(is_demo=True))


@pytest.fixture
def people(app: FastAPI) -> Iterator[Browser]:
    """Give browsers of people: `people("agency_reviewer").get("/admin/queue")`."""
    with Browser(app) as browser:
        yield browser
