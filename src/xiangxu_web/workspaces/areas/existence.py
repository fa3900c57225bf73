"""What existed on a day, under which name, and what became of it. A unit exists from the day it opened until the day before it closed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from xiangxu_web.workspaces.areas.models import Area, ClusterMember, SchoolChange, Unit

# The county is the fourth code of a path: nation, province, prefecture, county.
_COUNTY_DEPTH = 4
# Over so many changes what a unit took over is followed back: more do not happen while a plan runs.
_BACK = 3


def county_of(path: str) -> Area:
    """The county of a path of the tree (``Actor.county_path``)."""
    return Area.objects.get(path=path)


def county_path(area: Area) -> str:
    """The path of the county in which the area lies; empty above the counties."""
    codes = area.path.split("/")[:-1]
    return "/".join(codes[:_COUNTY_DEPTH]) + "/" if len(codes) >= _COUNTY_DEPTH else ""


def units_of_county(area: Area) -> QuerySet[Unit]:
    """The units of the county in which the area lies that are not closed, with their aliases at hand."""
    return (
        Unit.objects.filter(area__path__startswith=county_path(area), closed__isnull=True)
        .prefetch_related("aliases")
        .order_by("pk")
    )


def existing(on: date, prefix: str = "") -> Q:
    """The filter for units that existed on a day; ``prefix`` reaches the unit from another table (``unit__``)."""
    opened = Q(**{f"{prefix}opened__isnull": True}) | Q(**{f"{prefix}opened__lte": on})
    return opened & (Q(**{f"{prefix}closed__isnull": True}) | Q(**{f"{prefix}closed__gt": on}))


def units_on(on: date) -> QuerySet[Unit]:
    """The units that existed on a day. Their names are today's: ``named_on`` gives those of the day."""
    return Unit.objects.filter(existing(on))


def existed(unit: Unit, on: date) -> bool:
    """Whether this unit existed on a day."""
    return (unit.opened is None or unit.opened <= on) and (unit.closed is None or unit.closed > on)


def members_on(on: date) -> QuerySet[ClusterMember]:
    """The memberships of clusters that held on a day."""
    began = Q(starts__isnull=True) | Q(starts__lte=on)
    return ClusterMember.objects.filter(began, Q(ends__isnull=True) | Q(ends__gt=on))


def successors(unit: Unit, on: date) -> tuple[Unit, ...]:
    """The units that stand for this one on a day: itself while it exists, else those it became, followed on to the day.

    Empty where it was closed and nobody took over. A unit whose closing was taken back by a further change exists again.
    """
    found: dict[int, Unit] = {}
    done: set[int] = set()
    ask = [unit]
    while ask:
        each = ask.pop(0)
        if each.pk in done:
            continue
        done.add(each.pk)
        if existed(each, on):
            found[each.pk] = each
            continue
        leaving = (
            SchoolChange.objects.filter(before=each, day__lte=on)
            .exclude(after=each)
            .order_by("-day", "-pk")
            .prefetch_related("after")
        )
        if each.closed is not None and (last := leaving.first()) is not None:
            ask.extend(last.after.all())
    return tuple(found.values())


def taken_over(units: QuerySet[Unit]) -> Q:
    """The filter for the closed units whose place these took, also over several changes."""
    found = Q(pk__in=())
    for _step in range(_BACK):
        closing = {"changes_from__after__in": units.order_by().values("pk"), "changes_from__day": F("closed")}
        units = Unit.objects.filter(closed__isnull=False, **closing)
        found |= Q(pk__in=units.order_by().values("pk"))
    return found


def took_over(units: Iterable[Unit]) -> dict[int, list[Unit]]:
    """Who took the place of each of these units that has closed: the units of the change that closed it. In two queries for any number."""
    closed = {unit.pk: unit.closed for unit in units if unit.closed is not None}
    found: dict[int, list[Unit]] = {}
    if not closed:
        return found
    for change in SchoolChange.objects.filter(before__in=closed).distinct().order_by("pk").prefetch_related("before", "after"):
        for unit in change.before.all():
            if closed.get(unit.pk) == change.day:
                found[unit.pk] = [each for each in change.after.all() if each.pk != unit.pk]
    return found


def renamed_since(unit: str, day: str) -> Exists:
    """For the rows of a query whether the unit in this field got another name after the day in that one."""
    return Exists(SchoolChange.objects.filter(before=OuterRef(unit), day__gt=OuterRef(day), was__has_key="name"))


def called_on(units: Iterable[tuple[Unit, date]]) -> Mapping[tuple[int, date], str]:
    """What lists call these units (the short name where there is one), each as on its day: renamings of later days are taken back."""
    asked = {(unit.pk, day): [unit.name, unit.short_name] for unit, day in units}
    if asked:
        keys, first = {key for key, _day in asked}, min(day for _key, day in asked)
        later = (
            SchoolChange.objects.filter(before__in=keys, day__gt=first, was__has_key="name").distinct().order_by("-day", "-pk")
        )
        for change in later.prefetch_related("before"):
            for unit in change.before.all():
                for (key, day), names in asked.items():
                    if key == unit.pk and day < change.day:
                        names[:] = change.was["name"], change.was.get("short_name", names[1])
    return {key: short or name for key, (name, short) in asked.items()}


def named_on(units: Iterable[Unit], on: date) -> dict[int, str]:
    """The names of these units as they stood on a day: renamings of later days are taken back."""
    named = {unit.pk: unit.name for unit in units}
    later = SchoolChange.objects.filter(before__in=named, day__gt=on, was__has_key="name").order_by("-day", "-pk")
    for change in later.prefetch_related("before"):
        for unit in change.before.all():
            if unit.pk in named:
                named[unit.pk] = change.was["name"]
    return named
