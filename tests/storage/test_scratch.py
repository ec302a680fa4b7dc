"""What a killed run leaves in memory goes with the next run; what is in use stays."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

from tests.scratch import remove_of_the_dead

if TYPE_CHECKING:
    from pathlib import Path


def test_folders_of_the_dead_go_and_those_of_the_living_stay(tmp_path: Path) -> None:
    """Told apart by the process number in their names."""
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    dead, alive, other = (
        tmp_path / name for name in (f"s-{gone.pid}-a", f"s-{os.getpid()}-b", "s-word-c")
    )
    for folder in (dead, alive, other):
        folder.mkdir()
        (folder / "file").touch()
    remove_of_the_dead(tmp_path, "s-")
    assert sorted(tmp_path.iterdir()) == sorted([alive, other])
