"""The list of plans and the page of one."""

from __future__ import annotations

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from xiangxu_web.kernel.components.table import Column, Table
from xiangxu_web.kernel.permission import row, rows
from xiangxu_web.kernel.web import Request

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
    found = row("plan.see", request.actor, pk=key)
    tasks = rows("task.see", request.actor).filter(plan=found, dropped=None)
    targets = rows("target.see", request.actor).filter(plan=found, dropped=None)
    return render(
        request, "plans/plan.html", {"title": str(found), "plan": found, "tasks": tasks.count(), "targets": targets.count()}
    )
