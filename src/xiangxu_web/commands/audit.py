"""``audit verify`` and ``audit seal``."""

from __future__ import annotations

import sys

import click
from django.utils.translation import gettext as _

from xiangxu_web.kernel.audit.jobs import note_verdict
from xiangxu_web.kernel.audit.seal import head, seal
from xiangxu_web.kernel.audit.verify import verify as verify_chain


@click.group()
def audit() -> None:
    """审计：核验、封存。"""


@audit.command()
@click.option("--from", "start", type=click.IntRange(1), default=1, show_default=True, help="从第几位开始核验。")
def verify(start: int) -> None:
    """逐条重算审计链，并与锚点文件核对。发现改动、缺失、乱序、分叉或截断时逐条列出，退出码为 1。"""
    verdict = verify_chain(start)
    speed = verdict.rows / verdict.seconds if verdict.seconds else 0
    click.echo(
        _(
            "已核验 %(rows)s 条（至第 %(last)s 位），用时 %(seconds).1f 秒，每秒 %(speed)d 条；核对锚点 %(anchors)s 个；待封存 %(unsealed)s 条。"
        )
        % {
            "rows": verdict.rows,
            "last": verdict.last,
            "seconds": verdict.seconds,
            "speed": speed,
            "anchors": verdict.anchors,
            "unsealed": verdict.unsealed,
        }
    )
    if verdict.torn:
        click.echo(_("锚点文件有 %(torn)s 行不完整，已跳过（断电时可能出现）。") % {"torn": verdict.torn})
    note_verdict(verdict)
    if verdict.sound:
        click.echo(_("没有发现改动、缺失或乱序。"))
        return
    for fault in verdict.faults:
        click.echo(fault.words())
    if verdict.more_faults:
        click.echo(_("另有 %(more)s 处未列出。") % {"more": verdict.more_faults})
    sys.exit(1)


@audit.command("seal")
def seal_now() -> None:
    """立即封存尚未入链的审计记录（平时由后台作业每分钟封存一次）。"""
    count = seal()
    click.echo(_("封存 %(count)s 条，链至第 %(position)s 位。") % {"count": count, "position": head().position})
