"""How tasks stand, as lamps: the core decides, this brings it the facts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet, prefetch_related_objects
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xiangxu import clock
from xiangxu.targets.status import Status, Verdict
from xiangxu.targets.task import SILENT_PAST, Missing, Rolled, Standing, Step, TaskFacts, Word, rolled, standing
from xiangxu_web.kernel.components import lamp as lamps
from xiangxu_web.kernel.components.figures import left
from xiangxu_web.kernel.components.lamp import Lamp
from xiangxu_web.kernel.components.reasons import worded
from xiangxu_web.workspaces.plans.models import Node, Report, Task
from xiangxu_web.workspaces.plans.twins import ONCE, asked_of

# A part that was not sent down yet is nobody's business but the splitter's.
SENT_DOWN = ~Q(sent=Task.Sent.DRAFT)
# Nodes are the course that was agreed on: those of a part that its unit has not accepted, or disputes, are not judged by.
_AGREED = ~Q(task__kind=Task.Kind.PART) | Q(task__sent=Task.Sent.ACCEPTED)


# So long what was reported and accepted counts as the round's report; after it a task wants a new one.
REPORT_EVERY = timedelta(days=31)


# What was published or handed down is left to its units so long: nobody answers a paper on the day it comes, and a weekend may lie
# between.
GRACE = timedelta(days=3)


def wants_report(on: date) -> Q:
    """The tasks on which nothing was accepted in the round that ends on a day."""
    return Q(reported_on=None) | Q(reported_on__lt=on - REPORT_EVERY)


# What is read of a task where only its verdict is wanted, in the order of ``_facts``; of a part also whose it is.
_READ = ("pk", "parent_id", "same_as_id", "word", "reported_on", "due_on", "ongoing", "done", "quantity", "uom", "in_review")
_OWNER = ("answerable__short_name", "answerable__name")
# Read of one task as of many thousands: whether a report waits for the office.
IN_REVIEW = Exists(Report.objects.filter(task=OuterRef("pk"), state=Report.State.HANDED_IN))


def with_standing(found: QuerySet[Task]) -> QuerySet[Task]:
    """The tasks with all that ``lamp_of`` reads: nodes, and the parts down to the schools of a town, in six queries for any number;
    where some are told twice, in as many again for those that are reported for them."""
    return _with_parts(found).prefetch_related(Prefetch("same_as", _with_parts(Task.objects.select_related("answerable"))))


def _with_parts(found: QuerySet[Task]) -> QuerySet[Task]:
    sent = Task.objects.filter(SENT_DOWN, dropped=None).select_related("answerable").order_by("order", "pk")
    parts = sent.only("parent", "kind", "sent", *_READ[2:-1], *_OWNER).annotate(in_review=IN_REVIEW)
    nodes = Prefetch("nodes", to_attr="known_nodes")
    schools = Prefetch("parts", parts.prefetch_related(nodes), to_attr="sent_parts")
    below = Prefetch("parts", parts.prefetch_related(nodes, schools), to_attr="sent_parts")
    return found.annotate(in_review=IN_REVIEW).prefetch_related(nodes, below)


def facts_of(task: Task) -> TaskFacts:
    """What the core needs to know of a task and its parts; of what is told twice, of the one that is reported. Reads nothing further
    where the task came ``with_standing``."""
    task = asked_of(task)
    parts = getattr(task, "sent_parts", None)
    if parts is None:
        parts = list(task.parts.filter(SENT_DOWN, dropped=None).select_related("answerable").prefetch_related("nodes"))
    agreed = task.kind != Task.Kind.PART or task.sent == Task.Sent.ACCEPTED
    return TaskFacts(
        Word(task.word) if task.word else None,
        task.reported_on,
        task.due_on,
        task.ongoing,
        [Step(node.due_on, node.quantity, node.reached_on, node.words) for node in nodes_of(task) if agreed],
        task.done,
        task.quantity,
        task.uom,
        str(task.answerable) if task.kind == Task.Kind.PART and task.answerable else "",
        [facts_of(part) for part in parts],
        in_review(task),
    )


def nodes_of(task: Task) -> Iterable[Node]:
    """The nodes of a task; those that came ``with_standing`` are not read again."""
    known: list[Node] | None = getattr(task, "known_nodes", None)
    return task.nodes.all() if known is None else known


def in_review(task: Task) -> bool:
    """Whether a report on it waits for the office."""
    known: bool | None = getattr(task, "in_review", None)
    return task.reports.filter(state=Report.State.HANDED_IN).exists() if known is None else known


# So many tasks are named one by one in a query.
_NAMED = 300


def verdicts_of(found: QuerySet[Task], on: date | None = None) -> dict[int, Verdict]:
    """The verdicts of many tasks, by key, in the order given; on a day (default: today)."""
    return {key: stands.verdict for key, stands in standings_of(found, on).items()}


def standings_of(found: QuerySet[Task], on: date | None = None) -> dict[int, Standing]:
    """How many tasks stand, by key, in the order given; on a day (default: today). What is told twice stands as the one reported.

    For counting a whole county's: three queries, and no object is made of any row.
    """
    return _judged(found, _read(found), on or clock.today())


def once_and_retold(found: QuerySet[Task], on: date | None = None) -> tuple[dict[int, Standing], list[int]]:
    """The same of what is asked about, each thing once; and the keys of the others, which are one of these told again."""
    read = _read(found)
    once = [row for row in read if row[2] is None]
    return _judged(found.filter(ONCE), once, on or clock.today()), [row[0] for row in read if row[2] is not None]


def know_standings(tasks: Sequence[Task], known: Mapping[int, Standing] | None = None) -> None:
    """Brings what ``lamp_of`` needs to all tasks of a page at once, where nothing else of their nodes and parts is shown. ``known``: how
    some of them stand, where that was judged already."""
    on = clock.today()
    stands = dict(known or {})
    if unknown := [task.pk for task in tasks if task.pk not in stands]:
        stands |= standings_of(Task.objects.filter(pk__in=unknown), on)
    for task in tasks:
        task.known_standing = (on, stands[task.pk])  # type: ignore[attr-defined]
    prefetch_related_objects([task for task in tasks if task.same_as_id is not None], "same_as")


def _judged(found: QuerySet[Task], rows: list[tuple[Any, ...]], on: date) -> dict[int, Standing]:
    """How the tasks stand of which these rows were read."""
    if not rows:
        return {}
    reported_for = {row[0]: row[2] or row[0] for row in rows}
    if elsewhere := set(reported_for.values()) - set(reported_for):
        rows = rows + _read(Task.objects.filter(pk__in=elsewhere))
    among = [row[0] for row in rows] if elsewhere else _named(rows, found)
    # Its parts, and the schools of a town that got a part.
    sent = Task.objects.filter(SENT_DOWN, dropped=None)
    sent = sent.filter(Q(parent__in=among) | Q(parent__in=sent.filter(parent__in=among).values("pk")))
    parts = _read(sent.order_by("order", "pk"), *_OWNER)
    below: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
    for row in parts:
        below[row[1]].append(row)
    steps = _steps(Q(task__in=among) | Q(task__in=_named(parts, sent)))
    # A county's tasks share few deadlines and fewer words: what is the same is judged once.
    known: dict[tuple[Any, ...], Standing] = {}
    standings = {}
    for row in rows:
        if row[0] in below or row[0] in steps:
            standings[row[0]] = standing(_facts(row, steps, below), on)
        else:
            if row[3:] not in known:
                known[row[3:]] = standing(_facts(row, {}, {}), on)
            standings[row[0]] = known[row[3:]]
    return {key: standings[reported] for key, reported in reported_for.items()}


def is_split() -> Exists:
    """Whether a task was split and a part of it sent down: then it stands as its parts do."""
    return Exists(Task.objects.filter(SENT_DOWN, parent=OuterRef("pk"), dropped=None))


def worth_judging(found: QuerySet[Task]) -> QuerySet[Task]:
    """Those of the tasks whose lamp may say otherwise than their own word alone: reported 完成, with their figure reached, split, told
    elsewhere. All that stands as met is among them, so that a county's others need not be judged."""
    return found.filter(Q(word=Task.Word.DONE) | Q(done__gte=F("quantity")) | ~Q(same_as=None) | is_split())


