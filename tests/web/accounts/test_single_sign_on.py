"""Single sign-on against a provider that answers: who comes in, where they land, who is refused and how."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import LazySettings
from django.http import HttpResponse
from django.test import Client

from tests.web.accounts.provider import CLIENT, SECRET, Provider, provider
from xiangxu_web.configuration import read_configuration
from xiangxu_web.kernel.models import AuditRow
from xiangxu_web.workspaces.accounts.models import Person, Post

pytestmark = pytest.mark.django_db
OUTSIDE = "用青山统一认证登录"


@pytest.fixture(scope="module")
def running() -> Iterator[Provider]:
    """The provider, once for all."""
    with provider() as stands:
        yield stands


@pytest.fixture
def office(running: Provider, settings: LazySettings) -> Provider:
    """The provider of the installation, named in its settings as an administrator does it."""
    names = {"": running.address, "_CLIENT": CLIENT, "_SECRET": SECRET, "_NAME": "青山统一认证"}
    told = read_configuration({"XIANGXU_DEBUG": "1"} | {f"XIANGXU_OIDC{name}": value for name, value in names.items()})
    settings.CONFIGURATION, settings.SOCIALACCOUNT_PROVIDERS = told, told.sign_on()
    running.audience = CLIENT
    return running


def comes(office: Provider, client: Client, **claims: Any) -> HttpResponse:
    """Somebody presses the button on the sign-in page, is let in by the provider, and comes back; the answer to that."""
    assert OUTSIDE in client.get("/account/login/").content.decode()
    sent = client.post("/account/oidc/office/login/")
    assert sent.status_code == 302
    return client.get(office.lets_in(sent.headers["Location"], **claims))  # type: ignore[return-value]


def nobody(client: Client) -> bool:
    """Whether nobody is signed in."""
    return client.get("/").status_code == 302


def with_mail(person: Person) -> str:
    """An e-mail address for somebody, as the office entered it."""
    address = f"{person.login}@yanxi.example"
    Person.objects.filter(pk=person.pk).update(email=address)
    return address


def test_in_by_e_mail_and_again_by_the_account(office: Provider, client: Client, post: Callable[[str], Post]) -> None:
    """A verified address of the office's own list lets its person in, to their start page, with rows in the audit; from then on the
    outside account is theirs, whatever address it names later."""
    clerk = post("clerk").person
    before = AuditRow.objects.count()
    answer = comes(office, client, sub="u-1", email=with_mail(clerk), email_verified=True)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")
    assert clerk.name in client.get("/").content.decode()
    verbs = list(AuditRow.objects.order_by("pk").values_list("verb", flat=True))[before:]
    assert {"person.joined", "person.sign_in"} <= set(verbs)
    again = Client()
    comes(office, again, sub="u-1", email="another@yanxi.example", email_verified=True)
    assert clerk.name in again.get("/").content.decode()


def test_the_other_county_lands_in_theirs(office: Provider, client: Client, post: Callable[[str], Post]) -> None:
    """The other county's clerk comes by the same button and sees their own county, nothing of this one."""
    here, there = post("clerk"), post("other-clerk")
    comes(office, client, sub="u-2", email=with_mail(there.person), email_verified=True)
    page = client.get("/").content.decode()
    assert there.person.name in page
    assert there.unit.area.name in page
    assert here.unit.area.name not in page


def test_whom_the_office_does_not_know_is_refused_with_words(office: Provider, client: Client) -> None:
    """The provider knows them, this office does not: told so, and whom to ask; nobody is signed in and nobody is made."""
    people = Person.objects.count()
    answer = comes(office, client, sub="u-3", email="stranger@elsewhere.example", email_verified=True)
    assert answer.status_code == 403
    assert "本系统里没有与之对应的人员" in answer.content.decode()
    assert nobody(client)
    assert Person.objects.count() == people


def test_what_was_not_meant_for_this_site_lets_nobody_in(office: Provider, client: Client, post: Callable[[str], Post]) -> None:
    """A token made for another site, a code spent already, and an answer to a question that this browser never asked."""
    told = {"sub": "u-4", "email": with_mail(post("clerk").person), "email_verified": True}
    office.audience = "another-site"
    assert "统一身份认证没有完成" in comes(office, client, **told).content.decode()
    assert nobody(client)

    office.audience = CLIENT
    other = Client()
    back = office.lets_in(other.post("/account/oidc/office/login/").headers["Location"], **told)
    assert "统一身份认证没有完成" in client.get(back).content.decode()
    assert nobody(client)
    assert other.get(back).status_code == 302
    other.post("/account/logout/")
    other.get(back)
    assert nobody(other)
