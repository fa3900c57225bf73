"""The world as tables and files, in the shape in which a real county's units and people are imported.

Five sheets (区划, 单位, 学校, 人员, 岗位), one header row each, codes as text. What a cell holds for a level, a kind or a role is a word
that clerks use; the lists of words stand here, so that an import reads what was written.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime
from io import BytesIO
from typing import Any, TypeVar

import xlsxwriter

from xiangxu.model.area import Area, AreaLevel
from xiangxu.model.unit import Person, Post, Role, Runner, SchoolType, Unit, UnitKind
from xiangxu.world.county.world import World

Cell = str | float | None
Item = TypeVar("Item")

LEVELS = {
    AreaLevel.NATION: "全国",
    AreaLevel.PROVINCE: "省",
    AreaLevel.PREFECTURE: "市",
    AreaLevel.COUNTY: "县",
    AreaLevel.TOWN: "镇街",
    AreaLevel.VILLAGE: "村居",
}
KINDS = {
    UnitKind.GOVERNMENT: "政府",
    UnitKind.BUREAU: "教育局",
    UnitKind.DEPARTMENT: "部门",
    UnitKind.OFFICE: "科室",
    UnitKind.TOWN: "镇政府",
    UnitKind.COUNTY_BUREAU: "区县教育局",
    UnitKind.EDUCATION_OFFICE: "教管办",
    UnitKind.CLUSTER: "学区",
    UnitKind.SCHOOL: "学校",
    UnitKind.CAMPUS: "校区",
    UnitKind.TEACHING_POINT: "教学点",
    UnitKind.KINDERGARTEN: "幼儿园",
}
# The forms of running a school, as the statistics of education call them.
TYPES = {
    SchoolType.KINDERGARTEN: "幼儿园",
    SchoolType.TEACHING_POINT: "小学教学点",
    SchoolType.PRIMARY: "小学",
    SchoolType.JUNIOR: "初级中学",
    SchoolType.NINE_YEAR: "九年一贯制学校",
    SchoolType.SENIOR: "高级中学",
    SchoolType.FULL_MIDDLE: "完全中学",
    SchoolType.TWELVE_YEAR: "十二年一贯制学校",
    SchoolType.SPECIAL: "特殊教育学校",
    SchoolType.VOCATIONAL: "中等职业学校",
}
RUNNERS = {
    Runner.PUBLIC: "公办",
    Runner.COLLECTIVE: "集体办",
    Runner.PRIVATE: "民办",
    Runner.PRIVATE_INCLUSIVE: "普惠性民办",
}
ROLES = {
    Role.LEADER: "分管领导",
    Role.CLERK: "专干",
    Role.OFFICE: "科室",
    Role.LEAD_DEPARTMENT: "部门",
    Role.TOWN: "镇街",
    Role.EDUCATION_OFFICE: "教管办",
    Role.SCHOOL: "学校",
    Role.INSPECTOR: "责任督学",
    Role.SUPERVISOR: "上级督导",
    Role.SYSTEM_ADMIN: "系统管理员",
    Role.AUDIT_ADMIN: "审计管理员",
    Role.SECURITY_ADMIN: "安全管理员",
}

# The columns of each sheet: header → what stands in it.
Columns = Mapping[str, Callable[[Item], Cell]]
_AREAS: Columns[Area] = {
    "区划代码": lambda area: area.code,
    "名称": lambda area: area.name,
    "级别": lambda area: LEVELS[area.level],
    "上级区划代码": lambda area: area.parent,
    "城乡分类代码": lambda area: area.settlement,
}
_UNITS: Columns[Unit] = {
    "单位代码": lambda unit: unit.code,
    "名称": lambda unit: unit.name,
    "简称": lambda unit: unit.short_name,
    "别名": lambda unit: "、".join(unit.aliases),
    "类别": lambda unit: KINDS[unit.kind],
    "区划代码": lambda unit: unit.area,
    "上级单位代码": lambda unit: unit.parent,
    "电话": lambda unit: unit.phone,
    "地址": lambda unit: unit.address,
}
_SCHOOLS: Columns[Unit] = {
    "学校标识码": lambda unit: unit.code,
    **{header: value for header, value in _UNITS.items() if header != "单位代码"},
    "办学类型": lambda unit: TYPES[unit.school_type] if unit.school_type else None,
    "举办者": lambda unit: RUNNERS[unit.runner] if unit.runner else None,
    "设立日期": lambda unit: _day(unit.opened),
    "撤销日期": lambda unit: _day(unit.closed),
    "经度": lambda unit: unit.place[0] if unit.place else None,
    "纬度": lambda unit: unit.place[1] if unit.place else None,
}
_PEOPLE: Columns[Person] = {
    "登录名": lambda person: person.login,
    "姓名": lambda person: person.name,
    "电话": lambda person: person.phone,
}
_POSTS: Columns[Post] = {
    "登录名": lambda post: post.person,
    "单位代码": lambda post: post.unit,
    "角色": lambda post: ROLES[post.role],
    "职务": lambda post: post.title,
    "任职日期": lambda post: _day(post.starts),
    "离任日期": lambda post: _day(post.ends),
}
# Excel's own date of making; any fixed one keeps the bytes the same.
_MADE = datetime(2026, 11, 20)
_WIDTHS = {"名称": 34, "简称": 18, "别名": 30, "地址": 34, "职务": 22}


def tables(world: World, area: str) -> dict[str, list[list[Cell]]]:
    """The five sheets of one county, or of the prefecture's own units: sheet → rows, the header first.

    Areas are told with those above them, so that the workbook stands for itself; people with the posts that they hold there.
    """
    county = world.above(area, AreaLevel.COUNTY)
    units = [
        unit for unit in world.units if (world.above(unit.area, AreaLevel.COUNTY) == county if county else unit.area == area)
    ]
    codes = {unit.code for unit in units}
    posts = [post for post in world.posts if post.unit in codes]
    logins = {post.person for post in posts}
    return {
        "区划": _rows(_AREAS, [a for a in world.areas if _tells(world, a, area)]),
        "单位": _rows(_UNITS, [unit for unit in units if unit.school_type is None]),
        "学校": _rows(_SCHOOLS, [unit for unit in units if unit.school_type is not None]),
        "人员": _rows(_PEOPLE, [person for person in world.people if person.login in logins]),
        "岗位": _rows(_POSTS, posts),
    }


def workbook(world: World, area: str) -> bytes:
    """The five sheets as an .xlsx file; the same world gives the same bytes."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.set_properties({"title": f"{world.area(area).name}单位和人员", "created": _MADE})
    text = book.add_format({"num_format": "@"})
    head = book.add_format({"num_format": "@", "bold": True, "bg_color": "#E7E6E6", "border": 1})
    for name, rows in tables(world, area).items():
        sheet = book.add_worksheet(name)
        sheet.freeze_panes(1, 0)
        for position, header in enumerate(rows[0]):
            sheet.set_column(position, position, _WIDTHS.get(str(header), 15), text)
        for number, row in enumerate(rows):
            _write(sheet, number, row, text if number else head)
    book.close()
    return out.getvalue()


