"""What each function and each null rule gives on rows: the reference meaning."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from xiangxu.formula import FieldWord, FormulaError, Kind, evaluate, holds, parse, without, write

N = None
LEVELS = {"级别": ["校级", "县级", "市级", "省级", "国家级"]}


def value(formula: str, rows: list[dict[str, Any]], **more: Any) -> Any:
    """The value of a formula over one table."""
    return evaluate(parse(formula), {"t": rows}, more.pop("params", None), **more).value


def column(*cells: Any) -> list[dict[str, Any]]:
    """A table of one column 甲."""
    return [{"甲": cell} for cell in cells]


@pytest.mark.parametrize(
    ("formula", "cells", "expected"),
    [
        ("sum(甲)", (1, N, 2), 3),
        ("sum(甲)", (N, N), N),
        ("sum(甲)", (), N),
        ("sum(甲)", (0, N), 0),
        ("sum(甲)", (0.1, 0.2), 0.3),
        ("sum(甲, where=甲 > 1)", (1, 2, N), 2),
        ("sum(甲, where=甲 > 9)", (1, 2), 0),
        ("sum(甲, where=甲 > 9)", (N, N), N),
        ("count()", (1, N), 2),
        ("count()", (), 0),
        ("count(甲 > 1)", (1, 2, N), 1),
        ("count(甲 > 1)", (N, N), N),
        ("count(甲 > 1)", (), 0),
        ("distinct(甲)", ("张", "李", "张", N), 2),
        ("distinct(甲)", ("甲校、乙校", ["乙校", "丙校"]), 3),
        ("distinct(甲)", (N,), N),
        ("mean(甲)", (1, N, 2), 1.5),
        ("mean(甲)", (N,), N),
        ("min(甲)", (3, N, 2), 2),
        ("max(甲)", (3, N, 2), 3),
        ("min(甲)", (), N),
        ("median(甲)", (5, 1, N, 3), 3),
        ("median(甲)", (1, 2), 1.5),
        ("quantile(甲, 0.25)", (1, 2, 3, 4), 1.75),
        ("quantile(甲, q=100%)", (1, 2, 3, 4), 4),
        ("quantile(甲, 0)", (N,), N),
        ("share(甲 >= 2)", (1, 2, N, 3), 2 / 3),
        ("share(甲 >= 2)", (N,), N),
        ("share(甲 >= 2)", (), N),
        ("share(甲 >= 3, where=甲 >= 2)", (1, 2, N, 3), 0.5),
        ("100 * sum(甲) / sum(甲)", (0,), N),
        ("100 * sum(甲) / sum(甲)", (N,), N),
        ("sum(甲) + 1", (N,), N),
        ("sum(-甲)", (1, 2), -3),
        ("sum(甲) * 50%", (3,), 1.5),
        ("abs(1 - sum(甲))", (3,), 2),
        ("ceil(sum(甲) / 12)", (25,), 3),
        ("ceil(-sum(甲) / 2)", (3,), -1),
        ("ceil(sum(甲))", (N,), N),
        ("least(sum(甲), 5, 4)", (7,), 4),
        ("least(sum(甲), 5)", (N,), N),
    ],
)
def test_functions_over_a_column(formula: str, cells: tuple[Any, ...], expected: Any) -> None:
    """Sums skip nulls; nothing known gives null, never zero; a zero below the line gives null."""
    assert value(formula, column(*cells)) == (expected if expected is None else pytest.approx(expected))


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ('甲 = "是"', [True, False, N, N]),
        ("甲", [True, False, N, N]),
        ("not 甲", [False, True, N, N]),
        ("甲 and 1 = 2", [False, False, False, False]),
        ("甲 and 1 = 1", [True, False, N, N]),
        ("甲 or 1 = 1", [True, True, True, True]),
        ("甲 or 1 = 2", [True, False, N, N]),
        ('甲 != ""', [True, True, False, False]),
        ('"" = 甲', [False, False, True, True]),
    ],
)
def test_three_answers(condition: str, expected: list[bool | None]) -> None:
    """是, 否 are yes and no, 不适用 and nothing are null; no and unknown is no, yes or unknown is yes."""
    assert [holds(parse(condition), {"甲": cell}) for cell in ("是", "否", "不适用", N)] == expected


def test_cells_of_every_make() -> None:
    """Truth values, dates and blanks of a spreadsheet mean the same as their words."""
    assert holds(parse("甲"), {"甲": True}) is True
    assert holds(parse('甲 >= "2024-09-01"'), {"甲": date(2024, 9, 1)}) is True
    assert holds(parse("甲 > 1"), {"甲": float("nan")}) is None
    assert holds(parse('甲 = ""'), {"甲": "  "}) is True


def test_variation_is_weighted_by_pupils() -> None:
    """The worked example of the state's method gives 0.5153 (unweighted it would be 0.4888, of a sample 0.5465)."""
    rows = [{"图书": b, "在校生": p} for b, p in zip((279, 137, 935, 160, 402), (45, 37, 89, 76, 55), strict=True)]
    assert value("cv(图书, by=在校生)", rows) == pytest.approx(0.5153, abs=5e-5)
    more = [*rows, {"图书": None, "在校生": 30}, {"图书": 5, "在校生": 0}, {"图书": 5, "在校生": None}]
    assert value("cv(图书, by=在校生)", more) == value("cv(图书, by=在校生)", rows)
    assert value("cv(图书, by=在校生)", [{"图书": 0, "在校生": 3}]) is None
    assert value("cv(图书, by=在校生, where=在校生 > 80)", rows) == 0


