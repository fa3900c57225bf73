"""Changes with a day and a document: renamed, other type, closed, merged, split. History stays; a mistake is undone by a further change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _

from xiangxu import clock
from xiangxu_web.kernel.actor import Actor
from xiangxu_web.kernel.audit.record import Recorder, action, values
from xiangxu_web.workspaces.areas.existence import members_on
from xiangxu_web.workspaces.areas.keeping import fitting, locked, new_unit, place_under, saved, set_aliases, unchanged_since
from xiangxu_web.workspaces.areas.models import SchoolChange, Unit
from xiangxu_web.workspaces.areas.panels import hand_over


@dataclass(frozen=True)
class Ground:
    """When a change takes effect, and the document (文号) on which it rests."""

    day: date
    note: str


def open_school(actor: Actor, given: Mapping[str, Any], aliases: Iterable[str], ground: Ground) -> Unit:
    """A new school from a day on."""
    with action(actor, "school.open") as record:
        unit = new_unit(actor, {**given, "opened": ground.day}, aliases, record=record)
        _written(actor, record, SchoolChange.Kind.OPENED, ground, (), (unit,))
    return unit


def rename(actor: Actor, key: int, edition: int, name: str, short_name: str, ground: Ground | None) -> Unit:
    """Gives a unit another name from a day on; the old one stays as an alias, so that older documents still find the unit.

    Without a ground it is the correction of a slip: the name was never so, no change is written. Refused: a future day, the same name.
    """
    with action(actor, "unit.rename") as record:
        unit = locked(actor, [key])[key]
        unchanged_since(unit, edition)
        before = values(unit)
        if (name, short_name) == (unit.name, unit.short_name):
            raise ValidationError({"name": _("名称没有变化。")})
        was = {"name": unit.name, "short_name": unit.short_name}
        unit.name, unit.short_name = name, short_name
        if ground is not None:
            _in_place(unit, ground)
            aliases = [alias.words for alias in unit.aliases.all()]
            set_aliases(record, unit, [*aliases, was["name"]])
            _written(actor, record, SchoolChange.Kind.RENAMED, ground, (unit,), (unit,), was)
        saved(record, unit, before)
    return unit


def change_type(actor: Actor, key: int, edition: int, changed: Mapping[str, Any], ground: Ground) -> Unit:
    """Makes a school another kind or type from a day on (小学改为教学点); the code stays. ``changed``: kind, school_type, parent, name.

    Refused: a future day, a type that does not fit the kind, a unit that is no school.
    """
    with action(actor, "school.change-type") as record:
        unit = locked(actor, [key])[key]
        unchanged_since(unit, edition)
        before = values(unit)
        if (changed["kind"], changed["school_type"]) == (unit.kind, unit.school_type):
            raise ValidationError({"school_type": _("办学类型没有变化。")})
        _in_place(unit, ground)
        was = {"kind": unit.kind, "school_type": unit.school_type, "parent": unit.parent_id}
        unit.kind, unit.school_type = changed["kind"], changed["school_type"]
        fitting(unit)
        if changed.get("parent") is not None:
            place_under(actor, unit, changed["parent"])
        name = changed.get("name") or unit.name
        if name != unit.name:
            was["name"] = unit.name
            set_aliases(record, unit, [*(alias.words for alias in unit.aliases.all()), unit.name])
            unit.name = name
        _written(actor, record, SchoolChange.Kind.TYPE_CHANGED, ground, (unit,), (unit,), was)
        saved(record, unit, before)
    return unit


def close(actor: Actor, key: int, edition: int, ground: Ground, receiver: Unit | None) -> Unit:
    """Closes a unit from a day on; ``receiver`` takes over its pupils, duties and unfinished tasks. The unit and its history stay.

    Refused: units below it that stay open, a later change that needs it, a receiver that does not exist on the day.
    """
    with action(actor, "unit.close") as record:
        held = locked(actor, [key])
        unit = held[key]
        unchanged_since(unit, edition)
        if receiver is not None:
            _there(receiver, ground.day)
        _nothing_below(unit)
        _ended(record, unit, ground.day)
        if receiver is not None:
            hand_over(record, unit, receiver)
        _written(actor, record, SchoolChange.Kind.CLOSED, ground, (unit,), (receiver,) if receiver else ())
    return unit


def merge(
    actor: Actor, editions: Mapping[int, int], ground: Ground, into: int | None, new: Mapping[str, Any] | None = None
) -> Unit:
    """Several schools become one from a day on: one of them (``into``) or a new one (``new``). The others close; what stands below
    them, their places in clusters and the tasks that they have not finished go over.

    Refused: fewer than two schools, a school that does not exist on the day or that a later change needs.
    """
    if len(editions) < 2:
        raise ValidationError({"schools": _("请选择两所以上要合并的学校。")})
    if into is not None and into not in editions:
        raise ValidationError({"into": _("并入的学校应是所选学校之一；合并为新校时请选“合并为一所新学校”。")})
    with action(actor, "school.merge") as record:
        held = locked(actor, editions)
        for unit in held.values():
            unchanged_since(unit, editions[unit.pk])
            _free(unit, ground.day)
        target = held[into] if into is not None else new_unit(actor, {**(new or {}), "opened": ground.day}, record=record)
        for unit in held.values():
            if unit.pk != target.pk:
                _put_below(actor, record, unit, target, held)
                _ended(record, unit, ground.day)
                hand_over(record, unit, target)
        if into is not None:
            before = values(target)
            # A point that goes on alone answers to whoever its closed school answered to.
            while target.parent is not None and target.parent_id in held:
                place_under(actor, target, held[target.parent_id].parent)
            saved(record, target, before)
        _written(actor, record, SchoolChange.Kind.MERGED, ground, tuple(held.values()), (target,))
    return target


def split(actor: Actor, key: int, edition: int, ground: Ground, parts: Sequence[Mapping[str, Any]], stays: bool) -> list[Unit]:
    """One school becomes several from a day on: new ones (``parts``), and itself where it ``stays``.

    Refused: fewer than two schools afterwards, points or campuses that would be left without a school, a later change that needs it.
    """
    if len(parts) + stays < 2:
        raise ValidationError(_("分设后至少应有两所学校。请再填一所新学校，或保留原校。"))
    with action(actor, "school.split") as record:
        unit = locked(actor, [key])[key]
        unchanged_since(unit, edition)
        _free(unit, ground.day)
        made = [new_unit(actor, {**part, "opened": ground.day}, record=record) for part in parts]
        if stays:
            saved(record, unit, values(unit))
        else:
            _nothing_below(unit)
            _ended(record, unit, ground.day)
        after = [unit, *made] if stays else made
        _written(actor, record, SchoolChange.Kind.SPLIT, ground, (unit,), after)
    return after


def reopen(actor: Actor, key: int, edition: int, note: str) -> Unit:
    """Takes a closing back by a further change of the same day: the unit exists again as if it had never closed.

    Refused: a unit that is not closed, a superior that is closed. Places in clusters and units handed over stay where they are now.
    """
    with action(actor, "unit.reopen") as record:
        unit = locked(actor, [key])[key]
        unchanged_since(unit, edition)
        if unit.closed is None:
            raise ValidationError(_("“%(unit)s”没有撤销，不需要恢复。") % {"unit": unit.name})
        if unit.parent is not None and unit.parent.closed is not None:
            raise ValidationError(
                _("主管单位“%(parent)s”已撤销。请先恢复它，或把本单位改到现有的主管单位。") % {"parent": unit.parent.name}
            )
        ground = Ground(unit.closed, note)
        before = values(unit)
        unit.closed = None
        saved(record, unit, before)
        _written(actor, record, SchoolChange.Kind.OPENED, ground, (), (unit,))
    return unit


def _written(
    actor: Actor,
    record: Recorder,
    kind: str,
    ground: Ground,
    before: Iterable[Unit],
    after: Iterable[Unit],
    was: Mapping[str, Any] | None = None,
) -> None:
    """The row of history; never changed afterwards."""
    if not ground.note.strip():
        raise ValidationError({"note": _("请填写依据（文号，或批准的会议和日期）。")})
    change = SchoolChange.objects.create(
        day=ground.day, kind=kind, was=dict(was or {}), note=ground.note.strip(), made=clock.now(), post_id=actor.post_id
    )
    change.before.set(before)
    change.after.set(after)
    record.made(change)


def _there(unit: Unit, day: date) -> None:
    """Whether the unit exists on the day of a change."""
    if unit.opened is not None and unit.opened > day:
        raise ValidationError(
            {"day": _("“%(unit)s”%(opened)s 才设立，变更日期不能早于这一天。") % {"unit": unit.name, "opened": unit.opened}}
        )
    if unit.closed is not None:
        raise ValidationError(
            _("“%(unit)s”已于 %(closed)s 撤销，请选择现有的单位。") % {"unit": unit.name, "closed": unit.closed}
        )


def _free(unit: Unit, day: date) -> None:
    """Whether the unit exists on the day and no change of a later day needs it."""
    _there(unit, day)
    later = SchoolChange.objects.filter(Q(before=unit) | Q(after=unit), day__gt=day).order_by("day").first()
    if later is not None:
        raise ValidationError(
            {
                "day": _(
                    "“%(unit)s”在 %(later)s 还有一次变更（%(kind)s），变更日期不能早于它。请改日期，或先用新的变更撤回后一次。"
                )
                % {"unit": unit.name, "later": later.day, "kind": later.get_kind_display()}
            }
        )


def _in_place(unit: Unit, ground: Ground) -> None:
    """A unit that goes on under the same code takes a new name or type only when the day has come: every page shows today's."""
    if ground.day > clock.today():
        raise ValidationError({"day": _("日期还没有到。更名和改类型请在生效当天或以后登记。")})
    _free(unit, ground.day)


