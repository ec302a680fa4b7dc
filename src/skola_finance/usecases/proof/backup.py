"""A backup: every table and every evidence file in one archive; a restore ends with a proof.

The archive is read back on SQLite and on PostgreSQL alike, so it is also the way from one to the
other. Evidence stays encrypted; the key is not in it, and without it nothing can be restored.
"""

from __future__ import annotations

import hashlib
import json
import os
import zipfile
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from skola_finance.storage import schema
from skola_finance.storage.copies import (
    digest_of_lines,
    dump_table,
    is_empty,
    load_table,
    table_names,
)
from skola_finance.storage.unit_of_work import translated
from skola_finance.usecases.proof.verify import Verification, verify
from skola_finance.usecases.wording import CommandRefused, refuse

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from pathlib import Path

    from sqlalchemy import Connection

    from skola_finance.usecases.store import Store

MANIFEST = "manifest.json"
FORMAT = 1


@dataclass(frozen=True, slots=True)
class Backup:
    """What a backup holds: rows by table, and evidence files."""

    rows: dict[str, int]
    files: int


def backup(
    store: Store, path: Path, *, progress: Callable[[str, int | None], None] = lambda _s, _d: None
) -> Backup:
    """Write a backup; the file appears only once it is whole.

    Raises: StorageUnusable STO-901, STO-902, STO-903; CommandRefused STO-915 where the file cannot
        be written.
    """
    schema.check(store.database)
    part = path.with_name(f".{path.name}.part")
    try:
        with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as archive:
            made = _write(store, archive, progress)
        with part.open("rb") as written:
            os.fsync(written.fileno())
        part.replace(path)
    except OSError as error:
        raise refuse(
            "STO-915",
            lv=f"Kopiju „{path.name}” nevar uzrakstīt: {error.strerror}.",
            en=f"The backup “{path.name}” cannot be written: {error.strerror}.",
            hint_lv="Pārbaudiet mapi un brīvo vietu.",
            hint_en="Check the folder and the free space.",
        ) from error
    finally:
        part.unlink(missing_ok=True)
    return made


def _write(
    store: Store, archive: zipfile.ZipFile, progress: Callable[[str, int | None], None]
) -> Backup:
    level: dict[str, Any] = {"skola_reads_only": True}
    if not store.database.is_sqlite:
        level["isolation_level"] = "REPEATABLE READ"
    engine = store.database.engine.execution_options(**level)
    rows: dict[str, int] = {}
    digests: dict[str, str] = {}
    with translated(store.database), engine.connect() as connection, connection.begin():
        for number, name in enumerate(table_names()):
            progress("backup", number)
            digest = hashlib.sha256()
            rows[name] = 0
            with archive.open(f"tables/{name}.jsonl", "w", force_zip64=True) as file:
                for line in dump_table(connection, name):
                    digest.update(line)
                    file.write(line)
                    rows[name] += 1
            digests[name] = digest.hexdigest()
    files = sorted(one for one in store.evidence.glob("*") if one.is_file())
    for one in files:
        archive.write(one, f"evidence/{one.name}")
        digests[f"evidence/{one.name}"] = hashlib.sha256(one.read_bytes()).hexdigest()
    manifest = {"format": FORMAT, "schema": schema.head(), "rows": rows, "sha256": digests}
    archive.writestr(MANIFEST, json.dumps(manifest, indent=1, sort_keys=True))
    return Backup(rows, len(files))


def restore(
    store: Store,
    path: Path,
    *,
    on: date,
    progress: Callable[[str, int | None], None] = lambda _s, _d: None,
) -> Verification:
    """Put a backup into an empty database, all of it or nothing, and prove it.

    Raises: CommandRefused STO-914 (the database is not empty), STO-916 (no backup, or a damaged
        one); StorageUnusable (STO-9xx).
    """
    if not path.is_file():
        raise _unreadable(path.name)
    schema.migrate(store.database)
    try:
        with zipfile.ZipFile(path) as archive:
            manifest = json.loads(archive.read(MANIFEST))
            if manifest["format"] != FORMAT or manifest["schema"] != schema.head():
                raise _unreadable(path.name)
            with translated(store.database), store.database.engine.begin() as connection:
                _load(store, archive, manifest, connection, progress)
    except (zipfile.BadZipFile, KeyError, ValueError) as error:
        raise _unreadable(path.name) from error
    return verify(store, on=on, progress=lambda step: progress(step, None))


def _load(
    store: Store,
    archive: zipfile.ZipFile,
    manifest: dict[str, Any],
    connection: Connection,
    progress: Callable[[str, int | None], None],
) -> None:
    if not is_empty(connection):
        raise refuse(
            "STO-914",
            lv=f"Datubāze „{store.database.name}” nav tukša; atjaunot tajā nedrīkst.",
            en=f"The database “{store.database.name}” is not empty; nothing is restored into it.",
            hint_lv="Norādiet jaunu, tukšu datubāzi (SKOLA_DATABASE_URL).",
            hint_en="Name a new, empty database (SKOLA_DATABASE_URL).",
        )
    for number, name in enumerate(table_names()):
        progress("restore", number)
        member = f"tables/{name}.jsonl"
        with archive.open(member) as file:
            if digest_of_lines(file) != manifest["sha256"][name]:
                raise _unreadable(name)
        with archive.open(member) as file:
            load_table(connection, name, file)
    store.evidence.mkdir(parents=True, exist_ok=True)
    for entry in archive.namelist():
        if entry.startswith("evidence/"):
            content = archive.read(entry)
            if hashlib.sha256(content).hexdigest() != manifest["sha256"][entry]:
                raise _unreadable(entry)
            (store.evidence / PurePosixPath(entry).name).write_bytes(content)


def _unreadable(name: str) -> CommandRefused:
    return refuse(
        "STO-916",
        lv=f"„{name}” nav derīga rezerves kopija, vai tā ir bojāta.",
        en=f"“{name}” is no valid backup, or it is damaged.",
        hint_lv="Izvēlieties citu kopiju; datubāzē nekas nav mainīts.",
        hint_en="Choose another backup; nothing in the database was changed.",
        subject=name,
    )
