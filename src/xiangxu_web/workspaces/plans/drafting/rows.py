"""The rows of a draft: found by their ref, counted, told apart."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _

from xiangxu_web.workspaces.plans.drafting.wrong import WrongCorrection
from xiangxu_web.workspaces.plans.twins import heads

Json = dict[str, Any]


def rows(draft: Json) -> Iterable[Json]:
    """Tasks, then promises."""
    yield from draft["tasks"]
    yield from draft["promises"]


def find(draft: Json, ref: str) -> Json:
    """The row of a ref; refused where there is none."""
    for row in rows(draft):
        if row["ref"] == ref:
            return row
    raise WrongCorrection(_("这份导入稿里没有“%(ref)s”这一条，可能已被别人合并，请刷新页面。") % {"ref": ref})


def doubtful(row: Json) -> bool:
    """Whether a person should still look: there is a doubt, nobody looked, and the row was not dropped."""
    return bool(row["doubts"]) and not row["seen"] and not row["dropped"]


def unbound(row: Json) -> bool:
    """Whether nobody has settled yet how the promise is computed."""
    return row["binding"] == "proposed" and not row["dropped"]


def retold(promises: Iterable[Json]) -> set[str]:
    """The refs of the promises that are another one told again, as publishing will tie them: counted and settled where that one stands,
    which is the first that somebody has settled, else the first with a deadline, else the first in the document."""
    here = {row["ref"]: row for row in promises if not row["dropped"]}
    rank = {ref: (unbound(row), not row["due_on"], n) for n, (ref, row) in enumerate(here.items())}
    return set(heads({ref: row["same_as"] for ref, row in here.items()}, rank.__getitem__))


def to_bind(promises: Sequence[Json]) -> list[Json]:
    """The promises of which nobody has settled yet how they are computed, each thing once."""
    again = retold(promises)
    return [row for row in promises if unbound(row) and row["ref"] not in again]


def successor(draft: Json, ref: str) -> str | None:
    """The row that stands for this one now: itself, the one that it was merged into, or none where it was dropped."""
    seen: set[str] = set()
    while ref not in seen:
        seen.add(ref)
        try:
            row = find(draft, ref)
        except WrongCorrection:
            return None
        if not row["dropped"]:
            return ref
        if not row.get("merged_into"):
            return None
        ref = row["merged_into"]
    return None


def mapped(draft: Json) -> list[tuple[str, Json]]:
    """What became of the rows of the version before, by their uid, in their old order: PostgreSQL keeps none of its own."""
    return sorted(draft.get("mapping", {}).items(), key=lambda each: each[1].get("order", 0))


def unsettled(draft: Json) -> list[str]:
    """The tasks of the version before of which it is neither sure nor confirmed what became of them, or whose row is gone since."""
    return [uid for uid, was in mapped(draft) if was["kind"] == "task" and open_end(draft, was)]


def open_end(draft: Json, was: Json) -> bool:
    """Whether a person should say what became of a row of the version before: nobody did, and it is not sure, or its row is gone since."""
    return not (was["confirmed"] or was.get("sure")) or any(successor(draft, ref) is None for ref in was["to"])
