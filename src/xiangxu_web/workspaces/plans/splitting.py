"""任务分解: a task split over units, quantities and node dates; sent down; accepted or disputed, and a dispute granted or not.

Parts are tasks of their own, drafts until they are sent. A part that was sent and is then changed goes down again at once, as a further
edition, and wants to be accepted again: nobody works by figures that somebody else has changed in the meantime.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from xiangxu import clock
from xiangxu.model.unit import Role
from xiangxu.targets.shares import Share, checked
from xiangxu_web.kernel.actor import Actor
from xiangxu_web.kernel.audit.record import Recorder, action, values
from xiangxu_web.kernel.components.reasons import worded
from xiangxu_web.kernel.permission import Refused, row, rows
from xiangxu_web.kernel.search.declare import index
from xiangxu_web.workspaces.areas.api import Unit, existing
from xiangxu_web.workspaces.plans.models import Node, Task
from xiangxu_web.workspaces.plans.searching import TASKS
from xiangxu_web.workspaces.plans.twins import ONCE

SCHOOLS = (Unit.Kind.SCHOOL, Unit.Kind.CAMPUS, Unit.Kind.TEACHING_POINT, Unit.Kind.KINDERGARTEN)
# To whom work is handed out; a government hands out, a cluster is no office.
WORKERS = (
    Unit.Kind.TOWN,
    Unit.Kind.COUNTY_BUREAU,
    Unit.Kind.EDUCATION_OFFICE,
    Unit.Kind.OFFICE,
    Unit.Kind.DEPARTMENT,
    Unit.Kind.BUREAU,
    *SCHOOLS,
)
# So many units one task may be split over: more do not fit a grid that a person can check.
MOST_UNITS = 400
# What a part bears of its task, word for word: where it stands in the document, and what it says there.
_PLACED = ("order", "number", "theme", "place")
_SAYS = ("title", "goal", "measure", "due_words")
# What a share changes of a part, and what sending it down does.
_PUT = ("quantity", "uom", "due_on", "ongoing")
_SENT = ("sent", "dispute", "sent_at", "sent_by_post", "answered_at", "answered_by_post", "answered_for")
UPHELD = "part.uphold"
# So many rows one statement changes: SQLite takes no more parameters than 32 000.
_AT_ONCE = 200


class ChangedMeanwhile(Exception):
    """The same splitting was saved since the page was opened, by somebody else or in another window; what to do."""


@dataclass(frozen=True)
class Saved:
    """What a saving did: new drafts, changed drafts, parts sent again, parts taken away."""

    made: int = 0
    changed: int = 0
    again: int = 0
    gone: int = 0


def units_offered(actor: Actor) -> QuerySet[Unit]:
    """The units over which the actor may split: for the bureau's clerk those of the county, for a town its schools."""
    seen: QuerySet[Unit] = rows("unit.see", actor).filter(existing(clock.today())).order_by("kind", "area__path", "pk")
    if actor.is_any(Role.CLERK):
        return seen.filter(kind__in=WORKERS)
    return seen.filter(kind__in=SCHOOLS, area__path__startswith=actor.area_path)


def parts_of(task: Task) -> QuerySet[Task]:
    """All parts of a task, drafts too: disputes first, then as they were made."""
    parts = Task.objects.filter(parent=task, dropped=None).select_related("answerable").prefetch_related("nodes")
    return parts.order_by("pk")


