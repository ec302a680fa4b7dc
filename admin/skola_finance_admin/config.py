"""How the server is set up: what the environment says, and nothing else."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

MEBIBYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Config:
    """What the server is told from outside.

    Attributes:
        is_demo: whether demo logins are offered on the sign-in page.
        is_https: whether people reach it by https: cookies are then `Secure` and `__Host-`.
        host, port: where it listens.
        idle: how long a session lives without a click.
        absolute: how long a session lives at all.
        largest_body: bytes of the largest request; evidence files are smaller still.
    """

    is_demo: bool = False
    is_https: bool = False
    host: str = "127.0.0.1"
    port: int = 8000
    idle: timedelta = timedelta(minutes=30)
    absolute: timedelta = timedelta(hours=10)
    largest_body: int = 32 * MEBIBYTE


def config_of(environment: Mapping[str, str] = os.environ) -> Config:
    """Read the environment: `SKOLA_DEMO`, `SKOLA_HTTPS`, `SKOLA_HOST`, `SKOLA_PORT`.

    Raises: ValueError for a port that is no whole number.
    """
    return Config(
        is_demo=environment.get("SKOLA_DEMO", "") == "1",
        is_https=environment.get("SKOLA_HTTPS", "") == "1",
        host=environment.get("SKOLA_HOST", "127.0.0.1"),
        port=int(environment.get("SKOLA_PORT", "8000")),
    )
