"""What a backup is: a folder, or the same in one ``.tar.gz``, with a manifest that vouches for every byte.

manifest.json      versions, state of the migrations, rows of each table, SHA-256 of the database, hash and size of each file
manifest.sha256    the manifest's own hash
database.sqlite3   or database.dump (PostgreSQL, custom format)
files/ab/cd/…      each file under its hash
audit-anchors.jsonl  the heads of the audit's chain, without which nobody could say whether its tail was cut off
secret             only where asked for
"""

from __future__ import annotations

import hashlib
import json
import tarfile
import zlib
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from xiangxu_web.kernel.audit.anchors import FILE

FORMAT = 1
_PIECE = 1024 * 1024


class BackupProblem(Exception):
    """A backup or a restore does not go on: why, and what to do. Nothing half-done is left."""


@dataclass(frozen=True)
class Manifest:
    """What a backup says of itself."""

    made: str
    program: str
    database: str
    database_version: str
    database_file: str
    database_sha256: str
    migrations: list[list[str]]
    rows: dict[str, int]
    # Hash → size.
    files: dict[str, int]
    # Hashes whose bytes were already gone when the backup was made.
    missing: list[str] = field(default_factory=list)
    secret: bool = False
    # Hash of the file of anchors; empty where nothing had been sealed yet.
    anchors: str = ""
    format: int = FORMAT


def is_archive(path: Path) -> bool:
    """Whether the name says one file rather than a folder."""
    return path.name.endswith((".tar.gz", ".tgz"))


def hash_of(path: Path) -> str:
    """The SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def place_in(folder: Path, sha256: str) -> Path:
    """Where a backup keeps the bytes of this hash."""
    return folder / "files" / sha256[:2] / sha256[2:4] / sha256


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Writes the manifest and its hash."""
    words = json.dumps(asdict(manifest), ensure_ascii=False, indent=1, sort_keys=True).encode()
    (folder / "manifest.json").write_bytes(words)
    (folder / "manifest.sha256").write_text(hashlib.sha256(words).hexdigest() + "\n")


def unpack(archive: Path, folder: Path) -> None:
    """Unpacks an archive into an empty folder. A broken one is refused."""
    try:
        with tarfile.open(archive, "r:gz") as tar:
            tar.extractall(folder, filter="data")
    except (tarfile.TarError, OSError, EOFError, zlib.error) as problem:
        raise BackupProblem(
            _("备份文件 %(name)s 已损坏，解不开（%(problem)s）。请改用另一份备份。")
            % {"name": archive.name, "problem": type(problem).__name__}
        ) from None


def verified(folder: Path) -> Manifest:
    """The manifest of a backup of which every byte was compared with its hash. The first thing that does not fit is named."""
    told = _read_manifest(folder)
    database = folder / told.database_file
    if not database.is_file() or hash_of(database) != told.database_sha256:
        raise _damaged(told.database_file)
    for sha256, size in told.files.items():
        path = place_in(folder, sha256)
        if not path.is_file() or path.stat().st_size != size or hash_of(path) != sha256:
            raise _damaged(f"files/…/{sha256[:12]}")
    if told.anchors and (not (folder / FILE).is_file() or hash_of(folder / FILE) != told.anchors):
        raise _damaged(FILE)
    if told.secret and not (folder / "secret").is_file():
        raise _damaged("secret")
    return told


def _read_manifest(folder: Path) -> Manifest:
    try:
        words = (folder / "manifest.json").read_bytes()
        if (folder / "manifest.sha256").read_text().strip() != hashlib.sha256(words).hexdigest():
            raise _damaged("manifest.json")
        told: dict[str, Any] = json.loads(words)
    except (OSError, ValueError):
        raise BackupProblem(
            _("这里没有可用的备份：找不到或读不懂 manifest.json。请指向 xiangxu backup 生成的目录或 .tar.gz 文件。")
        ) from None
    if told.get("format") != FORMAT:
        raise BackupProblem(
            _("备份的格式是 %(found)s，本程序只认 %(known)s：请用生成它的那个版本或更新的版本恢复。")
            % {"found": told.get("format"), "known": FORMAT}
        )
    return Manifest(**told)


def _damaged(what: str) -> BackupProblem:
    return BackupProblem(_("备份已损坏：%(what)s 与清单中的校验值不符。没有恢复任何内容，请改用另一份备份。") % {"what": what})
