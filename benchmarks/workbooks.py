"""Checking a workbook of 10 000 lines: reading against openpyxl, and the whole process."""

from __future__ import annotations

import statistics
import sys
import time
from datetime import date
from pathlib import Path

import openpyxl
import polars as pl

from benchmarks.measure import wall_of
from benchmarks.programme import make_programme, settings_of_programme
from skola_finance import Claim, ClaimHeader, Language, read_claim, write_claim
from skola_finance.claims.claim import LINE_SCHEMA

LINES = 10_000
RUNS = 3


def make_workbook(folder: Path) -> Path:
    """Write a claim of one partner with 10 000 lines, as the template lays it out."""
    made = make_programme(LINES * 43).filter(
        pl.col("partner_reg_no") == pl.col("partner_reg_no").first()
    )
    lines = made.head(LINES).with_columns(pl.int_range(pl.len(), dtype=pl.Int64).alias("line_no"))
    missing = [
        pl.lit(None, dtype=dtype).alias(name)
        for name, dtype in LINE_SCHEMA.items()
        if name not in lines.columns
    ]
    lines = lines.with_columns(missing).with_columns(pl.lit("Sessions").alias("sheet"))
    claim = Claim(
        header=ClaimHeader(
            programme="skola-kopiena",
            partner_kind="municipality",
            partner_reg_no=made["partner_reg_no"][0],
            agreement_on=date(2024, 9, 1),
            period_from=date(2024, 7, 1),
            period_to=date(2030, 12, 31),
            claim_no="1",
            claim_kind="interim",
        ),
        lines=lines.select(*LINE_SCHEMA),
    )
    path = folder / "claim.xlsx"
    write_claim(path, claim, language=Language.LV, layout="sheets")
    return path


def write_settings(folder: Path) -> Path:
    """Write the settings of the made-up programme as a settings file."""
    path = folder / "settings.toml"
    tables = [
        f'[[setting]]\nkey = "{key}"\nvalue = "{value}"\nsource = "benchmark"\n'
        for key, value in settings_of_programme().items()
    ]
    path.write_text("\n".join(tables), encoding="utf-8")
    return path


def read_with_openpyxl(path: Path) -> int:
    """Read every cell as openpyxl reads fastest; give the number of rows."""
    book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    return sum(1 for sheet in book for _ in sheet.iter_rows(values_only=True))


def median_of(work: object, path: Path) -> float:
    """Give the median seconds of reading a file."""
    seconds = []
    for _ in range(RUNS + 1):
        begin = time.perf_counter()
        work(path)  # type: ignore[operator]  # a function of one path
        seconds.append(time.perf_counter() - begin)
    return statistics.median(seconds[1:])


def measure(folder: Path) -> dict[str, float]:
    """Give seconds: reading with us and with openpyxl, and `check` as a whole process."""
    path, settings = make_workbook(folder), write_settings(folder)
    ours, theirs = median_of(read_claim, path), median_of(read_with_openpyxl, path)
    command = [
        str(Path(sys.executable).with_name("skola-finance")),
        "check",
        str(path),
        "--programme",
        "skola-kopiena",
        "--settings",
        str(settings),
        "--on",
        "2029-12-01",
        "--json",
    ]
    return {
        "read_seconds": ours,
        "openpyxl_seconds": theirs,
        "ratio": theirs / ours,
        "check_seconds": wall_of(command),
    }
