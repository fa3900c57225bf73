"""The worker: takes jobs and does them, one at a time on each thread."""

from __future__ import annotations

import logging
import os
import socket
import threading
from collections.abc import Callable
from contextlib import nullcontext
from typing import Any
from uuid import uuid4

from django.db import DatabaseError, close_old_connections, connection
from django.utils.translation import gettext as _

from xiangxu_web.kernel.audit.record import request_name
from xiangxu_web.kernel.jobs.alive import SAY, say_alive, say_gone
from xiangxu_web.kernel.jobs.beat import Beat
from xiangxu_web.kernel.jobs.kinds import KINDS, Kind
from xiangxu_web.kernel.jobs.periodic import put_due_in_line
from xiangxu_web.kernel.jobs.queue import end, held, put_back, take
from xiangxu_web.kernel.jobs.work import Cancelled, HandedBack, JobProblem, LeaseLost, Work
from xiangxu_web.kernel.languages import spoken_to
from xiangxu_web.kernel.models import Job, JobState

log = logging.getLogger("xiangxu.jobs")
# How long an idle thread waits before it looks again, in seconds.
IDLE = 1.0


def do(job: Job, stopping: threading.Event, *, beating: bool = True) -> None:
    """Does a job that was taken, in the language of whoever started it, and notes how it ended.

    An exception that is meant for a clerk (``JobProblem``, or one that the kind names) ends the job with its words. Any other is
    logged under the request's name, and the job tried again after a pause; after the last attempt the page shows that name.
    """
    with spoken_to(job.person_id):
        _done(job, stopping, beating)


def _done(job: Job, stopping: threading.Event, beating: bool) -> None:
    kind = KINDS[job.kind]
    meant_for_a_clerk: tuple[type[Exception], ...] = (JobProblem, *kind.known)
    name = f"job-{uuid4().hex[:8]}"
    token = request_name.set(name)
    try:
        _do(job, kind, stopping, beating)
    except LeaseLost:
        log.warning("lease lost", extra={"job": str(job.pk), "kind": job.kind, "worker": job.worker})
    except Cancelled:
        end(job, JobState.CANCELLED)
    except HandedBack:
        put_back(job, counted=False)
    except meant_for_a_clerk as problem:
        end(job, JobState.FAILED, error=str(problem))
    except Exception:
        log.exception("job broke", extra={"job": str(job.pk), "kind": job.kind, "attempt": job.attempts, "request": name})
        words = _("系统出错，作业没有完成（编号 %(name)s）。请稍后重新发起；仍不行时，把编号告诉系统管理员。") % {"name": name}
        if job.attempts >= job.attempts_allowed:
            end(job, JobState.FAILED, error=words, result={"reference": name})
        else:
            put_back(job, after=kind.backoff * 3 ** (job.attempts - 1), error=words)
    finally:
        request_name.reset(token)


def _do(job: Job, kind: Kind, stopping: threading.Event, beating: bool) -> None:
    beat = Beat(job, kind.lease, stopping)
    with beat if beating else nullcontext():
        work = Work(
            job_id=job.pk,
            kind=job.kind,
            arguments=job.arguments,
            person_id=job.person_id,
            post_id=job.post_id,
            area_path=job.area_path,
            attempt=job.attempts,
            report=beat.report if beating else _straight(job),
        )
        result = kind.run(work)
    if beating:
        done, total, words = beat.progress
        held(job).update(done=done, total=total, words=words)
    end(job, JobState.DONE, result=result)


def _straight(job: Job) -> Callable[[int, int, str], None]:
    def report(done: int, total: int, words: str) -> None:
        held(job).update(done=done, total=total, words=words[:200])
        if held(job).filter(cancel_asked=True).exists():
            raise Cancelled

    return report


def run_waiting(limit: int = 100) -> int:
    """Does everything that is due, here and now, without a heartbeat; how many. For tests, and for filling the demo."""
    for count in range(limit):
        job = take("here")
        if job is None:
            return count
        do(job, threading.Event(), beating=False)
    return limit


class Worker:
    """One worker process: threads that take jobs, and the main thread, which says that they live and puts periodic jobs in line."""

    def __init__(self, threads: int = 1, *, periodic: bool = True) -> None:
        self.name = f"{socket.gethostname()[:40]}-{os.getpid()}-{uuid4().hex[:4]}"
        self.threads = threads
        self.periodic = periodic
        self.stopping = threading.Event()

    def stop(self, *_signal: Any) -> None:
        """Ends in order: no further job is taken; one that reports progress goes back into the line, one that does not is finished."""
        self.stopping.set()

    def run(self, *, once: bool = False) -> None:
        """Works until told to stop; with ``once`` until nothing is due."""
        self._speak()
        loops = [threading.Thread(target=self._loop, args=(n, once), name=f"jobs-{n}") for n in range(self.threads)]
        for loop in loops:
            loop.start()
        while any(loop.is_alive() for loop in loops):
            if once or self.stopping.is_set():
                for loop in loops:
                    loop.join(SAY / len(loops))
            else:
                self.stopping.wait(SAY)
            self._speak()
        self._quietly(lambda: say_gone(self.name))
        connection.close()

    def _speak(self) -> None:
        self._quietly(lambda: say_alive(self.name))
        if self.periodic and not self.stopping.is_set():
            self._quietly(put_due_in_line)

    def _quietly(self, act: Callable[[], object]) -> None:
        try:
            close_old_connections()
            act()
        except DatabaseError:
            # Locked or restarting: tried again in ten seconds.
            log.warning("database not reached", exc_info=True)

    def _loop(self, number: int, once: bool) -> None:
        try:
            while not self.stopping.is_set():
                close_old_connections()
                try:
                    job = take(f"{self.name}-{number}")
                    if job is not None:
                        do(job, self.stopping)
                except DatabaseError:
                    # The job, if one was taken, is taken up again when its lease has run out.
                    log.warning("database not reached", exc_info=True)
                    job = None
                if job is None:
                    if once:
                        return
                    self.stopping.wait(IDLE)
        finally:
            connection.close()
