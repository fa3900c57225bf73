"""The office's table of who is in charge: out as a workbook, in again with a dry run."""

from __future__ import annotations

from uuid import UUID, uuid4

from django import forms
from django.contrib import messages
from django.core.cache import cache
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xiangxu import clock
from xiangxu.documents.task_sheet import ChangeKind, NoTaskSheet, TasksRead, read_tasks_xlsx, tasks_xlsx
from xiangxu_web.kernel.audit.record import action
from xiangxu_web.kernel.components.reasons import worded
from xiangxu_web.kernel.files.kinds import XLSX
from xiangxu_web.kernel.files.serve import made
from xiangxu_web.kernel.outcome import refusal_at
from xiangxu_web.kernel.permission import demand
from xiangxu_web.kernel.web import Request
from xiangxu_web.workspaces.plans.editing import Changed, State, compare, digest, take_in
from xiangxu_web.workspaces.plans.pages.task import TASKS, listed
from xiangxu_web.workspaces.plans.papers import paper, with_units
from xiangxu_web.workspaces.plans.rules import RUN_PLANS

_LARGEST = 10 * 1024 * 1024
# An upload waits so long for its confirmation, in seconds.
_WAITS = 3600
_TITLES = {State.WRONG: gettext_lazy("有误，不导入"), State.CHANGED: gettext_lazy("修改"), State.UNCHANGED: gettext_lazy("未变")}


def task_sheet(request: Request) -> HttpResponse:
    """The tasks of the list, as filtered, as the office's table; each row carries its key, so that it is known when it comes back."""
    demand(request.actor, RUN_PLANS)
    found = list(with_units(TASKS.narrowed(request, listed(request))[0]))
    plans = {task.plan_id: task.plan for task in found}
    only = next(iter(plans.values())) if len(plans) == 1 else None
    title = str(only) if only else _("重点任务")
    content = tasks_xlsx(paper(only, title, found), worded)
    with action(request.actor, "list.export") as record:
        record.noted(None, list="task-sheet", rows=len(found))
    return made(content, XLSX, f"{title[:40]}{_('责任分工表')} {clock.today()}.xlsx")


class UploadForm(forms.Form):
    """The table that came back."""

    file = forms.FileField(
        label=gettext_lazy("填好的责任分工表（.xlsx）"),
        help_text=gettext_lazy("请用从这里下载的表。只采用责任领导、责任科室、联系人、联系电话；文件的原文改了也不采用。"),
    )


def task_sheet_import(request: Request) -> HttpResponse:
    """The upload; what is no such table is refused with what to do."""
    demand(request.actor, RUN_PLANS)
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        with refusal_at(form, "file", refusals=NoTaskSheet):
            if upload.size > _LARGEST:
                raise NoTaskSheet(_("文件超过 10 MB，不像是责任分工表。请核对后重新选择。"))
            content = upload.read()
            read_tasks_xlsx(content, upload.name)
            token = uuid4()
            cache.set(_key(request, token), (content, upload.name), _WAITS)
            return redirect("task-sheet-preview", token)
    context = {"title": _("导入责任分工表"), "form": form}
    return render(request, "plans/task_sheet.html", context, status=422 if form.errors else 200)


def task_sheet_preview(request: Request, token: UUID) -> HttpResponse:
    """The dry run, old beside new; confirmed, all right rows are stored at once."""
    demand(request.actor, RUN_PLANS)
    kept = cache.get(_key(request, token))
    if kept is None:
        messages.warning(request, _("预览已过期（保留一小时）。请重新上传文件。"))
        return redirect("task-sheet-import")
    read: TasksRead = read_tasks_xlsx(*kept)
    if request.method == "POST":
        try:
            counts = take_in(request.actor, read, request.POST.get("shown", ""))
        except Changed as problem:
            messages.warning(request, str(problem))
        else:
            cache.delete(_key(request, token))
            told = _("导入完成：修改 %(changed)s 项，未变 %(unchanged)s 项，未导入 %(wrong)s 项。")
            messages.success(request, told % counts)
            return redirect("tasks")
    findings = compare(request.actor, read)
    groups = [(title, state.value, own) for state, title in _TITLES.items() if (own := [f for f in findings if f.state is state])]
    counts = {state.value: sum(f.state is state for f in findings) for state in State}
    context = {
        "title": _("导入预览"),
        "standing": _("读到 %(all)s 行：修改 %(changed)s，未变 %(unchanged)s，有误 %(wrong)s。")
        % {**counts, "all": len(findings)},
        "groups": groups,
        "remarks": _of_the_table(read),
        "counts": counts,
        "shown": digest(findings),
    }
    return render(request, "plans/task_sheet_preview.html", context)


def _of_the_table(read: TasksRead) -> list[str]:
    """What is to be said of the table as a whole: columns that are no more there under a name that is known, rows that are gone."""
    told = [worded(each.message) for each in read.changes if each.kind is ChangeKind.DOUBTFUL and each.row is None]
    if gone := sum(each.kind is ChangeKind.REMOVED for each in read.changes):
        told.append(_("表里少了 %(n)s 行任务：系统里的任务不会因此删去，也没有改动。") % {"n": gone})
    return told


def _key(request: Request, token: UUID) -> str:
    """An upload belongs to the post that made it."""
    return f"task-sheet:{request.actor.post_id}:{token}"
