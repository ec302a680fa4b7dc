"""The schema of a database: which one it has, and the way to the one this release needs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from skola_finance.storage.problems import newer_schema, not_there, older_schema
from skola_finance.storage.unit_of_work import translated

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from skola_finance.storage.database import Database

MIGRATIONS = Path(__file__).parent / "migrations"


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    return config


def head() -> str:
    """Give the revision that this release needs."""
    return ScriptDirectory.from_config(_config()).get_current_head() or ""


def current(database: Database) -> str:
    """Give the revision of a database, empty where nothing was migrated.

    Raises: StorageUnusable STO-901 or STO-906.
    """
    database.check_reachable()
    engine = database.engine.execution_options(skola_reads_only=True)
    with translated(database), engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision() or ""


def check(database: Database) -> None:
    """Refuse a database that this release cannot work with.

    Raises: StorageUnusable STO-901, STO-902 (newer), STO-903 (older), STO-906.
    """
    found = current(database)
    if found == head():
        return
    known = {script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()}
    if found and found not in known:
        raise newer_schema(found)
    raise older_schema(found)


def migrate(database: Database, *, to: str = "head") -> str:
    """Bring a database to a revision; an embedded one is made where there is none.

    Args:
        database: the database.
        to: `head`, `base` (everything taken back), or a revision.

    Returns: the revision it then has.
    Raises: StorageUnusable STO-901, STO-902 (newer than this release), STO-904.
    """
    if database.file is not None and not database.file.parent.is_dir():
        raise not_there(database.name)
    if database.file is None or database.file.exists():
        found = current(database)
        known = {one.revision for one in ScriptDirectory.from_config(_config()).walk_revisions()}
        if found and found not in known:
            raise newer_schema(found)
    with translated(database), database.engine.begin() as connection:
        config = _config(connection)
        if to == "base":
            command.downgrade(config, to)
        else:
            command.upgrade(config, to)
    return current(database)
