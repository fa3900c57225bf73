"""What a function over rows looks at: the tables, units and earlier period of a whole, of one group or of one area."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from xiangxu.formula.values import Row, Value, first_of, is_city, own_names, read, tier_columns
from xiangxu.formula.vocabulary import AREA_COLUMNS, UNIT_COLUMNS

Entry: TypeAlias = tuple[int, Row]
"""A row and its place in the table that the caller gave."""

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
    """Tables in the order of the caller; `units` None where nobody gave them; `previous` the same a period before."""

    tables: Mapping[str, Sequence[Entry]]
    register: Register | None
    units: Mapping[str, Row] | None
    previous: Scope | None = None
    used: dict[str, set[int]] | None = field(default=None)

    @classmethod
    def of(cls, tables: Mapping[str, Sequence[Row]], units: Iterable[Row | str] | None, previous: Scope | None) -> Scope:
        """The whole: every row and unit."""
        register = None if units is None else Register(units)
        entries = {name: tuple(enumerate(rows)) for name, rows in tables.items()}
        return cls(entries, register, register and register.units, previous, {name: set() for name in tables})

    def part(self, table_key: Callable[[Scope, Row], object], unit_key: Callable[[Row], object], key: object) -> Scope:
        """The rows and units that have a key, now and a period before."""
        return Scope(
            {name: tuple(e for e in rows if table_key(self, e[1]) == key) for name, rows in self.tables.items()},
            self.register,
            None if self.units is None else {name: u for name, u in self.units.items() if unit_key(u) == key},
            self.previous and self.previous.part(table_key, unit_key, key),
            self.used,
        )

    def area(self, city: bool) -> Scope:
        """The city's or the villages' rows and units, by the flag of the row or of its unit."""
        return self.part(_area_of, lambda unit: is_city(first_of(unit, AREA_COLUMNS)), city)

    def groups(self, word: str) -> list[Scope]:
        """One scope a group, in order of first appearance: groups that rows name, and those of units in scope without rows."""
        columns = tier_columns(word)

        def row_key(scope: Scope, row: Row) -> Value:
            own = first_of(row, columns)
            if own is not None:
                return own
            unit = None if scope.register is None else scope.register.of(row)
            if unit is not None:
                return unit_key(unit)
            return first_of(row, UNIT_COLUMNS[:4]) if word in ("unit", "school", "单位", "学校") else None

        def unit_key(unit: Row) -> Value:
            own = first_of(unit, columns)
            tier = read(unit.get("tier"))
            if own is None and len(columns) > 1 and tier in (None, *columns):
                return first_of(unit, _IDENTITY)
            return own

        keys: dict[Value, None] = {}
        for rows in self.tables.values():
            keys.update(dict.fromkeys(row_key(self, row) for _, row in rows))
        keys.update(dict.fromkeys(unit_key(unit) for unit in (self.units or {}).values()))
        keys.pop(None, None)
        return [self.part(row_key, unit_key, key) for key in keys]


def _area_of(scope: Scope, row: Row) -> bool | None:
    flag = first_of(row, AREA_COLUMNS)
    if flag is None and scope.register is not None:
        unit = scope.register.of(row)
        flag = None if unit is None else first_of(unit, AREA_COLUMNS)
    return is_city(flag)
