"""The rows' own numbers: each follows the one before, so a row that was taken away before it was sealed leaves a hole.

SQLite deals the numbers out within the transaction: what is taken back gives its number back, and every hole is a deletion. PostgreSQL
deals them out for good: an action that was taken back leaves a hole too, so there a hole proves nothing and none is told. Against a
deletion before the sealing PostgreSQL has the guards (``triggers``), which a verification looks after on both databases.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.db import connection
from django.db.models import F, Window
from django.db.models.functions import Lead

from xiangxu_web.kernel.models import AuditRow


def tell_deletions() -> bool:
    """Whether a hole among the numbers proves a deletion in this database."""
    return connection.vendor == "sqlite"


def holes(cut: int) -> Iterator[tuple[int, int]]:
    """First and last number of rows that are gone and never stood in the chain, of which the chain itself tells nothing.

    ``cut``: the position up to which the anchors say the chain once went.
    """
    if not tell_deletions():
        return
    numbers = Window(Lead("id"), order_by=F("id").asc())
    places = Window(Lead("position"), order_by=F("id").asc())
    # Asked by what comes next to each row, so that a table of years is not read into the program.
    gaps = AuditRow.objects.annotate(after=numbers, then=places).filter(after__gt=F("id") + 1).order_by("id")
    for number, position, after, then in gaps.values_list("id", "position", "after", "then"):
        if after - number - 1 > _sealed_between(position, then, cut):
            yield number + 1, after - 1
    last = AuditRow.objects.order_by("-id").values_list("id", "position").first()
    if last is not None and _dealt_out() - last[0] > _sealed_between(last[1], None, cut):
        yield last[0] + 1, _dealt_out()


def _sealed_between(position: int | None, then: int | None, cut: int) -> int:
    """How many positions of the chain are missing between two rows: as many numbers are explained by the chain's own faults."""
    if position is None:
        return 0
    return max(0, (cut + 1 if then is None else then) - position - 1)


def _dealt_out() -> int:
    """The last number that was dealt out; 0 where the database does not know any more (a copy made anew)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [AuditRow._meta.db_table])
        found = cursor.fetchone()
    return int(found[0]) if found else 0
