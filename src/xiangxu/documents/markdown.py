"""A plan as Markdown: to be read, printed, compared by line, pasted into other systems."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from xiangxu.documents.dues import due_words
from xiangxu.documents.paper import Heading, PlanPaper, PromiseLine, TaskLine
from xiangxu.documents.texts import fit
from xiangxu.documents.wording import per_words, where_words

_MARKS = re.compile(r"[\\`*_\[\]<>|~#&]")
# At a line's start these would open a list or a heading.
_OPENING = re.compile(r"^(\d+)([.)])|^([-+=])")
_NUMBERED = re.compile(r"[0-9０-９]+")


def plan_markdown(paper: PlanPaper) -> str:
    """Title, facts, outline with its actions and units, table of tasks, promises by place, contradictions, doubts.

    Nothing in the document's texts works as markup.
    """
    parts = [f"# {_inline(paper.title)}", "\n".join(_facts(paper))]
    parts += _part("提纲", "\n".join(_outline(paper.outline)), "没有读出提纲。")
    parts += _part("任务", _tasks(paper.tasks), "没有任务。")
    parts += _part("目标", "\n\n".join(_promises(paper.promises)), "没有目标。")
    parts += _part("前后不一", "\n".join(f"- {_inline(text)}" for text in paper.contradictions), "没有发现。")
    parts += _part("存疑", "\n".join(f"- {_inline(text)}" for text in paper.doubts), "没有。")
    return "\n\n".join(part for part in parts if part) + "\n"


def _part(title: str, body: str, nothing: str) -> list[str]:
    return [f"## {title}", body or nothing]


def _facts(paper: PlanPaper) -> Iterator[str]:
    on = paper.issued_on
    facts = (
        ("文号", paper.doc_number),
        ("发文单位", paper.issuer),
        ("印发日期", f"{on.year}年{on.month}月{on.day}日" if on else None),
        ("适用范围", paper.region),
        ("依据", "、".join(paper.basis)),
        ("数目", f"任务 {len(paper.tasks)} 项，目标 {len(paper.promises)} 个"),
    )
    return (f"- {name}：{_inline(text)}" for name, text in facts if text)


def _outline(headings: Iterable[Heading]) -> Iterator[str]:
    depth = 0
    for heading in headings:
        # A heading may skip a level; a list may not.
        depth = min(max(heading.level, 1), depth + 1)
        owners = [("牵头", heading.lead), ("配合", heading.participants)]
        units = "；".join(f"{name}：{'、'.join(names)}" for name, names in owners if names)
        yield "  " * (depth - 1) + "- " + _inline(_number(heading.no) + heading.title) + (f" — {_inline(units)}" if units else "")


def _number(no: str) -> str:
    """The number as documents print it: 一、, （一）, 1., 附件：.

    >>> [_number(n) for n in ("一", "（一）", "1", "附件", "")]
    ['一、', '（一）', '1. ', '附件：', '']
    """
    if not no or no.endswith(("）", ")", ".", "、")):
        return no
    if _NUMBERED.fullmatch(no):
        return f"{no}. "
    return f"{no}：" if no.startswith(("附", "任务", "专栏")) else f"{no}、"


def _tasks(tasks: Sequence[TaskLine]) -> str:
    if not tasks:
        return ""
    titles = ["序号", "任务", "措施", "目标", "时限", "牵头", "配合"]
    return _table(
        titles,
        (
            [
                task.no,
                f"{task.group}：{task.name}" if task.group else task.name,
                task.measure or "—",
                task.goal or "—",
                due_words(task.due) or "—",
                "、".join(task.lead) or ("、".join(task.proposed) + "（建议）" if task.proposed else "—"),
                "、".join(task.participants) or "—",
            ]
            for task in tasks
        ),
    )


def _promises(promises: Sequence[PromiseLine]) -> Iterator[str]:
    quoted = any(promise.quote for promise in promises)
    titles = ["目标", "要求", "时限", "责任单位", *(["原文"] if quoted else [])]
    for where, group in groupby(promises, key=lambda promise: promise.where):
        yield f"### {_inline(where_words(where))}"
        yield _table(titles, (_promise(promise, quoted) for promise in group))


def _promise(promise: PromiseLine, quoted: bool) -> list[str]:
    when = "，".join(part for part in (due_words(promise.due), per_words(promise.per)) if part)
    return [
        promise.metric + (f"（{promise.scope}）" if promise.scope else ""),
        promise.requirement + (f"（{promise.nature}）" if promise.nature else ""),
        when or "—",
        "、".join(promise.units) or "—",
        *([promise.quote or "—"] if quoted else []),
    ]


def _table(titles: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [titles, ["---"] * len(titles), *([_cell(text) for text in row] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _cell(text: str) -> str:
    return "<br>".join(_escaped(line) for line in fit(text).strip().split("\n"))


def _inline(text: str) -> str:
    """A text within a line, with nothing in it that works as markup.

    >>> _inline("1. *甲*\\n| <b>乙"), _inline("# 丙")
    ('1\\\\. \\\\*甲\\\\* \\\\| \\\\<b\\\\>乙', '\\\\# 丙')
    """
    return _OPENING.sub(lambda m: f"{m[1]}\\{m[2]}" if m[1] else f"\\{m[3]}", _escaped(" ".join(fit(text).split("\n")).strip()))


def _escaped(text: str) -> str:
    return _MARKS.sub(lambda mark: "\\" + mark[0], text)
