"""Signing in with a password: the lock, the rows it leaves, the pages that do not exist."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
from django.conf import LazySettings
from django.contrib.auth.hashers import check_password
from django.contrib.auth.password_validation import validate_password
from django.contrib.sessions.models import Session
from django.core.cache import caches
from django.core.cache.backends.db import DatabaseCache
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.web.conftest import PASSWORD
from xiangxu import clock
from xiangxu_web.configuration import Misconfigured, read_configuration
from xiangxu_web.kernel.models import AuditRow
from xiangxu_web.workspaces.accounts.codes import reset
from xiangxu_web.workspaces.accounts.models import FormerPassword, Person, Post
from xiangxu_web.workspaces.accounts.passwords import SeveralClasses, over
from xiangxu_web.workspaces.accounts.posts import actor_of
from xiangxu_web.workspaces.accounts.sessions import open_sessions

pytestmark = pytest.mark.django_db
Find = Callable[[str], Post]


def try_in(login: str, password: str, client: Client | None = None) -> Any:
    """One try at the sign-in page."""
    return (client or Client()).post(reverse("account_login"), {"login": login, "password": password})


def test_right_password_lets_in(post: Find) -> None:
    """Login name and password lead to the start page, with an audit row of the person in their post and none of their words in it."""
    clerk = post("clerk")
    answer = try_in(clerk.person.login, PASSWORD)
    assert answer.status_code == 302
    assert answer["Location"] == reverse("start")
    row = AuditRow.objects.get(verb="person.sign_in")
    assert (row.person_id, row.post_id, row.facts) == (clerk.person_id, clerk.pk, {"ways": ["password"]})


def test_wrong_password_leaves_a_row_without_the_name(post: Find) -> None:
    """A failed sign-in leaves a row that holds neither what was typed nor whom it meant in the clear."""
    login = post("clerk").person.login
    answer = try_in(login, "wrong-wrong-1")
    assert "登录名或密码不对" in answer.content.decode()
    row = AuditRow.objects.get(verb="person.sign_in_failed")
    assert len(row.facts["login"]) == 32
    assert login not in str(row.facts)


def test_same_words_for_unknown_names(post: Find) -> None:
    """Nobody learns from the page which login names exist."""
    known = try_in(post("clerk").person.login, "wrong-wrong-1").context["form"].non_field_errors()
    unknown = try_in("nobody.at.all", "wrong-wrong-1").context["form"].non_field_errors()
    assert known == unknown


def test_sixth_try_is_refused_even_with_the_right_password(post: Find) -> None:
    """After five wrong passwords the account rests, says for how many minutes, and the right password does not help; another person
    signs in as ever; the count lies in the database, where every worker process sees it."""
    clerk, other = post("clerk").person, post("office").person
    for _n in range(5):
        assert "登录名或密码不对" in try_in(clerk.login, "wrong-wrong-1").content.decode()
    answer = try_in(clerk.login, PASSWORD)
    assert answer.status_code == 200
    assert "请 10 分钟后再试" in answer.content.decode()
    assert try_in(other.login, PASSWORD).status_code == 302
    assert isinstance(caches["default"], DatabaseCache)


def test_lock_ends_by_itself(post: Find, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten minutes later the right password lets in again."""
    clerk = post("clerk").person
    for _n in range(5):
        try_in(clerk.login, "wrong-wrong-1")
    assert try_in(clerk.login, PASSWORD).status_code == 200
    later = time.time() + timedelta(minutes=10, seconds=1).total_seconds()
    monkeypatch.setattr("allauth.core.internal.ratelimit.time.time", lambda: later)
    assert try_in(clerk.login, PASSWORD).status_code == 302


def test_right_password_counts_nothing(post: Find) -> None:
    """Signing in often with the right password never locks."""
    clerk = post("clerk").person
    for _n in range(8):
        assert try_in(clerk.login, PASSWORD).status_code == 302


def test_disabled_person_stays_out(post: Find) -> None:
    """A person who was disabled does not come in with the right password."""
    clerk = post("clerk").person
    Person.objects.filter(pk=clerk.pk).update(is_active=False)
    client = Client()
    try_in(clerk.login, PASSWORD, client)
    assert client.get(reverse("my-account")).status_code == 302


def test_sign_out_leaves_a_row_and_ends(post: Find) -> None:
    """Signing out ends the session and leaves a row."""
    client = Client()
    try_in(post("clerk").person.login, PASSWORD, client)
    client.post(reverse("account_logout"))
    assert client.get(reverse("my-account")).status_code == 302
    assert AuditRow.objects.filter(verb="person.sign_out", person_id=post("clerk").person_id).count() == 1


