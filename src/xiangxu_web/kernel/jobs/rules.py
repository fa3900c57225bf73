"""Who sees and who cancels a job."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from xiangxu.model.unit import Role
from xiangxu_web.kernel.actor import Actor
from xiangxu_web.kernel.models import Job
from xiangxu_web.kernel.permission import rule


@rule("job.see", Job, _("看后台作业：自己发起的；系统管理员看本县的和系统自动的，不看内容"))
def jobs_seen(actor: Actor) -> Q:
    """A person sees what they started themselves; the system administrator every job of the county and the system's own."""
    own = Q(person_id=actor.person_id)
    if not actor.is_any(Role.SYSTEM_ADMIN):
        return own
    return own | Q(area_path__startswith=actor.county_path or actor.area_path) | Q(person_id=None, area_path="")


@rule("job.cancel", Job, _("取消后台作业：自己发起的；系统管理员可取消本县他人的，审计的作业除外"))
def jobs_cancelled(actor: Actor) -> Q:
    """Whoever started it; the system administrator any of the county's but those of the audit, whose duties are not theirs."""
    own = Q(person_id=actor.person_id)
    if not actor.is_any(Role.SYSTEM_ADMIN):
        return own
    others = Q(person_id__isnull=False, area_path__startswith=actor.county_path or actor.area_path)
    return own | (others & ~Q(kind__startswith="audit."))
