"""What a unit has to do in plans: the panel on its page, and what stays open when it closes."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from xiangxu.model.unit import Role
from xiangxu.targets.task import Standing
from xiangxu_web.kernel.actor import Actor
from xiangxu_web.kernel.components.lamp import Lamp
from xiangxu_web.kernel.permission import rows
from xiangxu_web.kernel.soonest import SOONEST
from xiangxu_web.workspaces.areas.api import Panel, Unit, on_closing, on_handing_over, unit_panel
from xiangxu_web.workspaces.plans.counting import Counted, tasks_words
from xiangxu_web.workspaces.plans.handing_over import hand_over_tasks
from xiangxu_web.workspaces.plans.models import Task, TaskUnit
from xiangxu_web.workspaces.plans.standing import day_left, lamp_of, standings_of, unfinished, with_standing
from xiangxu_web.workspaces.plans.twins import ONCE

# The worst first; what waits for a report before what goes well.
_ORDER: Mapping[str, int] = {state: n for n, state in enumerate(("missed", "behind", "waiting-data", "on-course", "met"))}
_SHOWN = 10
# Parts that were sent down and that the unit has not accepted.
_UNANSWERED = (Task.Sent.SENT, Task.Sent.DISPUTED)
_WITH_UNITS_BELOW = (Unit.Kind.TOWN, Unit.Kind.EDUCATION_OFFICE, Unit.Kind.BUREAU)
_NOT_FOR = (Role.SYSTEM_ADMIN, Role.AUDIT_ADMIN, Role.SECURITY_ADMIN)


def of_unit(actor: Actor, unit: Unit) -> Mapping[str, Any] | None:
    """The tasks and parts for which a unit answers, as far as the post sees them, with the parts that it has not accepted yet, and apart
    from them those in which it only takes part; of a town those of its schools too."""
    if actor.is_any(*_NOT_FOR):
        return None
    own = Q(answerable=unit) | Q(office=unit)
    if unit.kind in _WITH_UNITS_BELOW:
        own |= Q(answerable__path__startswith=unit.path)
    if unit.kind == Unit.Kind.TOWN:
        own |= Q(answerable__area__path__startswith=unit.area.path)
    seen = rows("task.see", actor).filter(ONCE, dropped=None).order_by()
    answered = seen.filter(own).values("pk")
    part = TaskUnit.objects.filter(unit=unit).order_by().values("task")
    joined = list(seen.filter(pk__in=part).exclude(pk__in=answered).order_by(SOONEST, "pk").values_list("pk", flat=True))
    standings = standings_of(Task.objects.filter(pk__in=answered).order_by(SOONEST, "pk"))
    worst = sorted(standings, key=lambda key: _pressing(standings[key]))
    lines = _lines({*worst[:_SHOWN], *joined[:_SHOWN]})
    unanswered = seen.filter(pk__in=answered, kind=Task.Kind.PART, sent__in=_UNANSWERED).select_related("answerable")
    waiting = list(unanswered.order_by("sent", "sent_at", "pk")) if standings else []
    return {
        "lines": [lines[key] for key in worst[:_SHOWN]],
        "standing": tasks_words(Counted.tasks(standings, 0)) if standings else "",
        "all": len(standings),
        "url": f"{reverse('tasks')}?unit={unit.pk}",
        "waiting": waiting[:_SHOWN],
        "waiting_all": len(waiting),
        "joined": [lines[key] for key in joined[:_SHOWN]],
        "joined_all": len(joined),
        "joined_url": f"{reverse('tasks')}?with={unit.pk}",
        "unit": unit,
    }


def _lines(keys: Collection[int]) -> dict[int, tuple[Task, Lamp, date | None]]:
    """These tasks by key, with their lamps and, where it matters, the deadline."""
    found = with_standing(Task.objects.filter(pk__in=keys).select_related("answerable")) if keys else ()
    lamps = [(task, lamp_of(task)) for task in found]
    return {task.pk: (task, lamp, day_left(task, lamp)) for task, lamp in lamps}


def _pressing(stands: Standing) -> tuple[int, bool]:
    """The worst first; of what waits for a report first what is past its deadline."""
    return _ORDER.get(stands.verdict.status, len(_ORDER)), not stands.silent_past


def open_tasks(actor: Actor, units: Sequence[Unit], day: date) -> Sequence[str]:
    """Tasks that units about to close still lead: somebody has to take them over."""
    found = unfinished(rows("task.see", actor).filter(ONCE, answerable__in=units, dropped=None))
    lines = []
    for unit in units:
        own = [task.title for task in found if task.answerable_id == unit.pk]
        if own:
            told = ngettext(
                "%(unit)s还有 %(n)s 项任务没有完成，随即转给接收单位；没有接收单位的，要另定由谁承担：%(names)s",
                "%(unit)s还有 %(n)s 项任务没有完成，随即转给接收单位；没有接收单位的，要另定由谁承担：%(names)s",
                len(own),
            )
            lines.append(told % {"unit": unit, "n": len(own), "names": "、".join(own[:5]) + (_("等") if len(own) > 5 else "")})
    return lines


unit_panel(Panel(order=20, name="tasks", title=gettext_lazy("任务"), template="plans/unit_tasks.html", context=of_unit))
on_closing(open_tasks)
on_handing_over(hand_over_tasks)
