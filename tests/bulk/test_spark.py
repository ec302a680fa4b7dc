"""The same lines on Polars and on Spark: the same findings, and amounts the same to the cent."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.bulk.both import compared
from tests.claims import strategies
from tests.claims.desk import PUMPURS, SKOLA

if TYPE_CHECKING:
    from collections.abc import Iterator

    from skola_finance.exchange.bulk.spark_engine import SparkEngine

pytestmark = [
    pytest.mark.spark,
    # Spark's own Python code uses what its next release will not; none of it is ours.
    pytest.mark.filterwarnings("default"),
]


@pytest.fixture(scope="module")
def engine() -> Iterator[SparkEngine]:
    """Give one local session for all examples; starting it takes longer than any of them."""
    from pyspark.sql import SparkSession  # noqa: PLC0415 - an extra

    from skola_finance.exchange.bulk.spark_engine import SparkEngine  # noqa: PLC0415 - an extra

    session = (
        SparkSession.builder.master("local[2]")
        .appName("skola-finance tests")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "2")
        .config("spark.default.parallelism", "2")
        .config("spark.sql.adaptive.enabled", "false")
        .getOrCreate()
    )
    yield SparkEngine(session)
    session.stop()


@pytest.mark.parametrize("programme", [SKOLA, PUMPURS])
@given(data=st.data())
@settings(
    max_examples=2,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_random_lines_are_judged_alike(
    engine: SparkEngine, programme: str, data: st.DataObject
) -> None:
    """Proves that random lines are judged alike."""
    records = data.draw(st.lists(strategies.lines(programme, 1), min_size=15, max_size=40))
    records = [{**one, "line_id": f"R-{number}"} for number, one in enumerate(records)]
    earlier = data.draw(strategies.claims(programme, most=8))
    decisions = data.draw(strategies.decided(len(records)))
    changed = data.draw(strategies.changed_settings(programme))
    polars, spark = compared(engine, programme, records, earlier, changed, decisions)
    assert spark.lines.equals(polars.lines)
    assert spark.findings.equals(polars.findings)
    assert spark.rest == polars.rest
