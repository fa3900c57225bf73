"""Publishing a draft: what will be published, and the one button."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from xiangxu_web.kernel.permission import demand, row
from xiangxu_web.kernel.web import Request
from xiangxu_web.workspaces.areas.api import Unit
from xiangxu_web.workspaces.plans.api import CannotPublish, SomebodyElse, publish_draft
from xiangxu_web.workspaces.plans.drafting.rows import doubtful, unsettled
from xiangxu_web.workspaces.plans.drafting.units import unmatched
from xiangxu_web.workspaces.plans.models import Draft
from xiangxu_web.workspaces.plans.pages.draft_rows import CHECK
from xiangxu_web.workspaces.plans.rules import RUN_PLANS


def publish(request: Request, key: int) -> HttpResponse:
    """What will be published, and the one button; publishing works at once. What stands in the way is told on the same page."""
    demand(request.actor, RUN_PLANS)
    found: Draft = row("draft.see", request.actor, pk=key)
    problem = ""
    if request.method == "POST":
        try:
            plan = publish_draft(request.actor, found)
        except (CannotPublish, SomebodyElse) as refused:
            problem = str(refused)
            found.refresh_from_db()
        else:
            messages.success(request, _("方案已发布，任务已出现在各单位的首页。"))
            return redirect(reverse("plan", args=[plan.pk]))
    if found.state != Draft.State.OPEN:
        messages.info(request, _("这份导入稿现在是“%(state)s”，不用再发布。") % {"state": found.get_state_display()})
        return redirect(reverse("plan", args=[found.plan_id]) if found.plan_id else reverse("draft", args=[key]))
    return render(
        request, "plans/draft_publish.html", _summary(found) | {"title": _("发布方案"), "draft": found, "problem": problem}
    )


def _summary(found: Draft) -> dict[str, Any]:
    now = found.current
    tasks = [each for each in now["tasks"] if not each["dropped"]]
    promises = [each for each in now["promises"] if not each["dropped"]]
    by = {word: sum(each["binding"] == word for each in promises) for word in ("confirmed", "later", "proposed")}
    used = {printed for each in tasks for printed in (*(each["lead"] or each["proposed"]), *each["participants"])}
    units = Unit.objects.in_bulk({at["unit"] for at in now["units"].values() if at["unit"]})
    return {
        "doc": now["doc"],
        "tasks": len(tasks),
        "promises": len(promises),
        "by": by,
        "doubtful": sum(map(doubtful, (*tasks, *promises))),
        "ownerless": [each for each in tasks if not each["lead"] and not each["proposed"]],
        "proposed": sum(not each["lead"] and bool(each["proposed"]) for each in tasks),
        "unmatched": [printed for printed in unmatched(now["units"]) if printed in used],
        "units": len(units),
        "unsettled": len(unsettled(now)),
        "check_tab": CHECK,
    }
