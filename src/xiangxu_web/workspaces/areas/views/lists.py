"""The lists: units, schools, clusters, what changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from django.db.models import Count, Max, Prefetch, Q, QuerySet
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import pgettext

from xiangxu import clock
from xiangxu_web.kernel.components.table import Column, Filter, Table
from xiangxu_web.kernel.permission import demand, may, rows
from xiangxu_web.kernel.web import Request
from xiangxu_web.workspaces.areas.existence import existing, members_on
from xiangxu_web.workspaces.areas.models import Area, SchoolChange, Unit
from xiangxu_web.workspaces.areas.own_level import is_own_level
from xiangxu_web.workspaces.areas.rules import MAINTAIN_UNITS, SCHOOL_KINDS, SEE_UNITS, change_scope


def _where(unit: Unit) -> str:
    """The town in which a unit lies; of a unit of a higher level its area."""
    above = unit.area.parent
    return above.name if unit.area.level == Area.Level.VILLAGE and above else unit.area.name


def _towns(request: Any) -> Iterable[tuple[str, str]]:
    found = rows("area.see", request.actor).filter(level=Area.Level.TOWN).select_related("parent").order_by("path")
    towns = list(found)
    several = len({town.parent_id for town in towns}) > 1
    return [(town.code, f"{town.parent.name}{town.name}" if several else town.name) for town in towns]


def _equal(name: str) -> Callable[[QuerySet[Any], str], QuerySet[Any]]:
    return lambda found, value: found.filter(**{name: value})


def _open(found: QuerySet[Any], value: str) -> QuerySet[Any]:
    there = existing(clock.today())
    return found.filter(there) if value == "open" else found.exclude(there)


def _link(unit: Unit) -> str:
    return reverse("unit", args=[unit.pk])


_TOWN = Filter("town", lazy("镇街"), _towns, lambda found, code: found.filter(Q(area__code=code) | Q(area__parent__code=code)))
_KIND = Filter("kind", lazy("类别"), lambda request: Unit.Kind.choices, _equal("kind"))
_SCHOOL_KIND = Filter("kind", lazy("类别"), lambda request: [(k.value, k.label) for k in SCHOOL_KINDS], _equal("kind"))
_TYPE = Filter("type", lazy("办学类型"), lambda request: Unit.SchoolType.choices, _equal("school_type"))
_RUNNER = Filter("runner", lazy("举办者"), lambda request: Unit.Runner.choices, _equal("runner"))
_STATE = Filter("state", lazy("状态"), lambda request: [("open", lazy("现有")), ("closed", lazy("已撤销或未设立"))], _open)
_SEARCH = ("name", "short_name", "code", "aliases__words")
_NAME = Column("name", lazy("名称"), sort=("name",), url=_link, drawer=True)
_CODE = Column("code", lazy("代码"), sort=("code",))
_KINDS = Column("kind", lazy("类别"), choices=Unit.Kind.choices, sort=("kind",), kind="tag", telling=True)
_IN = Column("town", lazy("镇街"), value=_where, sort=("area__path",), telling=True)
_OVER = Column("parent", lazy("主管单位"), value=lambda unit: str(unit.parent) if unit.parent else None, sort=("parent__name",))
_TYPES = Column("school_type", lazy("办学类型"), choices=Unit.SchoolType.choices, sort=("school_type",))
_RUN_BY = Column("runner", lazy("举办者"), choices=Unit.Runner.choices, sort=("runner",))
_OPENED = Column("opened", lazy("设立日期"), sort=("opened",), kind="date", chosen=False)
_CLOSED = Column("closed", lazy("撤销日期"), sort=("closed",), kind="date", filled=Max("closed"))
_PHONE = Column("phone", lazy("电话"), telling=True)

UNITS = Table(
    "units",
    columns=[_NAME, _KINDS, _IN, _OVER, _PHONE, _CLOSED, *(replace(c, chosen=False) for c in (_TYPES, _RUN_BY, _CODE)), _OPENED],
    filters=[_KIND, _TOWN, _TYPE, _RUNNER, _STATE],
    search=_SEARCH,
    search_hint=lazy("名称、别名或代码"),
    order=("path",),
    empty=lazy("还没有单位。可从“导入”下载模板，填好后整批导入。"),
    template="areas/list.html",
)
SCHOOLS = Table(
    "schools",
    columns=[_NAME, _TYPES, _IN, _OVER, _RUN_BY, _PHONE, _CLOSED, _OPENED, _CODE],
    filters=[_TYPE, _TOWN, _RUNNER, _STATE, _SCHOOL_KIND],
    search=_SEARCH,
    search_hint=lazy("名称、别名或学校标识码"),
    order=("area__path",),
    empty=lazy("还没有学校。可从“导入”下载模板，填好后整批导入。"),
    template="areas/list.html",
)
CHANGES = Table(
    "school-changes",
    columns=[
        Column("kind", lazy("变更"), choices=SchoolChange.Kind.choices, sort=("kind",), kind="tag"),
        Column("day", lazy("日期"), value=lambda change: change.day, sort=("day",), kind="date", telling=True),
        Column("before", lazy("变更前"), value=lambda change: "、".join(_names(change, "before")) or None, telling=True),
        Column("after", lazy("变更后"), value=lambda change: "、".join(_names(change, "after")) or None, telling=True),
        Column("note", lazy("依据")),
    ],
    filters=[Filter("kind", lazy("变更"), lambda request: SchoolChange.Kind.choices, _equal("kind"))],
    search=("note", "before__name", "after__name"),
    search_hint=lazy("学校名称或依据"),
    order=("-day",),
    empty=lazy("还没有登记过学校变更。"),
    template="areas/list.html",
)


def _names(change: SchoolChange, side: str) -> list[str]:
    units = list(getattr(change, side).all())
    if side == "before" and "name" in change.was and len(units) == 1:
        return [change.was["name"]]
    return [unit.name for unit in units]


def _as_here(table: Table, request: Request) -> Table:
    """A prefecture's own level has no towns to tell its units apart by."""
    if not is_own_level(request.actor.county_path):
        return table
    columns = [column for column in table.columns if column.key != "town"]
    return replace(table, columns=columns, filters=[each for each in table.filters if each.key != "town"])


