"""One's own account: data, posts, password, factor, sessions; and switching to another of one's posts."""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.views import ListUserSessionsView
from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from xiangxu import clock
from xiangxu_web.kernel.audit.record import action
from xiangxu_web.kernel.web import Request
from xiangxu_web.workspaces.accounts.factor import demanded_of
from xiangxu_web.workspaces.accounts.middleware import SESSION_KEY
from xiangxu_web.workspaces.accounts.models import Person, Post
from xiangxu_web.workspaces.accounts.posts import AWAITED, actor_of, posts_of
from xiangxu_web.workspaces.accounts.sessions import open_sessions

_BROWSERS = ("Edg", "MicroMessenger", "Firefox", "Chrome", "Safari")
_SYSTEMS = ("Android", "iPhone", "iPad", "Windows", "Mac OS", "Linux")
_NAMES = {"Edg": "Edge", "MicroMessenger": gettext_lazy("微信"), "Mac OS": "macOS"}


def browser(told: str) -> str:
    """What a browser says of itself, in two words: Chrome · Windows."""
    found = [next((word for word in words if word in told), "") for words in (_BROWSERS, _SYSTEMS)]
    return " · ".join(str(_NAMES.get(word, word)) for word in found if word) or _("其他浏览器")


class OwnSessions(ListUserSessionsView):  # type: ignore[misc]
    """Where the person is signed in now."""

    def get_context_data(self, **named: Any) -> dict[str, Any]:
        """With the browsers in words."""
        context: dict[str, Any] = super().get_context_data(**named)
        for session in context["sessions"]:
            session.browser = browser(session.user_agent)
        return context


def my_account(request: Request) -> HttpResponseBase:
    """What the site knows of me, and what I can set."""
    assert isinstance(request.user, Person)
    posts = Post.objects.filter(person=request.user).exclude(ends=AWAITED).select_related("unit").order_by("ends", "pk")
    return render(
        request,
        "accounts/my_account.html",
        {
            "title": _("账号与安全"),
            "person": request.user,
            "all_posts": posts,
            "held": {post.pk for post in posts_of(request.user, clock.today())},
            "factors": set(Authenticator.objects.filter(user=request.user).values_list("type", flat=True)),
            "factor_demanded": request.actor is not None and demanded_of(request.actor),
            "sessions": len(open_sessions(request.user)),
        },
    )


@require_POST
def switch_post(request: Request) -> HttpResponseBase:
    """Makes another of one's posts the active one, for this session and the next sign-in. Leads to the start page: the page at hand
    may not be the new post's."""
    assert isinstance(request.user, Person)
    wanted = request.POST.get("post", "")
    post = next((p for p in posts_of(request.user, clock.today()) if str(p.pk) == wanted), None)
    if post is None:
        raise Http404(_("没有找到，或不在您的岗位可见范围内。"))
    actor = actor_of(post)
    with action(actor, "post.switch") as record:
        request.user.last_post = post
        request.user.save(update_fields=["last_post"])
        record.noted(post)
    request.session[SESSION_KEY] = post.pk
    messages.success(request, _("已切换到 %(unit)s · %(title)s") % {"unit": actor.unit_name, "title": actor.title})
    return redirect("start")
