"""A backup is whole, is read back on either database, and a restore proves itself."""

from __future__ import annotations

import zipfile
from datetime import date
from typing import TYPE_CHECKING

import pytest

from skola_finance.problems import SkolaError
from skola_finance.storage import schema
from skola_finance.usecases.proof.backup import backup, restore
from skola_finance.usecases.proof.verify import verify
from skola_finance.usecases.store import Store
from tests.databases import KEY, KINDS, new_database, new_store
from tests.usecases.world import LIEPAJA, SCHOOL, World, line

if TYPE_CHECKING:
    from pathlib import Path

ON = date(2026, 12, 31)


@pytest.mark.parametrize(("source", "target"), [("sqlite", "postgresql"), ("postgresql", "sqlite")])
def test_a_backup_of_one_database_is_restored_on_the_other(
    source: str, target: str, tmp_path: Path
) -> None:
    """Every row comes over, the proof is clean, and work goes on with the next numbers."""
    copy = tmp_path / "copy.zip"
    with new_store(source, tmp_path) as store:
        world = World(store).open()
        world.add_partner(LIEPAJA, SCHOOL)
        world.approved("liepaja.accountant", [line(), line()])
        (tmp_path / "evidence").mkdir()
        (tmp_path / "evidence" / "a").write_bytes(b"encrypted")
        made = backup(store, copy)
        before = verify(store, on=ON).counts
        clock, numbers = world.clock, world.numbers
    assert made.files == 1
    other = tmp_path / "other"
    other.mkdir()
    with new_database(target, other) as database:
        restored = Store(database, KEY, other / "evidence")
        found = restore(restored, copy, on=ON)
        assert found.is_clean
        assert found.counts == before
        assert (other / "evidence" / "a").read_bytes() == b"encrypted"
        world = World(restored, clock, numbers)
        approved = world.approved("liepaja.accountant", [line()])
        assert approved["approval_no"] == 2
        assert verify(restored, on=ON).is_clean


def test_nothing_is_restored_into_a_database_that_holds_something(tmp_path: Path) -> None:
    """STO-914, and what is there stays as it is."""
    with new_store("sqlite", tmp_path) as store:
        World(store).open()
        backup(store, tmp_path / "copy.zip")
        with pytest.raises(SkolaError, match="STO-914"):
            restore(store, tmp_path / "copy.zip", on=ON)
        assert verify(store, on=ON).is_clean


@pytest.mark.parametrize("kind", KINDS)
def test_a_damaged_backup_is_refused_whole(kind: str, tmp_path: Path) -> None:
    """STO-916 for a file that is none, and for one whose content was changed; nothing is kept."""
    with new_store("sqlite", tmp_path) as store:
        World(store).open()
        backup(store, tmp_path / "copy.zip")
    damaged = tmp_path / "damaged.zip"
    with zipfile.ZipFile(tmp_path / "copy.zip") as old, zipfile.ZipFile(damaged, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "tables/setting.jsonl":
                content = content.replace(b"13.20", b"13.21")
            new.writestr(name, content)
    (tmp_path / "text.zip").write_text("no archive")
    with new_database(kind, tmp_path) as database:
        store = Store(database, KEY, tmp_path / "e")
        for name in ("damaged.zip", "text.zip", "missing.zip"):
            with pytest.raises(SkolaError, match="STO-916"):
                restore(store, tmp_path / name, on=ON)
        with store.reading() as repositories:
            assert repositories.programmes.all() == []


def test_a_backup_that_cannot_be_written_leaves_nothing_behind(tmp_path: Path) -> None:
    """STO-915 for a folder that is not there."""
    with new_store("sqlite", tmp_path) as store:
        schema.check(store.database)
        with pytest.raises(SkolaError, match="STO-915"):
            backup(store, tmp_path / "nowhere" / "copy.zip")
    assert not list(tmp_path.glob("**/*.part"))
