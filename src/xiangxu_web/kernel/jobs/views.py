"""The pages of jobs: one's own; for the system administrator all of the county, without what they are about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from xiangxu import clock
from xiangxu.model.unit import Role
from xiangxu_web.kernel.actor import Actor
from xiangxu_web.kernel.audit.names import names
from xiangxu_web.kernel.audit.record import action
from xiangxu_web.kernel.audit.verbs import CANCEL_JOB
from xiangxu_web.kernel.components.lamp import Lamp
from xiangxu_web.kernel.components.table import Column, Filter, Table
from xiangxu_web.kernel.jobs.alive import last_sign, workers_alive
from xiangxu_web.kernel.jobs.kinds import KINDS, title_of
from xiangxu_web.kernel.jobs.queue import LIVE, cancel
from xiangxu_web.kernel.models import Job, JobState
from xiangxu_web.kernel.permission import allowed, row, rows
from xiangxu_web.kernel.web import Request

_LAMPS = {
    JobState.WAITING: "none",
    JobState.RUNNING: "none",
    JobState.DONE: "good",
    JobState.FAILED: "bad",
    JobState.CANCELLED: "none",
}


def _stamp(at: datetime | None) -> str | None:
    return timezone.localtime(at).strftime("%Y-%m-%d %H:%M") if at else None


def _lamp(job: Job) -> Lamp:
    return Lamp(_LAMPS[JobState(job.state)], JobState(job.state).label)


def _course(job: Job) -> str | None:
    return f"{job.done} / {job.total}" if job.total else None


def _who(job: Job, people: Mapping[int, str]) -> str:
    return people[job.person_id] if job.person_id is not None else _("系统")


_COLUMNS = (
    Column("kind", gettext_lazy("作业"), value=title_of, url=lambda job: reverse("job", args=[job.pk])),
    Column("state", gettext_lazy("状态"), value=_lamp, kind="lamp", sort=("state",)),
    Column("course", gettext_lazy("进度"), value=_course),
    Column("made", gettext_lazy("发起"), value=lambda job: _stamp(job.made), sort=("made",), telling=True),
    Column("ended", gettext_lazy("结束"), value=lambda job: _stamp(job.ended), sort=("ended",)),
    Column("attempts", gettext_lazy("次数"), kind="number"),
)
JOBS = Table(
    "jobs",
    columns=_COLUMNS,
    filters=[
        Filter("state", gettext_lazy("状态"), lambda request: JobState.choices, lambda found, value: found.filter(state=value)),
        Filter(
            "kind",
            gettext_lazy("作业"),
            lambda request: [(kind.name, kind.title) for kind in KINDS.values()],
            lambda found, value: found.filter(kind=value),
        ),
    ],
    order=("-made",),
    empty=gettext_lazy("没有后台作业。导入、读文件等耗时的办理会排到这里，可以离开页面，办完再回来看。"),
    template="jobs/list.html",
)


@require_GET
def jobs(request: Request) -> HttpResponseBase:
    """One's own jobs; the system administrator's list holds the county's and the system's own."""
    seen = rows("job.see", request.actor)
    people = names("person", seen.order_by().values_list("person_id", flat=True).distinct())
    who = Column("who", _("发起人"), value=lambda job: _who(job, people))
    return replace(JOBS, columns=[*_COLUMNS, who]).respond(request, seen, title=_("后台作业"), **_workers(request.actor))


def _workers(actor: Actor) -> dict[str, object]:
    """What the pages say where nobody works."""
    if workers_alive():
        return {"idle": False}
    return {"idle": True, "last_sign": _stamp(last_sign()), "administers": actor.is_any(Role.SYSTEM_ADMIN)}


def _pause(job: Job) -> int:
    """How many seconds the page waits before it asks again: one in the first minute, more the longer the job takes."""
    age = (clock.now() - job.made).total_seconds()
    return 1 if age < 60 else 3 if age < 600 else 10


def _shown(job: Job, actor: Actor) -> dict[str, object]:
    """What this post sees of the job: the course for everybody who may see it, its words and result for whoever started it."""
    own = job.person_id == actor.person_id
    url = str(job.result.get("url", ""))
    safe = url_has_allowed_host_and_scheme(url, allowed_hosts=None) and url.startswith("/")
    reference = job.result.get("reference")
    error = job.error if own or not reference else _("系统出错，编号 %(reference)s。") % {"reference": reference}
    live = job.state in LIVE
    return {
        "job": job,
        "course": {
            "state": job.state,
            "done": job.done,
            "total": job.total,
            "words": job.words if own and live else "",
            "error": error if own or reference else (_("没有完成，原因只告知发起人。") if job.error else ""),
            "cancel_asked": job.cancel_asked,
        },
        "live": live,
        "pause": _pause(job),
        "cancel": reverse("job-cancel", args=[job.pk]) if live and allowed("job.cancel", actor, job) else "",
        "back": url if own and safe else "",
        "said": job.result.get("words", "") if own and not live else "",
        # A job that waits for its next attempt says what went wrong in the last one.
        "before": job.error if own and job.state == JobState.WAITING else "",
        **(_workers(actor) if live else {}),
    }


@require_GET
def job(request: Request, pk: UUID) -> HttpResponse:
    """One job and its course."""
    found: Job = row("job.see", request.actor, pk=pk)
    facts = [
        (_("发起"), _stamp(found.made)),
        (_("发起人"), _who(found, names("person", [found.person_id]))),
        (_("开始"), _stamp(found.started)),
        (_("结束"), _stamp(found.ended)),
        (_("第几次尝试"), _("%(n)s / 最多 %(most)s") % {"n": found.attempts, "most": found.attempts_allowed}),
    ]
    context = {"title": title_of(found), "facts": facts, **_shown(found, request.actor)}
    return render(request, "jobs/job.html", context)


@require_GET
def job_progress(request: Request, pk: UUID) -> HttpResponse:
    """The course alone, for the page that waits. When the job is over the page is loaded anew, once."""
    found: Job = row("job.see", request.actor, pk=pk)
    if found.state not in LIVE:
        return HttpResponse(headers={"HX-Refresh": "true"})
    return render(request, "jobs/course.html", _shown(found, request.actor))


@require_POST
def job_cancel(request: Request, pk: UUID) -> HttpResponse:
    """Cancels: a waiting job at once, a running one where it next reports."""
    found: Job = row("job.cancel", request.actor, pk=pk)
    with action(request.actor, CANCEL_JOB) as record:
        done = cancel(found)
        record.noted(found, cancelled=done)
    if not done:
        messages.info(request, _("作业已经结束，无需取消。"))
    return redirect("job", pk=pk)
