"""What stands in deploy/ and in the how-tos about running the site agrees with the program."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest
import yaml

from tests.paths import REPOSITORY
from xiangxu.cli.main import main

DEPLOY = REPOSITORY / "deploy"
HOW_TO = [REPOSITORY / "docs" / "how-to" / f"{name}.md" for name in ("small-server", "compose", "government-network")]
TOLD = [p for p in DEPLOY.rglob("*") if p.is_file()] + HOW_TO
# `xiangxu site serve --port 8000`, `[xiangxu, site, prepare]`, `"xiangxu", "site", "serve"`: the words after the program's name.
_CALL = re.compile(r"xiangxu\"?,? \"?((?:site|audit|backup|restore)\b[^\n`;|（#]*)")


def calls(path: Path) -> list[list[str]]:
    """The commands of the program that a file gives, word by word."""
    found = _CALL.findall(path.read_text(encoding="utf-8"))
    return [
        re.sub(r"[\"\[\],]", " ", re.split(r"  +|&|\.$", each)[0]).replace("@PORT@", "8000").replace("$port", "8000").split()
        for each in found
    ]


@pytest.mark.parametrize("path", [p for p in TOLD if calls(p)], ids=lambda p: p.name)
def test_every_command_that_is_told_exists_with_its_options(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A unit, a container or a how-to that calls a command or an option that is not there would fail on somebody's server."""

    def asks(*_words: object, **_more: object) -> None:
        raise click.Abort

    monkeypatch.setattr("click.core.prompt", asks)
    for words in calls(path):
        command: click.Command = main
        context = click.Context(main, info_name="xiangxu")
        rest = list(words)
        while isinstance(command, click.Group):
            inner = command.get_command(context, rest[0])
            assert inner is not None, f"{path.name}: no command {' '.join(words)}"
            command, context = inner, click.Context(inner, parent=context, info_name=rest[0])
            rest = rest[1:]
        try:
            command.make_context(context.info_name, rest, parent=context.parent)
        except click.MissingParameter as problem:
            pytest.fail(f"{path.name}: {' '.join(words)}: {problem}")
        except (click.BadParameter, click.Abort):
            pass  # a folder that is not on this machine; a command that asks for what it needs


def test_something_is_found_to_be_checked() -> None:
    """The search above finds the calls in units, containers and how-tos."""
    assert ["site", "serve", "--port", "8000"] in calls(DEPLOY / "systemd" / "xiangxu.service")
    assert ["site", "prepare"] in calls(DEPLOY / "compose.yaml")
    assert ["site", "serve", "--host", "0.0.0.0", "--port", "8000"] in calls(DEPLOY / "Containerfile")
    assert any(calls(p) for p in HOW_TO)


def test_compose_names_only_what_is_there() -> None:
    """Services wait for services that exist, mount volumes that are declared and files that lie beside the file."""
    told = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
    for name, service in told["services"].items():
        assert set(service.get("depends_on", ())) <= set(told["services"]), name
        for mount in service.get("volumes", ()):
            source = mount.split(":")[0]
            assert source in told["volumes"] or (DEPLOY / source).exists(), f"{name}: {source}"
