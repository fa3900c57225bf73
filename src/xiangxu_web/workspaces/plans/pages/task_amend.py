"""The form in which a published task is corrected, beside its place in the document."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xiangxu_web.kernel.outcome import refusal_at
from xiangxu_web.kernel.permission import Refused, demand, row
from xiangxu_web.kernel.web import Request
from xiangxu_web.workspaces.plans.amending import amend
from xiangxu_web.workspaces.plans.drafting.correcting import AMENDABLE
from xiangxu_web.workspaces.plans.editing import Changed
from xiangxu_web.workspaces.plans.models import Task
from xiangxu_web.workspaces.plans.pages.draft_document import document_of
from xiangxu_web.workspaces.plans.pages.draft_forms import TaskForm
from xiangxu_web.workspaces.plans.rules import RUN_PLANS


class AmendForm(forms.Form):
    """What the document says, and why it has to be corrected."""

    title = TaskForm.base_fields["title"]
    goal = TaskForm.base_fields["goal"]
    measure = TaskForm.base_fields["measure"]
    due_words = TaskForm.base_fields["due_words"]
    reason = forms.CharField(
        label=gettext_lazy("更正的理由"), max_length=200, help_text=gettext_lazy("例如：读取时漏了半句。会写进任务的历史。")
    )
    edition = forms.IntegerField(widget=forms.HiddenInput)


def amend_task(request: Request, key: int) -> HttpResponse:
    """Corrects name, goal, measure and deadline of a task against the document, which stands beside the form at the task's place."""
    demand(request.actor, RUN_PLANS)
    found: Task = row("task.change", request.actor, pk=key)
    form = AmendForm(request.POST or None, initial={name: getattr(found, name) for name in (*AMENDABLE, "edition")})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        with refusal_at(form, refusals=(ValueError, Refused, Changed)):
            amend(request.actor, key, given["edition"], {name: given[name] for name in AMENDABLE}, given["reason"])
        if form.is_valid():
            messages.success(request, _("已更正。更正前后的内容都记在任务的历史里。"))
            return redirect("task", key)
    version = found.plan.versions.select_related("draft").order_by("number").last()
    context = {
        "title": _("对照原文更正"),
        "task": found,
        "form": form,
        "reported": found.reports.exists(),
        "document": document_of(version.draft, found.place or None, found.plan_id) if version else None,
    }
    return render(request, "plans/task_amend.html", context, status=422 if form.errors else 200)
