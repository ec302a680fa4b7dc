"""Long work: one at a time, whichever worker is asked, and an end to all of it."""

from __future__ import annotations

import multiprocessing
import os
import signal
from datetime import UTC, datetime, timedelta
from threading import Event
from typing import TYPE_CHECKING

import pytest
from skola_finance_admin.config import Config, config_of
from skola_finance_admin.serving import shared_jobs
from skola_finance_admin.web.jobs import Jobs, JobState

from skola_finance import SkolaError

if TYPE_CHECKING:
    from pathlib import Path

    from skola_finance_admin.web.jobs import Job, Progress

NOW = datetime(2026, 11, 2, 10, tzinfo=UTC)
PATIENCE = 20
"""Seconds: a busy machine is no fault of a job."""


class Clock:
    """A clock that stands until somebody moves it."""

    def __init__(self) -> None:
        """Begin in the morning."""
        self.at = NOW

    def __call__(self) -> datetime:
        """Tell the time."""
        return self.at


def seen(jobs: Jobs, job: Job) -> Job:
    """Look in on a job."""
    found = jobs.find(job.id, kind=job.kind, owner=job.owner)
    assert found is not None
    return found


def test_no_more_than_a_few_wait_and_no_job_takes_for_ever() -> None:
    """Proves the limits: a fifth that would wait is refused, and time that is up ends a job."""
    clock, begun, may_go_on = Clock(), Event(), Event()
    jobs = Jobs(clock)

    def work(tell: Progress) -> str:
        begun.set()
        may_go_on.wait(PATIENCE)
        tell("next")
        return "well"

    made = []
    for _ in range(5):
        made.append(jobs.begin("x", "me", work))
        clock.at += timedelta(seconds=1)
    with pytest.raises(SkolaError, match="WEB-429"):
        jobs.begin("x", "me", work)
    assert begun.wait(PATIENCE)
    assert [one.state for one in jobs.of("me", kind="x")] == [*[JobState.WAITING] * 4, "running"]
    clock.at += timedelta(minutes=11)
    may_go_on.set()
    jobs.wait()
    late = seen(jobs, made[0])
    assert late.problem is not None
    assert late.problem.code == "WEB-408"
    assert [seen(jobs, one).result for one in made[1:]] == ["well"] * 4
    clock.at += timedelta(hours=3)
    jobs.begin("x", "me", work)
    assert len(jobs.of("me", kind="x")) == 1


def test_every_worker_knows_a_job_and_can_end_it(tmp_path: Path) -> None:
    """Proves that one worker shows, and cancels, what another works on; others see nothing."""
    ours, theirs = Jobs(Clock(), tmp_path), Jobs(Clock(), tmp_path)
    begun, may_go_on = Event(), Event()

    def work(tell: Progress) -> None:
        tell("read", 7)
        begun.set()
        may_go_on.wait(PATIENCE)
        tell("compare")

    job = ours.begin("x", "me", work, settings=["a"])
    assert begun.wait(PATIENCE)
    found = seen(theirs, job)
    assert (found.state, found.step, found.count) == (JobState.RUNNING, "read", 7)
    assert found.asked == {"settings": ["a"]}
    assert theirs.find(job.id, kind="x", owner="somebody") is None
    assert theirs.find(job.id, kind="y", owner="me") is None
    assert theirs.find("../" + job.id, kind="x", owner="me") is None
    theirs.cancel(found)
    may_go_on.set()
    ours.wait()
    assert seen(theirs, job).state is JobState.CANCELLED


def test_one_job_is_worked_on_at_a_time_by_all_workers(tmp_path: Path) -> None:
    """Proves that the second worker waits for the first, and then works."""
    ours, theirs = Jobs(Clock(), tmp_path), Jobs(Clock(), tmp_path)
    begun, may_go_on = Event(), Event()

    def slow(_tell: Progress) -> str:
        begun.set()
        may_go_on.wait(PATIENCE)
        return "first"

    first = ours.begin("x", "me", slow)
    assert begun.wait(PATIENCE)
    second = theirs.begin("x", "me", lambda _tell: seen(theirs, first).result)
    assert seen(ours, second).state is JobState.WAITING
    may_go_on.set()
    theirs.wait()
    assert seen(ours, second).result == "first"


def begin_and_die(folder: Path) -> None:
    """Begin a job in a process that is killed while it works."""
    begun = Event()

    def work(tell: Progress) -> None:
        tell("read")
        begun.set()
        Event().wait()

    Jobs(Clock(), folder).begin("x", "me", work)
    begun.wait(PATIENCE)
    os.kill(os.getpid(), signal.SIGKILL)


def test_a_job_whose_worker_is_gone_has_failed(tmp_path: Path) -> None:
    """Proves that nobody waits for a process that was killed, and that others go on."""
    worker = multiprocessing.get_context("spawn").Process(target=begin_and_die, args=(tmp_path,))
    worker.start()
    worker.join(PATIENCE)
    jobs = Jobs(Clock(), tmp_path)
    (lost,) = jobs.of("me", kind="x")
    assert (lost.state, lost.step) == (JobState.FAILED, "read")
    assert lost.problem is not None
    assert lost.problem.code == "WEB-500"
    after = jobs.begin("x", "me", lambda _tell: "well")
    jobs.wait()
    assert seen(jobs, after).result == "well"


def test_workers_of_one_server_share_a_folder_that_goes_with_it() -> None:
    """Proves that workers find the folder in their environment, and that one of ours is removed."""
    with shared_jobs(Config()):
        folder = config_of().jobs
        assert folder is not None
        assert folder.is_dir()
    assert config_of().jobs is None
    assert not folder.exists()


def test_a_folder_that_was_named_stays(tmp_path: Path) -> None:
    """Proves that whoever names a folder keeps it, for servers that are started otherwise."""
    with shared_jobs(Config(jobs=tmp_path)):
        assert config_of().jobs is None
    assert tmp_path.is_dir()
    assert config_of({"SKOLA_JOBS": str(tmp_path)}).jobs == tmp_path


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such marks")
@pytest.mark.parametrize("marks", [0o770, 0o707])
def test_a_folder_that_others_can_write_to_is_refused(tmp_path: Path, marks: int) -> None:
    """Proves that what others could have put there is never read; one that is missing is told."""
    tmp_path.chmod(marks)
    for folder in (tmp_path, tmp_path / "missing"):
        with pytest.raises(SkolaError) as refused:
            config_of({"SKOLA_JOBS": str(folder)})
        assert refused.value.problem.code == "WEB-483"


def test_a_fault_of_ours_is_told_in_words(caplog: pytest.LogCaptureFixture) -> None:
    """Proves that an unforeseen error ends a job with a problem, and is in the log."""
    jobs = Jobs(Clock())
    job = jobs.begin("x", "me", lambda _tell: 1 // 0)
    jobs.wait()
    told = seen(jobs, job)
    assert told.problem is not None
    assert (told.state, told.problem.code) == (JobState.FAILED, "WEB-500")
    assert "ZeroDivisionError" in caplog.text
