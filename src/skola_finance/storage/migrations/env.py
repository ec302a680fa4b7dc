"""How Alembic reaches the database: the connection is handed in by `storage.schema`."""

from __future__ import annotations

from alembic import context

from skola_finance.storage.tables import METADATA

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=METADATA,
    render_as_batch=connection.dialect.name == "sqlite",
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
