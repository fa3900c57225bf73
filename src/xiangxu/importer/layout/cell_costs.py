"""What speaks against a run of lines being one cell of a column: the measure by which undelimited lists are cut."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum

from xiangxu.importer.dates import is_deadline
from xiangxu.importer.layout.shapes import department_share
from xiangxu.importer.layout.wrapped import columns
from xiangxu.importer.passage import Passage


class Kind(Enum):
    """What the cells of a column look like."""

    NAME = "name"
    TEXT = "text"
    DATE = "date"
    UNITS = "units"
    UNITS_OR_NONE = "units_or_none"
    OTHER = "other"


_UNITS = (Kind.UNITS, Kind.UNITS_OR_NONE)
# What an empty cell of each kind costs: a task has a name and a text; 备注 and 配合单位 are often empty.
_EMPTY = {Kind.NAME: 40.0, Kind.TEXT: 25.0, Kind.DATE: 12.0, Kind.UNITS: 14.0, Kind.UNITS_OR_NONE: 4.0, Kind.OTHER: 3.0}
# A line may lack so many columns to be full: a figure or a name is not broken, a mark hangs over.
_SLACK = 2
# A first line may be indented by two characters.
_INDENT = 4
# A line that ends a sentence may end a paragraph inside its cell.
_PARAGRAPH = 6.0
# What each column costs that a line is wider than its cell.
_OVERFLOW = 4.0
# What it costs to leave lines of the last row outside the list: once, and for each line.
_OUTSIDE, _OUTSIDE_LINE = 14.0, 1.5
# A cell of units with a name in it that is none.
_BROKEN_NAME = 6.0
# A cell that costs more is not looked at further.
_BOUND = 90.0

_CANNOT_BEGIN = frozenset("，。、；：）”》！？,.;:)]】〕")
_CANNOT_END = frozenset("，、（“《(〔【,")
_SENTENCE_END = frozenset("。！？；!?;”）")
# What names of projects end with, for the most part.
_NAME_END = re.compile(
    r"(?:工程|行动|计划|建设|机制|制度|体系|改革|提升|改善|优化|配备|项目|任务|试点|工作|平台|培养|保障|关爱|活动)$"
)
_HANGING = "，。、；：,.;:”）》"
_GAP = re.compile(r"[ \u3000\t]+")


@dataclass(frozen=True, slots=True)
class Unit:
    """A line, or the part of a line before or after a gap that may separate two cells."""

    text: Passage
    # Width in columns from the beginning of its line, and without a mark that hangs over.
    width: int
    inner: int
    ends_line: bool
    begins_line: bool
    # Whether it is the name of a unit, or several, from its first character to its last.
    names: bool


@dataclass(frozen=True)
class RowLines:
    """The lines of one row, as units between which it may be cut."""

    units: tuple[Unit, ...]
    open_end: bool = False
    _known: dict[tuple[Kind, int, int], float] = field(default_factory=dict)

    @staticmethod
    def of(lines: Sequence[Passage]) -> RowLines:
        """The units of a row's lines. Two cells of one line each stand on one line with a gap between them (2025 年 市教体局)."""
        units: list[Unit] = []
        for line in lines:
            at = 0
            for cut in [*_gaps(line.text), len(line)]:
                part = line[at:cut].stripped()
                width = columns(line.text[:cut].rstrip())
                inner = columns(line.text[:cut].rstrip().rstrip(_HANGING))
                units.append(Unit(part, width, inner, cut == len(line), at == 0, department_share(part.text) == 1.0))
                at = cut
        return RowLines(tuple(units))

    def text(self, start: int, end: int) -> Passage:
        """The units from `start` to `end` as one text, line ends between lines."""
        parts: list[Passage] = []
        for unit in self.units[start:end]:
            if parts and not unit.begins_line:
                parts[-1] = Passage.join([parts[-1], unit.text], " ")
            else:
                parts.append(unit.text)
        return Passage.join(parts, "\n")

    def content(self, kind: Kind, start: int, end: int) -> float:
        """What the words of the cell speak against its kind."""
        key = (kind, start, end)
        if key not in self._known:
            self._known[key] = self._content(kind, start, end)
        return self._known[key]

    def _content(self, kind: Kind, start: int, end: int) -> float:
        begins, ends = self.units[start].text.text[:1], self.units[end - 1].text.text[-1:]
        cost = 25.0 * (begins in _CANNOT_BEGIN) + 12.0 * (ends in _CANNOT_END)
        if not self.units[start].begins_line:
            cost += 1.0
        count = end - start
        if kind is Kind.DATE:
            return cost + (0.0 if count <= 4 and is_deadline(self._squeezed(start, end)) else 30.0)
        if kind in _UNITS:
            share = self._units_share(start, end) if count <= 40 else 0.0
            return cost + 30.0 * (1.0 - share) + (_BROKEN_NAME if share < 1.0 else 0.0)
        if kind is Kind.OTHER:
            return cost + 0.3 * count
        if count <= 3 and is_deadline(self._squeezed(start, end)):
            cost += 20.0
        elif count <= 12 and ends not in _SENTENCE_END and self._units_share(start, end) > 0.9:
            cost += 8.0 if kind is Kind.NAME else 12.0
        if kind is Kind.NAME:
            text = self._squeezed(start, end) if count <= 8 else "。"
            cost += 15.0 * ("。" in text[:-1] or "；" in text) + max(0.0, 0.5 * (len(text) - 30)) + 1.0 * (count > 8) * count
            return cost + (0.0 if _NAME_END.search(text) else 3.0)
        return cost + (0.0 if ends in _SENTENCE_END else 5.0)

    def _squeezed(self, start: int, end: int) -> str:
        return "".join("".join(unit.text.text.split()) for unit in self.units[start:end])

    def _units_share(self, start: int, end: int) -> float:
        """Which part of the cell is names of units: broken wherever the line was full, or each beginning on a line of its own."""
        lines = ["".join(unit.text.text.split()) for unit in self.units[start:end]]
        joined = department_share("".join(lines))
        if joined == 1.0 or len(lines) == 1 or any("。" in line for line in lines):
            return joined
        named, pending = 0, ""
        for line in lines:
            pending += line
            if department_share(pending) == 1.0:
                named, pending = named + len(pending), ""
        return max(joined, named / sum(map(len, lines)))