def tabs(request: Request, here: str) -> dict[str, Any]:
    """What every page of the workspace shows above its content: the neighbouring pages, and whether the post may change."""
    changes = may(request.actor, MAINTAIN_UNITS)
    entries = [
        ("units", pgettext("all of them", "单位")),
        ("schools", pgettext("all of them", "学校")),
        ("clusters", pgettext("all of them", "学区")),
        ("areas", pgettext("all of them", "区划")),
        ("changes", _("变更沿革")),
    ]
    if changes:
        entries.append(("exchange", _("导入导出")))
    return {
        "tabs": [(reverse(name), words, name == here) for name, words in entries],
        "may_change": changes,
        "has_counties": changes and is_own_level(change_scope(request.actor)),
        "here": here,
    }


def units(request: Request) -> HttpResponseBase:
    """All units that the post sees."""
    demand(request.actor, SEE_UNITS)
    found = rows("unit.see", request.actor).select_related("area__parent", "parent")
    return _as_here(UNITS, request).respond(request, found, title=pgettext("all of them", "单位"), **tabs(request, "units"))


def schools(request: Request) -> HttpResponseBase:
    """Schools, campuses, teaching points and kindergartens that the post sees, with how many there are today."""
    demand(request.actor, SEE_UNITS)
    found = rows("unit.see", request.actor).filter(kind__in=SCHOOL_KINDS)
    there = found.filter(existing(clock.today())).order_by()
    counts = dict(there.values_list("kind").annotate(n=Count("pk", distinct=True)))
    standing = _("现有 %(schools)s 所学校、%(points)s 个教学点、%(kindergartens)s 所幼儿园。") % {
        "schools": counts.get(Unit.Kind.SCHOOL, 0),
        "points": counts.get(Unit.Kind.TEACHING_POINT, 0),
        "kindergartens": counts.get(Unit.Kind.KINDERGARTEN, 0),
    }
    found = found.select_related("area__parent", "parent")
    return _as_here(SCHOOLS, request).respond(
        request, found, title=pgettext("all of them", "学校"), standing=standing, **tabs(request, "schools")
    )


def changes(request: Request) -> HttpResponseBase:
    """What happened to the schools that the post sees; a school outside is not named."""
    demand(request.actor, SEE_UNITS)
    seen = rows("unit.see", request.actor).order_by()
    named = (side.through.objects.filter(unit__in=seen.values("pk")) for side in (SchoolChange.before, SchoolChange.after))
    before, after = (each.values("schoolchange") for each in named)
    found = SchoolChange.objects.filter(Q(pk__in=before) | Q(pk__in=after))
    found = found.prefetch_related(Prefetch("before", seen), Prefetch("after", seen))
    return CHANGES.respond(request, found, title=_("变更沿革"), **tabs(request, "changes"))


def clusters(request: Request) -> HttpResponseBase:
    """The clusters that the post sees, each with its schools that it sees, the leading one first."""
    demand(request.actor, SEE_UNITS)
    today = clock.today()
    seen = rows("unit.see", request.actor).order_by()
    members = (
        members_on(today)
        .filter(school__in=seen.values("pk"))
        .select_related("school__area__parent")
        .order_by("-leads", "school__path")
    )
    found = (
        seen.filter(existing(today), kind=Unit.Kind.CLUSTER)
        .order_by("path")
        .prefetch_related(Prefetch("members", members, to_attr="now"))
    )
    context = {"title": pgettext("all of them", "学区"), "clusters": found, "where": _where, **tabs(request, "clusters")}
    return render(request, "areas/clusters.html", context)
