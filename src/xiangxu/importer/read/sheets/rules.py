"""Ruled tables: from the rules on a page to grids, and from grids and glyphs to tables with merged cells.

A rule is a straight horizontal or vertical stroke. Rules that touch form one table. Its columns and rows lie between the
rules; where a rule is missing between two of its boxes they are one merged cell. A single frame around text is no table.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from xiangxu.importer.read.sheets.lines import lines_of
from xiangxu.importer.read.sheets.sheet import Glyph, PrintedCell, PrintedTable
from xiangxu.importer.source import Covered

# A form of a hundred rows and columns has ten thousand; what has more is a drawing or hatching.
_MOST_CROSSINGS = 100_000


class Rule(NamedTuple):
    """A stroke: `at` is its y (horizontal) or x (vertical); it reaches from `start` to `end` along the other axis."""

    at: float
    start: float
    end: float


@dataclass(frozen=True)
class Grid:
    """The rules of one table. `xs`, `ys`: where its columns and rows begin, and at last end."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    across: tuple[Rule, ...]
    down: tuple[Rule, ...]
    slack: float
    open_top: bool = False
    open_bottom: bool = False

    def holds(self, x: float, y: float) -> bool:
        """Whether a point lies within the table."""
        return self.xs[0] <= x <= self.xs[-1] and self.ys[0] <= y <= self.ys[-1]

    def box(self, x: float, y: float) -> tuple[int, int]:
        """Row and column of the box in which a point of the table lies."""
        return _interval(self.ys, y), _interval(self.xs, x)

    def areas(self) -> list[tuple[int, int, int, int]]:
        """The cells, as (first row, first column, last row, last column), row by row."""
        rows, columns = len(self.ys) - 1, len(self.xs) - 1
        walls_right = _walls(self.down, self.xs[1:-1], self.ys, self.slack)
        walls_below = _walls(self.across, self.ys[1:-1], self.xs, self.slack)
        areas = []
        taken = [[False] * columns for _ in range(rows)]
        for r in range(rows):
            for c in range(columns):
                if taken[r][c]:
                    continue
                last_c = c
                while last_c + 1 < columns and not walls_right[last_c][r] and not taken[r][last_c + 1]:
                    last_c += 1
                last_r = r
                while (
                    last_r + 1 < rows
                    and not any(walls_below[last_r][c : last_c + 1])
                    and not any(walls_right[k][last_r + 1] for k in range(c, last_c))
                    and (last_c + 1 == columns or walls_right[last_c][last_r + 1])
                ):
                    last_r += 1
                for row in range(r, last_r + 1):
                    taken[row][c : last_c + 1] = [True] * (last_c + 1 - c)
                areas.append((r, c, last_r, last_c))
        return areas


def _interval(edges: Sequence[float], value: float) -> int:
    return min(max(bisect_right(edges, value) - 1, 0), len(edges) - 2)


def _walls(rules: Iterable[Rule], edges: Sequence[float], steps: Sequence[float], slack: float) -> list[list[bool]]:
    """For each inner edge and each step along it, whether a rule stands there."""
    found = []
    rules = list(rules)
    for edge in edges:
        near = [rule for rule in rules if abs(rule.at - edge) <= slack]
        found.append([any(rule.start - slack <= (a + b) / 2 <= rule.end + slack for rule in near) for a, b in pairwise(steps)])
    return found


def grids(across: Iterable[Rule], down: Iterable[Rule], slack: float, gap: float) -> list[Grid]:
    """The tables that horizontal and vertical rules form.

    Strokes within `slack` of each other are one rule (double rules, the two sides of a thin box); pieces of a rule less than
    `gap` apart belong together. Where the outermost rules run on beyond the last one that crosses them, the table is open
    there and ends where they end. A page with far more rules than any list has no tables.
    """
    rows, columns = _straightened(across, slack, gap), _straightened(down, slack, gap)
    if len(rows) * len(columns) > _MOST_CROSSINGS:
        return []
    found = []
    for touching in _touching(rows, columns, slack):
        horizontal = _spanning(touching[0], touching[1], slack, 10 * gap)
        grid = _grid(horizontal, _spanning(touching[1], horizontal, slack, 10 * gap), slack)
        if grid is not None:
            found.append(grid)
    return sorted(found, key=lambda g: (g.ys[0], g.xs[0]))


