"""Spark: lines that outgrew one machine."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import narwhals as nw
import polars as pl

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession


class SparkEngine:
    """Computes frames in one Spark session; materialised frames are cached."""

    def __init__(self, session: SparkSession) -> None:
        """Take a session."""
        self.session = session

    def lift(self, frame: pl.DataFrame) -> nw.LazyFrame[Any]:
        """Take prepared lines in; enumerations become text, which compares the same."""
        plain = frame.with_columns(pl.col(pl.Enum, pl.Categorical).cast(pl.String))
        lifted: nw.LazyFrame[Any] = nw.from_native(self.session.createDataFrame(plain.to_arrow()))
        return lifted

    def materialise(self, frame: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
        """Compute a frame once and keep it, without the plan that made it."""
        native: DataFrame = frame.to_native()
        kept: nw.LazyFrame[Any] = nw.from_native(native.localCheckpoint())
        return kept

    def collect(self, frame: nw.LazyFrame[Any]) -> pl.DataFrame:
        """Fetch rows."""
        native: DataFrame = frame.to_native()
        found = pl.from_arrow(native.toArrow())
        if not isinstance(found, pl.DataFrame):
            msg = "Spark gave a column where a table was asked for"
            raise TypeError(msg)
        return found.with_columns(pl.col(pl.Decimal, pl.Int32, pl.UInt32).cast(pl.Int64))
