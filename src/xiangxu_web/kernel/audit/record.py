"""Actions: every change is one, with its audit rows in the same transaction."""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction

from xiangxu import clock
from xiangxu_web.kernel.actor import Actor
from xiangxu_web.kernel.models import AuditRow

# The name of the request under way, set by the middleware; empty in jobs and commands.
request_name: ContextVar[str] = ContextVar("request_name", default="")


def keyed_hash(value: Any) -> str | None:
    """A value's fingerprint with the installation's key: equal values can be told equal, nobody can read one back. Null stays null."""
    if value is None:
        return None
    words = json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False, sort_keys=True)
    return hmac.new(settings.SECRET_KEY.encode(), b"audit:" + words.encode(), hashlib.sha256).hexdigest()[:32]


@dataclass(frozen=True)
class _Row:
    row: models.Model | None
    fields: dict[str, list[str | None]]
    facts: dict[str, Any]
    acting_for: int | None
    # The key of a row that is about to go: once deleted, it knows its own no more.
    key: str = ""


class Recorder:
    """Collects what an action changed."""

    def __init__(self, acting_for: int | None = None) -> None:
        self.rows: list[_Row] = []
        # The unit for which what follows is entered (代录); an action that enters for many units sets it before each.
        self.acting_for = acting_for

    def made(self, row: models.Model, **facts: Any) -> None:
        """A row was made: all its fields go from nothing to a value."""
        self._add(row, {f: [None, keyed_hash(v)] for f, v in values(row).items() if v not in (None, "")}, facts)

    def changed(self, row: models.Model, before: Mapping[str, Any], **facts: Any) -> None:
        """A row was changed; ``before`` is ``values(row)`` taken before the change."""
        after = values(row)
        fields = {f: [keyed_hash(before.get(f)), keyed_hash(v)] for f, v in after.items() if before.get(f) != v}
        self._add(row, fields, facts)

    def removed(self, row: models.Model, **facts: Any) -> None:
        """A row is about to go (only what carries no history may)."""
        self._add(row, {f: [keyed_hash(v), None] for f, v in values(row).items() if v not in (None, "")}, facts, str(row.pk))

    def noted(self, row: models.Model | None = None, **facts: Any) -> None:
        """Something happened that changed no row of ours: a sign-in, an export, a reading of a guarded file."""
        self._add(row, {}, facts)

    def _add(self, row: models.Model | None, fields: dict[str, list[str | None]], facts: dict[str, Any], key: str = "") -> None:
        self.rows.append(_Row(row, fields, facts, self.acting_for, key))


def values(row: models.Model) -> dict[str, Any]:
    """The row's own fields by name, as they stand now."""
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields if not field.primary_key}


class NotAFact(Exception):
    """A fact is no count, yes or no, or code: a mistake in the program, so the action is not kept. Values go through ``keyed_hash``."""


# Codes are ASCII: no Chinese name or address passes, and no telephone or identity number.
_CODE = re.compile(r"[\x20-\x7e]{0,80}")
_NUMBER_OF_A_PERSON = re.compile(r"(?<![\w-])(1\d{10}|\d{17}[\dXx])(?![\w-])")


def check_fact(value: Any) -> None:
    """Refuses what might be a personal value: facts stay in the chain for ever, while people's data must remain deletable."""
    match value:
        case None | bool() | int() | float():
            return
        case str() if _CODE.fullmatch(value) and not _NUMBER_OF_A_PERSON.search(value):
            return
        case list() | tuple():
            for each in value:
                check_fact(each)
        case dict():
            for key, each in value.items():
                check_fact(key)
                check_fact(each)
        case _:
            raise NotAFact(repr(value))


class NothingRecorded(Exception):
    """An action ended without a trace: a mistake in the program, so nothing of it is kept."""


def _moment() -> datetime:
    """When the action happens; never before the last one, also where a stopped calendar has begun its day anew."""
    at = clock.now()
    if not clock.stopped():
        return at
    last: datetime | None = AuditRow.objects.order_by("-pk").values_list("at", flat=True).first()
    return at if last is None else max(at, last)


@contextmanager
def action(actor: Actor | None, verb: str, *, job_id: Any = None) -> Iterator[Recorder]:
    """One change and its audit rows, in one transaction; both happen or neither.

    ``verb`` is the action's name (``unit.rename``); the screen of the audit administrator shows its words. ``actor`` is None for what
    the system does by itself. Facts hold counts, states and codes, never a personal value.
    """
    recorder = Recorder(actor.acting_for if actor else None)
    with transaction.atomic():
        yield recorder
        if not recorder.rows:
            raise NothingRecorded(verb)
        check_fact([each.facts for each in recorder.rows])
        at = _moment()
        AuditRow.objects.bulk_create(
            AuditRow(
                at=at,
                person_id=(actor.person_id or None) if actor else None,
                post_id=(actor.post_id or None) if actor else None,
                unit_id=actor.unit_id if actor else None,
                area_path=(actor.county_path or actor.area_path) if actor else "",
                acting_for=each.acting_for,
                link_id=actor.link_id if actor else None,
                job_id=job_id,
                verb=verb,
                table=each.row._meta.model_name or "" if each.row is not None else "",
                row_key=each.key or (str(each.row.pk) if each.row is not None else ""),
                fields=each.fields,
                facts=each.facts,
                request_id=request_name.get(),
            )
            for each in recorder.rows
        )
