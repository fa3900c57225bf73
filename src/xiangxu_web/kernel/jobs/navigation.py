"""Jobs in the navigation: for the system administrator, who looks after them. Others come to theirs from the page that started it."""

from django.utils.translation import gettext_lazy as _

from xiangxu.model.unit import Role
from xiangxu_web.kernel.frame import Entry, navigation

navigation(Entry(93, _("后台任务"), "jobs", "clock", lambda actor: actor.is_any(Role.SYSTEM_ADMIN), under=("/jobs/",)))
