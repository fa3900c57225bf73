"""Reporting without an account: a signed link opens the rows of one unit, a form for each, the answer to a part sent down to it, and the
button of each step."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from xiangxu_web.kernel.permission import row, rows
from xiangxu_web.kernel.web import number_in
from xiangxu_web.workspaces.accounts.api import LinkRequest
from xiangxu_web.workspaces.plans.models import Report, Task
from xiangxu_web.workspaces.plans.nodes import Shown, shown
from xiangxu_web.workspaces.plans.pages.node import take_word
from xiangxu_web.workspaces.plans.pages.report_form import answered
from xiangxu_web.workspaces.plans.pages.split import take_answer
from xiangxu_web.workspaces.plans.standing import lamp_of, with_standing

# The visitor sees no frame and no search: nothing but the own rows is theirs.
_BARE: dict[str, Any] = {
    "navigation": [],
    "navigation_foot": [],
    "navigation_rest": [],
    "posts": (),
    "actor": None,
    "can_search": False,
}


def _to_tap(steps: Sequence[Shown]) -> bool:
    """Whether a step is still to be stated: one with a figure is reached by what is reported, and has no button."""
    return any(each.may_state and each.node.stated is None for each in steps)


def by_link(request: LinkRequest) -> HttpResponseBase:
    """The unit's rows; with ``?task=`` the form of one, with ``?part=`` the unit's word on a part sent down to it, with ``?node=`` its
    word on a step. What the link is about may narrow the rows; it never widens them."""
    wanted = request.link.about.get("tasks")
    found = rows("task.report", request.actor).filter(dropped=None)
    if wanted:
        found = found.filter(pk__in=wanted)
    if request.method == "POST" and (part := number_in(request.GET.get("part", ""))) is not None:
        take_answer(request, found.filter(pk=part).values_list("pk", flat=True).first() or 0)
        return redirect(request.path)
    if request.method == "POST" and (node := number_in(request.GET.get("node", ""))) is not None:
        row("node.state", request.actor, pk=node, target=None, task__in=found.order_by().values("pk"))
        take_word(request, node)
        return redirect(request.path)
    if (key := number_in(request.GET.get("task", ""))) is not None:
        task: Task = row("task.report", request.actor, pk=found.filter(pk=key).values_list("pk", flat=True).first() or 0)
        report, context = answered(request, request.actor, task)
        if report is None:
            status = 422 if context["form"].errors else 200
            return render(request, "plans/report_by_link_form.html", {**context, **_BARE, "back": request.path}, status=status)
        messages.success(request, _("已报送，等教育局审核。"))
        return redirect(request.path)
    tasks = list(with_standing(found).select_related("answerable").order_by("due_on", "order"))
    steps: dict[int | None, list[Shown]] = defaultdict(list)
    for step in shown(request.actor, [node for task in tasks for node in task.known_nodes]):  # type: ignore[attr-defined]
        steps[step.node.task_id].append(step)
    answerable = set(rows("part.answer", request.actor).filter(pk__in=[t.pk for t in tasks]).values_list("pk", flat=True))
    last: dict[int, Report] = {}
    for each in rows("report.see", request.actor).filter(task__in=[t.pk for t in tasks]).order_by("made", "pk"):
        last[each.task_id] = each
    return render(
        request,
        "plans/report_by_link.html",
        {
            **_BARE,
            "title": request.actor.unit_name,
            "rows": [(task, lamp_of(task), last.get(task.pk), steps[task.pk], _to_tap(steps[task.pk])) for task in tasks],
            "answerable": answerable,
            "until": localtime(request.link.expires).date(),
        },
    )
