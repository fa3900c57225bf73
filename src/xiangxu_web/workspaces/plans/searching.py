"""By which words plans, tasks and targets are found."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from xiangxu_web.kernel.components.figures import day
from xiangxu_web.kernel.permission import rows
from xiangxu_web.kernel.search.declare import Hit, Searched, index, searched
from xiangxu_web.workspaces.plans.in_charge import without_phones
from xiangxu_web.workspaces.plans.models import Plan, Target, Task
from xiangxu_web.workspaces.plans.standing import lamp_of, with_standing


def _task_words(task: Task) -> list[str]:
    others = [str(words) for words in without_phones(task.others).values()]
    return [task.title, task.theme, task.goal, task.measure, task.due_words, task.leader, task.contact, *others]


def _task_shown(task: Task) -> Hit:
    owner = str(task.answerable) if task.answerable else ""
    line = " · ".join(filter(None, (str(task.plan), owner, day(task.due_on) if task.due_on else task.due_words)))
    return Hit(task.title, reverse("task", args=[task.pk]), line, lamp_of(task))


def _target_shown(target: Target) -> Hit:
    line = " · ".join(filter(None, (str(target.plan), target.task.title if target.task else "")))
    return Hit(target.metric, reverse("target", args=[target.pk]), line)


PLANS = searched(
    Searched(
        order=10,
        model=Plan,
        name=_("方案"),
        words=lambda plan: [plan.title, plan.short_title, plan.doc_number, plan.issuer],
        fields=frozenset(("title", "short_title", "doc_number", "issuer")),
        title="title",
        seen=lambda actor: rows("plan.see", actor),
        shown=lambda plan: Hit(
            plan.title, reverse("plan", args=[plan.pk]), " · ".join(filter(None, (plan.issuer, plan.doc_number)))
        ),
        then=("-made", "pk"),
    )
)
TASKS = searched(
    Searched(
        order=20,
        model=Task,
        name=_("任务"),
        words=_task_words,
        fields=frozenset(("title", "theme", "goal", "measure", "due_words", "leader", "contact", "others")),
        title="title",
        seen=lambda actor: with_standing(rows("task.see", actor).filter(dropped=None).select_related("answerable", "plan")),
        shown=_task_shown,
        then=("plan", "order", "pk"),
    )
)
TARGETS = searched(
    Searched(
        order=30,
        model=Target,
        name=_("目标"),
        words=lambda target: [target.metric, target.quote, target.scope],
        fields=frozenset(("metric", "quote", "scope")),
        title="metric",
        seen=lambda actor: rows("target.see", actor).filter(dropped=None).select_related("plan", "task"),
        shown=_target_shown,
        then=("plan", "order", "pk"),
    )
)


def index_plan(plan: Plan) -> None:
    """Puts all tasks and targets of a plan into the index: publishing writes them many at once."""
    index(TASKS, list(Task.objects.filter(plan=plan)))
    index(TARGETS, list(Target.objects.filter(plan=plan)))
