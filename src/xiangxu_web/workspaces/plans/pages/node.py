"""Nodes in words: set on a task or a milestone, stated as reached with one button, verified where a milestone wants it."""

from __future__ import annotations

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from xiangxu_web.kernel.outcome import outcome_told
from xiangxu_web.kernel.permission import Refused, row
from xiangxu_web.kernel.web import Request
from xiangxu_web.workspaces.plans import nodes
from xiangxu_web.workspaces.plans.models import Node, Target, Task


class NodeForm(forms.Form):
    """By which day, what."""

    due_on = forms.DateField(label=gettext_lazy("日期"), widget=forms.DateInput(attrs={"type": "date"}))
    words = forms.CharField(label=gettext_lazy("到时应完成"), max_length=120)


def _back(to: Task | Target | None) -> HttpResponse:
    return redirect("milestone" if isinstance(to, Target) else "task", to.pk if to is not None else 0)


def _added(request: Request, to: Task | Target) -> HttpResponse:
    form = NodeForm(request.POST)
    with outcome_told(request, _("已设节点。")):
        if not form.is_valid():
            raise ValueError(_("请选日期，并写明到时应完成什么。"))
        nodes.add(request.actor, to, form.cleaned_data["due_on"], form.cleaned_data["words"])
    return _back(to)


@require_POST
def add_to_task(request: Request, key: int) -> HttpResponse:
    """Sets a step on a task."""
    return _added(request, row("task.change", request.actor, pk=key))


@require_POST
def add_to_milestone(request: Request, key: int) -> HttpResponse:
    """Sets a step on a milestone."""
    return _added(request, row("node.milestone", request.actor, pk=key))


@require_POST
def node(request: Request, key: int) -> HttpResponse:
    """States that the step is reached, takes that back, or takes the step out (``do``)."""
    did = request.POST.get("do", "")
    found: Node = row("node.set" if did == "remove" else "node.state", request.actor, pk=key)
    to = found.target or found.task
    if did == "remove":
        with outcome_told(request, _("已记下。"), refusals=Refused):
            nodes.remove(request.actor, key)
    else:
        take_word(request, key)
    return _back(to)


def take_word(request: Request, key: int) -> None:
    """The unit's word on a step, from its own page or by a signed link: reached, or that taken back."""
    with outcome_told(request, _("已记下。"), refusals=(ValueError, Refused), at=reverse("node", args=[key])):
        if request.POST.get("do") == "undo":
            nodes.undo(request.actor, key)
        else:
            nodes.reach(request.actor, key, request.POST.get("note", ""))


@require_POST
def verify_node(request: Request, key: int) -> HttpResponse:
    """The second person's word on a milestone's step."""
    found: Node = row("node.verify", request.actor, pk=key)
    with outcome_told(request, _("已核验。"), refusals=(ValueError, Refused)):
        nodes.verify(request.actor, key, confirm="confirm" in request.POST, reason=request.POST.get("reason", ""))
    return _back(found.target)
