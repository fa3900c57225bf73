"""Anchors: the head of the chain, written down outside the database, so that a cut-off tail and a chain made anew are found.

``audit-anchors.jsonl`` in the home folder gets one line for each sealing: position, digest, time. It is only ever added to; whoever
copies it to another machine now and then can prove the chain even against whoever rules this one.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings

from xiangxu_web.kernel.audit.chain import moment

FILE = "audit-anchors.jsonl"


@dataclass(frozen=True)
class Anchor:
    """The chain stood here: the row of this position had this digest."""

    position: int
    digest: str
    at: str


def anchor_file() -> Path:
    """Where the anchors lie."""
    home: Path = settings.CONFIGURATION.home
    return home / FILE


def drop_anchor(position: int, digest: str, at: datetime) -> None:
    """Adds a line, on disk when this returns, unless the file knows this head or a later one already."""
    path = anchor_file()
    path.parent.mkdir(parents=True, exist_ok=True)
    line = json.dumps({"position": position, "digest": digest, "at": moment(at)}, separators=(",", ":")) + "\n"
    with path.open("a+b") as file:
        # Two sealers may arrive in the wrong order: the lock keeps the file's positions rising.
        fcntl.flock(file, fcntl.LOCK_EX)
        last = _last(file.fileno())
        if last is not None and last.position >= position:
            return
        size = os.fstat(file.fileno()).st_size
        torn = size > 0 and os.pread(file.fileno(), 1, size - 1) != b"\n"
        file.write((b"\n" if torn else b"") + line.encode())
        file.flush()
        os.fsync(file.fileno())


def anchors() -> Iterator[Anchor | int]:
    """All anchors, oldest first; where a line cannot be read, its number instead."""
    path = anchor_file()
    if not path.exists():
        return
    with path.open("rb") as file:
        for number, line in enumerate(file, 1):
            yield _read(line) or number


def last_anchor() -> Anchor | None:
    """The latest anchor; None where there is none."""
    path = anchor_file()
    if not path.exists():
        return None
    with path.open("rb") as file:
        return _last(file.fileno())


def _last(descriptor: int) -> Anchor | None:
    size = os.fstat(descriptor).st_size
    # A line has about 130 characters, so the last few stand well within this.
    tail = os.pread(descriptor, 4096, max(size - 4096, 0))
    return next((anchor for line in reversed(tail.splitlines()) if (anchor := _read(line)) is not None), None)


def _read(line: bytes) -> Anchor | None:
    try:
        told = json.loads(line)
        return Anchor(int(told["position"]), str(told["digest"]), str(told["at"]))
    except (ValueError, KeyError, TypeError):
        return None
