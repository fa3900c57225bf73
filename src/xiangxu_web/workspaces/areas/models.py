"""The tables of areas and units. The rules of the tree are those of ``xiangxu.model.area`` and ``xiangxu.model.unit``."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from xiangxu.model.area import AreaLevel
from xiangxu.model.unit import Runner as CoreRunner
from xiangxu.model.unit import SchoolType as CoreType
from xiangxu.model.unit import UnitKind


class Area(models.Model):
    """One division of the tree. ``path`` is the codes from the top, each followed by a stroke: all below is a prefix of it."""

    class Level(models.TextChoices):
        """The levels, high to low."""

        NATION = AreaLevel.NATION.value, _("国家")
        PROVINCE = AreaLevel.PROVINCE.value, _("省")
        PREFECTURE = AreaLevel.PREFECTURE.value, _("市")
        COUNTY = AreaLevel.COUNTY.value, _("县")
        TOWN = AreaLevel.TOWN.value, _("镇街")
        VILLAGE = AreaLevel.VILLAGE.value, _("村居")

    code = models.CharField(_("区划代码"), max_length=12, unique=True)
    name = models.CharField(_("名称"), max_length=60)
    level = models.CharField(_("层级"), max_length=12, choices=Level.choices)
    parent = models.ForeignKey("self", verbose_name=_("上级"), null=True, on_delete=models.PROTECT, related_name="children")
    path = models.CharField(max_length=200, unique=True)
    settlement = models.CharField(_("城乡分类代码"), max_length=3, blank=True)

    def __str__(self) -> str:
        return self.name


class Unit(models.Model):
    """One unit. ``path`` is the like of an area's, by the units' keys. A closed unit stays: history hangs on it."""

    class Kind(models.TextChoices):
        """What a unit is."""

        GOVERNMENT = UnitKind.GOVERNMENT.value, _("政府")
        BUREAU = UnitKind.BUREAU.value, _("教育行政部门")
        DEPARTMENT = UnitKind.DEPARTMENT.value, _("部门")
        OFFICE = UnitKind.OFFICE.value, _("科室")
        TOWN = UnitKind.TOWN.value, _("镇政府、街道")
        COUNTY_BUREAU = UnitKind.COUNTY_BUREAU.value, _("区县教育局")
        EDUCATION_OFFICE = UnitKind.EDUCATION_OFFICE.value, _("教管办、中心校")
        CLUSTER = UnitKind.CLUSTER.value, _("学区")
        SCHOOL = UnitKind.SCHOOL.value, _("学校")
        CAMPUS = UnitKind.CAMPUS.value, _("校区")
        TEACHING_POINT = UnitKind.TEACHING_POINT.value, _("教学点")
        KINDERGARTEN = UnitKind.KINDERGARTEN.value, _("幼儿园")

    class SchoolType(models.TextChoices):
        """Forms of running a school."""

        KINDERGARTEN = CoreType.KINDERGARTEN.value, _("幼儿园")
        TEACHING_POINT = CoreType.TEACHING_POINT.value, _("小学教学点")
        PRIMARY = CoreType.PRIMARY.value, _("小学")
        JUNIOR = CoreType.JUNIOR.value, _("初级中学")
        NINE_YEAR = CoreType.NINE_YEAR.value, _("九年一贯制学校")
        SENIOR = CoreType.SENIOR.value, _("高级中学")
        FULL_MIDDLE = CoreType.FULL_MIDDLE.value, _("完全中学")
        TWELVE_YEAR = CoreType.TWELVE_YEAR.value, _("十二年一贯制学校")
        SPECIAL = CoreType.SPECIAL.value, _("特殊教育学校")
        VOCATIONAL = CoreType.VOCATIONAL.value, _("中等职业学校")

    class Runner(models.TextChoices):
        """Who runs a school."""

        PUBLIC = CoreRunner.PUBLIC.value, _("公办")
        COLLECTIVE = CoreRunner.COLLECTIVE.value, _("集体办")
        PRIVATE = CoreRunner.PRIVATE.value, _("民办")
        PRIVATE_INCLUSIVE = CoreRunner.PRIVATE_INCLUSIVE.value, _("普惠性民办")

    code = models.CharField(_("单位代码"), max_length=40, unique=True)
    name = models.CharField(_("名称"), max_length=80)
    short_name = models.CharField(_("简称"), max_length=40, blank=True)
    kind = models.CharField(_("类别"), max_length=20, choices=Kind.choices)
    area = models.ForeignKey(Area, verbose_name=_("所在区划"), on_delete=models.PROTECT, related_name="units")
    parent = models.ForeignKey(
        "self", verbose_name=_("主管单位"), null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    path = models.CharField(max_length=200, db_index=True)
    school_type = models.CharField(_("办学类型"), max_length=20, choices=SchoolType.choices, blank=True)
    runner = models.CharField(_("举办者"), max_length=20, choices=Runner.choices, blank=True)
    opened = models.DateField(_("设立日期"), null=True, blank=True)
    closed = models.DateField(_("撤销日期"), null=True, blank=True)
    phone = models.CharField(_("电话"), max_length=30, blank=True)
    address = models.CharField(_("地址"), max_length=120, blank=True)
    longitude = models.FloatField(_("经度"), null=True, blank=True)
    latitude = models.FloatField(_("纬度"), null=True, blank=True)
    # Counts up with every change: a form that was opened on an older state is refused, with the other's name.
    edition = models.PositiveIntegerField(default=1)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["area", "kind"], name="unit_area_kind")]

    def __str__(self) -> str:
        return self.short_name or self.name


class UnitAlias(models.Model):
    """A word by which documents call a unit. Shared with the plan reader's directory of units."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="aliases")
    words = models.CharField(_("别名"), max_length=80)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["unit", "words"], name="unit_alias_once")
        ]


class ClusterMember(models.Model):
    """A school's belonging to a cluster (学区、教育集团), from a day to a day; one school of a cluster leads it."""

    cluster = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="members")
    school = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="memberships")
    leads = models.BooleanField(_("牵头校"), default=False)
    starts = models.DateField(_("起"), null=True, blank=True)
    ends = models.DateField(_("止"), null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["cluster", "school", "starts"], name="cluster_member_once"),
            # Two rows without a beginning count as different to a database.
            models.UniqueConstraint(
                fields=["cluster", "school"], condition=models.Q(starts=None), name="cluster_member_ever_once"
            ),
        ]


class SchoolChange(models.Model):
    """What happened to schools on a day: which became which. Never changed once written; a mistake is corrected by a further change."""

    class Kind(models.TextChoices):
        """Kinds of change."""

        OPENED = "opened", _("新设")
        CLOSED = "closed", pgettext_lazy("change of a school", "撤销")
        MERGED = "merged", _("合并")
        SPLIT = "split", _("分设")
        RENAMED = "renamed", _("更名")
        TYPE_CHANGED = "type-changed", _("办学类型变更")

    day = models.DateField(_("日期"))
    kind = models.CharField(_("变更"), max_length=20, choices=Kind.choices)
    before = models.ManyToManyField(Unit, related_name="changes_from", blank=True)
    after = models.ManyToManyField(Unit, related_name="changes_to", blank=True)
    # What a unit was called and what type it had before, where that changed: {"name": …, "school_type": …}.
    was = models.JSONField(default=dict)
    note = models.CharField(_("依据"), max_length=200, blank=True)
    made = models.DateTimeField()
    post_id = models.BigIntegerField(null=True)
