"""The schema: there and back on both databases, and the same as the tables say."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy.exc import StatementError

from skola_finance.storage import schema
from skola_finance.storage.tables import METADATA, ActRow
from skola_finance.storage.unit_of_work import reading, writing
from tests.databases import KINDS, new_database

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from skola_finance.storage.database import Database


@pytest.fixture(params=KINDS)
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """Give an empty database of this release's schema."""
    with new_database(request.param, tmp_path) as database:
        yield database


def _tables(database: Database) -> set[str]:
    return set(sa.inspect(database.engine).get_table_names())


def test_from_empty_to_head_and_back_and_to_head_again(database: Database) -> None:
    """Nothing but Alembic's own table is left at the base, and everything is there again."""
    wanted = {table.name for table in METADATA.sorted_tables}
    assert _tables(database) == {*wanted, "alembic_version"}
    assert schema.migrate(database, to="base") == ""
    assert _tables(database) == {"alembic_version"}
    assert schema.migrate(database) == schema.head()
    assert _tables(database) == {*wanted, "alembic_version"}
    schema.check(database)


def test_migrating_twice_changes_nothing(database: Database) -> None:
    """Whoever is not sure may do it again."""
    assert schema.migrate(database) == schema.migrate(database) == schema.head()


def test_the_migrated_schema_is_what_the_tables_say(database: Database) -> None:
    """Columns, types, indexes, unique constraints and references: no difference is found."""
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, METADATA) == []


def test_every_amount_has_64_bits(database: Database) -> None:
    """PuMPuRS' total in cents does not fit in 32."""
    found = sa.inspect(database.engine)
    amounts = [
        (table, column["name"], str(column["type"]))
        for table in sorted(_tables(database))
        for column in found.get_columns(table)
        if column["name"].endswith(("cents", "_milli"))
    ]
    assert len(amounts) > 30
    assert [one for one in amounts if one[2] != "BIGINT"] == []


def _act(at: datetime) -> ActRow:
    return ActRow(
        machine="m",
        thing="t",
        command="c",
        actor="a",
        role="r",
        at=at,
        state="s",
        note="€ „ā”",
        journal_no=1,
    )


def test_times_come_back_in_utc(database: Database) -> None:
    """To the microsecond, with their zone, also where the server's own is another."""
    at = datetime(2026, 3, 29, 0, 59, 59, 999_999, tzinfo=UTC)
    with writing(database) as unit:
        if not database.is_sqlite:
            unit.session.connection().exec_driver_sql("SET LOCAL TIME ZONE 'Europe/Riga'")
        unit.add(_act(at))
    with reading(database) as repositories:
        (row,) = repositories.records.acts("m", "t")
        assert row.at == at
        assert row.at.utcoffset() == timedelta(0)
        assert row.note == "€ „ā”"


def test_a_time_of_another_zone_is_refused(database: Database) -> None:
    """Two hours' difference must not slip in, on either database."""
    riga = timezone(timedelta(hours=2))
    with pytest.raises(StatementError, match="not in UTC"), writing(database) as unit:
        unit.add(_act(datetime(2026, 1, 15, 10, tzinfo=riga)))
    with reading(database) as repositories:
        assert repositories.records.acts("m", "t") == []


def test_references_are_kept(database: Database) -> None:
    """A row that names what is not there is refused, on SQLite too."""
    claim = METADATA.tables["claim_version"]
    with pytest.raises(sa.exc.IntegrityError), database.engine.begin() as connection:
        connection.execute(
            claim.insert().values(
                claim_id=7, version=1, header={}, frame=b"", reading=[], edited=[], filed_by=""
            )
        )


def test_days_stay_days(database: Database) -> None:
    """A day has no zone that could move it."""
    row = METADATA.tables["instalment"].c
    assert isinstance(row.due_on.type, sa.Date)
    with database.engine.connect() as connection:
        assert connection.scalar(sa.select(sa.literal(date(2026, 1, 1), sa.Date))) == date(
            2026, 1, 1
        )
