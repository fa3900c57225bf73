"""Readings of invented plans, put together by hand: what the page is shown to do must not hang on the reader."""

from __future__ import annotations

from datetime import date

from xiangxu.model.place import Doubt, Place
from xiangxu.model.plan import (
    BodyAction,
    Contradiction,
    DocumentFacts,
    Level,
    Op,
    Per,
    PlanReading,
    Promise,
    Remark,
    Section,
    Task,
    UnitMention,
)

TEXT = """云溪县乡村教育振兴行动方案
云政发〔2024〕7号

一、主要任务
1.建好乡村学校。到2025年，寄宿制学校全部配备热水设施，教师轮训率达到50%以上。每学期至少开展2次
家访，辍学学生动态清零。<script>alert("x")</script>（牵头单位：县教体局）
二、组织保障
各镇<b>每年</b>报告一次。

附件 任务清单
1
热水工程
	所有寄宿制学校配备热水设施。
	2026年

	县教体局
2
轮训工程
	教师轮训率不低于60%。
"""


def place_of(text: str, quote: str, after: int = 0) -> Place:
    """Where `quote` stands in `text`, white space aside."""
    kept = [i for i, c in enumerate(text) if not c.isspace() and i >= after]
    found = "".join(text[i] for i in kept).index(quote)
    start, end = kept[found], kept[found + len(quote) - 1] + 1
    return Place(start, end, text.count("\n", 0, start) + 1)


def at(quote: str, after: str = "") -> Place:
    return place_of(TEXT, quote, TEXT.index(after) if after else 0)


def invented_plan() -> PlanReading:
    """A plan with every kind of object, hostile markup in its text, a promise over a line's end, and doubts."""
    action = BodyAction(
        "1",
        "建好乡村学校",
        ("县教体局",),
        (),
        at(
            '建好乡村学校。到2025年，寄宿制学校全部配备热水设施，教师轮训率达到50%以上。每学期至少开展2次家访，辍学学生动态清零。<script>alert("x")</script>'
        ),
        "body 1",
    )
    promises = (
        Promise("寄宿制学校全部配备热水设施", "body 1", "热水设施配备", "寄宿制学校", Op.ALL, at("寄宿制学校全部配备热水设施"), due="2025", level=Level.SCHOOL, id="p1"),
        Promise("教师轮训率达到50%以上", "body 1", "教师轮训率", "教师", Op.GE, at("教师轮训率达到50%以上"), 50.0, uom="%", due="2025", id="p2", doubts=(Doubt.FIGURE_UNSURE,)),
        Promise("每学期至少开展2次家访", "body 1", "家访次数", None, Op.GE, at("每学期至少开展2次家访"), 2.0, uom="次", per=Per.TERM, id="p3"),
        Promise("辍学学生动态清零", "body 1", "辍学学生", None, Op.ZERO, at("辍学学生动态清零"), due="ongoing", id="p4"),
        Promise("所有寄宿制学校配备热水设施", "list 1", "热水设施配备", "寄宿制学校", Op.ALL, at("所有寄宿制学校配备热水设施"), due="2026", id="p5", same_as="p1"),
    )  # fmt: skip
    tasks = (
        Task("1", "热水工程", None, None, "所有寄宿制学校配备热水设施。", "2026", ("县教体局",), (), at("所有寄宿制学校配备热水设施。2026年县教体局"),
             units=(UnitMention("县教体局", "县教育和体育局"),), linked_action=0, answerable="县教育和体育局", others=(("责任领导", "王清泉"),)),
        Task("2", "轮训工程", None, None, "教师轮训率不低于60%。", None, (), (), at("教师轮训率不低于60%。"), proposed=("县教育和体育局",), doubts=(Doubt.OWNER_PROPOSED,)),
    )  # fmt: skip
    return PlanReading(
        DocumentFacts("yunxi", "云溪县乡村教育振兴行动方案", "云政发〔2024〕7号", "云溪县人民政府", date(2024, 3, 5)),
        TEXT,
        (
            Section("一", 1, "主要任务", at("一、主要任务")),
            Section("1", 2, "建好乡村学校", at("1.建好乡村学校")),
            Section("二", 1, "组织保障", at("二、组织保障"), (Doubt.NUMBERING_GAP,)),
            Section("附件", 1, "任务清单", at("附件任务清单")),
        ),
        tasks,
        (action,),
        promises,
        (Contradiction("figure", promises[1].place, tasks[1].place, "教师轮训率：正文为50%，清单为60%"),),
        (Remark(Doubt.NO_TABLE_HEADER, "清单没有表头", tasks[0].place), Remark(Doubt.PICTURE_UNREAD, "有一张图片没有读出")),
    )


def bare_plan() -> PlanReading:
    """A document in which nothing was found, not even who issued it."""
    return PlanReading(DocumentFacts("tongzhi", None), "关于开会的通知\n请按时参加。")


def long_plan(lines: int) -> PlanReading:
    """Many pages of plain lines, the last of which holds the one promise."""
    text = (
        "\n".join(f"这是第{i}行，写得不长也不短，只为占满篇幅，读的人大可不必细看。" for i in range(lines)) + "\n全部学校通网。"
    )
    promise = Promise("全部学校通网", "body 1", "通网", "学校", Op.ALL, place_of(text, "全部学校通网", len(text) - 20), id="p1")
    return PlanReading(DocumentFacts("long", "很长的方案"), text, promises=(promise,))
