"""Backup and restore: what comes back is what was there, and nothing else is ever touched."""

from __future__ import annotations

import dataclasses
import json
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.web.operation.site import ROOT, Site, Sites
from xiangxu_web.kernel.audit.anchors import FILE
from xiangxu_web.kernel.operation.archive import BackupProblem, Manifest, unpack, verified, write_manifest

# Every row of every table as a hash by table; sign-ins, cache and the trace of the backup itself apart.
_ROWS = """
import hashlib, json
from django.apps import apps
from xiangxu_web.models import AuditRow
out = {}
for model in apps.get_models(include_auto_created=True):
    if model._meta.managed and model._meta.model_name != "session":
        found = model.objects.exclude(verb__startswith="backup.") if model is AuditRow else model._base_manager.all()
        rows = sorted(repr(row) for row in found.values_list())
        out[model._meta.label] = [len(rows), hashlib.sha256("".join(rows).encode()).hexdigest()]
print(json.dumps(out))
"""
_WRITES = """
import itertools
from django.db import transaction
from xiangxu import clock
from xiangxu_web.kernel.files.store import store
from xiangxu_web.kernel.models import Attachment
for n in itertools.count():
    with transaction.atomic():
        blob = store(f"写入中 {n}".encode(), f"w{n}.txt")
        for half in ("左", "右"):
            Attachment.objects.create(blob=blob, name=f"{half}{n}.txt", table="pair", row_key=str(n), made=clock.now())
    if n == 20:
        print("going", flush=True)
"""
_PAIRS = """
import collections
from xiangxu_web.models import Attachment, Blob
from xiangxu_web.kernel.files.store import path_of
pairs = collections.Counter(Attachment.objects.filter(table="pair").values_list("row_key", flat=True))
print(len(pairs), set(pairs.values()), all(path_of(b.sha256).stat().st_size == b.size for b in Blob.objects.all()))
"""
_SEAL = "from xiangxu_web.kernel.audit.seal import seal\nseal()"
# What only the database's owner can do: the guards off, the last sealed rows gone.
_CUT = """
from django.db import connection
from xiangxu_web.kernel.audit.triggers import GUARDS
from xiangxu_web.models import AuditRow
GUARDS.take_away(connection)
last = AuditRow.objects.exclude(position=None).order_by("-position").first().position
AuditRow.objects.filter(position__gt=last - 3).delete()
"""


def rows(site: Site) -> dict[str, list[object]]:
    """Count and hash of each table."""
    return json.loads(site.python(_ROWS))  # type: ignore[no-any-return]


def files(site: Site) -> dict[str, bytes]:
    """All bytes by name."""
    return {p.name: p.read_bytes() for p in (site.home / "files").glob("??/??/*")}


