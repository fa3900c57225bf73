"""The coverage matrix, the page of one promise (who is missing), the page of one unit (a head's telephone)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from xiangxu import clock
from xiangxu.coverage import Tally
from xiangxu.model.unit import Role
from xiangxu.targets.status import Verdict
from xiangxu_web.kernel.components.figures import Share
from xiangxu_web.kernel.files.attach import Stored, stored
from xiangxu_web.kernel.files.fields import FileField
from xiangxu_web.kernel.outcome import outcome_told, typed_into, wrong_in
from xiangxu_web.kernel.permission import Refused, may, row, rows
from xiangxu_web.kernel.web import Request, keys_in, number_in
from xiangxu_web.workspaces.areas.api import Unit, existed, existing
from xiangxu_web.workspaces.plans.coverage_chasing import chase_text
from xiangxu_web.workspaces.plans.coverage_grid import ONLY, Asked, by_state, grid_of
from xiangxu_web.workspaces.plans.coverage_meaning import meaning_of
from xiangxu_web.workspaces.plans.covered import (
    cell_of,
    cells,
    choice_of,
    county_members,
    former,
    glyph,
    groups_here,
    last_day,
    marks_of,
    member_of,
    members,
    plan_promises,
    tally_of,
    unasked,
)
from xiangxu_web.workspaces.plans.covering import Many, Wish, choose_units, hindrances, speaks_for, state_many, verify
from xiangxu_web.workspaces.plans.entered import marked
from xiangxu_web.workspaces.plans.judging import is_bound, target_lamp, verdicts
from xiangxu_web.workspaces.plans.models import Mark, Plan, Target
from xiangxu_web.workspaces.plans.papers import wanted
from xiangxu_web.workspaces.plans.rules import RUN_PLANS
from xiangxu_web.workspaces.plans.scopes import units_chosen


def coverage(request: Request, key: int) -> HttpResponseBase:
    """The matrix: promises × units of one level. The filter lives in the address. A school is led to its own page."""
    plan: Plan = row("plan.see", request.actor, pk=key)
    if not request.actor.county_path:
        return _from_above(request, plan)
    asked = Asked(**{name: request.GET.get(name, "") for name in Asked.__dataclass_fields__})
    grid = grid_of(request.actor, plan, asked)
    if request.actor.is_any(Role.SCHOOL) and not request.GET:
        return redirect("coverage-unit", plan.pk, request.actor.unit_id)
    stated = set(rows("coverage.state", request.actor).filter(pk__in=[m.key for m in grid.rows]).values_list("pk", flat=True))
    counted = grid.counted
    context = {
        "title": _("覆盖情况"),
        "plan": plan,
        "grid": grid,
        "only": ONLY,
        "narrowed": any((asked.town, asked.type, asked.promise, asked.only)),
        "may_state": bool(stated),
        "for_others": bool(stated - {request.actor.unit_id}),
        "may_choose": may(request.actor, RUN_PLANS),
        "glyphs": {code: glyph(code) for code in "spnw"},
        "missing": counted["w"] + counted["n"] + counted["r"],
        "unverified": counted["s"] + counted["p"],
    }
    if may(request.actor, RUN_PLANS):
        context["unasked"] = unasked(request.actor, plan)
    fragment = bool(request.htmx) and request.htmx.target == "coverage"
    answer = render(request, "plans/coverage_grid.html" if fragment else "plans/coverage.html", context)
    patch_vary_headers(answer, ("HX-Request", "HX-Target"))
    return answer


def _from_above(request: Request, plan: Plan) -> HttpResponse:
    """Whoever supervises the county sees what each promise comes to, not the single cells."""
    targets = plan_promises(request.actor, plan)
    everyone, found = county_members(plan), cells(Mark.objects.filter(target__in=targets))
    judged = verdicts(targets)
    lines = [_summary(target, tally_of(target, everyone, found), judged[target.pk]) for target in targets]
    return render(request, "plans/coverage_above.html", {"title": _("覆盖情况"), "plan": plan, "lines": lines})


def _summary(target: Target, counted: Tally, verdict: Verdict) -> dict[str, Any]:
    share = counted.verified_share
    return {
        "target": target,
        "choice": choice_of(target),
        "tally": counted,
        "wanted": wanted(target),
        "lamp": target_lamp(target, verdict),
        "share": Share(share.numerator, share.denominator),
        "stated": Share(counted.stated_share.numerator, counted.stated_share.denominator),
    }


class EvidenceForm(forms.Form):
    """One word for many units, with one evidence."""

    word = forms.ChoiceField(label=gettext_lazy("填"), choices=Mark.Word.choices)
    note = forms.CharField(label=gettext_lazy("依据或说明"), max_length=300, required=False)
    file = FileField(label=gettext_lazy("照片或材料"), required=False, multiple=True, most=5)
    children = forms.BooleanField(label=gettext_lazy("照片里有学生"), required=False)


def files_of(form: forms.Form) -> list[Stored]:
    """The uploaded files of the evidence, kept."""
    return stored(form.cleaned_data["file"], shows_children=form.cleaned_data["children"])


def promise(request: Request, key: int, target: int) -> HttpResponse:
    """One promise: how it stands, who is missing, what waits for a second person, which units it means."""
    plan: Plan = row("plan.see", request.actor, pk=key)
    found: Target = row("target.see", request.actor, pk=target, plan=plan, dropped=None, evaluator_kind=Target.Evaluator.COVERAGE)
    actor = request.actor
    if not actor.county_path:
        return redirect("coverage", plan.pk)
    if found.same_as_id is not None:
        # What is promised twice is put to units once.
        return redirect("target", found.same_as_id)
    choice, meaning = choice_of(found), meaning_of(found)
    seen = [m for m in members(rows("coverage.see", actor).filter(area__path__startswith=plan.area.path)) if choice.has(m)]
    marks = {
        m.unit_id: m for m in marks_of(actor, plan).filter(target=found, replaced=None).select_related("unit__area", "fed_by")
    }
    standing = {(found.pk, unit): cell_of(m) for unit, m in marks.items() if unit is not None}
    counted = tally_of(found, seen, standing, choice)
    names = {str(m.key): str(m.unit) for m in seen}
    waiting = [m for m in marks.values() if m.verified is None and m.word != Mark.Word.NO and str(m.unit_id) in names]
    verifiable = set(rows("coverage.verify", actor).filter(pk__in=[m.pk for m in waiting]).values_list("pk", flat=True))
    against = hindrances(actor, [m for m in waiting if m.pk in verifiable]) if verifiable else {}
    stated = set(rows("coverage.state", actor).filter(pk__in=[m.key for m in seen]).values_list("pk", flat=True))
    address = request.build_absolute_uri(reverse("coverage", args=[plan.pk]))
    return render(
        request,
        "plans/coverage_promise.html",
        {
            "title": found.metric,
            "plan": plan,
            # The lamp is the whole county's, whoever looks; the lists below hold what this post may see.
            **_summary(found, counted, verdicts([found])[found.pk]),
            **units_chosen(found),
            "bound": is_bound(found),
            "states": by_state(found, seen, standing, linked=is_bound(found)),
            "meaning": meaning,
            "whole": actor.is_any(Role.LEADER, Role.CLERK, Role.OFFICE, Role.INSPECTOR),
            "silent": [names[u] for u in counted.silent],
            "refused": [_entered(names, marks[int(u)]) for u in counted.refused],
            "denied": [_entered(names, marks[int(u)]) for u in counted.no],
            "former": [(names[str(m.unit_id)], m, n) for m in marks.values() if str(m.unit_id) in names and (n := former(m))],
            "waiting": [(m, against.get(m.pk, "")) for m in waiting],
            "same_why": _same(against.values()),
            "may_verify": any(m.pk in verifiable and m.pk not in against for m in waiting),
            "verifiable": verifiable - set(against),
            "chase": chase_text(
                found.metric,
                [names[u] for u in counted.silent],
                [names[u] for u in counted.refused],
                found.due_on,
                address,
                clock.today(),
                meaning,
            ),
            "units": [(m, glyph(cell_of(marks[m.key]).code if m.key in marks else "w")) for m in seen if m.key in stated],
            "form": EvidenceForm(initial=typed_into(request, reverse("coverage-many", args=[key, target]))),
            "may_choose": may(actor, RUN_PLANS) and plan.closed is None,
            "groups": groups_here(request.actor.county_path),
            "everyone": members(rows("coverage.see", actor).filter(area__path__startswith=plan.area.path))
            if may(actor, RUN_PLANS)
            else [],
            "chosen_keys": set(found.units.get("keys", ())),
        },
    )


def _entered(names: Mapping[str, str], mark: Mark) -> tuple[str, Mark]:
    """A unit's name, marked where its statement was entered for it, and the statement."""
    return marked(names[str(mark.unit_id)], entered=mark.entered_for), mark


