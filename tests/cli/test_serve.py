"""`serve`, as far as it says why it does not: what follows is the pages' own."""

from __future__ import annotations

import socket
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.command import Command


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Name a database that is not there, and let nothing of the server's set-up outlive a test."""
    path = tmp_path / "skola.db"
    monkeypatch.setenv("SKOLA_DATABASE_URL", f"sqlite:///{path}")
    for name in ("SKOLA_HOST", "SKOLA_PORT", "SKOLA_DEMO"):
        monkeypatch.setenv(name, "")
        monkeypatch.delenv(name)
    return path


def test_a_port_that_is_taken_is_named_with_another_one(run: Command, environment: Path) -> None:
    """WEB-480, before anything is loaded."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        found = run("serve", "--demo", "--port", str(port))
        found.assert_refused("WEB-480", f"SKOLA_PORT={port + 1}")
    assert not environment.exists()


@pytest.mark.parametrize("port", ["0", "65536", "x", "-1", "8 000", ""])
def test_what_is_no_port_is_refused(run: Command, port: str) -> None:
    """WEB-482, from the option and from the environment alike."""
    run("serve", f"--port={port}").assert_refused("WEB-482", "65535")


def test_an_address_of_another_machine_is_refused(run: Command) -> None:
    """WEB-481 for one that is reserved for documentation."""
    run("serve", "--host", "192.0.2.1", "--port", "8000").assert_refused("WEB-481", "192.0.2.1")


def test_without_the_extra_it_says_what_to_install(
    run: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    """WEB-483 names the package."""
    monkeypatch.setitem(sys.modules, "skola_finance_admin.serving", None)
    run("serve").assert_refused("WEB-483", "skola-finance[admin]")


def test_without_a_database_it_says_so(run: Command) -> None:
    """STO-901: only `--demo` makes one."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    run("serve", "--port", str(port)).assert_refused("STO-901", "skola.db")