def save(
    actor: Actor,
    task_key: int,
    shares: Sequence[tuple[int, Share]],
    *,
    total: float | None,
    uom: str,
    edition: int,
    gone: Iterable[int] = (),
) -> Saved:
    """Keeps the grid: a draft part for each new unit, the change of each part that is there. ``gone``: units to be taken out.

    Refused: a grid with what ``checked`` calls wrong, a unit outside the actor's reach, a grid that was opened before somebody else
    saved. A difference from the total is told and left to whoever splits. A part that was sent and reported on stays in the history.
    """
    offered = {unit.pk: unit for unit in units_offered(actor)}
    with transaction.atomic():
        row("task.split", actor, pk=task_key)
        task = Task.objects.select_for_update().get(pk=task_key)
        if task.edition != edition:
            raise ChangedMeanwhile(
                _(
                    "这项任务的分解在您打开之后改动过（另一位同事，或者您的另一个窗口）。您填的还在下面，没有保存：请打开最新的分解，把改动补上。"
                )
            )
        standing = {part.answerable_id: part for part in parts_of(task)}
        strange = [key for key, _share in shares if key not in offered and key not in standing]
        if strange:
            raise Refused(_("分解中有不在您可分解范围内的单位。"))
        if len(shares) > MOST_UNITS:
            raise ValueError(_("一项任务最多分解给 %(most)s 个单位。") % {"most": MOST_UNITS})
        names = {str(key): str(offered[key]) for key, _share in shares if key in offered}
        wrong = checked([share for _key, share in shares], total, task.due_on, names).wrong
        if wrong:
            raise ValueError("\n".join(worded(remark.words) for remark in wrong))
        with action(actor, "task.split") as record:
            saved = _keep(actor, record, task, standing, dict(shares), uom)
            saved = Saved(saved.made, saved.changed, saved.again, _take_out(record, standing, set(gone)))
            before = values(task)
            task.edition += 1
            if task.kind != Task.Kind.PART:
                task.quantity, task.uom = total, uom
            task.save(update_fields=["edition", "quantity", "uom"])
            record.changed(task, before, made=saved.made, changed=saved.changed, sent_again=saved.again, taken_out=saved.gone)
    return saved


def _keep(
    actor: Actor, record: Recorder, task: Task, standing: Mapping[int | None, Task], shares: Mapping[int, Share], uom: str
) -> Saved:
    """Writes all parts at once: their number costs no queries."""
    made = [_new_part(task, unit, share, uom) for unit, share in shares.items() if unit not in standing]
    old = [
        (standing[unit], share)
        for unit, share in shares.items()
        if unit in standing and _differs(standing[unit], task, share, uom)
    ]
    again = 0
    for part, share in old:
        before = values(part)
        _put(part, task, share, uom)
        if part.sent != Task.Sent.DRAFT:
            part.edition += 1
            _mark_sent(actor, part)
            again += 1
        record.changed(part, before, nodes=len(share.nodes))
    Task.objects.bulk_update([part for part, _share in old], [*_PUT, *_SENT, "edition"], batch_size=_AT_ONCE)
    _add(record, task, made)
    # A node in words is nobody's figure: it stays when figures change.
    Node.objects.filter(task__in=[part for part, _share in old], quantity__isnull=False).delete()
    of_unit = [*((part, shares[part.answerable_id or 0]) for part in made), *old]
    Node.objects.bulk_create(
        Node(task=part, due_on=day, quantity=amount) for part, share in of_unit for day, amount in sorted(share.nodes.items())
    )
    return Saved(len(made), len(old) - again, again)


def _add(record: Recorder, task: Task, made: Sequence[Task]) -> None:
    """Stores new parts; their keys, which stand in their paths, are known only then."""
    Task.objects.bulk_create(made)
    for part in made:
        part.path = f"{task.path or f'{task.pk}/'}{part.pk}/"
        record.made(part)
    Task.objects.bulk_update(made, ["path"], batch_size=_AT_ONCE)
    index(TASKS, made)


def _take_out(record: Recorder, standing: Mapping[int | None, Task], gone: set[int]) -> int:
    count = 0
    for unit in gone & {key for key in standing if key is not None}:
        part = standing[unit]
        before = values(part)
        if part.sent == Task.Sent.DRAFT:
            record.removed(part)
            part.delete()
        else:
            # Reports may hang on it, and its own parts go with it.
            now = clock.now()
            Task.objects.filter(path__startswith=part.path).update(dropped=now)
            part.dropped = now
            record.changed(part, before, withdrawn=True)
        count += 1
    return count


def _new_part(task: Task, unit: int, share: Share, uom: str) -> Task:
    part = Task(
        plan_id=task.plan_id,
        kind=Task.Kind.PART,
        parent=task,
        answerable_id=unit,
        **{name: getattr(task, name) for name in (*_PLACED, *_SAYS)},
    )
    _put(part, task, share, uom)
    return part