def _same(whys: Iterable[str]) -> str:
    """The reason that holds for all, told once; empty where there are several."""
    distinct = set(whys)
    return distinct.pop() if len(distinct) == 1 else ""


@require_POST
def many(request: Request, key: int, target: int) -> HttpResponse:
    """Writes one word into the cells of many units, with one evidence."""
    row("target.see", request.actor, pk=target, plan_id=key)
    form = EvidenceForm(request.POST, request.FILES)
    units = keys_in(request.POST, "unit")
    with outcome_told(request):
        if not form.is_valid():
            raise ValueError(wrong_in(form))
        if not units:
            raise ValueError(_("请先勾选单位。"))
        given = form.cleaned_data
        wishes = [Wish(unit, given["word"]) for unit in units]
        done = state_many(request.actor, target, wishes, note=given["note"], files=files_of(form))
        _tell(request, done, _("已填 %(n)s 个单位。"))
    return redirect("coverage-promise", key, target)


@require_POST
def verify_marks(request: Request, key: int) -> HttpResponse:
    """Verifies the ticked statements, or refuses them with a reason."""
    row("plan.see", request.actor, pk=key)
    marks, accept = keys_in(request.POST, "mark"), "accept" in request.POST
    with outcome_told(request, refusals=(ValueError, Refused)):
        if not marks:
            raise ValueError(_("请先勾选要核验的单位。"))
        done = verify(request.actor, marks, accept=accept, reason=request.POST.get("reason", ""))
        _tell(request, done, _("已核验 %(n)s 个单位。") if accept else _("已退回 %(n)s 个单位。"))
    there = number_in(request.POST.get("target", ""))
    return redirect("coverage", key) if there is None else redirect("coverage-promise", key, there)


