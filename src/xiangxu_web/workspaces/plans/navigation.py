"""Plans in the navigation."""

from django.utils.translation import gettext_lazy as _

from xiangxu.model.unit import Role
from xiangxu_web.kernel.actor import Actor
from xiangxu_web.kernel.frame import Entry, navigation

_NOT_FOR = (Role.SYSTEM_ADMIN, Role.AUDIT_ADMIN, Role.SECURITY_ADMIN)


def _shown(actor: Actor) -> bool:
    return not actor.is_any(*_NOT_FOR)


navigation(Entry(20, _("方案"), "plans", "file-text", _shown, under=("/plans/",)))
navigation(Entry(25, _("任务"), "tasks", "list-check", _shown, under=("/tasks/",)))
