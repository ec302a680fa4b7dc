"""What tests in a browser share: Debian's Chromium, a server over the demo, and visitors."""

from __future__ import annotations

import os
import shutil
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
import uvicorn
from playwright.sync_api import sync_playwright
from skola_finance_admin.app import create_app
from skola_finance_admin.config import Config

from tests.admin.people import open_session
from tests.browser.visitor import Visitor
from tests.demo_store import demo_copy

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from fastapi import FastAPI
    from playwright.sync_api import Browser

    from skola_finance import Store

NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
"""The shell has no windows, no extensions and no profile: it takes half of the processor's time."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test of this folder; without a browser it is skipped, or fails if one is due."""
    is_due = os.environ.get("SKOLA_REQUIRE_BROWSER") == "1"
    for item in items:
        if "tests/browser/" in item.path.as_posix():
            item.add_marker(pytest.mark.browser)
            if chromium_path() is None and not is_due:
                item.add_marker(pytest.mark.skip(reason="needs Chromium"))


def chromium_path() -> str | None:
    """Say where Chromium is, if anywhere."""
    return next(filter(None, map(shutil.which, NAMES)), None)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Give Debian's Chromium; Playwright's own browsers are downloads and stay away."""
    path = chromium_path()
    assert path is not None, "SKOLA_REQUIRE_BROWSER=1, and there is no Chromium on the path"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox", "--disable-background-networking"]
        )
        yield browser
        browser.close()


STORES: dict[str, Store] = {}
"""The stores behind the addresses that are served."""


@contextmanager
def served_demo(store: Store) -> Iterator[str]:
    """Serve the pages over a store with the demo; gives the address."""
    with served(create_app(store, Config(is_demo=True))) as address:
        STORES[address] = store
        yield address
        del STORES[address]


@contextmanager
def served(app: FastAPI) -> Iterator[str]:
    """Serve an application in a thread, on a port that is free; gives its address."""
    config = uvicorn.Config(app, host="127.0.0.1", port=0, log_level="error", lifespan="off")
    server = uvicorn.Server(config)
    is_up = threading.Event()
    startup = server.startup

    async def started(sockets: list[object] | None = None) -> None:
        await startup(sockets)  # type: ignore[arg-type]
        is_up.set()

    server.startup = started  # type: ignore[assignment,method-assign]
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    assert is_up.wait(30)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(10)


@pytest.fixture(scope="module")
def seen(demo_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Give the address of a server over the demo, for tests that look and change nothing."""
    with (
        demo_copy(demo_folder, tmp_path_factory.mktemp("seen")) as store,
        served_demo(store) as base,
    ):
        yield base


@pytest.fixture
def base(demo_folder: Path, tmp_path: Path) -> Iterator[str]:
    """Give the address of a server over a demo of the test's own."""
    with (
        demo_copy(demo_folder, tmp_path / "store") as store,
        served_demo(store) as address,
    ):
        yield address


@pytest.fixture
def visit(chromium: Browser) -> Iterator[Callable[..., Visitor]]:
    """Give visitors: `visit(base, "agency_reviewer")`; at the end none may have complained.

    Whoever is named is signed in already; `visit(base).sign_in(…)` goes the whole way.
    """
    visitors: list[Visitor] = []

    def come(base: str, login: str = "", language: str = "lv") -> Visitor:
        visitor = Visitor(chromium, base, language)
        visitors.append(visitor)
        if login:
            visitor.enter(open_session(STORES[base], login))
        return visitor

    yield come
    complaints = [each for visitor in visitors for each in visitor.complaints]
    for visitor in visitors:
        visitor.context.close()
    assert complaints == []
