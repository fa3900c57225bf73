"""How tasks stand, as lamps: the core decides, this brings it the facts."""

from __future__ import annotations

from datetime import date

from django.db.models import Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from xiangxu import clock
from xiangxu.targets.status import Status
from xiangxu.targets.task import Rolled, Step, TaskFacts, Word, rolled, task_verdict
from xiangxu_web.kernel.components.lamp import Lamp
from xiangxu_web.workspaces.plans.models import Task

# A part that was not sent down yet is nobody's business but the splitter's.
SENT_DOWN = ~Q(sent=Task.Sent.DRAFT)


def with_standing(found: QuerySet[Task]) -> QuerySet[Task]:
    """The tasks with all that ``lamp_of`` reads: nodes, and the parts down to the schools of a town, in six queries for any number."""
    parts = Task.objects.filter(SENT_DOWN, dropped=None).select_related("answerable").order_by("order", "pk")
    schools = Prefetch("parts", parts.prefetch_related("nodes"), to_attr="sent_parts")
    return found.prefetch_related("nodes", Prefetch("parts", parts.prefetch_related("nodes", schools), to_attr="sent_parts"))


def facts_of(task: Task) -> TaskFacts:
    """What the core needs to know of a task and its parts. Reads nothing further where the task came ``with_standing``."""
    parts = getattr(task, "sent_parts", None)
    if parts is None:
        parts = list(task.parts.filter(SENT_DOWN, dropped=None).select_related("answerable").prefetch_related("nodes"))
    return TaskFacts(
        Word(task.word) if task.word else None,
        task.reported_on,
        task.due_on,
        task.ongoing,
        [Step(node.due_on, node.quantity, node.reached_on, node.words) for node in task.nodes.all()],
        task.done,
        task.quantity,
        task.uom,
        str(task.answerable) if task.kind == Task.Kind.PART and task.answerable else "",
        [facts_of(part) for part in parts],
    )


def lamp_of(task: Task, on: date | None = None) -> Lamp:
    """The lamp of a task on a day (default: today), with the line that says why. Lists ask ``with_standing`` first."""
    verdict = task_verdict(facts_of(task), on or clock.today())
    words = _("未报") if verdict.status is Status.WAITING_DATA else ""
    return Lamp(verdict.status, words, verdict.why)


def day_left(task: Task, lamp: Lamp) -> date | None:
    """The deadline beside which is told how much time is left. Not beside what is done, what says so already, and not in red beside
    what nobody has reported on."""
    if task.due_on is None or lamp.state in ("met", "missed"):
        return None
    return None if lamp.state == "waiting-data" and task.due_on < clock.today() else task.due_on


def rolled_up(task: Task, on: date | None = None) -> Rolled:
    """The parts of a task taken together, on a day (default: today)."""
    return rolled(facts_of(task), on or clock.today())