@pytest.mark.parametrize("name", ["account_signup", "account_email", "account_reset_password"])
def test_no_sign_up_and_no_mail(name: str) -> None:
    """Where allauth would sign up or send mail stands the page that says whom to ask; posting to it makes nobody."""
    before = Person.objects.count()
    answer = Client().post(reverse(name), {"username": "intruder", "password1": "a-long-enough-1", "email": "a@example.cn"})
    assert "不能自行注册" in answer.content.decode()
    assert Person.objects.count() == before


def test_must_change_password_comes_first(signed_in: Callable[[str], Client], post: Find) -> None:
    """Whoever must change the password reaches nothing else until it is changed, then everything."""
    clerk = post("clerk").person
    Person.objects.filter(pk=clerk.pk).update(must_change_password=True)
    client = signed_in("clerk")
    assert client.get(reverse("people"))["Location"] == reverse("account_change_password")
    short = {"oldpassword": PASSWORD, "password1": "short", "password2": "short"}
    assert client.post(reverse("account_change_password"), short).status_code == 200
    good = {"oldpassword": PASSWORD, "password1": "Mo-chi-2026-x", "password2": "Mo-chi-2026-x"}
    assert client.post(reverse("account_change_password"), good).status_code == 302
    assert client.get(reverse("people")).status_code == 200
    clerk.refresh_from_db()
    assert clerk.password_changed is not None
    assert AuditRow.objects.filter(verb="person.password").count() == 1


def test_password_rules_come_from_the_configuration(signed_in: Callable[[str], Client]) -> None:
    """A password of nine characters is too short where ten are asked, and the page says so at the field."""
    told = {"oldpassword": PASSWORD, "password1": "Mo-chi-26", "password2": "Mo-chi-26"}
    answer = signed_in("clerk").post(reverse("account_change_password"), told)
    assert "password1" in answer.context["form"].errors


def test_other_sessions_can_be_ended(post: Find) -> None:
    """From one machine a person ends the sessions on all others, with a row; the own session goes on."""
    here, there = Client(), Client()
    for client in (here, there):
        try_in(post("clerk").person.login, PASSWORD, client)
    assert there.get(reverse("my-account")).status_code == 200
    here.post(reverse("usersessions_list"))
    assert there.get(reverse("my-account")).status_code == 302
    assert here.get(reverse("my-account")).status_code == 200
    assert AuditRow.objects.get(verb="session.end_others").facts == {"ended": 1}


def test_language_is_kept_with_the_person(post: Find) -> None:
    """The language chosen on one machine is there on the next."""
    client = Client()
    try_in(post("clerk").person.login, PASSWORD, client)
    client.post(reverse("language"), {"language": "en", "next": "/account/"})
    elsewhere = Client()
    try_in(post("clerk").person.login, PASSWORD, elsewhere)
    assert '<html lang="en"' in elsewhere.get(reverse("my-account")).content.decode()


def test_language_leads_nowhere_else() -> None:
    """The address to return to is one of this site."""
    answer = Client().post(reverse("language"), {"language": "en", "next": "https://elsewhere.example/"})
    assert answer["Location"] == reverse("start")


def test_cast_only_in_a_demo(settings: LazySettings, post: Find) -> None:
    """The buttons of the cast are in a demo only; anywhere else the address does not exist."""
    client = Client()
    assert "as-cast" not in str(client.get(reverse("account_login")).context.get("cast"))
    assert client.post(reverse("as-cast"), {"who": "clerk"}).status_code == 404
    settings.CONFIGURATION = replace(settings.CONFIGURATION, demo=True)
    page = client.get(reverse("account_login")).content.decode()
    assert 'value="inspector"' in page
    answer = client.post(reverse("as-cast"), {"who": "inspector"})
    assert answer["Location"] == reverse("start")
    assert client.session["post"] == post("inspector").pk


def test_signing_in_costs_the_same_however_many_sessions_are_open(post: Find, django_assert_max_num_queries: Any) -> None:
    """The tenth sign-in asks no more than the second; the own account and the list of sessions stay within their bounds. A session that
    was ended elsewhere is not listed."""
    clerk = post("clerk").person
    counts = []
    for _n in range(10):
        client = Client()
        with CaptureQueriesContext(connection) as asked:
            try_in(clerk.login, PASSWORD, client)
        counts.append(len(asked))
    assert counts[9] <= counts[1] <= 85
    with django_assert_max_num_queries(12):
        client.get(reverse("my-account"))
    with django_assert_max_num_queries(9):
        page = client.get(reverse("usersessions_list"))
    assert len(page.context["sessions"]) == 10
    Session.objects.exclude(session_key=client.session.session_key).delete()
    assert len(client.get(reverse("usersessions_list")).context["sessions"]) == 1