@dataclass(frozen=True, slots=True)
class Cut:
    """Where a row was cut: cell k is made of the units from `ends[k]` to `ends[k + 1]`."""

    ends: tuple[int, ...]
    cost: float


def _gaps(text: str) -> list[int]:
    """The gaps of a line at which two cells may meet: beside a date or names of units."""
    found = []
    for match in _GAP.finditer(text):
        left, right = text[: match.start()], text[match.end() :]
        if not left or not right or right[0] in "年月日" or (left[-1].isdigit() and right[0].isdigit()):
            continue
        if is_deadline(left) or is_deadline(right) or department_share(left) == 1 or department_share(right) == 1:
            found.append(match.end())
    return found


def best_cut(row: RowLines, kinds: Sequence[Kind], widths: Sequence[float]) -> Cut:
    """The cheapest cut of a row into cells of columns of these widths."""
    n = len(row.units)
    least = [0.0] + [float("inf")] * n
    origins: list[list[int]] = []
    for kind, width in zip(kinds, widths, strict=True):
        new, origin = [cost + _EMPTY[kind] for cost in least], list(range(n + 1))
        for start in range(n):
            if least[start] == float("inf"):
                continue
            for end, cost in _cells_from(row, kind, width, start):
                if least[start] + cost < new[end]:
                    new[end], origin[end] = least[start] + cost, start
        least = new
        origins.append(origin)
    end, total = n, least[n]
    if row.open_end:
        for k in range(n - 1, 0, -1):
            outside = least[k] + _OUTSIDE + _OUTSIDE_LINE * (n - k)
            if outside < total:
                end, total = k, outside
    ends = [end]
    for origin in reversed(origins):
        ends.append(origin[ends[-1]])
    return Cut(tuple(reversed(ends)), total)


