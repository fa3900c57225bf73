"""Kinds of jobs: what each is called, who does it, how often it is tried, how long a lease lasts, how often it comes by itself.

A workspace declares its kinds in ``jobs.py``::

    @job_kind("units.import", title=_("导入单位"), attempts=3, lease=60)
    def import_units(work: Work) -> dict[str, Any]:
        for n, line in enumerate(lines):
            work.progress(n, len(lines))
        return {"words": _("已导入 60 个单位。"), "url": "/units/"}

    every("files.sweep", days=1)

A job must do no harm when it is done twice: a worker may be killed after the work and before the note that it is done.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils.functional import Promise as LazyText

from xiangxu_web.kernel.jobs.work import Work
from xiangxu_web.kernel.models import Job

# What a job gives back: JSON. ``words`` (one sentence) and ``url`` (where the result lies) are shown on its page.
Run = Callable[[Work], Mapping[str, Any] | None]


@dataclass(frozen=True)
class Kind:
    """One kind of job. ``known``: exceptions whose words are meant for a clerk; a job that ends with one is not tried again.

    ``lease``, ``backoff``: seconds. The pause before the next attempt is ``backoff``, then three times as long, and so on.
    """

    name: str
    title: str | LazyText
    run: Run
    attempts: int
    lease: float
    backoff: float
    known: tuple[type[Exception], ...]


@dataclass(frozen=True)
class Periodic:
    """A kind of job that comes by itself: ``every`` so long after the last one was put in line, if there is something to do."""

    kind: str
    every: timedelta
    when: Callable[[], bool] | None


KINDS: dict[str, Kind] = {}
PERIODIC: dict[str, Periodic] = {}


def job_kind(
    name: str,
    *,
    title: str | LazyText,
    attempts: int = 3,
    lease: float = 60,
    backoff: float = 10,
    known: tuple[type[Exception], ...] = (),
) -> Callable[[Run], Run]:
    """Declares the kind of this name. A second one of the same name is a mistake in the program."""

    def declare(run: Run) -> Run:
        if name in KINDS:
            raise ValueError(f"job kind {name} is declared twice")
        KINDS[name] = Kind(name, title, run, attempts, lease, backoff, known)
        return run

    return declare


def title_of(job: Job) -> str:
    """The job's name; of a kind that the program knows no more, its word."""
    return str(KINDS[job.kind].title) if job.kind in KINDS else job.kind


def every(name: str, *, minutes: float = 0, hours: float = 0, days: float = 0, when: Callable[[], bool] | None = None) -> None:
    """Lets a declared kind come by itself so often; ``when`` spares the job while there is nothing to do."""
    if name not in KINDS:
        raise ValueError(f"job kind {name} is not declared")
    PERIODIC[name] = Periodic(name, timedelta(minutes=minutes, hours=hours, days=days), when)
