"""Until when a plan runs, as its own words say it.

A title or a sentence of its own says it outright (2025—2027年, 实施期限为三年). Else the goals do (到2027年…, 力争用三年时间…), which
often name a far day too (到2035年…): only a day by which the paper itself sets something to be done is taken for its end.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from xiangxu.importer.dates import DeadlineKind, Reckoning, find_deadlines
from xiangxu.importer.lists import TaskRow
from xiangxu.importer.outline import Outline
from xiangxu.importer.passage import Passage
from xiangxu.importer.source import Source
from xiangxu.model.plan import Promise, RunsUntil

# The paper speaks of its own time: 本方案有效期至…, 规划期为…, 实施周期三年.
_OWN_TIME = re.compile(
    r"(?:有效|规划|计划|实施|行动|试点|创建)(?:期限?|周期|时间|年限)(?:自|从|为|是|至|到|截至|[:：]|(?=20\d\d|[一二三四五六七八九十]年))"
)
_LENGTH = re.compile(r"([一二两三四五六七八九十])年")
# Chapters that say what is to be reached, and no others: 目标责任 and 目标管理 are about people.
_GOALS = re.compile(r"目标(?!责任|管理|考核)")
_LONGEST_TITLE = 14
_SENTENCE = re.compile(r"[^。；！]*[。；！]?")


def runs_until(
    order: Outline, rows: Sequence[TaskRow], promises: Sequence[Promise], reckoning: Reckoning, source: Source
) -> RunsUntil | None:
    """Until when the paper runs and in which words it says so; None where it does not say. Always to be looked at by a person.

    In this order: the years of its title; a sentence about its own time; the latest day of its goals by which something outside them
    falls due too, or of the task list where that ends later; where nothing else falls due, the first day of the goals.
    """
    outright = _of_title(order, reckoning, source) or _of_own_time(order, reckoning, source)
    if outright:
        return outright
    goals: list[RunsUntil] = []
    spans: list[tuple[int, int]] = []
    for told in _goals(order):
        if not goals:
            goals = [found for passage in told for found in _said(passage, reckoning, source)]
            spans = [(passage.start, passage.end) for passage in told]
    due = {row.due[:4] for row in rows if row.due and row.due[:4].isdigit()}
    last_row = max(due, default="")
    due |= {p.due[:4] for p in promises if p.due and p.due[:4].isdigit() and not any(a <= p.place.start < b for a, b in spans)}
    kept = [each for each in goals if each.due[:4] in due]
    if kept:
        latest = max(kept, key=lambda each: each.due[:4])
        return latest if latest.due[:4] >= last_row else _of_rows(rows, last_row, source)
    if last_row:
        return _of_rows(rows, last_row, source)
    return min(goals, key=lambda each: each.due, default=None)


def _of_title(order: Outline, reckoning: Reckoning, source: Source) -> RunsUntil | None:
    """（2025—2027年）, “十四五”规划, 三年行动方案 of a stated year."""
    end = reckoning.last_year
    if end is None or order.title is None:
        return None
    return RunsUntil(str(end), order.title.text, source.place(order.title))


def _of_own_time(order: Outline, reckoning: Reckoning, source: Source) -> RunsUntil | None:
    for passage in (*order.preamble, *(text for heading in order.headings for text in heading.body)):
        for sentence in _sentences(passage.squeezed()):
            if told := _OWN_TIME.search(sentence.text):
                found = list(_said(sentence, reckoning, source))
                length = _LENGTH.match(sentence.text, told.end())
                if found:
                    return max(found, key=lambda each: each.due)
                if length and reckoning.this_year:
                    years = "一二三四五六七八九十".find(length[1].replace("两", "二")) + 1
                    return RunsUntil(str(reckoning.this_year + years), sentence.text, source.place(sentence))
    return None


def _of_rows(rows: Sequence[TaskRow], year: str, source: Source) -> RunsUntil:
    row = next(row for row in rows if row.due and row.due.startswith(year))
    words = (row.action or row.project or row.goal or row.measure or Passage.of("")).text
    return RunsUntil(year, words, source.place(row.span), of_list=True)


def _goals(order: Outline) -> Iterator[list[Passage]]:
    """Where the goals are told: under the headings that say so; else before the first heading and in the first chapter."""
    named = [len(h.title.text) <= _LONGEST_TITLE and bool(_GOALS.search(h.title.text)) for h in order.headings]
    yield _under(order, [n for n, its in enumerate(named) if its])
    yield [*(each.squeezed() for each in order.preamble), *_under(order, [0])]


def _under(order: Outline, roots: Sequence[int]) -> list[Passage]:
    """The text under these headings and under all below them."""
    own = set(roots)
    for n, above in enumerate(order.parent):
        if above in own:
            own.add(n)
    return [text.squeezed() for n, heading in enumerate(order.headings) if n in own for text in heading.body]


def _said(passage: Passage, reckoning: Reckoning, source: Source) -> Iterator[RunsUntil]:
    for sentence in _sentences(passage):
        for deadline in find_deadlines(sentence.text, reckoning):
            if deadline.due and deadline.kind is DeadlineKind.BY:
                yield RunsUntil(deadline.due, sentence.text, source.place(sentence[deadline.span[0] : deadline.span[1]]))


def _sentences(passage: Passage) -> Iterable[Passage]:
    return (passage[m.start() : m.end()] for m in _SENTENCE.finditer(passage.text) if m.group())