def _cells_from(row: RowLines, kind: Kind, width: float, start: int) -> list[tuple[int, float]]:
    """Every cell of the column that may begin at a unit, with its cost."""
    found = []
    spent = 0.0
    for end in range(start + 1, len(row.units) + 1):
        unit = row.units[end - 1]
        offset = 0 if unit.begins_line or end - 1 > start else row.units[end - 2].width
        own = unit.width - offset
        spent += _OVERFLOW * max(0.0, unit.inner - offset - width - 1)
        if spent > _BOUND:
            break
        full = own >= width - _SLACK and kind is Kind.TEXT and unit.text.text[-1:] not in _SENTENCE_END
        found.append((end, spent + row.content(kind, start, end) + 3.0 * full))
        if unit.ends_line:
            spent += _shortness(unit, own, width, kind, end - 1 == start)
    return found


def _shortness(unit: Unit, own: int, width: float, kind: Kind, first: bool) -> float:
    """What it costs that a line inside a cell is not full."""
    short = max(0.0, width - own - _SLACK - (_INDENT if first and kind is Kind.TEXT else 0))
    if kind in _UNITS:
        # Names of units often have a line each.
        return 0.0 if unit.names else min(short, _PARAGRAPH)
    if kind is Kind.TEXT and unit.text.text[-1:] in _SENTENCE_END:
        return min(short, _PARAGRAPH)
    return min(short, 20.0) if kind is not Kind.OTHER else 0.5 * min(short, 8.0)


def free_widths(rows: Sequence[RowLines], kinds: Sequence[Kind]) -> list[float]:
    """A first guess: each row is cut by itself, a cell being as wide as its widest line."""
    return _usual_widths(rows, kinds, [_free_cut(row, kinds) for row in rows])


def _free_cut(row: RowLines, kinds: Sequence[Kind]) -> Cut:
    n = len(row.units)
    cost_of = {(s, e): cost for s in range(n) for e, cost in _free_costs(row, s)}
    least = [0.0] + [float("inf")] * n
    origins: list[list[int]] = []
    for kind in kinds:
        new, origin = [cost + _EMPTY[kind] for cost in least], list(range(n + 1))
        for (s, e), cost in cost_of.items():
            if kind in _UNITS or kind is Kind.DATE:
                cost *= 0.3
            if least[s] + cost < new[e] and (total := least[s] + cost + row.content(kind, s, e)) < new[e]:
                new[e], origin[e] = total, s
        least = new
        origins.append(origin)
    ends = [n]
    for origin in reversed(origins):
        ends.append(origin[ends[-1]])
    return Cut(tuple(reversed(ends)), least[n])


def _free_costs(row: RowLines, start: int) -> list[tuple[int, float]]:
    """What the unequal widths of the lines of a cell speak against its being one."""
    found = []
    widths: list[int] = []
    for end in range(start + 1, len(row.units) + 1):
        unit = row.units[end - 1]
        widest = max([*widths, unit.inner])
        cost = sum(
            min(
                max(0.0, widest - w - _SLACK - (_INDENT if k == 0 else 0)),
                _PARAGRAPH if row.units[start + k].text.text[-1:] in _SENTENCE_END else 20.0,
            )
            for k, w in enumerate(widths)
        )
        if cost > _BOUND:
            break
        found.append((end, cost))
        widths.append(unit.width)
    return found


def shared_widths(rows: Sequence[RowLines], kinds: Sequence[Kind], cuts: Sequence[Cut], before: Sequence[float]) -> list[float]:
    """The widths that the cells of these cuts have: of all full lines of a column the usual widest."""
    found = _usual_widths(rows, kinds, cuts)
    return [new if new else old for new, old in zip(found, before, strict=True)]


def _usual_widths(rows: Sequence[RowLines], kinds: Sequence[Kind], cuts: Sequence[Cut]) -> list[float]:
    """For each column the median over its cells of the widest line; cells of one line count only where no other are.

    Of units nearly the widest: where each has a line of its own, few lines are full.
    """
    widths = []
    for c, kind in enumerate(kinds):
        wrapped, single = [], []
        for row, cut in zip(rows, cuts, strict=True):
            units = row.units[cut.ends[c] : cut.ends[c + 1]]
            if len(units) > 1:
                wrapped.append(max(unit.inner for unit in units))
            elif units:
                single.append(units[0].inner)
        usual = sorted(wrapped)
        at = (9 * len(usual)) // 10 if kind in _UNITS else len(usual) // 2
        widths.append(float(usual[at]) if usual else float(max(single, default=0)))
    return widths
