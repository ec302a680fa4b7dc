"""Opening the store that the environment names: database, key and folder of evidence."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import TYPE_CHECKING

from skola_finance.storage import schema
from skola_finance.storage.database import database_url, open_database
from skola_finance.usecases.store import Store
from skola_finance.usecases.wording import refuse

if TYPE_CHECKING:
    from skola_finance.storage.database import Database

KEY_VARIABLE, EVIDENCE_VARIABLE = "SKOLA_SECRET_KEY", "SKOLA_EVIDENCE_DIR"
KEY_FILE = "skola.key"
_KEY_BYTES = 32


def open_store(*, is_checked: bool = True) -> Store:
    """Open the store that `SKOLA_DATABASE_URL`, `SKOLA_SECRET_KEY` and `SKOLA_EVIDENCE_DIR` name.

    An embedded database without a key in the environment has one in a file beside it, which is made
    once and which nobody else can read. A backup of the database without its key is worth nothing.

    Args:
        is_checked: whether the database must be there, with the schema of this release.

    Raises: StorageUnusable STO-901, STO-902, STO-903, STO-906, STO-907; CommandRefused STO-917
        where a server's key is missing.
    """
    database = open_database(database_url())
    if is_checked:
        schema.check(database)
    folder = database.file.parent if database.file is not None else Path("var")
    evidence = os.environ.get(EVIDENCE_VARIABLE)
    return Store(database, _key(database), Path(evidence) if evidence else folder / "evidence")


def _key(database: Database) -> bytes:
    given = os.environ.get(KEY_VARIABLE)
    if given:
        return given.encode()
    if database.file is None:
        raise refuse(
            "STO-917",
            lv=f"Nav norādīta atslēga {KEY_VARIABLE}.",
            en=f"The key {KEY_VARIABLE} is not given.",
            hint_lv="Norādiet nejaušu atslēgu ar vismaz 32 zīmēm un glabājiet to atsevišķi.",
            hint_en="Give a random key of 32 characters or more, and keep it apart.",
        )
    path = database.file.parent / KEY_FILE
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_hex(_KEY_BYTES))
    return path.read_text().strip().encode()
