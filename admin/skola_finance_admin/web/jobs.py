"""Work that takes longer than a page may: done one after the other in a thread, and looked in on.

Jobs live in a folder that all workers of a server share, so that whichever of them is asked knows
how far a job is; the folder goes with the server. A job ends by itself: at the next step after its
time is up or after somebody cancelled it, and when the process that worked on it is gone.
"""

from __future__ import annotations

import logging
import pickle
import tempfile
import uuid
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import timedelta
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from shutil import rmtree
from typing import TYPE_CHECKING, Any
from weakref import finalize

from filelock import FileLock, Timeout

from skola_finance import Problem, Severity, SkolaError, Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import datetime

LONGEST = timedelta(minutes=10)
KEPT = timedelta(hours=2)
WAITING_AT_MOST = 4
_log = logging.getLogger(__name__)


class JobState(StrEnum):
    """How far a job is."""

    WAITING = "waiting"
    """Another one is being worked on."""
    RUNNING = "running"
    """It is being worked on."""
    DONE = "done"
    """It has a result."""
    FAILED = "failed"
    """It was refused; the problem says why."""
    CANCELLED = "cancelled"
    """Somebody ended it."""


class Ended(Exception):
    """Raised inside a job whose time is up, or which was cancelled."""


class JobRefused(SkolaError):
    """WEB-429: too many jobs wait already; WEB-408: a job took too long."""


@dataclass(frozen=True, slots=True)
class Job:
    """One piece of work: whose it is, how far it is, and what came of it."""

    kind: str
    owner: str
    asked: Mapping[str, Any]
    begun_at: datetime
    id: str = field(default_factory=lambda: uuid.uuid4().hex)
    state: JobState = JobState.WAITING
    step: str = ""
    count: int | None = None
    result: Any = None
    problem: Problem | None = None
    ended_at: datetime | None = None

    @property
    def is_over(self) -> bool:
        """Whether nothing more will come of it."""
        return self.state in (JobState.DONE, JobState.FAILED, JobState.CANCELLED)


class Progress:
    """What a piece of work tells its steps to."""

    def __init__(self, board: Board, job: Job, clock: Callable[[], datetime]) -> None:
        """Begin to work on a job."""
        self._board, self._clock = board, clock
        self._since = clock()
        self.job = replace(job, state=JobState.RUNNING)

    def __call__(self, step: str, count: int | None = None) -> None:
        """Note a step of the work, and end it where it should end.

        Raises: Ended.
        """
        if self._board.is_cancelled(self.job.id) or self._clock() - self._since > LONGEST:
            raise Ended
        self.job = replace(self.job, step=step, count=count)
        self._board.put(self.job)


class Board:
    """The folder in which jobs stand: three small files for each, readable by us alone.

    They are pickled: written and read by one release, in a folder that nobody else can write.
    """

    def __init__(self, folder: Path) -> None:
        """Take the folder."""
        self._folder = folder

    def put(self, job: Job) -> None:
        """Keep how far a job is; its result apart, since every look would read it."""
        if job.state is JobState.DONE:
            self._write(job.id, "result", job.result)
        self._write(job.id, "job", replace(job, result=None))

    def get(self, job_id: str) -> Job | None:
        """Give a job, without its result."""
        file = self._folder / f"{job_id}.job"
        if not job_id.isalnum() or not file.is_file():
            return None
        job = self._read(file)
        assert isinstance(job, Job)  # noqa: S101 - nothing else is written
        return job

    def result(self, job_id: str) -> Any:  # noqa: ANN401 - whatever a piece of work gives
        """Give what came of a job that is done."""
        return self._read(self._folder / f"{job_id}.result")

    def every(self) -> Iterator[Job]:
        """Give every job, in the order in which they were begun."""
        found = [self.get(file.stem) for file in self._folder.glob("*.job")]
        yield from sorted((one for one in found if one is not None), key=lambda one: one.begun_at)

    def cancel(self, job_id: str) -> None:
        """Let a job end at its next step."""
        (self._folder / f"{job_id}.cancelled").touch()

    def is_cancelled(self, job_id: str) -> bool:
        """Say whether somebody ended a job."""
        return (self._folder / f"{job_id}.cancelled").exists()

    def forget(self, job_id: str) -> None:
        """Throw a job away, with all that belongs to it."""
        for file in self._folder.glob(f"{job_id}.*"):
            file.unlink(missing_ok=True)

    def held(self, name: str) -> FileLock:
        """Give a lock that ends with the process that holds it."""
        return FileLock(self._folder / f"{name}.lock", thread_local=False)

    def _write(self, job_id: str, ending: str, what: object) -> None:
        """Write a file so that whoever reads finds the old one or the new one, and no part."""
        fresh = self._folder / f"{job_id}.{uuid.uuid4().hex}.new"
        fresh.write_bytes(pickle.dumps(what))
        fresh.replace(self._folder / f"{job_id}.{ending}")

    @staticmethod
    def _read(file: Path) -> object:
        return pickle.loads(file.read_bytes())  # noqa: S301 - ours alone, see above


