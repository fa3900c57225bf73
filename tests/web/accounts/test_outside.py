"""The door of single sign-on: only people whom the office entered."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from allauth.socialaccount.models import SocialAccount, SocialLogin

from xiangxu_web.configuration import Misconfigured, read_configuration
from xiangxu_web.workspaces.accounts.adapters import KnownPeopleOnly
from xiangxu_web.workspaces.accounts.models import Person, Post

pytestmark = pytest.mark.django_db


def told(**claims: Any) -> SocialLogin:
    """What the provider says of somebody."""
    account = SocialAccount(provider="office", uid="u1", extra_data={"userinfo": {"sub": "u1", **claims}})
    return SocialLogin(account=account, provider=SimpleNamespace(id="office"))


def test_found_by_login_or_verified_mail(post: Callable[[str], Post]) -> None:
    """The login name finds the person, and so does a verified e-mail address; an unverified one does not."""
    clerk = post("clerk").person
    Person.objects.filter(pk=clerk.pk).update(email="clerk@yanxi.example")
    find = KnownPeopleOnly().person_of
    assert find(told(preferred_username=clerk.login)) == clerk
    assert find(told(email="Clerk@yanxi.example", email_verified=True)) == clerk
    assert find(told(email="clerk@yanxi.example", email_verified=False)) is None
    assert find(told(email="clerk@yanxi.example")) is None


def test_nobody_else_gets_in(post: Callable[[str], Post]) -> None:
    """An unknown name, an address that two people share, and a disabled person find nobody."""
    clerk, office = post("clerk").person, post("office").person
    Person.objects.filter(pk__in=[clerk.pk, office.pk]).update(email="shared@yanxi.example")
    find = KnownPeopleOnly().person_of
    assert find(told(preferred_username="nobody.at.all")) is None
    assert find(told(email="shared@yanxi.example", email_verified=True)) is None
    Person.objects.filter(pk=clerk.pk).update(is_active=False)
    assert find(told(preferred_username=clerk.login)) is None


def test_half_a_configuration_is_refused() -> None:
    """A provider's address without what it knows the site by is told at the start, in plain words."""
    with pytest.raises(Misconfigured, match="XIANGXU_OIDC_CLIENT"):
        read_configuration({"XIANGXU_DEBUG": "1", "XIANGXU_OIDC": "https://id.example"})


def test_a_provider_is_reached_encrypted() -> None:
    """What a provider tells is believed for the way it comes: an address without encryption is refused, but for trying things out."""
    told = {"XIANGXU_SECRET": "s" * 40, "XIANGXU_OIDC_CLIENT": "c", "XIANGXU_OIDC_SECRET": "s"}
    with pytest.raises(Misconfigured, match="https://"):
        read_configuration({**told, "XIANGXU_OIDC": "http://id.example"})
    assert read_configuration({**told, "XIANGXU_OIDC": "https://id.example"}).sign_on()
    assert read_configuration({**told, "XIANGXU_OIDC": "http://id.example", "XIANGXU_DEBUG": "1"}).sign_on()
    assert read_configuration(told | {"XIANGXU_OIDC": ""}).sign_on() == {}
