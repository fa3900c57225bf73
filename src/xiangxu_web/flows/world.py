"""Puts the invented county into an empty installation, for the demo and the tests."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.auth.hashers import make_password
from django.core.management.color import no_style
from django.db import connection, transaction

from xiangxu import clock
from xiangxu.model.unit import Role
from xiangxu.model.unit import Unit as Body
from xiangxu.world.county.world import World
from xiangxu_web.kernel.audit.record import action
from xiangxu_web.workspaces.accounts.api import Person, Post
from xiangxu_web.workspaces.areas.api import Area, ClusterMember, SchoolChange, Unit, UnitAlias, index_units

# Posts that may act for other units (代填、代录): the bureau's clerks and the education offices, which fill for small schools.
_ACT_FOR_OTHERS = (Role.CLERK, Role.EDUCATION_OFFICE)


class NotEmpty(Exception):
    """The installation already holds units; the invented county goes into an empty one only."""


def load_world(world: World, password: str) -> None:
    """Areas, units, people, posts and school changes of the invented county; all people get the same password.

    Refused where units exist: the invented county must never mix with a real one.
    """
    if Unit.objects.exists() or Person.objects.exists():
        raise NotEmpty("这里已有单位或人员。虚拟县只能装进空的系统：请换一个 XIANGXU_HOME，或先清空数据库。")
    with transaction.atomic(), action(None, "world.load") as record:
        areas = _areas(world)
        units = _units(world, areas)
        _people(world, units, make_password(password))
        ClusterMember.objects.bulk_create(
            ClusterMember(cluster=units[cluster], school=units[school], leads=n == 0)
            for cluster, schools in world.clusters.items()
            for n, school in enumerate(schools)
        )
        for change in world.changes:
            row = SchoolChange.objects.create(
                day=change.day,
                kind=change.kind,
                note=change.note,
                was={"name": change.was} if change.was else {},
                made=clock.now(),
            )
            row.before.set(units[code] for code in change.before)
            row.after.set(units[code] for code in change.after)
        record.noted(None, areas=len(areas), units=len(units), people=len(world.people), posts=len(world.posts))


def add_departments(world: World, added: Iterable[Body], password: str) -> None:
    """Further departments of the county, each with the people who serve in it."""
    for body in added:
        above = Unit.objects.select_related("area").get(code=body.parent)
        unit = Unit.objects.create(
            code=body.code, name=body.name, short_name=body.short_name, kind=body.kind, area=above.area, parent=above,
            phone=body.phone,
        )  # fmt: skip
        unit.path = f"{above.path}{unit.pk}/"
        unit.save(update_fields=["path"])
        UnitAlias.objects.bulk_create(UnitAlias(unit=unit, words=words) for words in dict.fromkeys(body.aliases))
        index_units([unit])
        for post in (each for each in world.posts if each.unit == body.code):
            known = world.person(post.person)
            person = Person.objects.create_user(known.login, known.name, password, phone=known.phone)
            Post.objects.create(person=person, unit=unit, role=post.role, title=post.title, starts=post.starts, ends=post.ends)


def _areas(world: World) -> dict[str, Area]:
    paths: dict[str, str] = {}
    for area in world.areas:
        paths[area.code] = (paths[area.parent] if area.parent else "") + area.code + "/"
    made: dict[str, Area] = {}
    for area in world.areas:
        parent = made[area.parent] if area.parent else None
        made[area.code] = Area(
            code=area.code,
            name=area.name,
            level=area.level,
            parent=parent,
            path=paths[area.code],
            settlement=area.settlement or "",
        )
        if area.level not in ("town", "village"):
            made[area.code].save()
    for level in ("town", "village"):
        Area.objects.bulk_create(a for a in made.values() if a.level == level)
    return made


def _units(world: World, areas: dict[str, Area]) -> dict[str, Unit]:
    first = (Unit.objects.order_by("-pk").values_list("pk", flat=True).first() or 0) + 1
    # The path holds the keys, so these are dealt out beforehand.
    keys = {unit.code: first + n for n, unit in enumerate(world.units)}
    known = {unit.code: unit for unit in world.units}

    def path(code: str) -> str:
        parent = known[code].parent
        return (path(parent) if parent else "") + f"{keys[code]}/"

    made = {
        unit.code: Unit(
            pk=keys[unit.code],
            code=unit.code,
            name=unit.name,
            short_name=unit.short_name,
            kind=unit.kind,
            area=areas[unit.area],
            parent_id=keys[unit.parent] if unit.parent else None,
            path=path(unit.code),
            school_type=unit.school_type or "",
            runner=unit.runner or "",
            opened=unit.opened,
            closed=unit.closed,
            phone=unit.phone,
            address=unit.address,
            longitude=unit.place[0] if unit.place else None,
            latitude=unit.place[1] if unit.place else None,
        )
        for unit in world.units
    }
    Unit.objects.bulk_create(made.values())
    # PostgreSQL goes on counting where it was: it is told which keys are taken. SQLite needs nothing.
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), [Unit]):
            cursor.execute(statement)
    UnitAlias.objects.bulk_create(
        UnitAlias(unit=made[u.code], words=words) for u in world.units for words in dict.fromkeys(u.aliases)
    )
    index_units(made.values())
    return made


def _people(world: World, units: dict[str, Unit], password: str) -> None:
    people = {p.login: Person(login=p.login, name=p.name, phone=p.phone, password=password) for p in world.people}
    Person.objects.bulk_create(people.values())
    people = {p.login: p for p in Person.objects.all()}
    Post.objects.bulk_create(
        Post(
            person=people[post.person],
            unit=units[post.unit],
            role=post.role,
            title=post.title,
            starts=post.starts,
            ends=post.ends,
            may_act_for_others=post.role in _ACT_FOR_OTHERS,
        )
        for post in world.posts
    )
    # Whoever of the cast holds several posts begins in the one that is told beside the login name.
    for login, post in world.cast.values():
        held = Post.objects.get(person__login=login, unit=units[post.unit], role=post.role)
        Person.objects.filter(login=login).update(last_post=held)
