"""A real plan in the invented county: its tasks and targets as its pack has them, under the county's own name and with its own units.

The pack holds our own short words and no copied sentence, so what is published is a paper made of these; that it is an adopted plan stands
in its name.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from xiangxu import clock
from xiangxu.documents.dues import due_words
from xiangxu.documents.from_pack import paper_of_pack
from xiangxu.model.place import Place
from xiangxu.model.plan import DocumentFacts, PlanReading, Task
from xiangxu.model.reason import kept
from xiangxu.model.unit import UnitKind
from xiangxu.world.adopting import AdoptedPlan, AdoptedTask
from xiangxu.world.county.world import World
from xiangxu_web.flows.demo import member
from xiangxu_web.flows.world import add_departments
from xiangxu_web.kernel.actor import Actor
from xiangxu_web.kernel.audit.record import action
from xiangxu_web.kernel.files.attach import attach
from xiangxu_web.kernel.files.store import store
from xiangxu_web.workspaces.areas.api import Unit, county_of
from xiangxu_web.workspaces.plans.api import Draft, Plan, publish_draft
from xiangxu_web.workspaces.plans.cards import packs
from xiangxu_web.workspaces.plans.drafting.opening import open_draft
from xiangxu_web.workspaces.plans.drafting.packed import as_proposed
from xiangxu_web.workspaces.plans.drafting.sheets import blocks_of_text

_TOWNS = "各镇街"
_SCHOOLS = "有关学校"
_COUNTY = "砚溪县"


def publish_adopted(adopted: AdoptedPlan, password: str) -> Plan:
    """Adds the departments that the county lacks, and publishes the plan as the bureau's clerk; the people of the added ones get the same
    password as all others."""
    world = adopted.world
    with transaction.atomic():
        add_departments(world, adopted.added, password)
        return publish_draft(member(world, "clerk"), _draft(member(world, "clerk"), adopted))


def _draft(clerk: Actor, adopted: AdoptedPlan) -> Draft:
    """The paper as an import of the clerk that is ready to be published; the paper itself is kept, as an upload would keep it."""
    reading, task_of = _reading(adopted)
    as_read = open_draft(reading, ())
    as_read["doc"]["short_title"] = f"乡村教育振兴方案（采用{adopted.document.region}的）"
    ends = paper_of_pack(packs(), adopted.place).ends
    as_read["doc"]["runs_until"] = ends.isoformat() if ends else ""
    refs = {key: f"t{n}" for n, key in enumerate(task_of.values(), 1)}
    by_target = _tasks_of_targets(adopted)
    for row, target in zip(as_read["promises"], adopted.targets, strict=True):
        row["task"] = refs.get(by_target[target.id] or "")
        row |= as_proposed(target, []) if target.evaluator else {"kind": "milestone"}
    units = dict(Unit.objects.filter(area__path__startswith=clerk.county_path).values_list("name", "pk"))
    as_read["units"] = {
        name: {"unit": units.get(name), "how": "towns" if name == _TOWNS else "match" if name in units else ""}
        for name in as_read["units"]
    }
    as_read |= {"region": "", "check": []}
    name = f"{reading.doc.title}.txt"
    blob = store(reading.text.encode(), name)
    with action(clerk, "draft.upload") as record:
        state: Any = kept(as_read)
        draft = Draft.objects.create(
            area=county_of(clerk.county_path),
            name=name,
            state=Draft.State.OPEN,
            text=reading.text,
            pages=[{"kind": "text", "blocks": blocks_of_text(reading.text)}],
            as_read=state,
            current=state,
            edition=1,
            made=clock.now(),
            made_by_post=clerk.post_id,
        )
        record.made(draft)
        attach(blob, name, to=draft, actor=clerk)
    return draft


class _Paper:
    """A text that grows line by line and knows where each of them stands."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self._end = 0

    def add(self, words: str) -> Place:
        """One more line."""
        words = words.replace("\n", " ")
        at = Place(self._end, self._end + len(words), len(self.lines) + 1)
        self.lines.append(words)
        self._end = at.end + 1
        return at


def _reading(adopted: AdoptedPlan) -> tuple[PlanReading, Mapping[int, str]]:
    """The paper as if it had been read: each task with what it promises under it. Beside it the pack's id of each task, in their order."""
    told = paper_of_pack(packs(), adopted.place)
    parts = {task.entry.id: task for task in adopted.tasks}
    by_target, own = _tasks_of_targets(adopted), (adopted.document.region, _COUNTY)
    paper = _Paper()
    tasks: list[Task] = []
    places: dict[str, Place] = {}
    title = adopted.document.title.zh.replace(*own)
    paper.add(title)

    def promise_lines(task: str | None) -> None:
        for line in told.promises:
            if by_target[line.id] == task:
                when = f"（{due_words(line.due)}）" if line.due else ""
                places[line.id] = paper.add(f"{line.scope or ''}{line.metric}，{line.requirement}{when}".replace(*own))

    for line in told.tasks:
        place = paper.add(f"{line.no} {line.name}".replace(*own))
        tasks.append(
            Task(
                no=line.no,
                project=None,
                action=line.name.replace(*own),
                goal=line.goal.replace(*own) if line.goal else None,
                measure=line.measure.replace(*own) if line.measure else None,
                due=line.due,
                lead=() if line.proposed else _lead(adopted.world, parts[line.key]),
                proposed=_lead(adopted.world, parts[line.key]) if line.proposed else (),
                participants=_names(adopted.world, parts[line.key].participants),
                place=place,
                row=len(tasks),
            )
        )
        promise_lines(line.key)
    promise_lines(None)
    text = "\n".join(paper.lines) + "\n"
    first: dict[str, str] = {}
    promises = []
    for target in adopted.targets:
        telling = first.setdefault(target.same_as or target.id, target.id)
        at = places[target.id]
        quote = text[at.start : at.end]
        promises.append(target.as_promise(at, quote, telling if telling != target.id else None))
    facts = DocumentFacts(adopted.place, title, issuer=f"{_COUNTY}人民政府", issued_on=adopted.document.issued_on)
    reading = PlanReading(facts, text, tasks=tuple(tasks), promises=tuple(promises))
    return reading, {n: line.key for n, line in enumerate(told.tasks)}


def _tasks_of_targets(adopted: AdoptedPlan) -> dict[str, str | None]:
    """For each target the task under which it stands: of an action that a row tells, the row."""
    told = {body: task.entry.id for task in reversed(adopted.tasks) for body in task.entry.tells_same}
    return {target.id: told.get(target.task or "", target.task) for target in adopted.targets}


def _lead(world: World, task: AdoptedTask) -> tuple[str, ...]:
    return _names(world, (task.answerable, *task.co_leads))


def _names(world: World, codes: tuple[str, ...]) -> tuple[str, ...]:
    """The units by name; all towns together, and schools, by what a document calls them."""
    towns = sum(world.unit(code).kind is UnitKind.TOWN for code in codes) > 1

    def name(code: str) -> str:
        unit = world.unit(code)
        if unit.school_type is not None:
            return _SCHOOLS
        return _TOWNS if towns and unit.kind is UnitKind.TOWN else unit.name

    return tuple(dict.fromkeys(name(code) for code in codes))
