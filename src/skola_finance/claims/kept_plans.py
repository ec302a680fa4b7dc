"""Plans that are built once for a set of rules and run on one small claim after another."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, Any

from skola_finance.claims.engine import SMALL, PolarsEngine, Reusable

if TYPE_CHECKING:
    from collections.abc import Callable

    import narwhals as nw
    import polars as pl

    from skola_finance.claims.compiled import Compiled, Mark
    from skola_finance.claims.engine import Engine

KEPT = 48
_plans: OrderedDict[tuple[str, int, str], tuple[tuple[Mark, ...], Reusable]] = OrderedDict()


def run_kept(
    frame: nw.LazyFrame[Any],
    *,
    name: str,
    compiled: Compiled,
    engine: Engine,
    build: Callable[[nw.LazyFrame[Any]], nw.LazyFrame[Any]],
) -> pl.DataFrame:
    """Run what `build` makes of a frame; on Polars and few lines by a plan that was kept.

    Args:
        frame: the lines.
        name: tells the plans of one set of rules apart.
        compiled: the rules; a plan must follow from them and from nothing else.
        engine: where frames are computed.
        build: makes the plan.
    """
    if not isinstance(engine, PolarsEngine):
        return engine.collect(build(frame))
    lines = engine.collect(frame)
    if lines.height > SMALL:
        return engine.collect(build(engine.lift(lines)))
    key = (name, id(compiled.marks), str(lines.schema))
    if key not in _plans:
        # The marks are kept as well: as long as they live, nothing else has their id.
        _plans[key] = (compiled.marks, Reusable(lines, build))
        while len(_plans) > KEPT:
            _plans.popitem(last=False)
    _plans.move_to_end(key)
    return _plans[key][1].run(lines)
