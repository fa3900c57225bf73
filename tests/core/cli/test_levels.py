"""The command line says in words what is missing, and its script brings what each command needs."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from xiangxu.cli.lazy import Lazy
from xiangxu.cli.main import COMMANDS

ROOT = Path(__file__).parents[3]


def test_the_script_brings_the_sites_packages_for_the_sites_commands() -> None:
    """On a fresh clone every command that lives in the site gets the level with Django, and no other does."""
    listed = re.search(r'case "\$\{1:-\}" in ([\w |]+)\) level=web', (ROOT / "script" / "xiangxu").read_text())
    assert listed is not None
    site = {name for name, (where, _line) in COMMANDS.items() if where.startswith("xiangxu_web")}
    assert set(listed[1].replace("|", " ").split()) == site


def test_a_missing_package_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A command whose packages are not installed ends with what to run, not with a traceback."""
    (tmp_path / "needs_more.py").write_text("import no_such_package_anywhere\n")
    monkeypatch.syspath_prepend(tmp_path)
    group = Lazy("main", elsewhere={"more": ("needs_more:run", "…")})
    assert isinstance(group, click.Group)
    said = CliRunner().invoke(group, ["more"])
    assert said.exit_code == 1
    assert "no_such_package_anywhere" in said.output
    assert "script/xiangxu more" in said.output
