"""A plan's pack, as a paper: in the words of the pack, with its names, figures and dates."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeVar

from xiangxu.cards import Packs
from xiangxu.cards.kinds.head import Head
from xiangxu.cards.kinds.plan_pack import PlanCard, TargetEntry, TargetsCard, TaskEntry, TasksCard, UnitsCard
from xiangxu.cards.vocabulary import NATURES
from xiangxu.documents.dues import due_words, last_day
from xiangxu.documents.paper import Heading, PlanPaper, PromiseLine, TaskLine
from xiangxu.documents.wording import per_words, requirement

Card = TypeVar("Card", bound=Head)
# The cards of a plan's pack, and how messages call them.
_PARTS: dict[type[Head], str] = {PlanCard: "方案", UnitsCard: "单位", TasksCard: "任务", TargetsCard: "目标"}


def paper_of_pack(packs: Packs, place: str) -> PlanPaper:
    """The paper of a place's plan. Refused, with `LookupError`, where the place or one of the four cards is missing.

    A body action that a row of the list repeats is no line of its own, so that nobody is asked twice: the row tells it as its
    measure. The row's goal is what its targets ask for.
    """
    plan, tasks = _one(packs, place, PlanCard), _one(packs, place, TasksCard)
    units, targets = _one(packs, place, UnitsCard), _one(packs, place, TargetsCard)
    names = {unit.id: unit.name for unit in units.units}
    told = {body: row.id for row in reversed(tasks.tasks) for body in row.tells_same}
    lines = tuple(_line(task, tasks.tasks, targets.targets, names) for task in tasks.tasks if task.id not in told)
    owners = {task.id: (names.get(task.answerable, task.answerable),) for task in tasks.tasks}
    keys = {line.key for line in lines}

    def promise(target: TargetEntry) -> PromiseLine:
        task = told.get(target.task or "", target.task)
        return PromiseLine(
            id=target.id,
            where=target.where,
            metric=target.metric,
            requirement=_required(target),
            telling=target.same_as or target.id,
            scope=target.scope_text,
            due=target.due,
            per=target.per,
            units=owners.get(target.task or "", ()),
            task=task if task in keys else None,
            nature=None if target.nature == "promise" else NATURES.words[target.nature],
        )

    return PlanPaper(
        key=plan.id,
        title=plan.title.zh,
        doc_number=plan.doc_number,
        issuer=plan.issuer,
        issued_on=plan.issued_on,
        region=plan.region,
        basis=plan.basis,
        ends=last_day(plan.period.to),
        outline=tuple(_outline(tasks.tasks, names)),
        tasks=lines,
        promises=tuple(promise(target) for target in targets.targets),
        doubts=tuple(_proposed(lines)),
    )


def pack_exchange(packs: Packs, place: str) -> dict[str, Any]:
    """The four cards of a place's plan in their own fields, ready for `json.dumps(…, ensure_ascii=False)`."""
    parts: dict[str, type[Head]] = {"document": PlanCard, "units": UnitsCard, "tasks": TasksCard, "targets": TargetsCard}
    found = {name: _one(packs, place, kind) for name, kind in parts.items()}
    return {name: card.model_dump(mode="json", by_alias=True, exclude_defaults=True) for name, card in found.items()}


def _one(packs: Packs, place: str, kind: type[Card]) -> Card:
    found = [card for _, card in packs.own(packs.layer(place)) if isinstance(card, kind)]
    if not found:
        raise LookupError(
            f"“{place}”的政策包里没有可用的{_PARTS[kind]}卡片。运行 xiangxu pack check，看是缺了文件还是写错了；改好后再试。"
        )
    return found[0]


def _line(task: TaskEntry, tasks: Iterable[TaskEntry], targets: Iterable[TargetEntry], names: dict[str, str]) -> TaskLine:
    titles = [other.title for other in tasks if other.id in task.tells_same]
    own = [target for target in targets if target.task in (task.id, *task.tells_same)]
    first = {target.same_as or target.id: target for target in reversed(own)}
    goals = [_goal(target) for target in own if first[target.same_as or target.id] is target]
    lead = tuple(names.get(id, id) for id in (task.answerable, *task.co_leads))
    return TaskLine(
        key=task.id,
        no=task.no,
        name=task.title,
        measure="；".join(titles) or None,
        goal="；".join(goals) or None,
        due=task.due,
        lead=() if task.proposed else lead,
        proposed=lead if task.proposed else (),
        participants=tuple(names.get(id, id) for id in task.participants),
    )


def _goal(target: TargetEntry) -> str:
    when = "，".join(part for part in (due_words(target.due), per_words(target.per)) if part)
    return f"{target.metric} {_required(target)}" + (f"（{when}）" if when else "")


def _required(target: TargetEntry) -> str:
    return requirement(target.op, target.value, target.value2, target.uom, target.baseline)


def _outline(tasks: Iterable[TaskEntry], names: dict[str, str]) -> Iterable[Heading]:
    """The list and the body's actions, each as printed, under a heading that says which it is."""
    for origin, title in (("list", "任务清单"), ("body", "正文措施")):
        own = [task for task in tasks if task.origin == origin]
        if own:
            yield Heading("", 1, title)
        for task in own:
            lead = tuple(names.get(id, id) for id in (task.answerable, *task.co_leads))
            yield Heading(task.no, 2, task.title, lead, tuple(names.get(id, id) for id in task.participants))


def _proposed(lines: Iterable[TaskLine]) -> Iterable[str]:
    own = [line.no for line in lines if line.proposed]
    if own:
        yield f"原文没有写明责任单位、由我们建议的任务：{'、'.join(own)}"
