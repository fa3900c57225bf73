"""Commands that are imported only when one of them is called, so that `--help` and everything else stay quick."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import click


class Lazy(click.Group):
    """A group of which some or all commands live elsewhere: name → (dotted name, line of the help)."""

    def __init__(self, *args: Any, elsewhere: dict[str, tuple[str, str]], **settings: Any) -> None:
        super().__init__(*args, **settings)
        self.elsewhere = elsewhere

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The group's own commands, then those elsewhere, in their order."""
        return [*super().list_commands(ctx), *self.elsewhere]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command itself, imported now if it lives elsewhere. Refused in words where the packages that it needs are not there."""
        if cmd_name not in self.elsewhere:
            return super().get_command(ctx, cmd_name)
        module, _, name = self.elsewhere[cmd_name][0].partition(":")
        try:
            command = getattr(import_module(module), name)
        except ModuleNotFoundError as missing:
            if (missing.name or "").startswith("xiangxu"):
                raise
            words = f"“{cmd_name}”还缺 Python 包 {missing.name}：请用 script/xiangxu {cmd_name} 运行，它会先装好需要的包。"
            raise click.ClickException(words) from None
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The help's list; what lives elsewhere is told without importing it."""
        own = [(name, command.get_short_help_str(60)) for name, command in sorted(self.commands.items())]
        with formatter.section("Commands"):
            formatter.write_dl([*own, *((name, line) for name, (_, line) in self.elsewhere.items())])
