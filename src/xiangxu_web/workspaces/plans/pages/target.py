"""The list of targets and the page of one."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from xiangxu.documents.wording import requirement
from xiangxu_web.kernel.components.table import Column, Filter, Table
from xiangxu_web.kernel.permission import row, rows
from xiangxu_web.kernel.web import Request
from xiangxu_web.workspaces.plans.cards import evaluator
from xiangxu_web.workspaces.plans.models import Target


def _plans(request: HttpRequest) -> Iterable[tuple[str, str]]:
    return [(str(plan.pk), str(plan)) for plan in rows("plan.see", request.actor).order_by("-made")]  # type: ignore[attr-defined]


def wanted(target: Target) -> str:
    """What the promise asks for, in figures: ≥ 85 %, 全部, 完成."""
    return requirement(target.op, target.value, target.value2, target.uom or None, target.baseline)


def how(target: Target) -> str:
    """How it is computed: the evaluator's title, or that nobody has settled it."""
    card = evaluator(target.evaluator) if target.evaluator else None
    return card.title.zh if card else str(target.get_binding_display())


TARGETS = Table(
    "targets",
    columns=[
        Column("metric", _("目标"), sort=("metric",), url=lambda t: reverse("target", args=[t.pk])),
        Column("scope", _("范围"), sort=("scope",)),
        Column("wanted", _("要求"), value=wanted),
        Column("due_on", _("时限"), sort=("due_on",), kind="date"),
        Column("how", _("怎么算"), value=how, sort=("evaluator",)),
        Column("binding", _("绑定"), value=lambda t: t.get_binding_display(), sort=("binding",), kind="tag"),
        Column("task", _("任务"), sort=("task__order",), url=lambda t: reverse("task", args=[t.task_id]) if t.task_id else None),
    ],
    filters=[
        Filter("plan", _("方案"), _plans, lambda found, value: found.filter(plan_id=value)),
        Filter("binding", _("绑定"), lambda r: Target.Binding.choices, lambda found, value: found.filter(binding=value)),
        Filter("kind", _("怎么算"), lambda r: Target.Evaluator.choices, lambda found, value: found.filter(evaluator_kind=value)),
    ],
    search=("metric", "quote", "scope"),
    order=("plan", "order"),
    empty=_("还没有目标：发布方案后，文件里的每一条承诺都会列在这里。"),
)


def targets(request: Request) -> HttpResponseBase:
    """All targets that the post may see."""
    found = rows("target.see", request.actor).filter(dropped=None).select_related("task", "plan")
    return TARGETS.respond(request, found, title=_("目标"))


def target(request: Request, key: int) -> HttpResponse:
    """One target: the words of the document, how success is judged, what is known."""
    found: Target = row("target.see", request.actor, pk=key)
    card = evaluator(found.evaluator) if found.evaluator else None
    return render(request, "plans/target.html", {"title": found.metric, "target": found, "card": card, "wanted": wanted(found)})
