"""The process is killed in the midst of its work: what was answered is there, and all is proven."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from skola_finance.usecases.proof.verify import verify
from tests.databases import new_store
from tests.usecases.arguments import dice
from tests.usecases.crash_worker import give
from tests.usecases.world import LIEPAJA, SCHOOL, World

if TYPE_CHECKING:
    from skola_finance.usecases.store import Store

ROOT = Path(__file__).resolve().parents[2]


def _work_and_die(store: Store, *, first: int, last: int, after: int, wait: float) -> list[Any]:
    """Let a process work, kill it some moment after an answer, and give all its answers."""
    url = store.database.engine.url.render_as_string(hide_password=False)
    places = os.pathsep.join([str(ROOT / "src"), str(ROOT)])
    worker = subprocess.Popen(  # noqa: S603 - our own module, with arguments made here
        [sys.executable, "-m", "tests.usecases.crash_worker", url, str(first), str(last)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": places, "POLARS_MAX_THREADS": "1"},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert worker.stdout is not None
    with worker:
        lines = []
        for line in worker.stdout:
            lines.append(line)
            if len(lines) == after:
                time.sleep(wait)
                worker.kill()
    assert worker.returncode in {0, -9}
    return [json.loads(line) for line in lines if line.endswith("\n")]


@pytest.mark.parametrize(
    ("kind", "commands", "most"), [("sqlite", 200, 70), ("postgresql", 60, 30)]
)
def test_killed_at_any_moment_nothing_answered_is_lost(
    kind: str, commands: int, most: int, tmp_path: Path
) -> None:
    """SIGKILL at random moments, until all commands have run; `verify` after each restart."""
    random = dice(f"crash {kind}")
    answers: dict[int, Any] = {}
    kills = 0
    with new_store(kind, tmp_path) as store:
        World(store).open().add_partner(LIEPAJA, SCHOOL)
        while len(answers) < commands:
            told = _work_and_die(
                store,
                first=len(answers),
                last=commands,
                after=random.randint(10, most),
                wait=random.random() / 50,
            )
            kills += len(answers) + len(told) < commands
            assert [number for number, _ in told] == [
                *range(len(answers), len(answers) + len(told))
            ]
            answers.update(told)
            found = verify(store, on=World(store).clock.at.date(), only_first=False)
            assert found.problems == ()
        journal = found.counts["journal"]
        for number, answer in answers.items():
            assert give(store, number).as_json() == answer
        found = verify(store, on=World(store).clock.at.date())
        assert found.is_clean
        assert found.counts["journal"] == journal
    assert kills >= 2
