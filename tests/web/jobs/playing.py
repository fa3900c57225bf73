"""Kinds of jobs for the tests, and the real worker that knows them: ``python -m tests.web.jobs.playing [options of site worker]``."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Any

from xiangxu_web.commands.site_worker import worker
from xiangxu_web.kernel.jobs.kinds import PERIODIC, job_kind
from xiangxu_web.kernel.jobs.work import Work
from xiangxu_web.kernel.models import Preference


def note(work: Work, words: str) -> None:
    """Appends a line to the file named in the job's arguments; one write, so lines of several processes do not mix."""
    descriptor = os.open(work.arguments["log"], os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    os.write(descriptor, f"{words} {work.job_id} {os.getpid()}\n".encode())
    os.close(descriptor)


@job_kind("test.brief", title="短任务", lease=30)
def brief(work: Work) -> None:
    """Begins, waits a moment, ends: two at once on one job would show."""
    note(work, "begin")
    time.sleep(0.005)
    note(work, "end")


@job_kind("test.slow", title="慢任务", lease=2)
def slow(work: Work) -> dict[str, Any]:
    """Counts to ``steps``, a tenth of a second each, and leaves one row however often it is done."""
    note(work, "begin")
    steps = work.arguments["steps"]
    for n in range(steps):
        work.progress(n, steps, f"第 {n} 步")
        time.sleep(0.1)
    Preference.objects.update_or_create(person_id=0, key=str(work.job_id), defaults={"value": {"steps": steps}})
    note(work, "end")
    return {"words": "数完了。", "url": "/jobs/"}


@job_kind("test.busy", title="不报进度的任务", lease=2)
def busy(work: Work) -> None:
    """Computes for three leases without a word."""
    note(work, "begin")
    until = time.monotonic() + 6
    count = 0
    while time.monotonic() < until:
        count += sum(range(100))
    note(work, "end")


def lines(log: Path) -> list[list[str]]:
    """The log, word by word."""
    return [line.split() for line in log.read_text().splitlines()] if log.exists() else []


if __name__ == "__main__":
    # Only what the test puts in line.
    PERIODIC.clear()
    worker()
