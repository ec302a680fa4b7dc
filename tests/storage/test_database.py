"""Opening a database: what is there, what is not, and what is something else."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

from skola_finance.problems import SkolaError
from skola_finance.storage import schema
from skola_finance.storage.database import (
    DEFAULT_URL,
    URL_VARIABLE,
    Database,
    database_url,
    open_database,
)
from skola_finance.storage.problems import StorageUnusable
from skola_finance.usecases.programmes.opening import open_programme
from skola_finance.usecases.proof.verify import verify
from skola_finance.usecases.store import Store
from tests.databases import KEY, KINDS, Clock, new_database
from tests.usecases.world import SK, World

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


@pytest.fixture(params=KINDS)
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """Give an empty database of this release's schema."""
    with new_database(request.param, tmp_path) as database:
        yield database


def _code(action: Callable[[], object]) -> str:
    """Give the code of a refusal, which speaks both languages and says what to do."""
    with pytest.raises(SkolaError) as refused:
        action()
    problem = refused.value.problem
    assert problem.message.lv != problem.message.en
    assert problem.hint.lv != problem.hint.en
    return problem.code


def _set_revision(database: Database, revision: str) -> None:
    with database.engine.begin() as connection:
        connection.execute(
            sa.text("UPDATE alembic_version SET version_num = :to"), {"to": revision}
        )


def test_the_environment_names_the_database(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file under `var/` where it does not."""
    monkeypatch.setenv(URL_VARIABLE, "postgresql://server/skola")
    assert database_url() == "postgresql://server/skola"
    monkeypatch.delenv(URL_VARIABLE)
    assert database_url() == DEFAULT_URL


@pytest.mark.parametrize("url", ["", "nonsense", "mysql://server/x", "sqlite://", "sqlite:///"])
def test_an_address_of_something_else_is_refused(url: str) -> None:
    """STO-907, before anything is opened."""
    assert _code(lambda: open_database(url)) == "STO-907"


def test_a_refused_address_does_not_tell_its_password() -> None:
    """It would stand in a log otherwise."""
    with pytest.raises(StorageUnusable) as refused:
        open_database("mysql://me:secret@server/x")
    assert "secret" not in str(refused.value)


def test_a_database_that_is_not_there_is_named_and_not_made(tmp_path: Path) -> None:
    """STO-901 for looking, proving and working; no empty file is left behind."""
    path = tmp_path / "nowhere.db"
    database = open_database(f"sqlite:///{path}")
    store = Store(database, KEY)
    on = Clock().at.date()
    assert _code(lambda: schema.check(database)) == "STO-901"
    assert _code(lambda: schema.current(database)) == "STO-901"
    assert _code(lambda: verify(store, on=on)) == "STO-901"
    assert _code(lambda: World(store).do("manager", open_programme, programme=SK)) == "STO-901"
    assert not path.exists()


def test_a_server_that_does_not_answer_is_named() -> None:
    """STO-901, without the password."""
    database = open_database("postgresql://me:secret@127.0.0.1:1/skola")
    with pytest.raises(StorageUnusable) as refused:
        schema.check(database)
    assert refused.value.problem.code == "STO-901"
    assert "secret" not in str(refused.value)
    database.dispose()


def _end_others(database: Database) -> None:
    """Let the server end every connection of this database but the one that asks."""
    with database.engine.connect() as connection:
        connection.exec_driver_sql(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


def test_a_connection_that_the_server_ended_is_replaced_after_a_pause(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A restart is noticed before the next work begins; STO-901 only in the midst of work."""
    with new_database("postgresql", tmp_path) as database:
        schema.check(database)
        other = open_database(database.engine.url.render_as_string(hide_password=False))
        _end_others(other)
        assert _code(lambda: schema.check(database)) == "STO-901"
        schema.check(database)
        _end_others(other)
        monkeypatch.setattr("skola_finance.storage.database.IDLE_SECONDS", 0)
        schema.check(database)
        other.dispose()


def test_a_newer_schema_is_refused_and_left_alone(database: Database) -> None:
    """STO-902, for checking and for migrating."""
    _set_revision(database, "9999")
    assert _code(lambda: schema.check(database)) == "STO-902"
    assert _code(lambda: schema.migrate(database)) == "STO-902"
    assert _code(lambda: schema.migrate(database, to="base")) == "STO-902"
    assert schema.current(database) == "9999"


def test_an_older_schema_waits_for_migration(database: Database) -> None:
    """STO-903 for checking and for working, until it is migrated."""
    schema.migrate(database, to="base")
    world = World(Store(database, KEY))
    assert _code(lambda: schema.check(database)) == "STO-903"
    assert _code(lambda: world.do("manager", open_programme, programme=SK)) == "STO-903"
    schema.migrate(database)
    assert world.do("manager", open_programme, programme=SK).subject == SK


def test_a_file_that_is_no_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    """STO-906, for checking, migrating, proving and working."""
    path = tmp_path / "letter.db"
    path.write_bytes(b"Dear Sir or Madam, " * 500)
    before = path.read_bytes()
    database = open_database(f"sqlite:///{path}")
    store = Store(database, KEY)
    assert _code(lambda: schema.check(database)) == "STO-906"
    assert _code(lambda: schema.migrate(database)) == "STO-906"
    assert _code(lambda: verify(store, on=Clock().at.date())) == "STO-906"
    assert _code(lambda: World(store).do("manager", open_programme, programme=SK)) == "STO-906"
    database.dispose()
    assert path.read_bytes() == before


def test_a_folder_is_no_database(tmp_path: Path) -> None:
    """It exists, but cannot be opened."""
    assert _code(lambda: schema.check(open_database(f"sqlite:///{tmp_path}"))) == "STO-901"


def test_a_damaged_database_is_refused(tmp_path: Path) -> None:
    """STO-906 where pages in the middle were overwritten, whoever comes upon them."""
    with new_database("sqlite", tmp_path) as database:
        world = World(Store(database, KEY)).open()
        path = database.file
        assert path is not None
        database.dispose()
        content = bytearray(path.read_bytes())
        content[4096:-4096] = b"\xff" * (len(content) - 8192)
        path.write_bytes(content)
        assert _code(lambda: verify(world.store, on=world.clock.at.date())) == "STO-906"
        assert _code(lambda: world.do("manager", open_programme, programme="pumpurs")) == "STO-906"


def test_sqlite_is_durable_and_keeps_references(tmp_path: Path) -> None:
    """WAL, synchronous FULL, foreign keys: on every connection."""
    path = tmp_path / "skola.db"
    database = open_database(f"sqlite:///{path}")
    schema.migrate(database)
    for _ in range(2):
        with database.engine.connect() as connection:
            told = [
                connection.exec_driver_sql(f"PRAGMA {name}").scalar()
                for name in ("journal_mode", "synchronous", "foreign_keys")
            ]
        assert told == ["wal", 2, 1]
    database.dispose()
    plain = sqlite3.connect(path)
    assert plain.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    plain.close()
