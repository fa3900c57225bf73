"""Who sees and who changes plans, tasks, reports.

A published plan is known to its county: it is a public paper. What units report on it is theirs, the bureau's and the leaders'.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from xiangxu import clock
from xiangxu.model.unit import Role
from xiangxu_web.kernel.actor import Actor
from xiangxu_web.kernel.files.carriers import carrier
from xiangxu_web.kernel.permission import NOTHING, right, rule
from xiangxu_web.workspaces.accounts.api import Post, purpose
from xiangxu_web.workspaces.areas.api import Unit, existing, own_level_path, taken_over
from xiangxu_web.workspaces.plans import splitting
from xiangxu_web.workspaces.plans.models import (
    Bulletin,
    Draft,
    Instruction,
    Mark,
    Node,
    Opinion,
    Plan,
    Report,
    SubPlan,
    SubPlanEdition,
    Target,
    Task,
    TaskUnit,
)
from xiangxu_web.workspaces.plans.twins import ONCE

# These see every task of the county and what was reported on it.
_WHOLE_COUNTY = (Role.LEADER, Role.CLERK, Role.OFFICE)
# These have no business with plans: they keep the system, not the work.
_ADMINISTRATORS = (Role.SYSTEM_ADMIN, Role.AUDIT_ADMIN, Role.SECURITY_ADMIN)

SEE_WORK = right("plan.work", _("查看方案、任务、目标和通报"), *(role for role in Role if role not in _ADMINISTRATORS))
RUN_PLANS = right("plan.run", _("导入、发布方案，分解任务，审核进展，编印通报"), Role.CLERK)
CHASE = right("plan.chase", _("写催办文字"), Role.CLERK, Role.OFFICE, Role.TOWN, Role.EDUCATION_OFFICE)
# A part that was not sent down yet is seen by nobody: whoever splits meets it in the grid, through the task above it.
_NO_DRAFT = ~Q(kind=Task.Kind.PART, sent=Task.Sent.DRAFT)
ASK_FOR_MORE = right("plan.decide", _("对任务作批示"), Role.LEADER)


# What an import holds of the document itself: megabytes, which no page needs that only asks who edits it, or how far the reading is.
DOCUMENT = ("text", "pages", "as_read", "current")


@rule("draft.see", Draft, _("看导入稿：教育局专干看本县"))
def drafts_seen(actor: Actor) -> Q:
    """The bureau's clerks, in their county."""
    return Q(area__path__startswith=actor.county_path) if actor.county_path and actor.is_any(Role.CLERK) else NOTHING


@rule("plan.see", Plan, _("看方案：本县各岗位看本县的和上级的（含本市市本级的），上级看下级已发布的"))
def plans_seen(actor: Actor) -> Q:
    """Everybody in the county who works on plans; above, whoever supervises it. A plan exists only when it is published.

    What the prefecture issues binds the county: also where it is run in the prefecture's own level, which lies beside the counties.
    """
    if actor.is_any(*_ADMINISTRATORS):
        return NOTHING
    if actor.county_path:
        return Q(area__path=actor.county_path) | Q(area__path__in=_above(actor))
    return Q(area__path__startswith=actor.area_path)


def _above(actor: Actor) -> list[str]:
    """The paths of the areas above the actor's county, and of its prefecture's own level, whose plans bind it too."""
    codes = actor.county_path.split("/")[:-2]
    above = ["/".join(codes[: n + 1]) + "/" for n in range(len(codes))]
    own = own_level_path(actor.county_path)
    return [*above, own] if own else above


def _mine(actor: Actor) -> Q:
    """Tasks in which the actor's unit, or a unit under it, has a part; for a town's posts the units of the town."""
    return _answered(actor) | _joined(actor)


def _answered(actor: Actor) -> Q:
    own = Q(answerable__path__startswith=actor.unit_path) | Q(office_id=actor.unit_id)
    if actor.is_any(Role.TOWN, Role.EDUCATION_OFFICE):
        own |= Q(answerable__area__path__startswith=actor.area_path)
    return own


