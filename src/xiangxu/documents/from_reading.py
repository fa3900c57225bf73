"""A document that was read, as a paper: the office's own wording throughout."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from xiangxu.documents.belonging import tasks_of_promises, told_by
from xiangxu.documents.paper import Heading, PlanPaper, PromiseLine, TaskLine
from xiangxu.documents.task_sheet.columns import FREE, TITLES
from xiangxu.documents.wording import requirement, where_words
from xiangxu.model.place import Doubt, Place
from xiangxu.model.plan import BodyAction, PlanReading, Promise, Section, Task


def paper_of_reading(reading: PlanReading) -> PlanPaper:
    """The paper of a reading. Tasks are keyed t01, t02, … in the order of the document, as the packs key them."""
    doc = reading.doc
    tasks = tuple(_line(f"t{number:02d}", task) for number, task in enumerate(reading.tasks, 1))
    return PlanPaper(
        key=doc.key,
        title=doc.title or doc.key,
        doc_number=doc.doc_number,
        issuer=doc.issuer,
        issued_on=doc.issued_on,
        region=doc.region,
        basis=doc.basis,
        outline=tuple(_outline(reading.sections, reading.body_actions)),
        tasks=tasks,
        promises=_promises(reading, tasks),
        contradictions=tuple(c.message for c in reading.contradictions),
        doubts=tuple(_doubts(reading)),
    )


def _line(key: str, task: Task) -> TaskLine:
    """The row of a task. A further column has a field of the table where it bears exactly its name (责任领导, 联系人)."""
    free = {TITLES[field]: field for field in FREE}
    own = {free[head]: text for head, text in task.others if head in free}
    taken = set(TITLES.values())
    return TaskLine(
        key=key,
        no=task.no,
        name=task.action or task.project or "",
        group=task.project if task.action else None,
        measure=task.measure,
        goal=task.goal,
        due=task.due,
        lead=task.lead,
        proposed=() if task.lead else task.proposed,
        participants=task.participants,
        leader=own.get("leader"),
        office=own.get("office"),
        contact=own.get("contact"),
        progress=own.get("progress"),
        others=tuple((f"{h}（原表）" if h in taken else h, text) for h, text in task.others if h not in free),
    )


def _promises(reading: PlanReading, tasks: tuple[TaskLine, ...]) -> tuple[PromiseLine, ...]:
    """Promises with their task and the units of their place: of a list's row those of the row, in the body those of the action."""
    actions = {action.where: (action, number) for number, action in enumerate(reading.body_actions)}
    telling = told_by(reading)

    def line(promise: Promise, task: int | None) -> PromiseLine:
        action, number = actions.get(promise.where, (None, -1))
        # Of an action without units of its own those of the first row that tells it.
        near = [task] if task is not None else telling.get(number, [])[:1]
        units = action.lead if action and action.lead else tasks[near[0]].units if near else ()
        return PromiseLine(
            id=promise.id,
            where=promise.where,
            metric=promise.metric,
            requirement=requirement(promise.op.value, promise.value, promise.value2, promise.uom, promise.baseline),
            telling=promise.same_as or promise.id,
            scope=promise.scope,
            due=promise.due,
            per=promise.per.value if promise.per else None,
            units=units,
            task=tasks[task].key if task is not None else None,
            quote=promise.quote,
        )

    return tuple(line(promise, task) for promise, task in zip(reading.promises, tasks_of_promises(reading), strict=True))


def _outline(sections: Iterable[Section], actions: Iterable[BodyAction]) -> Iterable[Heading]:
    """The headings in order; those that are actions, with their units. Both stand in the order of the document."""
    waiting: defaultdict[tuple[str, str], list[BodyAction]] = defaultdict(list)
    for action in actions:
        waiting[action.no, action.title].append(action)
    for section in sections:
        same = waiting[section.no.strip("（）"), section.title]
        own = same.pop(0) if same else None
        yield Heading(section.no, section.level, section.title, own.lead if own else (), own.participants if own else ())


def _doubts(reading: PlanReading) -> Iterable[str]:
    """Every doubt with its place; of one that holds for the whole document only the sentence that says so."""
    whole = set(reading.doc.doubts)
    yield from (doubt.reason for doubt in reading.doc.doubts)
    for name, doubts, place in _doubtful(reading):
        for doubt in doubts:
            if doubt not in whole:
                yield f"{_line_of(place)}，{name}：{doubt.reason}"
    for remark in reading.remarks:
        yield (f"{_line_of(remark.place)}：" if remark.place else "") + remark.message


def _doubtful(reading: PlanReading) -> Iterable[tuple[str, tuple[Doubt, ...], Place]]:
    yield from ((f"标题“{s.no} {s.title}”", s.doubts, s.place) for s in reading.sections)
    yield from ((f"任务 {t.no}“{t.action or t.project or ''}”", t.doubts, t.place) for t in reading.tasks)
    yield from ((f"正文第 {a.no} 条“{a.title}”", a.doubts, a.place) for a in reading.body_actions)
    yield from ((f"目标“{p.metric}”（{where_words(p.where)}）", p.doubts, p.place) for p in reading.promises)


def _line_of(place: Place) -> str:
    return f"第 {place.line} 行" if place.page is None else f"第 {place.page} 页第 {place.line} 行"
