"""Who reads the audit: the audit administrator and nobody else, so that those who administer do not watch themselves."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from xiangxu.model.unit import Role
from xiangxu_web.kernel.actor import Actor
from xiangxu_web.kernel.audit.verbs import VERBS
from xiangxu_web.kernel.models import AuditRow
from xiangxu_web.kernel.permission import NOTHING, right, rule

READ_AUDIT = right("audit.read", _("查阅和核验审计记录"), Role.AUDIT_ADMIN)


@rule("audit.see", AuditRow, _("看审计记录：只有审计管理员，看本县的，和系统自身的"))
def rows_seen(actor: Actor) -> Q:
    """The audit administrator: rows of the own county, and what the installation did by itself. Nobody else any."""
    if not actor.is_any(Role.AUDIT_ADMIN):
        return NOTHING
    system = [each.name for each in VERBS.values() if each.installation]
    return Q(area_path__startswith=actor.county_path or actor.area_path) | Q(area_path="", person_id=None, verb__in=system)
