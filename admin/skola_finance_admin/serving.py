"""Serving: one process on the embedded database, several on PostgreSQL."""

from __future__ import annotations

import errno
import os
import socket
import tempfile
from contextlib import contextmanager
from typing import TYPE_CHECKING

import uvicorn
from uvicorn.supervisors import Multiprocess

from skola_finance import Problem, Severity, SkolaError, Text, open_store
from skola_finance_admin.app import create_app
from skola_finance_admin.config import JOBS, Config, config_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from fastapi import FastAPI

APPLICATION = "skola_finance_admin.serving:application"
WAITING = 2048
"""Connections that may wait to be taken."""


class CannotServe(SkolaError, OSError):
    """WEB-480 or WEB-481: the server cannot listen where it was told to."""


def application() -> FastAPI:
    """Make the application over the store that the environment names; each worker has its own."""
    return create_app(open_store(), config_of())


def serve(
    config: Config | None = None,
    *,
    workers: int = 1,
    announce: Callable[[str], None] = lambda _address: None,
) -> None:
    """Serve the store that the environment names until somebody stops it.

    Args:
        config: how the server is set up; the environment's, where it is left out.
        workers: processes; more than one for a database server alone.
        announce: told the address, once it is ours.

    Raises: SkolaError STO-9xx where there is no such store; CannotServe WEB-480 (the port is
        taken), WEB-481 (the address is none of this machine).
    """
    config = config or config_of()
    # Asked for here, so that a refusal is told once and before anybody is sent to the address.
    is_server = not open_store().database.is_sqlite
    settings = uvicorn.Config(
        APPLICATION,
        factory=True,
        workers=workers if is_server else 1,
        log_level="warning",
        server_header=False,
    )
    with listening(config) as taken, shared_jobs(config):
        host = f"[{config.host}]" if ":" in config.host else config.host
        announce(f"http{'s' if config.is_https else ''}://{host}:{config.port}")
        try:
            if settings.workers > 1:
                Multiprocess(settings, sockets=[taken]).run()
            else:
                uvicorn.Server(settings).run(sockets=[taken])
        except KeyboardInterrupt:
            # Somebody stopped it: that is how it ends.
            return


@contextmanager
def shared_jobs(config: Config) -> Iterator[None]:
    """Name the folder that the workers share, unless the environment does; ours goes at the end."""
    if config.jobs is not None:
        yield
        return
    with tempfile.TemporaryDirectory(prefix="skola-jobs-", ignore_cleanup_errors=True) as folder:
        os.environ[JOBS] = folder
        try:
            yield
        finally:
            del os.environ[JOBS]


def listening(config: Config) -> socket.socket:
    """Take the address.

    Raises: CannotServe WEB-480 or WEB-481.
    """
    family = socket.AF_INET6 if ":" in config.host else socket.AF_INET
    try:
        return socket.create_server((config.host, config.port), family=family, backlog=WAITING)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise _taken(config.port) from error
        raise _not_ours(config, error.strerror or str(error)) from error


def _taken(port: int) -> CannotServe:
    return CannotServe(
        Problem(
            code="WEB-480",
            severity=Severity.ERROR,
            message=Text(
                lv=f"Portu {port} jau lieto cita programma.",
                en=f"Another program uses port {port} already.",
            ),
            hint=Text(
                lv=f"Apturiet to vai izvēlieties citu portu: make run SKOLA_PORT={port + 1}.",
                en=f"Stop it, or choose another port: make run SKOLA_PORT={port + 1}.",
            ),
            subject=str(port),
        )
    )


def _not_ours(config: Config, reason: str) -> CannotServe:
    return CannotServe(
        Problem(
            code="WEB-481",
            severity=Severity.ERROR,
            message=Text(
                lv=f"Adresē {config.host}:{config.port} nevar klausīties: {reason}.",
                en=f"Cannot listen on {config.host}:{config.port}: {reason}.",
            ),
            hint=Text(
                lv="Norādiet šī datora adresi (SKOLA_HOST) un portu no 1024 līdz 65535 "
                "(SKOLA_PORT).",
                en="Give an address of this machine (SKOLA_HOST) and a port from 1024 to 65535 "
                "(SKOLA_PORT).",
            ),
        )
    )
