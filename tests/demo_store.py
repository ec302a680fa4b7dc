"""The demo programme for tests: loaded once for all workers, and copied for whoever needs it."""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import sqlite3
import tempfile
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import sqlalchemy as sa

from skola_finance.storage import schema
from skola_finance.storage.database import open_database
from skola_finance.usecases.demo.programme import load_demo
from skola_finance.usecases.proof.verify import verify
from skola_finance.usecases.store import Store
from tests.databases import KEY
from tests.once import once, shared_folder

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pytest

SOURCE = Path(__file__).resolve().parents[1] / "src" / "skola_finance"
_READS_ONLY = ("cli", "commands.py", "queries", "signing_in.py", "repositories", "reports", "views")
"""What is changed often and has no part in what the demo holds."""


def loaded_demo(factory: pytest.TempPathFactory) -> Path:
    """Give the folder of the loaded demo; the first worker that asks loads it, others wait.

    At a desk it is kept for the next run; before a change lands it is loaded anew.
    """
    folder = shared_folder(factory) / "demo"
    if os.environ.get("HYPOTHESIS_PROFILE") != "ci":
        folder = Path(tempfile.gettempdir()) / f"skola-demo-{_sources_digest()}"
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            unfinished = folder.with_suffix(".new")
            shutil.rmtree(unfinished, ignore_errors=True)
            _load(unfinished)
            unfinished.rename(folder)
    return folder


def _sources_digest() -> str:
    digest = hashlib.sha256()
    for file in sorted(SOURCE.rglob("*.py")):
        inside = file.relative_to(SOURCE)
        if not set(_READS_ONLY) & set(inside.parts):
            digest.update(f"{inside}\n".encode() + file.read_bytes())
    return digest.hexdigest()[:16]


def _load(folder: Path) -> None:
    folder.mkdir()
    with opened(folder) as store:
        schema.migrate(store.database)
        load_demo(store)
    raw = sqlite3.connect(folder / "skola.db")
    raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    raw.close()


def proof_of_demo(demo: Path, factory: pytest.TempPathFactory) -> tuple[list[str], dict[str, int]]:
    """Give what a whole proof of the demo finds, as codes, and what it counts; made once a run."""

    def prove() -> tuple[list[str], dict[str, int]]:
        with demo_copy(demo, factory.mktemp("proof")) as store:
            found = verify(store, on=date(2026, 12, 31), only_first=False)
        return [one.code for one in found.problems], dict(found.counts)

    codes, counts = once(factory, "proof", prove)
    return codes, counts


@contextmanager
def demo_copy(demo: Path, folder: Path) -> Iterator[Store]:
    """Give a store of one's own that holds the demo."""
    shutil.copytree(demo, folder, dirs_exist_ok=True)
    with opened(folder) as store:
        yield store


@contextmanager
def opened(folder: Path) -> Iterator[Store]:
    """Open the store of a folder; nobody pulls the plug of a test, so the disk may wait."""
    database = open_database(f"sqlite:///{folder / 'skola.db'}")
    sa.event.listen(
        database.engine, "connect", lambda raw, _record: raw.execute("PRAGMA synchronous = OFF")
    )
    try:
        yield Store(database, KEY, folder / "evidence")
    finally:
        database.dispose()