def unfinished(found: QuerySet[Task], judged: Mapping[int, Standing] | None = None) -> QuerySet[Task]:
    """Of the tasks those that are still to be done, as their lamps say: not what stands as met, by word, figure or parts; nor continuing
    work last reported 完成, which nobody asks about. ``judged``: how those ``worth_judging`` stand, where that is known already."""
    judged = standings_of(worth_judging(found)) if judged is None else judged
    met = [key for key, stands in judged.items() if stands.verdict.status is Status.MET]
    return found.exclude(pk__in=met).exclude(word=Task.Word.DONE, ongoing=True)


def is_finished(task: Task, lamp: Lamp) -> bool:
    """The same of one task with its lamp."""
    return lamp.state == "met" or (task.ongoing and task.word == Task.Word.DONE)


def _read(found: QuerySet[Task], *more: str) -> list[tuple[Any, ...]]:
    return list(found.annotate(in_review=IN_REVIEW).values_list(*_READ, *more))


def _named(rows: Sequence[tuple[Any, ...]], found: QuerySet[Task]) -> Any:
    """Few tasks by their keys; over thousands of keys Django takes longer than the database over the filter that found them."""
    return [row[0] for row in rows] if len(rows) <= _NAMED else found.order_by().values("pk")


def _steps(wanted: Q) -> dict[int, list[Step]]:
    nodes = Node.objects.filter(wanted, _AGREED)
    steps: dict[int, list[Step]] = defaultdict(list)
    for key, due_on, quantity, reached_on, words in nodes.values_list("task_id", "due_on", "quantity", "reached_on", "words"):
        steps[key].append(Step(due_on, quantity, reached_on, words))
    return steps


