"""The tables of plans."""

from xiangxu_web.workspaces.plans.tables.plan import Node, Plan, PlanVersion, Target, Task, TaskUnit
from xiangxu_web.workspaces.plans.tables.progress import Bulletin, Instruction, Mark, Opinion, Report, SubPlan, SubPlanEdition
from xiangxu_web.workspaces.plans.tables.reading import Correction, Draft, Finding

__all__ = [
    "Bulletin",
    "Correction",
    "Draft",
    "Finding",
    "Instruction",
    "Mark",
    "Node",
    "Opinion",
    "Plan",
    "PlanVersion",
    "Report",
    "SubPlan",
    "SubPlanEdition",
    "Target",
    "Task",
    "TaskUnit",
]
