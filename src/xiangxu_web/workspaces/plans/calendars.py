"""The calendar of a post: its deadlines under an address of its own, which a telephone or an office program subscribes to.

The address is signed and names the post and a number that counts up: a new address ends the old one. It opens dates and titles that the
post may see anyway, and nothing while the post or the person is out of office.
"""

from __future__ import annotations

from django.core import signing
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop

from xiangxu import clock
from xiangxu.documents.deadlines import deadlines_ics
from xiangxu.documents.paper import PlanPaper, TaskLine
from xiangxu.model.reason import Reason
from xiangxu.model.unit import Role
from xiangxu_web.kernel.actor import Actor
from xiangxu_web.kernel.audit.record import action
from xiangxu_web.kernel.components.reasons import worded
from xiangxu_web.kernel.languages import spoken_to
from xiangxu_web.kernel.models import Preference
from xiangxu_web.kernel.permission import rows
from xiangxu_web.workspaces.accounts.api import Post, actor_of, held_on
from xiangxu_web.workspaces.plans.models import Node
from xiangxu_web.workspaces.plans.papers import amount, paper, with_units
from xiangxu_web.workspaces.plans.standing import unfinished
from xiangxu_web.workspaces.plans.twins import ONCE

_SALT = "calendar"


def token_of(actor: Actor) -> str | None:
    """The signed part of the post's address; None where there is none."""
    kept = Preference.objects.filter(person_id=actor.person_id, key=_key(actor.post_id)).first()
    serial = kept.value.get("serial") if kept and kept.value.get("open") else None
    return signing.Signer(salt=_SALT).sign_object([actor.post_id, serial]) if serial else None


def open_calendar(actor: Actor) -> str:
    """Gives the post an address, a new one where it had one; the old one then opens nothing."""
    _turn(actor, open=True)
    return token_of(actor) or ""


def close_calendar(actor: Actor) -> None:
    """Takes the post's address back."""
    _turn(actor, open=False)


def _turn(actor: Actor, *, open: bool) -> None:
    with transaction.atomic(), action(actor, "calendar.open" if open else "calendar.close") as record:
        kept, _made = Preference.objects.select_for_update().get_or_create(person_id=actor.person_id, key=_key(actor.post_id))
        kept.value = {"serial": int(kept.value.get("serial", 0)) + 1, "open": open}
        kept.save()
        record.noted(None, serial=kept.value["serial"])


def _key(post: int) -> str:
    return f"calendar:{post}"


def actor_by(token: str) -> Actor | None:
    """The post to which an address belongs; None for an address that is forged, taken back, or of a post that is over."""
    try:
        key, serial = signing.Signer(salt=_SALT).unsign_object(token)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    post = (
        Post.objects.filter(held_on(clock.today()), pk=key, person__is_active=True).select_related("unit__area", "person").first()
    )
    if post is None:
        return None
    kept = Preference.objects.filter(person_id=post.person_id, key=_key(post.pk)).first()
    valid = kept is not None and kept.value.get("open") and kept.value.get("serial") == serial
    return actor_of(post) if valid else None


def calendar_of(actor: Actor) -> bytes:
    """The deadlines of the post as an .ics file: of leaders and clerks all tasks of the county, of others those of their unit.

    In the language that the person chose: the telephone which asks for it has none.
    """
    with spoken_to(actor.person_id):
        return _calendar(actor, _("%(unit)s 任务时限") % {"unit": actor.unit_name})


def _calendar(actor: Actor, title: str) -> bytes:
    whole = actor.is_any(Role.LEADER, Role.CLERK)
    found = unfinished(rows("task.see" if whole else "task.mine", actor).filter(ONCE, dropped=None))
    tasks = list(with_units(found.select_related("answerable", "office").order_by("plan", "order", "pk")))
    nodes = Node.objects.filter(task__in=tasks, reached_on=None).select_related("task__answerable").order_by("due_on", "pk")
    made = paper(None, title, tasks)
    lines = (*made.tasks, *(_node_line(node) for node in nodes if node.task is not None))
    return deadlines_ics(PlanPaper(key="calendar", title=title, tasks=lines), worded)


def _node_line(node: Node) -> TaskLine:
    task = node.task
    assert task is not None
    words = " ".join(filter(None, (node.words, amount(node.quantity, task.uom))))
    return TaskLine(
        key=f"node-{node.pk}",
        no="",
        name=Reason(noop("节点：%(words)s（%(task)s）") if words else noop("节点：%(task)s"), words=words, task=task.title),
        due=node.due_on.isoformat(),
        lead=(str(task.answerable),) if task.answerable else (),
    )