def words_follow(record: Recorder, plan: int, bearing: Mapping[int, tuple[Task, date | None]]) -> None:
    """What was handed down bears the words of the document's task, also where these were corrected or a new version has others: in all
    parts, and the deadline in those that had the task's.

    ``bearing``: by the key of the task over the parts, the task whose words they bear now, and the deadline that they had from theirs.
    """
    parts = Task.objects.select_for_update().filter(plan=plan, kind=Task.Kind.PART, dropped=None)
    if len(bearing) == 1:
        parts = parts.filter(path__startswith=f"{next(iter(bearing))}/")
    moved = []
    for part in parts:
        over = part.path.partition("/")[0]
        if not over.isdecimal() or int(over) not in bearing:
            continue
        task, had = bearing[int(over)]
        before = values(part)
        for name in (*_PLACED, *_SAYS):
            setattr(part, name, getattr(task, name))
        if part.due_on == had:
            part.due_on, part.ongoing = task.due_on, task.ongoing and part.quantity is None
        after = values(part)
        if after == before:
            continue
        moved.append(part)
        if any(after[name] != before[name] for name in (*_SAYS, "due_on", "ongoing")):
            # Who has the part open has other words before him.
            part.edition += 1
            record.changed(part, before)
    Task.objects.bulk_update(moved, [*_PLACED, *_SAYS, "due_on", "ongoing", "edition"], batch_size=_AT_ONCE)
    index(TASKS, moved)


def _put(part: Task, task: Task, share: Share, uom: str) -> None:
    part.quantity, part.uom = share.quantity, uom
    part.due_on = _due(task, share)
    part.ongoing = task.ongoing and share.quantity is None


def _due(task: Task, share: Share) -> date | None:
    """The part's own deadline: the node by which all of it is to be done, else the task's."""
    if share.nodes:
        last = max(share.nodes)
        if share.quantity is None or share.nodes[last] >= share.quantity:
            return last
    return task.due_on


def _differs(part: Task, task: Task, share: Share, uom: str) -> bool:
    """Whether the share says anything else than the part; the deadline, which follows from both, may be another since."""
    same = (part.quantity, part.uom, part.due_on) == (share.quantity, uom, _due(task, share))
    return not same or _amounts(part) != dict(share.nodes)


def _amounts(part: Task) -> dict[date, float]:
    return {node.due_on: node.quantity for node in part.nodes.all() if node.quantity is not None}


def other_deadline(part: Task, task: Task) -> bool:
    """Whether a part has another deadline than follows from its nodes and its task, whose deadline was changed since."""
    return part.due_on != _due(task, Share("", part.quantity, _amounts(part)))


def _mark_sent(actor: Actor, part: Task) -> None:
    part.sent, part.dispute = Task.Sent.SENT, ""
    part.sent_at, part.sent_by_post = clock.now(), actor.post_id
    part.answered_at = part.answered_by_post = None
    part.answered_for = False


def send_down(actor: Actor, task_key: int) -> int:
    """Sends all draft parts of a task to their units, at once. Refused where there is none."""
    with transaction.atomic():
        task: Task = row("task.split", actor, pk=task_key)
        drafts = list(Task.objects.select_for_update().filter(parent=task, dropped=None, sent=Task.Sent.DRAFT))
        if not drafts:
            raise ValueError(_("没有待下达的分解：请先填写单位和数量并保存。"))
        with action(actor, "task.send") as record:
            for part in drafts:
                before = values(part)
                _mark_sent(actor, part)
                record.changed(part, before, parts=len(drafts))
            Task.objects.bulk_update(drafts, _SENT, batch_size=_AT_ONCE)
    return len(drafts)


def answer(actor: Actor, part_key: int, *, accept: bool, reason: str = "", edition: int | None = None) -> Task:
    """The unit's word on the part that was sent to it: accepted, or disputed with a reason.

    A town or education office answers for a school under it, and is marked as having done so. Refused: a part that is not with the unit
    now, a dispute without a reason, a part that was changed since the page was opened.
    """
    with transaction.atomic():
        row("part.answer", actor, pk=part_key)
        part = Task.objects.select_for_update().get(pk=part_key)
        if edition is not None and part.edition != edition:
            raise ChangedMeanwhile(_("这项分解任务刚刚改动过，请看过新的数量和节点再确认。"))
        if part.sent not in (Task.Sent.SENT, Task.Sent.DISPUTED) and not (part.sent == Task.Sent.ACCEPTED and not accept):
            raise Refused(_("这项分解任务现在是“%(state)s”，不用再确认。") % {"state": part.get_sent_display()})
        if not accept and not reason.strip():
            raise ValueError(_("提出异议须写明理由，教育局会看到。"))
        for_other = actor.unit_id != part.answerable_id
        actor = actor.on_behalf_of(part.answerable_id if for_other else None)
        with action(actor, "part.accept" if accept else "part.dispute") as record:
            before = values(part)
            part.sent = Task.Sent.ACCEPTED if accept else Task.Sent.DISPUTED
            part.dispute = "" if accept else reason.strip()[:300]
            part.answered_at, part.answered_by_post = clock.now(), actor.post_id or None
            part.answered_for = for_other
            part.save()
            record.changed(part, before, answered_for=part.answered_for)
    return part


