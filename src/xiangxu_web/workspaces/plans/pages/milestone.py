"""The page of a milestone: what its owner states, the evidence, the second person's word, and how it came."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from xiangxu import clock
from xiangxu.targets.milestone import milestone_verdict
from xiangxu_web.kernel.audit.names import names
from xiangxu_web.kernel.components.lamp import Lamp
from xiangxu_web.kernel.components.reasons import worded
from xiangxu_web.kernel.files.attach import attachments, stored
from xiangxu_web.kernel.files.fields import FileField
from xiangxu_web.kernel.outcome import outcome_told, refusal_at
from xiangxu_web.kernel.permission import row, rows
from xiangxu_web.kernel.web import Request
from xiangxu_web.workspaces.plans import milestones, nodes
from xiangxu_web.workspaces.plans.models import Mark, Target


class StateForm(forms.Form):
    """Done or not yet, since when, on what ground."""

    done = forms.ChoiceField(
        label=gettext_lazy("是否完成"),
        choices=[("yes", gettext_lazy("已完成")), ("no", gettext_lazy("还没有完成"))],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("请选“已完成”或“还没有完成”。")},
    )
    day = forms.DateField(label=gettext_lazy("日期"), widget=forms.DateInput(attrs={"type": "date"}))
    note = forms.CharField(
        label=gettext_lazy("依据"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("文件名称、文号、验收情况；代录的写明来源。报“已完成”的，依据和材料至少填一样。"),
    )
    evidence = FileField(label=gettext_lazy("材料"), multiple=True, most=9, required=False)
    children = forms.BooleanField(label=gettext_lazy("里面有孩子的正脸"), required=False)


def milestone(request: Request, key: int) -> HttpResponse:
    """The milestone with its history; whoever may state does it here, whoever may verify too."""
    found: Target = row("target.see", request.actor, pk=key, evaluator_kind=Target.Evaluator.MILESTONE)
    if found.same_as_id is not None:
        return redirect("target", found.same_as_id)
    may_state = rows("milestone.state", request.actor).filter(pk=key).exists()
    form = StateForm(request.POST or None, request.FILES or None, initial={"day": clock.today()})
    if request.method == "POST" and form.is_valid():
        row("milestone.state", request.actor, pk=key)
        given = form.cleaned_data
        with refusal_at(form):
            files = stored(given["evidence"], shows_children=given["children"])
            milestones.state(request.actor, key, done=given["done"] == "yes", day=given["day"], note=given["note"], files=files)
            messages.success(request, _("已记下。报完成的，由另一人核验后才算达成。"))
            return redirect("milestone", key)
    history = list(milestones.history(found))
    seen = set(rows("mark.see", request.actor).filter(target=found, unit=None).values_list("pk", flat=True))
    for mark in history:
        if mark.pk not in seen:
            # That it was stated and verified belongs to the target's status; by whom and on what ground is the unit's and the county's.
            mark.person_id = mark.post_id = mark.verified_by_person = mark.verified_by_post = None
            mark.note = ""
    told = set(rows("milestone.reason", request.actor).filter(target=found).values_list("pk", flat=True))
    now = next((mark for mark in history if mark.replaced is None), None)
    verdict = milestone_verdict(milestones.facts_of(found, now), clock.today())
    wanted = now is not None and rows("milestone.verify", request.actor).filter(pk=now.pk).exists()
    people = names("person", [key for mark in history for key in (mark.person_id, mark.verified_by_person)])
    posts = names("post", [key for mark in history for key in (mark.post_id, mark.verified_by_post)])

    def who(person: int | None, post: int | None) -> str:
        return " ".join(filter(None, (posts.get(post or 0), people.get(person or 0))))

    steps = list(found.nodes.select_related("target__task").order_by("due_on", "pk"))
    context = {
        "title": found.metric,
        "target": found,
        "lamp": Lamp(verdict.status, "", worded(verdict.why)),
        "form": form,
        "nodes": nodes.shown(request.actor, steps),
        "may_set_nodes": rows("node.milestone", request.actor).filter(pk=key).exists(),
        "may_state": may_state,
        "now": now,
        "may_verify": wanted and now is not None and not milestones.hindrance(request.actor, now),
        "why_not": milestones.hindrance(request.actor, now) if wanted and now is not None and now.verified is None else "",
        "history": [
            (
                m,
                who(m.person_id, m.post_id),
                who(m.verified_by_person, m.verified_by_post),
                list(attachments(request.actor, m)),
                m.refused if m.pk in told else "",
            )
            for m in history
        ],
    }
    return render(request, "plans/milestone.html", context, status=422 if form.errors else 200)


@require_POST
def verify_milestone(request: Request, key: int) -> HttpResponse:
    """The second person's word."""
    found: Mark = row("milestone.verify", request.actor, pk=key)
    with outcome_told(request, _("已核验。")):
        milestones.verify(request.actor, key, confirm="confirm" in request.POST, reason=request.POST.get("reason", ""))
    return redirect("milestone", found.target_id)
