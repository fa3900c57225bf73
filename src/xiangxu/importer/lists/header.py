"""Finds the header of a table and gives every column its role, by name and by content."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from xiangxu.importer.layout.column_names import Role, role_of
from xiangxu.importer.lists.grid import Row
from xiangxu.importer.lists.profile import TEXTS, UNITS, Profile
from xiangxu.importer.source import Covered
from xiangxu.model.place import Doubt

# A header stands at the top; titles and 单位：万元 may stand above it.
_HEADER_WITHIN = 6
# Which part of a row's texts must be names of columns.
_NAMED = 0.6


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a list: its role, its printed name (empty: none), what its cells look like."""

    role: Role
    name: str
    profile: Profile


@dataclass(frozen=True, slots=True)
class Header:
    """The header rows `start`..`end` of a table, and the names of the columns that they print, from left to right.

    `spread`: one name reaches over several columns that no second row divides, so that it says little of either.
    """

    start: int
    end: int
    names: tuple[str, ...]
    texts: frozenset[str] = frozenset()
    spread: bool = False

    @property
    def roles(self) -> tuple[Role | None, ...]:
        """What each name stands for."""
        return tuple(role_of(name) for name in self.names)


def row_key(row: Row) -> str:
    """A row's words in one string, for comparing headers that are repeated."""
    return "|".join(row.words(k) for k in row.filled)


def _named(row: Row) -> bool:
    texts = [row.words(k) for k in row.filled]
    roles = [role_of(t) for t in texts]
    known = [r for r in roles if r is not None]
    # 项目 and 任务 alone also begin names of tasks: a header has at least one name that cannot be a cell's text.
    return len(texts) >= 2 and len(known) >= _NAMED * len(texts) and any(r is not Role.NAME for r in known)


def find_header(rows: Sequence[Row]) -> Header | None:
    """The header of a table, in one row or in two (责任分工 above 牵头单位 and 配合单位)."""
    for k, row in enumerate(rows[:_HEADER_WITHIN]):
        if not _named(row):
            continue
        names, end = [row.words(c) for c in range(len(row.cells))], k + 1
        if end < len(rows) and (second := _second(row, rows[end])) is not None:
            names, end = second, end + 1
        spread = any(not name and row.covered(c) is Covered.BY_LEFT for c, name in enumerate(names))
        return Header(k, end, tuple(names), frozenset(row_key(r) for r in rows[k:end]), spread)
    return None


def _second(first: Row, below: Row) -> list[str] | None:
    """The names where `below` is the second row of a header: it divides columns of the first."""
    texts = [below.words(k) for k in below.filled]
    if not texts or any(role_of(t) is None for t in texts) or row_key(first) == row_key(below):
        return None
    names = [first.words(c) for c in range(len(first.cells))]
    if len(below.cells) == len(first.cells):
        taken = [k for k in below.filled if names[k] and first.covered(k) is None and below.covered(k) is None]
        spread = any(not names[k] for k in below.filled)
        if not spread:
            return None
        for k in below.filled:
            above = next((names[j] for j in range(k, -1, -1) if names[j]), "") if not names[k] or k in taken else names[k]
            names[k] = below.words(k) if role_of(below.words(k)) not in (None, Role.UOM) else above
        return names
    # The format left out the cells that merged ones cover: the names of the second row divide one cell of the first.
    parents = [k for k, name in enumerate(names) if role_of(name) in {*UNITS, Role.GOAL, Role.DUE, Role.TARGET, Role.INDICATOR}]
    wide = [k for k in parents if role_of(names[k]) in {*UNITS} and all(role_of(t) in UNITS for t in texts)] or parents
    if len(texts) < 2 or not wide:
        return None
    k = wide[0]
    return [*names[:k], *texts, *names[k + 1 :]]


def columns_of(header: Header | None, rows: Sequence[Row], width: int) -> tuple[tuple[Column, ...], tuple[Doubt, ...]]:
    """The columns of a list; where names and columns do not fit together, the content decides.

    With a name over every column the names are believed, unless the content contradicts one of them flatly (a column of
    dates under 牵头单位). With fewer names than columns each name is given to the column that suits it best, in order; that is
    doubtful unless the names, in their order, simply reach over several columns of their kind, as merged cells do.
    """
    profiles = [Profile.of([row.text(c).text for row in rows if len(row.filled) > 1]) for c in range(width)]
    if header is None:
        return _by_content([Column(Role.OTHER, "", p) for p in profiles]), (Doubt.NO_TABLE_HEADER,)
    names = list(header.names)
    while len(names) > width and "" in names:
        names.remove("")
    roles = [role_of(name) for name in names]
    if len(names) == width and not header.spread and not any(contradicts(r, p) for r, p in zip(roles, profiles, strict=True)):
        known = [Column(r or Role.OTHER, n, p) for r, n, p in zip(roles, names, profiles, strict=True)]
        return tuple(replace(c, role=c.profile.role()) if not c.name and c.profile.length else c for c in known), ()
    pairs = [(n, r or Role.OTHER) for n, r in zip(names, roles, strict=True) if n]
    given = _fill_gaps(_align(pairs, profiles), pairs, profiles)
    columns = [
        Column(Role.OTHER, "", p) if k is None else Column(pairs[k][1], pairs[k][0], p)
        for k, p in zip(given, profiles, strict=True)
    ]
    return _by_content(columns), () if _only_merged(header, given, [r for _name, r in pairs], profiles) else (
        Doubt.HEADER_SHIFTED,
    )


