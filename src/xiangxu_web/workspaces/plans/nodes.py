"""Nodes in words (序时节点): a step that is due by a day. Set by the clerk, stated by whoever reports; a milestone's verified by another.

A node with a quantity needs no word: the accepted reports say how much is done.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from xiangxu import clock
from xiangxu_web.kernel.actor import Actor
from xiangxu_web.kernel.audit.names import names
from xiangxu_web.kernel.audit.record import Recorder, action, values
from xiangxu_web.kernel.permission import Refused, row, rows
from xiangxu_web.workspaces.plans import milestones, reporting
from xiangxu_web.workspaces.plans.models import Node, Target, Task
from xiangxu_web.workspaces.plans.rules import VERIFIERS


@dataclass(frozen=True)
class Shown:
    """A node as a reader meets it: who stated it, and what this reader may do with it."""

    node: Node
    who: str = ""
    # On what ground it was stated and why the second person sent it back, for those who may read it; that and when, for all.
    note: str = ""
    refused: str = ""
    own: bool = False
    may_state: bool = False
    may_set: bool = False
    may_undo: bool = False
    may_verify: bool = False
    why_not: str = ""


def add(actor: Actor, to: Task | Target, due_on: date, words: str) -> Node:
    """The clerk sets a step on a task or on a milestone. Refused: no words, one that stands there already."""
    words = words.strip()[:120]
    if not words:
        raise ValueError(_("请写明到时应完成什么。"))
    of = {"task": to} if isinstance(to, Task) else {"target": to}
    with transaction.atomic():
        if isinstance(to, Task):
            row("task.change", actor, pk=to.pk, same_as=None)
        else:
            row("node.milestone", actor, pk=to.pk)
        if Node.objects.filter(due_on=due_on, words=words, **of).exists():
            raise ValueError(_("这个节点已经有了。"))
        with action(actor, "node.set") as record:
            node = Node.objects.create(due_on=due_on, words=words, **of)
            record.made(node)
    return node


def remove(actor: Actor, key: int) -> None:
    """The clerk takes a step out again. Refused once somebody has stated that it is reached: that stays."""
    with transaction.atomic():
        row("node.set", actor, pk=key)
        node = Node.objects.select_for_update(of=("self",)).get(pk=key)
        if node.stated is not None:
            raise Refused(_("这个节点已经有人报完成，不能去掉。"))
        with action(actor, "node.remove") as record:
            record.removed(node)
            node.delete()


def is_own(actor: Actor, node: Node) -> bool:
    """Whether the actor speaks for the unit that answers for it; otherwise the word is entered for it (代录)."""
    if node.target is not None:
        return milestones.is_own(actor, node.target)
    return node.task is not None and reporting.is_own(actor, node.task)


def answerable(node: Node) -> int | None:
    """The unit that answers for the step; None where nobody was named."""
    task = node.target.task if node.target is not None else node.task
    return task.answerable_id if task is not None else None


def reach(actor: Actor, key: int, note: str = "") -> Node:
    """Whoever reports states that the step is reached, today; pressed twice it counts once. A milestone's waits for a second person.

    Refused: entering for another without naming the source; a milestone's step without a word of what it rests on; another ground for
    what was stated meanwhile.
    """
    note = note.strip()[:200]
    with transaction.atomic():
        node = _locked(actor, "node.state", key)
        if node.stated is not None:
            if note not in ("", node.note):
                raise ValueError(
                    _("这个节点已经有人报了完成，您填的“%(note)s”没有记上。要改依据，请先撤回再报。") % {"note": note}
                )
            return node
        own = is_own(actor, node)
        if not own and not note:
            raise ValueError(_("代录须注明来源（电话、微信、盖章材料等）。"))
        if node.target is not None and not note:
            raise ValueError(_("报完成须有依据：写明文件名称、文号或验收情况。"))
        with action(actor.on_behalf_of(None if own else answerable(node)), "node.reach") as record:
            before = values(node)
            node.stated, node.note, node.entered_for = clock.now(), note, not own
            node.refused, node.refused_on = "", None
            node.stated_by_person, node.stated_by_post, node.link_id = (
                actor.person_id or None,
                actor.post_id or None,
                actor.link_id,
            )
            node.reached_on = clock.today() if node.target is None else None
            node.save()
            record.changed(node, before, entered_for=node.entered_for)
    return node


def undo(actor: Actor, key: int) -> Node:
    """Takes the word back: pressed by mistake. Refused once a second person has verified it."""
    with transaction.atomic():
        node = _locked(actor, "node.state", key)
        if node.verified_by_post is not None:
            raise Refused(_("这个节点已经核验，不能撤回。"))
        if node.stated is not None:
            with action(actor.on_behalf_of(None if is_own(actor, node) else answerable(node)), "node.undo") as record:
                _cleared(record, node)
    return node


def verify(actor: Actor, key: int, *, confirm: bool, reason: str = "") -> Node:
    """A second person confirms a milestone's step, which then is reached, or refuses it with a reason, which then stands at it.

    Refused: a step that nobody has stated or that is verified; the same person; the same unit while another could.
    """
    with transaction.atomic():
        node = _locked(actor, "node.verify", key)
        if node.stated is None or node.reached_on is not None:
            raise Refused(_("这个节点不用核验，或已经核验过。"))
        why_not = milestones.not_the_second(actor, node.stated_by_person, node.stated_by_post)
        if why_not:
            raise Refused(why_not)
        if not confirm and not reason.strip():
            raise ValueError(_("核验不通过须写明理由，责任单位会看到。"))
        with action(actor, "node.verify" if confirm else "node.refuse") as record:
            if confirm:
                before = values(node)
                node.reached_on, node.verified_by_post = localtime(node.stated).date(), actor.post_id
                node.save()
                record.changed(node, before)
            else:
                _cleared(record, node, reason.strip())
    return node


def _locked(actor: Actor, rule: str, key: int) -> Node:
    row(rule, actor, pk=key)
    locked = Node.objects.select_for_update(of=("self",)).select_related("task", "target__task")
    return locked.get(pk=key)


def _cleared(record: Recorder, node: Node, refused: str = "") -> None:
    before = values(node)
    node.stated = node.stated_by_person = node.stated_by_post = node.link_id = node.reached_on = None
    node.entered_for, node.note = False, ""
    node.refused, node.refused_on = refused[:200], clock.today() if refused else None
    node.save()
    record.changed(node, before)


def shown(actor: Actor, nodes: Sequence[Node]) -> list[Shown]:
    """The nodes with what this reader may do; asks nothing further where none is in words.

    Who stated a step, on what ground, and why it was sent back, is told to the county's posts that look at others' work and to whoever
    may state it.
    """
    steps = [node for node in nodes if node.quantity is None]
    if not steps:
        return [Shown(node) for node in nodes]
    keys = [node.pk for node in steps]
    may = {rule: set(rows(rule, actor).filter(pk__in=keys).values_list("pk", flat=True)) for rule in _RULES}
    told = [node for node in steps if actor.county_path and (actor.is_any(*VERIFIERS) or node.pk in may["node.state"])]
    people = names("person", [node.stated_by_person for node in told])
    known = {node.pk: people.get(node.stated_by_person or 0, "") for node in told}
    return [_shown(actor, node, may, known.get(node.pk)) for node in nodes]


_RULES = ("node.state", "node.set", "node.verify")


def _shown(actor: Actor, node: Node, may: dict[str, set[int]], who: str | None) -> Shown:
    waits = node.stated is not None and node.reached_on is None and node.pk in may["node.verify"]
    why_not = milestones.not_the_second(actor, node.stated_by_person, node.stated_by_post) if waits else ""
    return Shown(
        node,
        who or "",
        "" if who is None else node.note,
        "" if who is None else node.refused,
        is_own(actor, node),
        node.pk in may["node.state"],
        node.pk in may["node.set"] and node.stated is None,
        node.pk in may["node.state"] and node.stated is not None and node.verified_by_post is None,
        waits and not why_not,
        why_not,
    )
