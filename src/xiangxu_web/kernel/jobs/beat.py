"""The heartbeat of one running job: a thread that renews the lease, writes the progress and looks whether the job must stop.

Progress is written here and not where the job runs: the job may be inside a transaction, in which nobody would see the progress, and
the row's lock would keep the lease from being renewed.
"""

from __future__ import annotations

import logging
import threading
import time
from datetime import timedelta
from types import TracebackType

from django.db import DatabaseError, connection

from xiangxu import clock
from xiangxu_web.kernel.jobs.queue import held
from xiangxu_web.kernel.jobs.work import Cancelled, HandedBack, Interrupted, LeaseLost
from xiangxu_web.kernel.models import Job

log = logging.getLogger("xiangxu.jobs")
# How often, in seconds, progress is written and a wish to cancel is looked for.
LOOK = 0.5


class Beat:
    """Beats while its block runs. ``report`` takes the job's progress and raises where the job must stop."""

    def __init__(self, job: Job, lease: float, stopping: threading.Event) -> None:
        self.job = job
        self.lease = lease
        self.stopping = stopping
        self.progress: tuple[int, int, str] = (job.done, job.total, job.words)
        self._written = self.progress
        self._renewed = time.monotonic()
        self._verdict: type[Interrupted] | None = None
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run, name=f"beat-{job.pk}", daemon=True)

    def __enter__(self) -> Beat:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._over.set()
        self._thread.join()

    def report(self, done: int, total: int, words: str) -> None:
        """Keeps the progress for the next beat. Raises where the job was cancelled, lost, or its worker is being stopped."""
        self.progress = (max(done, 0), max(total, 0), words[:200])
        if self._verdict is not None:
            raise self._verdict
        if self.stopping.is_set():
            raise HandedBack

    def _run(self) -> None:
        try:
            while not self._over.wait(min(LOOK, self.lease / 4)) and self._verdict is None:
                try:
                    self._look()
                except DatabaseError:
                    # The database is locked or restarting. The next beat tries again; the lease is long enough for several.
                    log.warning("heartbeat missed", exc_info=True)
                    connection.close()
        finally:
            connection.close()

    def _look(self) -> None:
        progress, late = self.progress, time.monotonic() - self._renewed > self.lease / 3
        if progress != self._written or late:
            done, total, words = progress
            until = clock.ticking() + timedelta(seconds=self.lease)
            renewed = held(self.job).update(lease_until=until, done=done, total=total, words=words)
            self._written, self._renewed = progress, time.monotonic()
            if not renewed:
                self._verdict = LeaseLost
                return
        if held(self.job).filter(cancel_asked=True).exists():
            self._verdict = Cancelled
