"""Work that takes longer than a page may: done one after the other in a thread, and looked in on.

Jobs live in the memory of the process that began them, as long as somebody may still want them. A
job ends by itself: at the next step after its time is up or after somebody cancelled it.
"""

from __future__ import annotations

import logging
import uuid
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from threading import Lock
from typing import TYPE_CHECKING, Any

from skola_finance import Problem, Severity, SkolaError, Text

if TYPE_CHECKING:
    from collections.abc import Callable

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


@dataclass
class Job:
    """One piece of work: whose it is, how far it is, and what came of it."""

    kind: str
    owner: str
    asked: dict[str, Any]
    begun_at: datetime
    clock: Callable[[], datetime] = field(repr=False)
    id: str = field(default_factory=lambda: uuid.uuid4().hex)
    state: JobState = JobState.WAITING
    step: str = ""
    count: int | None = None
    result: Any = None
    problem: Problem | None = None
    is_cancelled: bool = False
    worked_since: datetime | None = None
    ended_at: datetime | None = None

    @property
    def is_over(self) -> bool:
        """Whether nothing more will come of it."""
        return self.state in (JobState.DONE, JobState.FAILED, JobState.CANCELLED)

    def tell(self, step: str, count: int | None = None) -> None:
        """Note a step of the work, and end it where it should end.

        Raises: Ended.
        """
        if self.is_cancelled or self._is_late():
            raise Ended
        self.step, self.count = step, count

    def _is_late(self) -> bool:
        return self.worked_since is not None and self.clock() - self.worked_since > LONGEST


class Jobs:
    """The jobs of a server: one works, a few wait, those that ended stay a while."""

    def __init__(self) -> None:
        """Begin with none."""
        self._jobs: dict[str, Job] = {}
        self._lock = Lock()
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="skola-job")

    def begin(self, job: Job, work: Callable[[Job], Any]) -> Job:
        """Take in a piece of work; `work` is given the job, to tell its steps.

        Raises: JobRefused WEB-429 where too many wait.
        """
        with self._lock:
            self._forget(job.begun_at)
            open_ones = [one for one in self._jobs.values() if not one.is_over]
            if len(open_ones) > WAITING_AT_MOST:
                raise JobRefused(TOO_MANY)
            self._jobs[job.id] = job
        self._worker.submit(self._work, job, work)
        return job

    def find(self, job_id: str, *, kind: str) -> Job | None:
        """Give a job that is still known."""
        job = self._jobs.get(job_id)
        return job if job is not None and job.kind == kind else None

    def of(self, owner: str, *, kind: str) -> tuple[Job, ...]:
        """Give somebody's jobs of a kind, the newest first."""
        mine = [one for one in self._jobs.values() if one.owner == owner and one.kind == kind]
        return tuple(reversed(mine))

    def waiting_before(self, job: Job) -> int:
        """Count the jobs that are taken up before one."""
        earlier = []
        for one in list(self._jobs.values()):
            if one.id == job.id:
                break
            earlier.append(one)
        return sum(not one.is_over for one in earlier)

    def wait(self) -> None:
        """Wait until everything that was begun before is over."""
        self._worker.submit(lambda: None).result()

    def _work(self, job: Job, work: Callable[[Job], Any]) -> None:
        job.worked_since = job.clock()
        job.state = JobState.RUNNING
        try:
            job.tell(job.step)
            job.result = work(job)
            job.state = JobState.DONE
        except Ended:
            job.state = JobState.CANCELLED if job.is_cancelled else JobState.FAILED
            job.problem = None if job.is_cancelled else TOO_LONG
        except SkolaError as error:
            job.problem, job.state = error.problem, JobState.FAILED
        except Exception:  # noqa: BLE001 - whatever it is, a person is told, and the log holds it
            _log.exception("job %s", job.kind)
            job.problem, job.state = BROKEN_JOB, JobState.FAILED
        finally:
            job.ended_at = job.clock()

    def _forget(self, now: datetime) -> None:
        for job in list(self._jobs.values()):
            if job.ended_at is not None and now - job.ended_at > KEPT:
                del self._jobs[job.id]


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
JOBS = Jobs()
"""The jobs of this process."""
