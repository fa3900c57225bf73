"""Reporting on a task: one word, one line; and the clerk's answer."""

from __future__ import annotations

from uuid import uuid4

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from xiangxu_web.kernel.components.table import Column, Filter, Table
from xiangxu_web.kernel.permission import row, rows
from xiangxu_web.kernel.web import Request
from xiangxu_web.workspaces.plans.api import decide, hand_in
from xiangxu_web.workspaces.plans.models import Report, Task

REPORTS = Table(
    "reports",
    columns=[
        Column("task", gettext_lazy("任务"), sort=("task__order",), url=lambda r: reverse("task", args=[r.task_id])),
        Column("unit", gettext_lazy("单位"), sort=("unit__name",)),
        Column("word", gettext_lazy("进展"), value=lambda r: f"reported-{r.word}", sort=("word",), kind="lamp"),
        Column("line", gettext_lazy("一句话进展")),
        Column("obstacles", gettext_lazy("存在困难"), chosen=False),
        Column("next_step", gettext_lazy("下一步"), chosen=False),
        Column("day", gettext_lazy("日期"), sort=("day",), kind="date"),
        Column("state", gettext_lazy("状态"), value=lambda r: r.get_state_display(), sort=("state",), kind="tag"),
        Column("entered", gettext_lazy("代录"), value=lambda r: _("代录：%s") % r.source if r.entered_for else "", chosen=False),
    ],
    filters=[
        Filter("state", gettext_lazy("状态"), lambda r: Report.State.choices, lambda found, value: found.filter(state=value)),
        Filter("word", gettext_lazy("进展"), lambda r: Task.Word.choices[1:], lambda found, value: found.filter(word=value)),
    ],
    search=("task__title", "line", "unit__name"),
    order=("-made",),
    empty=gettext_lazy("还没有进展：责任单位在任务页面点“报进展”，报上来就列在这里。"),
)


class ReportForm(forms.Form):
    """Under a minute on a telephone: one word and one line are enough."""

    word = forms.ChoiceField(label=gettext_lazy("进展"), choices=Task.Word.choices[1:], widget=forms.RadioSelect)
    line = forms.CharField(
        label=gettext_lazy("一句话进展"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("做了什么，到什么程度。"),
    )
    obstacles = forms.CharField(
        label=gettext_lazy("存在困难"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    next_step = forms.CharField(
        label=gettext_lazy("下一步"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    source = forms.CharField(
        label=gettext_lazy("来源（代录必填）"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("例如：11月18日电话；微信；盖章材料。"),
    )
    token = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: object, own: bool, **settings: object) -> None:
        super().__init__(*args, **settings)  # type: ignore[arg-type]
        if own:
            del self.fields["source"]
        else:
            self.fields["source"].required = True


def reports(request: Request) -> HttpResponseBase:
    """All reports that the post may see."""
    return REPORTS.respond(request, rows("report.see", request.actor).select_related("task", "unit"), title=_("进展"))


def new_report(request: Request, key: int) -> HttpResponse:
    """The form of a report, and its handing in."""
    task: Task = row("task.report", request.actor, pk=key)
    own = request.actor.unit_id in (task.answerable_id, task.office_id)
    form = ReportForm(request.POST or None, own=own, initial={"token": uuid4().hex, "word": task.word or "normal"})
    if request.method == "POST" and form.is_valid():
        hand_in(request.actor, task.pk, form.cleaned_data, form.cleaned_data["token"])
        messages.success(request, _("已报送，等教育局审核。"))
        return redirect("task", key)
    title = _("报进展") if own else _("代录进展")
    return render(request, "plans/new_report.html", {"title": title, "task": task, "form": form, "own": own})


@require_POST
def decide_report(request: Request, key: int) -> HttpResponse:
    """Accepts or returns a report."""
    try:
        report = decide(request.actor, key, accept="accept" in request.POST, reason=request.POST.get("reason", ""))
    except ValueError as problem:
        messages.error(request, str(problem))
        return redirect("task", row("report.see", request.actor, pk=key).task_id)
    return redirect("task", report.task_id)
