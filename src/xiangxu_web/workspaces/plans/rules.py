"""Who sees and who changes plans, tasks, reports.

A published plan is known to its county: it is a public paper. What units report on it is theirs, the bureau's and the leaders'.
"""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from xiangxu.model.unit import Role
from xiangxu_web.kernel.actor import Actor
from xiangxu_web.kernel.files.carriers import carrier
from xiangxu_web.kernel.permission import NOTHING, right, rule
from xiangxu_web.workspaces.plans import splitting
from xiangxu_web.workspaces.plans.models import Bulletin, Draft, Instruction, Plan, Report, Target, Task

# These see every task of the county and what was reported on it.
_WHOLE_COUNTY = (Role.LEADER, Role.CLERK, Role.OFFICE)
# These have no business with plans: they keep the system, not the work.
_ADMINISTRATORS = (Role.SYSTEM_ADMIN, Role.AUDIT_ADMIN, Role.SECURITY_ADMIN)

RUN_PLANS = right("plan.run", _("导入、发布方案，分解任务，审核进展，编印通报"), Role.CLERK)
CHASE = right("plan.chase", _("写催办文字"), Role.CLERK, Role.OFFICE, Role.TOWN, Role.EDUCATION_OFFICE)
# A part that was not sent down yet is seen by nobody: whoever splits meets it in the grid, through the task above it.
_NO_DRAFT = ~Q(kind=Task.Kind.PART, sent=Task.Sent.DRAFT)
ASK_FOR_MORE = right("plan.decide", _("对任务作批示"), Role.LEADER)


@rule("draft.see", Draft, _("看导入稿：教育局专干看本县"))
def drafts_seen(actor: Actor) -> Q:
    """The bureau's clerks, in their county."""
    return Q(area__path__startswith=actor.county_path) if actor.county_path and actor.is_any(Role.CLERK) else NOTHING


@rule("plan.see", Plan, _("看方案：本县各岗位看本县的，上级看下级已发布的"))
def plans_seen(actor: Actor) -> Q:
    """Everybody in the county who works on plans; above, whoever supervises it. A plan exists only when it is published."""
    if actor.is_any(*_ADMINISTRATORS):
        return NOTHING
    if actor.county_path:
        return Q(area__path=actor.county_path) | Q(area__path__in=_above(actor))
    return Q(area__path__startswith=actor.area_path)


def _above(actor: Actor) -> list[str]:
    """The paths of the areas above the actor's county, whose plans bind it too."""
    codes = actor.county_path.split("/")[:-2]
    return ["/".join(codes[: n + 1]) + "/" for n in range(len(codes))]


def _mine(actor: Actor) -> Q:
    """Tasks in which the actor's unit, or a unit under it, has a part; for a town's posts the units of the town."""
    own = (
        Q(answerable__path__startswith=actor.unit_path)
        | Q(units__unit__path__startswith=actor.unit_path)
        | Q(office_id=actor.unit_id)
    )
    if actor.is_any(Role.TOWN, Role.EDUCATION_OFFICE):
        own |= Q(answerable__area__path__startswith=actor.area_path)
    return own


@rule("task.see", Task, _("看任务：文件里的任务本县都看得到；分解任务由有关单位看"))
def tasks_seen(actor: Actor) -> Q:
    """The document's tasks for the whole county; parts for the units that they concern and for the county's posts.

    The supervisor above sees the tasks of published plans.
    """
    if actor.is_any(*_ADMINISTRATORS):
        return NOTHING
    if not actor.county_path:
        return Q(plan__area__path__startswith=actor.area_path) & _NO_DRAFT
    here = Q(plan__area__path=actor.county_path) & _NO_DRAFT
    if actor.is_any(*_WHOLE_COUNTY):
        return here
    return here & (~Q(kind=Task.Kind.PART) | _mine(actor))


@rule("task.mine", Task, _("办任务：牵头、配合和承担分解任务的单位"))
def tasks_mine(actor: Actor) -> Q:
    """What the actor's own unit is asked about."""
    if actor.is_any(*_ADMINISTRATORS, Role.SUPERVISOR) or not actor.county_path:
        return NOTHING
    return Q(plan__area__path=actor.county_path) & _NO_DRAFT & _mine(actor)


