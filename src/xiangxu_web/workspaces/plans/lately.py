"""What changed in a month, for the start pages: what was published, issued and approved, and the progress that was accepted."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from xiangxu import clock
from xiangxu.model.unit import Role
from xiangxu_web.kernel.actor import Actor
from xiangxu_web.kernel.permission import rows
from xiangxu_web.kernel.start import FEW, LATELY, Line, Question, Section, few
from xiangxu_web.workspaces.plans.entered import marked
from xiangxu_web.workspaces.plans.models import Plan, PlanVersion, Report, SubPlanEdition
from xiangxu_web.workspaces.plans.reporting import TOLD_OF_REPORT

# Papers and reports are read without their text, of which some are pages long.
_PLAN = ("title", "short_title", "area__name")


def _of_plan(way: str) -> list[str]:
    return [f"{way}__{name}" for name in _PLAN]


def lately(actor: Actor) -> list[Section]:
    """The papers first, which are few; then the progress, but for an inspector: reports are not among what that post sees."""
    return [_papers(actor), *([] if actor.is_any(Role.INSPECTOR) else [_accepted(actor)])]


def _papers(actor: Actor) -> Section:
    """Plans that were published, bulletins that were issued, sub-plans that were approved, the newest first. Above the counties each is
    told with its county."""
    since = clock.now() - LATELY

    published, versions = few(
        PlanVersion.objects.filter(plan__in=rows("plan.see", actor), published__gte=since)
        .select_related("plan__area")
        .only("number", "published", *_of_plan("plan"))
        .order_by("-published")
    )
    issued, bulletins = few(
        rows("bulletin.see", actor)
        .filter(issued__gte=since)
        .select_related("plan__area")
        .only("title", "issued", *_of_plan("plan"))
        .order_by("-issued")
    )
    approved, editions = few(
        SubPlanEdition.objects.filter(
            sub_plan__in=rows("sub-plan.see", actor), outcome=SubPlanEdition.Outcome.APPROVED, decided__gte=since
        )
        .select_related("sub_plan__plan__area")
        .only("title", "decided", "entered_for", *_of_plan("sub_plan__plan"))
        .order_by("-decided")
    )
    lines = [
        Line(
            str(v.plan),
            reverse("plan", args=[v.plan_id]),
            _told(actor, v.plan, _("发布方案") if v.number == 1 else _("发布第 %(n)s 版") % {"n": v.number}),
            at=v.published,
        )
        for v in versions
    ]
    lines += [
        Line(b.title, reverse("bulletin", args=[b.pk]), _told(actor, b.plan, _("印发通报")), at=b.issued) for b in bulletins
    ]
    lines += [
        Line(
            e.title,
            reverse("sub-plan", args=[e.sub_plan_id]),
            _told(actor, e.sub_plan.plan, marked(_("批复分方案"), entered=e.entered_for)),
            at=e.decided,
        )
        for e in editions
    ]
    lines.sort(key=lambda line: str(line.at), reverse=True)
    nothing = _("近 30 天没有。发布的方案、印发的通报、批复的分方案，会列在这里。")
    count = published + issued + approved
    # They lie in lists of their own: where all are told here, no other list is all of them.
    url = reverse("plans") if count > FEW else ""
    return Section(Question.CHANGED, _("近 30 天发布和印发的"), count, lines[:FEW], url, nothing)


def _accepted(actor: Actor) -> Section:
    since = clock.now() - LATELY
    accepted = rows("report.see", actor).filter(state=Report.State.ACCEPTED, decided__gte=since)
    told = accepted.select_related("task__plan__area", "unit").only(*TOLD_OF_REPORT, *_of_plan("task__plan"))
    count, reports = few(told.order_by("-decided"))
    lines = [
        Line(
            r.task.title,
            reverse("task", args=[r.task_id]),
            _told(actor, r.task.plan, marked(f"{r.unit} · {r.get_word_display()} · {r.line}", entered=r.entered_for)),
            at=r.decided,
        )
        for r in reports
    ]
    url = f"{reverse('reports')}?state={Report.State.ACCEPTED}&decided=lately"
    return Section(Question.CHANGED, _("近 30 天接收的进展"), count, lines, url, _("近 30 天没有接收进展。接收了的会列在这里。"))


def _told(actor: Actor, plan: Plan, words: str) -> str:
    return words if actor.county_path else f"{plan.area} · {words}"