@pytest.mark.parametrize(
    ("formula", "figures"),
    [
        ("100 * sum(甲) / sum(乙)", (50, 4, 8)),
        ("sum(甲) / sum(乙) * 100", (50, 4, 8)),
        ("sum(甲) / sum(乙)", (0.5, 4, 8)),
        ("100 * (sum(甲) / sum(乙))", (50, 4, 8)),
        ("100 * share(甲 > 1)", (50, 1, 2)),
        ("(sum(甲) / 2) / (sum(乙) / 2)", (0.5, 2, 4)),
        ("sum(甲) / 4", (1, N, N)),
        ("mean(甲)", (2, 4, 2)),
        ("sum(甲)", (4, N, N)),
        ("sum(甲) - sum(乙)", (-4, N, N)),
    ],
)
def test_numerator_and_denominator_are_kept(formula: str, figures: tuple[float, ...]) -> None:
    """A quotient or share keeps what stands above and below the line, constant factors left out."""
    found = evaluate(parse(formula), {"t": [{"甲": 1, "乙": 3}, {"甲": 3, "乙": 5}]})
    assert (found.value, found.numerator, found.denominator) == figures


HALF = [
    {"学校": "甲", "学段": "小学", "好": 30, "全": 40},
    {"学校": "乙", "学段": "小学", "好": 20, "全": N},
    {"学校": "丙", "学段": "初中", "好": N, "全": 60},
    {"学校": "丁", "学段": N, "好": 9, "全": 20},
    {"学校": "戊", "学段": "初中", "好": 5, "全": 10},
]


@pytest.mark.parametrize(
    ("formula", "figures", "missing"),
    [
        ("100 * sum(好) / sum(全)", (100 * 44 / 70, 44, 70), (1, 2)),
        ("sum(好) / sum(全) * 100", (100 * 44 / 70, 44, 70), (1, 2)),
        # Who is not asked gives nothing and lacks nothing; whose stage nobody knows counts on neither side.
        ('100 * sum(好, where=学段 = "小学") / sum(全)', (100 * 30 / 110, 30, 110), (1, 3)),
        ('100 * sum(好, where=学段 = "小学") / sum(全, where=学段 = "小学")', (75, 30, 40), (1, 3)),
        ("100 * sum(全 - 好) / (sum(全) + sum(好))", (100 * 26 / 114, 26, 114), (1, 2)),
        ("sum(好) / 2", (32, N, N), ()),
        ("sum(好) / count()", (12.8, 64, 5), ()),
        ("share(sum(好) / sum(全) >= 0.6, each=school)", (1 / 3, 1, 3), (1, 2)),
        ("mean(sum(好) / sum(全), each=学段)", (0.625, 1.25, 2), (1, 2)),
        ("(sum(好) / sum(全)) / (sum(好) / sum(全))", (1, 44 / 70, 44 / 70), (1, 2)),
    ],
)
def test_a_quotient_of_sums_counts_the_same_rows_on_both_sides(
    formula: str, figures: tuple[float | None, ...], missing: tuple[int, ...]
) -> None:
    """A row that tells only half of a pair is left out above and below, and named; a sum alone takes all that it knows."""
    found = evaluate(parse(formula), {"t": HALF})
    assert (found.value, found.numerator, found.denominator) == pytest.approx(figures)
    assert found.missing["t"] == missing