def contradicts(role: Role | None, profile: Profile) -> bool:
    """Whether a column cannot hold what its name says, because it plainly holds something else."""
    if role is None or not profile.length or role in (Role.OTHER, Role.FOREIGN):
        return False
    if role is Role.DUE:
        return profile.units > 0.7 and profile.dates < 0.2
    if role in UNITS:
        return profile.units < 0.2 and (profile.dates > 0.7 or profile.integers > 0.7 or profile.length > 60)
    if role is Role.NO:
        return profile.integers < 0.2 and (profile.dates > 0.7 or profile.is_long)
    if role in TEXTS or role is Role.NAME:
        return profile.dates > 0.9 or (profile.units > 0.8 and role in TEXTS)
    return False


def _only_merged(header: Header, given: Sequence[int | None], roles: Sequence[Role], profiles: Sequence[Profile]) -> bool:
    """Whether every name stands over its own columns, some over several: 内容措施 over the names of the actions and what they ask.

    Only texts and units lie under one name side by side. Where the format prints how far a name reaches, it reaches so far.
    """
    printed: list[int] | None = None
    if len(header.names) == len(profiles):
        printed, last = [], -1
        for name in header.names:
            last += bool(name)
            printed.append(last)

    def stands(i: int, j: int) -> bool:
        return given[j] in (None, i) and (printed is None or printed[j] == i) and not contradicts(roles[i], profiles[j])

    def shares(i: int, j: int) -> bool:
        return (
            profiles[j].units > 0.5 if roles[i] in UNITS else profiles[j].is_text and (roles[i] in TEXTS or roles[i] is Role.NAME)
        )

    over = {0} if roles and stands(0, 0) else set()
    for j in range(1, len(profiles)):
        over = {
            i for i in range(len(roles)) if stands(i, j) and (i - 1 in over or (i in over and shares(i, j) and shares(i, j - 1)))
        }
    return len(roles) - 1 in over


def _align(pairs: Sequence[tuple[str, Role]], profiles: Sequence[Profile]) -> list[int | None]:
    """For each column the index of its name, in order, so that the sum of how they suit is the largest.

    Of names that suit a column equally well the one goes before that stands as far from either end as the column.
    """
    n, m = len(pairs), len(profiles)

    def suits(i: int, j: int) -> float:
        return profiles[j].suits(pairs[i][1]) + 0.05 * (i == j or n - i == m - j)

    best = [[0.0] * (m + 1) for _ in range(n + 1)]
    for i in range(n - 1, -1, -1):
        for j in range(m - 1, -1, -1):
            with_name = suits(i, j) + best[i + 1][j + 1]
            best[i][j] = max(with_name, best[i][j + 1], best[i + 1][j])
    given: list[int | None] = [None] * m
    i = j = 0
    while i < n and j < m:
        if best[i][j] == suits(i, j) + best[i + 1][j + 1] and suits(i, j) > 0:
            given[j] = i
            i, j = i + 1, j + 1
        elif best[i][j] == best[i][j + 1]:
            j += 1
        else:
            i += 1
    return given


def _fill_gaps(given: list[int | None], pairs: Sequence[tuple[str, Role]], profiles: Sequence[Profile]) -> list[int | None]:
    """Gives the names that suit no column to the columns left between the same neighbours, where there are as many."""
    filled = list(given)
    fixed = [(-1, -1), *((c, k) for c, k in enumerate(given) if k is not None), (len(given), len(pairs))]
    for (c1, k1), (c2, k2) in pairwise(fixed):
        if c2 - c1 == k2 - k1:
            for c, k in zip(range(c1 + 1, c2), range(k1 + 1, k2), strict=True):
                if profiles[c].suits(pairs[k][1]) > -0.5:
                    filled[c] = k
    return filled


def _by_content(columns: Sequence[Column]) -> tuple[Column, ...]:
    """Gives a role to the columns without a name."""
    found: list[Column] = []
    for k, column in enumerate(columns):
        role = column.role
        if not column.name:
            role = column.profile.role()
            if role is Role.NO and k > 1:
                role = Role.OTHER
            if role is Role.MEASURE and any(c.role is Role.MEASURE for c in [*found, *columns[k:]] if c.name or c in found):
                role = Role.GOAL
        found.append(replace(column, role=role))
    unnamed = [k for k, c in enumerate(found) if c.role is Role.OWNERS and not c.name]
    if len(unnamed) == 2 and not any(c.role in UNITS and c.name for c in found):
        found[unnamed[0]] = replace(found[unnamed[0]], role=Role.LEAD)
        found[unnamed[1]] = replace(found[unnamed[1]], role=Role.PARTICIPANTS)
    return tuple(found)
