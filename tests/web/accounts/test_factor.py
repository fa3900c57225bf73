"""The second factor: of whom it is demanded, what they reach before, how it is kept."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth
from django.conf import LazySettings
from django.db import connection
from django.test import Client
from django.urls import reverse

from tests.web.conftest import PASSWORD
from tests.web.duties.chinese import move_data_away, own, texts
from xiangxu import clock
from xiangxu_web.kernel.models import AuditRow
from xiangxu_web.workspaces.accounts.models import Post

pytestmark = pytest.mark.django_db
SignIn = Callable[[str], Client]


@pytest.fixture
def demanded(settings: LazySettings) -> None:
    """The installation asks for the second factor, as it does unless switched off."""
    settings.CONFIGURATION = replace(settings.CONFIGURATION, second_factor=True)


def code_of(secret: str) -> str:
    """The six digits that a telephone shows now."""
    return auth.format_hotp_value(auth.hotp_value(secret, int(time.time()) // 30))


def set_up(client: Client) -> str:
    """Goes the way a person goes: password once more, code, recovery codes. Gives the secret."""
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    secret = client.get(reverse("mfa_activate_totp")).context["form"].secret
    answer = client.post(reverse("mfa_activate_totp"), {"code": code_of(secret)})
    assert answer["Location"] == reverse("mfa_view_recovery_codes"), answer.content.decode()
    return str(secret)


@pytest.mark.usefixtures("demanded")
@pytest.mark.parametrize("who", ["system-admin", "audit-admin", "security-admin"])
def test_administrators_reach_only_the_set_up(signed_in: SignIn, who: str) -> None:
    """An administrator without a factor is sent to the set-up from every page, and can sign out and change the password."""
    client = signed_in(who)
    for name in ("start", "people", "links", "usersessions_list"):
        assert client.get(reverse(name))["Location"] == reverse("mfa_activate_totp")
    assert client.get(reverse("account_change_password")).status_code == 200
    assert client.get(reverse("mfa_index")).status_code == 200


@pytest.mark.usefixtures("demanded")
def test_after_the_set_up_all_is_open(signed_in: SignIn) -> None:
    """With the factor the administrator works; it cannot be taken off again; the rows tell of it."""
    client = signed_in("system-admin")
    set_up(client)
    assert client.get(reverse("people")).status_code == 200
    client.post(reverse("mfa_deactivate_totp"))
    assert Authenticator.objects.filter(type="totp").exists()
    assert AuditRow.objects.filter(verb="person.factor_changed").exists()


@pytest.mark.usefixtures("demanded")
def test_secret_is_not_kept_in_the_clear(signed_in: SignIn) -> None:
    """Who reads the database cannot make codes."""
    secret = set_up(signed_in("system-admin"))
    assert secret not in str(Authenticator.objects.get(type="totp").data)


@pytest.mark.usefixtures("demanded")
def test_sign_in_asks_for_the_code(signed_in: SignIn, post: Callable[[str], Post]) -> None:
    """With a factor the password alone lets nobody in; a wrong code leaves a row; a recovery code lets in once."""
    set_up(signed_in("system-admin"))
    login = post("system-admin").person.login
    client = Client()
    answer = client.post(reverse("account_login"), {"login": login, "password": PASSWORD})
    assert answer["Location"] == reverse("mfa_authenticate")
    assert client.get(reverse("my-account")).status_code == 302
    assert "验证码不对" in client.post(reverse("mfa_authenticate"), {"code": "000000"}).content.decode()
    assert AuditRow.objects.filter(verb="person.factor_failed").count() == 1
    spare = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()[0]
    assert client.post(reverse("mfa_authenticate"), {"code": spare}).status_code == 302
    assert client.get(reverse("my-account")).status_code == 200
    again = Client()
    again.post(reverse("account_login"), {"login": login, "password": PASSWORD})
    assert again.post(reverse("mfa_authenticate"), {"code": spare}).status_code == 200


@pytest.mark.usefixtures("demanded")
def test_child_files_demand_it_too(signed_in: SignIn, post: Callable[[str], Post]) -> None:
    """A post that may open children's files needs the factor from that moment; others do not."""
    client = signed_in("office")
    assert client.get(reverse("people")).status_code == 200
    Post.objects.filter(pk=post("office").pk).update(may_open_child_files=True)
    assert client.get(reverse("people"))["Location"] == reverse("mfa_activate_totp")


