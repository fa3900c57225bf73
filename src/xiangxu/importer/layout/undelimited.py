"""Lists whose cells were copied one after another, hard-wrapped, with nothing between them.

What is left of the columns is their width: every line of a cell but its last is as wide as the column. So the widths that
all rows share are estimated together with the cuts between the cells, by turns: with widths given, the best cuts of a row
follow by dynamic programming; with cuts given, the widths are those of the full lines. What cells end with, and what dates
and names of units look like, speaks where widths do not.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from xiangxu.importer.layout.cell_costs import Cut, Kind, RowLines, best_cut, free_widths, shared_widths
from xiangxu.importer.layout.column_names import Role, role_of
from xiangxu.importer.layout.marks import ATTACHMENT, PAGE_NUMBER
from xiangxu.importer.passage import Passage
from xiangxu.importer.source import Cell, Line, Table
from xiangxu.model.place import Doubt

# A header of one line names at least three columns; more than so many lines stand for no header.
_FEWEST_NAMES = 3
_MOST_HEADER_LINES = 24
# A name that a narrow column breaks in two: 完成 时限, 项目 名称.
_LONGEST_BROKEN = 5
# What ends a list wherever it stands: an attachment, a caption, a chapter.
_AFTER_LIST = re.compile(r"\s*(?:附\s*[件表]|表\s*\d|专栏|第[一二三四五六七八九十]+[章部编]|[一二三四五六七八九十]{1,3}、)")
_NUMBER = re.compile(r"\d{1,4}")
# So many rows are enough to estimate the widths, and so many turns.
_SAMPLE = 14
_FIRST_GUESS = 8
_TURNS = 6
# More lines than these are no row, but a list that has ended.
_MOST_LINES = 140
# A row that costs more than this for each of its cells was cut on thin evidence.
_UNSURE = 6.0

_KINDS = {
    Role.NAME: Kind.NAME,
    Role.GOAL: Kind.TEXT,
    Role.MEASURE: Kind.TEXT,
    Role.DUE: Kind.DATE,
    Role.LEAD: Kind.UNITS,
    Role.OWNERS: Kind.UNITS,
    Role.OFFICE: Kind.UNITS,
    Role.PARTICIPANTS: Kind.UNITS_OR_NONE,
}


@dataclass(frozen=True, slots=True)
class _Header:
    names: tuple[Passage, ...]
    # The squeezed lines, by which a repeated header is known.
    lines: tuple[str, ...]


def is_header(line: Line) -> bool:
    """Whether a line of plain text is the header of such a list, or its first line: 序号 and the names of other columns.

    >>> is_header(Line(Passage.of("序号 项目名称 目标成果 内容措施 完成时限 责任分工")))
    True
    >>> is_header(Line(Passage.of("序号"))), is_header(Line(Passage.of("序号由县教体局编定")))
    (True, False)
    """
    if line.whole or line.text.text.startswith("\t"):
        return False
    words = line.text.text.split()
    if not words or len(words) > 16 or role_of(words[0]) is not Role.NO:
        return False
    known = sum(1 for word in words if role_of(word) is not None)
    return len(words) == 1 or (len(words) >= _FEWEST_NAMES and known >= 0.7 * len(words))


def read_undelimited(lines: Sequence[Line], start: int) -> tuple[Table, int] | None:
    """The list whose header begins at `lines[start]`, with the header as its first row, and the index of the first line after.

    None where the lines hold no such list: no header with at least three columns, or fewer than two rows that begin with the
    running numbers 1, 2, … on a line of their own. Page numbers and repeated headers between the lines go.
    """
    first = next((i for i in range(start, len(lines)) if _plain(lines[i]) in ("1", "1.", "1、")), None)
    if first is None:
        return None
    head = [lines[i].text for i in range(start, first) if _plain(lines[i])]
    if len(head) > _MOST_HEADER_LINES:
        return None
    best: tuple[list[list[Passage]], list[float], _Header] | None = None
    numbered: list[tuple[Passage, list[Passage]]] = []
    after = first
    for names in _possible_names(head):
        header = _Header(names, tuple("".join(t.text.split()) for t in head))
        numbered, after = _numbered_rows(lines, first, header)
        if len(numbered) < 2:
            return None
        kinds = [_KINDS.get(role_of(n.text) or Role.OTHER, Kind.OTHER) for n in names[1:]]
        cells, costs = _cut_all([row for _, row in numbered], kinds)
        if best is None or sum(costs) < sum(best[1]):
            best = (cells, costs, header)
    if best is None:
        return None
    cells, costs, header = best
    rows = [tuple(Cell(name) for name in header.names)]
    for (no, _), texts, cost in zip(numbered, cells, costs, strict=True):
        unsure = (Doubt.CELL_GUESSED,) if cost > _UNSURE * len(texts) else ()
        rows.append((Cell(no), *(Cell(text, doubts=unsure) for text in texts)))
    used = max((text.end for texts in cells[-1:] for text in texts), default=0)
    after = next((i for i in range(after - 1, first, -1) if lines[i].text and lines[i].text.start < used), after - 1) + 1
    return Table(tuple(rows), ruled=False, page=lines[start].page, doubts=(Doubt.TABLE_GUESSED,)), after


def _plain(line: Line) -> str:
    return "".join(line.text.text.split())


def _possible_names(head: Sequence[Passage]) -> list[tuple[Passage, ...]]:
    """The names of the columns: the words of the header; where a name is broken over words or lines, also joined."""
    words = [piece for text in head for piece in text.split(re.compile(r"\s+")) if piece]
    if not words or role_of(words[0].text) is not Role.NO:
        return []
    joined: list[Passage] = []
    i = 0
    while i < len(words):
        broken = words[i : i + 2] if i else []
        longest = 2 if len(broken) == 2 and sum(map(len, broken)) <= _LONGEST_BROKEN and role_of(_joined(broken)) else 1
        joined.append(Passage.join(words[i : i + longest]))
        i += longest
    found: list[tuple[Passage, ...]] = []
    whole = len(head) == 1 and all(role_of(word.text) for word in words)
    for names in (tuple(words),) if whole else (tuple(words), tuple(joined)):
        known = sum(1 for name in names if role_of(name.text) is not None)
        if _FEWEST_NAMES <= len(names) <= 14 and known >= 0.7 * len(names) and names not in found:
            found.append(names)
    return found


def _joined(words: Sequence[Passage]) -> str:
    return "".join(word.text for word in words)


def _numbered_rows(lines: Sequence[Line], first: int, header: _Header) -> tuple[list[tuple[Passage, list[Passage]]], int]:
    """Each row's number and lines, and the index of the first line that is certainly outside."""
    rows: list[tuple[Passage, list[Passage]]] = []
    figures = any(role_of(name.text) in (None, Role.OTHER, Role.FOREIGN) for name in header.names)
    i = first
    while i < len(lines):
        line, text = lines[i], _plain(lines[i])
        if line.whole or line.text.text.startswith("\t"):
            break
        if not text or PAGE_NUMBER.fullmatch(text):
            i += 1
        elif repeated := _header_lines(lines, i, header):
            i = repeated
        elif _NUMBER.fullmatch(text.rstrip(".、")):
            # A figure alone: the next row, unless a header follows; else the number of a page.
            following = next((j for j in range(i + 1, len(lines)) if _plain(lines[j])), None)
            before_header = following is not None and _header_lines(lines, following, header) is not None
            if text.rstrip(".、") == str(len(rows) + 1) and not before_header:
                rows.append((line.text.stripped(), []))
            elif figures and not before_header:
                rows[-1][1].append(line.text.stripped())
            i += 1
        elif rows[-1][1] and (_AFTER_LIST.match(line.text.text) or ATTACHMENT.match(text)):
            break
        else:
            if len(rows[-1][1]) >= _MOST_LINES:
                break
            rows[-1][1].append(line.text.stripped())
            i += 1
    return rows, i


