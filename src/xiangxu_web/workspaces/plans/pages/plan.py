"""The list of plans and the page of one."""

from __future__ import annotations

from typing import Any

from django.db.models import Max
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from xiangxu.targets.status import Status
from xiangxu_web.kernel.components.lamp import Lamp
from xiangxu_web.kernel.components.table import Column, Table
from xiangxu_web.kernel.files.serve import sent
from xiangxu_web.kernel.files.store import path_of
from xiangxu_web.kernel.permission import may, rows
from xiangxu_web.kernel.web import Request, number_in
from xiangxu_web.workspaces.plans.counting import (
    Counted,
    count_targets,
    count_tasks,
    targets_retold_words,
    tasks_retold_words,
    tasks_words,
    waiting_words,
)
from xiangxu_web.workspaces.plans.models import Draft, Plan
from xiangxu_web.workspaces.plans.next_steps import next_steps
from xiangxu_web.workspaces.plans.page_pictures import files_of, originals
from xiangxu_web.workspaces.plans.pages.bulletin import called, state_words
from xiangxu_web.workspaces.plans.pages.draft import unfinished
from xiangxu_web.workspaces.plans.pages.draft_document import document_of, picture
from xiangxu_web.workspaces.plans.pages.task import OF_DOCUMENT
from xiangxu_web.workspaces.plans.rules import RUN_PLANS
from xiangxu_web.workspaces.plans.standing import STATES

PLANS = Table(
    "plans",
    columns=[
        Column("title", _("方案"), value=str, sort=("title",), url=lambda p: reverse("plan", args=[p.pk])),
        Column("full_title", _("全称"), value=lambda p: p.title if p.short_title else None, filled=Max("short_title")),
        Column("doc_number", _("文号"), sort=("doc_number",)),
        Column("issuer", _("发文机关"), sort=("issuer",)),
        Column("issued_on", _("印发日期"), sort=("issued_on",), kind="date"),
    ],
    search=("title", "short_title", "doc_number", "issuer"),
    order=("-issued_on",),
    empty=_("还没有发布的方案。"),
    template="plans/plans.html",
)


def plans(request: Request) -> HttpResponseBase:
    """All plans that the post may see; above them, for whoever may edit, those that are still being drafted."""
    imports = may(request.actor, RUN_PLANS)
    return PLANS.respond(
        request, rows("plan.see", request.actor), title=_("方案"), imports=imports, drafts=unfinished(request) if imports else ()
    )


def plan(request: Request, key: int) -> HttpResponse:
    """One plan: how it stands, its tasks and targets, versions and bulletins. Of one that binds the county from above, its document alone:
    how it stands is the business of whoever issued it, and no nought stands where nothing may be seen."""
    found: Plan = get_object_or_404(rows("plan.see", request.actor).select_related("area"), pk=key)
    if request.actor.county_path and found.area.path != request.actor.county_path:
        return render(request, "plans/plan_above.html", {"title": str(found), "plan": found, "document": _facts(found)})
    tasks = rows("task.see", request.actor).filter(plan=found, dropped=None, parent=None)
    targets = rows("target.see", request.actor).filter(plan=found, dropped=None)
    standing, judged = count_tasks(tasks), count_targets(targets)
    return render(
        request,
        "plans/plan.html",
        {
            "title": str(found),
            "plan": found,
            "standing": tasks_words(standing) if standing.all else "",
            "document": _facts(found),
            "tasks": standing.all,
            "tasks_retold": tasks_retold_words(standing.all, standing.retold),
            "tasks_url": f"{reverse('tasks')}?plan={found.pk}&mine={OF_DOCUMENT}",
            "by_state": _by_state(standing),
            "targets": judged.all,
            "targets_retold": targets_retold_words(judged.all, judged.retold),
            "targets_url": f"{reverse('targets')}?plan={found.pk}",
            "waiting": waiting_words(judged.waiting, runs=may(request.actor, RUN_PLANS)),
            "by_verdict": [(Lamp(status.value), status.value, judged.having(status)) for status in Status],
            "versions": list(found.versions.order_by("-number")),
            "bulletins": [(each, called(each), state_words(each)) for each in _bulletins(request, found)],
            "next_steps": next_steps(request.actor, found),
            "may_run": may(request.actor, RUN_PLANS) and found.area.path == request.actor.county_path,
        },
    )


def _facts(plan: Plan) -> list[tuple[str | LazyText, Any]]:
    return [
        (_("标题"), plan.title),
        (_("文号"), plan.doc_number or None),
        (_("发文机关"), plan.issuer or None),
        (_("印发日期"), plan.issued_on),
        (_("实施至"), plan.runs_until),
    ]


def _by_state(standing: Counted) -> list[tuple[Lamp, str, int]]:
    """How many tasks stand how; what waits for a report has no lamp but its word."""
    lamps = set(Status)
    return [
        (Lamp(state if state in lamps else Status.WAITING_DATA.value, words), state, standing.by_state.get(state, 0))
        for state, words in STATES.items()
    ]


def _bulletins(request: Request, plan: Plan) -> Any:
    found = rows("bulletin.see", request.actor).filter(plan=plan).prefetch_related("corrected_by")
    return found.order_by("-number", "-edition")[:6]


def plan_document(request: Request, key: int) -> HttpResponse:
    """The issued document as the office knows it: its pages, or its text (``?as=text`` asks for it); ``?at=start-end`` lights a place
    in it."""
    found: Plan = get_object_or_404(rows("plan.see", request.actor), pk=key)
    draft = _draft(found)
    context = {
        "title": now("方案原文"),
        "plan": found,
        "document": document_of(draft, _place(request.GET.get("at", "")), found.pk, as_text=request.GET.get("as") == "text"),
        "originals": [file.name for file in originals(draft)],
    }
    return render(request, "plans/plan_document.html", context)


@require_safe
def plan_original(request: Request, key: int, number: int) -> HttpResponseBase:
    """A file of the issued document as it was uploaded, to be saved: for whoever sees the plan, as the page is."""
    found: Plan = get_object_or_404(rows("plan.see", request.actor), pk=key)
    file = originals(_draft(found))[number - 1 : number].first() if number else None
    if file is None or not path_of(file.blob_id).exists():
        raise Http404(now("这份方案没有这个原件，或者原件不在服务器上，可能恢复备份时没有带上。请联系系统管理员。"))
    return sent(
        request,
        path_of(file.blob_id),
        media_type=file.blob.media_type,
        name=file.name,
        etag=file.blob_id[:32],
        shown=False,
        kept=True,
    )


@require_safe
def plan_page(request: Request, key: int, number: int) -> HttpResponseBase:
    """The picture of one page of the issued document, for whoever sees the plan: it is the public paper, its draft is not."""
    found: Plan = get_object_or_404(rows("plan.see", request.actor), pk=key)
    draft = _draft(found)
    return picture(request, draft, files_of(draft), number)


def _draft(plan: Plan) -> Draft:
    """The document of the version in force."""
    version = plan.versions.select_related("draft").order_by("-number").first()
    if version is None:
        raise Http404
    return version.draft


def _place(at: str) -> dict[str, int] | None:
    start, _dash, end = at.partition("-")
    first, last = number_in(start), number_in(end)
    return None if first is None or last is None else {"start": first, "end": last}
