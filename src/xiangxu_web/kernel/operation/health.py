"""How the running site stands: database, disk, files, workers, backup, audit."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import cache

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.utils.translation import gettext as _

from xiangxu import clock
from xiangxu_web.kernel.audit.triggers import GUARDS
from xiangxu_web.kernel.audit.verify import Fault, Flaw
from xiangxu_web.kernel.files.sweep import missing
from xiangxu_web.kernel.jobs.alive import last_sign, workers_alive
from xiangxu_web.kernel.models import AuditRow
from xiangxu_web.kernel.operation.findings import RUNNING, Finding, looks_at
from xiangxu_web.kernel.operation.version import VERSION

LEAST_POSTGRESQL = 150000
_GIGABYTE = 1024**3
# Below these shares of the disk: soon, and now.
_LITTLE, _TOO_LITTLE = 0.15, 0.05
_BACKUP_DUE, _BACKUP_LATE = timedelta(days=2), timedelta(days=7)
_AUDIT_DUE = timedelta(days=8)
_SAMPLE = 200


def _minute(at: datetime) -> str:
    return f"{at.astimezone(clock.SHANGHAI):%Y-%m-%d %H:%M}"


@cache
def _known_migrations() -> frozenset[tuple[str, str]]:
    return frozenset(MigrationLoader(None).graph.leaf_nodes())


def pending() -> list[str]:
    """Migrations that the program has and the database has not: the last of each part."""
    return sorted(f"{app}.{name}" for app, name in _known_migrations() - set(MigrationRecorder(connection).applied_migrations()))


def ready() -> bool:
    """Whether requests can be answered: the database answers and is of this version."""
    try:
        return not pending()
    except DatabaseError:
        return False


@looks_at(RUNNING)
def database() -> Iterator[Finding]:
    """Kind and version of the database; whether it is of this version of the program."""
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version_num" if connection.vendor == "postgresql" else "SELECT sqlite_version()")
        version = str(cursor.fetchone()[0])
    if connection.vendor == "postgresql" and int(version) < LEAST_POSTGRESQL:
        yield Finding(
            _("数据库"),
            "bad",
            _("PostgreSQL 版本太旧（%(version)s）。") % {"version": version},
            _("先备份，再升级到 PostgreSQL 15 或更新的版本。"),
        )
    else:
        yield Finding(_("数据库"), "good", f"{connection.display_name} {version}")
    waiting = pending()
    if waiting:
        yield Finding(
            _("数据库结构"),
            "bad",
            _("数据库还是旧版本的结构，缺 %(names)s。") % {"names": "、".join(waiting)},
            _("停下网站，运行 script/xiangxu site prepare（会先自动备份），再启动。"),
        )
    else:
        yield Finding(_("数据库结构"), "good", _("与程序版本 %(version)s 一致。") % {"version": VERSION})


@looks_at(RUNNING)
def disk() -> Iterator[Finding]:
    """Free space where the files and the database lie."""
    usage = shutil.disk_usage(settings.CONFIGURATION.home)
    share = usage.free / usage.total
    state = "good" if share > _LITTLE else "warning" if share > _TOO_LITTLE else "bad"
    yield Finding(
        _("磁盘空间"),
        state,
        _("剩余 %(free).1f GB（%(share).0f%%）。") % {"free": usage.free / _GIGABYTE, "share": 100 * share},
        "" if state == "good" else _("清理旧备份或扩大磁盘；空间用尽后填报将无法保存。"),
    )


@looks_at(RUNNING)
def files() -> Iterator[Finding]:
    """A sample of files: whether the bytes are there."""
    gone = missing(_SAMPLE)
    if gone:
        yield Finding(
            _("附件"),
            "bad",
            _("抽查发现 %(count)s 个附件不在磁盘上，例如 %(name)s。") % {"count": len(gone), "name": gone[0][:12]},
            _("检查磁盘；从最近的备份中把 files 目录里缺少的文件复制回来。"),
        )
    else:
        yield Finding(_("附件"), "good", _("抽查的附件都在。"))


@looks_at(RUNNING)
def workers() -> Iterator[Finding]:
    """Whether jobs are being done."""
    alive = workers_alive()
    if alive:
        yield Finding(_("后台进程"), "good", _("%(count)s 个在运行。") % {"count": alive})
        return
    last = last_sign()
    yield Finding(
        _("后台进程"),
        "bad",
        _("没有在运行，最后一次是 %(at)s。") % {"at": _minute(last)} if last else _("没有在运行。"),
        _("用 script/xiangxu site serve 启动网站（会一并启动），或单独运行 script/xiangxu site worker。"),
    )


@looks_at(RUNNING)
def backup() -> Iterator[Finding]:
    """How old the last backup is."""
    last = AuditRow.objects.filter(verb="backup.make").order_by("-at").values_list("at", flat=True).first()
    remedy = _("运行 script/xiangxu backup 目标目录，用系统的定时功能每天执行；副本放到另一台机器上。")
    if last is None:
        yield Finding(_("备份"), "bad", _("还没有备份过。"), remedy)
        return
    age = clock.now() - last
    state = "good" if age < _BACKUP_DUE else "warning" if age < _BACKUP_LATE else "bad"
    words = _("最近一次是 %(at)s。") % {"at": _minute(last)}
    yield Finding(_("备份"), state, words, "" if state == "good" else remedy)


@looks_at(RUNNING)
def audit() -> Iterator[Finding]:
    """When the chain of the audit was last verified, what was found, and whether its guards stand now."""
    if not GUARDS.in_place(connection):
        yield Finding(_("审计防护"), "bad", Fault(Flaw.UNGUARDED, 0).words())
    told = AuditRow.objects.filter(verb="audit.verify").order_by("-at").values_list("at", "facts").first()
    last, faults = (told[0], int(told[1].get("faults", 0))) if told else (None, 0)
    if last is not None and faults:
        words = _("%(at)s 核验发现 %(faults)s 处改动、缺失或乱序。") % {"at": _minute(last), "faults": faults}
        remedy = _("先保全现场：不要重启或清理，复制数据库和锚点文件；请审计管理员在“审计”页逐处查明。")
        yield Finding(_("审计核验"), "bad", words, remedy)
        return
    fresh = last is not None and clock.now() - last < _AUDIT_DUE
    yield Finding(
        _("审计核验"),
        "good" if fresh else "warning",
        _("最近一次是 %(at)s。") % {"at": _minute(last)} if last else _("还没有核验过。"),
        "" if fresh else _("请审计管理员在“审计”页核验，或运行 script/xiangxu audit verify。"),
    )
