"""What was read and published and nobody has looked at yet: marked with the reader's reasons for whoever runs the plans, until somebody
looks or corrects it. Tasks are asked about all the same; a promise of which the reader was not sure is judged only after that.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import pgettext

from xiangxu_web.kernel.actor import Actor
from xiangxu_web.kernel.audit.record import action, values
from xiangxu_web.kernel.audit.verbs import verb
from xiangxu_web.kernel.components.lamp import Lamp
from xiangxu_web.kernel.components.reasons import worded
from xiangxu_web.kernel.permission import demand, rows
from xiangxu_web.workspaces.plans.models import Target, Task
from xiangxu_web.workspaces.plans.rules import RUN_PLANS

LOOKED = verb("reading.look", lazy("看过读出的内容，无误"))
# The rule by which each may be looked at: it is the one by which it may be corrected.
_RULES = {Task: "task.change", Target: "target.amend"}
Thing = TypeVar("Thing", Task, Target)


class Look(StrEnum):
    """How far people have looked at what was read."""

    DOUBTFUL = "doubtful"
    UNSEEN = "unseen"
    SEEN = "seen"


LOOKS: tuple[tuple[str, LazyText], ...] = (
    (Look.DOUBTFUL, lazy("有疑问的")),
    (Look.UNSEEN, lazy("没有人看过的")),
    (Look.SEEN, lazy("看过的")),
)
UNSEEN = Q(seen=False)
DOUBTFUL = UNSEEN & ~Q(doubts=[])
_WHERE = {Look.DOUBTFUL: DOUBTFUL, Look.UNSEEN: UNSEEN, Look.SEEN: Q(seen=True)}


def by_look(found: QuerySet[Any], value: str) -> QuerySet[Any]:
    """The rows of which this holds. Parts are nobody's reading: they are among those looked at."""
    return found.filter(_WHERE[Look(value)])


def is_doubtful(thing: Task | Target) -> bool:
    """Whether a person should still look: the reader was in doubt, and nobody did. The same in the database: ``DOUBTFUL``."""
    return bool(thing.doubts) and not thing.seen


def doubts_of(thing: Task | Target) -> str:
    """Why the reader was in doubt, in the language of the page."""
    return pgettext("between the parts of a line", "；").join(worded(each) for each in thing.doubts)


def look_lamp(thing: Task | Target) -> Lamp | None:
    """Nothing where somebody looked; else that nobody did, and why one should."""
    if thing.seen:
        return None
    return Lamp("warning", _("有疑问，没有人看过"), doubts_of(thing)) if thing.doubts else Lamp("none", _("没有人看过"))


def look(actor: Actor, model: type[Thing], keys: Sequence[int]) -> int:
    """A person looked at these tasks or targets and found them as the document has them; gives how many nobody had looked at before.

    Refused: a post that does not run plans. Another county's are left alone.
    """
    demand(actor, RUN_PLANS)
    with transaction.atomic():
        allowed = rows(_RULES[model], actor).filter(pk__in=keys).order_by().values("pk")
        waiting = list(model.objects.select_for_update(of=("self",)).filter(UNSEEN, pk__in=allowed).order_by("pk"))
        if waiting:
            with action(actor, LOOKED) as record:
                for thing in waiting:
                    before = values(thing)
                    thing.seen = True
                    record.changed(thing, before)
                model.objects.filter(pk__in=[thing.pk for thing in waiting]).update(seen=True)
    return len(waiting)
