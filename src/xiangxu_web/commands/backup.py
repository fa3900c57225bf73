"""``backup`` and ``restore``."""

from __future__ import annotations

from pathlib import Path

import click

from xiangxu_web.kernel.operation.archive import BackupProblem
from xiangxu_web.kernel.operation.backup import make_backup
from xiangxu_web.kernel.operation.restore import restore as bring_back

_MEGABYTE = 1024 * 1024


@click.command()
@click.argument("target", type=click.Path(path_type=Path))
@click.option("--with-secret", is_flag=True, help="连同密钥一起备份；这样的备份须像密码一样保管。")
def backup(target: Path, with_secret: bool) -> None:
    """备份数据库和全部附件，网站不用停。TARGET 以 .tar.gz 结尾时生成一个文件，否则在该目录下新建一个带日期的目录。"""
    try:
        made = make_backup(target, with_secret=with_secret)
    except BackupProblem as problem:
        raise click.ClickException(str(problem)) from None
    click.echo(f"已备份到 {made.path}：{made.rows} 行数据，{made.files} 个附件，{made.size / _MEGABYTE:.1f} MB。")
    if not with_secret:
        click.echo("备份里没有密钥。请另外妥善保存数据目录中的 secret 文件，恢复时放回。")
    if made.missing:
        raise click.ClickException(
            f"有 {len(made.missing)} 个附件已丢失或损坏，没有备份到（{made.missing[0][:12]} 等）。请从以前的备份中找回。"
        )


@click.command()
@click.argument("source", type=click.Path(path_type=Path, exists=True))
def restore(source: Path) -> None:
    """把备份恢复到空的地方（XIANGXU_HOME 指定的新目录；PostgreSQL 用新建的空库）。先核对每个文件的校验值，再恢复。"""
    try:
        told = bring_back(source)
    except BackupProblem as problem:
        raise click.ClickException(str(problem)) from None
    click.echo(f"已恢复 {told.made} 的备份：{sum(told.rows.values())} 行数据，{len(told.files)} 个附件，全部校验无误。")
    if not told.secret:
        click.echo("备份里没有密钥：请把原来的 secret 文件放回数据目录，否则已登录的人须重新登录，两步验证须重新绑定。")
    if told.missing:
        click.echo(f"注意：备份时已有 {len(told.missing)} 个附件丢失，这里也没有。")
