"""The same lines on Polars and on DuckDB: the same findings, and amounts the same to the cent."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skola_finance.claims.bulk import assess_frame
from tests.bulk.both import compared, prepared
from tests.claims import strategies
from tests.claims.desk import BASES, PUMPURS, SKOLA, book, record
from tests.claims.strategies import few_of

if TYPE_CHECKING:
    from pathlib import Path

    from skola_finance.exchange.bulk.duckdb_engine import DuckDBEngine

pytestmark = pytest.mark.duckdb
few = settings(max_examples=few_of(8))


@pytest.fixture(scope="module")
def engine() -> DuckDBEngine:
    """Give one connection for all examples."""
    from skola_finance.exchange.bulk.duckdb_engine import DuckDBEngine  # noqa: PLC0415 - an extra

    return DuckDBEngine()


@pytest.mark.parametrize("programme", [SKOLA, PUMPURS])
@given(data=st.data())
@few
def test_random_lines_are_judged_alike(
    engine: DuckDBEngine, programme: str, data: st.DataObject
) -> None:
    """Proves that random lines are judged alike."""
    records = data.draw(strategies.claims(programme))
    earlier = data.draw(st.none() | strategies.claims(programme, most=8))
    decisions = data.draw(st.none() | strategies.decided(len(records)))
    changed = data.draw(strategies.changed_settings(programme))
    polars, duckdb = compared(engine, programme, records, earlier, changed, decisions)
    assert duckdb.lines.equals(polars.lines)
    assert duckdb.findings.equals(polars.findings)
    assert duckdb.rest == polars.rest


def test_lines_are_read_from_parquet_without_a_frame(engine: DuckDBEngine, tmp_path: Path) -> None:
    """Proves that lines are read from parquet without a frame."""
    frame = prepared([record("reading_support"), record("event")], SKOLA)
    frame.write_parquet(tmp_path / "lines.parquet")
    found = assess_frame(
        engine.scan(tmp_path / "*.parquet"), rulebook=book(), on=BASES[SKOLA].on, engine=engine
    )
    assert found.lines.sort("line_key")["eligible_cents"].to_list() == [1320, 35000]