def _left_to(actor: Actor) -> QuerySet[Any, Any]:
    """The closed units whose place the actor's unit took: what they left it reads."""
    return Unit.objects.filter(taken_over(Unit.objects.filter(path__startswith=actor.unit_path))).order_by().values("pk")


def _joined(actor: Actor) -> Q:
    # By key and not by a join, which would give a task once for every unit that has a part in it.
    return Q(pk__in=TaskUnit.objects.filter(unit__path__startswith=actor.unit_path).order_by().values("task"))


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
    return here & (~Q(kind=Task.Kind.PART) | _mine(actor) | Q(answerable__in=_left_to(actor)))


@rule("task.mine", Task, _("办任务：牵头、配合和承担分解任务的单位"))
def tasks_mine(actor: Actor) -> Q:
    """What the actor's own unit is asked about."""
    if actor.is_any(*_ADMINISTRATORS, Role.SUPERVISOR) or not actor.county_path:
        return NOTHING
    return Q(plan__area__path=actor.county_path) & _NO_DRAFT & _mine(actor)


@rule("task.own", Task, _("担任务：牵头单位、责任科室和承担分解任务的单位"))
def tasks_own(actor: Actor) -> Q:
    """What the actor's own unit, or a unit under it, answers for: of these it reports."""
    return tasks_mine(actor) & _answered(actor)


@rule("task.joined", Task, _("参与任务：共同牵头和配合的单位"))
def tasks_joined(actor: Actor) -> Q:
    """What the actor's own unit only takes part in: another unit answers for it and reports."""
    answered = Task.objects.filter(_answered(actor)).order_by().values("pk")
    return tasks_mine(actor) & _joined(actor) & ~Q(pk__in=answered)


@rule("task.report", Task, _("报进展：牵头单位、责任科室、承担单位；可代录的岗位可替本县单位报"))
def tasks_reported(actor: Actor) -> Q:
    """The answerable unit and the office in charge; a post that may act for others, for units of its county or town. What the document
    tells twice is reported once, at the telling that is asked about."""
    if actor.link_id is not None:
        own = Q(answerable_id=actor.unit_id) | Q(office_id=actor.unit_id)
        return own & Q(plan__area__path=actor.county_path) & _NO_DRAFT & ONCE
    if actor.is_any(*_ADMINISTRATORS, Role.SUPERVISOR, Role.LEADER) or not actor.county_path:
        return NOTHING
    own = Q(answerable_id=actor.unit_id) | Q(office_id=actor.unit_id)
    if actor.may_act_for_others:
        own |= Q(answerable__area__path__startswith=actor.area_path)
    return Q(plan__area__path=actor.county_path) & _NO_DRAFT & own & ONCE


@rule("task.change", Task, _("改任务的责任人、科室和分解：教育局专干"))
def tasks_changed(actor: Actor) -> Q:
    """The bureau's clerks, in their county."""
    return Q(plan__area__path=actor.county_path) if actor.county_path and actor.is_any(Role.CLERK) else NOTHING


rule("task.split", Task, _("分解任务：教育局专干分解本县的；镇街、教管办把分到的任务再分给所属学校"))(splitting.splits)
rule("part.answer", Task, _("接受分解任务、提出异议：承担单位；可代录的镇街、教管办可替所属学校答复"))(splitting.answers)


@rule("target.see", Target, _("看目标：随方案"))
def targets_seen(actor: Actor) -> Q:
    """Whoever sees the plan: targets are the document's own words."""
    if actor.is_any(*_ADMINISTRATORS):
        return NOTHING
    return Q(plan__area__path=actor.county_path) if actor.county_path else Q(plan__area__path__startswith=actor.area_path)


@rule("target.bind", Target, _("确认目标怎么算、算哪些单位、属于哪项任务：教育局专干"))
def targets_bound(actor: Actor) -> Q:
    """The bureau's clerks, the targets in force of their county; what is promised twice is settled where it is judged."""
    if not (actor.county_path and actor.is_any(Role.CLERK)):
        return NOTHING
    return ONCE & Q(dropped=None, plan__area__path=actor.county_path)


