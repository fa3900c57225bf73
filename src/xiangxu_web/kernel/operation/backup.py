"""Saves an installation while it works: the database first, the files second.

In this order nothing can be missing: bytes are on the disk before the row that names them, so every file that the copy of the database
names is there when the files are taken. The sweep waits meanwhile.
"""

from __future__ import annotations

import os
import shutil
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from xiangxu import clock
from xiangxu_web.kernel.audit.anchors import FILE, anchor_file
from xiangxu_web.kernel.audit.record import action
from xiangxu_web.kernel.files.store import lock, path_of, sync_folder
from xiangxu_web.kernel.operation import databases
from xiangxu_web.kernel.operation.archive import BackupProblem, Manifest, hash_of, is_archive, place_in, write_manifest
from xiangxu_web.kernel.operation.version import VERSION


@dataclass(frozen=True)
class Saved:
    """A backup that was made. ``missing``: files that were damaged or gone before, so that they are not in it."""

    path: Path
    rows: int
    files: int
    size: int
    missing: tuple[str, ...]


def make_backup(target: Path, *, with_secret: bool = False) -> Saved:
    """Saves database and files: into one archive where ``target`` ends with ``.tar.gz``, else into a new dated folder below it.

    In a folder on the same disk files are linked, not copied. The secret goes along only ``with_secret``: whoever holds backup and
    secret could forge sign-ins. Refused: a target that exists; one inside the folder that is being saved.
    """
    target = target.absolute()
    moment = clock.ticking().astimezone(clock.SHANGHAI)
    place = target if is_archive(target) else target / f"xiangxu-{moment:%Y%m%d-%H%M%S}"
    if place.exists():
        raise BackupProblem(_("%(path)s 已经存在，没有覆盖。请换一个名字。") % {"path": place})
    if place.is_relative_to(Path(settings.CONFIGURATION.files).absolute()):
        raise BackupProblem(_("备份不能放进附件目录 %(path)s。请放到别的磁盘或机器上。") % {"path": settings.CONFIGURATION.files})
    place.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=place.parent, prefix=".xiangxu-") as private, lock(exclusive=False):
        folder = Path(private) / "backup"
        folder.mkdir(mode=0o700)
        # The anchors before the rows: an anchor must never speak of a row that the backup does not hold.
        if anchor_file().exists():
            shutil.copyfile(anchor_file(), folder / FILE)
        database = folder / databases.FILE_NAMES[databases.kind()]
        copied = databases.copy_out(database)
        missing = tuple(s for s, size in copied.files.items() if not _sound(s, size))
        files = {sha256: size for sha256, size in copied.files.items() if sha256 not in missing}
        if with_secret:
            (folder / "secret").write_text(settings.SECRET_KEY)
            (folder / "secret").chmod(0o600)
        manifest = Manifest(
            made=moment.isoformat(timespec="seconds"),
            program=VERSION,
            database=databases.kind(),
            database_version=copied.version,
            database_file=database.name,
            database_sha256=hash_of(database),
            migrations=copied.migrations,
            rows=copied.rows,
            files=files,
            missing=list(missing),
            secret=with_secret,
            anchors=hash_of(folder / FILE) if (folder / FILE).exists() else "",
        )
        write_manifest(folder, manifest)
        if is_archive(place):
            finished = Path(private) / "archive"
            _pack(folder, finished, files)
        else:
            finished = folder
            for sha256 in files:
                _link(path_of(sha256), place_in(folder, sha256))
        finished.rename(place)
        sync_folder(place.parent)
    size = place.stat().st_size if is_archive(place) else sum(files.values()) + (place / database.name).stat().st_size
    with action(None, "backup.make") as record:
        record.noted(None, files=len(files), missing=len(missing), bytes=size, secret=with_secret)
    return Saved(place, sum(copied.rows.values()), len(files), size, missing)


def _sound(sha256: str, size: int) -> bool:
    path = path_of(sha256)
    return path.is_file() and path.stat().st_size == size and hash_of(path) == sha256


def _link(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)


def _pack(folder: Path, archive: Path, files: dict[str, int]) -> None:
    with archive.open("wb") as raw:
        os.chmod(raw.fileno(), 0o600)
        with tarfile.open(fileobj=raw, mode="w:gz", compresslevel=6) as tar:
            # The manifest first, so that whoever looks into the archive meets it at once.
            for path in sorted(folder.iterdir(), key=lambda p: (not p.name.startswith("manifest"), p.name)):
                tar.add(path, path.name)
            for sha256 in files:
                tar.add(path_of(sha256), str(place_in(Path(), sha256)))
        raw.flush()
        os.fsync(raw.fileno())
