"""Until when a plan runs, as its own words say it: always proposed, never more than they say."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest

from xiangxu.importer.plan import read_plan, read_source
from xiangxu.importer.read.plain import read_plain
from xiangxu.model.plan import RunsUntil

HEAD = "芦汀县乡村教育提升方案{years}\n\n{before}一、总体要求\n（一）指导思想。把公共资源优先投向乡村学校。\n（二）工作目标。{goals}\n二、重点任务\n"
FOOT = "{tasks}\n芦汀县教育和体育局\n2024年3月5日\n"
TASKS = "1.改造校舍。{by}新建寄宿制学校6所。（县教体局牵头）\n2.配齐教师。补充教师120名。（县教体局牵头）"


def _until(goals: str = "", *, years: str = "", before: str = "", by: str = "") -> RunsUntil | None:
    text = HEAD.format(years=years, before=before, goals=goals) + FOOT.format(tasks=TASKS.format(by=by))
    found = read_source(read_plain(text.encode(), "a.txt"), "a").doc.runs_until
    assert found is None or text[found.place.start : found.place.end].strip()
    return found


@pytest.mark.parametrize(
    ("due", "more"),
    [
        ("2026", {"years": "（2024—2026年）", "goals": "到2035年，教育现代化基本实现。"}),
        ("2025", {"years": "（“十四五”时期）"}),
        ("2027", {"goals": "到2027年，办学条件全面达标；到2035年，乡村教育呈现良好生态。", "by": "到2027年，"}),
        ("2026", {"goals": "到2025年，三所学校达标。到2026年，全部达标。", "by": "2026年底前，"}),
        ("2027", {"goals": "力争用三年左右的时间，使乡村学校面貌明显改观。"}),
        ("2027", {"before": "从今年起，用三年时间补齐短板。\n", "goals": "", "by": "三年内，"}),
        ("2028-12-31", {"goals": "办学条件明显改善。本方案有效期至2028年12月31日。"}),
        ("2027", {"goals": "稳步推进。本方案实施周期为三年。"}),
    ],
)
def test_what_the_paper_says(due: str, more: dict[str, str]) -> None:
    """Title before goals, a sentence of its own before both; of the goals the last day by which something else falls due, which a far
    vision is not."""
    found = _until(**more)
    assert found is not None
    assert (found.due, found.of_list) == (due, False)


@pytest.mark.parametrize("goals", ["办学条件明显改善。", "在2022年基础上持续提高。", "每年培训教师一轮。"])
def test_a_paper_that_does_not_say(goals: str) -> None:
    """Nothing is proposed, and no day is made up."""
    assert _until(goals) is None


def test_the_list_ends_later_than_the_goals(tmp_path: Path) -> None:
    """A list that goes on after the day of the goals tells the end, and which row."""
    paper = docx.Document()
    for line in HEAD.format(years="", before="", goals="“十四五”末，办学条件优良。").splitlines():
        paper.add_paragraph(line)
    for line in (*FOOT.format(tasks=TASKS.format(by="")).splitlines(), "附件：任务清单"):
        paper.add_paragraph(line)
    rows = (
        ("序号", "项目名称", "内容措施", "完成时限", "责任单位"),
        ("1", "改造校舍", "新建学校6所", "2025年", "县教体局"),
        ("2", "配齐教师", "补充教师120名", "2027年", "县教体局"),
    )
    table = paper.add_table(0, len(rows[0]))
    for row in rows:
        for cell, words in zip(table.add_row().cells, row, strict=True):
            cell.text = words
    paper.save(str(tmp_path / "a.docx"))
    reading = read_plan(tmp_path / "a.docx")
    assert [task.due for task in reading.tasks] == ["2025", "2027"]
    found = reading.doc.runs_until
    assert found is not None
    assert (found.due, found.of_list, found.words) == ("2027", True, "配齐教师")
