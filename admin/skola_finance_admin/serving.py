"""Serving: one process on the embedded database, several on PostgreSQL."""

from __future__ import annotations

import uvicorn

from skola_finance import open_store
from skola_finance_admin.app import create_app
from skola_finance_admin.config import config_of


def serve() -> None:
    """Serve the store that the environment names until somebody stops it.

    Raises: SkolaError STO-9xx where there is no such store.
    """
    config = config_of()
    app = create_app(open_store(), config)
    uvicorn.run(app, host=config.host, port=config.port, log_level="warning", server_header=False)