def test_a_whole_of_nought_lacks_no_part() -> None:
    """Who asked and found nobody has told all; who left the whole blank has not: only the first is a case of `when_empty`."""
    asked, silent = (evaluate(parse("100 * sum(好) / sum(全)"), {"t": [{"好": N, "全": whole}]}) for whole in (0, N))
    assert (asked.value, asked.denominator, asked.missing["t"]) == (N, 0, ())
    assert (silent.value, silent.denominator, silent.missing["t"]) == (N, N, (0,))


MONTHS = [
    {"学校": "甲", "期间": "2025-10", "辍学": 2},
    {"学校": "甲", "期间": "2025-11", "辍学": 1},
    {"学校": "乙", "期间": "2025-09", "辍学": 3},
    {"学校": "丙", "期间": "2025-10", "辍学": 4},
    {"学校": "丙", "期间": "2025-11", "辍学": N},
    {"学校": "丁", "期间": N, "辍学": 7},
]


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        # 乙 has been silent since September: its children have not come back; what 丙 knows now it did not say.
        ("sum(辍学, latest=期间)", 4),
        ("count(辍学 > 0, latest=期间)", 2),
        ("share(辍学 > 2, latest=期间)", 0.5),
        ("max(sum(辍学, latest=期间), each=school)", 3),
        ('sum(辍学, where=学校 = "丙", latest=期间)', N),
        ("sum(辍学, latest=期间) / sum(辍学, latest=期间)", 1),
    ],
)
def test_a_stock_is_taken_from_the_latest_return(formula: str, expected: float | None) -> None:
    """Of each unit only the rows of its latest period are looked at, and never an older one in place of a blank."""
    assert value(formula, MONTHS) == expected
    assert value("sum(辍学, latest=期间)", MONTHS[:1]) == 2


def test_the_latest_return_of_a_unit_with_two_names() -> None:
    """A unit that its rows call by two of its names is one."""
    rows = [{"单位": "370781", "期间": "2025-10", "辍学": 2}, {"单位": "一中", "期间": "2025-11", "辍学": 1}]
    assert value("sum(辍学, latest=期间)", rows, units=[{"id": "370781", "name": "一中"}]) == 1


def test_units_that_have_both() -> None:
    """Two conditions ask for a row each: one unit's committee and another's school are not both."""
    rows = [{"单位": "甲", "类别": "委员会"}, {"单位": "乙", "类别": "家长学校"}, {"单位": "丙", "类别": "委员会"}]
    formula = '100 * units_with(类别 = "委员会", 类别 = "家长学校") / units()'
    assert value(formula, rows, units=["甲", "乙"]) == 0
    assert value(formula, [*rows, {"单位": "甲", "类别": "家长学校"}], units=["甲", "乙"]) == 50


def test_rows_used_are_those_that_knew() -> None:
    """A figure names the rows whose values entered, by table."""
    found = evaluate(parse("sum(甲) / count(u.乙 > 1)"), {"t": column(1, N, 3), "u": [{"乙": N}, {"乙": 2}]})
    assert dict(found.rows) == {"t": (0, 2), "u": (1,)}


def test_two_tables() -> None:
    """A field without a table is of the first table, or of the one that its own function names."""
    tables = {
        "kindergarten-year": [{"在园幼儿": 60}, {"在园幼儿": 30}],
        "county-year": [{"人口": 100, "年": 1}, {"人口": 7, "年": 2}],
    }
    assert evaluate(parse("100 * sum(在园幼儿) / sum(county-year.人口, where=年 = 1)"), tables).value == 90


