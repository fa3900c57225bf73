"""What a unit that closes still owes goes over to the unit that takes its place (撤并): schools are merged while a plan runs."""

from __future__ import annotations

from xiangxu_web.kernel.audit.record import Recorder, values
from xiangxu_web.workspaces.areas.api import Unit
from xiangxu_web.workspaces.plans.models import Task
from xiangxu_web.workspaces.plans.standing import unfinished


def hand_over_tasks(record: Recorder, unit: Unit, successor: Unit) -> None:
    """The tasks that the closing unit has not finished are its successor's. What was handed down waits for the successor's word: it may
    have its reasons. What is finished and what was reported stay where they are; so does a part of a task of which the successor has
    one already: what both owe together is for whoever splits it.
    """
    asked = Task.objects.filter(answerable=successor, dropped=None).exclude(parent=None).values("parent")
    owed = Task.objects.select_for_update(of=("self",)).filter(answerable=unit, dropped=None)
    for task in unfinished(owed).exclude(parent__in=asked).order_by("pk"):
        before = values(task)
        task.answerable = successor
        if task.kind == Task.Kind.PART and task.sent != Task.Sent.DRAFT:
            task.sent, task.dispute = Task.Sent.SENT, ""
            task.answered_at, task.answered_by_post, task.answered_for = None, None, False
        task.edition += 1
        task.save()
        record.changed(task, before)
