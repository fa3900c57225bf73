"""The site's commands; each lives in a file of its own."""

from __future__ import annotations

import click

from xiangxu.cli.lazy import Lazy

COMMANDS = {
    "prepare": ("xiangxu_web.commands.site_prepare:prepare", "准备：建库、生成密钥 / make the database and the secret"),
    "begin": ("xiangxu_web.commands.site_begin:begin_site", "建第一个县和管理员 / the first county and its administrators"),
    "serve": ("xiangxu_web.commands.site_serve:serve", "启动网站 / serve the site"),
    "demo": ("xiangxu_web.commands.site_demo:demo", "演示：虚构的县 / the invented county, to look round"),
    "worker": ("xiangxu_web.commands.site_worker:worker", "后台作业 / do the jobs"),
}


@click.group(cls=Lazy, elsewhere=COMMANDS)
def site() -> None:
    """网站：准备、启动、后台作业。"""
