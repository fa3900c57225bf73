"""Rules of passwords beyond Django's own, as the installation sets them: classes of characters, age, none of the last ones again.

What a person had before is kept as its hash alone, no more of them than the installation asks about and none longer than a year.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.contrib.auth.hashers import check_password
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from xiangxu import clock
from xiangxu_web.workspaces.accounts.models import FormerPassword, Person

# What was used so long ago may be used again, and its hash need not be kept.
_KEPT = timedelta(days=365)
_CLASSES: tuple[Callable[[str], bool], ...] = (str.isupper, str.islower, str.isdigit, lambda c: not (c.isascii() and c.isalnum()))


class SeveralClasses:
    """So many of four classes at least: capitals, small letters, digits, signs. Other letters (汉字) count with the signs."""

    def __init__(self, classes: int) -> None:
        self.classes = classes

    def validate(self, password: str, user: object = None) -> None:
        """Refused: fewer classes."""
        if sum(any(map(holds, password)) for holds in _CLASSES) < self.classes:
            raise ValidationError(self.get_help_text(), code="password_classes")

    def get_help_text(self) -> str:
        """What is asked."""
        return _("大写字母、小写字母、数字、符号中至少含 %(n)s 类。") % {"n": self.classes}


class NotTheSame:
    """A new password is another one."""

    def validate(self, password: str, user: object = None) -> None:
        """Refused: the one that is in use."""
        if isinstance(user, Person) and user.has_usable_password() and user.check_password(password):
            raise ValidationError(self.get_help_text(), code="password_same")

    def get_help_text(self) -> str:
        """What is asked."""
        return _("新密码不能与现在的密码相同。")


class NotAFormer:
    """A new password is none of the last ones of the person either."""

    def validate(self, password: str, user: object = None) -> None:
        """Refused: one of the last that the person had, while these are kept."""
        if isinstance(user, Person) and any(check_password(password, former.hashed) for former in _kept(user)):
            raise ValidationError(self.get_help_text(), code="password_former")

    def get_help_text(self) -> str:
        """What is asked."""
        return _("新密码不能是最近用过的 %(n)s 个密码之一，请换一个没有用过的。") % {"n": settings.CONFIGURATION.password_last}


def _kept(person: Person) -> QuerySet[FormerPassword]:
    """The last passwords that the person had, as many as the installation asks about; the newest first."""
    known = FormerPassword.objects.filter(person=person, until__gt=clock.now()).order_by("-until", "-pk")
    return known[: settings.CONFIGURATION.password_last]


def put_away(person: Person) -> None:
    """Called before a password is replaced or taken away: its hash is kept, the oldest beyond the asked number go."""
    if settings.CONFIGURATION.password_last and person.has_usable_password():
        FormerPassword.objects.create(person=person, hashed=person.password, until=clock.now() + _KEPT)
    kept = list(_kept(person).values_list("pk", flat=True))
    FormerPassword.objects.filter(person=person).exclude(pk__in=kept).delete()


def over() -> QuerySet[FormerPassword]:
    """What is kept no longer: after its time; all of it where the installation no longer asks."""
    known = FormerPassword.objects.all()
    return known.filter(until__lte=clock.now()) if settings.CONFIGURATION.password_last else known


def outworn(person: Person) -> bool:
    """Whether the person's password is older than the installation allows; never where it sets no age, or there is no password."""
    days = settings.CONFIGURATION.password_days
    if not days or not person.has_usable_password():
        return False
    return clock.now() - (person.password_changed or person.made) > timedelta(days=days)
