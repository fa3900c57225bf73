"""Every table of the site, gathered so that Django finds them. Each lives in the workspace that answers for it."""

from xiangxu_web.kernel.models import Attachment, AuditRow, Blob, Job, Preference
from xiangxu_web.workspaces.accounts.models import EntryCode, LinkUse, Person, Post, SignedLink
from xiangxu_web.workspaces.areas.models import Area, ClusterMember, SchoolChange, Unit, UnitAlias
from xiangxu_web.workspaces.plans.models import (
    Bulletin,
    Correction,
    Draft,
    Finding,
    Mark,
    Node,
    Opinion,
    Plan,
    PlanVersion,
    Report,
    SubPlan,
    Target,
    Task,
    TaskUnit,
)

__all__ = [
    "Area",
    "Attachment",
    "AuditRow",
    "Blob",
    "Bulletin",
    "ClusterMember",
    "Correction",
    "Draft",
    "EntryCode",
    "Finding",
    "Job",
    "LinkUse",
    "Mark",
    "Node",
    "Opinion",
    "Person",
    "Plan",
    "PlanVersion",
    "Post",
    "Preference",
    "Report",
    "SchoolChange",
    "SignedLink",
    "SubPlan",
    "Target",
    "Task",
    "TaskUnit",
    "Unit",
    "UnitAlias",
]