def exchange(world: World) -> dict[str, Any]:
    """Everything of the world as plain values, ready for `json.dumps(…, ensure_ascii=False)`; days are written 2026-09-01."""
    return {
        "seed": world.seed,
        "today": world.today.isoformat(),
        "areas": [_plain(asdict(area)) for area in world.areas],
        "units": [_plain(asdict(unit)) for unit in world.units],
        "people": [_plain(asdict(person)) for person in world.people],
        "posts": [_plain(asdict(post)) for post in world.posts],
        "changes": [_plain(asdict(change)) for change in world.changes],
        "clusters": {cluster: list(schools) for cluster, schools in world.clusters.items()},
        "places": {code: list(place) for code, place in world.places.items()},
        "cast": {word: {"login": login, "unit": post.unit, "role": post.role} for word, (login, post) in world.cast.items()},
    }


def _tells(world: World, told: Area, area: str) -> bool:
    """Whether an area stands above another, is it, or, for a county's, lies in it."""
    line = [above.code for above in world.line(area)]
    inside = world.area(area).level is AreaLevel.COUNTY and told.code.startswith(area[:6])
    return told.code in line or inside


def _rows(columns: Columns[Item], items: Sequence[Item]) -> list[list[Cell]]:
    return [list(columns), *([value(item) for value in columns.values()] for item in items)]


def _write(sheet: Any, number: int, row: Sequence[Cell], style: Any) -> None:
    """Codes and telephone numbers stay text: as numbers they would lose their zeros."""
    for position, cell in enumerate(row):
        if isinstance(cell, float):
            sheet.write_number(number, position, cell)
        elif cell:
            sheet.write_string(number, position, cell, style)


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _plain(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in fields.items()}
