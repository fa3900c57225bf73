"""Clauses to promises: the grammar put together."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import TypeVar

from xiangxu.importer.clause import Clause, Context
from xiangxu.importer.dates import Wording
from xiangxu.importer.numerals import han_value
from xiangxu.importer.passage import Passage
from xiangxu.importer.promises.accounts import account_segments
from xiangxu.importer.promises.dates import ONGOING, Dated, Part, find_dates, is_ongoing
from xiangxu.importer.promises.figures import Figure, find_figures
from xiangxu.importer.promises.frequency import find_per
from xiangxu.importer.promises.naming import clause_name, is_fragment, level_of, metric_of, scope_of, whole_metric
from xiangxu.importer.promises.quantities import Quantity, find_quantities
from xiangxu.importer.promises.segments import Segment, find_segments
from xiangxu.importer.promises.surface import HIDDEN, Surface, surface_of
from xiangxu.importer.promises.wholes import Whole, continues_group, find_wholes, is_rule, names_group, only_avoids, side_by_side
from xiangxu.model.place import Doubt, Place
from xiangxu.model.plan import Op, Per, Promise

Locate = Callable[[Passage], Place]
DATE = "□"
"""Stands for each character of a date once it has been read."""
_SHORT = 6
"""A promise in no more characters than this (应助尽助, 实现全覆盖) has its subject in the segment before."""
_LONGEST_BEFORE = 40
"""A segment of more characters than this is not taken along as the subject of the next."""
_ONLY_REACHED = re.compile(r"(?:(?:基本|全面|全部)?实现|达到)(?=全覆盖|动态清零)")
"""That it is reached, before the words that say what: 基本实现全覆盖 names no subject either."""
_ONE_BY_ONE = re.compile(r"逐[\u4e00-\u9fff]{3}(?:、|$)")
_SHARE_OF_IT = re.compile(
    r"(?:总数|总额|人数|名额|占比|权重|抽[测检查]比例)[^，；。]{0,8}?(?:[\d.]+%|百分之|[一二三四五六七八九两]成)"
)
"""A share of what was told right before: 每年交流教师100名，骨干教师占比不低于25%."""
_AGAINST_BEFORE = re.compile(rf"[较比](?:上一?年度?|去年|{DATE}+)")
"""The same set against an earlier year: 每年安排经费不少于20万元，较上年增长8%以上."""
_FROM_BASE = re.compile(r"[由从][^，]*$")
_ABOVE = re.compile(r"上述([二两三四五六])项(?:指标|标准|要求)")
_ONLY_A_DATE = re.compile(rf"[{DATE}到至在于以之前止，、]+")
T = TypeVar("T", Dated, Quantity)


def span_of(passage: Passage) -> Place:
    """The place of a passage where nobody knows lines and pages."""
    return Place(passage.start, passage.end, line=0, page=None)


def find_promises(clauses: Iterable[Clause], context: Context, locate: Locate = span_of) -> list[Promise]:
    """Every quantified or checkable promise of the clauses, in their order."""
    found: list[Promise] = []
    for clause in clauses:
        found.extend(_Reader(clause, context, locate).promises())
    return found


@dataclass(slots=True)
class _Carried:
    """What a sentence carries on from segment to segment.

    `due_part`: the part of the sentence in which its date stands. `group_until`: the segment that may go on about each member
    of a group named before it (所有学校均建设家长委员会，有独立办公场所). `named`: what the last segment with figures counted.
    """

    sentence: int = -1
    part: int = -1
    due: str | None = None
    due_part: int = -1
    group_until: int = -1
    per: Per | None = None
    metric: str = ""
    named: list[str] = field(default_factory=list)


class _Reader:
    """Reads one clause."""

    def __init__(self, clause: Clause, context: Context, locate: Locate) -> None:
        self.clause = clause
        self.locate = locate
        surface = surface_of(clause.text.text)
        dates = [d for d in find_dates(surface.plain, context) if not _in_title(d, surface)]
        self.plain = surface.plain
        self.named = _hide(surface.plain, dates)
        self.bare = _hide(surface.bare, dates)
        self.segments = find_segments(self.bare)
        self.dated = _by_segment(self.segments, dates)

    def promises(self) -> Iterator[Promise]:
        accounts = account_segments(self.bare, self.segments, self.dated, self.clause.subject)
        quantities = _by_segment(self.segments, find_quantities(self.bare))
        carried = _Carried()
        for i, segment in enumerate(self.segments):
            due, certain = self._due(i, segment, carried)
            if i not in accounts:
                yield from self._of_segment(i, segment, quantities[i], due, certain, carried)

    def _due(self, index: int, segment: Segment, carried: _Carried) -> tuple[str | None, bool]:
        """The due date of a segment: its own, else what its sentence carries; and whether it is certain.

        Over a semicolon a date may or may not reach; the rest of its own part of the sentence it does.
        """
        if segment.sentence != carried.sentence:
            carried.sentence, carried.due, carried.metric = segment.sentence, None, ""
        chosen = self._deadlines(index)
        if not chosen and self.clause.due is None:  # a row's date is the deadline of what starts earlier
            chosen = [d for d in self.dated[index] if d.value and d.part is Part.START]
        if chosen:
            last = chosen[-1]
            if not self._in_brackets(segment, last):
                apart = _ONLY_A_DATE.fullmatch(self.bare, segment.start, segment.end) is not None
                carried.due = last.value if apart or self.clause.due is None else None
                carried.due_part = segment.part
            return last.value, True
        if is_ongoing(self.plain[segment.start : segment.end]):
            return (carried.due or ONGOING), True
        return carried.due, carried.due_part == segment.part

    def _deadlines(self, index: int) -> list[Dated]:
        """The dates of a segment by which something is due. The years that a row's work takes end with the row's own date."""
        due = [d for d in self.dated[index] if d.value and d.part is Part.DUE]
        return due if self.clause.due is None else [d for d in due if d.wording is not Wording.SPAN]

    def _dues_of(self, index: int, k: int, figures: list[Figure]) -> list[str | None]:
        """The dates of one of several figures: by order where as many dates are listed, else those within its own quote.

        Two dates for one figure are two promises only where 各 says so: 2026年、2027年各新建4所.
        """
        dates = self._deadlines(index)
        if len(dates) == len(figures):
            return [dates[k].value]
        figure = figures[k]
        inside = [date for date in dates if figure.quote_start <= date.start < figure.quote_end]
        if len(inside) > 1 and self.bare.startswith("各", inside[-1].end):
            return [date.value for date in inside]
        return [date.value for date in inside[-1:]]

    def _in_brackets(self, segment: Segment, date: Dated) -> bool:
        """Whether a date stands in brackets: it dates what it follows, and carries no further."""
        return self.bare.rfind("（", segment.start, date.start) > self.bare.rfind("）", segment.start, date.start)

    def _of_segment(
        self, index: int, segment: Segment, inside: list[Quantity], due: str | None, certain: bool, carried: _Carried
    ) -> Iterator[Promise]:
        text = self.bare[segment.start : segment.end]
        if segment.part != carried.part or not (
            text.startswith("其中") or _SHARE_OF_IT.search(text) or _AGAINST_BEFORE.match(text)
        ):
            carried.per = None
        carried.part = segment.part
        if figures := find_figures(self.bare, self.plain, segment, inside):
            yield from self._of_figures(index, segment, figures, due, certain, carried)
        else:
            *first, last = side_by_side(self.plain[segment.start : segment.end])
            for start, end in first:
                part = replace(segment, start=segment.start + start, end=segment.start + end)
                yield from self._of_words(index, part, due, certain, carried)
            rest = replace(segment, start=segment.start + last[0])
            if first and not find_wholes(self.plain[rest.start : rest.end], self.bare[rest.start : rest.end]):
                # What the verb of the first promise governs is done too: 实现甲、乙; what each of a group does, by each: 均设甲并配乙.
                op = Op.ALL if names_group(text) else Op.DONE
                yield self._whole(index, rest, Whole(op, 0, 0), due, certain, carried.per)
            else:
                yield from self._of_words(index, rest, due, certain, carried)

    def _of_figures(
        self, index: int, segment: Segment, figures: list[Figure], due: str | None, certain: bool, carried: _Carried
    ) -> Iterator[Promise]:
        before, named = carried.named, _ABOVE.search(self.bare, segment.start, segment.end)
        # 上述三项指标: the figure holds for each of the things that were just named.
        again = before if named and len(figures) == 1 and han_value(named[1]) == len(before) else []
        carried.named = []
        for k, figure in enumerate(figures):
            told = find_per(self.named[segment.start : figure.start], self.named[figure.start : figure.quote_end])
            carried.per = told or carried.per
            for each in self._dues_of(index, k, figures) or [due]:
                promise = self._numeric(index, figure, each, certain, carried)
                carried.metric = promise.metric
                carried.named.append(promise.metric)
                yield from (replace(promise, metric=metric) for metric in again or [promise.metric])

    def _of_words(self, index: int, segment: Segment, due: str | None, certain: bool, carried: _Carried) -> Iterator[Promise]:
        """Promises without a figure, and those that go on about each member of a group named in the segment before."""
        bare = self.bare[segment.start : segment.end]
        wholes = find_wholes(self.plain[segment.start : segment.end], bare)
        carried.per = find_per(bare, "")
        ruled = is_rule(self._before(index), bare)
        if ruled and not wholes:
            wholes = [Whole(Op.ALL, 0, 0)]
        elif wholes and wholes[0].op is Op.ZERO and only_avoids(self._opening(index), bare):
            wholes = []
        if carried.group_until == index and (not wholes or wholes[0].op is Op.DONE) and continues_group(bare):
            wholes = [Whole(Op.ALL, 0, 0)]
        if wholes and wholes[0].op is Op.ALL and (carried.group_until == index or names_group(bare)):
            following = self.segments[index + 1] if index + 1 < len(self.segments) else None
            carried.group_until = index + 1 if following and following.part == segment.part else -1
        for whole in wholes:
            yield self._whole(index, segment, whole, due, certain, carried.per, ruled=ruled)

    def _whole(
        self, index: int, segment: Segment, whole: Whole, due: str | None, certain: bool, per: Per | None, *, ruled: bool = False
    ) -> Promise:
        bare, named = self.bare[segment.start : segment.end], self.named[segment.start : segment.end]
        return self._promise(
            quote=self._quote(index, segment.start, segment.end, has_subject=not ruled and _has_subject(bare), ruled=ruled),
            op=whole.op,
            metric=whole_metric(named, whole.start, whole.end, whole.op),
            due=due,
            certain=certain,
            per=per,
            value=0.0 if whole.op is Op.ZERO else None,
        )

    def _before(self, index: int) -> str:
        """The segment before this one in the same part of the sentence, empty where there is none."""
        before = self.segments[index - 1] if index else None
        return self.bare[before.start : before.end] if before and before.part == self.segments[index].part else ""

    def _opening(self, index: int) -> str:
        """The segment that opens the part of the sentence in which a segment stands."""
        part = self.segments[index].part
        while index and self.segments[index - 1].part == part:
            index -= 1
        return self.bare[self.segments[index].start : self.segments[index].end]

    def _numeric(self, index: int, figure: Figure, due: str | None, certain: bool, carried: _Carried) -> Promise:
        first, last = figure.item or (figure.quote_start, figure.start)
        before = self.named[first:last]
        if figure.baseline is not None:
            before = _FROM_BASE.sub("", before)
        metric = metric_of(before, self.named[figure.end : figure.quote_end], figure.op, figure.uom)
        return self._promise(
            quote=self._quote(index, figure.quote_start, figure.quote_end, figure.has_subject),
            op=figure.op,
            metric=metric or carried.metric,
            due=due,
            certain=certain,
            per=carried.per,
            value=figure.value,
            value2=figure.value2,
            uom=figure.uom,
            baseline=figure.baseline,
            unsure=figure.unsure,
        )

    def _quote(self, index: int, start: int, end: int, has_subject: bool, *, ruled: bool = False) -> Passage:
        """The run that tells the promise; a segment without a subject takes the one before it along, a rule only its condition:
        …达到50%以上、任满两届的，应当交流."""
        if not has_subject and index and self.segments[index - 1].part == self.segments[index].part:
            before = self.segments[index - 1]
            first = before.start
            if ruled and before.end - first >= _LONGEST_BEFORE:
                first = max(first, self.bare.rfind("、", first, before.end) + 1)
            if self.bare[first : before.end].strip(DATE + "到至于截前") and before.end - first < _LONGEST_BEFORE:
                start = first
        text = self.bare[start:end]
        if text.startswith("（") and "）" not in text:
            start += 1
        if text.endswith("）") and "（" not in text:
            end -= 1
        return self.clause.text[start:end]

    def _promise(
        self,
        *,
        quote: Passage,
        op: Op,
        metric: str,
        due: str | None,
        certain: bool,
        per: Per | None,
        value: float | None = None,
        value2: float | None = None,
        uom: str | None = None,
        baseline: float | None = None,
        unsure: bool = False,
    ) -> Promise:
        doubts = self.clause.doubts
        if due and not certain:
            doubts += (Doubt.DUE_CARRIED,)
        if unsure:
            doubts += (Doubt.FIGURE_UNSURE,)
        return Promise(
            quote=quote.text,
            where=self.clause.where,
            metric=clause_name(quote.text) if is_fragment(metric, quote.text) else metric,
            scope=scope_of(quote.text, self.clause.subject),
            op=op,
            place=self.locate(quote),
            value=value,
            value2=value2,
            uom=uom,
            baseline=baseline,
            due=due or self.clause.due,
            per=per,
            level=level_of(quote.text, op),
            doubts=doubts,
        )


def _has_subject(bare: str) -> bool:
    """Whether a segment without a figure says of what it speaks: not where it is very short or opens with 逐校反馈."""
    return len(_ONLY_REACHED.sub("", bare.replace(DATE, ""))) > _SHORT and not _ONE_BY_ONE.match(bare)


def _by_segment(segments: list[Segment], found: list[T]) -> list[list[T]]:
    """What was found, segment by segment; both lists are in order."""
    parts: list[list[T]] = [[] for _ in segments]
    at = 0
    for each in found:
        while at < len(segments) and segments[at].end <= each.start:
            at += 1
        if at < len(segments) and segments[at].start <= each.start:
            parts[at].append(each)
    return parts


def _in_title(date: Dated, surface: Surface) -> bool:
    """Whether a date is part of a title or name: hidden, and not just “十四五” between its own quotation marks."""
    return surface.bare[date.start] == HIDDEN and not re.match(r"“?十", surface.plain[date.start : date.end])


def _hide(bare: str, dates: list[Dated]) -> str:
    """The text with every date hidden too, so that no year is read as a quantity."""
    if not dates:
        return bare
    parts, at = [], 0
    for date in dates:
        parts.append(bare[at : date.start])
        parts.append(DATE * (date.end - date.start))
        at = date.end
    return "".join(parts) + bare[at:]
