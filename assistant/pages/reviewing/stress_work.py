"""Stress tests at work: each runs in a thread of its own, and whoever started it asks for it until it is done."""

import secrets
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotYetError
from dataclasses import dataclass, field

from tools.risk.errors import refused
from tools.risk.review import StressRun

AT_ONCE = 2  # tests that run at the same moment; the others wait
WAITING = 8  # tests that may run or wait in all
PATIENCE = 2.5  # seconds that a request waits for the end
KEPT = 600.0  # seconds for which the outcome of a test can be asked for
BUSY = "Other stress tests are running on this server: wait until one of them is done, then start this one again."
OWN = "A stress test of this review is still running: wait until it is done, then start the next one."
LOST = "This stress test is no longer known, as the server was started anew meanwhile: run it again."


@dataclass
class Job:
    """A test that was started."""

    review: str
    owner: str
    future: "Future[StressRun]"
    id: str = field(default_factory=lambda: secrets.token_hex(8))
    started: float = field(default_factory=time.monotonic)

    def outcome(self, seconds: float) -> StressRun | None:
        """Return the run as it was kept; None while it is not done.

        Raises:
            Exception: what the test ended with.
        """
        try:
            return self.future.result(timeout=seconds)
        except NotYetError:
            if self.future.done():
                raise
            return None


class StressWork:
    """The tests that run now, and those that ended a moment ago."""

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="stress")
        self._jobs: dict[str, Job] = {}
        self._lock = threading.Lock()

    def begin(self, owner: str, review: str, run: Callable[[], StressRun]) -> Job:
        """Start a test.

        Raises:
            ReviewError: when one of this review runs already, or too many run on the server.
        """
        with self._lock:
            self._forget()
            working = [job for job in self._jobs.values() if not job.future.done()]
            if any(job.review == review for job in working):
                raise refused("run", OWN)
            if len(working) >= WAITING:
                raise refused("run", BUSY)
            job = Job(review, owner, self._pool.submit(run))
            self._jobs[job.id] = job
            return job

    def job(self, owner: str, review: str, job_id: str) -> Job:
        """Return a test that its owner started.

        Raises:
            ReviewError: when there is none.
        """
        with self._lock:
            found = self._jobs.get(job_id)
        if found is None or (found.owner, found.review) != (owner, review):
            raise refused("run", LOST)
        return found

    def _forget(self) -> None:
        now = time.monotonic()
        self._jobs = {key: job for key, job in self._jobs.items() if not job.future.done() or now - job.started < KEPT}
