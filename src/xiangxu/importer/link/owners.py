"""Who owes a task: owners proposed where the list names none, and owners that body and list name differently.

Names count as different only after resolution: 市交通局 and 市交通运输局 are one unit. A name that leads to no unit is left out,
since nobody can say whether it is another one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from xiangxu.importer.departments import UnitDirectory, answerable, education_bureau
from xiangxu.importer.link.parts import Parts, action_name, row_name
from xiangxu.importer.link.rows import Links
from xiangxu.importer.link.settling import to_be_settled
from xiangxu.model.place import Doubt
from xiangxu.model.plan import BodyAction, Contradiction, Task, UnitMention
from xiangxu.model.reason import Reason
from xiangxu.model.reason import gettext_noop as _


def proposed(task: Task, action: BodyAction | None, directory: UnitDirectory | None) -> Task:
    """The task with owners proposed, where it names nobody: the leading units of the action that tells the same, the answerable
    one first; where that names nobody either, the education bureau of the issuer's area. Nothing printed is changed."""
    if task.lead or task.participants:
        return task
    units = _leading(action, directory) if action else ()
    if not units and directory:
        bureau = education_bureau(directory)
        units = (bureau,) if bureau else ()
    if not units:
        return task
    doubts = task.doubts if Doubt.OWNER_PROPOSED in task.doubts else (*task.doubts, Doubt.OWNER_PROPOSED)
    return replace(task, proposed=units, doubts=doubts)


def _leading(action: BodyAction, directory: UnitDirectory | None) -> tuple[str, ...]:
    """The leading units of an action, by the unit's name where the directory knows it, else as printed."""
    if directory is None:
        return action.lead
    units = tuple(dict.fromkeys(directory.resolve(name) or name for name in action.lead))
    first = answerable(units, education_bureau(directory))
    return (first, *(unit for unit in units if unit != first)) if first else units


def of_owners(parts: Parts, links: Links) -> Iterator[Contradiction]:
    """Rows that name a unit which no action that they sum up names; actions with one row only, whose units it leaves out; and
    units that lead in one and take part in the other."""
    for index, actions in links.kin.items():
        row = parts.rows[index]
        told = [parts.actions[k] for k in sorted(actions)]
        action = parts.actions[links.action_of[index]]
        in_body = {u.unit: u.printed for a in told for u in a.units if u.unit}
        in_row = {u.unit: u.printed for u in row.units if u.unit}
        if not in_body or not in_row:
            continue
        alone = all(links.rows_of(k) == [index] for k in actions)
        only_row = [name for unit, name in in_row.items() if unit not in in_body]
        only_body = [name for unit, name in in_body.items() if unit not in in_row] if alone else []
        found = _apart(only_body, only_row) or _turned(told, row)
        if found:
            kind = _("责任单位不一致：%(actions)s与%(row)s内容对应，%(found)s")
            said = Reason(kind, actions=_called(told), row=row_name(row), found=found)
            yield Contradiction("owner", action.place, row.place, to_be_settled(said))


def _called(actions: list[BodyAction]) -> Reason:
    if len(actions) == 1:
        return action_name(actions[0])
    return Reason(_("正文第%(no)s项"), no="、".join(action.no for action in actions))


def _apart(only_body: list[str], only_row: list[str]) -> list[Reason]:
    said = []
    if only_body:
        said.append(Reason(_("正文列有%(units)s而清单没有"), units="、".join(only_body)))
    if only_row:
        said.append(Reason(_("清单列有%(units)s而正文没有"), units="、".join(only_row)))
    return said


def _turned(actions: list[BodyAction], row: Task) -> list[Reason]:
    """The units that lead here and take part there; where either does not tell the two apart, nothing can be said."""
    if not row.participants or not any(a.participants for a in actions):
        return []
    leading, joining = _roles(row.units, len(row.lead))
    body = [_roles(a.units, len(a.lead)) for a in actions]
    body_leading = {unit for units, _ in body for unit in units}
    body_joining = {unit for _, units in body for unit in units}
    leads, joins = _("正文由%(unit)s配合、清单由其牵头"), _("正文由%(unit)s牵头、清单由其配合")
    said = [Reason(leads, unit=name) for unit, name in leading.items() if unit in body_joining - body_leading]
    return [*said, *(Reason(joins, unit=name) for unit, name in joining.items() if unit in body_leading - body_joining)]


def _roles(units: tuple[UnitMention, ...], leads: int) -> tuple[dict[str, str], dict[str, str]]:
    leading = {u.unit: u.printed for u in units[:leads] if u.unit}
    joining = {u.unit: u.printed for u in units[leads:] if u.unit}
    return leading, joining
