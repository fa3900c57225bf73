"""The line of jobs: put in, take, end, cancel. Every step is one statement or one short transaction, safe for many workers at once.

A job is taken for the time of a lease. Whoever holds it is known by worker and attempt together: a worker that lost its lease finds no
row to write to, so it cannot overwrite what its successor did.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, models, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from xiangxu import clock
from xiangxu_web.kernel.actor import Actor
from xiangxu_web.kernel.jobs.kinds import KINDS
from xiangxu_web.kernel.languages import spoken_to
from xiangxu_web.kernel.models import Job, JobState

LIVE = (JobState.WAITING, JobState.RUNNING)


def enqueue(
    kind: str,
    arguments: Mapping[str, Any] | None = None,
    actor: Actor | None = None,
    *,
    only_one: str = "",
    not_before: datetime | None = None,
) -> Job:
    """Puts a job into the line, in the caller's transaction: it exists only if the caller's change does.

    With ``only_one`` (a word such as ``backup``) at most one job of that word waits or runs; the one that is already there is given back.
    """
    declared = KINDS[kind]
    job = Job(
        kind=kind,
        arguments=dict(arguments or {}),
        person_id=actor.person_id if actor else None,
        post_id=actor.post_id if actor else None,
        area_path=(actor.county_path or actor.area_path) if actor else "",
        made=clock.now(),
        not_before=not_before or clock.ticking(),
        attempts_allowed=declared.attempts,
        only_one=only_one,
    )
    if not only_one:
        job.save(force_insert=True)
        return job
    live = Job.objects.filter(only_one=only_one, state__in=LIVE)
    there = live.first()
    if there is not None:
        return there
    try:
        with transaction.atomic():
            job.save(force_insert=True)
    except IntegrityError:
        # Somebody put one in between our look and our insert.
        return live.first() or enqueue(kind, arguments, actor, only_one=only_one, not_before=not_before)
    return job


def due(now: datetime) -> models.QuerySet[Job]:
    """Jobs that a worker may take: waiting ones whose time has come, and running ones whose worker's lease ran out."""
    return Job.objects.filter(
        Q(state=JobState.WAITING, not_before__lte=now) | Q(state=JobState.RUNNING, lease_until__lt=now), kind__in=KINDS
    ).order_by("not_before", "made")


def take(worker: str) -> Job | None:
    """The next job, now held by this worker; None where nothing is due.

    On PostgreSQL rows locked by others are passed over; on SQLite the transaction takes the write lock at its beginning.
    """
    # A look without a lock first: an idle worker must not ask for SQLite's only write lock every second.
    if not due(clock.ticking()).exists():
        return None
    with transaction.atomic():
        while True:
            now = clock.ticking()
            job = due(now).select_for_update(skip_locked=True).first()
            if job is None:
                return None
            if job.cancel_asked:
                _close(job, JobState.CANCELLED)
            elif job.state == JobState.RUNNING and job.attempts >= job.attempts_allowed:
                with spoken_to(job.person_id):
                    job.error = _(
                        "执行作业的进程 %(times)d 次中途停止，作业没有完成。请稍后重新发起；仍不行时联系系统管理员。"
                    ) % {"times": job.attempts}
                _close(job, JobState.FAILED)
            else:
                job.state = JobState.RUNNING
                job.worker = worker
                job.attempts += 1
                job.started = job.started or clock.now()
                job.lease_until = now + timedelta(seconds=KINDS[job.kind].lease)
                job.save(update_fields=["state", "worker", "attempts", "started", "lease_until"])
                return job


def _close(job: Job, state: JobState) -> None:
    job.state, job.ended, job.lease_until = state, clock.now(), None
    job.save(update_fields=["state", "ended", "lease_until", "error"])


def held(job: Job) -> models.QuerySet[Job]:
    """The job's row, if whoever took it still holds it; else nothing."""
    return Job.objects.filter(pk=job.pk, state=JobState.RUNNING, worker=job.worker, attempts=job.attempts)


def end(job: Job, state: JobState, *, error: str = "", result: Mapping[str, Any] | None = None) -> bool:
    """The job is over. False where another worker holds it by now; then nothing was written."""
    changed = held(job).update(state=state, ended=clock.now(), lease_until=None, error=error, result=dict(result or {}))
    return bool(changed)


def put_back(job: Job, *, after: float = 0, counted: bool = True, error: str = "") -> bool:
    """The job waits again: for its next attempt after so many seconds, or, not ``counted``, because its worker is being stopped."""
    attempts = job.attempts if counted else job.attempts - 1
    changed = held(job).update(
        state=JobState.WAITING,
        worker="",
        lease_until=None,
        attempts=attempts,
        not_before=clock.ticking() + timedelta(seconds=after),
        error=error,
    )
    return bool(changed)


def cancel(job: Job) -> bool:
    """Cancels: a waiting job at once, a running one at its next report of progress. False where it was over already."""
    now = clock.now()
    if Job.objects.filter(pk=job.pk, state=JobState.WAITING).update(state=JobState.CANCELLED, ended=now, cancel_asked=True):
        return True
    return bool(Job.objects.filter(pk=job.pk, state=JobState.RUNNING).update(cancel_asked=True))
