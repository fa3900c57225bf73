"""Rules of passwords beyond Django's own, as the installation sets them: classes of characters, age, not the same again.

Older passwords than the present one are kept nowhere, not as a hash either, so only a return to the present one can be refused.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from xiangxu import clock
from xiangxu_web.workspaces.accounts.models import Person

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


def outworn(person: Person) -> bool:
    """Whether the person's password is older than the installation allows; never where it sets no age, or there is no password."""
    days = settings.CONFIGURATION.password_days
    if not days or not person.has_usable_password():
        return False
    return clock.now() - (person.password_changed or person.made) > timedelta(days=days)
