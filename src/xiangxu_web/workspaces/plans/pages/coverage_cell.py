"""One cell of the matrix: what was said, by whom, with what evidence; stating and verifying it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from xiangxu_web.kernel.audit.names import Names
from xiangxu_web.kernel.files.attach import attachments
from xiangxu_web.kernel.outcome import keep_typed, wrong_in
from xiangxu_web.kernel.permission import Refused, allowed, row, rows
from xiangxu_web.kernel.web import Request, number_in
from xiangxu_web.workspaces.areas.api import Unit
from xiangxu_web.workspaces.plans.coverage_grid import cell_html
from xiangxu_web.workspaces.plans.coverage_meaning import meaning_of
from xiangxu_web.workspaces.plans.covered import Cell, cell_of, choice_of, former, glyph, member_of
from xiangxu_web.workspaces.plans.covering import clear, hindrances, speaks_for, state, verify
from xiangxu_web.workspaces.plans.judging import is_bound
from xiangxu_web.workspaces.plans.models import Mark, Plan, SubPlan, Target
from xiangxu_web.workspaces.plans.pages.coverage import EvidenceForm, files_of
from xiangxu_web.workspaces.plans.papers import wanted
from xiangxu_web.workspaces.plans.splitting import ChangedMeanwhile


def cell(request: Request, key: int, target: int, unit: int) -> HttpResponse:
    """The cell's page (beside the matrix in the drawer). A POST states, clears or verifies; from the matrix it gets the cell alone back."""
    plan: Plan = row("plan.see", request.actor, pk=key)
    coverage: dict[str, Any] = {"dropped": None, "same_as": None, "evaluator_kind": Target.Evaluator.COVERAGE}
    found: Target = row("target.see", request.actor, pk=target, plan=plan, **coverage)
    its: Unit = row("coverage.see", request.actor, pk=unit, area__path__startswith=plan.area.path)
    typed = bool(request.htmx) and request.POST.get("from") == "matrix"
    if request.method == "POST":
        said = _changed(request, found, its)
        if typed:
            return HttpResponse(cell_html(found, its.pk, _standing(request, found, its), said=said))
        if said:
            messages.error(request, said)
            keep_typed(request)
        elif request.POST.get("do") in Mark.Word.values:
            messages.success(request, _("已填，等另一人核验。") if request.POST["do"] != Mark.Word.NO else _("已填。"))
        if request.POST.get("from") == "unit":
            return redirect("coverage-unit", plan.pk, its.pk)
        return redirect("coverage-cell", plan.pk, found.pk, its.pk)
    return render(request, "plans/coverage_cell.html", _shown(request, plan, found, its))


def _changed(request: Request, target: Target, unit: Unit) -> str:
    """Does what was asked; gives the words where it was refused."""
    do, seen = request.POST.get("do", ""), number_in(request.POST.get("was", ""))
    try:
        if do == "clear":
            clear(request.actor, target.pk, unit.pk, was=seen)
        elif do in ("accept", "refuse"):
            mark = Mark.objects.filter(target=target, unit=unit, replaced=None).values_list("pk", flat=True)
            done = verify(request.actor, list(mark), accept=do == "accept", reason=request.POST.get("reason", ""))
            return "；".join(why for _unit, why in done.left)
        else:
            form = EvidenceForm({**request.POST.dict(), "word": do}, request.FILES)
            if not form.is_valid():
                return wrong_in(form)
            note, files = form.cleaned_data["note"], files_of(form)
            # Only where the cell was shown as verified the note says why that is to change: a key gives none, an older page asked for none.
            unasked = "verified" not in request.POST
            stated = state(request.actor, target.pk, unit.pk, do, note=note, was=seen, files=files, in_passing=unasked)
            if stated.verified is not None and request.POST.get("from") != "matrix":
                return _("这一格已经按这个结果核验，没有改动。")
    except (ValueError, Refused, ChangedMeanwhile) as problem:
        return str(problem)
    return ""


def _standing(request: Request, target: Target, unit: Unit) -> Cell | None:
    mark = rows("mark.see", request.actor).filter(target=target, unit=unit, replaced=None).first()
    return cell_of(mark) if mark is not None else None


def _state(code: str, *, asked: bool) -> str:
    """The state by which it is told how much time is left: what is verified is done, × and what came back are still owed, and beside what
    nobody has said or verified, or is not asked, nothing is red."""
    if not asked:
        return "none"
    return {"v": "met", "o": "met", "n": "behind", "r": "behind"}.get(code, "waiting-data")


def _shown(request: Request, plan: Plan, target: Target, unit: Unit) -> dict[str, object]:
    actor = request.actor
    marks = list(
        rows("mark.see", actor).filter(target=target, unit=unit).select_related("unit__area", "fed_by").order_by("-made", "-pk")
    )
    people = Names("person", [key for mark in marks for key in (mark.person_id, mark.verified_by_person)])
    posts = Names("post", [key for mark in marks for key in (mark.post_id, mark.verified_by_post)])
    standing = next((mark for mark in marks if mark.replaced is None), None)
    code = cell_of(standing).code if standing else "w"
    member = member_of(rows("coverage.see", actor).filter(pk=unit.pk))
    in_scope = member is not None and choice_of(target).has(member)
    may_verify = standing is not None and allowed("coverage.verify", actor, standing)
    return {
        "title": f"{unit} · {target.metric}",
        "plan": plan,
        "target": target,
        "unit": unit,
        "wanted": wanted(target),
        "meaning": meaning_of(target),
        "code": code,
        "state": _state(code, asked=in_scope and is_bound(target)),
        "glyph": glyph(code),
        "in_scope": in_scope,
        "standing": standing,
        "locked": code in "vo",
        "former": former(standing),
        "own": speaks_for(actor, unit),
        "may_state": member is not None
        and plan.closed is None
        and is_bound(target)
        and rows("coverage.state", actor).filter(pk=unit.pk).exists(),
        "may_verify": may_verify,
        "why_not": hindrances(actor, [standing]).get(standing.pk, "") if standing is not None and may_verify else "",
        "history": [
            {
                "mark": mark,
                "glyph": glyph(cell_of(mark).code),
                "who": people.of(mark.person_id),
                "post": posts.of(mark.post_id),
                "verifier": people.of(mark.verified_by_person),
                "verifier_post": posts.of(mark.verified_by_post),
                "files": list(attachments(actor, mark)),
            }
            for mark in marks
        ],
        "sub_plan": rows("sub-plan.see", actor).filter(target=target, unit=unit).exclude(state=SubPlan.State.DRAFT).first(),
        "words": [(Mark.Word.YES, "√"), (Mark.Word.NO, "×"), (Mark.Word.NOT_APPLICABLE, _("不适用"))],
    }
