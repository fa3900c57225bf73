"""Jobs that come by themselves: put into the line when their time has come."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from xiangxu import clock
from xiangxu_web.kernel.jobs.kinds import PERIODIC, every, job_kind
from xiangxu_web.kernel.jobs.queue import LIVE, enqueue
from xiangxu_web.kernel.jobs.work import Work
from xiangxu_web.kernel.models import Job

# How long jobs that are over stay in the list: a person's own, and those that came by themselves.
KEPT = timedelta(days=180)
KEPT_PERIODIC = timedelta(days=14)
_MARK = "periodic:"


def put_due_in_line() -> int:
    """Puts every periodic job into the line whose time has come; how many. Several workers may do this at once: one job comes of it."""
    now, count = clock.ticking(), 0
    for each in PERIODIC.values():
        mark = _MARK + each.kind
        last = Job.objects.filter(kind=each.kind, only_one=mark).order_by("-not_before").first()
        if last is not None and (last.state in LIVE or last.not_before + each.every > now):
            continue
        if each.when is None or each.when():
            enqueue(each.kind, only_one=mark)
            count += 1
    return count


@job_kind("jobs.prune", title=_("清理已结束的作业"))
def prune(work: Work) -> dict[str, int]:
    """Removes jobs that are long over. What they did stands in the audit; the list of jobs is only for following them."""
    now = clock.now()
    over = Job.objects.exclude(state__in=LIVE)
    own, _each = over.filter(ended__lt=now - KEPT).delete()
    periodic, _each = over.filter(ended__lt=now - KEPT_PERIODIC, only_one__startswith=_MARK).delete()
    return {"removed": own + periodic}


every("jobs.prune", days=1)