@pytest.fixture(scope="session")
def first(filled: Site, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup in a folder. Not to be changed."""
    place = tmp_path_factory.mktemp("saved")
    filled.python(_SEAL)
    assert "12 个附件" in filled.run("backup", str(place))
    (folder,) = place.iterdir()
    return folder


@pytest.fixture
def saved(first: Path, tmp_path: Path) -> Path:
    """A copy of it for this test."""
    return Path(shutil.copytree(first, tmp_path / "saved"))


def test_restore_into_an_empty_place_gives_equal_rows_and_files(filled: Site, first: Path, sites: Sites) -> None:
    """Every table has the same rows, every file the same bytes; the secret stays behind; the copy runs."""
    other = sites.empty()
    said = other.run("restore", str(first))
    assert "全部校验无误" in said
    assert "请把原来的 secret 文件放回" in said
    assert rows(other) == rows(filled)
    assert files(other) == files(filled)
    assert len(files(other)) == 12
    assert (other.home / "secret").read_text() != (filled.home / "secret").read_text()


def test_the_audit_can_be_verified_after_a_restore(filled: Site, first: Path, sites: Sites) -> None:
    """The anchors come along: the whole chain is good, and a tail that somebody cuts off afterwards is found, for all its good digests."""
    other = sites.empty()
    other.home.mkdir()
    (other.home / FILE).write_text('{"position":999999,"digest":"of a database that is no more","at":"2026-01-01T00:00:00Z"}\n')
    other.run("restore", str(first))
    assert (other.home / FILE).read_bytes() == (filled.home / FILE).read_bytes()
    assert len(list(other.home.glob(f"{FILE}.*"))) == 1
    other.run("audit", "verify")
    other.python(_CUT)
    assert "截断" in other.run("audit", "verify", ok=False)


@pytest.mark.slow
def test_a_backup_while_others_write_is_of_one_moment(site: Site, sites: Sites, tmp_path: Path) -> None:
    """While a writer commits pairs with a file each, the backup holds whole pairs only, and the bytes of every row."""
    whole = "import xiangxu_web.commands\n" + _WRITES
    with subprocess.Popen(
        [sys.executable, "-c", whole], env=site.environment, stdout=subprocess.PIPE, text=True, cwd=ROOT
    ) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline().strip() == "going"
        site.run("backup", str(tmp_path / "one.tar.gz"))
        assert writer.poll() is None
        writer.kill()
    other = sites.empty()
    other.run("restore", str(tmp_path / "one.tar.gz"))
    count, sizes, there = other.python(_PAIRS).split()
    assert int(count) > 20
    assert (sizes, there) == ("{2}", "True")


def _flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.chmod(0o600)
    path.unlink()
    path.write_bytes(content)


DAMAGES: dict[str, Callable[[Path], None]] = {
    "database": lambda folder: _flip(next(folder.glob("database.*"))),
    "files/": lambda folder: _flip(next(folder.glob("files/*/*/*"))),
    "files/…": lambda folder: next(folder.glob("files/*/*/*")).unlink(),
    "manifest.json": lambda folder: _flip(folder / "manifest.json"),
    "audit-anchors.jsonl": lambda folder: (folder / FILE).unlink(),
    "找不到或读不懂": lambda folder: (folder / "manifest.sha256").unlink(),
}


@pytest.mark.parametrize("what", DAMAGES)
def test_every_damage_is_found_and_named(saved: Path, what: str) -> None:
    """One bit in the database, in a file or in the manifest, a file or a hash that is gone."""
    verified(saved)
    DAMAGES[what](saved)
    with pytest.raises(BackupProblem, match=what):
        verified(saved)


def test_of_a_damaged_backup_nothing_is_restored(saved: Path, sites: Sites) -> None:
    """The last of its files is damaged: said in words, and the place stays as empty as it was."""
    _flip(max(saved.glob("files/*/*/*")))
    other = sites.empty()
    said = other.run("restore", str(saved), ok=False)
    assert "没有恢复任何内容" in said
    assert "Traceback" not in said
    assert not files(other)
    assert other.python("from xiangxu_web.kernel.operation.databases import tables; print(tables())").strip() == "[]"


@pytest.mark.parametrize("how", ["cut", "flipped"])
def test_a_damaged_archive_is_refused(saved: Path, tmp_path: Path, how: str) -> None:
    """An archive that was cut off, or has a wrong byte inside."""
    archive = tmp_path / "one.tar.gz"
    with tarfile.open(archive, "w:gz") as tar:
        tar.add(saved, ".")
    content = bytearray(archive.read_bytes())
    if how == "cut":
        content = content[: len(content) // 2]
    else:
        content[len(content) // 2] ^= 255
    archive.write_bytes(content)
    (tmp_path / "out").mkdir()

    def opened() -> Manifest:
        unpack(archive, tmp_path / "out")
        return verified(tmp_path / "out")

    with pytest.raises(BackupProblem, match=r"损坏|读不懂"):
        opened()


def test_nothing_is_restored_over_somebody_s_work(first: Path, filled: Site, sites: Sites) -> None:
    """A database with tables, or a folder with files, is refused and stays as it was."""
    before = rows(filled)
    assert "不是空的" in filled.run("restore", str(first), ok=False)
    assert rows(filled) == before
    other = sites.empty()
    shutil.copytree(filled.home / "files", other.home / "files")
    assert "里已有文件" in other.run("restore", str(first), ok=False)
    assert files(other) == files(filled)


def test_what_does_not_fit_is_refused(saved: Path, sites: Sites) -> None:
    """A backup of a newer version is refused by the command; one of another kind of database or another format likewise."""
    manifest = Manifest(**json.loads((saved / "manifest.json").read_text()))
    write_manifest(saved, dataclasses.replace(manifest, migrations=[*manifest.migrations, ["xiangxu_web", "9999_future"]]))
    assert "9999_future。请先升级程序" in sites.empty().run("restore", str(saved), ok=False)
    other_kind = "sqlite" if manifest.database == "postgresql" else "postgresql"
    write_manifest(saved, dataclasses.replace(manifest, database=other_kind))
    assert "不能互相恢复" in sites.empty().run("restore", str(saved), ok=False)
    write_manifest(saved, dataclasses.replace(manifest, format=7))
    with pytest.raises(BackupProblem, match="备份的格式是 7"):
        verified(saved)


def test_the_secret_goes_along_only_when_asked(filled: Site, sites: Sites, tmp_path: Path) -> None:
    """With --with-secret the restored place has the same secret, readable by nobody else; so is the archive. Never written over another."""
    archive = tmp_path / "one.tar.gz"
    filled.run("backup", str(archive), "--with-secret")
    assert archive.stat().st_mode & 0o077 == 0
    other = sites.empty()
    other.run("restore", str(archive))
    assert (other.home / "secret").read_text() == (filled.home / "secret").read_text()
    assert (other.home / "secret").stat().st_mode & 0o077 == 0
    assert files(other) == files(filled)
    assert "已经存在" in filled.run("backup", str(archive), ok=False)
    assert "不能放进附件目录" in filled.run("backup", str(filled.home / "files" / "x"), ok=False)
    assert [p.name for p in tmp_path.iterdir()] == ["one.tar.gz"]


def test_lost_files_do_not_hinder_the_rest(site: Site, sites: Sites, tmp_path: Path) -> None:
    """A file that is gone or was changed on the disk is told, the exit code says so, and everything else is saved."""
    one, two = sorted((site.home / "files").glob("??/??/*"))[:2]
    one.unlink()
    _flip(two)
    said = site.run("backup", str(tmp_path / "saved"), ok=False)
    assert "有 2 个附件已丢失或损坏" in said
    other = sites.empty()
    assert "已有 2 个附件丢失" in other.run("restore", str(next((tmp_path / "saved").iterdir())))
    assert len(files(other)) == 10


def test_backups_on_the_same_disk_share_their_files(filled: Site, first: Path) -> None:
    """Files are linked, so that daily backups cost little."""
    linked = next(first.glob("files/*/*/*"))
    assert linked.samefile(next((filled.home / "files").glob(f"*/*/{linked.name}")))
