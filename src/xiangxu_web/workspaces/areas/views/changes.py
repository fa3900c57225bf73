"""The forms that change units and schools: checked, handed to one action, shown again with what was refused."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST

from xiangxu_web.kernel.permission import demand, row, rows
from xiangxu_web.kernel.web import Request
from xiangxu_web.workspaces.areas import changing, keeping
from xiangxu_web.workspaces.areas.forms import (
    CloseForm,
    EditForm,
    Keeping,
    MergeForm,
    NewForm,
    NewSchoolForm,
    RenameForm,
    ReopenForm,
    SplitForm,
    TypeForm,
)
from xiangxu_web.workspaces.areas.keeping import Outdated
from xiangxu_web.workspaces.areas.models import Unit
from xiangxu_web.workspaces.areas.own_level import bring_counties
from xiangxu_web.workspaces.areas.panels import affected
from xiangxu_web.workspaces.areas.rules import MAINTAIN_UNITS, SCHOOL_KINDS

Done = Callable[[], Unit]


def _unit(request: Request, key: int) -> Unit:
    demand(request.actor, MAINTAIN_UNITS)
    found: Unit = row("unit.change", request.actor, pk=key)
    return found


def _school(request: Request, key: int) -> Unit:
    demand(request.actor, MAINTAIN_UNITS)
    found: Unit = row("unit.change", request.actor, pk=key, kind__in=SCHOOL_KINDS)
    return found


def _answer(
    request: Request,
    form: Keeping,
    act: Done,
    *,
    title: str,
    button: str,
    done: str,
    closing: Callable[[], tuple[Sequence[Unit], date]] | None = None,
) -> HttpResponse:
    """The form, or what follows its action. What closes is asked about once more, with everything that hangs on it."""
    context: dict[str, Any] = {"title": title, "form": form, "button": button, "unit": form.unit}
    back = reverse("unit", args=[form.unit.pk]) if form.unit else reverse("units")
    if request.method == "POST" and form.is_valid():
        if closing is not None and not request.POST.get("sure"):
            units, day = closing()
            context |= {"sure": True, "closing": units, "day": day, "affected": affected(request.actor, units, day)}
            return render(request, "areas/change.html", {**context, "back": back})
        try:
            unit = act()
        except Outdated as problem:
            form.take(problem)
            form.renewed()
        except ValidationError as problem:
            form.take(problem)
        else:
            messages.success(request, done % {"unit": unit.name})
            for words, other in keeping.shared_words(unit):
                messages.warning(
                    request,
                    _("“%(words)s”也指“%(other)s”：文件里出现这个叫法时，系统无法确定是哪一个。")
                    % {"words": words, "other": other.name},
                )
            return redirect("unit", unit.pk)
    return render(request, "areas/change.html", {**context, "back": back}, status=422 if form.errors else 200)


def edit(request: Request, key: int) -> HttpResponse:
    """The facts and aliases of a unit."""
    unit = _unit(request, key)
    form = EditForm(request.POST or None, actor=request.actor, unit=unit)

    def act() -> Unit:
        told = dict(form.cleaned_data)
        return keeping.edit_unit(request.actor, key, told.pop("edition"), told, told.pop("aliases"))

    return _answer(request, form, act, title=_("修改%(unit)s") % {"unit": unit}, button=_("保存"), done=_("“%(unit)s”已保存。"))


def new(request: Request) -> HttpResponse:
    """A new unit that is no school."""
    demand(request.actor, MAINTAIN_UNITS)
    form = NewForm(request.POST or None, actor=request.actor)

    def act() -> Unit:
        told = dict(form.cleaned_data)
        return keeping.new_unit(request.actor, told, told.pop("aliases"))

    return _answer(request, form, act, title=_("新增单位"), button=_("新增"), done=_("已新增“%(unit)s”。"))


def new_school(request: Request) -> HttpResponse:
    """A new school from a day on."""
    demand(request.actor, MAINTAIN_UNITS)
    form = NewSchoolForm(request.POST or None, actor=request.actor)

    def act() -> Unit:
        told = {name: value for name, value in form.cleaned_data.items() if name not in ("aliases", "day", "note")}
        return changing.open_school(request.actor, told, form.cleaned_data["aliases"], form.ground())

    return _answer(request, form, act, title=_("新设学校"), button=_("新设"), done=_("已新设“%(unit)s”。"))


def rename(request: Request, key: int) -> HttpResponse:
    """Another name."""
    unit = _unit(request, key)
    form = RenameForm(request.POST or None, actor=request.actor, unit=unit)

    def act() -> Unit:
        told = form.cleaned_data
        ground = None if told["correction"] else form.ground()
        return changing.rename(request.actor, key, told["edition"], told["name"], told["short_name"], ground)

    done = _("已更名为“%(unit)s”，原名保留为别名。")
    return _answer(request, form, act, title=_("%(unit)s更名") % {"unit": unit}, button=_("更名"), done=done)


def change_type(request: Request, key: int) -> HttpResponse:
    """Another kind or type of a school."""
    unit = _school(request, key)
    form = TypeForm(request.POST or None, actor=request.actor, unit=unit)

    def act() -> Unit:
        return changing.change_type(request.actor, key, form.cleaned_data["edition"], form.cleaned_data, form.ground())

    done = _("“%(unit)s”的办学类型已变更。")
    return _answer(request, form, act, title=_("变更%(unit)s的办学类型") % {"unit": unit}, button=_("变更"), done=done)


def close(request: Request, key: int) -> HttpResponse:
    """A unit closes; asked once more with what hangs on it."""
    unit = _unit(request, key)
    form = CloseForm(request.POST or None, actor=request.actor, unit=unit)

    def act() -> Unit:
        told = form.cleaned_data
        return changing.close(request.actor, key, told["edition"], form.ground(), told["receiver"])

    return _answer(
        request,
        form,
        act,
        title=_("撤销%(unit)s") % {"unit": unit},
        button=pgettext("a unit", "撤销"),
        done=_("已登记撤销“%(unit)s”，历史数据保留。"),
        closing=lambda: ([unit], form.cleaned_data["day"]),
    )


def reopen(request: Request, key: int) -> HttpResponse:
    """A closing is taken back."""
    unit = _unit(request, key)
    form = ReopenForm(request.POST or None, actor=request.actor, unit=unit)

    def act() -> Unit:
        return changing.reopen(request.actor, key, form.cleaned_data["edition"], form.cleaned_data["note"])

    done = _("“%(unit)s”已恢复。它的学区、下属单位和人员岗位请另行核对。")
    return _answer(request, form, act, title=_("恢复%(unit)s") % {"unit": unit}, button=_("恢复"), done=done)


def merge(request: Request, key: int) -> HttpResponse:
    """Several schools become one."""
    unit = _school(request, key)
    whole = request.GET.get("whole") == "1"
    form = MergeForm(request.POST or None, actor=request.actor, unit=unit, initial={"whole": whole})

    def act() -> Unit:
        told = form.cleaned_data
        new = {name: told[name] for name in ("name", "code", "school_type")}
        new |= {"kind": unit.kind, "runner": unit.runner, "area": unit.area, "parent": unit.parent}
        return changing.merge(request.actor, form.opened_on(), form.ground(), told["into"], new)

    def closing() -> tuple[Sequence[Unit], date]:
        keys = set(form.opened_on()) - {form.cleaned_data["into"]}
        return list(rows("unit.change", request.actor).filter(pk__in=keys).order_by("path")), form.cleaned_data["day"]

    done = _("合并已登记，现为“%(unit)s”。")
    return _answer(request, form, act, title=_("合并%(unit)s") % {"unit": unit}, button=_("合并"), done=done, closing=closing)


def split(request: Request, key: int) -> HttpResponse:
    """One school becomes several."""
    unit = _school(request, key)
    form = SplitForm(request.POST or None, actor=request.actor, unit=unit)

    def act() -> Unit:
        told = form.cleaned_data
        changing.split(request.actor, key, told["edition"], form.ground(), form.new_schools(), told["stays"])
        return unit

    def closing() -> tuple[Sequence[Unit], date]:
        return ([] if form.cleaned_data["stays"] else [unit]), form.cleaned_data["day"]

    done = _("“%(unit)s”的分设已登记。")
    return _answer(request, form, act, title=_("分设%(unit)s") % {"unit": unit}, button=_("分设"), done=done, closing=closing)


@require_POST
def bring(request: Request) -> HttpResponse:
    """The bureaus of the counties begun here become units of the prefecture's own level."""
    made = bring_counties(request.actor)
    if made:
        messages.success(request, _("已列入：%(names)s。") % {"names": "、".join(unit.name for unit in made)})
    else:
        messages.info(request, _("本系统里的区县都已列入。不在本系统里的，请从“导入导出”导入，类别写“区县教育局”。"))
    return redirect("units")
