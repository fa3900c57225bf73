"""The published plan: versions, tasks, who owns them, targets."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from xiangxu_web.workspaces.areas.models import Area, Unit
from xiangxu_web.workspaces.plans.tables.reading import Draft


class Plan(models.Model):
    """An issued document (方案) that is being carried out, in immutable versions."""

    uid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="plans")
    title = models.CharField(_("标题"), max_length=200)
    short_title = models.CharField(_("简称"), max_length=60, blank=True)
    doc_number = models.CharField(_("文号"), max_length=60, blank=True)
    issuer = models.CharField(_("发文机关"), max_length=80, blank=True)
    issued_on = models.DateField(_("印发日期"), null=True, blank=True)
    # The end of the plan's term, where it names one.
    runs_until = models.DateField(_("实施至"), null=True, blank=True)
    made = models.DateTimeField()
    closed = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.short_title or self.title


class PlanVersion(models.Model):
    """One published version. Its document, reading and text never change; a correction is a new version."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    draft = models.OneToOneField(Draft, on_delete=models.PROTECT, related_name="version")
    published = models.DateTimeField()
    post_id = models.BigIntegerField(null=True)
    # From the uids of the version before: uid → {"became": continues|changed|split|merged|dropped, "to": [uid, …]}.
    mapping = models.JSONField(default=dict)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["plan", "number"], name="plan_version_number")
        ]


class Task(models.Model):
    """Whatever somebody can be asked about: a row of the list, a numbered action, or a part made by splitting (分解).

    Reports and statuses hang on ``uid``, which no new version changes. The wording is the office's own. ``path`` holds the keys of the
    tasks above it and its own: a task's parts are a prefix of it.
    """

    class Kind(models.TextChoices):
        """Where the task comes from."""

        ROW = "row", _("清单任务")
        ACTION = "action", _("正文措施")
        PART = "part", _("分解任务")

    class Word(models.TextChoices):
        """What the last accepted report says."""

        NONE = "", _("未报")
        NORMAL = "normal", _("正常")
        BEHIND = "behind", _("滞后")
        DONE = "done", _("完成")

    class Sent(models.TextChoices):
        """A part's way to the unit that gets it."""

        DRAFT = "draft", _("未下达")
        SENT = "sent", _("待确认")
        ACCEPTED = "accepted", _("已接受")
        DISPUTED = "disputed", _("有异议")

    uid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="tasks")
    kind = models.CharField(_("来源"), max_length=8, choices=Kind.choices)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="parts")
    path = models.CharField(max_length=120, blank=True, db_index=True)
    order = models.PositiveIntegerField(default=0)
    number = models.CharField(_("序号"), max_length=20, blank=True)
    theme = models.CharField(_("专题"), max_length=120, blank=True)
    title = models.CharField(_("任务"), max_length=200)
    goal = models.TextField(_("目标"), blank=True)
    measure = models.TextField(_("措施"), blank=True)
    # The document's further columns, by header.
    others = models.JSONField(default=dict)
    # Where in the document's text: {"start": …, "end": …, "page": …, "line": …}.
    place = models.JSONField(default=dict)
    due_words = models.CharField(_("完成时限"), max_length=80, blank=True)
    due_on = models.DateField(_("到期日"), null=True, blank=True)
    # Continuing work (常抓不懈、每年): due again and again, never finished.
    ongoing = models.BooleanField(_("长期"), default=False)
    answerable = models.ForeignKey(Unit, verbose_name=_("牵头单位"), null=True, on_delete=models.PROTECT, related_name="tasks")
    owner_proposed = models.BooleanField(default=False)
    leader = models.CharField(_("责任领导"), max_length=40, blank=True)
    office = models.ForeignKey(
        Unit, verbose_name=_("责任科室"), null=True, blank=True, on_delete=models.PROTECT, related_name="office_tasks"
    )
    contact = models.CharField(_("联系人"), max_length=40, blank=True)
    contact_phone = models.CharField(_("联系电话"), max_length=30, blank=True)
    # The body action that tells the same as this row (or the other way): asked once.
    same_as = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="told_by")
    # Of a part: how much, of what, and how it stands with the unit that got it.
    quantity = models.FloatField(_("数量"), null=True, blank=True)
    uom = models.CharField(_("计量单位"), max_length=12, blank=True)
    sent = models.CharField(_("下达"), max_length=10, choices=Sent.choices, default=Sent.DRAFT)
    sent_at = models.DateTimeField(null=True, blank=True)
    sent_by_post = models.BigIntegerField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by_post = models.BigIntegerField(null=True, blank=True)
    # The town or the education office answered for a small school.
    answered_for = models.BooleanField(default=False)
    # From the last accepted report that gave a quantity.
    done = models.FloatField(_("已完成数量"), null=True, blank=True)
    dispute = models.CharField(_("异议理由"), max_length=300, blank=True)
    # Why the last dispute was not granted (维持原数); the part went down again as it was.
    upheld = models.CharField(_("维持原数的理由"), max_length=300, blank=True)
    # Why the reader was in doubt, and whether a person has looked since.
    doubts = models.JSONField(default=list)
    seen = models.BooleanField(default=True)
    word = models.CharField(_("进展"), max_length=8, choices=Word.choices, default=Word.NONE, blank=True)
    reported_on = models.DateField(_("最近报告"), null=True, blank=True)
    dropped = models.DateTimeField(null=True, blank=True)
    edition = models.PositiveIntegerField(default=1)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["plan", "order"], name="task_plan_order"),
            models.Index(fields=["answerable", "due_on"], name="task_owner_due"),
        ]

    def __str__(self) -> str:
        return self.title


