"""Signed links: one unit, one purpose, until a day; every opening is logged."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.http import Http404, HttpResponse
from django.test import Client
from django.urls import reverse

from xiangxu import clock
from xiangxu_web.kernel.actor import Actor
from xiangxu_web.kernel.models import AuditRow
from xiangxu_web.kernel.permission import Refused, rows
from xiangxu_web.workspaces.accounts import links
from xiangxu_web.workspaces.accounts.models import LinkUse, Post, SignedLink

pytestmark = pytest.mark.django_db
As = Callable[[str], Actor]
Find = Callable[[str], Post]
SignIn = Callable[[str], Client]


def echo(request: links.LinkRequest) -> HttpResponse:
    """The page that links of the test open."""
    return HttpResponse(f"{request.actor.unit_name}|{request.link.about['task']}|{request.actor.link_id}|{request.method}")


@pytest.fixture(autouse=True)
def purpose() -> Iterator[None]:
    """A purpose that only the tests have."""
    links.purpose("test.echo", "测试", f"{__name__}.echo")
    yield
    del links.PURPOSES["test.echo"]


@pytest.fixture
def address(actor: As, post: Find) -> str:
    """A link that the clerk gave to the finance bureau."""
    return links.make_link(actor("clerk"), post("lead-department").unit, "test.echo", {"task": 12}, 30)


def test_opens_without_an_account(address: str, post: Find) -> None:
    """Anybody who has the address sees the purpose's page as that unit, and may post to it; each opening is logged, the visitor's
    address only as a keyed hash."""
    link = SignedLink.objects.get()
    for method, call in (("GET", Client().get), ("POST", Client().post)):
        answer = call(address, REMOTE_ADDR="203.0.113.9")
        assert answer.content.decode() == f"{post('lead-department').unit}|12|{link.pk}|{method}"
    assert [use.outcome for use in LinkUse.objects.all()] == ["opened", "opened"]
    assert "203.0.113.9" not in str(list(LinkUse.objects.values()))
    assert AuditRow.objects.get(verb="link.make").facts == {"purpose": "test.echo", "days": 30}


def test_token_is_not_kept(address: str) -> None:
    """Who reads the database cannot open the links."""
    token = address.rstrip("/").rsplit("/", 1)[1]
    assert token not in str(list(SignedLink.objects.values()))
    assert Client().get(reverse("link", args=[SignedLink.objects.get().hashed])).status_code == 404


def test_expired_and_revoked_say_so(address: str, actor: As) -> None:
    """Whoever had a link from the office reads that it ran out or was ended, and that openings were still logged."""
    SignedLink.objects.update(expires=clock.now() - timedelta(seconds=1))
    answer = Client().get(address)
    assert answer.status_code == 404
    assert "已过有效期" in answer.content.decode()
    links.revoke(actor("clerk"), SignedLink.objects.get().pk)
    assert "已被撤销" in Client().get(address).content.decode()
    assert [use.outcome for use in LinkUse.objects.order_by("pk")] == ["expired", "revoked"]


def test_unknown_in_the_same_words() -> None:
    """A token of the right shape, a wrong shape and an undeclared purpose's read the same."""
    pages = []
    for token in ("A" * 32, "x"):
        with pytest.raises(links.LinkRefused) as refused:
            links.open_link(token, "203.0.113.9")
        pages.append(str(refused.value))
    assert pages[0] == pages[1]
    assert not LinkUse.objects.exists()


def test_guessing_is_stopped(address: str) -> None:
    """After thirty wrong addresses from one place nothing is opened there for a while; elsewhere the link opens."""
    client = Client()
    for n in range(30):
        assert client.get(reverse("link", args=[f"wrong{n}"])).status_code == 404
    assert client.get(address).status_code == 429
    assert client.get(address, REMOTE_ADDR="203.0.113.77").status_code == 200


def test_the_visitor_reaches_nothing_else(address: str) -> None:
    """A link signs nobody in: every other page still asks for it."""
    client = Client()
    client.get(address)
    for name in ("start", "people", "links", "my-account"):
        assert client.get(reverse(name)).status_code == 302


def test_who_may_give_them_out(actor: As, post: Find) -> None:
    """A clerk not to the other county's units, a head to nobody, nobody for an undeclared purpose or beyond ninety days."""
    with pytest.raises(Http404):
        links.make_link(actor("clerk"), post("other-head").unit, "test.echo", {}, 5)
    with pytest.raises(Refused):
        links.make_link(actor("headteacher"), post("headteacher").unit, "test.echo", {}, 5)
    with pytest.raises(ValueError, match="purpose"):
        links.make_link(actor("clerk"), post("lead-department").unit, "nowhere", {}, 5)
    with pytest.raises(ValueError, match="90"):
        links.make_link(actor("clerk"), post("lead-department").unit, "test.echo", {}, 91)


@pytest.mark.usefixtures("address")
def test_list_and_revoke(signed_in: SignIn, actor: As, post: Find) -> None:
    """The clerk and the unit itself see the link and can end it; the other county and other units neither see nor end it."""
    link = SignedLink.objects.get()
    unit = post("lead-department").unit.name
    for who in ("other-clerk", "headteacher", "supervisor", "town"):
        assert not rows("link.see", actor(who)).exists()
        assert unit not in signed_in(who).get(reverse("links")).content.decode()
        assert signed_in(who).post(reverse("link-revoke", args=[link.pk])).status_code == 404
    for who in ("system-admin", "security-admin", "audit-admin"):
        assert signed_in(who).get(reverse("links")).status_code == 403
    for who in ("clerk", "lead-department"):
        assert unit in signed_in(who).get(reverse("links")).content.decode()
    assert signed_in("lead-department").post(reverse("link-revoke", args=[link.pk])).status_code == 302
    link.refresh_from_db()
    assert link.revoked
    assert AuditRow.objects.filter(verb="link.revoke").count() == 1
