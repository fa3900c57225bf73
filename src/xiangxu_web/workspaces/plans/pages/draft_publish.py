"""Publishing a draft: what will be published, and the one button."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xiangxu_web.kernel.permission import demand, row
from xiangxu_web.kernel.web import Request
from xiangxu_web.workspaces.areas.api import Unit
from xiangxu_web.workspaces.plans.api import CannotPublish, SomebodyElse, publish_draft
from xiangxu_web.workspaces.plans.binding import settled_before
from xiangxu_web.workspaces.plans.counting import targets_retold_words
from xiangxu_web.workspaces.plans.drafting.packed import PACK
from xiangxu_web.workspaces.plans.drafting.rows import doubtful, retold, unsettled
from xiangxu_web.workspaces.plans.drafting.units import unmatched
from xiangxu_web.workspaces.plans.importing import known_as, unanswered
from xiangxu_web.workspaces.plans.models import Draft
from xiangxu_web.workspaces.plans.pages.draft_forms import until_words
from xiangxu_web.workspaces.plans.rules import RUN_PLANS


class IssuedForm(forms.Form):
    """That a text put up for comment has been issued since, under which number and when."""

    issued = forms.BooleanField(
        label=gettext_lazy("这份已经正式印发"),
        error_messages={"required": gettext_lazy("这是征求意见稿：正式印发以后才能发布。印发了，请在这里打勾。")},
    )
    doc_number = forms.CharField(label=gettext_lazy("文号"), max_length=60, required=False)
    issued_on = forms.DateField(label=gettext_lazy("印发日期"), widget=forms.DateInput(attrs={"type": "date"}))

    def facts(self) -> dict[str, str]:
        """The document's facts as a draft keeps them; a number that stands already is not emptied."""
        number, day = self.cleaned_data["doc_number"], self.cleaned_data["issued_on"]
        return {"issued_on": day.isoformat()} | ({"doc_number": number} if number else {})


def publish(request: Request, key: int) -> HttpResponse:
    """What will be published, and the one button; publishing works at once. What stands in the way is told on the same page."""
    demand(request.actor, RUN_PLANS)
    found: Draft = row("draft.see", request.actor, pk=key, without=("as_read",))
    problem = ""
    doc = found.current.get("doc", {})
    initial = {name: doc.get(name) for name in ("doc_number", "issued_on")}
    form = IssuedForm(request.POST if request.method == "POST" else None, initial=initial) if found.is_draft else None
    if request.method == "POST" and (form is None or form.is_valid()):
        try:
            plan = publish_draft(request.actor, found, form.facts() if form else None)
        except (CannotPublish, SomebodyElse) as refused:
            problem = str(refused)
            found.refresh_from_db()
        else:
            messages.success(request, _("方案已发布，任务已出现在各单位的首页。"))
            return redirect(reverse("plan", args=[plan.pk]))
    if found.state != Draft.State.OPEN:
        messages.info(request, _("这份导入稿现在是“%(state)s”，不用再发布。") % {"state": found.get_state_display()})
        return redirect(reverse("plan", args=[found.plan_id]) if found.plan_id else reverse("draft", args=[key]))
    context = _summary(found) | {
        "title": _("发布方案"),
        "draft": found,
        "problem": problem,
        "form": form,
        "known": known_as(found),
    }
    return render(request, "plans/draft_publish.html", context, status=422 if form is not None and form.errors else 200)


def _summary(found: Draft) -> dict[str, Any]:
    now = found.current
    tasks = [each for each in now["tasks"] if not each["dropped"]]
    promises = [each for each in now["promises"] if not each["dropped"]]
    again = retold(promises)
    once = [each for each in promises if each["ref"] not in again]
    by = {word: sum(each["binding"] == word for each in once) for word in ("confirmed", "later", "proposed")}
    before = settled_before(found)
    kept = {each["ref"] for each in once if each["binding"] == "proposed" and each["ref"] in before}
    by["proposed"] -= len(kept)
    by_pack = [e for e in once if e["binding"] == "proposed" and (e["evaluator"] or {}).get("source") == PACK]
    used = {printed for each in tasks for printed in (*(each["lead"] or each["proposed"]), *each["participants"])}
    units = Unit.objects.in_bulk({at["unit"] for at in now["units"].values() if at["unit"]})
    return {
        "doc": now["doc"],
        "until": until_words(now["until"]) if "until" in now else "",
        "tasks": len(tasks),
        "promises": len(once),
        "retold": targets_retold_words(len(once), len(promises) - len(once)),
        "by": by | {"before": len(kept), "pack": sum(each["ref"] not in kept for each in by_pack)},
        "doubtful": sum(map(doubtful, (*tasks, *promises))),
        "doubtful_promises": sum(map(doubtful, promises)),
        "doubtful_tasks": sum(map(doubtful, tasks)),
        "unseen": sum(not each["seen"] and not doubtful(each) for each in promises),
        "ownerless": [each for each in tasks if not each["lead"] and not each["proposed"]],
        "proposed": sum(not each["lead"] and bool(each["proposed"]) for each in tasks),
        "unmatched": [printed for printed in unmatched(now["units"]) if printed in used],
        "units": len(units),
        "printed": len(now["units"]),
        "unsettled": len(unsettled(now)),
        "unanswered": unanswered(found),
    }