@pytest.mark.parametrize(("level", "expected"), [("校级", 3), ("市级", 2), ("省级", 1), ("国家级", 0)])
def test_ordered_choices(level: str, expected: int) -> None:
    """Levels compare by the order that is given, not by their letters; an unknown level does not count."""
    rows = [{"级别": "省级"}, {"级别": "市级"}, {"级别": "校级"}, {"级别": N}]
    assert value("count(级别 >= :level)", rows, params={"level": level}, orders=LEVELS) == expected


def test_order_of_choices_comes_from_the_fields_too() -> None:
    """A field that says its choices are ordered needs no order beside it, and its code names the same column."""
    fields = {"t": [FieldWord("level", "级别", Kind.CHOICE, ("低", "高"), ordered=True)]}
    assert value('count(level >= "高")', [{"级别": "低"}, {"级别": "高"}], fields=fields) == 1


def test_gap_is_city_over_village() -> None:
    """The flag stands in the row or with its unit; what is neither city nor village is in neither."""
    rows = [
        {"城乡": "城", "甲": 6, "乙": 2},
        {"unit": "s1", "甲": 2, "乙": 2},
        {"城乡": "镇区", "甲": 99, "乙": 1},
    ]
    units = [{"unit": "s1", "城乡": "乡"}]
    found = evaluate(parse("gap(sum(甲) / sum(乙))"), {"t": rows}, units=units)
    assert (found.value, found.numerator, found.denominator) == (3, 3, 1)
    assert value("gap(sum(甲))", rows[:1]) is None


def test_change_is_against_the_period_before() -> None:
    """This period minus the one before; without one, or without a figure in it, null."""
    assert value("change(sum(甲))", column(5), previous={"t": column(3)}) == 2
    assert value("change(sum(甲))", column(5)) is None
    assert value("change(sum(甲))", column(5), previous={"t": column(N)}) is None


def test_units_with() -> None:
    """Units in scope are counted once, by any name a row gives them; those out of scope are not counted."""
    rows = [
        {"类别": "a", "学校": "甲校"},
        {"类别": "a", "学校": "甲校"},
        {"类别": "a", "成员单位": "乙校、丁校"},
        {"类别": "b", "学校": "丙校"},
    ]
    units = ["甲校", {"unit": "s2", "name": "乙校"}, "丙校", "戊校", "戊校"]
    found = evaluate(parse('100 * units_with(类别 = "a") / units()'), {"t": rows}, units=units)
    assert (found.value, found.numerator, found.denominator) == (50, 2, 4)
    assert value('units_with(类别 = "a", by=学校)', rows, units=units) == 1
    assert value('units_with(类别 = "a")', [], units=units) == 0
    assert value("units_with(类别)", [{"类别": N, "学校": "甲校"}], units=units) is None


def test_each_computes_group_by_group() -> None:
    """A town without a kindergarten is a group too, if it is in scope: its count is zero and not nothing."""
    rows = [{"town": "a", "公办": "是"}, {"town": "a", "公办": "否"}, {"镇街": "b", "公办": "否"}]
    formula = "share(count(公办) >= 1, each=town)"
    assert value(formula, rows) == 0.5
    assert value(formula, rows, units=["a", "b", "c"]) == pytest.approx(1 / 3)
    assert value(formula, rows, units=[{"unit": "s1", "town": "a", "tier": "school"}]) == 0.5
    assert value("min(count(公办), each=镇街)", rows) == 0
    assert value("sum(max(甲), each=乙)", [{"甲": 1, "乙": 1}, {"甲": 5, "乙": 1}, {"甲": 2, "乙": 2}, {"甲": 9, "乙": N}]) == 7


def test_each_finds_the_group_by_the_unit() -> None:
    """A row that names only its school is in the town of that school."""
    units = [{"unit": "s1", "town": "a"}, {"unit": "s2", "town": "a"}, {"unit": "s3", "town": "b"}]
    rows = [{"unit": f"s{i}", "甲": i} for i in (1, 2, 3)]
    assert value("max(sum(甲), each=town)", rows, units=units) == 3
    assert value("share(sum(甲) > 1, each=school)", rows) == pytest.approx(2 / 3)