@rule("target.amend", Target, _("对照原文更正、撤回目标，标为看过：教育局专干"))
def targets_amended(actor: Actor) -> Q:
    """The bureau's clerks, the targets in force of their county; each telling of what is promised twice has words of its own."""
    if not (actor.county_path and actor.is_any(Role.CLERK)):
        return NOTHING
    return Q(dropped=None, plan__area__path=actor.county_path)


@rule("report.see", Report, _("看进展：县级岗位看全县，单位看自己的，上级看已接收的"))
def reports_seen(actor: Actor) -> Q:
    """County posts all of the county's; a unit its own, those on tasks that it leads and of units whose place it took; above, the accepted
    ones."""
    if actor.is_any(*_ADMINISTRATORS):
        return NOTHING
    if not actor.county_path:
        return Q(task__plan__area__path__startswith=actor.area_path, state=Report.State.ACCEPTED)
    here = Q(task__plan__area__path=actor.county_path)
    if actor.link_id is not None:
        return here & (Q(unit_id=actor.unit_id) | Q(task__office_id=actor.unit_id))
    if actor.is_any(*_WHOLE_COUNTY):
        return here
    own = Q(unit__path__startswith=actor.unit_path) | Q(task__answerable__path__startswith=actor.unit_path)
    own |= Q(unit__in=_left_to(actor))
    if actor.is_any(Role.TOWN, Role.EDUCATION_OFFICE):
        own |= Q(unit__area__path__startswith=actor.area_path)
    return here & own


@rule("report.decide", Report, _("审核进展：教育局专干；专干替本局报的，由本局科室、局领导审核。自己报的不能自己接收"))
def reports_decided(actor: Actor) -> Q:
    """The bureau's clerks, those of their county; what a clerk reported as the bureau also its sections and leaders, each another person.

    Else a bureau with one clerk could never accept its own reports.
    """
    here = Q(task__plan__area__path=actor.county_path)
    if not actor.county_path or not actor.is_any(Role.CLERK, Role.OFFICE, Role.LEADER):
        return NOTHING
    if actor.is_any(Role.CLERK):
        return here
    bureau = Unit.objects.filter(pk__in=[int(key) for key in actor.unit_path.split("/") if key], kind=Unit.Kind.BUREAU)
    clerks = Post.objects.filter(role=Role.CLERK, unit__in=bureau)
    by_clerk = Q(unit__in=bureau, post_id__in=clerks.values("pk"))
    return here & by_clerk & ~Q(person_id=actor.person_id)


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


# Who may be the second person for a milestone: the county's posts that look at others' work.
VERIFIERS = (Role.CLERK, Role.OFFICE, Role.INSPECTOR, Role.LEADER)


@rule("milestone.state", Target, _("说明事项是否完成：牵头单位、责任科室；可代录的专干替本县的单位说明"))
def milestones_stated(actor: Actor) -> Q:
    """Whoever reports on its task; a clerk who may act for others for any in the county, one without a task too."""
    milestone = ONCE & Q(evaluator_kind=Target.Evaluator.MILESTONE, dropped=None)
    if actor.county_path and actor.may_act_for_others and actor.is_any(Role.CLERK):
        return milestone & Q(plan__area__path=actor.county_path)
    return milestone & Q(task__in=Task.objects.filter(tasks_reported(actor)).order_by().values("pk"))


@rule("node.state", Node, _("说明节点是否完成：报进展的单位；事项的节点，说明事项的单位；可代录的专干替本县的单位说明"))
def nodes_stated(actor: Actor) -> Q:
    """Steps in words of the tasks on which the actor reports, and of the milestones that the actor states."""
    tasks = Q(target=None, task__in=Task.objects.filter(tasks_reported(actor)).order_by().values("pk"))
    milestones = Q(target__in=Target.objects.filter(milestones_stated(actor)).order_by().values("pk"))
    return Q(quantity=None) & (tasks | milestones)


@rule("node.set", Node, _("设、去掉文字节点：教育局专干"))
def nodes_set(actor: Actor) -> Q:
    """Steps in words, the bureau's clerks, in their county."""
    if not (actor.county_path and actor.is_any(Role.CLERK)):
        return NOTHING
    return Q(quantity=None) & (Q(task__plan__area__path=actor.county_path) | Q(target__plan__area__path=actor.county_path))


