"""The matrix out to Excel and in again: first what would change, then, when it is confirmed, the change."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xiangxu_web.kernel.files.fields import FileField
from xiangxu_web.kernel.files.kinds import XLS, XLSX
from xiangxu_web.kernel.outcome import refusal_at
from xiangxu_web.kernel.permission import Refused, row, rows
from xiangxu_web.kernel.web import Request
from xiangxu_web.workspaces.plans.coverage_grid import Asked, grid_of
from xiangxu_web.workspaces.plans.coverage_sheets import apply, read, workbook
from xiangxu_web.workspaces.plans.models import Plan
from xiangxu_web.workspaces.plans.split_sheets import Unreadable, cells_of_file

# So many lines of each kind are shown; the counts are of all.
_SHOWN = 200


def sheet(request: Request, key: int) -> HttpResponseBase:
    """The matrix of a level as a workbook."""
    plan: Plan = row("plan.see", request.actor, pk=key)
    asked = Asked(**{name: request.GET.get(name, "") for name in Asked.__dataclass_fields__})
    return workbook(request.actor, plan, grid_of(request.actor, plan, asked))


class SheetForm(forms.Form):
    """The filled workbook."""

    file = FileField(
        label=gettext_lazy("填好的 Excel"), kinds=(XLSX, XLS), help_text=gettext_lazy("先从覆盖矩阵导出，在上面填√、×或不适用。")
    )


def take_in(request: Request, key: int) -> HttpResponse:
    """The upload, the list of what would change, and the change itself; for posts that state for a unit, their own or others'."""
    plan: Plan = row("plan.see", request.actor, pk=key)
    if not rows("coverage.state", request.actor).exists():
        raise Refused
    if request.method == "POST" and "change" in request.POST:
        done = apply(request.actor, plan, request.POST["change"].split(), request.POST.get("note", ""))
        if done.done:
            messages.success(request, _("已导入 %(n)s 格。") % {"n": done.done})
        if done.left:
            messages.warning(
                request,
                _("没有导入 %(n)s 格：%(why)s") % {"n": len(done.left), "why": "；".join(why for _unit, why in done.left[:5])},
            )
        return redirect("coverage", plan.pk)
    form = SheetForm(request.POST or None, request.FILES or None)
    context = {"title": _("导入覆盖情况"), "plan": plan, "form": form}
    if request.method == "POST" and form.is_valid():
        with refusal_at(form, "file", refusals=Unreadable):
            found = read(request.actor, plan, cells_of_file(form.cleaned_data["file"][0].read()))
            context |= {
                "found": found,
                "packed": " ".join(change.packed for change in found.changes),
                "changes": found.changes[:_SHOWN],
                "refused": found.refused[:_SHOWN],
                "problems": found.problems[:_SHOWN],
                "for_others": any(change.member.key != request.actor.unit_id for change in found.changes),
            }
    return render(request, "plans/coverage_import.html", context)
