"""What a unit has to do in plans: the panel on its page, and what stays open when it closes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from xiangxu.model.unit import Role
from xiangxu.targets.status import Status
from xiangxu_web.kernel.actor import Actor
from xiangxu_web.kernel.components.lamp import Lamp
from xiangxu_web.kernel.permission import rows
from xiangxu_web.workspaces.areas.api import Panel, Unit, on_closing, unit_panel
from xiangxu_web.workspaces.plans.models import Task
from xiangxu_web.workspaces.plans.standing import day_left, lamp_of, with_standing
from xiangxu_web.workspaces.plans.twins import ONCE

# The worst first; what waits for a report before what goes well.
_ORDER = {state: n for n, state in enumerate(("missed", "behind", "waiting-data", "on-course", "met"))}
_SHOWN = 10
_WITH_UNITS_BELOW = (Unit.Kind.TOWN, Unit.Kind.EDUCATION_OFFICE, Unit.Kind.BUREAU)
_NOT_FOR = (Role.SYSTEM_ADMIN, Role.AUDIT_ADMIN, Role.SECURITY_ADMIN)


def of_unit(actor: Actor, unit: Unit) -> Mapping[str, Any] | None:
    """The tasks and parts that a unit leads or joins in, as far as the post sees them; of a town those of its schools too."""
    if actor.is_any(*_NOT_FOR):
        return None
    part = Q(answerable=unit) | Q(office=unit) | Q(units__unit=unit)
    if unit.kind in _WITH_UNITS_BELOW:
        part |= Q(answerable__path__startswith=unit.path)
    if unit.kind == Unit.Kind.TOWN:
        part |= Q(answerable__area__path__startswith=unit.area.path)
    keys = rows("task.see", actor).filter(part, ONCE, dropped=None).order_by().values("pk")
    found = with_standing(Task.objects.filter(pk__in=keys).select_related("answerable")).order_by("due_on", "pk")
    lines = [(task, lamp_of(task)) for task in found]
    if not lines:
        return {"lines": [], "counts": [], "unit": unit}
    lines.sort(key=lambda pair: _ORDER.get(str(pair[1].state), len(_ORDER)))
    counted = Counter(str(lamp.state) for _task, lamp in lines)
    counts = [
        (Lamp(s.value, _("未报") if s is Status.WAITING_DATA else ""), counted[s.value]) for s in Status if counted[s.value]
    ]
    return {
        "lines": [(task, lamp, day_left(task, lamp)) for task, lamp in lines[:_SHOWN]],
        "all": len(lines),
        "counts": counts,
        "unit": unit,
        "url": f"{reverse('tasks')}?unit={unit.pk}",
    }


def open_tasks(actor: Actor, units: Sequence[Unit], day: date) -> Sequence[str]:
    """Tasks that units about to close still lead: somebody has to take them over."""
    found = rows("task.see", actor).filter(ONCE, answerable__in=units, dropped=None).exclude(word=Task.Word.DONE)
    lines = []
    for unit in units:
        own = [task.title for task in found if task.answerable_id == unit.pk]
        if own:
            told = ngettext(
                "%(unit)s还有 %(n)s 项任务没有完成，要另定牵头单位：%(names)s",
                "%(unit)s还有 %(n)s 项任务没有完成，要另定牵头单位：%(names)s",
                len(own),
            )
            lines.append(told % {"unit": unit, "n": len(own), "names": "、".join(own[:5]) + (_("等") if len(own) > 5 else "")})
    return lines


unit_panel(Panel(order=20, name="tasks", title=gettext_lazy("任务"), template="plans/unit_tasks.html", context=of_unit))
on_closing(open_tasks)