@require_POST
def scope(request: Request, key: int, target: int) -> HttpResponse:
    """The clerk says which units the promise means."""
    group = request.POST.get("group", "")
    by_name = group == "keys"
    with outcome_told(request):
        found = choose_units(request.actor, target, "" if by_name else group, keys_in(request.POST, "unit") if by_name else ())
        messages.success(request, _("已选定：%(units)s。") % {"units": choice_of(found).words})
    return redirect("target", target) if request.POST.get("from") == "target" else redirect("coverage-promise", key, target)


def _tell(request: Request, done: Many, words: str) -> None:
    if done.done:
        messages.success(request, words % {"n": done.done})
    if done.same:
        messages.info(request, _("%(n)s 个单位已按此核验，没有改动。") % {"n": done.same})
    if done.left:
        listed = "；".join(f"{unit}：{why}" if unit and unit not in why else why for unit, why in done.left[:5])
        more = _(" 等 %(n)s 个") % {"n": len(done.left)} if len(done.left) > 5 else ""
        messages.warning(request, _("没有处理：%(listed)s%(more)s") % {"listed": listed, "more": more})


def unit(request: Request, key: int, unit: int) -> HttpResponse:
    """One unit: all promises that are asked of it, what it has said, one tap each. What is still open comes first."""
    plan: Plan = row("plan.see", request.actor, pk=key)
    found: Unit = row("coverage.see", request.actor, pk=unit)
    asked = existed(found, clock.today())
    member = member_of(rows("coverage.see", request.actor).filter(pk=found.pk), last_day(found))
    marks = {m.target_id: m for m in marks_of(request.actor, plan).filter(unit=found, replaced=None)}
    lines = []
    for target in plan_promises(request.actor, plan):
        if member is None or not choice_of(target).has(member):
            continue
        mark = marks.get(target.pk)
        if mark is None and not asked:
            continue
        code = cell_of(mark).code if mark else "w"
        lines.append({"target": target, "wanted": wanted(target), "meaning": meaning_of(target), "mark": mark, "code": code})
    lines.sort(key=lambda line: "rwnspvo".index(str(line["code"])))
    context = {
        "title": str(found),
        "plan": plan,
        "unit": found,
        "lines": lines,
        "open": sum(line["code"] in ("w", "r") for line in lines) if asked else 0,
        "may_state": asked and plan.closed is None and rows("coverage.state", request.actor).filter(pk=found.pk).exists(),
        "own": speaks_for(request.actor, found),
        "below": rows("coverage.see", request.actor).filter(existing(clock.today()), parent=found),
        "words": [(Mark.Word.YES, _("√ 做到了")), (Mark.Word.NO, _("× 还没有")), (Mark.Word.NOT_APPLICABLE, _("不适用"))],
    }
    return render(request, "plans/coverage_unit.html", context)
