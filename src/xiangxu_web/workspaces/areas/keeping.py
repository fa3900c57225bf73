"""Units one at a time: made, edited, found under a lock. A form that was opened on an older state is refused."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db.models import Value
from django.db.models.functions import Concat, Substr
from django.http import Http404
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from xiangxu_web.kernel.actor import Actor
from xiangxu_web.kernel.audit.record import Recorder, action, values
from xiangxu_web.kernel.models import AuditRow
from xiangxu_web.kernel.permission import rows
from xiangxu_web.workspaces.areas.existence import units_of_county
from xiangxu_web.workspaces.areas.models import Area, Unit, UnitAlias
from xiangxu_web.workspaces.areas.own_level import here
from xiangxu_web.workspaces.areas.rules import SCHOOL_KINDS, change_scope

# What the edit form changes. A name, a type, a closing are changes of their own, with a day and a document.
EDITABLE = ("short_name", "area", "parent", "runner", "opened", "phone", "address", "longitude", "latitude")


class Outdated(ValidationError):
    """Somebody else changed the unit since the form was opened: who, when; what was typed stays on the page."""


def locked(actor: Actor, keys: Iterable[int]) -> dict[int, Unit]:
    """These units, held until the transaction ends. Not found where one lies outside what the actor changes."""
    wanted = set(keys)
    allowed = set(rows("unit.change", actor).filter(pk__in=wanted).order_by().values_list("pk", flat=True))
    if wanted - allowed:
        raise Http404(_("没有找到，或不在您的岗位可见范围内。"))
    return {unit.pk: unit for unit in Unit.objects.select_for_update().filter(pk__in=wanted).order_by("pk")}


def unchanged_since(unit: Unit, edition: int) -> None:
    """Refuses where the unit was changed since ``edition``, naming who did it and when."""
    if unit.edition == edition:
        return
    last = last_change(unit)
    if last is None:
        raise Outdated(_("您打开页面后，“%(unit)s”已被修改。请核对下面的内容后再次提交。") % {"unit": unit.name})
    raise Outdated(
        _("您打开页面后，%(who)s在 %(when)s 修改了“%(unit)s”。您填的内容还在，请与现状核对后再次提交。")
        % {"who": last[0], "when": localtime(last[1]).strftime("%Y-%m-%d %H:%M"), "unit": unit.name}
    )


def last_change(unit: Unit) -> tuple[str, datetime] | None:
    """Who last changed the unit, and when, as the audit tells."""
    last = AuditRow.objects.filter(table="unit", row_key=str(unit.pk)).exclude(fields={}).order_by("-pk").first()
    if last is None:
        return None
    person = get_user_model().objects.filter(pk=last.person_id).first() if last.person_id else None
    return (str(person) if person else _("系统")), last.at


def edit_unit(actor: Actor, key: int, edition: int, changed: Mapping[str, Any], aliases: Iterable[str]) -> Unit:
    """Changes a unit's facts and aliases. Nothing different: nothing is written.

    Refused: an older edition, a place outside what the actor changes, a superior that stands below the unit or is closed.
    """
    with action(actor, "unit.edit") as record:
        unit = locked(actor, [key])[key]
        unchanged_since(unit, edition)
        before = values(unit)
        for name in EDITABLE:
            if name in changed and name != "parent":
                setattr(unit, name, changed[name])
        _within(actor, unit.area)
        if "parent" in changed:
            place_under(actor, unit, changed["parent"])
        if unit.opened and unit.closed and unit.opened >= unit.closed:
            raise ValidationError({"opened": _("设立日期应早于撤销日期。")})
        told = set_aliases(record, unit, aliases)
        if told or values(unit) != before:
            saved(record, unit, before)
        else:
            record.noted(unit, unchanged=True)
    return unit


def new_unit(actor: Actor, given: Mapping[str, Any], aliases: Iterable[str] = (), *, record: Recorder | None = None) -> Unit:
    """Makes a unit. Refused: a code in use, a place outside what the actor changes, a closed superior, a type that does not fit."""
    if record is None:
        with action(actor, "unit.make") as own:
            return new_unit(actor, given, aliases, record=own)
    unit = Unit(**{name: value for name, value in given.items() if name != "parent"})
    _within(actor, unit.area)
    if Unit.objects.filter(code=unit.code).exists():
        raise ValidationError(
            {"code": _("代码“%(code)s”已被使用。请核对代码，或在单位列表中查找这个代码。") % {"code": unit.code}}
        )
    fitting(unit)
    parent = given.get("parent")
    if parent is not None:
        _superior(actor, unit, parent)
        unit.parent = parent
    unit.path = ""
    unit.save()
    unit.path = (parent.path if parent else "") + f"{unit.pk}/"
    unit.save(update_fields=["path"])
    record.made(unit)
    set_aliases(record, unit, aliases)
    return unit


def saved(record: Recorder, unit: Unit, before: Mapping[str, Any], **facts: Any) -> None:
    """Writes a changed unit with the next edition; what stands below it moves along where its path changed."""
    if unit.path != before["path"]:
        below = Unit.objects.filter(path__startswith=before["path"]).exclude(pk=unit.pk)
        below.update(path=Concat(Value(unit.path), Substr("path", len(before["path"]) + 1)))
    unit.edition += 1
    unit.save()
    record.changed(unit, before, **facts)


def place_under(actor: Actor, unit: Unit, parent: Unit | None) -> None:
    """Puts a unit under another; not under itself, under what stands below it, or under a closed one."""
    if parent is not None and parent.pk != unit.parent_id:
        _superior(actor, unit, parent)
    unit.parent = parent
    unit.path = (parent.path if parent else "") + f"{unit.pk}/"


def fitting(unit: Unit) -> None:
    """Whether kind, type and runner of a unit go together."""
    wrong = mismatch(unit.kind, unit.school_type, unit.runner)
    if wrong:
        raise ValidationError({wrong[0]: wrong[1]})


def mismatch(kind: str, school_type: str, runner: str) -> tuple[str, str] | None:
    """The field that does not fit the kind, and why; None where all fits."""
    if kind not in SCHOOL_KINDS:
        if school_type:
            return "school_type", _("只有学校、校区、教学点、幼儿园才填办学类型，这里请留空。")
        return ("runner", _("只有学校、校区、教学点、幼儿园才填举办者，这里请留空。")) if runner else None
    if not school_type:
        return "school_type", _("请选择办学类型。")
    for of_kind, only in (
        (Unit.Kind.KINDERGARTEN, Unit.SchoolType.KINDERGARTEN),
        (Unit.Kind.TEACHING_POINT, Unit.SchoolType.TEACHING_POINT),
    ):
        if kind != Unit.Kind.CAMPUS and (kind == of_kind) != (school_type == only):
            return "school_type", _("办学类型与类别不一致：类别为“%(kind)s”时，办学类型应为“%(type)s”，反之亦然。") % {
                "kind": of_kind.label,
                "type": only.label,
            }
    return None


def set_aliases(record: Recorder, unit: Unit, aliases: Iterable[str]) -> bool:
    """Makes these the unit's aliases; says whether anything changed."""
    wanted = list(dict.fromkeys(words for each in aliases if (words := each.strip()) and words != unit.name))
    had = {alias.words: alias for alias in UnitAlias.objects.filter(unit=unit)}
    for words, alias in had.items():
        if words not in wanted:
            record.removed(alias)
            alias.delete()
    for words in wanted:
        if words not in had:
            record.made(UnitAlias.objects.create(unit=unit, words=words))
    return set(wanted) != set(had)


