"""The best way to pair two sides one to one: exact, for the small groups that a clause of a document makes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from math import inf


def best_pairs(gains: Mapping[tuple[int, int], float]) -> dict[int, int]:
    """Of possible pairs with their gain the choice whose gains sum up highest; each index is in one pair at most.

    Pairs that gain nothing are never chosen: who stays alone loses nothing.

    >>> best_pairs({(0, 0): 3.0, (0, 1): 2.9, (1, 0): 2.0})
    {0: 1, 1: 0}
    """
    chosen: dict[int, int] = {}
    for rows, columns in _groups({pair for pair, gain in gains.items() if gain > 0}):
        # As many columns of gain 0 as rows, so that each row may stay alone.
        table = [[max(gains.get((row, column), 0.0), 0.0) for column in columns] + [0.0] * len(rows) for row in rows]
        for row, column in enumerate(_assigned(table)):
            if column < len(columns) and table[row][column] > 0:
                chosen[rows[row]] = columns[column]
    return dict(sorted(chosen.items()))


def _groups(pairs: set[tuple[int, int]]) -> list[tuple[list[int], list[int]]]:
    """The rows and columns that compete with one another, each group apart."""
    of_row: defaultdict[int, list[int]] = defaultdict(list)
    of_column: defaultdict[int, list[int]] = defaultdict(list)
    for row, column in sorted(pairs):
        of_row[row].append(column)
        of_column[column].append(row)
    found = []
    seen: set[int] = set()
    for first in of_row:
        if first in seen:
            continue
        rows, columns, waiting = {first}, set[int](), [first]
        while waiting:
            for column in of_row[waiting.pop()]:
                if column not in columns:
                    columns.add(column)
                    waiting += [row for row in of_column[column] if row not in rows]
                    rows.update(of_column[column])
        seen |= rows
        found.append((sorted(rows), sorted(columns)))
    return found


def _assigned(gain: list[list[float]]) -> list[int]:
    """For each row its column, so that the gains sum up highest: the Hungarian method, one row after another."""
    height, width = len(gain), len(gain[0])
    row_price, column_price = [0.0] * height, [0.0] * (width + 1)
    owner = [-1] * (width + 1)  # of each column its row; the last column is where each search begins
    for row in range(height):
        owner[width] = row
        column = width
        slack, before, visited = [inf] * width, [width] * width, [False] * (width + 1)
        while owner[column] >= 0:
            visited[column] = True
            here = owner[column]
            nearest, step = -1, inf
            for other in range(width):
                if visited[other]:
                    continue
                reduced = -gain[here][other] - row_price[here] - column_price[other]
                if reduced < slack[other]:
                    slack[other], before[other] = reduced, column
                if slack[other] < step:
                    nearest, step = other, slack[other]
            for other in range(width + 1):
                if visited[other]:
                    row_price[owner[other]] += step
                    column_price[other] -= step
                elif other < width:
                    slack[other] -= step
            column = nearest
        while column != width:
            owner[column] = owner[before[column]]
            column = before[column]
        owner[width] = -1
    columns = [0] * height
    for column in range(width):
        if owner[column] >= 0:
            columns[owner[column]] = column
    return columns
