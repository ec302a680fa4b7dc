"""Measuring a piece of work in a process of its own, so that its peak memory is its own."""

from __future__ import annotations

import json
import resource
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
_KIB = 1024


def in_own_process(module: str, *arguments: str) -> dict[str, Any]:
    """Run `benchmarks/<module>.py` and give the JSON it prints last."""
    command = [sys.executable, "-m", f"benchmarks.{module}", *arguments]
    done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=HERE.parent)
    found: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    return found


def wall_of(command: list[str], *, runs: int = 5) -> float:
    """Give the median seconds of a whole process, after one run that is not counted."""
    seconds = []
    for _ in range(runs + 1):
        begin = time.perf_counter()
        subprocess.run(command, check=False, capture_output=True)
        seconds.append(time.perf_counter() - begin)
    return statistics.median(seconds[1:])


def peak_mib() -> float:
    """Give the most memory this process has held so far, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / _KIB