def _straightened(rules: Iterable[Rule], slack: float, gap: float) -> list[Rule]:
    lanes: list[list[Rule]] = []
    for rule in sorted(rules):
        if lanes and rule.at - lanes[-1][0].at <= slack:
            lanes[-1].append(rule)
        else:
            lanes.append([rule])
    merged = []
    for lane in lanes:
        at = sum(rule.at * (rule.end - rule.start + 1) for rule in lane) / sum(rule.end - rule.start + 1 for rule in lane)
        start, end = None, 0.0
        for rule in sorted(lane, key=lambda r: r.start):
            if start is not None and rule.start - end <= gap:
                end = max(end, rule.end)
            else:
                if start is not None:
                    merged.append(Rule(at, start, end))
                start, end = rule.start, rule.end
        if start is not None:
            merged.append(Rule(at, start, end))
    return merged


def _touching(rows: list[Rule], columns: list[Rule], slack: float) -> list[tuple[list[Rule], list[Rule]]]:
    """Groups of rules that touch each other, directly or through others."""
    owner = list(range(len(rows) + len(columns)))

    def root(k: int) -> int:
        while owner[k] != k:
            owner[k] = owner[owner[k]]
            k = owner[k]
        return k

    by_at = sorted(range(len(columns)), key=lambda k: columns[k].at)
    positions = [columns[k].at for k in by_at]
    for i, row in enumerate(rows):
        for k in by_at[bisect_right(positions, row.start - slack) : bisect_right(positions, row.end + slack)]:
            if columns[k].start - slack <= row.at <= columns[k].end + slack:
                owner[root(i)] = root(len(rows) + k)
    groups: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for i, row in enumerate(rows):
        groups.setdefault(root(i), ([], []))[0].append(row)
    for k, column in enumerate(columns):
        groups.setdefault(root(len(rows) + k), ([], []))[1].append(column)
    return [group for group in groups.values() if group[0] and group[1]]


def _spanning(rules: list[Rule], others: list[Rule], slack: float, long: float) -> list[Rule]:
    """The rules that are long, or reach from one of `others` (or the edge of the table) to another.

    What is left out are strokes of a scan's characters that happen to touch a rule.
    """
    ends = [other.at for other in others]
    ends += [min(rule.start for rule in rules), max(rule.end for rule in rules)]
    return [
        rule
        for rule in rules
        if rule.end - rule.start >= long
        or all(any(abs(end - edge) <= 2 * slack for edge in ends) for end in (rule.start, rule.end))
    ]


def _grid(across: list[Rule], down: list[Rule], slack: float) -> Grid | None:
    if not across or not down:
        return None
    xs, ys = _edges(down, slack), _edges(across, slack)
    left, right = min(r.start for r in across), max(r.end for r in across)
    top, bottom = min(r.start for r in down), max(r.end for r in down)
    far = 3 * slack
    if left < xs[0] - far:
        xs.insert(0, left)
    if right > xs[-1] + far:
        xs.append(right)
    open_top, open_bottom = top < ys[0] - far, bottom > ys[-1] + far
    if open_top:
        ys.insert(0, top)
    if open_bottom:
        ys.append(bottom)
    if len(xs) < 2 or len(ys) < 2 or (len(xs) == 2 and len(ys) == 2):
        return None
    grid = Grid(tuple(xs), tuple(ys), tuple(across), tuple(down), slack, open_top, open_bottom)
    return grid if len(grid.areas()) > 1 else None


def _edges(rules: Iterable[Rule], slack: float) -> list[float]:
    edges: list[float] = []
    for at in sorted(rule.at for rule in rules):
        if not edges or at - edges[-1] > slack:
            edges.append(at)
    return edges


def table_of(grid: Grid, glyphs: Iterable[Glyph]) -> PrintedTable:
    """The table on a grid: each glyph goes to the cell in which its middle lies.

    Columns and rows in which no cell begins (the space between double rules) are left out.
    """
    areas = grid.areas()
    home = {(r, c): k for k, (r0, c0, r1, c1) in enumerate(areas) for r in range(r0, r1 + 1) for c in range(c0, c1 + 1)}
    inside: list[list[Glyph]] = [[] for _ in areas]
    for glyph in glyphs:
        inside[home[grid.box(glyph.x, glyph.y)]].append(glyph)
    kept_rows = sorted({area[0] for area in areas})
    kept_columns = sorted({area[1] for area in areas})
    rows = []
    for r in kept_rows:
        row = []
        for c in kept_columns:
            area = areas[home[r, c]]
            if area[:2] == (r, c):
                row.append(PrintedCell(tuple(lines_of(inside[home[r, c]])), None, grid.xs[area[3] + 1]))
            else:
                row.append(PrintedCell(covered=Covered.BY_ABOVE if area[0] < r else Covered.BY_LEFT))
        rows.append(tuple(row))
    columns = (*(grid.xs[c] for c in kept_columns), grid.xs[-1])
    return PrintedTable(tuple(rows), columns, grid.ys[0], grid.ys[-1], grid.open_top, grid.open_bottom)