@rule("node.milestone", Target, _("给事项设节点：教育局专干"))
def milestones_set(actor: Actor) -> Q:
    """The county's milestones, for its bureau's clerks."""
    if not (actor.county_path and actor.is_any(Role.CLERK)):
        return NOTHING
    return ONCE & Q(evaluator_kind=Target.Evaluator.MILESTONE, dropped=None, plan__area__path=actor.county_path)


@rule("node.verify", Node, _("核验事项的节点：专干、科室、责任督学、领导；不是报的人，也不是报的单位（别的单位能核验时）"))
def nodes_verified(actor: Actor) -> Q:
    """Steps of the county's milestones; that it is another person and unit is asked of each one."""
    if not actor.county_path or not actor.is_any(*VERIFIERS):
        return NOTHING
    return Q(quantity=None, target__plan__area__path=actor.county_path)


@rule("milestone.verify", Mark, _("核验事项：专干、科室、责任督学、领导；不是报的人，也不是报的单位（别的单位能核验时）"))
def milestones_verified(actor: Actor) -> Q:
    """Statements on milestones of the county; that it is another person and unit is asked of each one (``milestones.hindrance``)."""
    if not actor.county_path or not actor.is_any(*VERIFIERS):
        return NOTHING
    return Q(target__plan__area__path=actor.county_path, unit=None, replaced=None)


@rule("milestone.reason", Mark, _("看事项核验不通过的理由：报的单位、核验的岗位和领导；别人只看到退回和日期"))
def milestone_reasons_seen(actor: Actor) -> Q:
    """Those who may verify in the county, whoever may state the milestone, and the unit that stated it."""
    here = Q(target__plan__area__path=actor.county_path, unit=None)
    if not actor.county_path:
        return NOTHING
    if actor.is_any(*VERIFIERS):
        return here
    own = Q(target__in=Target.objects.filter(milestones_stated(actor)).order_by().values("pk"))
    if actor.link_id is None:
        own |= Q(post_id__in=Post.objects.filter(unit_id=actor.unit_id).order_by().values("pk"))
    return here & own


@rule("mark.see", Mark, _("看覆盖和事项的依据：县级岗位和责任督学看全县，单位看自己的和自己任务的"))
def marks_seen(actor: Actor) -> Q:
    """County posts and inspectors all of the county's; a unit its own, a town those of its schools; milestones by their task."""
    if actor.is_any(*_ADMINISTRATORS) or not actor.county_path:
        return NOTHING
    here = Q(target__plan__area__path=actor.county_path)
    if actor.link_id is not None:
        return here & Q(unit_id=actor.unit_id)
    if actor.is_any(*_WHOLE_COUNTY, Role.INSPECTOR):
        return here
    own = Q(unit__path__startswith=actor.unit_path) | Q(unit__in=_left_to(actor))
    if actor.is_any(Role.TOWN, Role.EDUCATION_OFFICE):
        own |= Q(unit__area__path__startswith=actor.area_path)
    return here & (own | Q(unit=None, target__task__in=Task.objects.filter(tasks_mine(actor)).order_by().values("pk")))


@rule("mark.own", Mark, _("给覆盖、事项附依据：报的岗位，核验之前"))
def marks_owned(actor: Actor) -> Q:
    """Whoever stated it, while nobody has verified or replaced it."""
    fresh = Q(verified=None, replaced=None)
    if actor.link_id is not None:
        return fresh & Q(link_id=actor.link_id)
    return fresh & Q(post_id=actor.post_id) if actor.post_id else NOTHING


@rule("coverage.see", Unit, _("看覆盖矩阵的行：县级岗位和责任督学看全县，镇街、教管办看本镇，单位看自己"))
def covered_units_seen(actor: Actor) -> Q:
    """The units whose cells the actor sees, as far as ``mark.see`` goes; above the county nobody reads single cells."""
    if actor.is_any(*_ADMINISTRATORS) or not actor.county_path:
        return NOTHING
    if actor.is_any(*_WHOLE_COUNTY, Role.INSPECTOR):
        return Q(area__path__startswith=actor.county_path)
    own = Q(path__startswith=actor.unit_path) | Q(pk__in=_left_to(actor))
    return own | Q(area__path__startswith=actor.area_path) if actor.is_any(Role.TOWN, Role.EDUCATION_OFFICE) else own


