"""The world as workbooks and JSON."""

from __future__ import annotations

import json
from io import BytesIO

import pytest
from openpyxl import load_workbook

from xiangxu.model.area import AreaLevel
from xiangxu.model.unit import Role, Runner, SchoolType, UnitKind
from xiangxu.world.county import county
from xiangxu.world.county.areas import LANZHOU, MOCHI, YANXI
from xiangxu.world.sheets import KINDS, LEVELS, ROLES, RUNNERS, TYPES, exchange, tables, workbook

WORLD = county()


def test_five_sheets_with_one_header_row() -> None:
    """Each sheet has one header row, and below it one row for each area, unit, school, person and post of the county."""
    sheets = tables(WORLD, YANXI)
    assert list(sheets) == ["区划", "单位", "学校", "人员", "岗位"]
    units = [unit for unit in WORLD.units if unit.area[:6] == YANXI[:6]]
    assert len(sheets["单位"]) + len(sheets["学校"]) - 2 == len(units)
    assert {len(row) for rows in sheets.values() for row in rows} == {len(rows[0]) for rows in sheets.values()}
    assert [row[1] for row in sheets["区划"][1:5]] == ["全国", "岱宁省", "澜洲市", "砚溪县"]


@pytest.mark.parametrize("area", [YANXI, MOCHI, LANZHOU])
def test_sheets_refer_to_each_other(area: str) -> None:
    """Every code and login that a row names stands in a sheet of the same workbook, but units of another level above."""
    sheets = {name: [dict(zip(rows[0], row, strict=True)) for row in rows[1:]] for name, rows in tables(WORLD, area).items()}
    areas = {row["区划代码"] for row in sheets["区划"]}
    units = {row["单位代码"] for row in sheets["单位"]} | {row["学校标识码"] for row in sheets["学校"]}
    assert {row["上级区划代码"] for row in sheets["区划"]} - {None} <= areas
    assert {row["区划代码"] for row in (*sheets["单位"], *sheets["学校"])} <= areas
    assert {row["上级单位代码"] for row in (*sheets["单位"], *sheets["学校"])} - {None} <= units
    assert {row["单位代码"] for row in sheets["岗位"]} <= units
    assert {row["登录名"] for row in sheets["岗位"]} == {row["登录名"] for row in sheets["人员"]}


def test_counties_apart() -> None:
    """A county's workbook says nothing of the other one."""
    text = json.dumps(tables(WORLD, YANXI), ensure_ascii=False)
    assert "墨池" not in text
    assert "砚溪" not in json.dumps(tables(WORLD, MOCHI), ensure_ascii=False)


def test_workbook_holds_the_tables() -> None:
    """What Excel shows is what the tables say, codes as text; the same world gives the same bytes."""
    content = workbook(WORLD, MOCHI)
    assert content == workbook(county(), MOCHI)
    book = load_workbook(BytesIO(content))
    for name, rows in tables(WORLD, MOCHI).items():
        shown = [[cell or None for cell in row] for row in book[name].iter_rows(values_only=True)]
        assert shown == [[cell or None for cell in row] for row in rows]


def test_every_word_is_there() -> None:
    """Every level, kind, type, runner and role has a word of its own in its list."""
    for members, words in ((AreaLevel, LEVELS), (UnitKind, KINDS), (SchoolType, TYPES), (Runner, RUNNERS), (Role, ROLES)):
        assert set(words) == set(members)
        assert len(set(words.values())) == len(words)


def test_json_holds_everything() -> None:
    """The JSON names every unit and person, and reads back to the same values."""
    form = exchange(WORLD)
    assert json.loads(json.dumps(form, ensure_ascii=False)) == form | {
        "units": json.loads(json.dumps(form["units"])),
        "changes": json.loads(json.dumps(form["changes"])),
    }
    assert len(form["units"]) == len(WORLD.units)
    assert form["today"] == "2026-11-20"
    assert form["cast"]["clerk"] == {"login": "jian.tinghe", "unit": "990721-edu-bureau", "role": "clerk"}