def test_change_within_groups() -> None:
    """A group is set against the same group of the period before; a new group has no change."""
    now = [{"学段": "小学", "甲": 5}, {"学段": "初中", "甲": 5}, {"学段": "高中", "甲": 5}]
    before = [{"学段": "小学", "甲": 4}, {"学段": "初中", "甲": 5}]
    assert value("share(change(sum(甲)) > 0, each=学段)", now, previous={"t": before}) == 0.5


def test_years_between_days() -> None:
    """Age counts full years; a month of birth without day is its first."""
    rows = [{"出生日期": "1980-03-02"}, {"出生日期": "1980-03"}, {"出生日期": N}]
    assert value("share(years(出生日期, :on) <= 44)", rows, params={"on": date(2025, 3, 1)}) == 0.5


@pytest.mark.parametrize(
    ("formula", "left"),
    [
        ("count(甲 = :a and 乙 = :b)", "count(乙 = :b)"),
        ("count(not 甲 = :a or 乙 = :b)", "count(乙 = :b)"),
        ("count(甲 = :a)", "count()"),
        ("count(t.甲 = :a)", 'count(t.甲 = "" or t.甲 != "")'),
        ("sum(甲, where=乙 >= :a * 2)", "sum(甲)"),
        ("share(甲 > 1 and 乙 > :a, where=乙 = :b)", "share(甲 > 1, where=乙 = :b)"),
    ],
)
def test_an_absent_parameter_makes_no_demand(formula: str, left: str) -> None:
    """What a binding leaves out is not asked; the rest of the condition stays."""
    assert write(without(parse(formula), {"a"})) == left


@pytest.mark.parametrize("formula", ["share(甲 > :a)", "sum(甲) * :a", "quantile(甲, :a)", ":a", "sum(-:a)"])
def test_a_parameter_that_cannot_be_absent(formula: str) -> None:
    """Where a value is computed with, leaving the parameter out is an error that names it."""
    with pytest.raises(FormulaError, match=r"参数 :a 没有给出"):
        value(formula, column(1), params={"a": None})


@pytest.mark.parametrize(
    ("formula", "cells", "message"),
    [
        ("sum(甲)", (1, "三"), "第 5 列：表 t 第 2 行：“三”不是数字"),
        ("sum(甲)", ("是",), "第 5 列：表 t 第 1 行：“是”不是数字"),
        ("count(甲)", (3,), "第 7 列：表 t 第 1 行：“3”不是“是”或“否”"),
        ("count(甲 > 1)", ("三",), "表 t 第 1 行：“三”是文字，“1”是数字，不能比较"),
        ('count(甲 > "a")', ("b",), "没有次序的文字，不能比大小"),
        ("count(乙 > 1)", (3,), "没有“乙”这一列"),
        ("sum(u.甲)", (3,), "没有给出表 u"),
        ("sum(甲) * :b", (3,), "没有给出参数 :b"),
        ("units()", (3,), "要用范围内的单位名单"),
        ("甲", (3,), "字段“甲”在函数之外"),
        ("sum(max(甲))", (3,), "“max”不能放在另一个函数的里面"),
        ("sum()", (3,), "sum 要 1 个参数，这里有 0 个"),
        ("sum() / sum(甲)", (3,), "sum 要 1 个参数，这里有 0 个"),
        ("sum(甲, latest=乙) / sum(甲)", (3,), "没有“乙”这一列"),
        ("quantile(甲, 2)", (3,), "分位应在 0 到 1 之间"),
        ("sum(years(甲, 甲))", ("昨天",), "“昨天”不是日期"),
        ("sum(甲)", (float("inf"),), "无穷大不是数字"),
        ("*".join(["sum(甲)"] * 40), (1e20,), "结果太大"),
    ],
)
def test_what_cannot_be_computed_says_where(formula: str, cells: tuple[Any, ...], message: str) -> None:
    """A message names the place in the formula and, where a cell is at fault, the table and row."""
    with pytest.raises(FormulaError) as caught:
        value(formula, column(*cells))
    assert message in str(caught.value)


def test_a_level_without_a_place_in_the_order_is_refused() -> None:
    """A word that the order does not know is a slip in the data, not the lowest level."""
    with pytest.raises(FormulaError, match="“省及”不在规定的次序"):
        value('count(级别 >= "市级")', [{"级别": "省及"}], orders=LEVELS)
