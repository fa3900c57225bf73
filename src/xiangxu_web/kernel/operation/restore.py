"""Brings a backup back, into an empty place only: nobody's work is ever overwritten."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.utils.translation import gettext as _

from xiangxu import clock
from xiangxu_web.configuration import write_secret
from xiangxu_web.kernel.audit.anchors import FILE, anchor_file
from xiangxu_web.kernel.audit.record import action
from xiangxu_web.kernel.operation import databases
from xiangxu_web.kernel.operation.archive import BackupProblem, Manifest, is_archive, unpack, verified


def restore(source: Path) -> Manifest:
    """Checks every byte of the backup, puts files and rows in place, then brings the database forward to this version.

    Refused: a place that is not empty; a damaged backup; a backup of another kind of database; one of a newer version. Up to the moment
    when all is checked nothing is touched.
    """
    home: Path = settings.CONFIGURATION.home
    _must_be_empty()
    home.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=home, prefix="restoring-") as private:
        folder = source
        if is_archive(source) or source.is_file():
            folder = Path(private) / "backup"
            unpack(source, folder)
        manifest = verified(folder)
        _must_fit(manifest)
        incoming = Path(private) / "files"
        if (folder / "files").is_dir():
            shutil.copytree(folder / "files", incoming)
        else:
            incoming.mkdir()
        # Files before rows, as when they were handed in.
        shutil.rmtree(settings.CONFIGURATION.files, ignore_errors=True)
        incoming.rename(settings.CONFIGURATION.files)
        databases.copy_in(folder / manifest.database_file)
        _put_anchors(folder / FILE)
        if manifest.secret:
            write_secret(home, (folder / "secret").read_text().strip())
    found = databases.count_rows()
    differing = sorted(table for table, count in manifest.rows.items() if found.get(table) != count)
    if differing:
        raise BackupProblem(_("恢复后的行数与清单不符：%(tables)s。请不要使用这份恢复结果。") % {"tables": "、".join(differing)})
    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    with action(None, "backup.restore") as record:
        record.noted(None, made=manifest.made, program=manifest.program, files=len(manifest.files))
    return manifest


def _put_anchors(saved: Path) -> None:
    """The anchors that belong to the rows. Those of rows that are no more are kept beside them, under the hour of the restore."""
    there = anchor_file()
    if there.exists():
        there.rename(there.with_name(f"{FILE}.{clock.ticking().astimezone(clock.SHANGHAI):%Y%m%d-%H%M%S}"))
    if saved.exists():
        shutil.copyfile(saved, there)


def _must_be_empty() -> None:
    there = databases.tables()
    if there:
        raise BackupProblem(
            _(
                "这里的数据库不是空的（有 %(count)s 张表），没有恢复，原有数据未动。"
                "请用 XIANGXU_HOME 指向一个新目录（PostgreSQL 请新建一个空库），再恢复。"
            )
            % {"count": len(there)}
        )
    if any(Path(settings.CONFIGURATION.files).glob("[0-9a-f][0-9a-f]/*/*")):
        raise BackupProblem(
            _("附件目录 %(path)s 里已有文件，没有恢复，原有文件未动。请用 XIANGXU_HOME 指向一个新目录，再恢复。")
            % {"path": settings.CONFIGURATION.files}
        )


def _must_fit(manifest: Manifest) -> None:
    if manifest.database != databases.kind():
        raise BackupProblem(
            _("备份来自 %(theirs)s，这里的数据库是 %(ours)s，不能互相恢复。请检查 DATABASE_URL。")
            % {"theirs": manifest.database, "ours": connection.display_name}
        )
    known = set(MigrationLoader(None).disk_migrations)
    unknown = [name for app, name in manifest.migrations if (app, name) not in known]
    if unknown:
        raise BackupProblem(
            _("备份由更新的版本（%(version)s）生成，本程序不认识其中的 %(names)s。请先升级程序，再恢复。")
            % {"version": manifest.program, "names": "、".join(unknown[:3])}
        )
