"""What must hold between the cards of one plan: units exist, tasks exist, tellings of one promise are judged alike."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from xiangxu.cards.faults import Fault, did_you_mean, dotted
from xiangxu.cards.kinds import Head, PlanCard, TargetsCard, TasksCard, UnitsCard
from xiangxu.cards.kinds.plan_pack import TargetEntry, TaskEntry
from xiangxu.cards.merge import Written


def plan_faults(cards: Sequence[tuple[Written, Head]]) -> Iterator[Fault]:
    """The faults of the plan that one layer holds; none where it holds no plan."""
    units: set[str] | None = None
    tasks: dict[str, TaskEntry] | None = None
    for _, card in cards:
        if isinstance(card, UnitsCard):
            units = {unit.id for unit in card.units}
        elif isinstance(card, TasksCard):
            tasks = {task.id: task for task in card.tasks}
    for written, card in cards:
        if isinstance(card, UnitsCard):
            yield from _units(written, card)
        elif isinstance(card, TasksCard):
            yield from _tasks(written, card, units)
        elif isinstance(card, TargetsCard):
            yield from _targets(written, card, tasks)
    if (units is not None or tasks is not None) and not any(isinstance(card, PlanCard) for _, card in cards):
        written = next(w for w, card in cards if isinstance(card, UnitsCard | TasksCard))
        if not (written.sheet.path.parent / "document.yaml").exists():
            yield Fault(
                written.sheet.path, 1, "", "这个文件夹里没有 document.yaml", "补上方案本身的卡片：标题、文号、发文机关、日期"
            )


def _fault(written: Written, way: tuple[str | int, ...], wrong: str, remedy: str) -> Fault:
    return Fault(written.sheet.path, written.sheet.lines.of(way), dotted(way), wrong, remedy)


def _twice(written: Written, field: str, ids: Iterable[str]) -> Iterator[Fault]:
    seen: set[str] = set()
    for position, id in enumerate(ids):
        if id in seen:
            yield _fault(written, (field, position, "id"), f"标识“{id}”用了两次", "每一条一个标识，用过的不再用")
        seen.add(id)


def _units(written: Written, card: UnitsCard) -> Iterator[Fault]:
    yield from _twice(written, "units", (unit.id for unit in card.units))
    ids = {unit.id for unit in card.units}
    called: dict[str, str] = {}
    for position, unit in enumerate(card.units):
        for name in (unit.name, *unit.aliases):
            other = called.setdefault(name, unit.id)
            if other != unit.id:
                yield _fault(written, ("units", position), f"“{name}”既指“{other}”又指“{unit.id}”", "一个名称只能指一个单位")
        if unit.part_of is not None and (unit.part_of not in ids or unit.part_of == unit.id):
            remedy = did_you_mean(unit.part_of, ids - {unit.id}, "单位")
            yield _fault(written, ("units", position, "part_of"), f"没有“{unit.part_of}”这个上级单位", remedy)


def _tasks(written: Written, card: TasksCard, units: set[str] | None) -> Iterator[Fault]:
    yield from _twice(written, "tasks", (task.id for task in card.tasks))
    bodies = {task.id for task in card.tasks if task.origin == "body"}
    for position, task in enumerate(card.tasks):
        for field in ("answerable", "co_leads", "participants"):
            named = getattr(task, field)
            for unit in (named,) if isinstance(named, str) else named:
                if units is not None and unit not in units:
                    remedy = did_you_mean(unit, units, "单位", "在 units.yaml 里补上")
                    yield _fault(written, ("tasks", position, field), f"units.yaml 里没有“{unit}”这个单位", remedy)
        for place, body in enumerate(task.tells_same):
            if body not in bodies or body == task.id:
                remedy = did_you_mean(body, bodies - {task.id}, "正文措施")
                yield _fault(written, ("tasks", position, "tells_same", place), f"没有“{body}”这条正文措施", remedy)


def _targets(written: Written, card: TargetsCard, tasks: dict[str, TaskEntry] | None) -> Iterator[Fault]:
    yield from _twice(written, "targets", (target.id for target in card.targets))
    told: dict[str, list[int]] = defaultdict(list)
    for position, target in enumerate(card.targets):
        if target.task is not None and tasks is not None and target.task not in tasks:
            remedy = did_you_mean(target.task, tasks, "任务")
            yield _fault(written, ("targets", position, "task"), f"tasks.yaml 里没有“{target.task}”这个任务", remedy)
        if target.same_as is not None:
            told[target.same_as].append(position)
    for name, positions in told.items():
        named = [position for position, target in enumerate(card.targets) if target.id == name and position not in positions]
        yield from _told_alike(written, name, sorted([*positions, *named]), card.targets)


def _told_alike(written: Written, name: str, positions: list[int], targets: Sequence[TargetEntry]) -> Iterator[Fault]:
    """A group has two members or more; they have one evaluator; where their figures differ, a note says so."""
    first = targets[positions[0]]
    if len(positions) == 1:
        remedy = "给说同一件事的另一条写上同样的 same_as，或删去这一行"
        yield _fault(written, ("targets", positions[0], "same_as"), f"same_as: {name} 只有这一条", remedy)
    for position in positions[1:]:
        target = targets[position]
        pair = f"“{target.id}”与“{first.id}”说的是同一件事"
        if target.evaluator != first.evaluator:
            yield _fault(
                written, ("targets", position, "evaluator"), f"{pair}，评判却不同", f"改成与“{first.id}”一样，或去掉 same_as"
            )
        if _figures(target) != _figures(first) and first.note is None and target.note is None:
            remedy = "看看哪一处抄错了；原文确实不同的，在 note 里说明"
            yield _fault(written, ("targets", position), f"{pair}，数或单位却不同", remedy)


def _figures(target: TargetEntry) -> tuple[str, float | None, float | None, str | None]:
    return target.op, target.value, target.value2, target.uom


def uid_faults(cards: Iterable[tuple[Written, Head]]) -> Iterator[Fault]:
    """A target's id is its identity for good: no two plans share one."""
    homes: dict[str, Written] = {}
    for written, card in cards:
        for position, target in enumerate(card.targets if isinstance(card, TargetsCard) else ()):
            home = homes.setdefault(target.id, written)
            if home is not written:
                remedy = "各方案的目标用各自的前缀，如 ab-001"
                yield _fault(written, ("targets", position, "id"), f"标识“{target.id}”已用在 {home.sheet.path}", remedy)
