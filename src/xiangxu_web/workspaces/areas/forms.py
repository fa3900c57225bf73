"""The forms of units and schools. What a form alone cannot know is refused by the actions, and told in its place."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from xiangxu import clock
from xiangxu_web.kernel.actor import Actor
from xiangxu_web.kernel.permission import rows
from xiangxu_web.workspaces.areas.changing import Ground
from xiangxu_web.workspaces.areas.models import Area, Unit
from xiangxu_web.workspaces.areas.own_level import is_own_level
from xiangxu_web.workspaces.areas.rules import SCHOOL_KINDS, change_scope

_CODE = RegexValidator("^[0-9A-Za-z][0-9A-Za-z_-]*$", lazy("代码只能用数字、字母和短横，以数字或字母开头。"))
_ANSWERING = (Unit.Kind.GOVERNMENT, Unit.Kind.BUREAU, Unit.Kind.DEPARTMENT, Unit.Kind.EDUCATION_OFFICE, Unit.Kind.SCHOOL)


class Picked(forms.TypedChoiceField):
    """Chooses one row of those that the post may choose, grouped; an empty choice is None."""

    def __init__(self, found: Iterable[Any], group: Any, *, empty: str = "—", **more: Any) -> None:
        self.known = {str(each.pk): each for each in found}
        grouped = [
            (words, [(each.pk, each.name) for each in each_group]) for words, each_group in groupby(self.known.values(), group)
        ]
        super().__init__(choices=[("", empty), *grouped], coerce=lambda key: self.known[str(key)], empty_value=None, **more)


def _town(unit: Unit) -> str:
    area = unit.area
    return area.parent.name if area.level == Area.Level.VILLAGE and area.parent else area.name


def _schools(actor: Actor) -> list[Unit]:
    found = rows("unit.change", actor).filter(kind__in=SCHOOL_KINDS, closed__isnull=True)
    return list(found.select_related("area__parent").order_by("area__path", "path"))


class Keeping(forms.Form):
    """A form on a unit: it knows the edition on which it was opened."""

    edition = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, actor: Actor, unit: Unit | None = None, **more: Any) -> None:
        super().__init__(data, **more)
        self.actor, self.unit = actor, unit
        if unit is None:
            del self.fields["edition"]
        else:
            self.fields["edition"].initial = unit.edition
        self.build()

    def build(self) -> None:
        """Adds the fields whose choices hang on the post."""

    def take(self, problem: ValidationError) -> None:
        """Shows what an action refused, at the field where the form has one."""
        if not hasattr(problem, "error_dict"):
            self.add_error(None, problem)
            return
        for name, errors in problem.error_dict.items():
            self.add_error(name if name in self.fields else None, errors)

    def renewed(self) -> None:
        """After a refusal for age: what was typed stays, a second sending counts from what stands now."""
        if self.unit is not None:
            now = Unit.objects.values_list("edition", flat=True).get(pk=self.unit.pk)
            told = QueryDict(mutable=True)
            told.update(self.data)
            told["edition"] = str(now)
            self.data = told

    def ground(self) -> Ground:
        """The day and the document of the change."""
        return Ground(self.cleaned_data["day"], self.cleaned_data["note"])

    def add_ground(self) -> None:
        """The fields of every change with a day."""
        self.fields["day"] = forms.DateField(
            label=_("生效日期"),
            initial=clock.today,
            widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            help_text=_("从这一天起按变更后的情况统计。"),
        )
        self.fields["note"] = forms.CharField(
            label=_("依据"), max_length=200, help_text=_("文号，或批准的会议和日期，例如“某教发〔2026〕12号”。")
        )

    def add_place(self) -> None:
        """Where a unit lies, and who answers for it."""
        areas = (
            rows("area.change", self.actor)
            .filter(level__in=("county", "town", "village"))
            .select_related("parent")
            .order_by("path")
        )
        self.fields["area"] = Picked(
            areas,
            lambda area: (area.parent if area.level == "village" else area).name,
            label=_("所在区划"),
            help_text="" if is_own_level(change_scope(self.actor)) else _("学校选到村居，其他单位选到镇街或县。"),
        )
        answering = rows("unit.change", self.actor).filter(kind__in=_ANSWERING, closed__isnull=True).order_by("kind", "path")
        self.fields["parent"] = Picked(answering, lambda unit: unit.get_kind_display(), label=_("主管单位"), required=False)


class EditForm(Keeping):
    """The facts of a unit and its aliases."""

    short_name = forms.CharField(label=lazy("简称"), max_length=40, required=False)
    aliases = forms.CharField(
        label=lazy("别名"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=lazy("文件里对它的其他叫法，每行一个。读取方案时按别名找到本单位。"),
    )

    def build(self) -> None:
        """Place, telephone, address, days; for schools who runs them."""
        self.add_place()
        if self.unit is None or self.unit.kind in SCHOOL_KINDS:
            self.fields["runner"] = forms.ChoiceField(
                label=_("举办者"), required=False, choices=[("", "—"), *Unit.Runner.choices]
            )
        self.fields["opened"] = forms.DateField(
            label=_("设立日期"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        )
        self.fields["phone"] = forms.CharField(label=_("电话"), max_length=30, required=False)
        self.fields["address"] = forms.CharField(label=_("地址"), max_length=120, required=False)
        self.fields["longitude"] = forms.FloatField(label=_("经度"), required=False, min_value=-180, max_value=180)
        self.fields["latitude"] = forms.FloatField(label=_("纬度"), required=False, min_value=-90, max_value=90)
        if self.unit is not None:
            unit = self.unit
            self.initial = {name: getattr(unit, name) for name in ("short_name", "runner", "opened", "phone", "address")}
            self.initial |= {
                "area": unit.area_id,
                "parent": unit.parent_id,
                "longitude": unit.longitude,
                "latitude": unit.latitude,
            }
            self.initial["aliases"] = "\n".join(unit.aliases.order_by("words").values_list("words", flat=True))

    def clean_aliases(self) -> list[str]:
        """One a line; none longer than its field."""
        lines = [line.strip() for line in self.cleaned_data["aliases"].replace("、", "\n").splitlines() if line.strip()]
        if long := next((line for line in lines if len(line) > 80), None):
            raise ValidationError(_("别名“%(words)s…”太长，每个最多 80 个字。") % {"words": long[:20]})
        return lines

    def clean(self) -> dict[str, Any]:
        """Longitude and latitude go together."""
        told = self.cleaned_data
        if (told.get("longitude") is None) != (told.get("latitude") is None):
            self.add_error("latitude", _("经度和纬度请都填，或都留空。"))
        return told


class NewForm(EditForm):
    """A new unit; a school from a day on, with its ground."""

    school = False
    field_order = ("code", "name", "short_name", "kind", "school_type", "runner", "area", "parent", "day", "note")

    def build(self) -> None:
        """What a unit must have."""
        super().build()
        elsewhere = Unit.Kind.TOWN if is_own_level(change_scope(self.actor)) else Unit.Kind.COUNTY_BUREAU
        kinds = [(k.value, k.label) for k in Unit.Kind if (k in SCHOOL_KINDS) == self.school and k is not elsewhere]
        self.fields["code"] = forms.CharField(
            label=_("学校标识码") if self.school else _("单位代码"), max_length=40, validators=[_CODE]
        )
        self.fields["name"] = forms.CharField(label=_("名称"), max_length=80, help_text=_("全称。"))
        self.fields["kind"] = forms.ChoiceField(label=_("类别"), choices=[("", "—"), *kinds])
        if self.school:
            self.fields["school_type"] = forms.ChoiceField(label=_("办学类型"), choices=[("", "—"), *Unit.SchoolType.choices])
            del self.fields["opened"]
            self.add_ground()
        else:
            del self.fields["runner"]
        self.order_fields(self.field_order)


class NewSchoolForm(NewForm):
    """A new school."""

    school = True


class RenameForm(Keeping):
    """Another name from a day on, or the correction of a slip."""

    name = forms.CharField(label=lazy("名称"), max_length=80)
    short_name = forms.CharField(label=lazy("简称"), max_length=40, required=False)
    correction = forms.BooleanField(label=lazy("只是更正录入错误，不记为更名"), required=False)

    def build(self) -> None:
        """Day and document; not needed for a slip."""
        self.add_ground()
        if self.unit is not None:
            self.initial = {"name": self.unit.name, "short_name": self.unit.short_name}
        self.fields["day"].required = self.fields["note"].required = False

    def clean(self) -> dict[str, Any]:
        """A change of name needs its day and document."""
        if not self.cleaned_data.get("correction"):
            for name in ("day", "note"):
                if not self.cleaned_data.get(name) and name not in self.errors:
                    self.add_error(name, _("更名请填生效日期和依据；只是更正录入错误的，请勾选上面一项。"))
        return self.cleaned_data


class TypeForm(Keeping):
    """A school becomes another kind or type."""

    def build(self) -> None:
        """Kind, type, superior, name."""
        kinds = [(k.value, k.label) for k in SCHOOL_KINDS]
        self.fields["kind"] = forms.ChoiceField(label=_("类别"), choices=kinds)
        self.fields["school_type"] = forms.ChoiceField(label=_("办学类型"), choices=Unit.SchoolType.choices)
        self.add_place()
        del self.fields["area"]
        self.fields["parent"].help_text = _("改为教学点时，选它所属的学校；不变就不动。")
        self.fields["name"] = forms.CharField(label=_("新名称"), max_length=80, required=False, help_text=_("名称不变就留空。"))
        self.add_ground()
        if self.unit is not None:
            self.initial = {"kind": self.unit.kind, "school_type": self.unit.school_type, "parent": self.unit.parent_id}


class CloseForm(Keeping):
    """A unit closes."""

    def build(self) -> None:
        """Day, document, who takes over."""
        self.add_ground()
        if self.unit is None:
            return
        if self.unit.kind in SCHOOL_KINDS:
            others: Iterable[Unit] = (unit for unit in _schools(self.actor) if unit.pk != self.unit.pk)
        else:
            others = (
                rows("unit.change", self.actor)
                .filter(kind=self.unit.kind, closed__isnull=True)
                .exclude(pk=self.unit.pk)
                .select_related("area__parent")
                .order_by("area__path")
            )
        self.fields["receiver"] = Picked(
            others, _town, label=_("由谁承接"), required=False, help_text=_("学生或职责转到哪里；没有就留空。")
        )


class ReopenForm(Keeping):
    """A closing is taken back."""

    note = forms.CharField(label=lazy("依据"), max_length=200, help_text=lazy("为什么恢复：文号，或“撤销登记有误”。"))


class MergeForm(Keeping):
    """Several schools become one. The school on whose page the form was opened is one of them."""

    editions = forms.CharField(widget=forms.HiddenInput)

    def build(self) -> None:
        """The schools of the same town, or with ``whole`` of the whole county."""
        if self.unit is None:
            return
        unit, everywhere = self.unit, bool(self.initial.get("whole"))
        # Kindergartens merge with kindergartens.
        like = [
            each
            for each in _schools(self.actor)
            if (each.kind == unit.kind) or Unit.Kind.KINDERGARTEN not in (each.kind, unit.kind)
        ]
        found = [each for each in like if each.pk != unit.pk and (everywhere or _town(each) == _town(unit))]
        named = [(each.pk, each.name) for each in found]
        self.fields["schools"] = forms.TypedMultipleChoiceField(
            label=_("与哪些学校合并"), choices=named, coerce=int, widget=forms.CheckboxSelectMultiple
        )
        self.fields["into"] = forms.TypedChoiceField(
            label=_("合并后"),
            choices=[
                (unit.pk, _("并入%(school)s") % {"school": unit.name}),
                *((k, _("并入%(school)s") % {"school": n}) for k, n in named),
                ("", _("合并为一所新学校")),
            ],
            coerce=int,
            empty_value=None,
            required=False,
            initial=unit.pk,
        )
        self.fields["name"] = forms.CharField(
            label=_("新学校名称"), max_length=80, required=False, help_text=_("合并为新学校时填。")
        )
        self.fields["code"] = forms.CharField(label=_("新学校标识码"), max_length=40, required=False, validators=[_CODE])
        self.fields["school_type"] = forms.ChoiceField(
            label=_("新学校办学类型"), required=False, choices=[("", "—"), *Unit.SchoolType.choices]
        )
        self.add_ground()
        self.fields["editions"].initial = ",".join(f"{each.pk}:{each.edition}" for each in found)

    def clean(self) -> dict[str, Any]:
        """A new school needs its name, code and type."""
        told = self.cleaned_data
        if "into" in told and told["into"] is None:
            for name in ("name", "code", "school_type"):
                if not told.get(name) and name not in self.errors:
                    self.add_error(name, _("合并为新学校时请填写。"))
        return told

    def opened_on(self) -> dict[int, int]:
        """The schools that are to merge, each with the edition on which the form was opened."""
        known = dict(pair.split(":") for pair in self.cleaned_data["editions"].split(",") if pair.count(":") == 1)
        chosen = {key: int(known.get(str(key), 0)) for key in self.cleaned_data["schools"]}
        return {**chosen, **({self.unit.pk: self.cleaned_data["edition"]} if self.unit else {})}


class SplitForm(Keeping):
    """One school becomes several; up to three new ones."""

    stays = forms.BooleanField(label=lazy("原校保留（只是分出新学校）"), required=False, initial=True)
    parts = (1, 2, 3)

    def build(self) -> None:
        """Name, code and type of each new school."""
        for n in self.parts:
            needed = n == 1
            self.fields[f"name{n}"] = forms.CharField(label=_("新学校%(n)s名称") % {"n": n}, max_length=80, required=needed)
            self.fields[f"code{n}"] = forms.CharField(
                label=_("新学校%(n)s标识码") % {"n": n}, max_length=40, required=needed, validators=[_CODE]
            )
            self.fields[f"type{n}"] = forms.ChoiceField(
                label=_("新学校%(n)s办学类型") % {"n": n}, required=needed, choices=[("", "—"), *Unit.SchoolType.choices]
            )
        self.add_ground()

    def clean(self) -> dict[str, Any]:
        """A further school is told whole or not at all."""
        for n in self.parts[1:]:
            names = [f"name{n}", f"code{n}", f"type{n}"]
            given = [name for name in names if self.cleaned_data.get(name)]
            for name in names if given and len(given) < len(names) else ():
                if name not in given and name not in self.errors:
                    self.add_error(name, _("这所新学校请填全名称、标识码和办学类型，或都留空。"))
        return self.cleaned_data

    def new_schools(self) -> list[dict[str, Any]]:
        """The new schools: where the old one is, run by whom it is run."""
        unit, told = self.unit, self.cleaned_data
        if unit is None:
            return []
        return [
            {
                "name": told[f"name{n}"],
                "code": told[f"code{n}"],
                "school_type": told[f"type{n}"],
                "kind": unit.kind,
                "runner": unit.runner,
                "area": unit.area,
                "parent": unit.parent,
            }
            for n in self.parts
            if told.get(f"name{n}")
        ]


class UploadForm(forms.Form):
    """A workbook to import."""

    file = forms.FileField(
        label=lazy("表格文件"),
        help_text=lazy(".xlsx、.xls 或 WPS 表格，最大 10 MB、20,000 行。先预览，确认后才写入。"),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.xls,.et,.xlsm"}),
    )
