"""Which role belongs into which kind of unit, and which posts one person may not hold together."""

from __future__ import annotations

from collections.abc import Iterable

from xiangxu.model.unit import Role
from xiangxu_web.workspaces.accounts.rules import ADMINISTRATORS
from xiangxu_web.workspaces.areas.api import Unit

_KIND = Unit.Kind
_OFFICES = (_KIND.BUREAU, _KIND.OFFICE)
KINDS: dict[Role, tuple[str, ...]] = {
    Role.LEADER: (_KIND.GOVERNMENT, _KIND.BUREAU, _KIND.DEPARTMENT),
    Role.CLERK: _OFFICES,
    Role.OFFICE: _OFFICES,
    Role.LEAD_DEPARTMENT: (_KIND.DEPARTMENT, _KIND.GOVERNMENT, _KIND.COUNTY_BUREAU),
    Role.TOWN: (_KIND.TOWN,),
    Role.EDUCATION_OFFICE: (_KIND.EDUCATION_OFFICE, _KIND.CLUSTER),
    Role.SCHOOL: (_KIND.SCHOOL, _KIND.CAMPUS, _KIND.TEACHING_POINT, _KIND.KINDERGARTEN),
    Role.INSPECTOR: (*_OFFICES, _KIND.EDUCATION_OFFICE, _KIND.CLUSTER),
    Role.SUPERVISOR: (*_OFFICES, _KIND.GOVERNMENT),
    Role.SYSTEM_ADMIN: _OFFICES,
    Role.AUDIT_ADMIN: _OFFICES,
    Role.SECURITY_ADMIN: _OFFICES,
}


def fits(role: Role, kind: str, in_county: bool) -> bool:
    """Whether the role belongs into a unit of this kind. A supervisor (上级督导) stands above the counties, a school's post in one."""
    if role is Role.SUPERVISOR and in_county:
        return False
    return kind in KINDS[role]


def clash(role: Role, held: Iterable[str]) -> Role | None:
    """The post already held with which this role may not be joined: the three administrators are three people."""
    if role not in ADMINISTRATORS:
        return None
    return next((Role(other) for other in held if other in ADMINISTRATORS and other != role), None)
