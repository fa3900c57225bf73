"""Every promise under its task: in real and in invented plans, also where several rows of a list bear one number."""

from __future__ import annotations

import json
import re

import pytest

from tests.paths import PLANS, needs_plans
from tests.plans.test_invented_plans import DOCUMENTS
from tests.plans.test_invented_plans import KEYS as INVENTED
from xiangxu.documents.belonging import tasks_of_promises, told_by
from xiangxu.importer.plan import read_plan
from xiangxu.model.plan import PlanReading

REAL = ("qingzhou", "dongchangfu", "anqiu", "jinan", "yiyuan")


def _wrongly_placed(reading: PlanReading) -> list[str]:
    """The promises of lists that are not put to the row in whose cells they are written, by the text of the document alone."""
    wrong = []
    for promise, task in zip(reading.promises, tasks_of_promises(reading), strict=True):
        if promise.where.startswith("list"):
            own = reading.tasks[task].place if task is not None else None
            if own is None or not own.start <= promise.place.start < promise.place.end <= own.end:
                wrong.append(f"{promise.where} {promise.quote}")
    return wrong


def _told_elsewhere(reading: PlanReading) -> list[str]:
    """The promises of the text that are put to a row which neither tells their action alone nor says their words."""
    telling = told_by(reading)
    rows_of = {action.where: telling.get(number, []) for number, action in enumerate(reading.body_actions)}
    placed = dict(zip((p.id for p in reading.promises), tasks_of_promises(reading), strict=True))
    strangers = []
    for promise in reading.promises:
        task = placed[promise.id]
        if task is None or not promise.where.startswith("body") or rows_of.get(promise.where) == [task]:
            continue
        retold = any(
            p.same_as == promise.same_as and placed[p.id] == task for p in reading.promises if p.where.startswith("list")
        )
        row = reading.tasks[task]
        words = set(promise.metric) & set(f"{row.measure}{row.goal}")
        if not retold and len(words) < len(set(promise.metric)) / 2:
            strangers.append(f"{promise.where} {promise.quote} → {row.no}")
    return strangers


@needs_plans
@pytest.mark.parametrize("key", REAL)
def test_a_promise_of_a_real_plan_stands_under_its_row(key: str) -> None:
    """A promise written in a row is that row's, none another's; one of the text goes to no row that does not tell it."""
    reading = read_plan(PLANS / f"{key}.txt")
    assert not _wrongly_placed(reading)
    assert not _told_elsewhere(reading)


@pytest.mark.parametrize("key", INVENTED)
def test_a_promise_of_an_invented_plan_stands_under_its_row(key: str) -> None:
    """The same in other offices' manners; in h5 eight numbers are shared by several rows."""
    reading = read_plan(DOCUMENTS / f"{key}.txt")
    assert not _wrongly_placed(reading)
    assert not _told_elsewhere(reading)


@needs_plans
@pytest.mark.parametrize("key", ["qingzhou", "dongchangfu", "yiyuan"])
def test_the_annotated_promises_lie_under_the_row_that_holds_them(key: str) -> None:
    """Of each annotated promise that one row alone holds word for word, all that was read of it lies under that row."""
    gold = json.loads((PLANS / "gold" / f"{key}.json").read_text(encoding="utf-8"))
    reading = read_plan(PLANS / f"{key}.txt")
    texts = [_squeezed(f"{task.goal or ''}{task.measure or ''}") for task in reading.tasks]
    read = list(zip(reading.promises, tasks_of_promises(reading), strict=True))
    checked = 0
    for target in gold["targets"]:
        holders = [n for n, text in enumerate(texts) if _squeezed(target["quote"]) in text]
        if not target["where"].startswith("list") or len(holders) != 1:
            continue
        for promise, task in read:
            if promise.where == target["where"] and _squeezed(promise.quote) in _squeezed(target["quote"]):
                checked += 1
                assert task == holders[0], promise.quote
    assert checked > 10


@needs_plans
def test_an_ordinary_merged_header_is_no_fault() -> None:
    """青州: 内容措施 stands over the names of the actions and what they ask; no row is doubtful for that."""
    assert not any(task.doubts for task in read_plan(PLANS / "qingzhou.txt").tasks)


@needs_plans
def test_two_promises_in_one_breath_are_two() -> None:
    """青州: what stands side by side in one clause is promised each by itself; what only says which kindergartens is no promise."""
    quotes = [(p.quote, p.metric) for p in read_plan(PLANS / "qingzhou.txt").promises]
    metrics = {quote: [m for q, m in quotes if q == quote] for quote, _ in quotes}
    assert metrics["基本实现义务教育优质均衡"]
    assert metrics["学前教育普及普惠安全优质"]
    assert metrics["全部实现“千兆进校、百兆进班”"] == ["千兆进校", "百兆进班"]
    assert metrics["镇街区驻地学校录播室全覆盖"] == ["镇街区驻地学校录播室覆盖"]
    assert len(set(metrics["上述三项指标100%达标"])) == 3
    assert {"全国文明校园实现突破", "升级热水供应设备", "完成农村幼儿园标准化改造提升任务"} <= set(metrics)
    assert "2017年以后建设的幼儿园" not in metrics


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)
