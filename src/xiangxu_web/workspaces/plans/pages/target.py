"""The list of targets with their status, and the page of one, which explains itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xiangxu.model.unit import Role
from xiangxu.targets.status import Status
from xiangxu_web.kernel.components.lamp import STATES, Lamp
from xiangxu_web.kernel.components.table import Column, Filter, Table
from xiangxu_web.kernel.permission import may, rows
from xiangxu_web.kernel.web import Request
from xiangxu_web.workspaces.plans.cards import called, evaluator
from xiangxu_web.workspaces.plans.explaining import explained
from xiangxu_web.workspaces.plans.judging import plain, target_lamp, verdicts
from xiangxu_web.workspaces.plans.models import Mark, Target
from xiangxu_web.workspaces.plans.nodes import shown as shown_nodes
from xiangxu_web.workspaces.plans.papers import wanted
from xiangxu_web.workspaces.plans.places import document_url, place_words
from xiangxu_web.workspaces.plans.rules import RUN_PLANS


def _plans(request: HttpRequest) -> Iterable[tuple[str, str]]:
    return [(str(plan.pk), str(plan)) for plan in rows("plan.see", request.actor).order_by("-made")]  # type: ignore[attr-defined]


def how(target: Target) -> str:
    """How it is computed: the evaluator's title, or that nobody has settled it."""
    card = evaluator(target.evaluator) if target.evaluator else None
    return called(card) if card else str(target.get_binding_display())


def _table(lamp: Callable[[Target], Lamp]) -> Table:
    """The table with this way to know a lamp: the page reckons all at once."""
    return Table(
        "targets",
        columns=[
            Column("metric", gettext_lazy("目标"), sort=("metric",), url=lambda t: reverse("target", args=[t.pk])),
            Column("scope", gettext_lazy("范围"), sort=("scope",), chosen=False),
            Column("wanted", gettext_lazy("要求"), value=wanted),
            Column("due_on", gettext_lazy("时限"), sort=("due_on",), kind="date"),
            Column("lamp", gettext_lazy("状态"), value=lamp, kind="lamp"),
            Column("how", gettext_lazy("怎么算"), value=how, sort=("evaluator",)),
            Column(
                "binding",
                gettext_lazy("绑定"),
                choices=Target.Binding.choices,
                sort=("binding",),
                kind="tag",
                chosen=False,
            ),
            Column("evaluator_kind", gettext_lazy("类别"), choices=Target.Evaluator.choices, kind="tag", chosen=False),
            Column("quote", gettext_lazy("原文"), chosen=False),
            Column(
                "task",
                gettext_lazy("任务"),
                value=lambda t: t.task.title if t.task else None,
                sort=("task__order",),
                url=lambda t: reverse("task", args=[t.task_id]) if t.task_id else None,
            ),
        ],
        filters=[
            Filter("plan", gettext_lazy("方案"), _plans, lambda found, value: found.filter(plan_id=value)),
            Filter("state", gettext_lazy("状态"), lambda r: [(s.value, STATES[s].words) for s in Status], _by_state),
            Filter(
                "binding",
                gettext_lazy("绑定"),
                lambda r: Target.Binding.choices,
                lambda found, value: found.filter(binding=value),
            ),
            Filter(
                "kind",
                gettext_lazy("类别"),
                lambda r: Target.Evaluator.choices,
                lambda found, value: found.filter(evaluator_kind=value),
            ),
        ],
        search=("metric", "quote", "scope"),
        order=("plan", "order"),
        empty=gettext_lazy("还没有目标：发布方案后，文件里的每一条承诺都会列在这里。"),
        template="plans/targets.html",
    )


# Of the task beside a target only its name is shown.
_NOT_LISTED = ("task__goal", "task__measure", "task__others", "task__place")


def _by_state(found: QuerySet[Any], value: str) -> QuerySet[Any]:
    known = verdicts(found)
    return found.filter(pk__in=[key for key, verdict in known.items() if verdict.status == value])


def targets(request: Request) -> HttpResponseBase:
    """All targets that the post may see, with how many stand how at the top; the numbers add up."""
    found = rows("target.see", request.actor).filter(dropped=None).defer("place", "proposals")
    if plan := request.GET.get("plan", ""):
        found = found.filter(plan_id=plan) if plan.isdigit() else found
    everything = list(found)
    judged = verdicts(everything)
    known = {each.pk: target_lamp(each, judged[each.pk]) for each in everything}
    counted = Counter(lamp.state for lamp in known.values())
    counts = [(Lamp(status.value), status.value, counted[status.value]) for status in Status]
    table = _table(lambda target: plain(known[target.pk]))
    later = sum(str(lamp) == _("暂不计算") for lamp in known.values())
    shown = found.select_related("task").defer("place", "proposals", *_NOT_LISTED)
    return table.respond(request, shown, title=_("目标"), counts=counts, all=len(known), later=later, of_plan=plan)


def target(request: Request, key: int) -> HttpResponse:
    """One target: what the document says, what counts, how it is computed, what stands behind the status and who verified it."""
    seen = rows("target.see", request.actor).select_related("plan", "task__answerable", "same_as")
    found: Target = get_object_or_404(seen, pk=key)
    shown = explained([found])[0]
    # How all units together stand is for those who see all of them.
    whole = not request.actor.county_path or request.actor.is_any(Role.LEADER, Role.CLERK, Role.OFFICE)
    marks = Mark.objects.filter(target=found, replaced=None) if whole else Mark.objects.none()
    counted = Counter(marks.values_list("word", flat=True))
    context = {
        "title": found.metric,
        "target": found,
        "shown": shown,
        "document_url": document_url(found.plan_id, found.place),
        "place": place_words(found.place),
        "facts": [
            (_("要求"), shown.wanted or None),
            (_("范围"), found.scope or None),
            (_("时限"), found.due_on or found.due_words or None),
            (_("基数"), f"{found.baseline:g} {found.uom}".strip() if found.baseline is not None else None),
            (_("性质"), shown.nature or None),
        ],
        "nodes": shown_nodes(request.actor, list(found.nodes.select_related("target__task").order_by("due_on", "pk"))),
        "marks": [(title, counted.get(word, 0)) for word, title in Mark.Word.choices] if counted else [],
        "verified": marks.exclude(verified=None).count(),
        "reports": _reports(request, found),
        "repeats": list(rows("target.see", request.actor).filter(same_as=found, dropped=None)),
        "may_bind": may(request.actor, RUN_PLANS),
    }
    return render(request, "plans/target.html", context)


def _reports(request: Request, target: Target) -> list[Any]:
    if target.task_id is None:
        return []
    found = rows("report.see", request.actor).filter(task_id=target.task_id).select_related("unit").order_by("-made")
    return list(found[:3])
