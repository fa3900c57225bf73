"""Invented plans, written as a web page: a body of numbered actions and a list of tasks. Each test changes what it is about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from xiangxu.cards import Packs
from xiangxu.cards.kinds import PlanCheck
from xiangxu.importer.plan import read_plan
from xiangxu.model.plan import PlanReading
from xiangxu.review.plan_check import Evaluators, PlanReview, Remark, check

ACTIONS = (
    "1.改善办学条件。新建寄宿制学校2所，改造食堂12处，所有学校饮水达标。（县教体局牵头，县财政局配合）",
    "2.建强教师队伍。每年培训乡村教师200人次，到2026年招聘紧缺学科教师60名。（县教体局牵头，县人社局配合）",
    "3.守护校园安全。每学期开展应急演练2次，封闭化管理率达到100%。（县公安局牵头，县教体局配合）",
)
HEAD = ("序号", "任务", "目标", "措施", "完成时限", "牵头单位", "配合单位")
ROWS = (
    ("1", "办学条件改善", "新建寄宿制学校2所，改造食堂12处。", "分年实施工程项目。", "2026年", "县教体局", "县财政局"),
    ("2", "教师队伍建设", "招聘紧缺学科教师60名。", "组织专项招聘和全员培训。", "2026年", "县教体局", "县人社局"),
    ("3", "校园安全守护", "封闭化管理率达到100%。", "开展隐患排查和应急演练。", "2025年", "县公安局", "县教体局"),
)
Row = Sequence[str]


def page(
    rows: Sequence[Row] = ROWS,
    actions: Sequence[str] = ACTIONS,
    place: str = "云溪县",
    title: str = "乡村教育提质工作方案",
    issued: str = "2024年3月20日",
    head: Row = HEAD,
    end: Sequence[str] = (),
) -> str:
    """The page of a plan."""
    lines = [
        f"{place}人民政府办公室关于印发《{place}{title}》的通知",
        "各镇人民政府，县政府各部门：",
        "现将方案印发给你们，请认真执行。",
    ]
    lines += [f"{place}人民政府办公室", issued] if issued else []
    lines += [
        f"{place}{title}",
        "一、总体要求",
        "办好乡村教育。",
        "二、主要任务",
        *actions,
        "三、工作保障",
        "各单位要抓好落实。",
        *end,
    ]
    body = "".join(f"<p>{line}</p>" for line in lines)
    if not rows:
        return f"<html><body>{body}</body></html>"
    cells = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in (head, *rows))
    return f"<html><body>{body}<p>附件</p><p>{place}乡村教育重点任务清单</p><table>{cells}</table></body></html>"


def reading(folder: Path, text: str) -> PlanReading:
    """The page as it is read."""
    file = folder / "plan.html"
    file.write_text(text, encoding="utf-8")
    return read_plan(file)


@cache
def card() -> PlanCheck:
    """The shipped card."""
    found = Packs.load().at().get("plan-check")
    assert isinstance(found, PlanCheck)
    return found


def review(folder: Path, text: str, evaluators: Evaluators | None = None) -> PlanReview:
    """What is said of the page."""
    return check(reading(folder, text), card(), evaluators)


def remarks(folder: Path, text: str) -> Mapping[str, Remark]:
    """The remarks by kind; the last of a kind that comes more than once."""
    return {remark.kind: remark for remark in review(folder, text).remarks}


def changed(rows: Sequence[Row], number: int, **cells: str) -> list[Row]:
    """The rows with some cells of one of them replaced: task, goal, measure, due, lead, others."""
    order = ("no", "task", "goal", "measure", "due", "lead", "others")
    out = [list(row) for row in rows]
    for name, text in cells.items():
        out[number - 1][order.index(name)] = text
    return list(out)
