"""What is reported and proved: reports, marks of coverage and milestones, sub-plans, bulletins."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from xiangxu_web.workspaces.areas.models import Unit
from xiangxu_web.workspaces.plans.tables.plan import Plan, Target, Task


class Report(models.Model):
    """One report on a task: how it stands and one line. Handed in, then accepted or returned with a reason; never changed afterwards."""

    class State(models.TextChoices):
        """Where the report stands."""

        HANDED_IN = "handed-in", _("待审核")
        ACCEPTED = "accepted", _("已接收")
        RETURNED = "returned", _("已退回")

    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="reports")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="reports")
    day = models.DateField(_("日期"))
    word = models.CharField(_("进展"), max_length=8, choices=[c for c in Task.Word.choices if c[0]])
    line = models.CharField(_("一句话进展"), max_length=300)
    obstacles = models.CharField(_("存在困难"), max_length=300, blank=True)
    next_step = models.CharField(_("下一步"), max_length=300, blank=True)
    # Of a part with a quantity: how much is done.
    quantity = models.FloatField(_("已完成数量"), null=True, blank=True)
    state = models.CharField(_("状态"), max_length=10, choices=State.choices, default=State.HANDED_IN)
    reason = models.CharField(_("退回理由"), max_length=300, blank=True)
    person_id = models.BigIntegerField(null=True)
    post_id = models.BigIntegerField(null=True)
    link_id = models.BigIntegerField(null=True)
    # Entered for the unit by another (代录), and on what ground: a call, a message, a sealed page.
    entered_for = models.BooleanField(_("代录"), default=False)
    source = models.CharField(_("来源"), max_length=200, blank=True)
    made = models.DateTimeField()
    decided = models.DateTimeField(null=True)
    decided_by_post = models.BigIntegerField(null=True)
    # A form sent twice (a slow phone) makes one report.
    token = models.CharField(max_length=40, unique=True)

    @property
    def lamp(self) -> str:
        """The name of the lamp that shows what the report says."""
        return f"reported-{self.word}"


class Instruction(models.Model):
    """A leader's sentence on a task (批示): what, until when; answered by a report. It stands at the task's head until then."""

    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="instructions")
    line = models.CharField(_("批示"), max_length=300)
    due_on = models.DateField(_("要求办结"), null=True, blank=True)
    person_id = models.BigIntegerField(null=True)
    post_id = models.BigIntegerField(null=True)
    made = models.DateTimeField()
    answered_by = models.ForeignKey(Report, null=True, blank=True, on_delete=models.SET_NULL, related_name="answers")


class Mark(models.Model):
    """One cell of coverage (promise × unit), or of a milestone (no unit): yes, no, not applicable, with evidence, verified by another.

    A change is a further row; the one without a successor counts.
    """

    class Word(models.TextChoices):
        """What the cell says."""

        YES = "yes", _("√")
        NO = "no", _("×")
        NOT_APPLICABLE = "na", _("不适用")

    target = models.ForeignKey(Target, on_delete=models.PROTECT, related_name="marks")
    unit = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="marks")
    word = models.CharField(max_length=4, choices=Word.choices)
    day = models.DateField(_("日期"))
    note = models.CharField(_("说明"), max_length=300, blank=True)
    person_id = models.BigIntegerField(null=True)
    post_id = models.BigIntegerField(null=True)
    link_id = models.BigIntegerField(null=True)
    entered_for = models.BooleanField(_("代录"), default=False)
    made = models.DateTimeField()
    verified = models.DateTimeField(null=True)
    verified_by_person = models.BigIntegerField(null=True)
    verified_by_post = models.BigIntegerField(null=True)
    refused = models.CharField(_("核验未通过的理由"), max_length=300, blank=True)
    replaced = models.DateTimeField(null=True)
    # The approved edition of a sub-plan on which the cell rests.
    fed_by = models.ForeignKey("SubPlanEdition", null=True, blank=True, on_delete=models.PROTECT, related_name="fed")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["target", "unit"], condition=models.Q(replaced=None), name="mark_counts_once"),
            models.UniqueConstraint(
                fields=["target"], condition=models.Q(replaced=None, unit=None), name="milestone_counts_once"
            ),
        ]


class SubPlan(models.Model):
    """A town's or school's own plan (一镇一案、一校一案) under a plan."""

    class State(models.TextChoices):
        """Its way."""

        DRAFT = "draft", _("起草中")
        HANDED_IN = "handed-in", _("已报送")
        COUNTERSIGNING = "countersigning", _("会商中")
        RETURNED = "returned", _("已退回")
        APPROVED = "approved", _("已批复")
        REOPENED = "reopened", _("重新修订")

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="sub_plans")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="sub_plans")
    # Which promise of the plan asks for it: approval feeds that coverage.
    target = models.ForeignKey(Target, null=True, blank=True, on_delete=models.PROTECT, related_name="sub_plans")
    title = models.CharField(_("标题"), max_length=120)
    # [{"heading": …, "asks": …, "text": …}]
    body = models.JSONField(default=list)
    state = models.CharField(_("状态"), max_length=15, choices=State.choices, default=State.DRAFT)
    reason = models.CharField(_("退回理由"), max_length=300, blank=True)
    edition = models.PositiveIntegerField(default=1)
    due_on = models.DateField(_("报送期限"), null=True, blank=True)
    # Counts up with every autosave: two windows on the same sub-plan do not overwrite one another.
    revision = models.PositiveIntegerField(default=0)
    handed_in = models.DateTimeField(null=True, blank=True)
    person_id = models.BigIntegerField(null=True)
    entered_for = models.BooleanField(_("代录"), default=False)
    source = models.CharField(_("来源"), max_length=200, blank=True)
    made = models.DateTimeField()
    post_id = models.BigIntegerField(null=True)
    decided = models.DateTimeField(null=True)
    decided_by_post = models.BigIntegerField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["plan", "unit", "target"], name="sub_plan_once"),
            models.UniqueConstraint(fields=["plan", "unit"], condition=models.Q(target=None), name="sub_plan_general_once"),
        ]


class SubPlanEdition(models.Model):
    """One edition of a sub-plan as it was handed in, with what was decided on it. Its words never change."""

    class Outcome(models.TextChoices):
        """What was decided."""

        RETURNED = "returned", _("已退回")
        APPROVED = "approved", _("已批复")

    sub_plan = models.ForeignKey(SubPlan, on_delete=models.PROTECT, related_name="editions")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=120)
    body = models.JSONField(default=list)
    made = models.DateTimeField()
    person_id = models.BigIntegerField(null=True)
    post_id = models.BigIntegerField(null=True)
    entered_for = models.BooleanField(default=False)
    source = models.CharField(max_length=200, blank=True)
    findings = models.JSONField(default=list)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    decided = models.DateTimeField(null=True)
    decided_by_post = models.BigIntegerField(null=True)
    # An approved edition that was opened again for a new one; what was decided on it stays.
    reopened = models.DateTimeField(null=True)
    reopened_by_post = models.BigIntegerField(null=True)
    reopen_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["sub_plan", "number"], name="sub_plan_edition_once")
        ]


class Opinion(models.Model):
    """One unit's word on a sub-plan in the 会商."""

    class Word(models.TextChoices):
        """Yes or no."""

        AGREED = "agreed", _("同意")
        OBJECTED = "objected", _("有意见")

    sub_plan = models.ForeignKey(SubPlan, on_delete=models.CASCADE, related_name="opinions")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    edition = models.PositiveIntegerField()
    word = models.CharField(max_length=10, choices=Word.choices, blank=True)
    line = models.CharField(_("意见"), max_length=300, blank=True)
    asked = models.DateTimeField()
    due_on = models.DateField(_("答复期限"), null=True, blank=True)
    person_id = models.BigIntegerField(null=True)
    given = models.DateTimeField(null=True)
    post_id = models.BigIntegerField(null=True)
    entered_for = models.BooleanField(_("代录"), default=False)
    source = models.CharField(_("来源"), max_length=200, blank=True)


class Bulletin(models.Model):
    """A bulletin (通报) as issued: its words and figures never change; a correction is a new edition that names the old."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="bulletins")
    number = models.PositiveIntegerField(_("期号"))
    edition = models.PositiveSmallIntegerField(default=1)
    day = models.DateField(_("截至"))
    title = models.CharField(_("标题"), max_length=120)
    content = models.JSONField(default=dict)
    sha256 = models.CharField(max_length=64, blank=True)
    made = models.DateTimeField()
    # Once issued, the database itself refuses every change.
    issued = models.DateTimeField(_("印发"), null=True, blank=True)
    issued_by_post = models.BigIntegerField(null=True)
    revision = models.PositiveIntegerField(default=0)
    reason = models.CharField(_("更正原因"), max_length=200, blank=True)
    post_id = models.BigIntegerField(null=True)
    corrects = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="corrected_by")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["plan", "number", "edition"], name="bulletin_number")
        ]
