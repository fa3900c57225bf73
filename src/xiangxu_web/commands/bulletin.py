"""``bulletin``: a plan's bulletin as a Word file, without the browser."""

from __future__ import annotations

from pathlib import Path

import click
from django.conf import settings
from django.db.models import Q
from django.db.utils import OperationalError, ProgrammingError

from xiangxu import clock
from xiangxu_web.kernel.files.store import path_of
from xiangxu_web.workspaces.plans.bulletins import composed, word_file
from xiangxu_web.workspaces.plans.models import Bulletin, Plan
from xiangxu_web.workspaces.plans.plan_state import state_of, usual_frame


@click.command()
@click.argument("plan")
@click.option(
    "--out", required=True, type=click.Path(dir_okay=False, path_type=Path), help="写到哪个文件（.docx）/ the Word file to write"
)
@click.option("--number", type=click.IntRange(1), help="取出已印发的第几期 / take out an issued bulletin by its number")
def bulletin(plan: str, out: Path, number: int | None) -> None:
    """通报：按方案当前的进展写出一份（不存档），或用 --number 取出已印发的一期。

    PLAN：方案的编号，或标题里的几个字。
    """
    if not out.parent.is_dir():
        raise click.ClickException(f"没有 {out.parent} 这个文件夹：请先建好它，或把 --out 写到别处。")
    try:
        found = _plan(plan)
    except (OperationalError, ProgrammingError):
        home = settings.CONFIGURATION.home
        raise click.ClickException(
            f"{home} 里的数据库还没有建好，或是旧版本的：请先运行 script/xiangxu site prepare，或用 XIANGXU_HOME 写明网站所在的目录。"
        ) from None
    if number is None:
        frame = usual_frame(found, clock.today())
        _write(out, word_file(composed(found, state_of(found, frame))))
        click.echo(f"已写好第{frame.number}期的初稿：{out}。没有存档；要改句子、印发，请在网站的方案页面点“起草通报”。")
        return
    issued = Bulletin.objects.filter(plan=found, number=number).exclude(issued=None).order_by("-edition").first()
    if issued is None:
        raise click.ClickException(f"“{found}”没有印发过第 {number} 期。不写 --number 可以按当前进展写一份初稿。")
    file = path_of(issued.sha256)
    if not file.exists():
        raise click.ClickException("这一期的文件不在服务器上，可能恢复备份时没有带上文件。请从备份里恢复文件。")
    _write(out, file.read_bytes())
    click.echo(f"已取出第{number}期（印发件，一字不改）：{out}")


def _write(out: Path, content: bytes) -> None:
    try:
        out.write_bytes(content)
    except OSError as problem:
        raise click.ClickException(f"写不了 {out}（{problem.strerror}）：请换一个能写的位置。") from None


def _plan(words: str) -> Plan:
    wanted = Q(pk=int(words)) if words.isdigit() else Q(title__icontains=words) | Q(short_title__icontains=words)
    found = list(Plan.objects.filter(wanted).select_related("area").order_by("pk")[:6])
    if len(found) == 1:
        return found[0]
    known = "、".join(f"{each.pk}（{each}）" for each in (found or Plan.objects.order_by("pk")[:6]))
    if found:
        raise click.ClickException(f"“{words}”对应几个方案，请写编号：{known}。")
    raise click.ClickException(f"没有找到“{words}”这个方案。{f'现有：{known}。' if known else '还没有发布过方案。'}")