class Jobs:
    """The jobs of a server: one works, a few wait, those that ended stay a while."""

    def __init__(self, clock: Callable[[], datetime], folder: Path | None = None) -> None:
        """Take what tells the time, and the folder that several workers share.

        One process alone needs none: it makes a folder of its own, which goes when it does.
        """
        self._clock, self._given = clock, folder
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="skola-job")

    @cached_property
    def _board(self) -> Board:
        if self._given is not None:
            return Board(self._given)
        own = tempfile.mkdtemp(prefix="skola-jobs-")
        finalize(self, rmtree, own, ignore_errors=True)
        return Board(Path(own))

    def begin(self, kind: str, owner: str, work: Callable[[Progress], Any], **asked: object) -> Job:
        """Take in a piece of work; `work` is given what it tells its steps to.

        Raises: JobRefused WEB-429 where too many wait.
        """
        job = Job(kind, owner, asked, self._clock())
        with self._board.held("begin"):
            self._forget_old()
            if sum(not one.is_over for one in self._every()) > WAITING_AT_MOST:
                raise JobRefused(TOO_MANY)
            # Held until it is over, by this process: whoever can take it knows that nobody works.
            alive = self._board.held(job.id)
            alive.acquire()
            self._board.put(job)
        self._worker.submit(self._work, job, work, alive)
        return job

    def find(self, job_id: str, *, kind: str, owner: str) -> Job | None:
        """Give somebody's job that is still known, with its result where it is done."""
        job = self._board.get(job_id)
        if job is None or (job.kind, job.owner) != (kind, owner):
            return None
        return self._with_result(self._looked_after(job))

    def of(self, owner: str, *, kind: str) -> tuple[Job, ...]:
        """Give somebody's jobs of a kind, the newest first."""
        mine = [one for one in self._every() if (one.kind, one.owner) == (kind, owner)]
        return tuple(self._with_result(one) for one in reversed(mine))

    def cancel(self, job: Job) -> None:
        """End a job at its next step."""
        self._board.cancel(job.id)

    def wait(self) -> None:
        """Wait until everything that this process began before is over."""
        self._worker.submit(lambda: None).result()

    def _work(self, job: Job, work: Callable[[Progress], Any], alive: FileLock) -> None:
        try:
            with self._board.held("turn"):
                over = self._worked(Progress(self._board, job, self._clock), work)
                self._board.put(replace(over, ended_at=self._clock()))
        except Exception:  # noqa: BLE001 - nobody hears an error of a thread but the log
            # Whoever looks in finds that nobody works on it any more.
            _log.exception("job %s", job.kind)
        finally:
            alive.release()

    def _worked(self, progress: Progress, work: Callable[[Progress], Any]) -> Job:
        """Do a piece of work, and give its job with what came of it."""
        try:
            progress(progress.job.step)
            result = work(progress)
        except Ended:
            if self._board.is_cancelled(progress.job.id):
                return replace(progress.job, state=JobState.CANCELLED)
            return _failed(progress.job, TOO_LONG)
        except SkolaError as error:
            return _failed(progress.job, error.problem)
        except Exception:  # noqa: BLE001 - whatever it is, a person is told, and the log holds it
            _log.exception("job %s", progress.job.kind)
            return _failed(progress.job, BROKEN_JOB)
        return replace(progress.job, state=JobState.DONE, result=result)

    def _every(self) -> list[Job]:
        return [self._looked_after(one) for one in self._board.every()]

    def _looked_after(self, job: Job) -> Job:
        """Give a job as it is; one that nobody works on any more has failed."""
        if job.is_over:
            return job
        try:
            with self._board.held(job.id).acquire(blocking=False):
                told = self._board.get(job.id)
                if told is None or told.is_over:
                    return told or job
                lost = replace(_failed(told, BROKEN_JOB), ended_at=self._clock())
                self._board.put(lost)
                return lost
        except Timeout:
            return job

    def _with_result(self, job: Job) -> Job:
        if job.state is not JobState.DONE:
            return job
        return replace(job, result=self._board.result(job.id))

    def _forget_old(self) -> None:
        for job in self._board.every():
            if job.ended_at is not None and self._clock() - job.ended_at > KEPT:
                self._board.forget(job.id)


def _failed(job: Job, problem: Problem) -> Job:
    return replace(job, state=JobState.FAILED, problem=problem)


def _problem(code: str, lv: str, en: str, hint_lv: str, hint_en: str) -> Problem:
    return Problem(
        code=code,
        severity=Severity.ERROR,
        message=Text(lv=lv, en=en),
        hint=Text(lv=hint_lv, en=hint_en),
    )


TOO_MANY = _problem(
    "WEB-429",
    "Jau gaida vairāki ilgstoši darbi.",
    "Several long pieces of work wait already.",
    "Pagaidiet, līdz kāds no tiem beidzas, un mēģiniet vēlreiz.",
    "Wait until one of them has ended, and try again.",
)
TOO_LONG = _problem(
    "WEB-408",
    "Darbs ilga pārāk ilgi un tika pārtraukts.",
    "The work took too long and was ended.",
    "Izmantojiet komandrindu: tur laiks nav ierobežots.",
    "Use the command line: there is no limit of time there.",
)
BROKEN_JOB = _problem(
    "WEB-500",
    "Sistēmā radās kļūda; nekas nav mainīts.",
    "Something went wrong inside the system; nothing was changed.",
    "Mēģiniet vēlreiz; ja kļūda atkārtojas, ziņojiet sistēmas administratoram.",
    "Try again; if it comes back, tell the system administrator.",
)