def call_also(actor: Actor, key: int, words: str) -> Unit:
    """Remembers a word by which documents call a unit, beside those that it has; nothing is written where it has it already.

    Refused where another unit of the county is called so: the word would then find neither.
    """
    with action(actor, "unit.edit") as record:
        unit = locked(actor, [key])[key]
        known = [alias.words for alias in UnitAlias.objects.filter(unit=unit)]
        others = units_of_county(unit.area).prefetch_related(None).exclude(pk=unit.pk)
        if others.filter(name=words).exists() or UnitAlias.objects.filter(unit__in=others, words=words).exists():
            raise ValidationError(_("“%(words)s”已经是另一个单位的叫法，没有记住。") % {"words": words})
        before = values(unit)
        if words in (unit.name, unit.short_name) or not set_aliases(record, unit, [*known, words]):
            record.noted(unit, unchanged=True)
        else:
            saved(record, unit, before)
    return unit


def shared_words(unit: Unit) -> list[tuple[str, Unit]]:
    """Aliases of this unit that also mean another unit of its county: a document's word would then find neither."""
    words = [alias.words for alias in unit.aliases.all()]
    others = units_of_county(unit.area).prefetch_related(None).exclude(pk=unit.pk)
    found = [
        (alias.words, alias.unit) for alias in UnitAlias.objects.filter(unit__in=others, words__in=words).select_related("unit")
    ]
    found += [(other.name, other) for other in others.filter(name__in=words)]
    return found


def _within(actor: Actor, area: Area) -> None:
    scope = change_scope(actor)
    if not scope or not area.path.startswith(scope):
        raise ValidationError(
            {"area": here(_("“%(area)s”不在您可以维护的区划内，请选择本县的区划。"), actor.county_path) % {"area": area.name}}
        )


def _superior(actor: Actor, unit: Unit, parent: Unit) -> None:
    if unit.pk and parent.path.startswith(unit.path):
        raise ValidationError({"parent": _("“%(parent)s”在本单位之下，不能作它的主管单位。") % {"parent": parent.name}})
    if parent.closed is not None:
        raise ValidationError({"parent": _("“%(parent)s”已撤销，请选择现有的单位。") % {"parent": parent.name}})
    if not rows("unit.see", actor).filter(pk=parent.pk).exists():
        raise ValidationError({"parent": _("主管单位不在您的可见范围内。")})
