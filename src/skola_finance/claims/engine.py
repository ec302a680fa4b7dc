"""Where frames are computed. The rules are the same expressions on every engine.

Polars is built in. DuckDB and Spark stand in `exchange.bulk`, because they are file and database
libraries; they meet the same protocol.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

import narwhals as nw

if TYPE_CHECKING:
    import polars as pl


class Engine(Protocol):
    """What the assessment asks of an engine."""

    def materialise(self, frame: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
        """Compute a frame once, so that many questions can be asked of it."""
        ...

    def collect(self, frame: nw.LazyFrame[Any]) -> pl.DataFrame:
        """Fetch rows; only the few that a walk or a finding needs are ever asked for."""
        ...


class PolarsEngine:
    """The embedded default: everything in memory, on all cores."""

    def lift(self, frame: pl.DataFrame) -> nw.LazyFrame[Any]:
        """Take a frame in."""
        return nw.from_native(frame.lazy())

    def materialise(self, frame: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
        """Compute a frame once."""
        return nw.from_native(self.collect(frame).lazy())

    def collect(self, frame: nw.LazyFrame[Any]) -> pl.DataFrame:
        """Fetch rows."""
        native: pl.LazyFrame = frame.to_native()
        return native.collect()