def _facts(row: tuple[Any, ...], steps: Mapping[int, list[Step]], below: Mapping[int, list[tuple[Any, ...]]]) -> TaskFacts:
    key, _parent, _same, word, reported_on, due_on, ongoing, done, quantity, uom, waits, *owner = row
    return TaskFacts(
        Word(word) if word else None,
        reported_on,
        due_on,
        ongoing,
        steps.get(key, ()),
        done,
        quantity,
        uom,
        next(filter(None, owner), ""),
        [_facts(part, steps, below) for part in below.get(key, ())],
        waits,
    )


# Every state in which a task is counted, in the order in which they are told; each task is in one of them.
STATES: Mapping[str, Promise] = {
    Status.MET.value: gettext_lazy("已达成"),
    Status.ON_COURSE.value: gettext_lazy("正常推进"),
    Status.BEHIND.value: gettext_lazy("滞后"),
    Status.MISSED.value: gettext_lazy("逾期"),
    SILENT_PAST: gettext_lazy("时限已过、未报进展"),
    Missing.REPORT.value: gettext_lazy("其他未报"),
    Missing.PARTS.value: gettext_lazy("未报齐"),
    Missing.REVIEW.value: gettext_lazy("已报待审核"),
}


def standing_of(task: Task, on: date | None = None) -> Standing:
    """How one task stands on a day (default: today)."""
    on = on or clock.today()
    known: tuple[date, Standing] | None = getattr(task, "known_standing", None)
    return known[1] if known is not None and known[0] == on else standing(facts_of(task), on)


# What is said of a task of which nothing can be told yet.
WAITS = {
    Missing.REPORT: gettext_lazy("未报"),
    Missing.PARTS: gettext_lazy("未报齐"),
    Missing.REVIEW: gettext_lazy("已报待审核"),
}


def lamp_of(task: Task, on: date | None = None) -> Lamp:
    """The lamp of a task on a day (default: today), with the line that says why. Lists ask ``know_standings`` first, pages
    that show nodes or parts ``with_standing``.

    What is not reported has no lamp; that its deadline has passed stands beside it as the fact it is, but not where the report lies with
    the office.
    """
    on = on or clock.today()
    return lamp_for(standing_of(task, on), asked_of(task).due_on, on)


def lamp_alone(task: Task) -> Lamp:
    """The same of one task of which nothing else is shown, in as few queries as many would take; in none where it came ``with_standing``."""
    if not hasattr(task, "known_nodes"):
        know_standings([task])
    return lamp_of(task)


def lamp_for(stands: Standing, due: date | None, on: date) -> Lamp:
    """The lamp of a task that stands so and is due then: for many tasks of which no object is made."""
    words = str(WAITS[stands.missing]) if stands.missing else ""
    if stands.past and due and stands.missing in (Missing.REPORT, Missing.PARTS):
        words = _("%(state)s，%(left)s") % {"state": words, "left": left(due, on).words}
    return Lamp(stands.verdict.status, words, worded(stands.verdict.why))


def day_left(task: Task, lamp: Lamp) -> date | None:
    """The task's deadline, where it is told beside its lamp how much time is left."""
    return lamps.day_left(task.due_on, lamp.state)


def rolled_up(task: Task, on: date | None = None) -> Rolled:
    """The parts of a task taken together, on a day (default: today)."""
    return rolled(facts_of(task), on or clock.today())
