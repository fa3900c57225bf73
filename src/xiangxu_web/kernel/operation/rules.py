"""Who looks after the installation."""

from django.utils.translation import gettext_lazy as _

from xiangxu.model.unit import Role
from xiangxu_web.kernel.permission import right

SEE_HEALTH = right("health.see", _("查看系统运行状况"), Role.SYSTEM_ADMIN)
