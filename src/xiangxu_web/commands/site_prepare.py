"""``site prepare``: everything that has to be in place before the site starts, and again after each upgrade."""

from __future__ import annotations

import sys

import click
from django.conf import settings
from django.core.management import call_command
from django.db import OperationalError, connection

from xiangxu_web.kernel.audit.record import action
from xiangxu_web.kernel.audit.triggers import GUARDS
from xiangxu_web.kernel.models import SearchEntry
from xiangxu_web.kernel.operation import databases, health, settings_checks
from xiangxu_web.kernel.operation.archive import BackupProblem
from xiangxu_web.kernel.operation.backup import make_backup
from xiangxu_web.kernel.operation.findings import SETTINGS, findings
from xiangxu_web.kernel.search.declare import rebuild
from xiangxu_web.workspaces.accounts.api import Person

# Importing the two declares their checks.
__all__ = ["health", "prepare", "settings_checks"]


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
    if not GUARDS.in_place(connection):
        # Put back, and written down: that they were gone is a matter for the audit administrator.
        with action(None, "audit.guard") as record:
            GUARDS.put(connection)
            record.noted(None)
        click.echo("▲ 防止修改、删除审计记录的触发器不见了，已放回。请审计管理员查明是谁去掉的，并核验审计链。")
    if not SearchEntry.objects.exists():
        # An installation that is older than the index.
        rebuild()
    call_command("collectstatic", verbosity=0, interactive=False)
    click.echo("数据库和页面文件已就绪")
    found = findings(SETTINGS)
    for each in found:
        click.echo(f"  {each.line}")
    if not Person.objects.exists():
        click.echo("还没有人能登录。下一步：运行 xiangxu site begin，建第一个县和三位管理员，打印他们的登录码。")
        click.echo("Nobody can sign in yet. Next: xiangxu site begin makes the first county and its three administrators.")
    if any(each.state == "bad" for each in found):
        click.echo("有 ■ 的各项请先处理，再正式启用。", err=True)
        sys.exit(2)
