"""Indicator tables: figures to be reached, with baseline, unit and nature."""

from __future__ import annotations

import pytest

from tests.core.importer.lists.tables import read
from xiangxu.importer.lists import ListReading
from xiangxu.importer.lists.figures import read_figure
from xiangxu.model.place import Doubt
from xiangxu.model.plan import Op

CAPTION = "表1 “十五五”教育发展主要指标"


def told(reading: ListReading) -> list[tuple[str, str | None, float | None, str | None, float | None, str | None]]:
    """Metric, scope, value, unit, baseline and due of every promise."""
    return [(p.metric, p.scope, p.value, p.uom, p.baseline, p.due) for p in reading.promises]


def test_stacked_indicators() -> None:
    """Several indicators in one cell line by line, units in brackets, a part that inherits the unit, exact multiples."""
    reading = read(
        [
            ["类别", "指标", "2024年", "2027年", "属性"],
            [
                "高中\n\n教育",
                "在校生（万人）\n\n其中：中职在校生\n毛入学率（%）",
                "1.37\n\n0.31\n\n98.0",
                "1.3\n0.34\n98.5",
                "预期性\n预期性\n\n约束性",
            ],
            ["新增劳动力平均受教育年限（年）", "13.4", "14.2", "预期性"],
        ],
        ruled=False,
        caption=CAPTION,
    )
    assert told(reading) == [
        ("高中教育在校生", "高中教育", 13000, "人", 13700, "2027"),
        ("中职在校生", "高中教育", 3400, "人", 3100, "2027"),
        ("高中教育毛入学率", "高中教育", 98.5, "%", 98, "2027"),
        ("新增劳动力平均受教育年限", None, 14.2, "年", 13.4, "2027"),
    ]
    assert reading.natures == ("预期性", "预期性", "约束性", "预期性")
    assert {p.where for p in reading.promises} == {"table 1"}
    assert reading.promises[1].quote == "其中：中职在校生"
    assert not reading.rows


def test_unit_column_and_merged_category() -> None:
    """A column of units; a category merged over rows, ruled or not; comparisons in the cell."""
    rows = [
        ["类别", "指标", "单位", "2024年", "2027年"],
        ["学生发展", "体质健康优良率", "%", "49.7", "≥58"],
        ["^", "总体近视率", "%", "47.3", "≤43"],
        ["^", "优质学校比例", "%", "62", "100"],
    ]
    for ruled in (True, False):
        used = rows if ruled else [[cell.replace("^", "") for cell in row] for row in rows]
        reading = read(used, ruled=ruled, caption=CAPTION)
        assert [p.op for p in reading.promises] == [Op.GE, Op.LE, Op.ALL]
        assert [p.scope for p in reading.promises] == ["学生发展"] * 3


def test_targets_without_years() -> None:
    """现状值 and 目标值: due at the end of the plan; zero, ranges and ratios as the cell says."""
    reading = read(
        [
            ["序号", "指标名称", "单位", "现状值", "目标值"],
            ["1", "超大班额", "个", "12", "清零"],
            ["2", "轮岗比例", "%", "9", "12-15"],
            ["3", "生师比", "—", "1:13.5", "1:13"],
            ["4", "优质资源覆盖面", "%", "60", "持续扩大"],
            ["5", "寄宿学校", "所", "6", "—"],
        ],
        caption="主要目标",
    )
    assert [(p.op, p.value, p.value2) for p in reading.promises] == [
        (Op.ZERO, None, None),
        (Op.BETWEEN, 12, 15),
        (Op.EQ, 13, None),
        (Op.INCREASE, None, None),
    ]
    assert {p.due for p in reading.promises} == {"2027"}
    assert Doubt.FIGURE_UNSURE in reading.promises[2].doubts


def test_target_years_under_one_header() -> None:
    """目标值 over two years: the first is the baseline where it is the year of issue; a later middle year is a target too."""
    reading = read(
        [["指标", "目标值", "<", "<"], ["^", "2025年", "2026年", "2027年"], ["巩固率（%）", "99.1", "99.3", "99.6"]],
        caption=CAPTION,
    )
    assert [(p.value, p.baseline, p.due) for p in reading.promises] == [(99.3, 99.1, "2026"), (99.6, 99.1, "2027")]


def test_wrapped_names_of_stacked_indicators() -> None:
    """Names broken over lines are put together, one for each figure."""
    reading = read(
        [
            ["类别", "指标", "2024年", "2027年"],
            ["教师", "专任教师中本科\n以上学历比例（%）\n骨干教师交流\n轮岗比例（%）", "93\n14", "97\n20"],
        ],
        ruled=False,
        caption=CAPTION,
    )
    assert [(p.quote, p.value) for p in reading.promises] == [
        ("专任教师中本科以上学历比例（%）", 97),
        ("骨干教师交流轮岗比例（%）", 20),
    ]


def test_a_statistic_promises_nothing() -> None:
    """Years that have passed are an account."""
    reading = read([["指标", "2021年", "2022年", "2023年"], ["在校生（人）", "2300", "2200", "2100"]], caption="表1 教育基本指标")
    assert not reading.promises
    assert len(reading.remarks) == 1


@pytest.mark.parametrize(
    ("cell", "op", "value", "uom"),
    [
        ("≥95%", Op.GE, 95, "%"),
        (">=95", Op.GE, 95, None),
        ("95以上", Op.GE, 95, None),
        ("＜5％", Op.LT, 5, "%"),
        ("不超过3", Op.LE, 3, None),
        ("10左右", Op.EQ, 10, None),
        ("1.2万人", Op.EQ, 1.2, "万人"),
        ("〔2000〕", Op.EQ, 2000, None),
        ("提高5", Op.INCREASE, 5, None),
        ("全覆盖", Op.ALL, None, None),
        ("0", Op.ZERO, 0, None),
    ],
)
def test_figures(cell: str, op: Op, value: float | None, uom: str | None) -> None:
    """What a cell of a target column says."""
    figure = read_figure(cell)
    assert figure is not None
    assert (figure.op, None if figure.value is None else float(figure.value), figure.uom) == (op, value, uom)
