"""Finds the active post of whoever signed in, and holds back who has something to do first."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect

from xiangxu import clock
from xiangxu_web.workspaces.accounts.factor import demanded_of, has_factor
from xiangxu_web.workspaces.accounts.passwords import outworn
from xiangxu_web.workspaces.accounts.posts import actor_of, posts_of

SESSION_KEY = "post"
# What everybody may reach who is held back: the way out, the own account, and what is asked of them.
_ALWAYS_OPEN = frozenset(
    {
        "account_logout",
        "account_change_password",
        "account_set_password",
        "account_reauthenticate",
        "language",
        "post-switch",
    }
)
_OWN_ACCOUNT = _ALWAYS_OPEN | {"my-account", "usersessions_list"}


class ActivePost:
    """Sets ``request.actor``: the post chosen in this session, else the last one, else the first. None without a post.

    Held back: whoever must change the password or has had it too long, until they have; a post that needs a second factor, until it is set up; a person
    without a post, who sees only their own account.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.actor = None  # type: ignore[attr-defined]
        if request.user.is_authenticated:
            posts = posts_of(request.user, clock.today())
            wanted = request.session.get(SESSION_KEY, request.user.last_post_id)
            post = next((p for p in posts if p.pk == wanted), posts[0] if posts else None)
            request.posts = posts  # type: ignore[attr-defined]
            request.actor = actor_of(post) if post else None  # type: ignore[attr-defined]
            if request.user.language and request.user.language != translation.get_language():
                translation.activate(request.user.language)
                request.LANGUAGE_CODE = request.user.language
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], arguments: tuple[Any, ...], named: dict[str, Any]
    ) -> HttpResponseBase | None:
        """Sends whoever has something to do first to the page where it is done."""
        open_to_all = not getattr(view, "login_required", True)
        if not request.user.is_authenticated or open_to_all or request.resolver_match is None:
            return None
        name = request.resolver_match.url_name or ""
        actor = request.actor  # type: ignore[attr-defined]
        if request.user.must_change_password:
            return None if name in _ALWAYS_OPEN else _send(request, "account_change_password", _("请先设置您自己的密码。"))
        if outworn(request.user):
            words = _("密码已用满 %(days)s 天，请换一个。") % {"days": settings.CONFIGURATION.password_days}
            return None if name in _ALWAYS_OPEN else _send(request, "account_change_password", words)
        if actor is None:
            return None if name in _OWN_ACCOUNT or name.startswith("mfa_") else _send(request, "my-account", "")
        if demanded_of(actor) and not has_factor(actor.person_id):
            allowed = name in _ALWAYS_OPEN or name.startswith("mfa_")
            words = _("“%(title)s”岗位必须使用两步验证：请先完成设置，约需两分钟。") % {"title": actor.title}
            return None if allowed else _send(request, "mfa_activate_totp", words)
        return None


def _send(request: HttpRequest, name: str, words: str) -> HttpResponseBase:
    if words:
        messages.warning(request, words)
    if getattr(request, "htmx", False):
        return HttpResponseClientRedirect(reverse(name))
    return redirect(name)
