"""The plan as Markdown."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from tests.core.cli.invented import bare_plan, invented_plan
from tests.core.documents.workbooks import LINES, invented_paper
from xiangxu.documents import PlanPaper, paper_of_reading, plan_markdown


def test_a_reading_is_told_whole() -> None:
    """Facts, outline with the actions' units, tasks, promises by place, contradictions, doubts."""
    text = plan_markdown(paper_of_reading(invented_plan()))
    for part in (
        "# 云溪县乡村教育振兴行动方案\n",
        "- 印发日期：2024年3月5日",
        "  - 1\\. 建好乡村学校 — 牵头：县教体局",
        "| 2 | 轮训工程 | 教师轮训率不低于60%。 | — | — | 县教育和体育局（建议） | — |",
        "### 正文第 1 条",
        "| 热水设施配备（寄宿制学校） | 全部 | 2025年 | 县教体局 | 寄宿制学校全部配备热水设施 |",
        "| 家访次数 | 至少 2 次 | 每学期 | 县教体局 | 每学期至少开展2次家访 |",
        "### 清单第 1 项",
        "- 教师轮训率：正文为50%，清单为60%",
        "标题“二 组织保障”：标题序号不连续",
        "有一张图片没有读出",
    ):
        assert part in text


def test_what_is_not_there_is_said() -> None:
    """No empty headings: each part says that there is nothing."""
    text = plan_markdown(paper_of_reading(bare_plan()))
    assert text.startswith("# tongzhi\n")
    for part in ("没有读出提纲。", "没有任务。", "没有目标。", "没有发现。"):
        assert part in text


@given(st.text())
def test_no_text_of_the_document_works_as_markup(odd: str) -> None:
    """A cell stays one cell and a line one line, whatever stands in it."""
    paper = PlanPaper("x", odd, tasks=(replace(LINES[0], name=odd, measure="<script>|\n# 题" + odd),))
    lines = plan_markdown(paper).split("\n")
    rows = [line for line in lines if line.startswith("| 1 |")]
    assert len(rows) == 1
    assert rows[0].replace("\\\\", "").replace("\\|", "").count("|") == 8
    assert [line for line in lines if line.startswith("# ")] in ([lines[0]], [])
    assert "<script>" not in rows[0].replace("\\<", "")


def test_promises_of_a_pack_say_their_nature() -> None:
    """What is only striven for says so; several tellings of one promise stand each at its place."""
    text = plan_markdown(invented_paper())
    assert "| 闰月的事 | 全部（争取） | 2028年2月底 | — | 到2028年2月，全部完成 |" in text
    assert text.count("宿舍改造") == 2
