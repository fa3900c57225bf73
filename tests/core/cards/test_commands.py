"""The commands as a clerk runs them."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner, Result

from tests.core.cards.invented import CARDS, COUNTY, changed, written
from xiangxu.cli.main import main


def run(*arguments: str | Path) -> Result:
    """A command of the program."""
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def test_a_sound_folder_passes(tmp_path: Path) -> None:
    """Nothing wrong is exit code 0, with the number of cards."""
    result = run("pack", "check", "--strict", written(tmp_path))
    assert (result.exit_code, result.output) == (0, f"{len(CARDS)} 张卡片，没有错误\n")


def test_faults_fail_and_are_listed_by_file(tmp_path: Path) -> None:
    """Exit code 1; under each file its faults with line and field."""
    more = {**changed("national/wellbeing.yaml", "order: 1", "order: 一"), **changed(f"{COUNTY}/units.yaml", "kind:", "kinds:")}
    result = run("pack", "check", written(tmp_path, more))
    assert result.exit_code == 1
    assert f"{tmp_path / 'national' / 'wellbeing.yaml'}\n  第 4 行 order：“order”应是整数" in result.output
    assert result.output.endswith("处错误\n")


def test_what_only_strict_sees_fails_only_then(tmp_path: Path) -> None:
    """A pack may be written before the cards that it will need."""
    root = written(tmp_path, changed(f"{COUNTY}/targets.yaml", "id: pass-share", "id: not-yet"))
    assert run("pack", "check", root).exit_code == 0
    assert run("pack", "check", "--strict", root).exit_code == 1


def test_a_single_file_from_elsewhere_is_checked(tmp_path: Path) -> None:
    """A card is checked where it lies, over the shipped packs; the faults of others are not shown."""
    card = tmp_path / "somewhere" / "own-theme.yaml"
    card.parent.mkdir()
    card.write_text("kind: theme\nid: own-theme\ntitle: {zh: 某主题}\norder: 1\ncovers: 某事\n", encoding="utf-8")
    assert run("pack", "check", card).output == "1 张卡片，没有错误\n"


def test_explain_shows_layers_and_what_is_unchecked() -> None:
    """Each field with its layer; an unchecked source says 待核实."""
    result = run("pack", "explain", "labour-week")
    assert result.exit_code == 0
    assert "formula: 100 * share(次数 >= :times)  ← national" in result.output
    assert "【待核实】" in result.output
    assert "怎么算：例行职责记录里" in result.output
    assert "精确算法：次数不少于" in result.output
    assert run("explain", "labour-week").output == result.output


def test_explain_of_an_unknown_card_or_place() -> None:
    """The message names what is near; no trace of the program is shown."""
    for arguments, near in ((["labour-weeks"], "labour-week"), (["labour-week", "--at", "nationa"], "national")):
        result = run("pack", "explain", *arguments)
        assert result.exit_code == 1
        assert f"是不是“{near}”" in result.output


def test_where_a_term_lives() -> None:
    """Glossary, cards and fields that are called so, with file and line; exact names first."""
    result = run("where", "台账")
    assert result.exit_code == 0
    assert result.output.startswith("词  台账、销号  ")
    assert "terms.yaml:" in result.output
    assert "参测学生" in run("where", "参测学生").output
    assert run("where", "无此一词").exit_code == 1


def test_schemas_are_printed() -> None:
    """One kind, or all of them by name."""
    assert json.loads(run("pack", "schema", "scope").output)["title"] == "scope 范围"
    assert {"indicator", "targets"} <= set(json.loads(run("pack", "schema").output))
