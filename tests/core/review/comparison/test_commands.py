"""`plan compare` and `plan diff` as a clerk runs them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.core.cards.invented import written
from xiangxu.cards import Packs
from xiangxu.cli.columns import table, width, wrapped
from xiangxu.cli.main import main

DRAFT = (
    "砚溪县乡村教育振兴实施方案\n一、工作目标\n到2027年，乡村学校学生体质健康合格率达到92%。\n"
    "二、重点任务\n1.提升体质。开展达标行动，小学合格率达到{share}%以上。（责任单位：县教育局、县财政局）\n"
    "2.改造食堂。2026年底前改造乡村学校食堂{kitchens}处。（责任单位：县教育局）\n"
)


def run(*arguments: str | Path) -> Result:
    """A command of the program."""
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def draft(folder: Path, name: str, share: int = 90, kitchens: int = 12) -> Path:
    """A draft with these figures."""
    path = folder / name
    path.write_text(DRAFT.format(share=share, kitchens=kitchens), encoding="utf-8")
    return path


@pytest.fixture
def invented(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The invented packs in place of the shipped ones."""
    packs = Packs.load([written(tmp_path / "packs")])
    monkeypatch.setattr(Packs, "load", classmethod(lambda cls, roots=(): packs))
    return tmp_path


def test_a_pack_and_a_document_side_by_side(invented: Path) -> None:
    """One evaluator, two plans: both figures in one line, who aims higher, and a mark on what nobody has confirmed."""
    result = run("plan", "compare", "yanxi", draft(invented, "draft.txt"))
    assert result.exit_code == 0, result.output
    assert "draft*" in result.output
    [line] = [line for line in result.output.splitlines() if line.startswith("合格率") and "小学" in line]
    assert "≥95%（2025）" in line
    assert "≥90%" in line
    assert "yanxi要求更高" in line


def test_the_whole_as_json(invented: Path) -> None:
    """--json holds rows, themes, loads and answers."""
    above = draft(invented, "above.txt", share=99)
    result = run("plan", "compare", "yanxi", draft(invented, "draft.txt"), "--above", above, "--json")
    found = json.loads(result.output)
    assert [plan["key"] for plan in found["plans"]] == ["yanxi", "draft"]
    assert found["above"]["key"] == "above"
    assert found["evaluators"][0]["aims"]["yanxi"][0]["uid"] == "yx-001"
    assert found["loads"]["教育局"]["yanxi"]["due"] == {"2025": 1}
    assert "lower" in {answer["answered"] for answer in found["answers"]["draft"]}


def test_the_plan_above_is_answered_line_by_line(invented: Path) -> None:
    """What is not answered, lower or later is listed with the demand and its place."""
    result = run("plan", "compare", draft(invented, "draft.txt", share=80), "--above", draft(invented, "above.txt"))
    assert "draft 对上级 above 的" in result.output
    assert [line.split()[0] for line in result.output.splitlines() if "≥90%" in line] == ["低于上级"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("yanxi",), "只有一个方案"),
        (("yanxi", "yanxi"), "“yanxi”写了两次"),
        (("yanxi", "nowhere"), "没有“nowhere”这个文件，也没有这个地方的方案包"),
    ],
)
def test_what_cannot_be_compared_is_refused(invented: Path, arguments: tuple[str, ...], message: str) -> None:
    """Exit code 1 and what to do."""
    result = run("plan", "compare", *arguments)
    assert result.exit_code == 1
    assert message in result.output


def test_two_drafts_are_told_apart(tmp_path: Path) -> None:
    """The figure that changed is named, what continues is only counted; a reading in JSON does as well as the document."""
    old, new = draft(tmp_path, "old.txt"), draft(tmp_path, "new.txt", kitchens=15)
    result = run("plan", "diff", old, new)
    assert result.exit_code == 0, result.output
    assert "目标：不变 2，有改动 1" in result.output
    assert "食堂12处" in result.output
    run("plan", "read", old, "--json", tmp_path / "old.json", "--quiet")
    found = json.loads(run("plan", "diff", tmp_path / "old.json", new, "--json").output)
    [changed] = [change for change in found if change["kind"] == "promise" and change["verdict"] == "changed"]
    assert [difference["field"] for difference in changed["differences"]] == ["figure"]


def test_json_that_is_no_reading_is_refused(tmp_path: Path) -> None:
    """The message names the file and how to make one."""
    other = tmp_path / "other.json"
    other.write_text('{"tasks": [1]}', encoding="utf-8")
    result = run("plan", "diff", other, other)
    assert result.exit_code == 1
    assert "other.json：不是读出的方案" in result.output


def test_columns_count_han_characters_double() -> None:
    """Every cell begins at the column of its header; a cell too wide goes on in the next line, words and figures whole."""
    drawn = table(("指标", "甲"), [("公办率", "≥70%（2027）"), ("普惠性幼儿园覆盖率", "—")], columns=26).splitlines()
    starts = {width(line[: line.index(cell)]) for line, cell in ((drawn[0], "甲"), (drawn[2], "≥"))}
    assert len(starts) == 1
    assert max(width(line) for line in drawn) <= 26
    assert wrapped("yiyuan要求更高", 8) == ["yiyuan要", "求更高"]
