"""Splitting a task: the grid, the paste from Excel, sending down; and the unit's word on what it got."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from xiangxu.model.unit import Role
from xiangxu.targets.shares import Checked, Remark, Share, checked
from xiangxu.targets.status import Status
from xiangxu_web.kernel.actor import Actor
from xiangxu_web.kernel.audit.names import names
from xiangxu_web.kernel.components.figures import figure
from xiangxu_web.kernel.components.lamp import Lamp
from xiangxu_web.kernel.outcome import outcome_told
from xiangxu_web.kernel.permission import may, row, rows
from xiangxu_web.kernel.web import Request, number_in
from xiangxu_web.workspaces.areas.api import Unit
from xiangxu_web.workspaces.plans import split_sheets, splitting
from xiangxu_web.workspaces.plans.models import Report, Task
from xiangxu_web.workspaces.plans.pages.split_grid import KINDS_OF, MOST_NODES, Grid, add, merge, posted, spread, stored
from xiangxu_web.workspaces.plans.rules import ASK_FOR_MORE
from xiangxu_web.workspaces.plans.split_sheets import Pasted, day_of
from xiangxu_web.workspaces.plans.standing import SENT_DOWN, lamp_alone, lamp_of, rolled_up, with_standing

GROUPS = (
    ("towns", gettext_lazy("全部镇街")),
    ("counties", gettext_lazy("全部区县")),
    ("offices", gettext_lazy("全部科室")),
    ("departments", gettext_lazy("全部部门")),
    ("schools", gettext_lazy("全部中小学（含教学点）")),
    ("primary", gettext_lazy("小学和教学点")),
    ("junior", gettext_lazy("初中和九年一贯制学校")),
    ("kindergartens", gettext_lazy("全部幼儿园")),
)

# So many parts that stand the same are one line on the page of a task.
_MANY_ALIKE = 4


def split(request: Request, key: int) -> HttpResponseBase:
    """The grid of a task. Every button but the two that save gives the grid back changed, and keeps nothing."""
    task: Task = row("task.split", request.actor, pk=key)
    offered = splitting.units_offered(request.actor).prefetch_related("aliases")
    if request.method != "POST":
        grid = stored(task)
        if request.GET.get("as") == "xlsx":
            shares = [(line.unit.name, share) for line, (_key, share) in zip(grid.lines, grid.shares(), strict=True)]
            return split_sheets.workbook(task.title, shares, grid.days, grid.uom)
        return _page(request, task, grid, offered)
    grid = posted(task, request.POST, offered)
    # ``though``: the same once more by somebody who was told that it does not add up.
    though = request.POST.get("though", "")
    did = though or request.POST.get("do", "")
    if did in ("save", "send"):
        return _saved(request, task, grid, offered, send=did == "send", though=bool(though))
    try:
        _changed(grid, did, request, offered)
    except split_sheets.Unreadable as problem:
        grid.problems.append(str(problem))
    return _page(request, task, grid, offered, unsaved=True)


def _changed(grid: Grid, did: str, request: Request, offered: QuerySet[Unit]) -> None:
    if did == "add":
        add(grid, request.POST, offered)
    elif did == "equal":
        spread(grid)
    elif did == "node":
        day = day_of(request.POST.get("new-day", ""))
        if day is None or day in grid.days or len(grid.days) >= MOST_NODES:
            grid.problems.append(_("请选择一个还没有的节点日期（最多 %(most)s 个）。") % {"most": MOST_NODES})
            return
        merge(grid, Pasted(days=[day]))
        for line in grid.lines:
            line.mark = ""
    elif did == "paste":
        text = request.POST.get("pasted", "")
        if not text.strip():
            grid.problems.append(_("请先把 Excel 里的单位、数量（和节点）复制、粘贴到框里。"))
            return
        merge(grid, split_sheets.read(split_sheets.cells_of_text(text), offered, grid.days))
    elif did == "file":
        file = request.FILES.get("file")
        if file is None or (file.size or 0) > split_sheets.LARGEST:
            raise split_sheets.Unreadable(_("请选择 5 MB 以内的 Excel 或 WPS 表格。"))
        merge(grid, split_sheets.read(split_sheets.cells_of_file(file.read()), offered, grid.days))


def _saved(request: Request, task: Task, grid: Grid, offered: QuerySet[Unit], *, send: bool, though: bool) -> HttpResponse:
    shares, total = grid.shares(), grid.total_number()
    if grid.problems:
        return _page(request, task, grid, offered, unsaved=True, status=422)
    # What units are told has to add up, or somebody has to say that it is meant so.
    down = send or any(line.part is not None and line.part.sent != Task.Sent.DRAFT for line in grid.lines)
    found = checked([share for _key, share in shares], total, task.due_on, {})
    if found.wrong:
        # The page itself checks what it shows, and says each thing that is wrong.
        return _page(request, task, grid, offered, unsaved=True, status=422)
    if down and not though and (uneven := _uneven(found, grid)):
        return _page(request, task, grid, offered, unsaved=True, status=422, uneven=uneven, again="send" if send else "save")
    gone = [line.unit.pk for line in grid.lines if line.gone]
    try:
        saved = splitting.save(request.actor, task.pk, shares, total=total, uom=grid.uom, edition=grid.edition, gone=gone)
    except splitting.ChangedMeanwhile as problem:
        return _page(request, task, grid, offered, unsaved=True, status=422, stale=str(problem))
    except ValueError as problem:
        grid.problems.append(str(problem))
        return _page(request, task, grid, offered, unsaved=True, status=422)
    told = [_("已保存。")]
    if saved.again:
        told.append(_("%(n)s 个已下达的单位改动后重新下达，请其再确认。") % {"n": saved.again})
    if saved.gone:
        told.append(_("去掉了 %(n)s 个单位。") % {"n": saved.gone})
    if send:
        try:
            count = splitting.send_down(request.actor, task.pk)
            told.append(_("已下达给 %(n)s 个单位，它们的首页会看到。") % {"n": count})
        except ValueError as problem:
            if not saved.again:
                told.append(str(problem))
    messages.success(request, "".join(told))
    return redirect("task", task.pk) if send else redirect("task-split", task.pk)


def _page(
    request: Request,
    task: Task,
    grid: Grid,
    offered: QuerySet[Unit],
    *,
    unsaved: bool = False,
    status: int = 200,
    uneven: str = "",
    again: str = "",
    stale: str = "",
) -> HttpResponse:
    names = {str(line.unit.pk): str(line.unit) for line in grid.lines}
    shares, total = grid.shares(), grid.total_number()
    found = checked([share for _key, share in shares], total, task.due_on, names)
    units = list(offered.values_list("pk", "kind", "name", "short_name"))
    towns = [(key, short or name) for key, kind, name, short in units if kind == Unit.Kind.TOWN]
    below = [(key, short or name) for key, kind, name, short in units if kind in (Unit.Kind.TOWN, Unit.Kind.COUNTY_BUREAU)]
    remarks = [*(Remark(words, wrong=True) for words in grid.problems), *found.remarks, *_absent(grid, below)]
    kinds = {kind for _key, kind, _name, _short in units}
    context = {
        "title": _("分解任务"),
        "task": task,
        "lamp": lamp_alone(task),
        "grid": grid,
        "lines": [(line, list(zip(grid.days, line.nodes, strict=False))) for line in grid.lines],
        "checked": found,
        "difference": _difference(found),
        "remarks": remarks,
        "drafts": sum(1 for line in grid.lines if line.part is None or line.part.sent == Task.Sent.DRAFT),
        "groups": [(word, words) for word, words in GROUPS if _fits(word, kinds)],
        "towns": towns,
        "unsaved": unsaved,
        "uneven": uneven,
        "again": again,
        "stale": stale,
        "of_town": not request.actor.is_any(Role.CLERK),
    }
    return render(request, "plans/split.html", context, status=status)


def _fits(group: str, kinds: set[str]) -> bool:
    needed = KINDS_OF.get(group)
    return needed in kinds if needed else True


def _uneven(found: Checked, grid: Grid) -> str:
    """In a sentence that the shares are not the total, and how many units have none; empty where there is nothing to say."""
    if not found.difference or found.sum is None:
        return ""
    told = _("分下去合计 %(sum)s %(uom)s，总数 %(total)s，%(difference)s。") % {
        "sum": figure(found.sum), "uom": grid.uom, "total": grid.total, "difference": _difference(found),
    }  # fmt: skip
    if found.without:
        told += _("还有 %(n)s 个单位没有填数量。") % {"n": len(found.without)}
    return told + _("还没有下达：请改数量或总数；确实要这样，按“照这样下达”。")


def _difference(found: Checked) -> str:
    if found.difference is None:
        return ""
    if not found.difference:
        return _("与总数一致")
    words = _("比总数多 %(n)s") if found.difference > 0 else _("比总数少 %(n)s")
    return words % {"n": figure(abs(found.difference))}


def _absent(grid: Grid, below: list[tuple[int, str]]) -> list[Remark]:
    """Who is missing: where most towns (of a prefecture most counties) have a share, those that have none."""
    there = {line.unit.pk for line in grid.lines if not line.gone}
    absent = [name for key, name in below if key not in there]
    if not absent or len(absent) > len(below) / 2:
        return []
    return [Remark(_("还没有列入：%(names)s。") % {"names": "、".join(absent)})]


@require_POST
def answer_part(request: Request, key: int) -> HttpResponse:
    """The unit accepts or disputes what was sent to it."""
    take_answer(request, key)
    return redirect("task", key)


@require_POST
def uphold_part(request: Request, key: int) -> HttpResponse:
    """Whoever split the task keeps the figure that a unit disputes; back to where that was said, the grid or the part's page."""
    done = _("已维持原数，连同理由重新下达，请承担单位再确认。")
    with outcome_told(request, done, refusals=(ValueError, splitting.ChangedMeanwhile)):
        reason, edition = request.POST.get("reason", ""), number_in(request.POST.get("edition", ""))
        splitting.uphold(request.actor, key, reason, edition=edition)
    above = number_in(request.POST.get("grid", ""))
    return redirect("task", key) if above is None else redirect("task-split", above)


