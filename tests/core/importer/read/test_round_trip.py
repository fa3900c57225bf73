"""A plan rendered as an office's Word file is read back as the plan: numbers, merged cells and all."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest

from tests.core.importer.read.word import consistent, grid, lines
from tests.paths import PLANS, needs_plans
from tests.render import docx_of_flattened, docx_of_paragraphs, rows_of_tasks, unwrapped
from xiangxu.importer.read import read
from xiangxu.importer.source import Line

PLAN = """ 云岭县人民政府
关于印发《云岭县乡村教育振兴方案》的通知

各镇政府：
现予印发。
                                  云岭县人民政府
（此件公开发布）
云岭县乡村教育振兴方案

一、总体要求
（一）指导思想。坚持优先发展。
（二）工作目标。到2027年办好乡村学校。
二、主要任务
任务一：布局
1.优化布局。稳妥撤并。
2.改善条件。新建20所。
任务二：师资
3.配强师资。补充教师。
三、组织保障
1.加强领导。
附件
云岭县任务清单

\t序号
\t项目
\t措施
\t单位

\t1
\t布局
\t1.撤并5所。
\t教体局
财政局

\t序号
\t项目
\t措施
\t单位

\t2
\t
\t2.新建20所。
\t

\t师资
\t补充
教师
\t教体局
"""


def squeezed(text: str) -> str:
    return re.sub(r"\s|\[bookmark: [^\]]*\]", "", text)


@pytest.mark.parametrize("numbered", [True, False])
def test_invented_plan(tmp_path: Path, numbered: bool) -> None:
    """Every number comes back, the repeated header row is one, leading empty cells are merged ones."""
    source = read(docx_of_flattened(PLAN, tmp_path / "方案.docx", numbered=numbered))
    assert [squeezed(line) for line in lines(source)] == [
        squeezed(line) for line in PLAN.split("\t")[0].split("\n") if line.strip()
    ]
    assert grid(source) == [
        ["序号", "项目", "措施", "单位"],
        ["1", "布局", "1.撤并5所。", "教体局\n财政局"],
        ["2", "", "2.新建20所。", ""],
        ["师资", "←", "补充\n教师", "教体局"],
    ]
    assert consistent(source)
    assert [b.text.text for b in source.blocks if isinstance(b, Line) and b.centred][2:] == [
        "云岭县乡村教育振兴方案",
        "云岭县任务清单",
    ]


def test_leading_empty_cells(tmp_path: Path) -> None:
    """They are merged with the cells above, or stay empty, as asked."""
    text = "\t项目\n\t措施\n\n\t布局\n\t撤并\n\n\t\n\t新建\n"
    assert grid(read(docx_of_flattened(text, tmp_path / "a.docx")))[2] == ["↑", "新建"]
    assert grid(read(docx_of_flattened(text, tmp_path / "b.docx", merged=False)))[2] == ["", "新建"]


def test_wrapped_text_and_rows(tmp_path: Path) -> None:
    """Wrapped lines become paragraphs, and a real table takes the list's place."""
    wrapped = "坚持优先发展乡村教育，\n\n" * 6 + "办好学校。\n"
    text = f"一、总体要求\n{wrapped}附件任务清单\n序号项目 1 布局\n2 师资"
    rows = rows_of_tasks([{"no": "1", "project": "布局", "lead": ["教体局", "财政局"], "due": "2025", "goal": None}])
    source = read(docx_of_paragraphs(unwrapped(text), tmp_path / "a.docx", rows, "任务清单"))
    assert lines(source)[:3] == ["一、总体要求", squeezed(wrapped), "附件任务清单"]
    assert grid(source) == [["序号", "项目名称", "完成时限", "牵头部门"], ["1", "布局", "2025年", "教体局\n财政局"]]


@needs_plans
@pytest.mark.parametrize("merged", [True, False])
@pytest.mark.parametrize("numbered", [True, False])
@pytest.mark.parametrize("key", ["qingzhou", "yiyuan", "jinan"])
def test_real_plans(tmp_path: Path, key: str, numbered: bool, merged: bool) -> None:
    """The text of each real plan comes back whole, in well under half a second."""
    text = (PLANS / f"{key}.txt").read_text(encoding="utf-8")
    path = docx_of_flattened(text, tmp_path / f"{key}.docx", merged=merged, numbered=numbered)
    begun = time.process_time()
    source = read(path)
    assert time.process_time() - begun < 0.5
    assert squeezed(source.text) == squeezed(text)
    assert consistent(source)
