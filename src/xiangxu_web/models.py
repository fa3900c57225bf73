"""Every table of the site, gathered so that Django finds them. Each lives in the workspace that answers for it."""

from xiangxu_web.kernel.models import Attachment, AuditRow, Blob, Job, Preference
from xiangxu_web.workspaces.accounts.models import EntryCode, LinkUse, Person, Post, SignedLink
from xiangxu_web.workspaces.areas.models import Area, ClusterMember, SchoolChange, Unit, UnitAlias

__all__ = [
    "Area",
    "Attachment",
    "AuditRow",
    "Blob",
    "ClusterMember",
    "EntryCode",
    "Job",
    "LinkUse",
    "Person",
    "Post",
    "Preference",
    "SchoolChange",
    "SignedLink",
    "Unit",
    "UnitAlias",
]