@rule("coverage.state", Unit, _("填覆盖：单位填自己的；可代录的岗位替本县或本镇的单位填；核验、督导和领导岗位不填"))
def covered_units_stated(actor: Actor) -> Q:
    """One's own unit and what belongs to it; a post that may act for others, for the units of its county or town."""
    if (
        actor.is_any(*_ADMINISTRATORS, Role.SUPERVISOR, Role.LEADER, Role.INSPECTOR)
        or not actor.county_path
        or actor.link_id is not None
    ):
        return NOTHING
    own = Q(path__startswith=actor.unit_path) if actor.is_any(Role.SCHOOL) else Q(pk=actor.unit_id)
    if not actor.may_act_for_others:
        return own
    others = Q(area__path__startswith=actor.area_path)
    # An education office answers for its schools; the town's government, which is evaluated, speaks for itself.
    return own | (others & Q(kind__in=splitting.SCHOOLS) if actor.is_any(Role.EDUCATION_OFFICE) else others)


@rule("coverage.verify", Mark, _("核验覆盖：教管办核验本镇学校，专干、科室、责任督学核验全县；不是填的人，也不是填的单位"))
def coverage_verified(actor: Actor) -> Q:
    """Statements of units of the county; that it is another person and unit is asked of each one (``covering.hindrance``)."""
    if not actor.county_path or actor.link_id is not None:
        return NOTHING
    # A unit that has closed is asked for nothing: what it had stated stays as it was.
    here = Q(target__plan__area__path=actor.county_path, replaced=None) & existing(clock.today(), "unit__") & ~Q(unit=None)
    if actor.is_any(Role.CLERK, Role.OFFICE, Role.INSPECTOR):
        return here
    if actor.is_any(Role.EDUCATION_OFFICE):
        return here & Q(unit__area__path__startswith=actor.area_path, unit__kind__in=splitting.SCHOOLS)
    return NOTHING


@rule("sub-plan.see", SubPlan, _("看分方案：县级岗位看全县，镇街、教管办看本镇，单位看自己的和请它会商的；上级看已批复的"))
def sub_plans_seen(actor: Actor) -> Q:
    """County posts all of the county's; a unit its own and those on which it was asked; above, what was approved."""
    if actor.is_any(*_ADMINISTRATORS):
        return NOTHING
    if not actor.county_path:
        approved = SubPlanEdition.objects.filter(outcome=SubPlanEdition.Outcome.APPROVED).order_by().values("sub_plan")
        return Q(plan__area__path__startswith=actor.area_path, pk__in=approved)
    here = Q(plan__area__path=actor.county_path)
    if actor.is_any(*_WHOLE_COUNTY):
        return here
    asked = Opinion.objects.filter(unit=actor.unit_id).order_by().values("sub_plan")
    own = Q(unit__path__startswith=actor.unit_path) | Q(unit__in=_left_to(actor)) | Q(pk__in=asked)
    if actor.is_any(Role.TOWN, Role.EDUCATION_OFFICE):
        own |= Q(unit__area__path__startswith=actor.area_path)
    return here & own


@rule("sub-plan.write", SubPlan, _("写分方案：本单位；可代录的岗位替本县或本镇的单位写"))
def sub_plans_written(actor: Actor) -> Q:
    """The unit itself, and whoever may state its cells, while it is a draft or came back; of a unit that has closed nobody."""
    with_unit = (SubPlan.State.DRAFT, SubPlan.State.RETURNED, SubPlan.State.REOPENED)
    open_now = Q(state__in=with_unit, plan__area__path=actor.county_path) & existing(clock.today(), "unit__")
    return open_now & Q(unit__in=Unit.objects.filter(covered_units_stated(actor)).order_by().values("pk"))


