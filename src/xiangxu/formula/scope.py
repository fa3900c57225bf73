"""What a function over rows looks at: the tables, units and earlier period of a whole, of one group or of one area."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from xiangxu.formula.values import Row, Value, first_of, is_city, own_names, read, tier_columns
from xiangxu.formula.vocabulary import AREA_COLUMNS

Entry: TypeAlias = tuple[int, Row]
"""A row and its place in the table that the caller gave."""

_PLAIN_UNITS = ("unit", "单位", "school", "学校")
# How a row of the list of units calls its unit, beside the columns of UNIT_COLUMNS.
_IDENTITY = ("unit", "单位", "id", "name", "名称", "title")


class Register:
    """The units in scope, each a row or only a name; finds the unit of a row."""

    def __init__(self, units: Iterable[Row | str]) -> None:
        """Keep each unit once, by its first name."""
        self.units: dict[str, Row] = {}
        self._by_name: dict[str, str] = {}
        for given in units:
            unit: Row = {"unit": given} if isinstance(given, str) else given
            called = own_names(unit, _IDENTITY) or own_names(unit)
            if not called:
                raise ValueError("名单里有一个单位没有名称。请给每个单位写上 unit。")
            self.units.setdefault(called[0], unit)
            for name in called:
                self._by_name.setdefault(name, called[0])

    def named(self, name: str) -> str | None:
        """The unit in scope that has a name."""
        return self._by_name.get(name)

    def of(self, row: Row) -> Row | None:
        """The unit in scope to which a row belongs."""
        found = next((unit for name in own_names(row) if (unit := self.named(name)) is not None), None)
        return None if found is None else self.units[found]


@dataclass(frozen=True)
class Scope:
    """Tables in the order of the caller; `units` None where nobody gave them; `previous` the same a period before.

    `left_out` are the rows, by table and place, that the quotient being reckoned leaves out; `used` and `missing` gather, over all
    parts of one evaluation, the rows whose values entered and those that a quotient left out.
    """

    tables: Mapping[str, Sequence[Entry]]
    register: Register | None
    units: Mapping[str, Row] | None
    previous: Scope | None = None
    used: dict[str, set[int]] | None = field(default=None)
    missing: dict[str, set[int]] | None = field(default=None)
    left_out: frozenset[tuple[str, int]] = frozenset()

    @classmethod
    def of(cls, tables: Mapping[str, Sequence[Row]], units: Iterable[Row | str] | None, previous: Scope | None) -> Scope:
        """The whole: every row and unit."""
        register = None if units is None else Register(units)
        entries = {name: tuple(enumerate(rows)) for name, rows in tables.items()}
        used, missing = ({name: set[int]() for name in tables} for _ in range(2))
        return cls(entries, register, None if register is None else register.units, previous, used, missing)

    def leaving(self, table: str, places: Iterable[int]) -> Scope:
        """The same without some rows of a table, which are told as missing."""
        gone = frozenset((table, place) for place in places)
        if self.missing is not None and table in self.missing:
            self.missing[table].update(place for _, place in gone)
        return replace(self, left_out=self.left_out | gone)

    def owner(self, row: Row) -> str | None:
        """The unit to which a row belongs, by the first of its names in the list of units; as the row calls it where it is in none."""
        called = own_names(row)
        listed = (unit for name in called if self.register is not None and (unit := self.register.named(name)) is not None)
        return next(listed, called[0] if called else None)

    def split(self, row_key: Callable[[Scope, Row], Value], unit_key: Callable[[Row], Value]) -> dict[Value, Scope]:
        """A scope for each key of a row or unit, in order of first appearance, with the same key's rows of the period before."""
        rows: dict[Value, dict[str, list[Entry]]] = {}
        for name, entries in self.tables.items():
            for entry in entries:
                rows.setdefault(row_key(self, entry[1]), {}).setdefault(name, []).append(entry)
        units: dict[Value, dict[str, Row]] = {}
        for name, unit in (self.units or {}).items():
            units.setdefault(unit_key(unit), {})[name] = unit
        before = {} if self.previous is None else self.previous.split(row_key, unit_key)
        keys = dict.fromkeys([*rows, *units])
        keys.pop(None, None)
        return {
            key: replace(
                self,
                tables={name: tuple(rows.get(key, {}).get(name, ())) for name in self.tables},
                units=None if self.units is None else units.get(key, {}),
                previous=self.previous and before.get(key, self.previous.empty()),
            )
            for key in keys
        }

    def empty(self) -> Scope:
        """The same tables without rows, the same list without units."""
        units: Mapping[str, Row] | None = None if self.units is None else {}
        previous = self.previous and self.previous.empty()
        return replace(self, tables=dict.fromkeys(self.tables, ()), units=units, previous=previous)

    def area(self, city: bool) -> Scope:
        """The city's or the villages' rows and units, by the flag of the row or of its unit."""
        return self.split(_area_of, lambda unit: is_city(first_of(unit, AREA_COLUMNS))).get(city) or self.empty()

    def groups(self, word: str) -> list[Scope]:
        """One scope a group, in order of first appearance: groups that rows name, and those of units in scope without rows."""
        columns = tier_columns(word)
        tier = len(columns) > 1

        def unit_key(unit: Row) -> Value:
            own = first_of(unit, columns)
            if own is None and tier and read(unit.get("tier")) in (None, *columns):
                return first_of(unit, _IDENTITY)
            return own

        def row_key(scope: Scope, row: Row) -> Value:
            own = first_of(row, columns)
            if own is None and tier and scope.register is not None and (unit := scope.register.of(row)) is not None:
                return unit_key(unit)
            return first_of(row, _PLAIN_UNITS) if own is None and columns[0] in _PLAIN_UNITS else own

        return list(self.split(row_key, unit_key).values())


def _area_of(scope: Scope, row: Row) -> Value:
    flag = first_of(row, AREA_COLUMNS)
    if flag is None and scope.register is not None:
        unit = scope.register.of(row)
        flag = None if unit is None else first_of(unit, AREA_COLUMNS)
    return is_city(flag)