def _ended(record: Recorder, unit: Unit, day: date) -> None:
    """The unit is no more from the day on, and in no cluster."""
    _free(unit, day)
    if unit.opened == day:
        raise ValidationError({"day": _("“%(unit)s”当天刚设立，撤销日期应晚于设立日期。") % {"unit": unit.name}})
    before = values(unit)
    unit.closed = day
    saved(record, unit, before)
    for member in members_on(day).filter(Q(school=unit) | Q(cluster=unit)):
        was = values(member)
        member.ends = day
        member.save()
        record.changed(member, was)


def _nothing_below(unit: Unit) -> None:
    below = unit.children.filter(closed__isnull=True)
    names = [str(child) for child in below[:5]]
    if names:
        raise ValidationError(
            _("“%(unit)s”下面还有 %(count)s 个单位（%(names)s）。请先撤销它们，或改到别的主管单位。")
            % {"unit": unit.name, "count": below.count(), "names": "、".join(names)}
        )


def _put_below(actor: Actor, record: Recorder, unit: Unit, target: Unit, merging: Iterable[int]) -> None:
    """What stands below a school that closes by a merger goes over to the school that goes on."""
    for child in unit.children.filter(closed__isnull=True).exclude(pk__in=merging):
        before = values(child)
        place_under(actor, child, target)
        saved(record, child, before)
