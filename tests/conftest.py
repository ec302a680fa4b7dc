"""Settings that every test shares: how hard properties are tried, and what may be missing.

`HYPOTHESIS_PROFILE` picks the profile: `dev` at a desk, `ci` before a change lands.
"""

from __future__ import annotations

import os
from importlib.util import find_spec
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from argon2 import PasswordHasher

# No deadline and no complaint about slow generation: the first frame of a process compiles its
# plan, and a loaded machine is not a fault of the code.
settings.register_profile(
    "dev", deadline=None, max_examples=50, suppress_health_check=[HealthCheck.too_slow]
)
# The same commit gets the same verdict; the surprising examples are looked for at the desk.
settings.register_profile(
    "ci", parent=settings.get_profile("dev"), max_examples=200, derandomize=True, print_blob=True
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "dev"))

# Two workers with two threads each would wait for each other: the frames of tests are small.
# Set before Polars is loaded, which reads it once.
if "PYTEST_XDIST_WORKER" in os.environ:
    os.environ.setdefault("POLARS_MAX_THREADS", "1")

LONGEST = frozenset({"test_duckdb.py", "test_every_page.py"})
"""Files with a test that takes a minute or more."""
# Marker and the module without which its tests are skipped rather than failed.
NEEDED_MODULE = {"duckdb": "duckdb", "spark": "pyspark"}


@pytest.fixture(scope="session", autouse=True)
def strong_passwords() -> Iterator[PasswordHasher]:
    """Hash the passwords of tests quickly; gives the hasher that people's passwords get.

    A hash of theirs costs 64 MiB and three passes, on purpose, and tests sign in all the time.
    """
    from argon2 import PasswordHasher  # noqa: PLC0415 - most tests need neither

    from skola_finance.usecases import passwords  # noqa: PLC0415 - most tests need neither

    strong = passwords._HASHER
    passwords._HASHER = PasswordHasher(
        time_cost=1, memory_cost=64, parallelism=1, salt_len=strong.salt_len
    )
    yield strong
    passwords._HASHER = strong


@pytest.fixture(scope="session")
def demo_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder of the demo, loaded once for all workers; nobody writes to it."""
    from tests.demo_store import loaded_demo  # noqa: PLC0415 - most tests need no database

    return loaded_demo(tmp_path_factory)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes minutes; skip the tests of an engine that is not installed, and say so.

    What takes long and comes last leaves the other workers without work.
    """
    items.sort(key=lambda item: item.path.name not in LONGEST)
    missing = {mark: name for mark, name in NEEDED_MODULE.items() if find_spec(name) is None}
    for item in items:
        for mark in missing:
            if item.get_closest_marker(mark) is not None:
                item.add_marker(pytest.mark.skip(reason=f"needs the extra [{mark}]"))
