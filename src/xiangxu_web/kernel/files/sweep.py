"""Removes what no row needs: bytes whose row never committed, rows of bytes that were never attached, remains of broken uploads."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.db import transaction
from django.db.models import Q

from xiangxu import clock
from xiangxu_web.kernel.files.store import lock, path_of, root
from xiangxu_web.kernel.models import Blob

AGE = timedelta(days=1)
_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class Swept:
    """What a sweep removed."""

    rows: int
    files: int
    remains: int


def sweep(age: timedelta = AGE) -> Swept:
    """Removes rows of bytes that nothing refers to, then bytes without a row, then remains; each only when older than ``age``.

    Whoever stores the same bytes meanwhile makes them fresh again (under the lock), so nothing is taken from under a store in progress.
    """
    before = clock.ticking() - age
    return Swept(_rows(before), _files(before.timestamp()), _remains(before.timestamp()))


def _rows(before: datetime) -> int:
    unused = Q(stored__lt=before)
    for relation in Blob._meta.related_objects:
        unused &= Q(**{f"{relation.name}__isnull": True})
    gone = 0
    for sha256 in Blob.objects.filter(unused).values_list("pk", flat=True):
        with transaction.atomic():
            # Asked again under the row's lock: the bytes may have been stored once more since.
            blob = Blob.objects.select_for_update(of=("self",)).filter(unused, pk=sha256).first()
            gone += blob.delete()[0] if blob else 0
    return gone


def _files(before: float) -> int:
    gone = 0
    for path in list(root().glob("[0-9a-f][0-9a-f]/[0-9a-f][0-9a-f]/*")):
        if not _SHA256.fullmatch(path.name) or path != path_of(path.name):
            continue
        with lock(exclusive=True):
            if path.exists() and path.stat().st_mtime < before and not Blob.objects.filter(pk=path.name).exists():
                path.unlink()
                (root() / "thumbnails" / path.name[:2] / f"{path.name}.jpg").unlink(missing_ok=True)
                gone += 1
    return gone


def _remains(before: float) -> int:
    gone = 0
    for path in (root() / "incoming").iterdir():
        if path.stat().st_mtime < before:
            _remove(path)
            gone += 1
    return gone


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


def missing(sample: int) -> list[str]:
    """Hashes of rows whose bytes are not there with their full size, among the latest and as many of the rest."""
    latest = list(Blob.objects.order_by("-stored").values_list("sha256", "size")[:sample])
    some = list(Blob.objects.order_by("sha256").values_list("sha256", "size")[:sample])
    return sorted({sha for sha, size in latest + some if not path_of(sha).exists() or path_of(sha).stat().st_size != size})
