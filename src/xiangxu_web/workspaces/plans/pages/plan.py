"""The list of plans and the page of one."""

from __future__ import annotations

from django.db.models import Count
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from xiangxu_web.kernel.components.table import Column, Table
from xiangxu_web.kernel.permission import row, rows
from xiangxu_web.kernel.web import Request
from xiangxu_web.workspaces.plans.models import Plan, Target, Task

PLANS = Table(
    "plans",
    columns=[
        Column("title", _("标题"), sort=("title",), url=lambda p: reverse("plan", args=[p.pk])),
        Column("doc_number", _("文号"), sort=("doc_number",)),
        Column("issuer", _("发文机关"), sort=("issuer",)),
        Column("issued_on", _("印发日期"), sort=("issued_on",), kind="date"),
    ],
    search=("title", "doc_number", "issuer"),
    order=("-issued_on",),
    empty=_("还没有发布的方案。"),
)


def plans(request: Request) -> HttpResponseBase:
    """All plans that the post may see."""
    return PLANS.respond(request, rows("plan.see", request.actor), title=_("方案"))


def plan(request: Request, key: int) -> HttpResponse:
    """One plan: how it stands, its tasks and targets, versions and bulletins."""
    found: Plan = row("plan.see", request.actor, pk=key)
    tasks = rows("task.see", request.actor).filter(plan=found, dropped=None, parent=None)
    targets = rows("target.see", request.actor).filter(plan=found, dropped=None)
    words = dict(tasks.order_by().values_list("word").annotate(n=Count("pk", distinct=True)))
    kinds = dict(targets.order_by().values_list("evaluator_kind").annotate(n=Count("pk", distinct=True)))
    return render(
        request,
        "plans/plan.html",
        {
            "title": str(found),
            "plan": found,
            "document": [
                (_("标题"), found.title),
                (_("文号"), found.doc_number or None),
                (_("发文机关"), found.issuer or None),
                (_("印发日期"), found.issued_on),
                (_("版本"), found.versions.count()),
            ],
            "tasks": sum(words.values()),
            "tasks_url": f"{reverse('tasks')}?plan={found.pk}",
            "by_word": [(title, words.get(word, 0)) for word, title in Task.Word.choices],
            "targets": sum(kinds.values()),
            "targets_url": f"{reverse('targets')}?plan={found.pk}",
            "by_kind": [
                *((title, kinds.get(kind, 0)) for kind, title in Target.Evaluator.choices),
                (_("暂不计算"), kinds.get("", 0)),
            ],
        },
    )
