"""One million prepared lines through the whole rulebook, all findings taken out as one frame.

`python -m benchmarks.bulk make LINES FILE` writes prepared lines; `… judge FILE` reads them into
memory, judges them several times, and prints the median rate and the peak memory as JSON.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from datetime import date
from pathlib import Path

import polars as pl

from benchmarks.measure import peak_mib
from benchmarks.programme import make_programme, settings_of_programme
from skola_finance.claims.bulk import assess_frame
from skola_finance.claims.engine import PolarsEngine
from skola_finance.claims.prepare import CODES, prepare
from skola_finance.claims.vectors import settings_of
from skola_finance.rulebook import Rulebook, load_rulebook

ON = date(2029, 12, 1)
RUNS = 5


def rulebook() -> Rulebook:
    """Give the shipped rulebook under the settings of the made-up programme."""
    book = load_rulebook("skola-kopiena")
    return book.with_settings(settings_of(settings_of_programme(), book))


def make(lines: int, path: Path) -> None:
    """Make lines, prepare them, and say how long the preparing took."""
    programme = make_programme(lines)
    begin = time.perf_counter()
    prepared = prepare(programme, rulebook=rulebook())
    seconds = time.perf_counter() - begin
    prepared.write_parquet(path)
    print(json.dumps({"lines": lines, "prepare_seconds": seconds}))


def judge(path: Path) -> None:
    """Judge lines from memory."""
    frame = pl.read_parquet(path)
    frame = frame.with_columns(
        pl.col(name).cast(pl.String).cast(enum) for name, enum in CODES.items()
    )
    book, engine = rulebook(), PolarsEngine()
    before = peak_mib()
    seconds = []
    for _ in range(RUNS + 1):
        begin = time.perf_counter()
        verdict = assess_frame(
            engine.lift(frame), rulebook=book, on=ON, engine=engine, whole_programme=True
        )
        seconds.append(time.perf_counter() - begin)
    figures = {
        "lines": frame.height,
        "findings": verdict.findings.height,
        "seconds": statistics.median(seconds[1:]),
        "fastest": min(seconds[1:]),
        "lines_per_second": frame.height / statistics.median(seconds[1:]),
        "rules": len(book.rules),
        "loaded_mib": before,
        "peak_mib": peak_mib(),
    }
    print(json.dumps(figures))


if __name__ == "__main__":
    if sys.argv[1] == "make":
        make(int(sys.argv[2]), Path(sys.argv[3]))
    else:
        judge(Path(sys.argv[2]))
