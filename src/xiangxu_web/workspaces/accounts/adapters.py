"""How allauth's doors stand with us: nobody signs up; a single sign-on lets in only people whom the office has entered.

Every sign-in, failed sign-in and sign-out passes here and leaves an audit row.
"""

from __future__ import annotations

import base64
import hashlib
from datetime import UTC, datetime
from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa import signals
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.usersessions.adapter import DefaultUserSessionsAdapter
from allauth.usersessions.models import UserSession, UserSessionManager
from cryptography.fernet import Fernet
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db.models.signals import post_save
from django.dispatch import receiver
from django.http import HttpRequest
from django.shortcuts import render
from django.utils.translation import gettext_lazy

from xiangxu import clock
from xiangxu_web.kernel.audit.record import action, keyed_hash, values
from xiangxu_web.workspaces.accounts import rates
from xiangxu_web.workspaces.accounts.factor import demanded_of
from xiangxu_web.workspaces.accounts.models import Person
from xiangxu_web.workspaces.accounts.passwords import put_away
from xiangxu_web.workspaces.accounts.posts import actor_of, first_actor, posts_of
from xiangxu_web.workspaces.accounts.sessions import open_sessions

# Ways in for which the person typed a password of their own: the usual one, and the first one with a printed slip.
TYPED = ("password", "slip")


