"""``site prepare``: everything that has to be in place before the site starts, and again after each upgrade."""

from __future__ import annotations

import sys

import click
from django.conf import settings
from django.core.management import call_command
from django.db import OperationalError

from xiangxu_web.kernel.models import SearchEntry
from xiangxu_web.kernel.operation import databases, health, settings_checks
from xiangxu_web.kernel.operation.archive import BackupProblem
from xiangxu_web.kernel.operation.backup import make_backup
from xiangxu_web.kernel.operation.findings import SETTINGS, findings
from xiangxu_web.kernel.search.declare import rebuild

# Importing the two declares their checks.
__all__ = ["health", "prepare", "settings_checks"]
_SIGNS = {"good": "●", "warning": "▲", "bad": "■", "none": "○"}


@click.command()
@click.option("--no-backup", is_flag=True, help="升级前不自动备份（刚刚另外备份过时用）。")
def prepare(no_backup: bool) -> None:
    """建数据目录、密钥、数据库和页面文件，检查设置。可以反复运行；升级程序后再运行一次，会先自动备份。"""
    home = settings.CONFIGURATION.home
    home.mkdir(parents=True, exist_ok=True)
    click.echo(f"数据目录 {home}")
    try:
        before_upgrade = bool(databases.tables()) and bool(health.pending())
    except OperationalError as problem:
        raise click.ClickException(f"连不上数据库，请检查 DATABASE_URL 和数据库服务：{problem}") from None
    if before_upgrade and not no_backup:
        try:
            saved = make_backup(home / "backups")
        except BackupProblem as problem:
            raise click.ClickException(f"升级前的备份没有成功，数据库未动。{problem}") from None
        click.echo(f"升级前已备份到 {saved.path}")
    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    if not SearchEntry.objects.exists():
        # An installation that is older than the index.
        rebuild()
    call_command("collectstatic", verbosity=0, interactive=False)
    click.echo("数据库和页面文件已就绪")
    found = findings(SETTINGS)
    for each in found:
        click.echo(f"  {_SIGNS[each.state]} {each.title}：{each.words}{each.remedy and f' {each.remedy}'}")
    if any(each.state == "bad" for each in found):
        click.echo("有 ■ 的各项请先处理，再正式启用。", err=True)
        sys.exit(2)
