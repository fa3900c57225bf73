"""How tasks stand, as lamps: the core decides, this brings it the facts."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from xiangxu import clock
from xiangxu.targets.status import Status
from xiangxu.targets.task import Step, TaskFacts, Word, task_verdict
from xiangxu_web.kernel.components.lamp import Lamp
from xiangxu_web.workspaces.plans.models import Task


def lamp_of(task: Task, on: date | None = None) -> Lamp:
    """The lamp of a task on a day (default: today), with the line that says why. Wants ``nodes`` prefetched."""
    steps = [Step(node.due_on, node.quantity, node.reached_on, node.words) for node in task.nodes.all()]
    facts = TaskFacts(Word(task.word) if task.word else None, task.reported_on, task.due_on, task.ongoing, steps)
    verdict = task_verdict(facts, on or clock.today())
    words = _("未报") if verdict.status is Status.WAITING_DATA else ""
    return Lamp(verdict.status, words, verdict.why)
