"""From one version of a plan to the next: what stands is changed in place, so that reports, history and parts stay with their task."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Value
from django.db.models.functions import Concat, Substr

from xiangxu import clock
from xiangxu_web.workspaces.plans.drafting.carrying import Amended, Decided, carried_in
from xiangxu_web.workspaces.plans.drafting.correcting import ADD, AMEND, DROP
from xiangxu_web.workspaces.plans.drafting.rows import find, mapped, successor
from xiangxu_web.workspaces.plans.drafting.succession import rows_in_force
from xiangxu_web.workspaces.plans.models import Correction, Draft, PlanVersion, Target, Task

Json = dict[str, Any]


def in_force(version: PlanVersion) -> dict[str, Json]:
    """The rows of a published version by the uid of the task or target that they became, as far as these still stand."""
    tasks, promises = rows_in_force(version.draft.current)
    found: dict[str, Json] = {}
    whole = Task.objects.filter(plan_id=version.plan_id, parent=None, dropped=None).exclude(kind=Task.Kind.PART)
    for uid, order in whole.order_by("order", "pk").values_list("uid", "order"):
        if 0 < order <= len(tasks):
            found[str(uid)] = tasks[order - 1]
    targets = Target.objects.filter(plan_id=version.plan_id, dropped=None).order_by("order", "pk")
    for uid, order in targets.values_list("uid", "order"):
        if 0 < order <= len(promises):
            found[str(uid)] = promises[order - 1]
    return found


def ref_of(version: PlanVersion, thing: Task | Target) -> str | None:
    """The row of the version's draft that this task or target is; none where it stands no longer."""
    found = in_force(version).get(str(thing.uid))
    return str(found["ref"]) if found else None


def decided(version: PlanVersion) -> Decided:
    """What people decided of the readings of a plan since each was published, as far as it holds in this version, the one in force."""
    made = Correction.objects.filter(draft__version__plan=version.plan_id, kind__in=(AMEND, DROP, ADD), typed__has_key="uid")
    found = list(made.order_by("at", "pk"))
    if not found:
        return Decided()
    stands = in_force(version)
    read: dict[str, Json] = {}
    why: dict[tuple[str, str], str] = {}
    for each in found:
        uid = each.typed["uid"]
        why[each.kind, uid] = each.typed["reason"]
        if each.kind == AMEND:
            # What the reader made of it is what stood before the first person corrected it.
            read[uid] = each.typed["before"] | read.get(uid, {})
    return Decided(
        _withdrawn([each for each in found if each.kind == DROP and each.typed["uid"] not in stands], version),
        {uid: Amended(was, {n: stands[uid][n] for n in was}, why[AMEND, uid]) for uid, was in read.items() if uid in stands},
        {uid: reason for (kind, uid), reason in why.items() if kind == ADD and uid in stands},
    )


def _withdrawn(made: Iterable[Correction], version: PlanVersion) -> dict[str, tuple[Json, str]]:
    """The rows that these withdrew, unless a later version had them again: then it is that version's successor which ended them."""
    versions = list(version.plan.versions.order_by("number").values_list("draft", "mapping"))
    after = {draft: [mapping for _draft, mapping in versions[n:]] for n, (draft, _mapping) in enumerate(versions, 1)}
    drafts = Draft.objects.only("current").in_bulk({each.draft_id for each in made})
    found = {}
    for each in made:
        uid = each.typed["uid"]
        if not any(uid in mapping for mapping in after[each.draft_id]):
            row = find(drafts[each.draft_id].current, each.on)
            # Only in the document in force does its place still mean what it meant.
            found[uid] = (row if each.draft_id == version.draft_id else row | {"place": {}}, each.typed["reason"])
    return found


@dataclass
class Succession:
    """Who goes on as which row. ``heirs``: the old uid by the new ref; ``taken_back``: of these what had been withdrawn; ``ended``: what
    went into other rows, or into none."""

    heirs: dict[str, str] = field(default_factory=dict)
    taken_back: set[str] = field(default_factory=set)
    ended: dict[str, list[str]] = field(default_factory=dict)
    became: dict[str, Json] = field(default_factory=dict)


def settle(draft: Json) -> Succession:
    """Each new row gets at most one old uid: the first that became it. The others end in it; what became nothing is dropped. What had been
    withdrawn and was taken back in the draft is the same thing again, with all that was said of it."""
    found = Succession()
    for uid, was in mapped(draft):
        to = list(dict.fromkeys(ref for each in was["to"] if (ref := successor(draft, each)) is not None))
        heir = next((ref for ref in to if ref not in found.heirs), None)
        if heir is not None:
            found.heirs[heir] = uid
        else:
            found.ended[uid] = to
        found.became[uid] = {"to": to, "was": was["became"]}
    for row, carried in carried_in(draft):
        again = carried["how"] == DROP and not row["dropped"] and row["ref"] not in found.heirs
        if again and carried["uid"] not in found.taken_back:
            found.heirs[row["ref"]] = carried["uid"]
            found.taken_back.add(carried["uid"])
    return found


def kept_mapping(found: Succession, uids: dict[str, str]) -> Json:
    """``PlanVersion.mapping``: from each old uid what it became and the uids of that. ``uids``: by the new ref."""
    heirs = set(found.heirs.values())
    many = {ref for ref in uids if sum(ref in each["to"] for each in found.became.values()) > 1}
    kept = {}
    for uid, each in found.became.items():
        to = each["to"]
        became = each["was"]
        if not to:
            became = "dropped"
        elif len(to) > 1:
            became = "split"
        elif to[0] in many:
            became = "merged"
        elif became not in ("continues", "changed"):
            became = "changed"
        kept[uid] = {"became": became, "to": [uids[ref] for ref in to if ref in uids], "kept": uid in heirs}
    return kept


def end_tasks(tasks: Iterable[Task], into: dict[str, Task]) -> None:
    """Marks tasks that the new version no longer has; the parts of one that was merged go on under the task it went into."""
    now = clock.now()
    for task in tasks:
        below = Task.objects.filter(path__startswith=task.path).exclude(pk=task.pk)
        heir = into.get(str(task.uid))
        if heir is None:
            below.filter(dropped=None).update(dropped=now)
        else:
            Task.objects.filter(parent=task).update(parent=heir)
            below.update(path=Concat(Value(heir.path), Substr("path", len(task.path) + 1)))
        Task.objects.filter(pk=task.pk).update(dropped=now)