@rule("sub-plan.decide", SubPlan, _("批复、退回分方案，请单位会商：教育局专干；教管办对本镇学校的"))
def sub_plans_decided(actor: Actor) -> Q:
    """The bureau's clerks in their county, a town's education office for the schools of its town; never one's own unit's, nor that of a
    unit that has closed: it ends with the unit."""
    if not actor.county_path:
        return NOTHING
    here = Q(plan__area__path=actor.county_path) & existing(clock.today(), "unit__") & ~Q(unit_id=actor.unit_id)
    if actor.is_any(Role.CLERK):
        return here
    if actor.is_any(Role.EDUCATION_OFFICE):
        return here & Q(unit__area__path__startswith=actor.area_path, unit__kind__in=splitting.SCHOOLS)
    return NOTHING


@rule("opinion.see", Opinion, _("看会商意见：随分方案；上级看已批复的那一版的"))
def opinions_seen(actor: Actor) -> Q:
    """Whoever sees the sub-plan; above the county those on what was approved."""
    here = Q(sub_plan__in=SubPlan.objects.filter(sub_plans_seen(actor)).order_by().values("pk"))
    if actor.county_path:
        return here
    its = SubPlanEdition.objects.filter(sub_plan=OuterRef("sub_plan"), number=OuterRef("edition"))
    return here & Q(Exists(its.filter(outcome=SubPlanEdition.Outcome.APPROVED)))


@rule("opinion.give", Opinion, _("在会商中提意见：被请的单位；可代录的专干替本县的单位录入"))
def opinions_given(actor: Actor) -> Q:
    """The unit that was asked, until it has answered and while the sub-plan waits for it; a clerk who may act for others, for any that
    was asked in the county. Leaders and inspectors read; their office writes."""
    if actor.is_any(*_ADMINISTRATORS, Role.LEADER, Role.INSPECTOR) or not actor.county_path:
        return NOTHING
    asked = Q(unit_id=actor.unit_id)
    if actor.may_act_for_others and actor.is_any(Role.CLERK):
        asked |= Q(sub_plan__plan__area__path=actor.county_path)
    asked &= existing(clock.today(), "sub_plan__unit__")
    return asked & Q(word="", sub_plan__state=SubPlan.State.COUNTERSIGNING, edition=F("sub_plan__edition"))


@rule("opinion.own", Opinion, _("给会商意见附材料：提意见、代录的岗位"))
def opinions_owned(actor: Actor) -> Q:
    """Whoever gave it, while nobody has decided on the sub-plan."""
    if not actor.post_id:
        return NOTHING
    return Q(post_id=actor.post_id, given__isnull=False, sub_plan__state=SubPlan.State.COUNTERSIGNING)


@rule("bulletin.see", Bulletin, _("看通报：随方案"))
def bulletins_seen(actor: Actor) -> Q:
    """Issued ones whoever sees the plan; what is still being drafted the bureau's clerks and leaders."""
    if actor.is_any(*_ADMINISTRATORS):
        return NOTHING
    if not actor.county_path:
        return Q(plan__area__path__startswith=actor.area_path, issued__isnull=False)
    here = Q(plan__area__path=actor.county_path)
    return here if actor.is_any(Role.CLERK, Role.LEADER) else here & Q(issued__isnull=False)


@rule("bulletin.change", Bulletin, _("拟通报：教育局专干，印发前"))
def bulletins_changed(actor: Actor) -> Q:
    """The bureau's clerks, until the bulletin is issued; then nobody."""
    if not (actor.county_path and actor.is_any(Role.CLERK)):
        return NOTHING
    return Q(plan__area__path=actor.county_path, issued=None)


carrier(Bulletin, see="bulletin.see", change="bulletin.change")
carrier(Draft, see="draft.see", change="draft.see")
carrier(Task, see="task.see", change="task.report")
carrier(Report, see="report.see", change="report.own")
carrier(Mark, see="mark.see", change="mark.own")
carrier(SubPlan, see="sub-plan.see", change="sub-plan.write")
carrier(Opinion, see="opinion.see", change="opinion.own")
REPORT_LINK = purpose("plan.report", _("报进展"), "xiangxu_web.workspaces.plans.pages.report_by_link.by_link")
