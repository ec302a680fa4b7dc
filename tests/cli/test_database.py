"""`migrate`, `verify`, `backup`, `restore` and `user`, as the shell runs them."""

from __future__ import annotations

import io
import sqlite3
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.command import Command


@pytest.fixture
def database(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Name an embedded database that is not there yet."""
    path = tmp_path / "var" / "skola.db"
    monkeypatch.setenv("SKOLA_DATABASE_URL", f"sqlite:///{path}")
    monkeypatch.delenv("SKOLA_SECRET_KEY", raising=False)
    monkeypatch.delenv("SKOLA_EVIDENCE_DIR", raising=False)
    return path


def test_migrate_makes_a_database_that_verify_finds_clean(run: Command, database: Path) -> None:
    """A key of its own is made beside it, for nobody else to read."""
    assert run("migrate").status == 0
    found = run("verify", "--json")
    assert (found.status, found.json["clean"]) == (0, True)
    assert (database.parent / "skola.key").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("command", [["verify"], ["backup", "copy.zip"], ["user", "list"]])
def test_without_a_database_each_command_says_so(
    run: Command, database: Path, command: list[str]
) -> None:
    """STO-901 on one line, exit 2."""
    run(*command).assert_refused("STO-901", "skola.db")
    assert not database.exists()


def test_a_database_of_a_newer_release_is_left_alone(run: Command, database: Path) -> None:
    """STO-902 from `verify` and from `migrate`."""
    run("migrate")
    with sqlite3.connect(database) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    for command in ("verify", "migrate"):
        run(command).assert_refused("STO-902", "9999")


def test_a_row_changed_by_hand_makes_verify_fail_and_name_it(
    run: Command, database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Exit 1, the row and its journal entry."""
    _with_an_administrator(run, monkeypatch)
    with sqlite3.connect(database) as connection:
        connection.execute("UPDATE user_account SET role = 'auditor'")
    connection.close()
    found = run("verify", "--lang", "en")
    assert found.status == 1
    assert "STO-920" in found.out
    assert "“admin” of the table “user_account”" in found.out
    assert "journal entry 1 (add_user)" in found.out


def test_a_backup_is_restored_into_another_database(
    run: Command, database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The restore ends with the proof, and the account is there."""
    _with_an_administrator(run, monkeypatch)
    copy = tmp_path / "copy.zip"
    assert run("backup", str(copy)).status == 0
    monkeypatch.setenv("SKOLA_SECRET_KEY", (database.parent / "skola.key").read_text())
    monkeypatch.setenv("SKOLA_DATABASE_URL", f"sqlite:///{tmp_path}/other/skola.db")
    restored = run("restore", str(copy), "--json")
    assert (restored.status, restored.json["clean"]) == (0, True)
    assert run("user", "list", "--json").json[0]["login"] == "admin"
    run("restore", str(copy)).assert_refused("STO-914")


def test_accounts_are_added_listed_and_locked(
    run: Command, database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first is an administrator; a partner's role without a partner is refused."""
    run("migrate")
    assert database.exists()
    _type(monkeypatch, "eight unrelated words")
    refused = run("user", "add", "rita", "--role", "agency_reviewer", "--password-stdin")
    refused.assert_refused("AUT-607")
    _with_an_administrator(run, monkeypatch)
    _type(monkeypatch, "eight unrelated words")
    added = run("user", "add", "rita", "--role", "agency_reviewer", "--password-stdin")
    assert added.status == 0
    _type(monkeypatch, "eight unrelated words")
    refused = run("user", "add", "aija", "--role", "partner_accountant", "--password-stdin")
    refused.assert_refused("AUT-602")
    assert run("user", "lock", "rita").status == 0
    assert "rita · Pārbaudītājs (bloķēts)" in run("user", "list").out
    _type(monkeypatch, "short")
    run("user", "passwd", "rita", "--password-stdin").assert_refused("AUT-605")


def _with_an_administrator(run: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    run("migrate")
    _type(monkeypatch, "a long enough passphrase")
    added = run("user", "add", "admin", "--role", "administrator", "--password-stdin")
    assert added.status == 0, added.err


def _type(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{text}\n"))
