"""A document on its way to a plan: as it was read, and every correction since, one row each."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from xiangxu_web.workspaces.areas.models import Area


class Draft(models.Model):
    """An import (导入稿): one uploaded document, what the reader made of it, what people made of that.

    ``as_read`` never changes. Corrections are rows of their own (``Correction``), so that nothing typed is ever lost; ``current`` is
    their outcome, kept for speed. One person edits at a time; others see who, and may take over.
    """

    class State(models.TextChoices):
        """Where the import stands."""

        READING = "reading", _("正在读取")
        FAILED = "failed", _("未能读取")
        OPEN = "open", _("待校对")
        PUBLISHED = "published", _("已发布")
        DROPPED = "dropped", _("已放弃")

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("文件名"), max_length=200)
    state = models.CharField(_("状态"), max_length=12, choices=State.choices, default=State.READING)
    # A draft document (征求意见稿, a plan still to be issued): the check's remarks are findings to answer, not advice.
    is_draft = models.BooleanField(_("征求意见稿"), default=False)
    # The plan of which this is a new version; empty: a new plan.
    plan = models.ForeignKey("Plan", null=True, blank=True, on_delete=models.PROTECT, related_name="drafts")
    job_id = models.UUIDField(null=True)
    failure = models.TextField(blank=True)
    text = models.TextField(blank=True)
    # The pages as pictures or as HTML, for the left side: [{"kind": …, …}].
    pages = models.JSONField(default=list)
    as_read = models.JSONField(default=dict)
    current = models.JSONField(default=dict)
    edition = models.PositiveIntegerField(default=0)
    editor_post = models.BigIntegerField(null=True)
    editor_person = models.BigIntegerField(null=True)
    editor_until = models.DateTimeField(null=True)
    made = models.DateTimeField()
    made_by_post = models.BigIntegerField(null=True)


class Correction(models.Model):
    """One correction of a draft: what kind, on which row, what was typed. Never changed, never deleted."""

    draft = models.ForeignKey(Draft, on_delete=models.PROTECT, related_name="corrections")
    number = models.PositiveIntegerField()
    at = models.DateTimeField()
    post_id = models.BigIntegerField(null=True)
    person_id = models.BigIntegerField(null=True)
    kind = models.CharField(max_length=20)
    # "task:12", "promise:40", "unit:教体局".
    on = models.CharField(max_length=120)
    typed = models.JSONField(default=dict)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["draft", "number"], name="correction_number")
        ]


class Finding(models.Model):
    """One remark of the plan check on a draft document, and what the office answered to it."""

    class Answer(models.TextChoices):
        """What became of the remark."""

        OPEN = "open", _("待处理")
        MENDED = "mended", _("已修改")
        KEPT = "kept", _("不修改，说明理由")

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="findings")
    key = models.CharField(max_length=120)
    answer = models.CharField(max_length=10, choices=Answer.choices, default=Answer.OPEN)
    reason = models.CharField(_("理由"), max_length=300, blank=True)
    post_id = models.BigIntegerField(null=True)
    at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["draft", "key"], name="finding_once")
        ]
