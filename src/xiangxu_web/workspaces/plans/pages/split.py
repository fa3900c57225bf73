"""Splitting a task: the grid, the paste from Excel, sending down; and the unit's word on what it got."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from xiangxu.model.unit import Role
from xiangxu.targets.shares import Checked, Remark, Share, checked, equal_shares
from xiangxu_web.kernel.actor import Actor
from xiangxu_web.kernel.audit.names import names
from xiangxu_web.kernel.components.figures import figure
from xiangxu_web.kernel.permission import may, row, rows
from xiangxu_web.kernel.web import Request
from xiangxu_web.workspaces.areas.api import Unit
from xiangxu_web.workspaces.plans import split_sheets, splitting
from xiangxu_web.workspaces.plans.models import Task
from xiangxu_web.workspaces.plans.rules import ASK_FOR_MORE
from xiangxu_web.workspaces.plans.split_sheets import Pasted, day_of, number_of
from xiangxu_web.workspaces.plans.standing import SENT_DOWN, lamp_of, rolled_up, with_standing

# So many nodes a grid may have: a quarter each over three years.
MOST_NODES = 12
GROUPS = (
    ("towns", gettext_lazy("全部镇街")),
    ("offices", gettext_lazy("全部科室")),
    ("departments", gettext_lazy("全部部门")),
    ("schools", gettext_lazy("全部中小学（含教学点）")),
    ("primary", gettext_lazy("小学和教学点")),
    ("junior", gettext_lazy("初中和九年一贯制学校")),
    ("kindergartens", gettext_lazy("全部幼儿园")),
)
_OF_SCHOOLS = ("schools", "primary", "junior", "kindergartens")


@dataclass
class Line:
    """One row of the grid as typed: a unit, its quantity, its nodes; and the part that stands for it already."""

    unit: Unit
    quantity: str = ""
    nodes: list[str] = field(default_factory=list)
    part: Task | None = None
    gone: bool = False
    mark: str = ""


@dataclass
class Grid:
    """The whole grid as typed. Nothing in it is kept before it is saved."""

    total: str
    uom: str
    days: list[date]
    lines: list[Line]
    edition: int
    problems: list[str] = field(default_factory=list)

    def shares(self) -> list[tuple[int, Share]]:
        """The lines as shares; what is no number is left out and told among the problems."""
        found = []
        for line in self.lines:
            if line.gone:
                continue
            amount = self._number(line.quantity, f"{line.unit}：数量")
            nodes = {}
            for day, typed in zip(self.days, line.nodes, strict=False):
                value = self._number(typed, f"{line.unit}：{day:%Y-%m-%d}")
                if value is not None:
                    nodes[day] = value
            found.append((line.unit.pk, Share(str(line.unit.pk), amount, nodes)))
        return found

    def total_number(self) -> float | None:
        """The total as a number."""
        return self._number(self.total, _("总数"))

    def _number(self, typed: str, where: str) -> float | None:
        try:
            return number_of(typed)
        except ValueError:
            words = _("%(where)s“%(typed)s”不是数字，请改成数字，例如 12 或 3.5。") % {"where": where, "typed": typed}
            if words not in self.problems:
                self.problems.append(words)
            return None


def _typed(value: float | None) -> str:
    return "" if value is None else f"{value:.15g}"


def _stored(task: Task) -> Grid:
    """The grid as it is kept: disputes first."""
    parts = sorted(splitting.parts_of(task), key=lambda part: (part.sent != Task.Sent.DISPUTED, part.pk))
    days = sorted({node.due_on for part in parts for node in part.nodes.all()})
    total, uom = splitting.total_of(task)
    lines = []
    for part in parts:
        if part.answerable is None:
            continue
        at = {node.due_on: _typed(node.quantity) for node in part.nodes.all()}
        lines.append(Line(part.answerable, _typed(part.quantity), [at.get(day, "") for day in days], part))
    if not days and task.due_on and not lines:
        days = [task.due_on]
    return Grid(_typed(total), next((p.uom for p in parts if p.uom), uom), days, lines, task.edition)


def _posted(task: Task, post: QueryDict, offered: QuerySet[Unit]) -> Grid:
    """The grid as it came back from the page."""
    parts = {part.answerable_id: part for part in splitting.parts_of(task)}
    keys = list(dict.fromkeys(int(key) for key in post.getlist("unit") if key.isdigit()))
    units = {unit.pk: unit for unit in offered.filter(pk__in=keys)}
    units |= {key: part.answerable for key, part in parts.items() if key is not None and part.answerable is not None}
    days, kept = [], []
    problems = []
    for n, typed in enumerate(post.getlist("day")[:MOST_NODES]):
        day = day_of(typed)
        if day is not None and day not in days:
            days.append(day)
            kept.append(n)
        elif day is not None:
            problems.append(_("节点日期 %(day)s 出现了两次，只留第一列。") % {"day": day})
    order = sorted(range(len(days)), key=lambda n: days[n])
    gone = set(post.getlist("gone"))
    lines = []
    for key in keys:
        if key not in units:
            continue
        typed_nodes = post.getlist(f"n{key}")
        nodes = [typed_nodes[kept[n]].strip() if kept[n] < len(typed_nodes) else "" for n in order]
        lines.append(Line(units[key], post.get(f"q{key}", "").strip(), nodes, parts.get(key), str(key) in gone))
    edition = post.get("edition", "")
    return Grid(
        post.get("total", "").strip(),
        post.get("uom", "").strip()[:12],
        [days[n] for n in order],
        lines,
        int(edition) if edition.isdigit() else 0,
        problems,
    )


def _add(grid: Grid, post: QueryDict, offered: QuerySet[Unit]) -> None:
    """Adds the units of a group (of one town), and those that were named."""
    group, town = post.get("group", ""), post.get("town", "")
    there = {line.unit.pk for line in grid.lines}
    found: list[Unit] = []
    if group:
        narrowed = offered.filter(_in_group(group))
        if town.isdigit() and group in _OF_SCHOOLS:
            home = offered.filter(pk=town).select_related("area").first()
            narrowed = narrowed.filter(area__path__startswith=home.area.path) if home else narrowed.none()
        found += narrowed
    words = [word for word in post.get("words", "").replace("，", "、").replace(",", "、").split("、") if word.strip()]
    for word in words:
        named = list(offered.filter(Q(name__contains=word.strip()) | Q(short_name=word.strip()))[:21])
        exact = [unit for unit in named if word.strip() in (unit.name, unit.short_name)]
        if not named:
            grid.problems.append(_("没有找到名称含“%(words)s”的单位。") % {"words": word.strip()})
        elif len(named) > 20 and not exact:
            grid.problems.append(_("名称含“%(words)s”的单位超过 20 个，请写得再具体些。") % {"words": word.strip()})
        else:
            found += exact or named
    if not group and not words:
        grid.problems.append(_("请先选择一类单位，或写出单位名称。"))
    for unit in dict.fromkeys(found):
        if unit.pk not in there and len(grid.lines) < splitting.MOST_UNITS:
            grid.lines.append(Line(unit, "", [""] * len(grid.days), mark=_("新加")))
            there.add(unit.pk)


def _in_group(group: str) -> Q:
    kinds = Unit.Kind
    pupils = Q(kind__in=(kinds.SCHOOL, kinds.CAMPUS, kinds.TEACHING_POINT))
    return {
        "towns": Q(kind=kinds.TOWN),
        "offices": Q(kind=kinds.OFFICE),
        "departments": Q(kind=kinds.DEPARTMENT),
        "schools": pupils,
        "primary": Q(school_type__in=(Unit.SchoolType.PRIMARY, Unit.SchoolType.TEACHING_POINT)),
        "junior": Q(school_type__in=(Unit.SchoolType.JUNIOR, Unit.SchoolType.NINE_YEAR)),
        "kindergartens": Q(kind=kinds.KINDERGARTEN),
    }.get(group, Q(pk__in=()))


def _merge(grid: Grid, pasted: Pasted) -> None:
    """Lays a table over the grid, marking what is new and what differs; what the table does not name stays as it is."""
    days = sorted({*grid.days, *pasted.days})[:MOST_NODES]
    for line in grid.lines:
        at = dict(zip(grid.days, line.nodes, strict=False))
        line.nodes = [at.get(day, "") for day in days]
    grid.days = days
    by_unit = {line.unit.pk: line for line in grid.lines}
    for unit, quantity, nodes in pasted.rows:
        line = by_unit.get(unit.pk)
        new = [nodes.get(day, "") for day in days]
        if line is None:
            line = by_unit[unit.pk] = Line(unit, quantity, new, mark=_("新加"))
            grid.lines.append(line)
            continue
        old = (line.quantity, line.nodes)
        line.quantity = quantity or line.quantity
        line.nodes = [typed or before for typed, before in zip(new, line.nodes, strict=True)]
        if (line.quantity, line.nodes) != old:
            line.mark = _("原为 %(was)s") % {"was": old[0] or "—"} if line.quantity != old[0] else _("节点有改动")
    named = {unit.pk for unit, _quantity, _nodes in pasted.rows}
    for line in grid.lines:
        if line.unit.pk not in named and not line.mark:
            line.mark = _("表里没有，不变")
    grid.uom = pasted.uom or grid.uom
    grid.problems += pasted.problems


def _spread(grid: Grid) -> None:
    """Deals the total out evenly, and to the last node all of each share where no other node is given."""
    total = grid.total_number()
    lines = [line for line in grid.lines if not line.gone]
    if total is None or not lines:
        grid.problems.append(_("平均分之前，请先填总数，并加上单位。"))
        return
    for line, amount in zip(lines, equal_shares(total, len(lines)), strict=True):
        line.quantity = _typed(amount)
        if line.nodes and not any(line.nodes[:-1]):
            line.nodes[-1] = line.quantity


def split(request: Request, key: int) -> HttpResponseBase:
    """The grid of a task. Every button but the two that save gives the grid back changed, and keeps nothing."""
    task: Task = row("task.split", request.actor, pk=key)
    offered = splitting.units_offered(request.actor).prefetch_related("aliases")
    if request.method != "POST":
        grid = _stored(task)
        if request.GET.get("as") == "xlsx":
            shares = [(line.unit.name, share) for line, (_key, share) in zip(grid.lines, grid.shares(), strict=True)]
            return split_sheets.workbook(task.title, shares, grid.days, grid.uom)
        return _page(request, task, grid, offered)
    grid = _posted(task, request.POST, offered)
    did = request.POST.get("do", "")
    if did in ("save", "send"):
        return _saved(request, task, grid, offered, send=did == "send")
    try:
        _changed(grid, did, request, offered)
    except split_sheets.Unreadable as problem:
        grid.problems.append(str(problem))
    return _page(request, task, grid, offered, unsaved=True)


def _changed(grid: Grid, did: str, request: Request, offered: QuerySet[Unit]) -> None:
    if did == "add":
        _add(grid, request.POST, offered)
    elif did == "equal":
        _spread(grid)
    elif did == "node":
        day = day_of(request.POST.get("new-day", ""))
        if day is None or day in grid.days or len(grid.days) >= MOST_NODES:
            grid.problems.append(_("请选择一个还没有的节点日期（最多 %(most)s 个）。") % {"most": MOST_NODES})
            return
        _merge(grid, Pasted(days=[day]))
        for line in grid.lines:
            line.mark = ""
    elif did == "paste":
        text = request.POST.get("pasted", "")
        if not text.strip():
            grid.problems.append(_("请先把 Excel 里的单位、数量（和节点）复制、粘贴到框里。"))
            return
        _merge(grid, split_sheets.read(split_sheets.cells_of_text(text), offered, grid.days))
    elif did == "file":
        file = request.FILES.get("file")
        if file is None or (file.size or 0) > split_sheets.LARGEST:
            raise split_sheets.Unreadable(_("请选择 5 MB 以内的 Excel 或 WPS 表格。"))
        _merge(grid, split_sheets.read(split_sheets.cells_of_file(file.read()), offered, grid.days))


def _saved(request: Request, task: Task, grid: Grid, offered: QuerySet[Unit], *, send: bool) -> HttpResponse:
    shares, total = grid.shares(), grid.total_number()
    if grid.problems:
        return _page(request, task, grid, offered, unsaved=True, status=422)
    gone = [line.unit.pk for line in grid.lines if line.gone]
    try:
        saved = splitting.save(request.actor, task.pk, shares, total=total, uom=grid.uom, edition=grid.edition, gone=gone)
    except (ValueError, splitting.ChangedMeanwhile) as problem:
        grid.problems += [line for line in str(problem).split("\n") if line not in grid.problems]
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
    request: Request, task: Task, grid: Grid, offered: QuerySet[Unit], *, unsaved: bool = False, status: int = 200
) -> HttpResponse:
    names = {str(line.unit.pk): str(line.unit) for line in grid.lines}
    shares, total = grid.shares(), grid.total_number()
    found = checked([share for _key, share in shares], total, task.due_on, names)
    units = list(offered.values_list("pk", "kind", "name", "short_name"))
    towns = [(key, short or name) for key, kind, name, short in units if kind == Unit.Kind.TOWN]
    remarks = [*(Remark(words, wrong=True) for words in grid.problems), *found.remarks, *_absent(grid, towns)]
    kinds = {kind for _key, kind, _name, _short in units}
    context = {
        "title": _("分解任务"),
        "task": task,
        "grid": grid,
        "checked": found,
        "difference": _difference(found),
        "remarks": remarks,
        "drafts": sum(1 for line in grid.lines if line.part is None or line.part.sent == Task.Sent.DRAFT),
        "groups": [(word, words) for word, words in GROUPS if _fits(word, kinds)],
        "towns": towns,
        "unsaved": unsaved,
        "of_town": not request.actor.is_any(Role.CLERK),
    }
    return render(request, "plans/split.html", context, status=status)


def _fits(group: str, kinds: set[str]) -> bool:
    needed = {"towns": Unit.Kind.TOWN, "offices": Unit.Kind.OFFICE, "departments": Unit.Kind.DEPARTMENT}.get(group)
    return needed in kinds if needed else True


def _difference(found: Checked) -> str:
    if found.difference is None:
        return ""
    if not found.difference:
        return _("与总数一致")
    words = _("比总数多 %(n)s") if found.difference > 0 else _("比总数少 %(n)s")
    return words % {"n": figure(abs(found.difference))}


def _absent(grid: Grid, towns: list[tuple[int, str]]) -> list[Remark]:
    """Who is missing: where most towns have a share, the towns that have none."""
    there = {line.unit.pk for line in grid.lines if not line.gone}
    absent = [name for key, name in towns if key not in there]
    if not absent or len(absent) > len(towns) / 2:
        return []
    return [Remark(_("还没有列入：%(names)s。") % {"names": "、".join(absent)})]


@require_POST
def answer_part(request: Request, key: int) -> HttpResponse:
    """The unit accepts or disputes what was sent to it."""
    accept = "accept" in request.POST
    edition = request.POST.get("edition", "")
    try:
        splitting.answer(
            request.actor,
            key,
            accept=accept,
            reason=request.POST.get("reason", ""),
            edition=int(edition) if edition.isdigit() else None,
        )
        messages.success(request, _("已接受，这项任务可以报进展了。") if accept else _("异议已送教育局，改动后会重新下达。"))
    except (ValueError, splitting.ChangedMeanwhile) as problem:
        messages.error(request, str(problem))
    return redirect("task", key)


def around(actor: Actor, task: Task) -> dict[str, Any]:
    """What the page of a task says about its splitting and the leaders' sentences: what the actor may do, who answered, how the parts
    stand. The sum of all parts is shown to whoever sees all of them."""
    splittable = rows("task.split", actor).filter(pk=task.pk).exists()
    parts = list(
        with_standing(rows("task.see", actor).filter(parent=task, dropped=None).select_related("answerable")).order_by("pk")
    )
    every = task.parts.filter(SENT_DOWN, dropped=None).count() if parts else 0
    instructions = list(rows("instruction.see", actor).filter(task=task).order_by("-made"))
    who = names("post", (each.post_id for each in instructions))
    for each in instructions:
        each.who = who.get(each.post_id or 0, "")
    return {
        "may_split": splittable,
        "draft_parts": task.parts.filter(dropped=None, sent=Task.Sent.DRAFT).count() if splittable else 0,
        "may_answer": task.kind == Task.Kind.PART and rows("part.answer", actor).filter(pk=task.pk).exists(),
        "parts_shown": [(part, lamp_of(part)) for part in parts],
        "together": rolled_up(task) if parts and len(parts) == every else None,
        "instructions": instructions,
        "may_instruct": may(actor, ASK_FOR_MORE),
    }
