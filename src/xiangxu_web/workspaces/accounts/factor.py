"""Of whom a second factor is demanded."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from django.conf import settings

from xiangxu_web.kernel.actor import Actor
from xiangxu_web.workspaces.accounts.rules import ADMINISTRATORS


def demanded_of(actor: Actor) -> bool:
    """Administrators, and posts that may open children's files; nobody where the installation has it switched off (a demo)."""
    return bool(settings.CONFIGURATION.second_factor) and (actor.role in ADMINISTRATORS or actor.may_open_child_files)


def has_factor(person_id: int) -> bool:
    """Whether the person has set one up."""
    return bool(Authenticator.objects.filter(user_id=person_id, type=Authenticator.Type.TOTP).exists())
