"""Pieces of text that all parts of a bulletin share: headings, paragraphs, days, lists of tasks by unit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from xiangxu.monthly.content import Block, Kind, Span
from xiangxu.monthly.figures import sentence
from xiangxu.monthly.state import NOBODY, TaskState

# Of one unit so many tasks are named in the text; the others stand in the annex.
_NAMED = 5
# What is said of units that have objected to their part, or have only just got it.
ANSWERING = "有异议或刚下达、待确认"
# So many units are named in a sentence: all of them or none.
UNITS_NAMED = 20


def heading(id: str, text: str, level: int = 1) -> Block:
    """A heading; its number is given when the document is set."""
    return Block(f"heading:{id}", Kind.HEADING, (Span(text),), level)


def text_block(id: str, *parts: str | Span | Sequence[Span]) -> Block:
    """A paragraph of words and figures."""
    return Block(id, Kind.PARAGRAPH, sentence(*parts))


def day_words(day: date) -> str:
    """A day as documents write it.

    >>> day_words(date(2026, 3, 5))
    '2026年3月5日'
    """
    return f"{day.year}年{day.month}月{day.day}日"


def replaces(issued: date, number: int, reason: str) -> str:
    """What a corrected edition says of the one it replaces; a bulletin is Chinese in whatever language its clerk works.

    >>> replaces(date(2026, 3, 5), 2, "误将两个镇的任务数对调。")
    '本期更正2026年3月5日印发的第2期：误将两个镇的任务数对调。原件作废，以本件为准。'
    """
    return f"本期更正{day_words(issued)}印发的第{number}期：{reason.rstrip('。')}。原件作废，以本件为准。"


def ours(issuer: str) -> str:
    """What the issuing office calls itself in its own text.

    >>> ours("云溪县乡村教育振兴工作领导小组办公室"), ours("云溪县教育和体育局"), ours("云溪县人民政府")
    ('本办公室', '我局', '云溪县人民政府')
    """
    names = {"办公室": "本办公室", "局": "我局", "委员会": "本委"}
    return next((own for end, own in names.items() if issuer.endswith(end)), issuer)


def stretch(first: date, last: date) -> str:
    """From one day to another; a year is said once.

    >>> stretch(date(2026, 11, 21), date(2026, 12, 31))
    '2026年11月21日至12月31日'
    """
    end = f"{last.month}月{last.day}日" if first.year == last.year else day_words(last)
    return f"{day_words(first)}至{end}"


def named_plan(title: str) -> str:
    """The plan's title without brackets around it and without a line end.

    >>> named_plan("《云溪县乡村教育\\n振兴方案》")
    '云溪县乡村教育振兴方案'
    """
    title = "".join(title.split("\n")).strip()
    return title[1:-1] if title.startswith("《") and title.find("》") == len(title) - 1 else title


def why_words(why: str) -> str:
    """The sentence beside a lamp as documents write it: no blanks, no full stop.

    >>> why_words("应于 2025年12月31日 完成，逾期 324 天。")
    '应于2025年12月31日完成，逾期324天'
    """
    return why.replace(" ", "").rstrip("。")


def why_and_missing(task: TaskState, *, annexed: bool = False) -> str:
    """What is wrong with a task; of a split one also which units lag behind and which have not reported on their part; in the annex all."""
    told = [why_words(task.verdict.why)]
    for word, units in (
        ("滞后、逾期", task.lagging),
        ("已报待审核", task.parts_in_review),
        (ANSWERING, task.answering),
        ("尚未报", missing_units(task)),
    ):
        if units:
            told.append(f"{word}：{'、'.join(units) if annexed else unit_names(units)}")
    return "；".join(told)


def by_unit(tasks: Iterable[TaskState]) -> dict[str, list[TaskState]]:
    """The tasks of each unit, units in the order in which the plan first names them."""
    units: dict[str, list[TaskState]] = {}
    for task in tasks:
        units.setdefault(task.unit, []).append(task)
    return units


def asked_units(tasks: Iterable[TaskState]) -> tuple[str, ...]:
    """The units that answer for some of the tasks. Tasks of which it is not settled who answers make no unit."""
    return tuple(unit for unit in by_unit(tasks) if unit != NOBODY)


def unit_names(units: Sequence[str]) -> str:
    """All the units by name; a list too long for a sentence stands in the annex. Nobody is lost in an 等.

    >>> unit_names(("甲镇", "乙镇")), unit_names(["乙镇"] * 21)
    ('甲镇、乙镇', '名单见附件')
    """
    return "、".join(units) if len(units) <= UNITS_NAMED else "名单见附件"


def missing_units(task: TaskState) -> tuple[str, ...]:
    """The units whose report on their part of a task is missing, those that reported in part marked so."""
    return (*(unit for unit in task.silent if unit not in task.answering), *(f"{unit}（未报齐）" for unit in task.partly))


def task_names(tasks: Sequence[TaskState], *, why: bool) -> str:
    """The tasks in the office's own words, at most five of them; `why`: with what is wrong, and whose report is missing."""
    told = [f"“{task.name}”" + (f"（{why_and_missing(task)}）" if why else "") for task in tasks[:_NAMED]]
    return "、".join(told) + ("等" if len(tasks) > _NAMED else "")
