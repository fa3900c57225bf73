"""Sealing: rows that are not yet in the chain are put into it, in the order of their numbers."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection, transaction

from xiangxu import clock
from xiangxu_web.kernel.audit.anchors import drop_anchor
from xiangxu_web.kernel.audit.chain import CONTENT, GENESIS, linked
from xiangxu_web.kernel.models import AuditRow

# Rows sealed in one transaction: SQLite's write lock is held meanwhile, a fraction of a second.
BATCH = 1000
# The name of PostgreSQL's lock for "somebody seals": any number, the same everywhere.
_LOCK = 0x5869616E677875


@dataclass(frozen=True)
class Head:
    """The end of the chain: position 0 and zeros where nothing is sealed yet."""

    position: int
    digest: str


def head() -> Head:
    """Where the chain ends now."""
    last = AuditRow.objects.filter(position__isnull=False).order_by("-position").values_list("position", "digest").first()
    return Head(last[0] or 0, last[1]) if last else Head(0, GENESIS)


def unsealed() -> int:
    """How many rows wait to be sealed."""
    return AuditRow.objects.filter(position__isnull=True).count()


def seal() -> int:
    """Seals all rows that are there, and drops an anchor; how many were sealed.

    Two sealers at once take turns (PostgreSQL by a lock of their own, SQLite by the write lock), so the chain cannot fork. A row that
    is committed late, with a smaller number than sealed ones, gets the next position: nothing is put in between.
    """
    count = 0
    while True:
        sealed = _seal_batch()
        count += sealed
        if sealed < BATCH:
            break
    end = head()
    if end.position:
        drop_anchor(end.position, end.digest, clock.now())
    return count


def _seal_batch() -> int:
    # Durable: the anchor must not be dropped for what an outer transaction may still take back.
    with transaction.atomic(durable=True):
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        end = head()
        rows = list(AuditRow.objects.filter(position__isnull=True).order_by("id").values_list(*CONTENT)[:BATCH])
        links = linked(end.digest, rows)
        changes = [
            (position, previous, own, row[0])
            for position, (row, (previous, own)) in enumerate(zip(rows, links, strict=True), end.position + 1)
        ]
        if changes:
            with connection.cursor() as cursor:
                cursor.executemany(
                    f"UPDATE {AuditRow._meta.db_table} SET position = %s, previous = %s, digest = %s WHERE id = %s AND position IS NULL",
                    changes,
                )
    return len(rows)
