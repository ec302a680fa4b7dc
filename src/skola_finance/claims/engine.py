"""Where frames are computed. The rules are the same expressions on every engine.

Polars is built in. DuckDB and Spark stand in `exchange.bulk`, because they are file and database
libraries; they meet the same protocol.
"""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING, Any, Literal, Protocol

import narwhals as nw
import polars as pl
from polars.io.plugins import register_io_source

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


SMALL = 20_000
"""Lines up to which a frame is small: building and starting a plan costs more than running it."""

_AS_BUILT = pl.QueryOptFlags.none(comm_subexpr_elim=True)
"""On few lines optimising costs what it saves; and pushed past a cached source, a filter was lost
(Polars 2.1, `tests/claims/test_nothing_slips_through.py`). But rules share half of what they ask of
a line, and asking it once takes half of the time."""


class Engine(Protocol):
    """What the assessment asks of an engine."""

    def materialise(self, frame: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
        """Compute a frame once, so that many questions can be asked of it."""
        ...

    def collect(self, frame: nw.LazyFrame[Any]) -> pl.DataFrame:
        """Fetch rows; only the few that a walk or a finding needs are ever asked for."""
        ...


class Reusable:
    """A Polars plan that was built once and is run on one frame after another.

    Building some two hundred expressions takes ten times as long as running them on a small claim.
    The plan reads from a source that hands it the frame of the moment; a lock keeps two threads
    from meeting.
    """

    def __init__(
        self,
        like: pl.DataFrame,
        build: Callable[[nw.LazyFrame[Any]], nw.LazyFrame[Any]],
    ) -> None:
        """Build the plan for frames with the schema of one of them."""
        self._lock = Lock()
        self._frame = like.clear()
        source = register_io_source(self._read, schema=like.schema)
        # Read once, however many parts of the plan ask for it.
        self._plan: pl.LazyFrame = build(nw.from_native(source.cache())).to_native()
        # With its schema the plan keeps what it was translated to, and no run does that again.
        self._plan.collect_schema()

    def run(self, frame: pl.DataFrame) -> pl.DataFrame:
        """Run the plan on a frame."""
        with self._lock:
            self._frame = frame
            return self._plan.collect(engine="in-memory", optimizations=_AS_BUILT)

    def _read(
        self,
        with_columns: list[str] | None,
        predicate: pl.Expr | None,
        n_rows: int | None,
        batch_size: int | None,  # noqa: ARG002 - a small frame is one batch
    ) -> Iterator[pl.DataFrame]:
        frame = self._frame if n_rows is None else self._frame.head(n_rows)
        if predicate is not None:
            frame = frame.filter(predicate)
        yield frame if with_columns is None else frame.select(with_columns)


class PolarsEngine:
    """The embedded default: everything in memory, on all cores.

    `is_small` says that frames are small: then the engine that streams is not worth its start.
    """

    def __init__(self, *, is_small: bool = False) -> None:
        """Take what is known of the frames to come."""
        self._name: Literal["auto", "in-memory"] = "in-memory" if is_small else "auto"

    def lift(self, frame: pl.DataFrame) -> nw.LazyFrame[Any]:
        """Take a frame in."""
        return nw.from_native(frame.lazy())

    def materialise(self, frame: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
        """Compute a frame once."""
        return nw.from_native(self.collect(frame).lazy())

    def collect(self, frame: nw.LazyFrame[Any]) -> pl.DataFrame:
        """Fetch rows."""
        native: pl.LazyFrame = frame.to_native()
        return native.collect(engine=self._name)
