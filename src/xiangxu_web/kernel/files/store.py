"""Writes the bytes of a file to disk, synced, under their SHA-256, and only then the row that names them.

A crash at any point leaves either nothing or bytes without a row, which ``sweep`` removes a day later; never a row without its bytes.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.files.base import File
from django.utils.translation import gettext as _

from xiangxu import clock
from xiangxu_web.kernel.files.kinds import BY_MEDIA_TYPE, KINDS, FileRefused, Kind, kind_of
from xiangxu_web.kernel.files.pictures import Taken, cleaned, thumbnail
from xiangxu_web.kernel.models import Blob

Source = File | bytes | Path  # type: ignore[type-arg]
_PIECE = 1024 * 1024
MEGABYTE = 1024 * 1024


def root() -> Path:
    """The folder of all files, made where it is missing."""
    folder = Path(settings.CONFIGURATION.files)
    (folder / "incoming").mkdir(parents=True, exist_ok=True)
    return folder


def path_of(sha256: str) -> Path:
    """Where the bytes of this hash lie."""
    return Path(settings.CONFIGURATION.files) / sha256[:2] / sha256[2:4] / sha256


def upload_limit() -> int:
    """The most bytes that one file may have."""
    return int(settings.CONFIGURATION.upload_megabytes) * MEGABYTE


def store(source: Source, name: str = "", *, limit: int | None = None, kinds: tuple[Kind, ...] = KINDS) -> Blob:
    """Takes a file in: an upload, bytes, or a file on this machine. The same bytes twice are kept once.

    Pictures are written anew without what the camera noted. Refused (``FileRefused``, in words): empty, larger than ``limit`` (usually
    the installation's), of a kind that is not in ``kinds``, or with a content that is not what its ending says.
    To be called before the action that attaches the file: on SQLite an action holds the database's one lock for writing.
    """
    return _taken_in(source, name, limit, kinds)[0]


def store_picture(source: Source, name: str = "", *, limit: int | None = None, keep_place: bool = False) -> tuple[Blob, Taken]:
    """Takes a picture in; with ``keep_place`` the place and time that the camera noted come back as data. The file never holds them."""
    blob, taken = _taken_in(source, name, limit, tuple(kind for kind in KINDS if kind.picture))
    return blob, taken if keep_place else Taken()


def _taken_in(source: Source, name: str, limit: int | None, kinds: tuple[Kind, ...]) -> tuple[Blob, Taken]:
    name = plain_name(name or getattr(source, "name", "") or "")
    limit = upload_limit() if limit is None else limit
    folder = root() / "incoming"
    with tempfile.TemporaryDirectory(dir=folder, ignore_cleanup_errors=True) as private:
        incoming = Path(private) / "bytes"
        sha256, size = _written(_pieces(source), incoming, name, limit)
        kind, taken = kind_of(incoming, name, kinds), Taken()
        if kind.picture:
            picture = cleaned(incoming, name, kind)
            kind, taken = picture.kind, picture.taken
            sha256, size = _written([picture.content], incoming, name, max(limit, len(picture.content)))
        _placed(incoming, sha256)
    now = clock.ticking()
    # A row that is there already is made fresh, so that the sweep leaves it alone until it is attached.
    if not Blob.objects.filter(pk=sha256).update(stored=now):
        Blob.objects.get_or_create(sha256=sha256, defaults={"size": size, "media_type": kind.media_type, "stored": now})
    return Blob.objects.get(pk=sha256), taken


def plain_name(name: str) -> str:
    """The file's name without folders and without marks that a system or a browser might stumble over, at most 200 characters."""
    name = "".join(c for c in name.replace("\\", "/").rsplit("/", 1)[-1] if c.isprintable() and c not in '<>:"|?*')
    stem, ending = os.path.splitext(name.strip(" ."))
    return (stem[: 200 - len(ending)] + ending) if len(ending) <= 10 else name[:200]


def too_large(name: str, size: int, limit: int) -> str:
    """The words for a file that is too large."""
    return _(
        "文件“%(name)s”有 %(size).1f MB，超过上限 %(limit)s MB，没有上传。请压缩图片、拆分文件，或联系系统管理员调高上限。"
    ) % {
        "name": name,
        # Rounded up, so that the sentence never says "50.0 MB exceeds 50 MB".
        "size": -(-size * 10 // MEGABYTE) / 10,
        "limit": f"{limit / MEGABYTE:g}",
    }


def _pieces(source: Source) -> Iterator[bytes]:
    if isinstance(source, bytes):
        yield source
    elif isinstance(source, Path):
        with source.open("rb") as opened:
            while piece := opened.read(_PIECE):
                yield piece
    else:
        yield from source.chunks(_PIECE)


def _written(pieces: Iterable[bytes], target: Path, name: str, limit: int) -> tuple[str, int]:
    """Writes and syncs; gives hash and size. Stops at the limit, whatever the browser had announced."""
    digest, size = hashlib.sha256(), 0
    with target.open("wb") as file:
        for piece in pieces:
            size += len(piece)
            if size > limit:
                raise FileRefused(too_large(name, size, limit))
            digest.update(piece)
            file.write(piece)
        file.flush()
        os.fsync(file.fileno())
    return digest.hexdigest(), size


def _placed(incoming: Path, sha256: str) -> None:
    """Moves the bytes to their place, or marks those that lie there as fresh, so that no sweep takes them from under the new row."""
    target = path_of(sha256)
    with lock(exclusive=False):
        if target.exists():
            os.utime(target)
            return
        for folder in (target.parent.parent, target.parent):
            if not folder.exists():
                folder.mkdir(exist_ok=True)
                sync_folder(folder.parent)
        incoming.chmod(0o440)
        incoming.rename(target)
        sync_folder(target.parent)


def sync_folder(folder: Path) -> None:
    """Makes the names in a folder survive a loss of power."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def lock(*, exclusive: bool) -> Iterator[None]:
    """Stores and backups share the folder; the sweep has it alone. The system releases the lock of a process that dies."""
    with (root() / "lock").open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX if exclusive else fcntl.LOCK_SH)
        yield


def thumbnail_of(blob: Blob) -> Path:
    """The small picture of a stored picture, made at the first asking. It can be made again at any time, so backups leave it out."""
    target = root() / "thumbnails" / blob.sha256[:2] / f"{blob.sha256}.jpg"
    if not target.exists():
        if not BY_MEDIA_TYPE[blob.media_type].picture:
            raise ValueError(f"{blob.media_type} is no picture")
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=root() / "incoming", delete=False) as file:
            file.write(thumbnail(path_of(blob.sha256)))
        Path(file.name).rename(target)
    return target
