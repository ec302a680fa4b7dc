"""Seals: whatever a command wrote and somebody changes by hand is found and named."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import polars as pl
import pytest
import sqlalchemy as sa

from skola_finance.claims.claim import LINE_SCHEMA
from skola_finance.ledger.digests import LEARNER_COLUMNS
from skola_finance.storage.frames import frame_digest, pack, unpack
from skola_finance.storage.seals import UNSEALED, combined, row_digest
from skola_finance.storage.tables import ALL_TABLES, METADATA, Row
from skola_finance.usecases.proof.verify import verify
from tests.databases import KINDS, new_store
from tests.usecases.world import LIEPAJA, SCHOOL, World, line

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ON = date(2026, 12, 31)
SEALED = [table for table in ALL_TABLES if table not in UNSEALED]


def _value(column: sa.Column[Any], number: int) -> Any:  # noqa: ANN401 - any cell
    """Give one of two values that a column of this type can hold."""
    kind = column.type.python_type
    if kind is datetime:
        return datetime(2026, 1, 1 + number, tzinfo=UTC)
    if kind is date:
        return date(2026, 1, 1 + number)
    if kind in {dict, list}:
        return {"a": number} if kind is dict else [number]
    if kind is bool:
        return bool(number)
    if kind is bytes:
        return b"a" * (number + 1)
    return kind(number) if kind is int else f"text {number}"


@pytest.mark.parametrize("table", SEALED, ids=lambda one: one.__tablename__)
def test_every_column_of_a_row_is_under_its_seal(table: type[Row]) -> None:
    """Another value in any column gives another digest; only a learner's facts stay out."""
    columns = METADATA.tables[str(table.__tablename__)].columns
    values = {column.name: _value(column, 0) for column in columns}
    told = row_digest(table(**values))
    assert row_digest(table(**values)) == told
    for column in columns:
        changed = row_digest(table(**{**values, column.name: _value(column, 1)}))
        assert (changed == told) == (column.name in LEARNER_COLUMNS), column.name


def test_a_frame_is_sealed_by_what_it_says() -> None:
    """Packed anew or without its learners it says the same; another amount is another digest."""
    empty = dict.fromkeys(LINE_SCHEMA)
    row = {**empty, "line_id": "a", "amount_cents": 1320, "learner_ref": "IZG-1", "note": "x"}
    frame = pl.DataFrame([row], schema=LINE_SCHEMA)
    told = frame_digest(frame)
    assert frame_digest(unpack(pack(frame))) == told
    assert frame_digest(frame.with_columns(learner_ref=pl.lit(None, pl.String))) == told
    assert frame_digest(frame.with_columns(amount_cents=pl.lit(1321, pl.Int64))) != told
    assert frame_digest(frame.with_columns(note=pl.lit("", pl.String))) != told
    assert frame_digest(pl.concat([frame, frame])) != told


def test_the_order_of_seals_does_not_matter_and_each_of_them_does() -> None:
    """One digest for all the rows of a command."""
    seals = [("claim", "1", "a"), ("act", "7", "b")]
    assert combined(seals) == combined(reversed(seals))
    assert combined(seals) != combined(seals[:1])
    assert combined(seals) != combined([("claim", "1", "a"), ("act", "7", "c")])


@pytest.fixture(params=KINDS)
def world(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[World]:
    """Give a programme with an approved claim."""
    with new_store(request.param, tmp_path) as store:
        world = World(store).open()
        world.add_partner(LIEPAJA, SCHOOL)
        world.approved("liepaja.accountant", [line(), line()])
        yield world


BY_HAND = {
    "an account number": "UPDATE bank_account SET iban = 'LV17DEMO0000000000002'",
    "a state": "UPDATE claim SET state = 'paid'",
    "who did it": "UPDATE act SET actor = 'somebody' WHERE id = 3",
    "a setting": "UPDATE setting SET value = '13.21' WHERE key = 'unit_cost.reading_support'",
    "a document of a line": "UPDATE claim_line SET document_key = 'x' WHERE line_no = 0",
    "a kind of support": "UPDATE claim_line SET activity = 'mentor_support' WHERE line_no = 1",
    "an answer": "UPDATE command SET actor = 'somebody' WHERE journal_no = 5",
    "a seal that is gone": "DELETE FROM seal WHERE journal_no = 7",
    "a row that is gone": "DELETE FROM institution",
    "a line that is gone": "DELETE FROM claim_line WHERE line_no = 1",
    "a journal entry that is gone": "DELETE FROM journal_entry WHERE number = 9",
    "the last journal entry": "DELETE FROM journal_entry WHERE number = "
    "(SELECT MAX(number) FROM journal_entry)",
    "a time in the journal": "UPDATE journal_entry SET actor = 'x' WHERE number = 4",
    "an event's day": "UPDATE ledger_entry SET effective_on = '2025-01-01' WHERE number = 1",
    "an account in the books": "UPDATE posting SET account = 'advance' WHERE account = 'payable'",
    "an entry that is gone": "DELETE FROM posting WHERE entry_no = 2",
    "a rule": "UPDATE rulebook SET texts = '{}'",
    "settings of a verdict": "UPDATE settings_set SET records = '[]'",
    "a verdict": "UPDATE assessment SET result_digest = 'x' WHERE id = 1",
    "an approval number": "UPDATE programme SET last_approval_no = 5",
}


def test_what_is_changed_by_hand_is_found_and_named(world: World) -> None:
    """One change at a time, each in a transaction that is taken back afterwards."""
    assert verify(world.store, on=ON).is_clean
    for what, statement in BY_HAND.items():
        tables = _tables_of(statement)
        kept = {table: _rows(world, table) for table in tables}
        with world.store.database.engine.begin() as connection:
            changed = connection.exec_driver_sql(statement).rowcount
        assert changed > 0, what
        fresh = type(world.store)(world.store.database, world.store.key)
        found = verify(fresh, on=ON)
        assert not found.is_clean, what
        problem = found.problems[0]
        assert problem.message.lv != problem.message.en, what
        _put_back(world, kept)
    assert verify(world.store, on=ON).is_clean


def _tables_of(statement: str) -> list[str]:
    words = statement.split()
    return [words[2] if words[0] == "DELETE" else words[1]]


def _rows(world: World, name: str) -> list[dict[str, Any]]:
    with world.store.database.engine.connect() as connection:
        rows = connection.execute(sa.select(METADATA.tables[name]))
        return [dict(row._mapping) for row in rows]


def _put_back(world: World, kept: dict[str, list[dict[str, Any]]]) -> None:
    """Write the rows as they were: changed ones over, missing ones anew."""
    with world.store.database.engine.begin() as connection:
        for name, rows in kept.items():
            table = METADATA.tables[name]
            keys = list(table.primary_key.columns)
            for row in rows:
                same = sa.and_(*(key == row[key.name] for key in keys))
                if not connection.execute(table.update().where(same).values(row)).rowcount:
                    connection.execute(table.insert().values(row))