def uphold(actor: Actor, part_key: int, reason: str, *, edition: int | None = None) -> Task:
    """A dispute is not granted (维持原数): the part goes down again as it is, with the reason, and its unit is asked for its word anew;
    what the unit wrote stays beside it. To grant it is to change the figure, and ``save``.

    Refused: whoever may not split the task above it, a part that is not in dispute, no reason, a part that was changed since the page
    was opened.
    """
    with transaction.atomic():
        parts = Task.objects.filter(pk=part_key, kind=Task.Kind.PART, dropped=None)
        row("task.split", actor, pk=parts.values_list("parent", flat=True).first() or 0)
        part = parts.select_for_update().get()
        if edition is not None and part.edition != edition:
            raise ChangedMeanwhile(_("这项分解任务刚刚改动过，请看过现在的数量和异议再决定。"))
        if part.sent != Task.Sent.DISPUTED:
            raise ValueError(_("这项分解任务现在是“%(state)s”，没有要答复的异议。") % {"state": part.get_sent_display()})
        if not reason.strip():
            raise ValueError(_("维持原数须写明理由，承担单位会看到。"))
        with action(actor, UPHELD) as record:
            before, dispute = values(part), part.dispute
            _mark_sent(actor, part)
            part.dispute, part.upheld = dispute, reason.strip()[:300]
            part.edition += 1
            part.save()
            record.changed(part, before)
    return part


def splits(actor: Actor) -> Q:
    """The tasks that the actor may split: the clerk every task of the county, of what is told twice the one that is reported; a town
    the part that was sent to it."""
    if not actor.county_path:
        return Q(pk__in=())
    here = ONCE & Q(plan__area__path=actor.county_path, dropped=None)
    if actor.is_any(Role.CLERK):
        return here
    if actor.is_any(Role.TOWN, Role.EDUCATION_OFFICE):
        sent = Q(kind=Task.Kind.PART, answerable_id=actor.unit_id) & ~Q(sent=Task.Sent.DRAFT)
        return here & sent
    return Q(pk__in=())


def answers(actor: Actor) -> Q:
    """The parts on which the actor may say yes or dispute: those of the own unit; with the right to act for others a town's and education
    office's also its schools'."""
    if actor.is_any(Role.LEADER, Role.SUPERVISOR, Role.INSPECTOR, Role.SYSTEM_ADMIN, Role.AUDIT_ADMIN, Role.SECURITY_ADMIN):
        return Q(pk__in=())
    sent = Q(kind=Task.Kind.PART, dropped=None) & ~Q(sent=Task.Sent.DRAFT)
    own = Q(answerable_id=actor.unit_id)
    if actor.link_id is None and actor.may_act_for_others and actor.is_any(Role.TOWN, Role.EDUCATION_OFFICE):
        own |= Q(answerable__kind__in=SCHOOLS, answerable__area__path__startswith=actor.area_path)
    return sent & own & Q(plan__area__path=actor.county_path)


def total_of(task: Task) -> tuple[float | None, str]:
    """The total against which a splitting is checked: what was typed or, of a part, promised; else the figure of its targets, where
    there is one and not several."""
    if task.quantity is not None:
        return task.quantity, task.uom
    figures = set(task.targets.filter(dropped=None, value__isnull=False).exclude(uom__contains="%").values_list("value", "uom"))
    figures = {(value, uom[:12]) for value, uom in figures if "百分" not in uom}
    return figures.pop() if len(figures) == 1 else (None, task.uom)
