"""What a unit that closes still owes goes over to the unit that takes its place (撤并): schools are merged while a plan runs."""

from __future__ import annotations

from django.db.models import Q

from xiangxu import clock
from xiangxu.targets.shares import together
from xiangxu_web.kernel.audit.record import Recorder, values
from xiangxu_web.workspaces.areas.api import Unit
from xiangxu_web.workspaces.plans.models import Instruction, Node, Task, TaskUnit
from xiangxu_web.workspaces.plans.standing import unfinished

_ANEW = ("sent", "dispute", "answered_at", "answered_by_post", "answered_for")


def hand_over_tasks(record: Recorder, unit: Unit, successor: Unit) -> None:
    """The tasks that the closing unit has not finished are its successor's, and so is taking part in those of others. What was handed down
    waits for the successor's word: it may have its reasons. What is finished and what was reported stay where they are.

    Where the successor has a part of the same task already, the two become one: see ``_into_one``.
    """
    owed = Task.objects.select_for_update(of=("self",)).filter(answerable=unit, dropped=None)
    moving = list(unfinished(owed).order_by("pk"))
    own = {
        part.parent_id: part
        for part in Task.objects.select_for_update().filter(
            answerable=successor, dropped=None, parent__in={task.parent_id for task in moving}
        )
    }
    for task in moving:
        if task.parent_id is not None and task.parent_id in own:
            _into_one(record, task, own[task.parent_id])
            continue
        before = values(task)
        task.answerable = successor
        if task.kind == Task.Kind.PART and task.sent != Task.Sent.DRAFT:
            _ask_anew(task)
        task.edition += 1
        task.save(update_fields=["answerable", *_ANEW, "edition"])
        record.changed(task, before)
    _take_part(record, unit, successor)


def _into_one(record: Recorder, part: Task, own: Task) -> None:
    """The successor's own part takes in that of the closing unit: the quantities of both, what is done in both, and of the nodes what both
    were to have done by each day. A part without a quantity adds none, and where the successor's own has none the sum stays unknown, so
    that the splitting shows what is missing of the total. The closed part ends, tied to the one that took it in, which shows its reports;
    what was split further hangs on the successor's. What the successor has not disputed already waits for its word.
    """
    before, was = values(own), values(part)
    if own.quantity is not None and part.quantity is not None:
        own.quantity += part.quantity
    if part.done is not None:
        own.done = (own.done or 0) + part.done
    _nodes_into(part, own)
    if own.word == Task.Word.DONE:
        # The successor's was done, what comes to it is not.
        own.word, own.reported_on = part.word, part.reported_on
    if (own.sent, part.sent) != (Task.Sent.DRAFT, Task.Sent.DRAFT) and own.sent != Task.Sent.DISPUTED:
        _ask_anew(own)
    own.due_on = max(filter(None, (own.due_on, part.due_on)), default=None)
    own.edition += 1
    own.save()
    _hang_on(record, part, own)
    for asked in Instruction.objects.filter(task=part, answered_by=None):
        stood = values(asked)
        asked.task = own
        asked.save(update_fields=["task"])
        record.changed(asked, stood)
    part.dropped, part.same_as = clock.now(), own
    part.save(update_fields=["dropped", "same_as"])
    record.changed(part, was, into=own.pk)
    record.changed(own, before, taken_in=part.pk)


def _hang_on(record: Recorder, part: Task, own: Task) -> None:
    """What was split further goes over with all below it; of a unit that has a part in both, the two become one."""
    there = {each.answerable_id: each for each in Task.objects.select_for_update().filter(parent=own, dropped=None)}
    for below in Task.objects.select_for_update().filter(parent=part, dropped=None).order_by("pk"):
        if (twin := there.get(below.answerable_id)) is not None:
            _into_one(record, below, twin)
            continue
        was = below.path
        for each in Task.objects.select_for_update().filter(Q(pk=below.pk) | Q(path__startswith=was)) if was else [below]:
            stood = values(each)
            each.path = f"{own.path}{below.pk}/" + each.path.removeprefix(was)
            if each.pk == below.pk:
                each.parent = own
            each.save(update_fields=["path", "parent"])
            record.changed(each, stood)


def _nodes_into(part: Task, own: Task) -> None:
    """Of each day what both were to have done by then; steps in words go over as they stand."""
    nodes = [*part.nodes.all(), *own.nodes.all()]
    figures = [
        {node.due_on: node.quantity for node in nodes if node.task_id == task.pk and node.quantity is not None}
        for task in (own, part)
    ]
    Node.objects.filter(task__in=(part, own), quantity__isnull=False).delete()
    Node.objects.bulk_create(Node(task=own, due_on=day, quantity=much) for day, much in together(*figures).items())
    Node.objects.filter(task=part).update(task=own)


def _ask_anew(task: Task) -> None:
    task.sent, task.dispute = Task.Sent.SENT, ""
    task.answered_at, task.answered_by_post, task.answered_for = None, None, False


def _take_part(record: Recorder, unit: Unit, successor: Unit) -> None:
    """Who takes part in a task that holds (配合, 共同牵头) and who is its section is the successor; once only, where it does already."""
    there = TaskUnit.objects.filter(unit=successor).order_by().values("task")
    for joined in TaskUnit.objects.filter(unit=unit, task__dropped=None).exclude(
        Q(task__in=there) | Q(task__answerable=successor)
    ):
        before = values(joined)
        joined.unit = successor
        joined.save(update_fields=["unit"])
        record.changed(joined, before)
    for task in Task.objects.select_for_update(of=("self",)).filter(office=unit, dropped=None):
        before = values(task)
        task.office = successor
        task.edition += 1
        task.save(update_fields=["office", "edition"])
        record.changed(task, before)
