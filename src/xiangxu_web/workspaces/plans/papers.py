"""Tasks and targets of the site as the core's papers have them: for the office's table, the calendar, the bulletin."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Prefetch, QuerySet

from xiangxu.documents.dues import ONGOING, UnreadDue, due_of_words
from xiangxu.documents.paper import PlanPaper, PromiseLine, TaskLine
from xiangxu.documents.task_sheet.columns import PHONE
from xiangxu.documents.wording import figure, requirement
from xiangxu_web.kernel.components.reasons import worded
from xiangxu_web.workspaces.plans.drafting.opening import first_sentence
from xiangxu_web.workspaces.plans.models import Plan, Target, Task, TaskUnit

# Columns of the document that the office keeps itself; what the document printed there went into the task's own fields.
_OWN = ("责任领导", "责任科室", "联系人", PHONE)


def due_of(row: Task | Target) -> str | None:
    """The deadline in the core's normal form: as the document says it, else the day."""
    if isinstance(row, Task) and row.ongoing:
        return ONGOING
    try:
        read = due_of_words(row.due_words)
    except UnreadDue:
        read = None
    return read or (row.due_on.isoformat() if row.due_on else None)


def with_units(found: QuerySet[Task]) -> QuerySet[Task]:
    """The tasks with the units beside the answerable one, for ``units_in``."""
    return found.prefetch_related(Prefetch("units", to_attr="known_units"))


def know_units(tasks: Sequence[Task]) -> None:
    """The same for all tasks of a list at once, where no more of these units is shown than ``units_in`` tells."""
    known: dict[int, list[Any]] = defaultdict(list)
    found = TaskUnit.objects.filter(task__in=[task.pk for task in tasks]).order_by("pk")
    for unit in found.values_list("task_id", "part", "printed", named=True):
        known[unit.task_id].append(unit)
    for task in tasks:
        task.known_units = known[task.pk]  # type: ignore[attr-defined]


def units_in(task: Task, part: str) -> tuple[str, ...]:
    """The units with this part in a task that came ``with_units``, or whose are known (``know_units``), as printed, each once."""
    known: Sequence[TaskUnit] = task.known_units  # type: ignore[attr-defined]
    return tuple(dict.fromkeys(unit.printed for unit in known if unit.part == part))


def whole_title(task: Task) -> str:
    """The task's title; where that was cut from the document's words, the whole sentence."""
    if not task.title.endswith("…"):
        return task.title
    cut = task.title.removesuffix("…")
    return next((words for words in map(first_sentence, (task.measure, task.goal)) if words.startswith(cut)), task.title)


def task_line(task: Task) -> TaskLine:
    """A task as a row of the office's table. Wants answerable and office at hand, and the task ``with_units``."""
    lead = (str(task.answerable), *units_in(task, TaskUnit.Part.CO_LEAD)) if task.answerable else ()
    others = tuple((head, str(text)) for head, text in task.others.items() if head not in _OWN)
    return TaskLine(
        key=str(task.uid),
        no=task.number,
        name=task.title,
        group=task.theme or None,
        measure=task.measure or None,
        goal=task.goal or None,
        due=due_of(task),
        lead=tuple(dict.fromkeys(lead)),
        participants=units_in(task, TaskUnit.Part.PARTICIPANT),
        leader=task.leader or None,
        office=str(task.office) if task.office else None,
        contact=task.contact or None,
        progress=str(Task.Word(task.word).label) if task.word else None,
        others=((PHONE, task.contact_phone), *others),
    )


def promise_line(target: Target) -> PromiseLine:
    """A target as a line of the calendar. Wants its task with the answerable unit at hand."""
    unit = target.task.answerable if target.task else None
    return PromiseLine(
        id=str(target.uid),
        where=target.where,
        metric=target.metric,
        requirement=wanted(target),
        telling=str(target.same_as_id or target.pk),
        scope=target.scope or None,
        due=due_of(target),
        per=target.per or None,
        units=(str(unit),) if unit else (),
        task=str(target.task.uid) if target.task else None,
        quote=target.quote,
    )


def paper(plan: Plan | None, title: str, tasks: Iterable[Task], targets: Iterable[Target] = ()) -> PlanPaper:
    """These tasks and targets as one paper; with a plan it bears the plan's title and number."""
    lines = tuple(task_line(task) for task in tasks)
    promises = tuple(promise_line(target) for target in targets)
    if plan is None:
        return PlanPaper(key="tasks", title=title, tasks=lines, promises=promises)
    return PlanPaper(
        key=str(plan.uid),
        title=plan.title,
        doc_number=plan.doc_number or None,
        issuer=plan.issuer or None,
        issued_on=plan.issued_on,
        ends=plan.runs_until,
        tasks=lines,
        promises=promises,
    )


def amount(quantity: float | None, uom: str) -> str:
    """So much of something, as a person writes it; nothing where nothing is known."""
    return "" if quantity is None else figure(quantity, uom)


def own_words(target: Target) -> str:
    """The promise in the document's words, to stand in quotation marks and lists: its name where the document itself has those words,
    else the clause as it stands there, on one line. A name that was put together from the clause is no quotation."""
    clause, name = "".join(target.quote.split()).rstrip("，；。"), "".join(target.metric.split())
    return name if name in clause else clause or target.metric


def wanted(target: Target) -> str:
    """What the promise asks for, in figures: ≥ 85%, 全部, 完成."""
    return worded(requirement(target.op, target.value, target.value2, target.uom or None, target.baseline))
