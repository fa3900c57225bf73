"""The command line. Each command is loaded by its dotted name when it is called, so that `--help` stays quick."""

from __future__ import annotations

import click

from xiangxu.cli.lazy import Lazy

# Command → where it lives, and its line in the help. A list of names, not of imports.
COMMANDS = {
    "demo": ("xiangxu.cli.demo:demo", "演示：读方案，生成对照页 / read plans, write the page"),
    "plan": ("xiangxu.cli.plan:plan", "方案：读入、检查、比较、导出 / read, check, compare and export plans"),
    "pack": ("xiangxu.cli.pack:pack", "政策卡片：检查、解释、结构 / check and explain policy cards"),
    "bulletin": ("xiangxu_web.commands.bulletin:bulletin", "通报：写成 Word 文件 / a plan's bulletin as a Word file"),
    "site": ("xiangxu_web.commands.site:site", "网站：准备、启动、后台作业 / prepare and run the site and its workers"),
    "audit": ("xiangxu_web.commands.audit:audit", "审计：核验、封存 / verify and seal the audit"),
    "backup": ("xiangxu_web.commands.backup:backup", "备份 / back up database and files"),
    "restore": ("xiangxu_web.commands.backup:restore", "恢复 / restore into an empty place"),
    "world": ("xiangxu.cli.world:world", "虚构的县：区划、单位、学校、人员 / the invented county"),
    "explain": ("xiangxu.cli.pack:explain", "一张卡片在一个地方怎样得来 / how a card comes about at a place"),
    "where": ("xiangxu.cli.pack:where", "一个政策用词在哪里 / the home of a policy term"),
}


@click.group(cls=Lazy, elsewhere=COMMANDS, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option("0.1.0", prog_name="xiangxu")
def main() -> None:
    """庠序：从一份下发的方案，到销号的任务和有据可查的目标。"""


if __name__ == "__main__":
    main(prog_name="xiangxu")
