"""The list of 100 000 claims and a claim of 2 000 lines, beside Django's admin on the same rows.

`python -m benchmarks.pages` makes the store, asks each in a process of its own, prints both.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from benchmarks.clicks import KINDS
from benchmarks.databases import SQLITE
from benchmarks.measure import in_own_process


def run() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "ours"
        folder.mkdir()
        made = in_own_process("many_claims", str(folder), SQLITE)
        theirs_folder = Path(name) / "theirs"
        shutil.copytree(folder, theirs_folder)
        ours = in_own_process("pages_ours", str(folder), made["claim"])
        theirs = in_own_process("pages_of_django", str(theirs_folder), made["claim"])
    print("\npages over 100 000 claims, milliseconds: ours, Django's admin, how many times as fast")
    print(f"  {'':<12}{'median':>9}{'95 %':>9}{'median':>11}{'95 %':>9}{'median':>11}{'95 %':>8}")
    for kind in KINDS:
        one, other = ours[kind], theirs[kind]
        print(
            f"  {kind:<12}{one['median_ms']:>9.1f}{one['p95_ms']:>9.1f}"
            f"{other['median_ms']:>11.1f}{other['p95_ms']:>9.1f}"
            f"{other['median_ms'] / one['median_ms']:>10.1f}x"
            f"{other['p95_ms'] / one['p95_ms']:>7.1f}x"
        )


if __name__ == "__main__":
    run()