class ClosedDoor(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are made by the office, never by visitors; after five wrong passwords an account rests for a while."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": gettext_lazy("登录名或密码不对。连续输错 5 次，账号将暂停 10 分钟。"),
        "enter_current_password": gettext_lazy("当前密码不对，请重新输入。"),
        "incorrect_password": gettext_lazy("密码不对，请重新输入。"),
        "account_inactive": gettext_lazy("这个账号已停用。"),
        "rate_limited": gettext_lazy("操作过于频繁，请稍等几分钟再试。"),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """No."""
        return False

    def send_notification_mail(self, *arguments: Any, **more: Any) -> None:
        """No e-mail is sent: the audit and the list of sessions tell what happened."""

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Counts the try; refused, with the minutes to wait, where an account or an address was guessed at too often."""
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            key = self._get_login_attempts_cache_key(request, **credentials)
            raise ValidationError(rates.wait_words(request, "login_failed", key)) from None

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """A wrong password leaves a row: which account only as a keyed hash, as it may hold anything that somebody typed."""
        with action(None, "person.sign_in_failed") as record:
            record.noted(login=keyed_hash(str(credentials.get("username", "")).lower()))

    def login(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        """The one way in, whatever proved the person: password, code, single sign-on, second factor."""
        assert isinstance(user, Person)
        super().login(request, user)
        ways = [each["method"] for each in request.session.get("account_authentication_methods", ())]
        with action(first_actor(user), "person.sign_in") as record:
            record.noted(user, ways=ways)

    def is_reauthentication_required(self, *, app: str, **more: Any) -> bool:
        """What touches the account asks for the password once more, but not of whoever typed it a moment ago to sign in and now sets up
        the first factor. Whoever had a factor before is always asked."""
        return bool(super().is_reauthentication_required(app=app, **more)) and not _typed_just_now(self.request)

    def logout(self, request: HttpRequest) -> None:
        """The way out."""
        if isinstance(request.user, Person):
            with action(getattr(request, "actor", None), "person.sign_out") as record:
                record.noted(request.user)
        super().logout(request)

    def set_password(self, user: AbstractBaseUser, password: str) -> None:
        """A person's own new password; a change that was demanded is done with it."""
        assert isinstance(user, Person)
        before = values(user)
        with action(first_actor(user), "person.password") as record:
            put_away(user)
            user.set_password(password)
            user.password_changed = clock.now()
            user.must_change_password = False
            user.save(update_fields=["password", "password_changed", "must_change_password"])
            record.changed(user, before)


def _typed_just_now(request: HttpRequest | None) -> bool:
    """Whether this session began a moment ago with a password of the person's own, before any factor of theirs was there."""
    if request is None:
        return False
    typed = [r["at"] for r in get_authentication_records(request, request.user) if r["method"] in TYPED]
    if not typed or clock.ticking().timestamp() - typed[-1] >= settings.ACCOUNT_REAUTHENTICATION_TIMEOUT:
        return False
    return not Authenticator.objects.filter(
        user_id=request.user.pk, created_at__lt=datetime.fromtimestamp(typed[-1], UTC)
    ).exists()


class KnownPeopleOnly(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Single sign-on never makes a person: it finds one whom the office entered, by login name or by a verified e-mail address."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """No."""
        return False

    def send_notification_mail(self, *arguments: Any, **more: Any) -> None:
        """No e-mail is sent."""

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Joins the outside account to its person at the first visit. Refused: whom the office does not know, and to join another's."""
        if sociallogin.is_existing:
            return
        person = self.person_of(sociallogin)
        if person is None or (request.user.is_authenticated and request.user != person):
            with action(None, "person.sign_in_failed") as record:
                record.noted(subject=keyed_hash(sociallogin.account.uid), way="socialaccount")
            raise ImmediateHttpResponse(render(request, "socialaccount/authentication_error.html", {"unknown": True}, status=403))
        with action(first_actor(person), "person.joined") as record:
            sociallogin.connect(request, person)
            record.noted(person, provider=sociallogin.account.provider)

    def person_of(self, sociallogin: Any) -> Person | None:
        """The one active person whom the claims name; None where nobody or more than one fits."""
        told = sociallogin.account.extra_data
        claims = told.get("userinfo") or told.get("id_token") or told
        people = Person.objects.filter(is_active=True)
        login, email = claims.get("preferred_username"), claims.get("email")
        found = list(people.filter(login__iexact=login)[:2]) if login else []
        if not found and email and claims.get("email_verified") is True:
            found = list(people.filter(email__iexact=email)[:2])
        return found[0] if len(found) == 1 else None


class KeptFactor(DefaultMFAAdapter):  # type: ignore[misc]
    """Second factors: secrets are kept encrypted, and a post that must have a factor cannot take it off."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": gettext_lazy("验证码不对。请核对手机时间是否准确，输入当前显示的 6 位数字；或使用一个恢复码。"),
        "cannot_delete_authenticator": gettext_lazy(
            "您的岗位必须使用两步验证，不能停用。更换手机请联系安全管理员解除后重新设置。"
        ),
        "cannot_generate_recovery_codes": gettext_lazy("请先设置两步验证，再生成恢复码。"),
    }

    def _box(self) -> Fernet:
        return Fernet(base64.urlsafe_b64encode(hashlib.sha256(b"factor:" + settings.SECRET_KEY.encode()).digest()))

    def encrypt(self, text: str) -> str:
        """As it is kept."""
        return self._box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """As it is used."""
        return self._box().decrypt(encrypted_text.encode()).decode()

    def get_totp_label(self, user: AbstractBaseUser) -> str:
        """The login name."""
        return user.get_username()

    def can_delete_authenticator(self, authenticator: Any) -> bool:
        """Not where a post of the person demands it."""
        return not any(demanded_of(actor_of(post)) for post in posts_of(authenticator.user, clock.today()))


class EndedSessions(DefaultUserSessionsAdapter):  # type: ignore[misc]
    """Sessions that a person ends from another machine."""

    def end_sessions(self, sessions: Any) -> None:
        """Ends them, with a row."""
        if not sessions:
            return
        person = sessions[0].user
        with action(first_actor(person), "session.end_others") as record:
            super().end_sessions(sessions)
            record.noted(person, ended=len(sessions))


def _open_sessions(manager: UserSessionManager, user: Person) -> list[UserSession]:
    return open_sessions(user)


# allauth offers no setting for it, and asks by this method at every sign-in and on the page of sessions.
UserSessionManager.purge_and_list = _open_sessions


@receiver(signals.authentication_failed)
def _failed(user: Any, authenticator: Any, **more: Any) -> None:
    with action(first_actor(user), "person.factor_failed") as record:
        record.noted(user, kind=authenticator.type)


@receiver(post_save, sender=Authenticator)
def _added(instance: Authenticator, created: bool, **more: Any) -> None:
    # allauth's own signal comes after the commit; the row belongs into the transaction.
    if created:
        with action(first_actor(instance.user), "person.factor_changed") as record:
            record.noted(instance.user, kind=instance.type, what="added")


@receiver([signals.authenticator_removed, signals.authenticator_reset])
def _changed(signal: Any, user: Any, authenticator: Any, **more: Any) -> None:
    with action(first_actor(user), "person.factor_changed") as record:
        record.noted(user, kind=authenticator.type, what="removed" if signal is signals.authenticator_removed else "renewed")
