"""The command line. Each command is loaded by its dotted name when it is called, so that `--help` stays quick."""

from __future__ import annotations

from importlib import import_module

import click

# Command → where it lives, and its line in the help. A list of names, not of imports.
COMMANDS: dict[str, tuple[str, str]] = {
    "demo": ("xiangxu.cli.demo:demo", "演示：读方案，生成对照页 / read plans, write the page"),
    "plan": ("xiangxu.cli.plan:plan", "读方案：从文件到提纲、任务、目标 / read an issued plan"),
    "pack": ("xiangxu.cli.pack:pack", "政策卡片：检查、解释、结构 / check and explain policy cards"),
    "where": ("xiangxu.cli.pack:where", "一个政策用词在哪里 / the home of a policy term"),
}


class Lazy(click.Group):
    """A group whose commands are imported only when one of them is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, in the order of `COMMANDS`."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command itself, imported now."""
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name][0].partition(":")
        command = getattr(import_module(module), name)
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The help's list, from `COMMANDS` alone."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])


@click.group(cls=Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option("0.1.0", prog_name="xiangxu")
def main() -> None:
    """庠序：从一份下发的方案，到销号的任务和有据可查的目标。"""


if __name__ == "__main__":
    main(prog_name="xiangxu")
