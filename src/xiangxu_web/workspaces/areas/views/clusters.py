"""The members of a cluster: who joins, who leaves, who leads, each from a day on."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from xiangxu import clock
from xiangxu_web.kernel.permission import demand, row, rows
from xiangxu_web.kernel.web import Request, number_in
from xiangxu_web.workspaces.areas import clustering
from xiangxu_web.workspaces.areas.models import Unit
from xiangxu_web.workspaces.areas.rules import MAINTAIN_UNITS


class DayForm(forms.Form):
    """From which day on."""

    day = forms.DateField(
        label=lazy("从哪天起"), initial=clock.today, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


class JoinForm(DayForm):
    """Which schools join."""

    schools = forms.TypedMultipleChoiceField(label=lazy("加入的学校"), coerce=int, widget=forms.CheckboxSelectMultiple)

    def __init__(self, data: Any = None, *, schools: Any) -> None:
        super().__init__(data)
        self.fields["schools"].choices = [(school.pk, school.name) for school in schools]  # type: ignore[attr-defined]
        self.order_fields(("schools", "day"))


def members(request: Request, key: int) -> HttpResponse:
    """The cluster's schools with their days, present and past; a form for each change."""
    demand(request.actor, MAINTAIN_UNITS)
    cluster: Unit = row("unit.change", request.actor, pk=key, kind=Unit.Kind.CLUSTER)
    changing = rows("unit.change", request.actor)
    free = clustering.free_schools(changing, clock.today())
    does = request.POST.get("do", "")
    form = JoinForm(request.POST if does == "join" else None, schools=free)
    day = DayForm(request.POST if does in ("leave", "lead") else None)
    if request.method == "POST":
        try:
            if does == "join" and form.is_valid():
                count = clustering.join(request.actor, key, form.cleaned_data["schools"], form.cleaned_data["day"])
                messages.success(request, _("已登记 %(count)s 所学校加入。") % {"count": count})
                return redirect("cluster-members", key)
            if does in ("leave", "lead") and day.is_valid():
                member = number_in(request.POST.get("member", "")) or 0
                if does == "leave":
                    changed = clustering.leave(request.actor, key, member, day.cleaned_data["day"])
                    words = _("已登记“%(school)s”退出。")
                else:
                    changed = clustering.lead(request.actor, key, member, day.cleaned_data["day"])
                    words = _("已登记“%(school)s”为牵头校。")
                messages.success(request, words % {"school": changed.school.name})
                return redirect("cluster-members", key)
        except ValidationError as problem:
            # A row's own day stands in the table: what was refused there is told above it.
            if does == "join" and hasattr(problem, "error_dict"):
                for name, errors in problem.error_dict.items():
                    form.add_error(name, errors)
            else:
                (form if does == "join" else day).add_error(None, problem.messages)
    today = clock.today()
    known = list(clustering.history(cluster).filter(school__in=changing.values("pk")))
    wrong = bool(form.errors or day.errors)
    context = {
        "title": _("%(cluster)s的成员学校") % {"cluster": cluster.name},
        "unit": cluster,
        "now": [each for each in known if each.ends is None],
        "past": sorted((each for each in known if each.ends is not None), key=lambda each: each.ends or today, reverse=True),
        "form": form,
        "day": day,
        "today": today,
    }
    return render(request, "areas/cluster.html", context, status=422 if wrong else 200)
