"""Jobs in the navigation and on the start page: for the system administrator, who looks after them. Others come to theirs from the page
that started it."""

from __future__ import annotations

from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from xiangxu import clock
from xiangxu.model.unit import Role
from xiangxu_web.kernel.actor import Actor
from xiangxu_web.kernel.frame import Entry, navigation
from xiangxu_web.kernel.jobs.kinds import title_of
from xiangxu_web.kernel.models import JobState
from xiangxu_web.kernel.permission import rows
from xiangxu_web.kernel.start import Line, Question, Section, Start, few, on_start

# So long a job that failed is told of.
_TOLD = timedelta(days=7)

navigation(Entry(93, _("后台作业"), "jobs", "clock", lambda actor: actor.is_any(Role.SYSTEM_ADMIN), under=("/jobs/",)))


@on_start(92)
def start(actor: Actor) -> Start:
    """For the system administrator: the jobs of the week that failed."""
    if not actor.is_any(Role.SYSTEM_ADMIN):
        return Start()
    failed = rows("job.see", actor).filter(state=JobState.FAILED, ended__gte=clock.now() - _TOLD)
    count, found = few(failed.order_by("-ended"))
    lines = [
        Line(title_of(job), reverse("job", args=[job.pk]), _now("试了 %(n)s 次") % {"n": job.attempts}, at=job.ended)
        for job in found
    ]
    return Start("", [Section(Question.RED, _("近 7 天没有办成的后台作业"), count, lines, reverse("jobs") + "?state=failed")])