@rule("task.report", Task, _("报进展：牵头单位、责任科室、承担单位；可代录的岗位可替本县单位报"))
def tasks_reported(actor: Actor) -> Q:
    """The answerable unit and the office in charge; a post that may act for others, for units of its county or town."""
    if actor.link_id is not None:
        return Q(answerable_id=actor.unit_id, plan__area__path=actor.county_path) & _NO_DRAFT
    if actor.is_any(*_ADMINISTRATORS, Role.SUPERVISOR, Role.LEADER) or not actor.county_path:
        return NOTHING
    own = Q(answerable_id=actor.unit_id) | Q(office_id=actor.unit_id)
    if actor.may_act_for_others:
        own |= Q(answerable__area__path__startswith=actor.area_path)
    return Q(plan__area__path=actor.county_path) & _NO_DRAFT & own


@rule("task.change", Task, _("改任务的责任人、科室和分解：教育局专干"))
def tasks_changed(actor: Actor) -> Q:
    """The bureau's clerks, in their county."""
    return Q(plan__area__path=actor.county_path) if actor.county_path and actor.is_any(Role.CLERK) else NOTHING


rule("task.split", Task, _("分解任务：教育局专干分解本县的；镇街、教管办把分到的任务再分给所属学校"))(splitting.splits)
rule("part.answer", Task, _("接受分解任务、提出异议：承担单位；镇街、教管办可替所属学校答复"))(splitting.answers)


@rule("target.see", Target, _("看目标：随方案"))
def targets_seen(actor: Actor) -> Q:
    """Whoever sees the plan: targets are the document's own words."""
    if actor.is_any(*_ADMINISTRATORS):
        return NOTHING
    return Q(plan__area__path=actor.county_path) if actor.county_path else Q(plan__area__path__startswith=actor.area_path)


@rule("report.see", Report, _("看进展：县级岗位看全县，单位看自己的，上级看已接收的"))
def reports_seen(actor: Actor) -> Q:
    """County posts all of the county's; a unit its own and those on tasks that it leads; above, the accepted ones."""
    if actor.is_any(*_ADMINISTRATORS):
        return NOTHING
    if not actor.county_path:
        return Q(task__plan__area__path__startswith=actor.area_path, state=Report.State.ACCEPTED)
    here = Q(task__plan__area__path=actor.county_path)
    if actor.link_id is not None:
        return here & Q(unit_id=actor.unit_id)
    if actor.is_any(*_WHOLE_COUNTY):
        return here
    own = Q(unit__path__startswith=actor.unit_path) | Q(task__answerable__path__startswith=actor.unit_path)
    if actor.is_any(Role.TOWN, Role.EDUCATION_OFFICE):
        own |= Q(unit__area__path__startswith=actor.area_path)
    return here & own


@rule("report.own", Report, _("给进展附材料：报送的岗位"))
def reports_owned(actor: Actor) -> Q:
    """Whoever handed it in, while nobody has decided on it."""
    if actor.link_id is not None:
        return Q(link_id=actor.link_id, state=Report.State.HANDED_IN)
    return Q(post_id=actor.post_id, state=Report.State.HANDED_IN) if actor.post_id else NOTHING


@rule("instruction.see", Instruction, _("看批示：县级岗位看全县，单位看与自己有关的任务的"))
def instructions_seen(actor: Actor) -> Q:
    """The county's leaders, clerks and offices all; a unit those on the tasks that it is asked about."""
    theirs = tasks_seen(actor) if actor.is_any(*_WHOLE_COUNTY) else tasks_mine(actor)
    return Q(task__in=Task.objects.filter(theirs).order_by().values("pk"))


@rule("bulletin.see", Bulletin, _("看通报：随方案"))
def bulletins_seen(actor: Actor) -> Q:
    """Whoever sees the plan."""
    if actor.is_any(*_ADMINISTRATORS):
        return NOTHING
    return Q(plan__area__path=actor.county_path) if actor.county_path else Q(plan__area__path__startswith=actor.area_path)


carrier(Draft, see="draft.see", change="draft.see")
carrier(Task, see="task.see", change="task.report")
carrier(Report, see="report.see", change="report.own")
