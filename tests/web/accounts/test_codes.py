"""One-time codes: printed, used once, by whom they were meant for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from xiangxu import clock
from xiangxu_web.kernel.actor import Actor
from xiangxu_web.kernel.models import AuditRow
from xiangxu_web.workspaces.accounts import codes
from xiangxu_web.workspaces.accounts.models import EntryCode, Person, Post

pytestmark = pytest.mark.django_db
As = Callable[[str], Actor]
Find = Callable[[str], Post]
SignIn = Callable[[str], Client]
PASSWORD = "Shan-li-xue-tang-6"


@pytest.fixture
def head(post: Find) -> Person:
    """A headteacher who never signed in."""
    person = post("headteacher").person
    person.set_unusable_password()
    person.save()
    return person


def enter(code: str, person: Person, client: Client | None = None, **other: str) -> tuple[int, str]:
    """Fills in the page of the first sign-in."""
    told = {"code": code, "name": person.name, "phone_end": person.phone[-4:], "password1": PASSWORD, "password2": PASSWORD}
    answer = (client or Client()).post(reverse("enter"), {**told, **other})
    return answer.status_code, answer.content.decode()


def test_from_slip_to_start_page(signed_in: SignIn, head: Person) -> None:
    """The clerk chooses the head, gets a slip with code and drawing; the head scans, sets a password, is in; the rows tell of both."""
    assert head.name in signed_in("clerk").get(reverse("slips")).content.decode()
    answer = signed_in("clerk").post(reverse("slips"), {"person": [head.pk]})
    (printed,) = answer.context["printed"]
    assert printed.drawing.startswith("data:image/svg+xml")
    assert printed.slip.code in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    client = Client()
    page = client.get(reverse("enter-code", args=[printed.slip.code]))
    assert f'value="{printed.slip.code}"' in page.content.decode()
    assert head.name not in page.content.decode()
    assert enter(printed.slip.code, head, client)[0] == 302
    assert client.get(reverse("my-account")).status_code == 200
    head.refresh_from_db()
    assert head.check_password(PASSWORD)
    assert list(AuditRow.objects.filter(verb__startswith="code.").values_list("verb", flat=True)) == ["code.issue", "code.redeem"]


def test_code_is_kept_as_a_hash(actor: As, head: Person) -> None:
    """The database does not hold the code, and its hash is not one without the installation's key."""
    (slip,) = codes.issue(actor("clerk"), [head.pk])
    kept = EntryCode.objects.get(person=head)
    assert codes.plain(slip.code) not in kept.hashed
    assert kept.expires - kept.made == timedelta(days=14)


def test_once_only(actor: As, head: Person) -> None:
    """A used code lets nobody in again."""
    (slip,) = codes.issue(actor("clerk"), [head.pk])
    assert enter(slip.code, head)[0] == 302
    status, page = enter(slip.code, head)
    assert status == 200
    assert "登录码或所填信息不对" in page


def test_two_at_once(actor: As, head: Person) -> None:
    """Of two who found the code open at the same moment only one uses it."""
    (slip,) = codes.issue(actor("clerk"), [head.pk])
    first = codes.find(slip.code, head.name, head.phone[-4:])
    second = codes.find(slip.code, head.name, head.phone[-4:])
    codes.redeem(first, PASSWORD)
    with pytest.raises(codes.CodeRefused):
        codes.redeem(second, "Another-word-77")
    head.refresh_from_db()
    assert head.check_password(PASSWORD)


def test_expires_and_is_replaced(actor: As, head: Person) -> None:
    """A code of two weeks ago and one that a newer replaced are refused in the same words."""
    (old,) = codes.issue(actor("clerk"), [head.pk])
    (new,) = codes.issue(actor("clerk"), [head.pk])
    assert "登录码或所填信息不对" in enter(old.code, head)[1]
    EntryCode.objects.filter(hashed=codes.hashed(codes.plain(new.code))).update(expires=clock.now() - timedelta(seconds=1))
    assert "登录码或所填信息不对" in enter(new.code, head)[1]


def test_belongs_to_name_and_telephone(actor: As, head: Person) -> None:
    """Whoever finds a slip cannot use it without the name and the telephone's last digits."""
    (slip,) = codes.issue(actor("clerk"), [head.pk])
    assert enter(slip.code, head, name="别人")[0] == 200
    assert enter(slip.code, head, phone_end="")[0] == 200
    assert enter(slip.code.lower().replace("-", " "), head)[0] == 302


def test_weak_password_does_not_use_the_code_up(actor: As, head: Person) -> None:
    """A password against the rules is told at its field; the code stays open."""
    (slip,) = codes.issue(actor("clerk"), [head.pk])
    assert enter(slip.code, head, password1="12345678901", password2="12345678901")[0] == 200
    assert enter(slip.code, head)[0] == 302


def test_guessing_is_stopped(actor: As, head: Person) -> None:
    """After twenty wrong codes from one address nothing more is tried there, not even the right one; the words say how long."""
    (slip,) = codes.issue(actor("clerk"), [head.pk])
    for _n in range(20):
        assert enter("AAAA-CCCC-DDDD", head)[0] == 200
    status, page = enter(slip.code, head)
    assert status == 429
    assert "分钟后再试" in page


def test_who_has_a_password_gets_no_slip_by_the_batch(actor: As, post: Find) -> None:
    """A batch touches nobody who has a password; nor anybody of the other county, nor an administrator."""
    chosen = [post(who).person_id for who in ("inspector", "other-head", "security-admin")]
    Person.objects.filter(pk__in=chosen[1:]).update(password="!")
    assert codes.issue(actor("clerk"), chosen) == []
    assert not EntryCode.objects.exists()


def test_reset_ends_password_and_sessions(signed_in: SignIn, post: Find) -> None:
    """A reset shows one slip; the old password and every open session end at once."""
    person = post("headteacher").person
    open_session = signed_in("headteacher")
    assert open_session.get(reverse("my-account")).status_code == 200
    answer = signed_in("clerk").post(reverse("person-reset", args=[person.pk]))
    assert len(answer.context["printed"]) == 1
    assert open_session.get(reverse("my-account")).status_code == 302
    person.refresh_from_db()
    assert not person.has_usable_password()
    assert AuditRow.objects.filter(verb="person.reset").count() == 2


@pytest.mark.parametrize("who", ["headteacher", "office", "supervisor", "security-admin", "bureau-leader"])
def test_slips_are_for_registrars(signed_in: SignIn, who: str) -> None:
    """Nobody else opens the page of slips."""
    assert signed_in(who).get(reverse("slips")).status_code == 403
