"""Folders of a run that go with it."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from pathlib import Path


def scratch_folder(prefix: str) -> Path:
    """Make a folder that is removed when this process ends."""
    folder = tempfile.mkdtemp(prefix=prefix)
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return Path(folder)


MEMORY = Path("/dev/shm")  # noqa: S108 - folders made in it have names of their own
ENOUGH = 4 * 1024**3
"""Bytes: a server of the tests holds some hundred megabytes, and each worker has one."""


def memory_folder() -> Path | None:
    """Give a folder that is kept in memory, where there is one with room enough.

    A database of PostgreSQL is hundreds of files; on a disk, making and removing them for every
    test takes ten times as long.
    """
    if not (MEMORY.is_dir() and os.access(MEMORY, os.W_OK)):
        return None
    return MEMORY if shutil.disk_usage(MEMORY).free >= ENOUGH else None


def remove_of_the_dead(place: Path, prefix: str) -> None:
    """Remove the folders `prefix` + process number + `-…` of runs that were killed.

    Memory is not swept as disks are; a server that still runs there ends when its folder is gone.
    """
    for folder in place.glob(f"{prefix}*-*"):
        number = folder.name.removeprefix(prefix).partition("-")[0]
        if number.isdigit() and not _is_alive(int(number)):
            shutil.rmtree(folder, ignore_errors=True)


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