def take_answer(request: Request, key: int) -> None:
    """The unit's word on a part, from its own page or from that of a link: kept, or told why it was not."""
    accept, reason = "accept" in request.POST, request.POST.get("reason", "")
    done = _("已接受，这项任务可以报进展了。") if accept else _("异议已送教育局，改动后会重新下达。")
    form = reverse("part-answer", args=[key])
    with outcome_told(request, done, refusals=(ValueError, splitting.ChangedMeanwhile), at=form):
        splitting.answer(request.actor, key, accept=accept, reason=reason, edition=number_in(request.POST.get("edition", "")))


def _alike(parts: list[tuple[Task, Lamp]], *, told: bool) -> list[tuple[list[Task], Lamp]]:
    """The lines of the parts: one for each that stands apart, in their order, and one for all that stand the same where these are many,
    after the others. ``told``: a dispute's words are shown, which are each unit's own."""
    same: dict[tuple[Any, ...], list[tuple[Task, Lamp]]] = {}
    for part, lamp in parts:
        why = "" if lamp.state == Status.WAITING_DATA.value else str(lamp.why)
        seen = (part.done, part.quantity, part.sent, part.dispute if told else "", part.entered, lamp.state, str(lamp.words), why)  # type: ignore[attr-defined]
        same.setdefault(seen, []).append((part, lamp))
    many = {id(part) for group in same.values() if len(group) >= _MANY_ALIKE for part, _lamp in group}
    apart = [([part], lamp) for part, lamp in parts if id(part) not in many]
    return apart + [([part for part, _lamp in group], group[0][1]) for group in same.values() if len(group) >= _MANY_ALIKE]


