"""A plan of an invented county as a pack, and the office's document of it, in other words than the pack's."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from tests.core.importer.link.plan import REGION, Draft
from xiangxu.cards.kinds import PlanCard
from xiangxu.cards.kinds.plan_pack import TargetEntry, TaskEntry, UnitEntry
from xiangxu.model.plan import DocumentFacts, Op, PlanReading
from xiangxu.review.matching import Matching, PlanPack, TargetMatch

TITLE = "云溪县乡村教育提升方案（2024—2027年）"
ISSUER = "云溪县人民政府办公室"
ISSUED = date(2024, 5, 6)
NUMBER = "云政办发〔2024〕7号"

CARD = PlanCard.model_validate(
    {
        "kind": "plan",
        "id": "yunxi-plan",
        "title": {"zh": TITLE},
        "source": {"title": TITLE, "checked": True},
        "doc_number": NUMBER,
        "issuer": ISSUER,
        "issued_on": ISSUED,
        "region": REGION,
        "region_code": "990101",
        "region_level": "county",
        "period": {"from": "2024", "to": "2027"},
    }
)
UNITS = tuple(
    UnitEntry.model_validate(unit)
    for unit in (
        {"id": "edu-bureau", "name": "云溪县教育局", "aliases": ["教育局"], "kind": "department"},
        {"id": "health-bureau", "name": "云溪县卫生健康局", "aliases": ["卫健局"], "kind": "department"},
    )
)


def facts(**other: Any) -> DocumentFacts:
    """What the document says of itself, but for what is given."""
    return replace(DocumentFacts("draft", TITLE, NUMBER, ISSUER, ISSUED, REGION, "county"), **other)


def target(id: str, where: str, metric: str, op: str, **more: Any) -> TargetEntry:
    """A target of the pack; how it is judged follows from the operator."""
    directions = {"le": "at_most", "lt": "at_most", "all": "all", "zero": "none", "increase": "more", "decrease": "less"}
    given = {"id": id, "where": where, "metric": metric, "op": op, "level": "county"}
    given["direction"] = "done" if op == "done" else directions.get(op, "at_least")
    return TargetEntry.model_validate(given | more)


def task(id: str, no: str, origin: str, title: str, **more: Any) -> TaskEntry:
    """A task of the pack."""
    given = {"id": id, "no": no, "origin": origin, "title": title, "answerable": "edu-bureau"}
    return TaskEntry.model_validate(given | more)


def pack(*targets: TargetEntry, tasks: tuple[TaskEntry, ...] = ()) -> PlanPack:
    """A pack with these targets and tasks."""
    return PlanPack("yunxi", CARD, UNITS, tasks, targets)


def draft(before: int = 0) -> Draft:
    """The office's document; `before`: so many actions and rows stand before those that the pack knows."""
    made = Draft()
    for n in range(before):
        made.action(str(n + 1), f"抓好第{n + 1}项准备", "做好各项宣传发动。", ["宣传部"])
    no = [str(before + n) for n in range(1, 4)]
    made.action(no[0], "补充乡村教师", "每年招聘新教师60名，骨干教师占比达到25%以上。健全轮岗办法，落实交通补助。", ["教育局"])
    made.promise("每年招聘新教师60名", "招聘新教师人数", Op.EQ, 60, "名")
    made.promise("骨干教师占比达到25%以上", "骨干教师占比", Op.GE, 25, "%")
    made.action(no[1], "改善办学条件", "新建食堂6处，新建录播室6处，实现千兆进校、百兆进班。", ["教育局"])
    made.promise("新建食堂6处", "食堂数", Op.EQ, 6, "处")
    made.promise("新建录播室6处", "录播室数", Op.EQ, 6, "处")
    made.promise("实现千兆进校、百兆进班", "千兆进校、百兆进班", Op.ALL)
    made.action(no[2], "关心学生健康", "学生近视率每年下降1个百分点，近视率不超过40%。", ["卫健局"])
    made.promise("近视率不超过40%", "近视率", Op.LE, 40, "%")
    return made


def reading(made: Draft | None = None, **doc: Any) -> PlanReading:
    """The document as it was read, its promises with ids."""
    found = (made or draft()).reading()
    promises = tuple(replace(promise, id=f"p-{n:03d}") for n, promise in enumerate(found.promises, 1))
    return replace(found, doc=facts(**doc), promises=promises)


def by_id(matching: Matching) -> dict[str, TargetMatch]:
    """The matches by the id of their target."""
    return {found.target.id: found for found in matching.targets}
