"""The grid of a splitting as typed: from what is kept, from a form, with units added, a table laid over it, the total dealt out."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _

from xiangxu.targets.shares import Share, equal_shares
from xiangxu_web.kernel.web import keys_in, number_in
from xiangxu_web.workspaces.areas.api import Unit
from xiangxu_web.workspaces.plans import splitting
from xiangxu_web.workspaces.plans.models import Task
from xiangxu_web.workspaces.plans.split_sheets import Pasted, day_of, number_of

# So many nodes a grid may have: a quarter each over three years.
MOST_NODES = 12
# The groups that are all units of one kind.
KINDS_OF = {
    "towns": Unit.Kind.TOWN,
    "counties": Unit.Kind.COUNTY_BUREAU,
    "offices": Unit.Kind.OFFICE,
    "departments": Unit.Kind.DEPARTMENT,
    "kindergartens": Unit.Kind.KINDERGARTEN,
}
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
            amount = self._number(line.quantity, _("%(unit)s：数量") % {"unit": line.unit})
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


def stored(task: Task) -> Grid:
    """The grid as it is kept: disputes first."""
    parts = sorted(splitting.parts_of(task), key=lambda part: (part.sent != Task.Sent.DISPUTED, part.pk))
    days = sorted({node.due_on for part in parts for node in part.nodes.all()})
    total, uom = splitting.total_of(task)
    lines = []
    for part in parts:
        if part.answerable is None:
            continue
        at = {node.due_on: _typed(node.quantity) for node in part.nodes.all()}
        mark = _("时限与任务的不同，保存后改为任务的") if splitting.other_deadline(part, task) else ""
        lines.append(Line(part.answerable, _typed(part.quantity), [at.get(day, "") for day in days], part, mark=mark))
    if not days and task.due_on and not lines:
        days = [task.due_on]
    return Grid(_typed(total), next((p.uom for p in parts if p.uom), uom), days, lines, task.edition)


def posted(task: Task, post: QueryDict, offered: QuerySet[Unit]) -> Grid:
    """The grid as it came back from the page."""
    parts = {part.answerable_id: part for part in splitting.parts_of(task)}
    keys = list(dict.fromkeys(keys_in(post, "unit")))
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
    return Grid(
        post.get("total", "").strip(),
        post.get("uom", "").strip()[:12],
        [days[n] for n in order],
        lines,
        number_in(post.get("edition", "")) or 0,
        problems,
    )


def add(grid: Grid, post: QueryDict, offered: QuerySet[Unit]) -> None:
    """Adds the units of a group (of one town), and those that were named."""
    group, town = post.get("group", ""), number_in(post.get("town", ""))
    there = {line.unit.pk for line in grid.lines}
    found: list[Unit] = []
    if group:
        narrowed = offered.filter(_in_group(group))
        if town is not None and group in _OF_SCHOOLS:
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
    if group in KINDS_OF:
        return Q(kind=KINDS_OF[group])
    return {
        "schools": Q(kind__in=(Unit.Kind.SCHOOL, Unit.Kind.CAMPUS, Unit.Kind.TEACHING_POINT)),
        "primary": Q(school_type__in=(Unit.SchoolType.PRIMARY, Unit.SchoolType.TEACHING_POINT)),
        "junior": Q(school_type__in=(Unit.SchoolType.JUNIOR, Unit.SchoolType.NINE_YEAR)),
    }.get(group, Q(pk__in=()))


def merge(grid: Grid, pasted: Pasted) -> None:
    """Lays a table over the grid, marking what is new and what differs; what the table does not name stays as it is."""
    days = sorted({*grid.days, *pasted.days})[:MOST_NODES]
    for line in grid.lines:
        at = dict(zip(grid.days, line.nodes, strict=False))
        line.nodes = [at.get(day, "") for day in days]
    grid.days = days
    by_unit = {line.unit.pk: line for line in grid.lines}
    for unit, quantity, nodes in pasted.rows:
        new = [nodes.get(day, "") for day in days]
        if unit.pk not in by_unit:
            by_unit[unit.pk] = Line(unit, quantity, new, mark=_("新加"))
            grid.lines.append(by_unit[unit.pk])
            continue
        line = by_unit[unit.pk]
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


def spread(grid: Grid) -> None:
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
