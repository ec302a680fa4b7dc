"""DuckDB: lines larger than memory, over Parquet. Its database readers are downloads, not used."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, Any

import duckdb
import narwhals as nw
import polars as pl

if TYPE_CHECKING:
    from pathlib import Path


class DuckDBEngine:
    """Computes frames in one DuckDB connection; materialised frames are temporary tables."""

    def __init__(self, connection: duckdb.DuckDBPyConnection | None = None) -> None:
        """Open a connection of its own, unless one is handed in."""
        self.connection = connection or duckdb.connect()
        self._numbers = count()

    def lift(self, frame: pl.DataFrame) -> nw.LazyFrame[Any]:
        """Take prepared lines in; enumerations become text, which compares the same."""
        plain = frame.with_columns(pl.col(pl.Enum, pl.Categorical).cast(pl.String))
        name = self._name()
        self.connection.register(f"{name}_arrow", plain.to_arrow())
        self.connection.execute(f"create temp table {name} as from {name}_arrow")
        self.connection.unregister(f"{name}_arrow")
        return nw.from_native(self.connection.table(name))

    def scan(self, pattern: Path) -> nw.LazyFrame[Any]:
        """Take prepared lines from Parquet files without reading them into memory."""
        return nw.from_native(self.connection.read_parquet(str(pattern)))

    def materialise(self, frame: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
        """Compute a frame once, into a temporary table."""
        name = self._name()
        relation: duckdb.DuckDBPyRelation = frame.to_native()
        relation.to_view(f"{name}_view")
        self.connection.execute(f"create temp table {name} as from {name}_view")
        self.connection.execute(f"drop view {name}_view")
        return nw.from_native(self.connection.table(name))

    def collect(self, frame: nw.LazyFrame[Any]) -> pl.DataFrame:
        """Fetch rows; sums come back as decimals and are made whole numbers again."""
        relation: duckdb.DuckDBPyRelation = frame.to_native()
        found: pl.DataFrame = relation.pl()
        return found.with_columns(pl.col(pl.Decimal, pl.Int32, pl.UInt32).cast(pl.Int64))

    def _name(self) -> str:
        return f"skola_{next(self._numbers)}"
