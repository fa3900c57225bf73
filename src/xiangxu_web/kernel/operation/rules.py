"""Who looks after the installation."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from xiangxu.model.unit import Role
from xiangxu_web.kernel.actor import Actor
from xiangxu_web.kernel.models import AuditRow
from xiangxu_web.kernel.permission import NOTHING, may, right, rule

SEE_HEALTH = right("health.see", _("查看系统运行状况"), Role.SYSTEM_ADMIN)
# What the installation did by itself or by its commands.
_KEEPING = ("backup.make", "backup.restore", "audit.verify", "audit.guard", "site.begin", "world.load")


@rule("health.lately", AuditRow, _("看备份、恢复、核验是什么时候办的：系统管理员，不看别的审计记录"))
def keeping_seen(actor: Actor) -> Q:
    """When the installation was saved, brought back and verified, for the system administrator; no row about people or their work."""
    return Q(verb__in=_KEEPING, person_id=None) if may(actor, SEE_HEALTH) else NOTHING
