"""The formulas of the inventory of evaluators: all are written in the grammar, and all are sound."""

from __future__ import annotations

import csv
import re
from functools import cache
from pathlib import Path

import pytest
import yaml

from tests.paths import PLANS, needs_plans
from xiangxu.formula import FieldWord, Kind, ParamWord, check, explain, names, parse, write

HERE = Path(__file__).parent
TABLE = yaml.safe_load((HERE / "inventory.yaml").read_text(encoding="utf-8"))
FORMULAS: dict[str, str] = TABLE["formulas"]
NEED = re.compile(r"(?:(?P<table>[\w-]+)\.)?(?P<code>\w+)\((?P<name>\w+)\)")

# The inventory names fields without their kinds; what their names tell is enough for a check.
YES_NO = set(
    ["章程核准", "管理教学信息化", "设备利用良好", "德育校园文化良好", "作业负担合规", "公办园", "普惠性民办园", "单位或集体办园", "党组织覆盖", "乡镇公办中心园", "小区配套园", "配套园同步建设交付", "收费合规备案", "工资按时足额发放", "年检合格", "信息备案公示", "师德机制", "游戏为基本活动", "核实", "镇驻地学校", "教学点", "独立法人", "镇村一体化管理", "洗浴设施", "饮用水达标", "热水供应", "应建食堂", "标准化食堂", "安全清洁取暖消暑", "无线网络全覆盖", "全程网办", "掌上办", "电子印章", "电子证照", "电子档案", "骨干", "专职", "具体性检查通过", "独立办公场所", "开展课后服务", "封闭化管理", "视频联网", "护学岗", "安全保卫机构", "安全档案齐全", "答复", "乡村"]
)
TEXT = set(
    ["认定体系", "学段", "举办者类型", "城乡类型", "学科", "调查对象", "督学", "单位", "类别", "职务", "本职", "学区", "人员", "学校", "项目名称", "项目组", "分类", "章节", "事项", "对象", "身份", "持有者类型", "持有者", "合作方类型", "牵头单位", "成员单位", "行动", "镇街", "村居", "协调员", "层级", "牵头科室", "主持人", "成员", "课程", "培养周期", "培训类别"]
)
ORDERED = {"级别", "状态", "培训级别", "监测等级"}


def word(code: str, name: str) -> FieldWord:
    """A field of the inventory with the kind that its name tells."""
    kind = Kind.NUMBER
    if name in YES_NO:
        kind = Kind.YES_NO
    elif name in TEXT:
        kind = Kind.TEXT
    elif name in ORDERED:
        kind = Kind.CHOICE
    elif name.endswith("日期"):
        kind = Kind.DATE
    return FieldWord(code, name, kind, ordered=name in ORDERED)


@cache
def rows() -> dict[str, dict[str, str]]:
    """The inventory by id."""
    with (PLANS / "evaluators.csv").open(encoding="utf-8-sig", newline="") as stream:
        return {row["id"]: row for row in csv.DictReader(stream)}


def fields(row: dict[str, str]) -> dict[str, list[FieldWord]]:
    """The fields that an evaluator of the inventory may read, by table, with those that we added."""
    tables: dict[str, list[FieldWord]] = {table: [] for table in row["form"].split(";")}
    for need in [*row["needs"].split("; "), *TABLE["added_fields"].get(row["id"], [])]:
        found = NEED.fullmatch(need)
        assert found, need
        tables.setdefault(found["table"] or row["form"].split(";")[0], []).append(word(found["code"], found["name"]))
    if row["kind"] == "duty":
        tables[row["form"].split(";")[0]].append(FieldWord("times", "次数"))
    return tables


@pytest.mark.parametrize("formula", FORMULAS.values(), ids=FORMULAS)
def test_each_formula_reads_writes_and_explains(formula: str) -> None:
    """Every formula has one tree, one canonical text and a sentence in both languages."""
    tree = parse(formula)
    assert parse(write(tree)) == tree
    said = explain(tree)
    assert said.zh
    assert said.en


@needs_plans
def test_no_evaluator_is_left_out() -> None:
    """The table holds exactly the evaluators of the inventory."""
    assert list(FORMULAS) == list(rows())


@needs_plans
@pytest.mark.parametrize("evaluator", FORMULAS)
def test_each_formula_is_sound(evaluator: str) -> None:
    """No formula names a field that its form lacks, mixes kinds, or misuses a function."""
    tree = parse(FORMULAS[evaluator])
    params = [ParamWord(name) for name in names(tree).params]
    faults = check(tree, fields(rows()[evaluator]), params)
    assert not faults, "\n".join(map(str, faults))
