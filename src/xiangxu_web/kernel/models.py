"""The tables of the kernel: audit rows, jobs, files, what a person prefers."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class AuditRow(models.Model):
    """One change by somebody: who, in which post, what, on which row, which fields. Values appear only as keyed hashes.

    Written in the same transaction as the change. A job seals rows in order: ``position`` counts from 1 without a gap, ``digest`` is
    the hash of the row and of the digest before. People are named by number, so that deleting a person's data stays possible.
    """

    at = models.DateTimeField()
    person_id = models.BigIntegerField(null=True)
    post_id = models.BigIntegerField(null=True)
    unit_id = models.BigIntegerField(null=True)
    # The county (or higher area) whose audit administrator reads the row: a path in the area tree.
    area_path = models.CharField(max_length=200, blank=True)
    acting_for = models.BigIntegerField(null=True)
    link_id = models.BigIntegerField(null=True)
    job_id = models.UUIDField(null=True)
    verb = models.CharField(max_length=80)
    table = models.CharField(max_length=80, blank=True)
    row_key = models.CharField(max_length=80, blank=True)
    # Field → [keyed hash before, keyed hash after]; null where there was no value.
    fields = models.JSONField(default=dict)
    # Public words of the change: counts, states, reasons by code; never a personal value.
    facts = models.JSONField(default=dict)
    request_id = models.CharField(max_length=40, blank=True)
    position = models.BigIntegerField(null=True, unique=True)
    previous = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64, blank=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["area_path", "-id"], name="audit_area"),
            models.Index(fields=["table", "row_key"], name="audit_row"),
            models.Index(fields=["verb", "-id"], name="audit_verb"),
            models.Index(fields=["person_id", "-id"], name="audit_person"),
            models.Index(fields=["unit_id", "-id"], name="audit_unit"),
        ]


class JobState(models.TextChoices):
    """The life of a job."""

    WAITING = "waiting", _("排队中")
    RUNNING = "running", _("进行中")
    DONE = "done", _("已完成")
    FAILED = "failed", _("未完成")
    CANCELLED = "cancelled", _("已取消")


class Job(models.Model):
    """Long work. A worker takes it for the time of a lease and renews the lease by its heartbeat; when the worker dies, the lease
    runs out and another takes the job up again. Jobs are therefore written so that doing them twice does no harm."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=80)
    arguments = models.JSONField(default=dict)
    state = models.CharField(max_length=12, choices=JobState.choices, default=JobState.WAITING)
    person_id = models.BigIntegerField(null=True)
    post_id = models.BigIntegerField(null=True)
    area_path = models.CharField(max_length=200, blank=True)
    made = models.DateTimeField()
    not_before = models.DateTimeField()
    started = models.DateTimeField(null=True)
    ended = models.DateTimeField(null=True)
    worker = models.CharField(max_length=80, blank=True)
    lease_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    attempts_allowed = models.PositiveSmallIntegerField(default=3)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    words = models.CharField(max_length=200, blank=True)
    cancel_asked = models.BooleanField(default=False)
    result = models.JSONField(default=dict)
    error = models.TextField(blank=True)
    # One of these at a time may wait or run (a seal of the audit, a backup); empty: any number.
    only_one = models.CharField(max_length=80, blank=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["state", "not_before"], name="job_queue")]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["only_one"],
                condition=models.Q(state__in=("waiting", "running")) & ~models.Q(only_one=""),
                name="job_only_one",
            )
        ]


class Blob(models.Model):
    """The bytes of a file, named by their SHA-256, written to disk and synced before this row commits."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    size = models.BigIntegerField()
    media_type = models.CharField(max_length=100)
    stored = models.DateTimeField()


class Attachment(models.Model):
    """One use of a file: under which name, at which row (``table``, ``row_key``), by which post. Files are reached only through this."""

    blob = models.ForeignKey(Blob, on_delete=models.PROTECT, related_name="attachments")
    name = models.CharField(max_length=200)
    table = models.CharField(max_length=80)
    row_key = models.CharField(max_length=80)
    unit_id = models.BigIntegerField(null=True)
    unit_path = models.CharField(max_length=200, blank=True)
    area_path = models.CharField(max_length=200, blank=True)
    person_id = models.BigIntegerField(null=True)
    post_id = models.BigIntegerField(null=True)
    made = models.DateTimeField()
    shows_children = models.BooleanField(default=False)
    withdrawn = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["table", "row_key"], name="attachment_row")]


class SearchEntry(models.Model):
    """The words by which one row of another table is found. Kept in the same transaction as the row; permissions are the row's own."""

    table = models.CharField(max_length=40)
    row_id = models.BigIntegerField()
    # Folded: one case, one width, no blanks within a field; a line a field.
    words = models.TextField()
    # On SQLite the same with a blank between characters, for its full-text index; elsewhere empty.
    spaced = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["table", "row_id"], name="search_entry_once")
        ]


class Preference(models.Model):
    """What one person chose for their own eyes: columns of a table, rows a page. Nothing of the office's work."""

    person_id = models.BigIntegerField()
    key = models.CharField(max_length=80)
    value = models.JSONField(default=dict)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["person_id", "key"], name="preference_once")
        ]
