"""What a chapter is for: goals, tasks, or safeguards; and so which numbered headings are actions.

Only what stands in a chapter of tasks is somebody's task. 总体要求 and 目标 say why and whither, 保障措施 and 组织实施 how it is
held together; they hold promises, but no actions, unless they carry on the numbering of the actions before them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum

from xiangxu.importer.outline.headings import Heading


class Role(Enum):
    """What a chapter is for."""

    GOALS = "goals"
    TASKS = "tasks"
    SAFEGUARDS = "safeguards"


# Words of chapter titles. Safeguards are asked first (保障措施 holds 措施), then goals unless tasks are named too (目标任务). The
# words of goals are bound to the end or the start of the title: 发展基础 is one, 改善作业基础条件 is not.
_SAFEGUARDS = re.compile(
    "保障|组织(?:实施|领导|管理|推进|推动)|(?:规划|方案)实施|实施(?:步骤|要求|机制|安排|阶段|保证)|(?:工作|有关|相关|其他|几点)要求|督导|督查|考核|监督|"
    "(?:推进|工作|实施|时间|进度|阶段)(?:步骤|安排|进度)|附则|领导机构|(?:工作|落实|推进)机制|宣传"
)
_GOALS = re.compile(
    "^(?:总体|总则|指导思想|背景|现状|形势)|(?:要求|原则|思路|背景|现状|形势|意义|范围|对象|愿景|依据|认识|成效|问题)$|(?:发展|工作|现实|改革|现有)基础$|"
    "目标(?:$|[和与及、（]|任务|体系$)|(?:功能|总体|发展)定位$|(?:发展|办学|工作)理念$|适用(?:范围|对象)"
)
_TASKS = re.compile("任务(?!目标)|举措|措施|路径")


def role_of(title: str) -> Role:
    """The role that a chapter's title gives it; a title that says nothing of the kind names a theme of tasks.

    >>> [role_of(t).value for t in ("总体要求", "重点任务", "保障措施", "主要目标和重点任务", "优化学校布局")]
    ['goals', 'tasks', 'safeguards', 'tasks', 'tasks']
    """
    if _SAFEGUARDS.search(title) and not re.search("任务|举措", title):
        return Role.SAFEGUARDS
    if _GOALS.search(title) and not _TASKS.search(title):
        return Role.GOALS
    return Role.TASKS


def parents(headings: Sequence[Heading]) -> list[int]:
    """For each heading the index of the one it stands under, -1 at the top."""
    found: list[int] = []
    stack: list[int] = []
    for i, heading in enumerate(headings):
        while stack and headings[stack[-1]].level >= heading.level:
            stack.pop()
        found.append(stack[-1] if stack else -1)
        stack.append(i)
    return found


def actions(headings: Sequence[Heading]) -> list[int]:
    """The headings that are actions, in order.

    In chapters of tasks: the ones numbered in Arabic figures; where most of these chapters have none, the innermost headings.
    Figures that number the chapters themselves do not count. In other chapters only such as carry on that numbering.
    """
    above = parents(headings)
    roles: list[Role] = []
    for i, heading in enumerate(headings):
        own = role_of(heading.title.text)
        parent = above[i]
        # A theme inside goals or safeguards stays there; inside tasks only a whole sub-chapter can leave them.
        if parent >= 0 and (roles[parent] is not Role.TASKS or heading.style not in ("han", "part", "han_bracket")):
            roles.append(roles[parent])
        elif parent >= 0 and own is Role.SAFEGUARDS and not re.search("保障(?!措施|机制)|督导|考核|宣传", heading.title.text):
            roles.append(own)
        else:
            roles.append(own if parent < 0 else Role.TASKS)
    inner = frozenset(above)
    in_tasks = [i for i, role in enumerate(roles) if role is Role.TASKS]
    leaves = [i for i in in_tasks if i not in inner and headings[i].style != "part"]
    figures = [i for i in in_tasks if headings[i].style == "digit" and (headings[i].level > 1 or i not in inner)]
    chapter = _chapters(above)
    with_figures = {chapter[i] for i in figures}
    without = {chapter[i] for i in leaves if headings[i].level > 1} - with_figures
    if figures and len(with_figures) >= len(without):
        found = figures
    else:
        deep = [i for i in leaves if headings[i].level > 1 and (chapter[i] in without or i in figures)]
        found = deep or leaves
    return sorted({*found, *_carried_on(headings, found)})


def _chapters(above: Sequence[int]) -> list[int]:
    """For each heading the index of the chapter that it stands in."""
    found: list[int] = []
    for i, parent in enumerate(above):
        found.append(i if parent < 0 else found[parent])
    return found


def _carried_on(headings: Sequence[Heading], found: Sequence[int]) -> list[int]:
    """The headings after the last action that go on with its numbering, whatever chapter they stand in (21.–24. after 20.)."""
    if not found or headings[found[-1]].style == "han":
        return []
    style, last, more = headings[found[-1]].style, headings[found[-1]].ordinal, []
    for i in range(found[-1] + 1, len(headings)):
        if headings[i].style != style:
            continue
        # A chapter that counts from 1 again has a numbering of its own, however far it goes.
        if not headings[i].ordinal == last + 1 > 2:
            break
        more.append(i)
        last += 1
    return more


def where_of(headings: Sequence[Heading], action_indices: Sequence[int]) -> list[str]:
    """For each heading its place in words: "body 14" where actions are numbered through, else "body 二（一）4", "body 一.2"."""
    above = parents(headings)
    ordinals = [headings[i].ordinal for i in action_indices if headings[i].style == "digit"]
    through = len(set(ordinals)) == len(ordinals) > 0
    found = []
    for i, heading in enumerate(headings):
        if through and heading.style == "digit" and i in action_indices:
            found.append(f"body {heading.ordinal}")
            continue
        path, j = [], i
        while j >= 0:
            path.append(headings[j])
            j = above[j]
        words = ""
        for step in path[:1] if heading.style.startswith("decimal") else reversed(path):
            dot = "." if words and step.style not in ("han_bracket", "digit_bracket") and words[-1] != "）" else ""
            words += dot + step.no
        found.append(f"body {words}")
    return found
