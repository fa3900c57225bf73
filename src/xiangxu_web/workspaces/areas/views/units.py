"""One unit's page, and the tree of areas."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Count, Prefetch, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from xiangxu import clock
from xiangxu.model.area import Settlement
from xiangxu_web.kernel.components.figures import day
from xiangxu_web.kernel.components.timeline import Event
from xiangxu_web.kernel.models import AuditRow
from xiangxu_web.kernel.permission import allowed, demand, row, rows
from xiangxu_web.kernel.web import Request
from xiangxu_web.workspaces.areas.existence import existed, members_on, successors
from xiangxu_web.workspaces.areas.models import Area, SchoolChange, Unit
from xiangxu_web.workspaces.areas.panels import panels
from xiangxu_web.workspaces.areas.rules import SCHOOL_KINDS, SEE_UNITS
from xiangxu_web.workspaces.areas.views.lists import tabs

# How many edits the page tells; the audit holds all.
_LAST_EDITS = 10


def unit(request: Request, key: int) -> HttpResponse:
    """One unit: what is known of it, what belongs to it, what happened to it, and what other workspaces show of it."""
    found: Unit = get_object_or_404(rows("unit.see", request.actor).select_related("area", "parent"), pk=key)
    seen = rows("unit.see", request.actor).order_by()
    children = seen.filter(parent=found).order_by("closed", "path")
    changes = allowed("unit.change", request.actor, found)
    today = clock.today()
    members = list(
        members_on(today)
        .filter(Q(cluster=found) | Q(school=found), cluster__in=seen.values("pk"))
        .filter(school__in=seen.values("pk"))
        .select_related("cluster", "school")
        .order_by("-leads", "school__path")
    )
    context = {
        "title": found.name,
        "standing": _standing(found, seen),
        "unit": found,
        "is_school": found.kind in SCHOOL_KINDS,
        "is_cluster": found.kind == Unit.Kind.CLUSTER,
        "facts": _facts(found, request),
        "aliases": [alias.words for alias in found.aliases.order_by("words")],
        "children": children,
        "members": members if found.kind == Unit.Kind.CLUSTER else [],
        "clusters": [] if found.kind == Unit.Kind.CLUSTER else members,
        "events": _events(found, seen, changes),
        "slots": panels(request.actor, found),
        "changes": changes,
    }
    return render(request, "areas/unit.html", context)


def _standing(unit: Unit, seen: Any) -> str:
    if existed(unit, clock.today()):
        return _("%(kind)s · %(area)s") % {"kind": unit.get_kind_display(), "area": unit.area.name}
    if unit.closed is None or unit.closed > clock.today():
        return _("%(day)s 起设立") % {"day": day(unit.opened)}
    names = "、".join(seen.filter(pk__in=[u.pk for u in successors(unit, clock.today())]).values_list("name", flat=True))
    told = _("已于 %(day)s 撤销") % {"day": day(unit.closed)}
    return told + (_("，现由%(names)s承接") % {"names": names} if names else "") + "。"


def _facts(unit: Unit, request: Request) -> list[tuple[str, Any]]:
    above = unit.parent if unit.parent and allowed("unit.see", request.actor, unit.parent) else None
    line = [area.name for area in Area.objects.filter(code__in=unit.area.path.split("/")[:-1]).order_by("path")]
    known: list[tuple[str, Any]] = [
        (_("简称"), unit.short_name),
        (_("代码"), unit.code),
        (_("类别"), unit.get_kind_display()),
        (_("所在区划"), " ".join(line[-3:])),
        (_("主管单位"), str(above) if above else None),
    ]
    if unit.kind in SCHOOL_KINDS:
        rural = Settlement(unit.area.settlement).rural if unit.area.settlement in set(Settlement) else None
        known += [
            (_("办学类型"), unit.get_school_type_display()),
            (_("举办者"), unit.get_runner_display()),
            (_("城乡"), None if rural is None else _("乡村") if rural else _("城镇")),
        ]
    place = None if unit.longitude is None else f"{unit.longitude:.5f}, {unit.latitude:.5f}"
    return [
        *known,
        (_("电话"), unit.phone),
        (_("地址"), unit.address),
        (_("设立日期"), unit.opened),
        *([(_("撤销日期"), unit.closed)] if unit.closed else []),
        (_("经纬度"), place),
    ]


def _events(unit: Unit, seen: Any, edits: bool) -> list[Event]:
    """Changes with a day, and for those who keep the unit its last edits, newest first."""
    found = SchoolChange.objects.filter(Q(before=unit) | Q(after=unit)).distinct()
    events = [_event(change, unit) for change in found.prefetch_related(Prefetch("before", seen), Prefetch("after", seen))]
    if edits:
        # Only what was edited by hand or import: changes with a day are told above.
        kept = AuditRow.objects.filter(table="unit", row_key=str(unit.pk), verb__in=("unit.edit", "unit.import", "unit.make"))
        audit = list(kept.exclude(fields={}).order_by("-pk")[:_LAST_EDITS])
        people = get_user_model().objects.in_bulk({a.person_id for a in audit if a.person_id})
        titles = {f.attname: str(f.verbose_name) for f in Unit._meta.concrete_fields}
        for entry in audit:
            fields = [titles[name] for name in entry.fields if name in titles and name not in ("path", "edition")]
            made = all(before is None for before, _after in entry.fields.values())
            who = str(people[entry.person_id]) if entry.person_id in people else ""
            words = "" if made else _("改了：%(fields)s") % {"fields": "、".join(fields)}
            events.append(Event(entry.at, _("录入") if made else _("修改"), words, who))
    return sorted(events, key=lambda event: event.at.isoformat()[:10], reverse=True)


def _event(change: SchoolChange, unit: Unit) -> Event:
    before = "、".join(each.name for each in change.before.all())
    after = "、".join(each.name for each in change.after.all())
    if "name" in change.was:
        before, after = change.was["name"], after
    told = f"{before} → {after}" if before and after and before != after else ""
    if change.kind == SchoolChange.Kind.TYPE_CHANGED and "school_type" in change.was:
        types = dict(Unit.SchoolType.choices)
        told = f"{types.get(change.was['school_type'], '')} → {unit.get_school_type_display()}"
    words = "；".join(filter(None, [told, _("依据：%(note)s") % {"note": change.note} if change.note else ""]))
    return Event(change.day, change.get_kind_display(), words)


def areas(request: Request) -> HttpResponse:
    """The tree of areas, opened down to the own one; what lies below is loaded when it is opened."""
    demand(request.actor, SEE_UNITS)
    seen = _counted(request)
    above = (
        set(request.actor.area_path.split("/")[:-1])
        if not request.actor.county_path
        else set(request.actor.county_path.split("/")[:-1])
    )
    # The chain down to the own area stands open; each of its areas with what is directly below.
    shown = list(seen.filter(Q(parent=None) | Q(parent__code__in=above)).order_by("path"))
    codes = {area.code for area in shown}
    below: dict[int | None, list[Area]] = {}
    for area in shown:
        below.setdefault(area.parent_id, []).append(area)
    top = [area for area in shown if area.parent is None or area.parent.code not in codes]
    context = {"title": pgettext("all of them", "区划"), "nodes": _nested(top, below, above), **tabs(request, "areas")}
    return render(request, "areas/areas.html", context)


def area_below(request: Request, code: str) -> HttpResponse:
    """What lies directly below an area: a part of the tree."""
    demand(request.actor, SEE_UNITS)
    found = row("area.see", request.actor, code=code)
    nodes = [{"area": area, "open": False, "below": None} for area in _counted(request).filter(parent=found).order_by("path")]
    template = "areas/branch.html" if request.htmx else "areas/area.html"
    return render(request, template, {"title": found.name, "area": found, "nodes": nodes, **tabs(request, "areas")})


def _counted(request: Request) -> Any:
    """Areas with how many areas lie below each."""
    seen = rows("area.see", request.actor).values("pk")
    return Area.objects.filter(pk__in=seen).select_related("parent").annotate(count_below=Count("children"))


def _nested(areas: list[Area], below: dict[int | None, list[Area]], opened: set[str]) -> list[dict[str, Any]]:
    return [
        {
            "area": area,
            "open": area.code in opened and bool(below.get(area.pk)),
            "below": _nested(below[area.pk], below, opened) if area.pk in below else None,
        }
        for area in areas
    ]