class TaskUnit(models.Model):
    """A unit that takes part in a task beside the answerable one, as printed and as it was matched."""

    class Part(models.TextChoices):
        """In which part."""

        CO_LEAD = "co-lead", _("共同牵头")
        PARTICIPANT = "participant", _("配合")

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="units")
    unit = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="task_parts")
    printed = models.CharField(max_length=80)
    part = models.CharField(max_length=12, choices=Part.choices)
    order = models.PositiveSmallIntegerField(default=0)


class Target(models.Model):
    """A promise of the text and how success is judged. An unbound or unconfirmed one is marked so, and never red."""

    class Binding(models.TextChoices):
        """How far the question 怎么算 is settled."""

        PROPOSED = "proposed", _("待确认")
        CONFIRMED = "confirmed", _("已确认")
        LATER = "later", _("暂不计算")

    class Evaluator(models.TextChoices):
        """The five kinds of evaluator."""

        INDICATOR = "indicator", _("指标")
        REGISTRY = "registry", _("创建")
        COVERAGE = "coverage", _("覆盖")
        DUTY = "duty", _("例行职责")
        MILESTONE = "milestone", _("事项")

    uid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="targets")
    task = models.ForeignKey(Task, null=True, blank=True, on_delete=models.PROTECT, related_name="targets")
    order = models.PositiveIntegerField(default=0)
    quote = models.TextField(_("原文"))
    place = models.JSONField(default=dict)
    where = models.CharField(max_length=80, blank=True)
    metric = models.CharField(_("内容"), max_length=200)
    scope = models.CharField(_("范围"), max_length=120, blank=True)
    op = models.CharField(max_length=10)
    value = models.FloatField(_("目标值"), null=True, blank=True)
    value2 = models.FloatField(null=True, blank=True)
    uom = models.CharField(_("单位"), max_length=20, blank=True)
    baseline = models.FloatField(_("基数"), null=True, blank=True)
    due_words = models.CharField(_("时限"), max_length=20, blank=True)
    due_on = models.DateField(_("到期日"), null=True, blank=True)
    per = models.CharField(max_length=8, blank=True)
    level = models.CharField(max_length=12, blank=True)
    direction = models.CharField(max_length=12, blank=True)
    nature = models.CharField(max_length=12, default="promise")
    tolerance = models.FloatField(null=True, blank=True)
    evaluator_kind = models.CharField(_("怎么算"), max_length=12, choices=Evaluator.choices, blank=True)
    evaluator = models.CharField(max_length=80, blank=True)
    parameters = models.JSONField(default=dict)
    # The scope card and, by name, the card's threshold that go with the evaluator.
    evaluator_scope = models.CharField(max_length=80, blank=True)
    threshold = models.CharField(max_length=80, blank=True)
    # What was proposed: [{"kind", "id", "parameters", "scope", "threshold", "score", "words", "source"}], the best first.
    proposals = models.JSONField(default=list)
    binding = models.CharField(_("绑定"), max_length=10, choices=Binding.choices, default=Binding.PROPOSED)
    # Who settled how it is computed, and when: a person, never a pack.
    bound_by_post = models.BigIntegerField(null=True)
    bound = models.DateTimeField(null=True)
    # The units as a person chose them: {"group": …} or {"keys": […]}; empty: those of the evaluator's scope.
    units = models.JSONField(default=dict)
    # Who put it to its task by hand; a new version leaves it there.
    placed_by_post = models.BigIntegerField(null=True)
    same_as = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="repeated_by")
    # Why the reader was in doubt, and whether a person has looked since.
    doubts = models.JSONField(default=list)
    seen = models.BooleanField(default=True)
    dropped = models.DateTimeField(null=True, blank=True)
    edition = models.PositiveIntegerField(default=1)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["plan", "order"], name="target_plan_order")]


class Node(models.Model):
    """A node (序时节点): by this day so much, or this step. Nodes are the expected course; nothing is drawn where there are none."""

    task = models.ForeignKey(Task, null=True, blank=True, on_delete=models.CASCADE, related_name="nodes")
    target = models.ForeignKey(Target, null=True, blank=True, on_delete=models.CASCADE, related_name="nodes")
    due_on = models.DateField(_("日期"))
    quantity = models.FloatField(_("数量"), null=True, blank=True)
    words = models.CharField(_("到时应完成"), max_length=120, blank=True)
    # Of a step in words: who said that it is reached, on what it rests, and who looked.
    reached_on = models.DateField(null=True, blank=True)
    note = models.CharField(_("依据"), max_length=200, blank=True)
    # Why and when the second person sent it back.
    refused = models.CharField(_("核验未通过的理由"), max_length=200, blank=True)
    refused_on = models.DateField(null=True)
    stated = models.DateTimeField(null=True)
    stated_by_person = models.BigIntegerField(null=True)
    stated_by_post = models.BigIntegerField(null=True)
    link_id = models.BigIntegerField(null=True)
    entered_for = models.BooleanField(_("代录"), default=False)
    verified_by_post = models.BigIntegerField(null=True)
