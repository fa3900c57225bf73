"""Who sees and who changes units."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from xiangxu.model.unit import Role
from xiangxu_web.kernel.actor import Actor
from xiangxu_web.kernel.permission import NOTHING, right, rule
from xiangxu_web.workspaces.areas.models import Area, Unit

# Within its county a post of these roles sees every unit: the work goes through all of them.
_WHOLE_COUNTY = (Role.LEADER, Role.CLERK, Role.OFFICE, Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN)
# Offices of the county's level are known to everybody in it: one has to know whom to ask.
_KNOWN_TO_ALL = (Unit.Kind.GOVERNMENT, Unit.Kind.BUREAU, Unit.Kind.DEPARTMENT, Unit.Kind.OFFICE)

MAINTAIN_UNITS = right("unit.maintain", _("维护本县单位和学校"), Role.CLERK, Role.SYSTEM_ADMIN)


@rule("area.see", Area, _("看区划：本级及以下，和上级各级"))
def areas_seen(actor: Actor) -> Q:
    """One's own area and what lies below it, and the chain above."""
    codes = actor.area_path.split("/")[:-1]
    return Q(path__startswith=actor.area_path) | Q(code__in=codes)


@rule("unit.see", Unit, _("看单位：县级岗位看全县；镇街、教管办看本镇；学校看本校；县直单位大家都看得到"))
def units_seen(actor: Actor) -> Q:
    """County posts see the county, a town's posts the town, a school itself and what belongs to it; everybody the county's offices."""
    if actor.is_any(Role.AUDIT_ADMIN):
        return NOTHING
    if actor.is_any(Role.SUPERVISOR):
        return Q(area__path__startswith=actor.area_path)
    offices = Q(kind__in=_KNOWN_TO_ALL, area__path__startswith=actor.county_path) if actor.county_path else NOTHING
    if actor.is_any(*_WHOLE_COUNTY):
        return Q(area__path__startswith=actor.county_path or actor.area_path)
    if actor.is_any(Role.TOWN):
        return offices | Q(area__path__startswith=actor.area_path)
    # A school, an education office, an inspector, a department: the own unit and what hangs under it.
    return offices | Q(path__startswith=actor.unit_path)


@rule("unit.change", Unit, _("改单位：教育局专干和系统管理员改本县的单位"))
def units_changed(actor: Actor) -> Q:
    """The bureau's clerk and the system administrator, in their own county."""
    if not actor.county_path or not actor.is_any(Role.CLERK, Role.SYSTEM_ADMIN):
        return NOTHING
    return Q(area__path__startswith=actor.county_path)