def _header_lines(lines: Sequence[Line], start: int, header: _Header) -> int | None:
    """The index after the header repeated at `start`, None where it is not one."""
    i = start
    for expected in header.lines:
        while i < len(lines) and not _plain(lines[i]):
            i += 1
        if i == len(lines) or _plain(lines[i]) != expected:
            return None
        i += 1
    return i


def _cut_all(rows: Sequence[Sequence[Passage]], kinds: Sequence[Kind]) -> tuple[list[list[Passage]], list[float]]:
    """Every row cut into its cells, and what each cut cost."""
    prepared = [RowLines.of(row) for row in rows]
    # The last row may go on into what stands below the list.
    prepared[-1] = replace(prepared[-1], open_end=True)
    sample = prepared[:_SAMPLE]
    widths = free_widths(sample[:_FIRST_GUESS], kinds)
    best_widths, least = widths, float("inf")
    for _ in range(_TURNS):
        cuts = [best_cut(row, kinds, widths) for row in sample]
        total = sum(cut.cost for cut in cuts)
        if total < least:
            best_widths, least = widths, total
        new = shared_widths(sample, kinds, cuts, widths)
        if new == widths:
            break
        widths = new
    cuts = [best_cut(row, kinds, best_widths) for row in prepared]
    return [_cells(row, cut) for row, cut in zip(prepared, cuts, strict=True)], [cut.cost for cut in cuts]


def _cells(row: RowLines, cut: Cut) -> list[Passage]:
    return [row.text(s, e) for s, e in zip(cut.ends[:-1], cut.ends[1:], strict=True)]
