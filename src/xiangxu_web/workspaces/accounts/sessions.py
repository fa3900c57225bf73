"""Where a person is signed in, asked in three queries however many places these are; allauth asks three for each, at every sign-in."""

from __future__ import annotations

from allauth.usersessions.models import UserSession
from django.contrib.auth import HASH_SESSION_KEY
from django.contrib.sessions.models import Session
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from xiangxu_web.workspaces.accounts.models import Person


def open_sessions(person: Person) -> list[UserSession]:
    """The places where the person is signed in now. What has run out, or was begun with a password of before, is no session any more and
    is forgotten."""
    known = list(UserSession.objects.filter(user_id=person.pk))
    found = Session.objects.filter(session_key__in=[each.session_key for each in known], expire_date__gt=timezone.now())
    mark = person.get_session_auth_hash()
    alive = {each.session_key for each in found if constant_time_compare(each.get_decoded().get(HASH_SESSION_KEY, ""), mark)}
    ended = [each.pk for each in known if each.session_key not in alive]
    if ended:
        UserSession.objects.filter(pk__in=ended).delete()
    return [each for each in known if each.session_key in alive]
