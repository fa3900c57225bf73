"""One-time codes: how sixty headteachers come in for the first time, and how somebody comes back who forgot the password.

A code stands on a printed slip. It works once, for two weeks, for one person; a newer code of the same person ends the older. Only a
keyed hash is kept, so a stolen database lets nobody in.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from xiangxu import clock
from xiangxu_web.kernel.actor import Actor
from xiangxu_web.kernel.audit.record import Recorder, action, values
from xiangxu_web.kernel.permission import demand, row, rows
from xiangxu_web.workspaces.accounts.models import EntryCode, Person
from xiangxu_web.workspaces.accounts.passwords import put_away
from xiangxu_web.workspaces.accounts.posts import first_actor
from xiangxu_web.workspaces.accounts.rules import MAINTAIN_PEOPLE

DAYS = 14
# Without letters and digits that are taken for one another in print: 0 O, 1 I L, 2 Z, 5 S, 8 B, U V.
_LETTERS = "34679ACDEFGHJKMNPQRTWXY"
_GROUPS, _IN_GROUP = 3, 4


class CodeRefused(Exception):
    """The code does not let in. The same words whether it never was, was used, ran out, or the name does not belong to it."""


@dataclass(frozen=True)
class Slip:
    """What is printed for one person. The code is shown this once and kept nowhere."""

    person: Person
    code: str


def readable(code: str) -> str:
    """The code in groups of four: ACDE-FGHJ-KMNP."""
    return "-".join(code[n : n + _IN_GROUP] for n in range(0, len(code), _IN_GROUP))


def plain(typed: str) -> str:
    """What was typed, without blanks and strokes, in capitals."""
    return "".join(c for c in typed.upper() if c.isalnum())


def hashed(code: str) -> str:
    """The keyed hash under which a code is kept."""
    return hmac.new(settings.SECRET_KEY.encode(), b"entry:" + code.encode(), hashlib.sha256).hexdigest()


def issue(actor: Actor, person_ids: Sequence[int]) -> list[Slip]:
    """New codes for people who have no password yet; their older codes end. Others of the list get none: see ``reset``."""
    demand(actor, MAINTAIN_PEOPLE)
    people = [p for p in rows("person.change", actor).filter(pk__in=person_ids, is_active=True).order_by("pk") if waits(p)]
    if not people:
        return []
    with action(actor, "code.issue") as record:
        return [_new(actor, record, person) for person in people]


def reset(actor: Actor, person_id: int) -> Slip:
    """A new code for somebody who forgot the password or fears that it is known: the old one ends at once, and with it every session."""
    person: Person = row("person.change", actor, pk=person_id, is_active=True)
    with action(actor, "person.reset") as record:
        before = values(person)
        put_away(person)
        person.set_unusable_password()
        person.must_change_password = True
        person.save(update_fields=["password", "must_change_password"])
        record.changed(person, before)
        return _new(actor, record, person)


def first_code(record: Recorder, person: Person) -> Slip:
    """A code that the installation itself gives: for its first administrators, when nobody can sign in yet."""
    return _new(None, record, person)


def waits(person: Person) -> bool:
    """Whether the person has no password yet."""
    return not person.has_usable_password()


def _new(actor: Actor | None, record: Recorder, person: Person) -> Slip:
    now = clock.now()
    EntryCode.objects.filter(person=person, used__isnull=True, expires__gt=now).update(expires=now)
    code = "".join(secrets.choice(_LETTERS) for _n in range(_GROUPS * _IN_GROUP))
    made = EntryCode.objects.create(
        person=person,
        hashed=hashed(code),
        made=now,
        made_by_post=actor.post_id if actor else None,
        expires=now + timedelta(days=DAYS),
    )
    record.noted(made, person=person.pk)
    return Slip(person, readable(code))


def find(typed: str, name: str, phone_end: str) -> EntryCode:
    """The open code, if it is one and belongs to this name (and, where the office knows the telephone, to these last four digits)."""
    found = (
        EntryCode.objects.filter(hashed=hashed(plain(typed)), used__isnull=True, expires__gt=clock.now(), person__is_active=True)
        .select_related("person")
        .first()
    )
    if found is None or not _is_theirs(found.person, name, phone_end):
        raise CodeRefused(
            _("登录码或所填信息不对：请核对条子上的登录码、您的姓名和手机末四位。登录码只能用一次，过期或重发后旧码作废。")
        )
    return found


def _is_theirs(person: Person, name: str, phone_end: str) -> bool:
    digits = "".join(c for c in person.phone if c.isdigit())
    same_name = "".join(person.name.split()) == "".join(name.split())
    return same_name and (not digits or digits[-4:] == phone_end.strip())


def redeem(code: EntryCode, password: str) -> Person:
    """Sets the person's own password and uses the code up. Of two at the same moment one comes in."""
    with transaction.atomic():
        now = clock.now()
        if not EntryCode.objects.filter(pk=code.pk, used__isnull=True, expires__gt=now).update(used=now):
            raise CodeRefused(_("这个登录码刚刚用过。如果不是您本人，请立即联系本单位的系统管理员。"))
        with action(first_actor(code.person), "code.redeem") as record:
            record.noted(code, person=code.person_id)
        get_adapter().set_password(code.person, password)
    return code.person
