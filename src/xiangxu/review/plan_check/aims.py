"""The aims against the tasks: dates beyond the plan's own end, and numbers that fall while the tasks build."""

from __future__ import annotations

import re
from collections.abc import Iterator

from xiangxu.documents.dues import last_day
from xiangxu.review.plan_check.finding import Finding
from xiangxu.review.plan_check.items import Matter, shortly

# How many pupils there are of a kind of school, as indicator tables name it: 幼儿园在园人数.
_PUPILS = re.compile(r"^(.{2,8}?)在[园校](?:幼儿|学生|生)?(?:人?数|规模)")
# A fall of less than so much is none that one builds against.
_FALLS_TO = 0.8
# What makes room for more.
_MORE_ROOM = re.compile("新建|扩建|扩增|增加")


def beyond_the_end(matter: Matter) -> Iterator[Finding]:
    """Rows whose date lies behind the year for which the plan's title or aims promise everything; told once."""
    if not matter.term or not matter.has_text:
        return
    late = [item for item in matter.rows if (day := last_day(item.due)) and day.year > matter.term]
    if not late:
        return
    years = "、".join(sorted({(item.due or "")[:4] for item in late}))
    lines = "、".join(str(item.place.line) for item in late)
    message = f"总体目标定在 {matter.term} 年，清单 {len(matter.rows)} 行中有 {len(late)} 行定到 {years} 年"
    yield Finding("date-after-aims", [late[0].spot(note=f"在第{lines}行")], message)


def falling_while_building(matter: Matter) -> Iterator[Finding]:
    """Kinds of school of which the indicators expect far fewer pupils, while actions or rows build and enlarge them."""
    spots = []
    for promise in matter.reading.promises:
        pupils = _PUPILS.match(promise.metric)
        if not pupils or promise.value is None or not promise.baseline or promise.value > _FALLS_TO * promise.baseline:
            continue
        building = [
            f"{item.name.partition('“')[0]}写“{shortly(clause.text)}”"
            for item in [*matter.actions, *matter.rows]
            if (clause := next((c for c in item.clauses if _MORE_ROOM.search(c.text) and pupils[1] in c.text), None))
        ]
        if building:
            fall = 1 - promise.value / promise.baseline
            spots.append(matter.promised(promise, f"预期减少 {fall:.0%}；{'；'.join(building)}"))
    yield Finding("falls-while-building", spots, f"{len(spots)} 处")