def test_sessions_of_a_former_password_are_not_open(post: Find) -> None:
    """A changed password ends what was begun with the one before, in the list too."""
    clerk = post("clerk").person
    try_in(clerk.login, PASSWORD)
    clerk.set_password("yanxi-other-77")
    clerk.save()
    assert open_sessions(clerk) == []


def test_an_old_password_is_asked_to_be_changed(post: Find, settings: LazySettings) -> None:
    """With XIANGXU_PASSWORD_DAYS=90 a password of the ninety-first day leads to its change from every page, and a new one lets in; the
    same one again is refused. Without the setting no age counts."""
    clerk, client = post("clerk").person, Client()
    Person.objects.filter(pk=clerk.pk).update(password_changed=clock.now() - timedelta(days=91))
    try_in(clerk.login, PASSWORD, client)
    assert client.get(reverse("people")).status_code == 200
    settings.CONFIGURATION = replace(settings.CONFIGURATION, password_days=90)
    change = reverse("account_change_password")
    assert client.get(reverse("people"))["Location"] == change
    told = {"oldpassword": PASSWORD, "password1": PASSWORD, "password2": PASSWORD}
    assert "不能与现在的密码相同" in client.post(change, told).content.decode()
    assert client.post(change, told | {"password1": "mochi-Kaolin-78", "password2": "mochi-Kaolin-78"}).status_code == 302
    assert client.get(reverse("people")).status_code == 200


def test_none_of_the_last_passwords_is_taken_again(post: Find, settings: LazySettings) -> None:
    """With XIANGXU_PASSWORD_LAST=2 the two before the present one are refused in plain words, the third is taken. Their hashes are kept,
    no more than two, and stand in no row of the audit."""
    settings.CONFIGURATION = replace(settings.CONFIGURATION, password_last=2)
    clerk, client = post("clerk").person, Client()
    used = [PASSWORD, "yanxi-Aa-1111", "yanxi-Bb-2222", "yanxi-Cc-3333"]
    try_in(clerk.login, PASSWORD, client)

    def take(now: str, new: str) -> Any:
        return client.post(reverse("account_change_password"), {"oldpassword": now, "password1": new, "password2": new})

    assert [take(now, new).status_code for now, new in pairwise(used)] == [302, 302, 302]
    kept = list(FormerPassword.objects.filter(person=clerk).order_by("pk").values_list("hashed", flat=True))
    assert [check_password(word, hashed) for word, hashed in zip(used[1:3], kept, strict=True)] == [True, True]
    assert "最近用过的 2 个密码" in take(used[3], used[1]).content.decode()
    assert take(used[3], PASSWORD).status_code == 302
    told = str(list(AuditRow.objects.filter(verb="person.password").values_list("fields", "facts")))
    assert not any(hashed in told for hashed in kept)


def test_former_passwords_are_kept_for_a_year(post: Find, settings: LazySettings) -> None:
    """A password that was taken away by a reset is refused at the next sign-in by code; after a year it may come again and its hash goes.
    With XIANGXU_PASSWORD_LAST=0 nothing is kept."""
    clerk = post("clerk").person
    reset(actor_of(post("security-admin")), clerk.pk)
    clerk.refresh_from_db()
    with pytest.raises(ValidationError, match="最近用过的"):
        validate_password(PASSWORD, clerk)
    assert not over().exists()
    FormerPassword.objects.filter(person=clerk).update(until=clock.now())
    validate_password(PASSWORD, clerk)
    assert over().count() == 1
    FormerPassword.objects.filter(person=clerk).update(until=clock.now() + timedelta(days=9))
    settings.CONFIGURATION = replace(settings.CONFIGURATION, password_last=0)
    validate_password(PASSWORD, clerk)
    assert over().count() == 1


@pytest.mark.parametrize(
    ("password", "held"), [("abcdefgh", 1), ("abcdEfgh", 2), ("abcdE4gh", 3), ("abcdE4g-", 4), ("砚溪abc", 2)]
)
def test_classes_of_characters(password: str, held: int) -> None:
    """Capitals, small letters, digits, signs: as many as a password holds are enough, one more is refused in words."""
    SeveralClasses(held).validate(password)
    with pytest.raises(ValidationError, match="至少含"):
        SeveralClasses(held + 1).validate(password)


def test_settings_of_passwords_are_checked() -> None:
    """Five classes do not exist, and a word is no number of days: told by name."""
    with pytest.raises(Misconfigured, match=r"PASSWORD_CLASSES 应为1 到 4(.|\n)*PASSWORD_DAYS(.|\n)*PASSWORD_LAST"):
        read_configuration(
            {"XIANGXU_DEBUG": "1", "XIANGXU_PASSWORD_CLASSES": "5", "XIANGXU_PASSWORD_DAYS": "x", "XIANGXU_PASSWORD_LAST": "-1"}
        )