def _over(task: Task, parts: Sequence[Task]) -> str:
    """That what was handed out is not the total which was typed for it, and by how much."""
    found = checked([Share(str(part.pk), part.quantity) for part in parts], task.quantity, None, {})
    if not found.difference:
        return ""
    return _("总数 %(total)s，分下去的%(difference)s") % {"total": figure(task.quantity), "difference": _difference(found)}


def around(actor: Actor, task: Task) -> dict[str, Any]:
    """What the page of a task says about its splitting and the leaders' sentences: what the actor may do, who answered, how the parts
    stand. The sum of all parts is shown to whoever sees all of them. That a part is in dispute is told above the county too; with what
    words, is the county's and the unit's."""
    splittable = rows("task.split", actor).filter(pk=task.pk).exists()
    accepted = Report.objects.filter(task=OuterRef("pk"), state=Report.State.ACCEPTED).order_by("-day", "-made", "-pk")
    found = rows("task.see", actor).filter(parent=task, dropped=None).select_related("answerable")
    # Whether what stands there was entered for the unit (代录).
    found = found.annotate(entered=Subquery(accepted.values("entered_for")[:1]))
    parts = list(with_standing(found).order_by("pk"))
    in_force = task.parts.filter(dropped=None)
    counts = {"every": Count("pk", filter=SENT_DOWN), "drafts": Count("pk", filter=Q(sent=Task.Sent.DRAFT))}
    every, drafts = in_force.order_by().aggregate(**counts).values() if parts or splittable else (0, 0)
    instructions = list(rows("instruction.see", actor).filter(task=task).order_by("-made"))
    posts, people = names("post", (i.post_id for i in instructions)), names("person", (i.person_id for i in instructions))
    for each in instructions:
        each.who = " ".join(filter(None, (posts.get(each.post_id or 0), people.get(each.person_id or 0))))
    return {
        "may_split": splittable,
        "draft_parts": drafts if splittable else 0,
        "may_uphold": task.sent == Task.Sent.DISPUTED and rows("task.split", actor).filter(pk=task.parent_id).exists(),
        "may_answer": task.kind == Task.Kind.PART and rows("part.answer", actor).filter(pk=task.pk).exists(),
        "dispute_told": bool(actor.county_path),
        "parts_shown": len(parts),
        "parts_lines": _alike([(part, lamp_of(part)) for part in parts], told=bool(actor.county_path)),
        "parts_uom": parts[0].uom if parts else "",
        "parts_over": _over(task, parts) if parts and len(parts) == every else "",
        "together": rolled_up(task) if parts and len(parts) == every else None,
        "instructions": instructions,
        "may_instruct": may(actor, ASK_FOR_MORE),
    }
