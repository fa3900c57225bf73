"""Who sees and who changes areas and units."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from xiangxu import clock
from xiangxu.model.unit import Role
from xiangxu_web.kernel.actor import Actor
from xiangxu_web.kernel.permission import NOTHING, right, rule
from xiangxu_web.workspaces.areas.existence import members_on
from xiangxu_web.workspaces.areas.models import Area, ClusterMember, Unit

# Within its county a post of these roles sees every unit: the work goes through all of them.
_WHOLE_COUNTY = (Role.LEADER, Role.CLERK, Role.OFFICE, Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN)
# Offices of the county's level are known to everybody in it: one has to know whom to ask.
_KNOWN_TO_ALL = (Unit.Kind.GOVERNMENT, Unit.Kind.BUREAU, Unit.Kind.DEPARTMENT, Unit.Kind.OFFICE)
SCHOOL_KINDS = (Unit.Kind.SCHOOL, Unit.Kind.CAMPUS, Unit.Kind.TEACHING_POINT, Unit.Kind.KINDERGARTEN)
# What an inspector may be sent to: schools, and those who answer for them.
_INSPECTED = (*SCHOOL_KINDS, Unit.Kind.CLUSTER, Unit.Kind.EDUCATION_OFFICE)

SEE_UNITS = right("unit.list", _("查看单位和学校"), *(role for role in Role if role is not Role.AUDIT_ADMIN))
MAINTAIN_UNITS = right("unit.maintain", _("维护本县单位和学校"), Role.CLERK, Role.SYSTEM_ADMIN)


@rule("area.see", Area, _("看区划：本级及以下，和上级各级"))
def areas_seen(actor: Actor) -> Q:
    """One's own area and what lies below it, and the chain above; a post that sees the whole county, from the county down."""
    codes = actor.area_path.split("/")[:-1]
    below = (actor.county_path or actor.area_path) if actor.is_any(*_WHOLE_COUNTY, Role.INSPECTOR) else actor.area_path
    return Q(path__startswith=below) | Q(code__in=codes)


@rule(
    "unit.see",
    Unit,
    _(
        "看单位：县级岗位看全县；镇街看本镇；教管办看本办所管学校和本镇政府；学校看本校、校区、教学点、所属学区和主管单位，"
        "牵头校还看本学区学校；责任督学看所在县的学校、学区和教管办；上级督导看所辖各县；县直单位本县都看得到；审计管理员不看"
    ),
)
def units_seen(actor: Actor) -> Q:
    """County posts see the county, a town's posts the town, a school itself, what belongs to it and who answers for it.

    An inspector sees the schools of the county of his unit: districts of responsibility are not drawn yet, and an inspector who
    finds a fault next door must be able to name the school. A supervisor sees the units of all counties below.
    """
    if actor.is_any(Role.AUDIT_ADMIN):
        return NOTHING
    if actor.is_any(Role.SUPERVISOR):
        return Q(area__path__startswith=actor.area_path)
    if actor.is_any(*_WHOLE_COUNTY):
        return Q(area__path__startswith=actor.county_path or actor.area_path)
    seen = Q(path__startswith=actor.unit_path) | Q(pk__in=_line(actor))
    if actor.county_path:
        seen |= Q(kind__in=_KNOWN_TO_ALL, area__path__startswith=actor.county_path)
    if actor.is_any(Role.TOWN):
        seen |= Q(area__path__startswith=actor.area_path)
    if actor.is_any(Role.INSPECTOR):
        seen |= Q(kind__in=_INSPECTED, area__path__startswith=actor.county_path or actor.area_path)
    if actor.is_any(Role.EDUCATION_OFFICE, Role.SCHOOL):
        seen |= Q(kind=Unit.Kind.TOWN, area__code__in=actor.area_path.split("/")[:-1])
    if actor.is_any(Role.SCHOOL):
        own = _members_now().filter(school=actor.unit_id)
        seen |= Q(pk__in=own.values("cluster"))
        seen |= Q(pk__in=_members_now().filter(cluster__in=own.filter(leads=True).values("cluster")).values("school"))
    return seen


@rule("unit.change", Unit, _("改单位：教育局专干和系统管理员改本县的单位；县以上的系统管理员改所辖各县的单位"))
def units_changed(actor: Actor) -> Q:
    """The bureau's clerk and the system administrator in their own county; a system administrator above counties in all below."""
    scope = change_scope(actor)
    return Q(area__path__startswith=scope) if scope else NOTHING


@rule("area.change", Area, _("改区划：教育局专干和系统管理员改本县的区划；县以上的系统管理员改所辖区划"))
def areas_changed(actor: Actor) -> Q:
    """The like of ``unit.change`` for the tree of areas."""
    scope = change_scope(actor)
    return Q(path__startswith=scope) if scope else NOTHING


def change_scope(actor: Actor) -> str:
    """The path of the area within which the actor changes units and areas; empty where nothing may be changed."""
    if actor.is_any(Role.SYSTEM_ADMIN):
        return actor.county_path or actor.area_path
    return actor.county_path if actor.is_any(Role.CLERK) else ""


def _line(actor: Actor) -> list[int]:
    """The units above the own one, which answer for it."""
    return [int(key) for key in actor.unit_path.split("/")[:-1]]


def _members_now() -> QuerySet[ClusterMember]:
    return members_on(clock.today())
