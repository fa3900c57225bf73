"""The aims against the tasks: dates beyond the plan's own end, and numbers that fall while the tasks build."""

from __future__ import annotations

import re
from collections.abc import Iterator

from xiangxu.documents.dues import last_day
from xiangxu.model.reason import Reason, listed
from xiangxu.model.reason import gettext_noop as _
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
    message = Reason(
        _("总体目标定在 %(term)s 年，清单 %(all)s 行中有 %(late)s 行定到 %(years)s 年"),
        term=matter.term,
        all=len(matter.rows),
        late=len(late),
        years=years,
    )
    yield Finding("date-after-aims", [item.spot() for item in late], message)


def falling_while_building(matter: Matter) -> Iterator[Finding]:
    """Kinds of school of which the indicators expect far fewer pupils, while actions or rows build and enlarge them."""
    spots = []
    for promise in matter.reading.promises:
        pupils = _PUPILS.match(promise.metric)
        if not pupils or promise.value is None or not promise.baseline or promise.value > _FALLS_TO * promise.baseline:
            continue
        building = [
            Reason(_("%(where)s写“%(quote)s”"), where=item.number, quote=shortly(clause.text))
            for item in [*matter.actions, *matter.rows]
            if (clause := next((c for c in item.clauses if _MORE_ROOM.search(c.text) and pupils[1] in c.text), None))
        ]
        if building:
            fall = 1 - promise.value / promise.baseline
            what = listed(building, _("%(one)s；%(other)s"))
            spots.append(matter.promised(promise, Reason(_("预期减少 %(fall)s；%(what)s"), fall=f"{fall:.0%}", what=what)))
    yield Finding("falls-while-building", spots, Reason(_("%(n)s 处"), n=len(spots)))