def test_switched_off_for_a_demo(signed_in: SignIn) -> None:
    """Where the installation has it switched off, administrators work without it."""
    assert signed_in("system-admin").get(reverse("people")).status_code == 200


@pytest.mark.usefixtures("demanded")
def test_lost_telephone(signed_in: SignIn, post: Callable[[str], Post], settings: LazySettings) -> None:
    """The security administrator takes away a lost factor of somebody else; a clerk and the person themself cannot."""
    set_up(signed_in("system-admin"))
    lost = reverse("factor-clear", args=[post("system-admin").person_id])
    settings.CONFIGURATION = replace(settings.CONFIGURATION, second_factor=False)
    for who in ("clerk", "system-admin", "other-clerk"):
        assert signed_in(who).post(lost).status_code == 404
    assert signed_in("security-admin").post(lost).status_code == 302
    assert not Authenticator.objects.filter(user=post("system-admin").person_id).exists()


def _signs_in(who: Post) -> Client:
    """Signs in by typing name and password."""
    client = Client()
    answer = client.post(reverse("account_login"), {"login": who.person.login, "password": PASSWORD})
    assert answer.status_code == 302, answer.content.decode()
    return client


@pytest.mark.usefixtures("demanded")
def test_the_password_is_typed_once(post: Callable[[str], Post]) -> None:
    """An administrator who has just signed in by password is shown the set-up at once, and its recovery codes after it."""
    client = _signs_in(post("system-admin"))
    page = client.get(reverse("mfa_activate_totp"))
    assert page.status_code == 200
    answer = client.post(reverse("mfa_activate_totp"), {"code": code_of(page.context["form"].secret)})
    assert answer["Location"] == reverse("mfa_view_recovery_codes")
    assert client.get(reverse("mfa_view_recovery_codes")).status_code == 200


@pytest.mark.usefixtures("demanded")
def test_after_ten_minutes_the_password_is_asked_again(post: Callable[[str], Post], monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine left alone after the sign-in lets nobody set up a factor of their own."""
    client, later = _signs_in(post("system-admin")), clock.ticking() + timedelta(minutes=10, seconds=1)
    monkeypatch.setattr("xiangxu_web.workspaces.accounts.adapters.clock.ticking", lambda: later)
    assert client.get(reverse("mfa_activate_totp"))["Location"].startswith(reverse("account_reauthenticate"))


@pytest.mark.usefixtures("demanded")
def test_whoever_has_a_factor_is_always_asked(signed_in: SignIn, post: Callable[[str], Post]) -> None:
    """To look at the recovery codes after a later sign-in the password is typed once more, however short ago it was typed."""
    secret = set_up(signed_in("system-admin"))
    client = _signs_in(post("system-admin"))
    client.post(reverse("mfa_authenticate"), {"code": code_of(secret)})
    assert client.get(reverse("people")).status_code == 200
    answer = client.get(reverse("mfa_view_recovery_codes"))
    assert answer["Location"].startswith((reverse("account_reauthenticate"), reverse("mfa_reauthenticate")))


@pytest.mark.usefixtures("demanded")
@pytest.mark.skipif(connection.vendor != "sqlite", reason="the words do not hang on the database")
def test_all_of_it_in_english(signed_in: SignIn, post: Callable[[str], Post]) -> None:
    """Signing in, password once more, set-up, wrong codes, recovery codes, taking it off, a new password: no Chinese."""
    client, login = signed_in("system-admin"), post("system-admin").person.login
    client.cookies["django_language"] = "en"
    move_data_away()
    answers = [
        client.post(reverse("account_reauthenticate"), {"password": "wrong"}),
        client.get(reverse("account_change_password")),
        client.post(reverse("account_change_password"), {"oldpassword": "wrong", "password1": "1", "password2": "2"}),
    ]
    set_up(client)
    answers += [client.get(reverse(name)) for name in ("mfa_index", "mfa_view_recovery_codes", "mfa_generate_recovery_codes")]
    answers += [client.get(reverse("mfa_deactivate_totp")), client.get(reverse("usersessions_list"))]
    fresh = Client()
    fresh.cookies["django_language"] = "en"
    answers.append(fresh.post(reverse("account_login"), {"login": login, "password": "wrong"}))
    fresh.post(reverse("account_login"), {"login": login, "password": PASSWORD})
    answers += [fresh.get(reverse("mfa_authenticate")), fresh.post(reverse("mfa_authenticate"), {"code": "000000"})]
    assert {words for answer in answers for words in texts(answer) if own(words)} == set()
    assert sum(answer.status_code == 200 for answer in answers) > 8
