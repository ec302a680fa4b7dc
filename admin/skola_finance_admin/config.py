"""How the server is set up: what the environment says, and nothing else."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from skola_finance import Problem, Severity, SkolaError, Text

if TYPE_CHECKING:
    from collections.abc import Mapping

MEBIBYTE = 1024 * 1024
LAST_PORT = 65_535
JOBS = "SKOLA_JOBS"


class UnusableConfig(SkolaError, ValueError):
    """The environment says something that the server cannot be set up with.

    WEB-482: a port that is none; WEB-483: a folder of jobs that is not the server's alone.
    """


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
        jobs: the folder where workers tell each other of long work; one alone needs none.
    """

    is_demo: bool = False
    is_https: bool = False
    host: str = "127.0.0.1"
    port: int = 8000
    idle: timedelta = timedelta(minutes=30)
    absolute: timedelta = timedelta(hours=10)
    largest_body: int = 32 * MEBIBYTE
    jobs: Path | None = None


def config_of(environment: Mapping[str, str] = os.environ) -> Config:
    """Read the environment: `SKOLA_DEMO`, `SKOLA_HTTPS`, `SKOLA_HOST`, `SKOLA_PORT`, `SKOLA_JOBS`.

    Raises: UnusableConfig WEB-482 for a port that is none, WEB-483 for a folder that is not there
        or that others can write to.
    """
    port, jobs = environment.get("SKOLA_PORT", "8000"), environment.get(JOBS, "")
    if not (port.isascii() and port.isdigit() and 0 < int(port) < LAST_PORT + 1):
        raise UnusableConfig(
            Problem(
                code="WEB-482",
                severity=Severity.ERROR,
                message=Text(lv=f"„{port}” nav ports.", en=f"“{port}” is no port."),
                hint=Text(
                    lv=f"Norādiet skaitli no 1 līdz {LAST_PORT} (SKOLA_PORT).",
                    en=f"Give a number from 1 to {LAST_PORT} (SKOLA_PORT).",
                ),
                subject=port,
            )
        )
    return Config(
        is_demo=environment.get("SKOLA_DEMO", "") == "1",
        is_https=environment.get("SKOLA_HTTPS", "") == "1",
        host=environment.get("SKOLA_HOST", "127.0.0.1"),
        port=int(port),
        jobs=_jobs(Path(jobs)) if jobs else None,
    )


def _jobs(folder: Path) -> Path:
    """Take the folder of jobs: what lies in it is read as ours, so only we may write there."""
    if folder.is_dir() and _is_ours_alone(folder.stat()):
        return folder
    raise UnusableConfig(
        Problem(
            code="WEB-483",
            severity=Severity.ERROR,
            message=Text(
                lv=f"Mapes „{folder}” nav, vai tajā var rakstīt arī citi.",
                en=f"The folder “{folder}” is not there, or others can write to it.",
            ),
            hint=Text(
                lv="Izveidojiet servera kontam piederošu mapi, kurā citi nevar rakstīt "
                f"(chmod 700), un norādiet to ({JOBS}).",
                en="Make a folder that belongs to the server's account and that nobody else can "
                f"write to (chmod 700), and name it ({JOBS}).",
            ),
            subject=str(folder),
        )
    )


def _is_ours_alone(found: os.stat_result) -> bool:
    """Say whether a folder is the server's own; Windows has no such marks and is believed."""
    if os.name == "nt":
        return True
    return found.st_uid == os.geteuid() and not found.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
