"""`xiangxu world` as somebody runs it."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner, Result

from xiangxu.cli.main import main


def run(*arguments: str | Path) -> Result:
    """A command of the program."""
    return CliRunner().invoke(main, ["world", *map(str, arguments)])


def test_summary() -> None:
    """Without options it tells the counties, their schools and the cast."""
    result = run()
    assert result.exit_code == 0
    for words in ("砚溪县", "墨池县", "jian.tinghe", "2026-11-20", "小学 32", "改变类型 1"):
        assert words in result.output


def test_files(tmp_path: Path) -> None:
    """With a folder it writes three workbooks and a JSON file, and says where."""
    result = run("--out", tmp_path / "new", "--seed", "7")
    assert result.exit_code == 0
    assert {path.name for path in (tmp_path / "new").iterdir()} == {"砚溪县.xlsx", "墨池县.xlsx", "澜洲市.xlsx", "world.json"}
    assert json.loads((tmp_path / "new" / "world.json").read_text(encoding="utf-8"))["seed"] == 7
    assert "砚溪县.xlsx" in result.output


def test_json_with_a_plan() -> None:
    """For programs: everything with the adopted plan, and nothing else on the output."""
    form = json.loads(run("--plan", "yiyuan", "--json").output)
    assert len(form["plan"]["tasks"]) == 60
    assert len(form["plan"]["added"]) == 13
    assert {task["answerable"] for task in form["plan"]["tasks"]} <= {unit["code"] for unit in form["units"]}


def test_plan_in_words() -> None:
    """The summary says who leads, what was added and who stands in for whom."""
    output = run("--plan", "东昌府区").output
    for words in ("任务 56 项，目标 146 条", "县教体局 56", "砚溪县科学技术局", "韩集镇由蕉白镇政府代替"):
        assert words in output


def test_refusals(tmp_path: Path) -> None:
    """A plan that nobody has, a folder that cannot be written: told in words, without a traceback."""
    unknown = run("--plan", "无此县")
    assert unknown.exit_code == 1
    assert "无此县" in unknown.output
    (tmp_path / "file").write_text("")
    blocked = run("--out", tmp_path / "file")
    assert blocked.exit_code == 1
    assert "写不进去" in blocked.output
